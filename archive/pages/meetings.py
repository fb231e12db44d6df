"""One meeting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive.pages.found import Found
from archive.pictures import marks
from meetings import overview, tallies
from meetings.gaps import gaps
from meetings.models import Meeting
from meetings.outcomes import background, by_agenda

Data = dict[str, Any]


def beside(found: Found) -> dict[str, Any]:
    """The edition, and beside it the series, what took it up since, and what is not recorded."""
    record = found.data
    members = [country.words() for country in overview.members_of(record["dialogue"]["id"])]
    shown = (
        Meeting.objects.public()
        .of_dialogue(record["dialogue"]["id"])
        .in_series(record["track"]["code"])
        .for_list()
        .oldest_first()
    )
    series = list(tallies.with_agenda_count(shown))
    return found.context(
        agenda=by_agenda(record),
        background=background(record),
        chairs=chairs(record),
        gaps=gaps(record, members) if record["status"] == "held" else [],
        silent=silent(record, members),
        series=series,
        marks=marks.shown(series),
        rows=rows_around(record, neighbours(series, found.pid.value)),
        taken_up=overview.taken_up(found.pid.value),
        contradictions=contradictions(record),
    )


def chairs(record: Data) -> list[Data]:
    return [
        one for delegation in record["delegations"] for one in delegation["delegates"] if one["presiding"]
    ]


def silent(record: dict, members: list[Data]) -> list[Data]:
    """Members of whose presence nothing is recorded."""
    present = {delegation["country"]["id"] for delegation in record["delegations"]}
    return [member for member in members if member["id"] not in present]


def rows_around(record: Data, in_series: tuple[Meeting | None, Meeting | None]) -> list[Data]:
    """The meetings before and after this one in its series, its dialogue and its year; one query."""
    dialogue, year = record["dialogue"], (record["start"] or "")[:4]
    in_dialogue, in_year = overview.meetings_around(record["id"], record["start"], dialogue["id"])
    rows: list[Data] = [
        {"label": _("In this series"), "before": in_series[0], "after": in_series[1], "is_series": True},
        {"label": _("In this dialogue"), "before": in_dialogue.before, "after": in_dialogue.after},
        {"label": _("In %(year)s") % {"year": year}, "before": in_year.before, "after": in_year.after},
    ]
    return [row for row in rows if row["before"] or row["after"]]


def neighbours(series: list[Meeting], pid: str) -> tuple[Meeting | None, Meeting | None]:
    """The meetings before and after this one in its series."""
    place = next((number for number, one in enumerate(series) if one.pk == pid), None)
    if place is None:
        return None, None
    return (series[place - 1] if place else None, series[place + 1] if place + 1 < len(series) else None)


def contradictions(record: Data) -> list[tuple[str, list[Data]]]:
    """Fields for which sources give different values, with each claim, the followed one first."""
    fields: dict[str, list[Data]] = {}
    for claim in record["claims"]:
        fields.setdefault(claim["field"], []).append(claim)
    return [(field, claims) for field, claims in fields.items() if len(claims) > 1]
