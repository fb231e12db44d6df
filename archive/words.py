"""Every coded value of the record in words, by the name templates ask for it."""

from __future__ import annotations

from archive.formats.attendance import Basis, Came, Presence
from archive.formats.language import COMPARED_WORDS, MARK_WORDS
from archive.models import Wording
from archive.search.fields import ONE_OF_KIND
from archive.verify.kinds import Differing, Judgement, VerdictKind
from dialogues.models import CountryKind, DialogueNote, Level, Membership, MinisterName
from meetings.models import (
    AgendaItem,
    Authority,
    CommitmentLink,
    CommitmentVerb,
    Delegate,
    Delegation,
    Designation,
    Extent,
    Format,
    IssuerState,
    MeetingNote,
    Nature,
    OutcomeState,
    Paragraph,
    Rank,
    ScheduleChange,
    StatementKind,
    Status,
    Strength,
    Text,
)
from registry.models import Certainty, Confidence, SourceKind, State, Support, Verb, WithdrawalReason

WORDS = {
    name: dict(choices.choices)
    for name, choices in {
        "agenda_basis": AgendaItem.Basis,
        "asserted_by": CommitmentLink.AssertedBy,
        "authority": Authority,
        "came": Came,
        "capacity": Delegation.Capacity,
        "certainty": Certainty,
        "change": Verb,
        "confidence": Confidence,
        "country_kind": CountryKind,
        "designation": Designation,
        "differs": Differing,
        "dialogue_note": DialogueNote.Kind,
        "extent": Extent,
        "format": Format,
        "issuer_state": IssuerState,
        "judgement": Judgement,
        "level": Level,
        "meeting_note": MeetingNote.Kind,
        "member_role": Membership.Role,
        "minister_name": MinisterName.Kind,
        "nature": Nature,
        "outcome_state": OutcomeState,
        "paragraph": Paragraph.Kind,
        "presence": Presence,
        "presiding": Delegate.Presiding,
        "rank": Rank,
        "relation": CommitmentLink.Relation,
        "role": Delegate.Role,
        "schedule_change": ScheduleChange.Kind,
        "source": SourceKind,
        "state": State,
        "statement": StatementKind,
        "status": Status,
        "strength": Strength,
        "support": Support,
        "tenure_basis": Basis,
        "text": Text.Kind,
        "verb": CommitmentVerb,
        "verdict": VerdictKind,
        "wording": Wording.Part,
        "withdrawal": WithdrawalReason,
    }.items()
} | {"mark": MARK_WORDS, "compared": COMPARED_WORDS, "hit": ONE_OF_KIND}
