"""Dated things: what happened, who came, what was said and promised."""

from meetings.models.agenda import AgendaItem, AgendaItemName
from meetings.models.attendance import Delegate, Delegation, Rank
from meetings.models.circumstances import MeetingName, MeetingNote, MeetingPlace, ScheduleChange
from meetings.models.commitment import (
    Commitment,
    CommitmentLink,
    CommitmentVerb,
    Extent,
    Nature,
    Strength,
)
from meetings.models.meeting import (
    Designation,
    Format,
    Meeting,
    OutcomeState,
    Status,
)
from meetings.models.statement import (
    Authority,
    IssuerState,
    Paragraph,
    Signature,
    Statement,
    StatementKind,
    StatementLocation,
    StatementMeeting,
    StatementTitle,
    Text,
)

__all__ = [
    "AgendaItem",
    "AgendaItemName",
    "Authority",
    "Commitment",
    "CommitmentLink",
    "CommitmentVerb",
    "Delegate",
    "Delegation",
    "Designation",
    "Extent",
    "Format",
    "IssuerState",
    "Meeting",
    "MeetingName",
    "MeetingNote",
    "MeetingPlace",
    "Nature",
    "OutcomeState",
    "Paragraph",
    "Rank",
    "ScheduleChange",
    "Signature",
    "Statement",
    "StatementKind",
    "StatementLocation",
    "StatementMeeting",
    "StatementTitle",
    "Status",
    "Strength",
    "Text",
]
