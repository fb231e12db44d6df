"""What hits can be narrowed by, with true counts: what is shown is what a click gives.

Values of one group are alternatives, groups must all hold. So the values of a group with a choice are counted among
the hits that there would be without it, and each says how many it would add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pyroaring import BitMap

from archive.formats.languages import language_name
from archive.search.fields import GROUPS, UNDATED, Group, group_of, segment
from archive.search.postings import Marked
from archive.search.state import MOST_VALUES, State, ranges, years
from dialogues.models import Track
from registry.models import Pid


@dataclass(slots=True)
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
    """What marks are called: kind, path and title of public records by pid, series by dialogue and code."""

    records: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    series: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, group: Group, marked: str) -> tuple[str, str] | None:
        """The value as addresses have it and its label; None where its record is public no more."""
        if group.records:
            if marked not in self.records:
                return None
            kind, path, title = self.records[marked]
            return segment(kind, marked, path), title
        if group.name == "series":
            dialogue, _under, code = marked.partition("_")
            if dialogue not in self.records:
                return None
            _kind, path, title = self.records[dialogue]
            return f"{path}/{code}", f"{title}: {self.series.get((dialogue, code), code)}"
        return marked, coded(group, marked)


def coded(group: Group, value: str) -> str:
    if group.choices:
        return str(group.choices.get(value, value))
    if value == UNDATED:
        return _("undated")
    if group.name == "language":
        return language_name(value)
    return value


def counted(slots: BitMap, marked: Marked) -> dict[str, Counter[str]]:
    """Hits, by their slots, by group letter and mark."""
    return {letter: times(slots, marks) for letter, marks in marked.by_group.items()}


def counted_within(group: Group, slots: BitMap, marked: Marked, chosen: frozenset[str]) -> Counter[str]:
    """Hits by mark of one group. What has one of the chosen marks counts for these alone."""
    marks = marked.by_group.get(group.letter, {})
    own = {mark: marks[mark] for mark in chosen if mark in marks}
    others = {mark: some for mark, some in marks.items() if mark not in chosen}
    return times(slots, own) + times(slots - BitMap.union(BitMap(), *own.values()), others)


def times(slots: BitMap, marks: Mapping[str, BitMap]) -> Counter[str]:
    """How many of these slots each mark has, where it has any."""
    found = ((mark, slots.intersection_cardinality(some)) for mark, some in marks.items())
    return Counter({mark: count for mark, count in found if count})


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
    return Labels(Pid.objects.labels(pids), Track.objects.names() if is_series else {})


def facets(
    state: State, counts: dict[str, Counter[str]], labels: Labels, chosen: frozenset[str]
) -> list[Facet]:
    """Every group that has more than nothing to choose, its values by count, years in order."""
    found = []
    for group in GROUPS.values():
        marked = counts.get(group.letter, Counter())
        others = any(group_of(one) == group for one in chosen)
        address, kept = state.choosing(group.name), kept_of(state, group)
        is_full = len(state.chosen.get(group.name, ())) >= MOST_VALUES
        values = []
        for mark, count in marked.items():
            if named := labels.of(group, group.value(mark)):
                value, label = named
                is_chosen = mark in chosen
                if is_full and not is_chosen:
                    continue
                after = kept ^ {value}
                leads_to = address(ranges(after) if group.name == "year" else after)
                values.append(Value(value, label, count, is_chosen, leads_to, others and not is_chosen))
        if group.name == "year":
            values.sort(key=lambda one: one.value)
        else:
            values.sort(key=lambda one: (-one.count, one.label))
        if values:
            found.append(Facet(group, values))
    return found


def kept_of(state: State, group: Group) -> set[str]:
    """The values that are chosen of a group, ranges of years as years."""
    chosen = state.chosen.get(group.name, ())
    return {year for one in chosen for year in years(one)} if group.name == "year" else set(chosen)
