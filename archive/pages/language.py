"""What was said on a topic: in one dialogue from its first to its last meeting, and across dialogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import asked
from archive.address import Address
from archive.formats.language import ACROSS, NOTHING_SAID, STEPS, said_row
from archive.harvest.further import Further, of_records
from archive.models import LexiconEdition
from archive.pages.respond import Rows, problem, respond
from archive.verify.pasted import Refused
from dialogues.models import Dialogue, Topic
from meetings import spoken
from meetings.across import Across, groups
from meetings.language import Event, Ladder, Outcome, Sitting, Step, outcomes_of
from meetings.told import Talk, Told, Topics
from registry.models import Edition, Pid

MOST = 2000
"""Outcomes shown at most: more than any reader reads, and than a page may cost."""
NO_MEETING = "statements"
Data = dict[str, Any]


def language(request: HttpRequest, address: Address, pid: Pid) -> HttpResponseBase:
    """`?dialogue=` for one dialogue in order; without it every dialogue, or those that all of `country=` belong to."""
    try:
        asked.check(request, ("dialogue", asked.FEED), repeated=("country",))
        code = request.GET.get("dialogue", "").strip()
        codes = [code for code in dict.fromkeys(request.GET.getlist("country")) if code]
        view = View(pid, Topics().with_narrower(pid.value))
        return in_one(request, view, found_dialogue(code), codes) if code else across(request, view, codes)
    except Refused as refused:
        errors = [{"field": refused.field, "detail": refused.detail}]
        title = _("A parameter is not understood")
        return problem(request, refused.status, title, refused.detail, errors=errors, pid=pid)


@dataclass(frozen=True)
class View:
    """The topic, and which topics are meant by it."""

    pid: Pid
    topics: list[Topic]

    @property
    def path(self) -> str:
        return f"/{self.pid.path}/language/"

    def context(self) -> Data:
        return {
            "pid": self.pid,
            "topics": self.topics,
            "narrower": self.topics[1:],
            "path": self.path,
            "named": set(),
        }

    def follow(self, query: str, dialogues: list[Dialogue]) -> Further:
        """The feeds of what these dialogues say on the topic."""
        title = _("%(topic)s: language through time") % {"topic": self.pid.title}
        return of_records(f"{self.path}{query}", title, lambda: spoken.ever_on(self.topics, dialogues))

    def as_data(self) -> Data:
        return {
            "topic": {"id": self.pid.value, "name": self.pid.title},
            "topics": [topic.words() for topic in self.topics],
        }


@dataclass(frozen=True)
class Said:
    """Outcomes at their current editions, where each was said, and where everything stands today."""

    outcomes: list[Outcome]
    places: dict[str, Any]
    """The commitment’s row, with its meeting and statement, by id."""
    links: dict[str, Pid]
    lexicon: LexiconEdition | None
    is_cut: bool

    def row(self, outcome: Outcome) -> Data:
        return said_row(outcome, absolute(self.links.get(outcome.id)), self.paragraph(outcome))

    def paragraph(self, outcome: Outcome) -> str:
        place, statement = outcome.data["paragraph"], outcome.data["statement"]
        standing = self.links.get(statement["id"]) if place and statement else None
        return f"{absolute(standing)}{place['text']}/~{place['key']}/" if standing else ""

    def where(self, outcome: Outcome) -> str:
        """The meeting it was said at, or the statement of no meeting."""
        one = self.places[outcome.id]
        return str(one.meeting_id or one.statement_id)

    def issued(self, outcome: Outcome) -> tuple[bool, str, str]:
        """When the statement it stands in was issued, what has no date last."""
        statement = self.places[outcome.id].statement
        return statement.date is None, statement.date or "", statement.pk

    def of_no_meeting(self) -> Iterator[Sitting]:
        alone = [one for one in self.outcomes if self.places[one.id].meeting_id is None]
        for _pk, group in groupby(sorted(alone, key=self.issued), key=self.where):
            said = list(group)
            yield Sitting(occasion_of(self.places[said[0].id]), said, is_known=True)


def absolute(pid: Pid | None) -> str:
    return f"{settings.SITE_URL}{pid.get_absolute_url()}" if pid else ""


def read(rows: Any) -> Said:
    """The first `MOST` of these commitments with their words as published; four queries."""
    kept = list(rows[: MOST + 1])
    is_cut, kept = len(kept) > MOST, kept[:MOST]
    places = {one.pk: one for one in kept}
    editions = Edition.objects.current_by_pid(places)
    lexicon, edition = LexiconEdition.objects.lexicon()
    outcomes = outcomes_of([editions[pk].data for pk in places if pk in editions], lexicon)
    statements = {one.data["statement"]["id"] for one in outcomes if one.data["statement"]}
    return Said(outcomes, places, Pid.objects.directory({*places, *statements}), edition, is_cut)


def occasion(meeting: Any) -> Data:
    """A meeting as the ladder shows it."""
    return {
        "id": meeting.pk,
        "series": meeting.track.code,
        "series_name": meeting.track.name,
        "title": meeting.title(),
        "url": meeting.get_absolute_url(),
        "start": meeting.start,
        "end": meeting.end,
    }


def occasion_of(commitment: Any) -> Data:
    """Where a commitment was made: its meeting, or the statement of no meeting."""
    if commitment.meeting:
        return occasion(commitment.meeting)
    statement = commitment.statement
    return {
        "id": statement.pk,
        "series": NO_MEETING,
        "series_name": _("Statements of no meeting"),
        "title": statement.title_printed,
        "url": statement.get_absolute_url(),
        "start": statement.date,
        "end": None,
    }


def found_dialogue(code: str) -> Dialogue:
    """Raises Refused where no public dialogue has this code."""
    dialogue = spoken.dialogue_with(code)
    if dialogue is None:
        detail = _("There is no dialogue “%(code)s”. Codes stand first in addresses: ca-jad.")
        raise Refused(400, "dialogue", detail % {"code": code[:60]})
    return dialogue


def in_one(request: HttpRequest, view: View, dialogue: Dialogue, codes: list[str]) -> HttpResponseBase:
    """Every meeting from the first to the last; 404 where not all of these countries belong."""
    if codes and dialogue not in check_countries(codes):
        detail = _("Not all of these countries belong to %(name)s. Leave “country” out.")
        raise Refused(404, "country", detail % {"name": dialogue.name})
    told = Talk(dialogue.pk).told(view.topics)
    said = read(spoken.outcomes_of(told.all))
    ladders = ladders_of(said, dialogue)
    steps = in_order_of_time(step for ladder in ladders for step in ladder.steps)
    rows = [row for step in steps for row in step_rows(said, step, told)]
    counts = {mark: sum(ladder.counts[mark] for ladder in ladders) for mark in Ladder([]).counts}
    data = {
        **view.as_data(),
        "dialogue": dialogue.words(),
        "lexicon": said.lexicon.about() if said.lexicon else None,
        "outcomes": len(told.all),
        "counts": counts,
        "is_cut": said.is_cut,
        "count": len(rows),
        "results": rows,
    }
    context = {
        **view.context(),
        "dialogue": dialogue,
        "told": told,
        "steps": steps,
        "has_series": len(ladders) > 1,
        "counts": counts,
        "said": said,
        "links": said.links,
        "canonical": f"{view.path}?dialogue={dialogue.code}",
    }
    further = view.follow(f"?dialogue={dialogue.code}", [dialogue])
    return respond(
        request, "topics/language.html", context, data=data, rows=Rows(STEPS, rows), further=further
    )


def ladders_of(said: Said, dialogue: Dialogue) -> list[Ladder]:
    """A ladder for each series that ever spoke of the topic."""
    by_place: dict[str, list[Outcome]] = {}
    for outcome in said.outcomes:
        by_place.setdefault(said.where(outcome), []).append(outcome)
    days = [(occasion_of(said.places[one.id]), one) for one in said.outcomes]
    sittings = [
        Sitting(occasion(meeting), by_place.get(meeting.pk, []), meeting.is_known)
        for meeting in spoken.sittings_of(dialogue, by_place)
    ]
    found = []
    for code, group in groupby([*sittings, *said.of_no_meeting()], key=lambda one: one.meeting["series"]):
        some = list(group)
        if any(one.outcomes for one in some):
            found.append(Ladder(some, [(day["start"], one) for day, one in days if day["series"] != code]))
    return found


def in_order_of_time(steps: Iterable[Step]) -> list[Step]:
    """From the first day to the last, those without a date after them; what is of one day stands as it came."""
    return sorted(steps, key=lambda step: (step.meeting["start"] is None, step.meeting["start"] or ""))


def step_rows(said: Said, step: Step, told: Told) -> Iterator[Data]:
    """A row for each outcome of the meeting, and one for the meeting where there is none."""
    where = where_row(step.meeting)
    if step.gap:
        nothing = dict.fromkeys((column.name for column in STEPS.columns[-7:]), "")
        yield {**where, "mark": step.gap, **NOTHING_SAID, **nothing, "on_topic": "", "likeness": None}
    for event in step.events:
        yield {
            **where,
            "mark": event.mark,
            **said.row(event.outcome),
            "on_topic": "yes" if event.outcome.id in told.under else "no",
            **match_row(said, event),
        }


def where_row(occasion: Data) -> Data:
    return {
        "series": occasion["series"],
        "meeting": occasion["title"],
        "meeting_url": f"{settings.SITE_URL}{occasion['url']}",
        "date": occasion["start"],
    }


def match_row(said: Said, event: Event) -> Data:
    match = event.match
    return {
        "earlier": match.earlier.id if match else "",
        "earlier_url": absolute(said.links.get(match.earlier.id)) if match else "",
        "earlier_verb": match.earlier.said.name if match else "",
        "matched_by": match.by if match else "",
        "relation": (match.relation or "") if match else "",
        "asserted_by": (match.asserted_by or "") if match else "",
        "likeness": round(match.likeness, 2) if match and match.likeness is not None else None,
    }


def across(request: HttpRequest, view: View, codes: list[str]) -> HttpResponseBase:
    """A section a dialogue, what was said last first; with the strongest verb of each dialogue and year."""
    members = spoken.members()
    dialogues = {one.pk: one for one in check_countries(codes, members)}
    said = read(spoken.in_dialogues(spoken.outcomes_on(view.topics).newest_first(), list(dialogues)))
    table = Across(
        [(spoken.dialogue_of(said.places[one.id]), said.places[one.id], one) for one in said.outcomes]
    )
    sections = [
        (dialogues[pk], [(one, occasion_of(place), said.paragraph(one)) for place, one in found])
        for pk, found in table.sections
    ]
    rows = list(across_rows(said, sections))
    data = {
        **view.as_data(),
        "countries": codes,
        "lexicon": said.lexicon.about() if said.lexicon else None,
        "strongest": [
            {"dialogue": dialogues[pk].code, "year": year, "count": count, **verb_of(outcome)}
            for (pk, year), (outcome, count) in table.strongest.items()
        ],
        "is_cut": said.is_cut,
        "count": len(rows),
        "results": rows,
    }
    context = {
        **view.context(),
        "sections": sections,
        "years": table.years,
        "table": [(dialogues[pk], table.cells(pk)) for pk, _found in table.sections],
        **choice(members, codes),
        "said": said,
        "links": said.links,
        "canonical": view.path,
    }
    query = urlencode([("country", code) for code in codes])
    further = view.follow(f"?{query}" if query else "", list(dialogues.values()))
    return respond(
        request, "topics/across.html", context, data=data, rows=Rows(ACROSS, rows), further=further
    )


def check_countries(codes: list[str], members: list[Any] | None = None) -> list[Dialogue]:
    """The dialogues to which all of these belong; Refused for a code that no member has."""
    known = {one.code for one in (spoken.members() if members is None else members)}
    unknown = next((code for code in codes if code not in known), None)
    if unknown is not None:
        detail = _("No country “%(code)s” belongs to a dialogue. Codes are those of /countries/: kz, eu.")
        raise Refused(400, "country", detail % {"code": unknown[:60]})
    return list(spoken.dialogues_of(codes))


def choice(members: list[Any], codes: list[str]) -> Data:
    """The countries that can be chosen, those that are, and sets that often sit together."""
    return {
        "codes": codes,
        "members": members,
        "chosen": [one for one in members if one.code in codes],
        "groups": groups(members),
    }


def across_rows(said: Said, sections: list[tuple[Any, list[Any]]]) -> Iterator[Data]:
    for dialogue, outcomes in sections:
        for outcome, place, _paragraph in outcomes:
            where = {"dialogue_code": dialogue.code, "dialogue": dialogue.name, **where_row(place)}
            yield {**where, **said.row(outcome)}


def verb_of(outcome: Outcome) -> Data:
    return {"id": outcome.id, "verb": outcome.data["verb"], "strength": outcome.data["strength"]}
