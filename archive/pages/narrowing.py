"""How a page of attendance is narrowed: read from the address, offered as a form, said as chips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import asked
from archive.words import WORDS
from dialogues.models import Country, Dialogue
from meetings import overview
from meetings.matrix import NOT_HELD, PRESENCES, RANK_ORDER, Totals

ONCE = ("since", "until")
REPEATED = ("rank", "presence", "country", "dialogue")


@dataclass(frozen=True)
class Narrowing:
    """What is asked for: one of several values of a group, and all groups at once."""

    ranks: list[str] = field(default_factory=list)
    presences: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    dialogues: list[str] = field(default_factory=list)
    since: int | None = None
    until: int | None = None

    @property
    def is_any(self) -> bool:
        groups = (self.ranks, self.presences, self.countries, self.dialogues, self.since, self.until)
        return any(groups)


def read(request: HttpRequest, *names: str, others: Iterable[str] = ()) -> Narrowing:
    """From the parameters that the page knows; one query for countries or dialogues asked for. Raises BadParameter.

    `others` are those that it reads itself.
    """
    once, repeated = ([name for name in names if name in kind] for kind in (ONCE, REPEATED))
    asked.check(request, [*once, *others, asked.FEED], repeated)
    return Narrowing(
        ranks=asked.codes(request, "rank", RANK_ORDER),
        presences=asked.codes(request, "presence", PRESENCES),
        countries=asked.codes(request, "country", public_codes(request, "country", Country)),
        dialogues=asked.codes(request, "dialogue", public_codes(request, "dialogue", Dialogue)),
        since=asked.year(request, "since"),
        until=asked.year(request, "until"),
    )  # fmt: skip


def public_codes(
    request: HttpRequest, name: str, model: type[Country] | type[Dialogue]
) -> frozenset[str] | set[str]:
    """Of those asked for, the codes of public records."""
    given = [value for value in request.GET.getlist(name) if value]
    return overview.codes_of(model, given) if given else frozenset()


def link(request: HttpRequest, **changed: str | None) -> str:
    """This address with these parameters instead; None takes one away."""
    query = request.GET.copy()
    for name in ("format", "before"):
        query.pop(name, None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def without(request: HttpRequest, name: str, value: str) -> str:
    """This address without one value of a parameter."""
    query = request.GET.copy()
    query.setlist(name, [one for one in query.getlist(name) if one != value])
    query.pop("format", None)
    return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path


def form(
    request: HttpRequest,
    narrowing: Narrowing,
    *,
    countries: Iterable[Country] = (),
    dialogues: Iterable[Dialogue] = (),
    totals: Totals | None = None,
) -> dict[str, Any]:
    """What parts/_narrowing.html needs: groups of (name, legend, choices), chips of what is in use."""
    groups: list[tuple[str, str, list[tuple[str, str, bool]]]] = []
    ranks = [rank for rank in RANK_ORDER if totals is None or totals.rank(rank)]
    groups.append(
        ("rank", _("Rank"), [(rank, str(WORDS["rank"][rank]), rank in narrowing.ranks) for rank in ranks])
    )
    lands = [(one.code, one.name, one.code in narrowing.countries) for one in countries]
    talks = [(one.code, one.name, one.code in narrowing.dialogues) for one in dialogues]
    groups += [(name, said, of) for name, said, of in (
        ("country", _("Country"), lands), ("dialogue", _("Dialogue"), talks)) if len(of) > 1]  # fmt: skip
    return {
        "groups_offered": groups,
        "narrowing": narrowing,
        "chips": chips(request, narrowing, lands + talks),
    }


def chips(
    request: HttpRequest, narrowing: Narrowing, named: list[tuple[str, str, bool]]
) -> list[dict[str, str]]:
    """What is in use, in words, with the address without it."""
    names = {code: name for code, name, _is_on in named}
    found = []
    for name, label, values, words in (
        ("rank", _("Rank"), narrowing.ranks, WORDS["rank"]),
        ("presence", _("Presence"), narrowing.presences, WORDS["presence"]),
        ("country", _("Country"), narrowing.countries, names),
        ("dialogue", _("Dialogue"), narrowing.dialogues, names),
    ):
        found += [
            {"label": label, "value": str(words.get(value, value)), "remove": without(request, name, value)}
            for value in values
        ]
    for name, label, year in (("since", _("From"), narrowing.since), ("until", _("To"), narrowing.until)):
        if year:
            found.append({"label": label, "value": str(year), "remove": link(request, **{name: None})})
    return found


def legend(
    request: HttpRequest, narrowing: Narrowing, totals: Totals, path: str = ""
) -> list[dict[str, Any]]:
    """Every mark with its count among all that can be shown, and the address that shows it alone.

    On a page that cannot be narrowed itself, `path` is the address of the one that can.
    """
    marks = [("rank", rank, totals.rank(rank), rank in narrowing.ranks) for rank in RANK_ORDER]
    marks += [
        ("presence", presence, totals.presence(presence), presence in narrowing.presences)
        for presence in PRESENCES[2:]
    ]
    found = []
    for kind, mark, count, is_on in marks:
        if path:
            url = f"{path}?{kind}={mark}"
        elif is_on:
            url = without(request, kind, mark)
        else:
            url = link(request, **{"rank": None, "presence": None, kind: mark})
        kept = kind == "presence" and mark != NOT_HELD
        found.append({"mark": mark, "count": count, "is_on": is_on, "url": url, "is_presence": kept})
    return found
