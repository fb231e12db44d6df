"""Topics through time: one small chart a topic, all at one scale, a bar for each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.kit import sorting

HEIGHT, STEP, THICK = 100.0, 10.0, 8.0
"""Of a chart, of a year in it, and of a bar."""


@dataclass(frozen=True)
class Bar:
    """A year in which something was said on the topic, and the address of exactly that."""

    year: int
    count: int
    url: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Chart:
    """A topic with its bars; `total` counts an outcome once, since it lies in one year."""

    topic: Any
    bars: list[Bar]
    url: str

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def most(self) -> Bar:
        """The year with most, the earliest of several."""
        return max(self.bars, key=lambda bar: bar.count)

    def said(self) -> str:
        """The chart in words: every bar."""
        years = ", ".join(f"{bar.year}: {bar.count}" for bar in self.bars)
        outcomes = ngettext("%(n)s outcome", "%(n)s outcomes", self.total) % {"n": self.total}
        return _("%(topic)s, %(outcomes)s. %(years)s.") % {
            "topic": self.topic.name,
            "outcomes": outcomes,
            "years": years,
        }


@dataclass(frozen=True)
class Sheet:
    """All charts on one sheet: each with the place of its upper left corner."""

    width: float
    height: float
    chart_width: float
    scale: float
    charts: list[tuple[Chart, float, float]]

    @property
    def middle(self) -> float:
        return self.chart_width / 2


@dataclass(frozen=True)
class Group:
    """Charts of the topics under one broader topic, or under none."""

    broader: Any
    charts: list[Chart]

    @property
    def total(self) -> int:
        return sum(chart.total for chart in self.charts)


class TopicsThroughTime:
    """Charts of the topics that have none narrower, since a list of a broader topic holds more than itself.

    `topics` come with their broader one; `counts` are by (topic, year); `dialogue`, a pid with its code, narrows.
    """

    def __init__(
        self,
        topics: Iterable[Any],
        counts: dict[tuple[str, int], int],
        undated: int = 0,
        dialogue: str | None = None,
    ) -> None:
        self.dialogue, self.undated = dialogue, undated
        topics = list(topics)
        broader = {topic.broader_id for topic in topics}
        leaves = [topic for topic in topics if topic.pk not in broader]
        kept = {topic.pk for topic in leaves}
        drawn = {place: count for place, count in counts.items() if place[0] in kept}
        self.filed_under_broader = sum(count for (topic, _year), count in counts.items() if topic not in kept)
        years = [year for _topic, year in drawn]
        self.years = list(range(min(years), max(years) + 1)) if years else []
        self.most = max(drawn.values(), default=0)
        by_topic: dict[str, dict[int, int]] = {}
        for (topic, year), count in drawn.items():
            by_topic.setdefault(topic, {})[year] = count
        self.charts = [self.chart(topic, by_topic[topic.pk]) for topic in leaves if topic.pk in by_topic]
        self.silent = [topic for topic in leaves if topic.pk not in by_topic]

    def chart(self, topic: Any, counts: dict[int, int]) -> Chart:
        bars = []
        for year in sorted(counts):
            height = round(HEIGHT * counts[year] / self.most, 1)
            x = (year - self.years[0]) * STEP + (STEP - THICK) / 2
            url = f"{self.address(topic)}&year={year}"
            bars.append(Bar(year, counts[year], url, x, round(HEIGHT - height, 1), height))
        return Chart(topic, bars, self.address(topic))

    def address(self, topic: Any) -> str:
        narrowed = f"&dialogue={self.dialogue}" if self.dialogue else ""
        return f"/commitments/?topic={topic.slug}{narrowed}"

    @property
    def width(self) -> float:
        return len(self.years) * STEP

    @cached_property
    def groups(self) -> list[Group]:
        """By broader topic, the most spoken of first."""
        found: dict[Any, Group] = {}
        for chart in sorted(self.charts, key=lambda chart: (-chart.total, sorting.key(chart.topic.name))):
            found.setdefault(chart.topic.broader_id, Group(chart.topic.broader, [])).charts.append(chart)
        return sorted(found.values(), key=lambda group: -group.total)

    def ordered(self) -> Iterator[Chart]:
        for group in self.groups:
            yield from group.charts

    def foremost(self, count: int) -> list[Chart]:
        """The topics most spoken of."""
        return sorted(self.charts, key=lambda chart: (-chart.total, sorting.key(chart.topic.name)))[:count]

    def sheet(self, across: int = 4) -> Sheet:
        """The charts side by side, for a drawing that stands alone."""
        wide, high, gap, top = 250.0, 122.0, 24.0, 64.0
        charts = list(self.ordered())
        placed = [
            (chart, 16 + (place % across) * (wide + gap), top + (place // across) * high)
            for place, chart in enumerate(charts)
        ]
        lines = -(-len(charts) // across)
        scale = round(wide / self.width, 4) if self.width else 1
        return Sheet(16 + across * (wide + gap) - gap + 16, top + lines * high + 8, wide, scale, placed)

    def results(self) -> list[dict[str, Any]]:
        """A row for each bar, in the order of the drawing."""
        return [
            {
                "topic": chart.topic.name,
                "slug": chart.topic.slug,
                "broader": chart.topic.broader.name if chart.topic.broader else "",
                "year": bar.year,
                "outcomes": bar.count,
                "url": f"{settings.SITE_URL}{bar.url}",
            }
            for chart in self.ordered()
            for bar in chart.bars
        ]

    def said(self) -> str:
        """The whole in words."""
        if not self.charts:
            return _("Nothing about any topic is recorded yet.")
        foremost = self.foremost(3)
        return _("%(n)s topics from %(first)s to %(last)s. Most was said on %(foremost)s.") % {
            "n": len(self.charts),
            "first": self.years[0],
            "last": self.years[-1],
            "foremost": ", ".join(f"{chart.topic.name} ({chart.total})" for chart in foremost),
        }
