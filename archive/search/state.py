"""The whole state of a search, as its address says it, in one canonical order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.browse import DENSITIES
from archive.forms import ADDED_BY_OTHERS
from archive.search.expression import Expression, Word, any_of
from archive.search.fields import GROUPS, UNDATED, Group, segment
from registry.kit.years import FIRST_YEAR, LAST_YEAR
from registry.models import Pid

BEST, NEWEST = "best", "newest"
EVERY_PAGE = "all"
YEARS = re.compile(r"(\d{4})?(?:(\.\.)(\d{4})?)?", re.ASCII)
SPAN = re.compile(r"(\d{4})([-‐‑–—−/]|\.{2,})(\d{4})", re.ASCII)
"""Two years and what stands between them."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
SERIES = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and what has no width and joins nothing, which come with copied words and belong to none.

The joiners U+200C and U+200D are letters’ own, as in Persian.
"""
MOST_VALUES = 30
LONGEST = 100
ROOMY, DENSE = DENSITIES
IGNORED = ("format", "page", "sort", "density", "groups", "q", "before")
OPEN = "open"
SETTINGS: dict[str, tuple[tuple[str, ...], Any]] = {
    "sort": ((BEST, NEWEST), gettext_lazy("Sort by “best” or “newest”.")),
    "density": ((ROOMY, DENSE), gettext_lazy("Results are set “roomy” or “dense”.")),
    "groups": (("", OPEN), gettext_lazy("The groups are “open”, or leave it out.")),
}
"""What the results are set by: the values there are, the first of which goes without saying."""


class BadValue(Exception):
    """A parameter of the address is not understood: its name, a sentence that says what it may be, what it was."""

    def __init__(self, name: str, message: str, value: str = "") -> None:
        super().__init__(message)
        self.name, self.message, self.value = name, message, value


@dataclass(frozen=True)
class State:
    """What is asked: the query as typed, the values chosen of each group, order, page, how closely it is set."""

    q: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = BEST
    page: int = 1
    density: str = ROOMY
    is_open: bool = False
    """Whether the groups are open where they stand in a drawer; no further address says so."""

    @property
    def query(self) -> str:
        """The address's query, without what goes without saying."""
        return "&".join(filter(None, (said(name, values) for name, values in self.named())))

    def named(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Every parameter with its values, in the order in which addresses have them."""
        yield "q", [self.q] if self.q else []
        for name in GROUPS:
            yield name, self.chosen.get(name, ())
        yield "sort", [self.sort] if self.sort != BEST else []
        yield "density", [self.density] if self.density != ROOMY else []
        yield "page", [str(self.page)] if self.page > 1 else []

    @property
    def address(self) -> str:
        return f"/search/?{self.query}" if self.query else "/search/"

    @property
    def opened(self) -> str:
        """The address of the same with the groups open."""
        return f"{self.address}{'&' if self.query else '?'}groups={OPEN}"

    @property
    def own_address(self) -> str:
        return self.opened if self.is_open else self.address

    @property
    def is_dense(self) -> bool:
        return self.density == DENSE

    @property
    def is_empty(self) -> bool:
        return not self.q and not any(self.chosen.values())

    def asking(self, q: str) -> State:
        return replace(self, q=q, page=1)

    def toggled(self, name: str, value: str) -> State:
        """With this value chosen, or not any more."""
        values = set(self.chosen.get(name, ()))
        values ^= {value}
        return replace(self, chosen={**self.chosen, name: tuple(sorted(values))}, page=1)

    def choosing(self, name: str) -> Callable[[Iterable[str]], str]:
        """What gives the address with these values of this group instead: the rest of it is written once."""
        pieces = [(one, said(one, values)) for one, values in self.on_page(1).named()]
        place = [one for one, _piece in pieces].index(name)
        before = "&".join(piece for _one, piece in pieces[:place] if piece)
        after = "&".join(piece for _one, piece in pieces[place + 1 :] if piece)

        def address(values: Iterable[str]) -> str:
            query = "&".join(filter(None, (before, said(name, values), after)))
            return f"/search/?{query}" if query else "/search/"

        return address

    def without(self, name: str) -> State:
        return replace(self, chosen={**self.chosen, name: ()}, page=1)

    def on_page(self, page: int) -> State:
        return replace(self, page=page)

    def set_as(self, density: str) -> State:
        return replace(self, density=density)

    def sorted_by(self, sort: str) -> State:
        return replace(self, sort=sort, page=1)


def said(name: str, values: Iterable[str]) -> str:
    """A parameter with its values, as an address has them."""
    return "&".join([f"{name}={quoted(value)}" for value in sorted(values)])


@lru_cache(maxsize=10_000)
def quoted(value: str) -> str:
    return quote_plus(value, safe="/:.")


def read(asked: QueryDict) -> tuple[State, list[BadValue]]:
    """The state of an address without what cannot be, and what that is."""
    bad = [*unknown(asked), *repeated(asked)]
    chosen = {}
    for name, group in GROUPS.items():
        values, others = values_of(group, asked.getlist(name))
        bad += others
        if values:
            chosen[name] = values
    kept = {}
    for name, (choices, message) in SETTINGS.items():
        kept[name] = asked.get(name) or choices[0]
        if kept[name] not in choices:
            bad.append(BadValue(name, str(message), kept[name]))
            kept[name] = choices[0]
    page = 1
    try:
        page = page_number(asked.get("page") or "1")
    except BadValue as other:
        bad.append(other)
    q = " ".join(INVISIBLE.sub("", asked.get("q", "")).split())
    return State(q, chosen, kept["sort"], page, kept["density"], bool(kept["groups"])), bad


def unknown(asked: QueryDict) -> Iterator[BadValue]:
    """The parameters that there are not."""
    names = ", ".join(["q", *GROUPS, "sort", "density", "groups", "page"])
    for name in asked:
        if name not in GROUPS and name not in IGNORED and not name.startswith(ADDED_BY_OTHERS):
            message = _("There is no such parameter; there are: %(names)s.") % {"names": names}
            yield BadValue(name, message, asked.get(name) or "")


def repeated(asked: QueryDict) -> Iterator[BadValue]:
    for name in ("q", *SETTINGS, "page", "format"):
        if len(asked.getlist(name)) > 1:
            yield BadValue(name, _("Give it once."), ", ".join(asked.getlist(name)))


def values_of(group: Group, asked: list[str]) -> tuple[tuple[str, ...], list[BadValue]]:
    """The values asked for that can be of this group, each once, and what cannot."""
    bad = []
    if len(asked) > MOST_VALUES:
        message = _("At most %(n)s values can be chosen.") % {"n": MOST_VALUES}
        bad.append(BadValue(group.name, message, str(len(asked))))
    found = set()
    for value in filter(None, asked[:MOST_VALUES]):
        meant = as_meant(value) if group.name == "year" else value
        try:
            check(group, meant)
        except BadValue as other:
            bad.append(BadValue(other.name, other.message, value))
        else:
            found.add(meant)
    return tuple(sorted(found)), bad


def page_number(written: str) -> int:
    """The page asked for; the first where all are."""
    if written == EVERY_PAGE:
        return 1
    if not (written.isascii() and written.isdigit() and 0 < int(written[:6]) <= 99_999 and len(written) < 6):
        raise BadValue("page", _("A page is a number from 1."), written)
    return int(written)


def check(group: Group, value: str) -> None:
    """Raise BadValue where no value of this group is written so."""
    if len(value) > LONGEST:
        raise BadValue(group.name, _("That is too long to be a value."))
    if group.choices and value not in group.choices:
        message = _("“%(value)s” is not one of: %(values)s.")
        raise BadValue(group.name, message % {"value": value, "values": ", ".join(group.choices)})
    if group.name == "year":
        years(value)
    if group.name == "language" and not LANGUAGE.fullmatch(value):
        raise BadValue("language", _("A language is a code such as en or ja."))
    if group.name == "series" and not SERIES.fullmatch(value):
        raise BadValue("series", _("A series is written as ca-jad/fm."))


def years(value: str) -> list[str]:
    """The years of “2010”, “2010..2022”, “2010..”, “..2010”, or the undated. Raises BadValue."""
    match = YEARS.fullmatch(value)
    if value == UNDATED:
        return [UNDATED]
    if not match or not (match[1] or match[2]):
        raise BadValue("year", _("Write a year as 2022, years as 2010..2022, or “undated”."))
    first = int(match[1] or FIRST_YEAR)
    last = int(match[3] or LAST_YEAR) if match[2] else first
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise BadValue("year", _("Years from 1900 to 2199 can be searched, the earlier one first."))
    return [str(year) for year in range(first, last + 1)]


def as_meant(value: str) -> str:
    """Two years as a range is written, the earlier one first; anything else as it is."""
    span = SPAN.fullmatch(value)
    return "..".join(sorted(span.group(1, 3))) if span else value


def ranges(found: Iterable[str]) -> list[str]:
    """Years written as ranges where they follow one another; open where they reach the first or last there is."""
    every = set(found)
    numbers = sorted(int(year) for year in every if year != UNDATED)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    written = [run_written(run[0], run[-1]) for run in runs]
    return [*written, *([UNDATED] if UNDATED in every else [])]


def run_written(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{'' if first == FIRST_YEAR else first}..{'' if last == LAST_YEAR else last}"


@dataclass(frozen=True)
class Places:
    """Where values that are records stand: each pid by the group and the value that names it."""

    pids: dict[tuple[str, str], Pid]

    def expression(self, name: str, values: Iterable[str]) -> Expression:
        """Entries that have one of these values."""
        group = GROUPS[name]
        return any_of(*(Word(mark) for value in values for mark in self.marks(group, value)))

    def marks(self, group: Group, value: str) -> list[str]:
        if group.records:
            return [group.mark(self.pids[group.name, value].value)]
        if group.name == "series":
            code, _slash, track = value.partition("/")
            return [group.mark(f"{self.pids['series', code].value}_{track}")]
        if group.name == "year":
            return [group.mark(year) for year in years(value)]
        return [group.mark(value)]


def located(state: State) -> tuple[Places, list[BadValue]]:
    """The records that the state names, and the values that name no public one; two queries."""
    wanted: dict[tuple[str, str], str] = {}
    for name, values in state.chosen.items():
        for value in values:
            if name == "series":
                wanted[name, value.partition("/")[0]] = value.partition("/")[0]
            elif records := GROUPS[name].records:
                wanted[name, value] = {
                    "country": f"countries/{value}",
                    "topic": f"topics/{value}",
                }.get(records, value)
    if not wanted:
        return Places({}), []
    kinds = {name: GROUPS[name].records or "dialogue" for name, _value in wanted}
    found = Pid.objects.standing_at(wanted.values())
    pids: dict[tuple[str, str], Pid] = {}
    bad = []
    for (name, value), path in wanted.items():
        pid: Any = found.get(path)
        if pid is None or pid.kind != kinds[name]:
            message = _("There is no public record called “%(value)s” here.") % {"value": value}
            bad.append(BadValue(name, message, value))
        else:
            pids[name, value] = pids[name, segment(pid.kind, pid.value, pid.path)] = pid
    return Places(pids), bad


def canonical(state: State, places: Places) -> State:
    """The same with each record named as it is today, without those that are nowhere."""
    chosen = {}
    for name, values in state.chosen.items():
        if GROUPS[name].records:
            found = [places.pids[name, value] for value in values if (name, value) in places.pids]
            values = tuple(segment(pid.kind, pid.value, pid.path) for pid in found)
        elif name == "year":
            values = tuple(ranges({year for value in values for year in years(value)}))
        elif name == "series":
            parts = [value.partition("/") for value in values]
            values = tuple(
                f"{places.pids[name, code].path}/{track}"
                for code, _slash, track in parts
                if (name, code) in places.pids
            )
        if values:
            chosen[name] = tuple(sorted(set(values)))
    return replace(state, chosen=chosen)
