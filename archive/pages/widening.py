"""Ways on from a list that its filters leave empty: which one to drop, and how much stands without it."""

from __future__ import annotations

from dataclasses import dataclass

from django_filters import FilterSet

from archive.browse import KEPT
from archive.filters import apart_from


@dataclass(frozen=True)
class Way:
    label: str
    value: str
    number: int
    url: str


@dataclass(frozen=True)
class Widening:
    """The filters in use, each as a chip; a query for each and one for the whole, and only where they are drawn."""

    filter_set: FilterSet
    chips: list[dict[str, str]]
    path: str

    def ways(self) -> list[Way]:
        """Dropping one filter alone, where something stands without it; the most first."""
        counted = [
            Way(one["label"], one["value"], apart_from(self.filter_set, one["name"]).count(), one["remove"])
            for one in (self.chips if len(self.chips) > 1 else ())
        ]
        return sorted((way for way in counted if way.number), key=lambda way: -way.number)

    def whole(self) -> int:
        number: int = self.filter_set.queryset.count()
        return number

    def whole_url(self) -> str:
        """The list with none of its filters, read as it is read now."""
        query = self.filter_set.data.copy()
        for name in [name for name in query if name not in KEPT]:
            query.pop(name)
        return f"{self.path}?{query.urlencode()}" if query else self.path
