"""What hits can be narrowed by, with true counts: what is shown is what a click gives.

Values of one group are alternatives, groups must all hold. So the values of a group with a choice are counted among
the hits that there would be without it, and each says how many it would add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from archive.search.fields import GROUPS, UNDATED, Group, group_of, segment
from archive.search.state import MOST_VALUES, State, ranges, years
from dialogues.models import Track
from registry.models import Pid

Sets = list[tuple[str, int]]
"""Sets of marks, and how many entries have each."""


@dataclass(frozen=True)
class Value:
    """A value with the count that a click gives, or adds where another of its group is chosen."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str
    adds: bool

    def as_data(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "label": self.label,
            "count": self.count,
            "is_chosen": self.is_chosen,
            "adds": self.adds,
            "url": self.address,
        }


@dataclass(frozen=True)
class Facet:
    group: Group
    values: list[Value]

    @property
    def chosen(self) -> list[Value]:
        return [value for value in self.values if value.is_chosen]


@dataclass
class Labels:
    """What marks are called: pids by value, series by dialogue and code."""

    pids: dict[str, Pid] = field(default_factory=dict)
    series: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, group: Group, marked: str) -> tuple[str, str] | None:
        """The value as addresses have it and its label; None where its record is public no more."""
        if group.records:
            pid = self.pids.get(marked)
            if pid is None or not pid.is_public:
                return None
            return segment(pid.kind, pid.value, pid.path), pid.title
        if group.name == "series":
            dialogue, _under, code = marked.partition("_")
            pid = self.pids.get(dialogue)
            if pid is None or not pid.is_public:
                return None
            return f"{pid.path}/{code}", f"{pid.title}: {self.series.get((dialogue, code), code)}"
        return marked, coded(group, marked)


def coded(group: Group, value: str) -> str:
    if group.choices:
        return str(group.choices.get(value, value))
    if value == UNDATED:
        return _("undated")
    if group.name == "language":
        return language_name(value)
    return value


def language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def counted(sets: Sets, chosen: frozenset[str] = frozenset()) -> dict[str, Counter[str]]:
    """Entries by group letter and mark. What has one of the chosen marks, all of one group, counts for these alone."""
    alike: dict[int, list[str]] = {}
    for marks, count in sets:
        if chosen and (some := chosen.intersection(marks.split())):
            marks = " ".join(some)
        alike.setdefault(count, []).append(marks)
    total: Counter[str] = Counter()
    for count, several in alike.items():
        for mark, times in Counter(" ".join(several).split()).items():
            total[mark] += times * count
    found: dict[str, Counter[str]] = {}
    for mark, times in total.items():
        if group := group_of(mark):
            found.setdefault(group.letter, Counter())[mark] = times
    return found


def labels_for(counts: Iterable[Iterable[str]]) -> Labels:
    """Names of all these marks; two queries."""
    pids, is_series = set(), False
    for marks in counts:
        for mark in marks:
            group = group_of(mark)
            if group and group.records:
                pids.add(group.value(mark))
            elif group and group.name == "series":
                pids.add(group.value(mark).partition("_")[0])
                is_series = True
    return Labels(Pid.objects.directory(pids), Track.objects.names() if is_series else {})


def facets(
    state: State, counts: dict[str, Counter[str]], labels: Labels, chosen: frozenset[str]
) -> list[Facet]:
    """Every group that has more than nothing to choose, its values by count, years in order."""
    found = []
    for group in GROUPS.values():
        marked = counts.get(group.letter, Counter())
        values = [
            value for mark in {*marked} if (value := made(state, group, mark, marked[mark], labels, chosen))
        ]
        if group.name == "year":
            values.sort(key=lambda one: one.value)
        else:
            values.sort(key=lambda one: (-one.count, one.label))
        if values:
            found.append(Facet(group, values))
    return found


def made(
    state: State, group: Group, mark: str, count: int, labels: Labels, chosen: frozenset[str]
) -> Value | None:
    named = labels.of(group, group.value(mark))
    if named is None:
        return None
    value, label = named
    is_chosen = mark in chosen
    others = any(group_of(one) == group for one in chosen)
    if not is_chosen and len(state.chosen.get(group.name, ())) >= MOST_VALUES:
        return None
    return Value(value, label, count, is_chosen, toggle(state, group, value), others and not is_chosen)


def toggle(state: State, group: Group, value: str) -> str:
    """The address after a click: with the value chosen, or not any more. Years that follow one another are a range."""
    if group.name != "year":
        return state.toggled(group.name, value).address
    kept = {year for one in state.chosen.get("year", ()) for year in years(one)} ^ {value}
    return replace(state, chosen={**state.chosen, "year": tuple(ranges(kept))}, page=1).address
