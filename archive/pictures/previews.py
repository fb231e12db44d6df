"""The pictures in small, for their index: shapes without words, made of the same objects."""

from __future__ import annotations

from dataclasses import dataclass

from archive.pictures.hosts import Hosts
from archive.pictures.marks import on_the_line
from archive.pictures.meets import Meets
from archive.pictures.topics import TopicsThroughTime
from archive.pictures.wall import Brick, Wall

WIDTH, HEIGHT = 320.0, 150.0


@dataclass(frozen=True)
class Shape:
    """A circle around x, y, or a rectangle from there; `kind` is its class."""

    kind: str
    x: float
    y: float
    width: float
    height: float = 0.0


def of_wall(wall: Wall) -> list[Shape]:
    """A circle for each year in which a dialogue met: full where any meeting of it has outcomes."""
    if not wall.rows or not wall.years:
        return []
    across, down = WIDTH / len(wall.years), HEIGHT / len(wall.rows)
    radius = round(min(across, down) * 0.4, 1)
    return [
        Shape(
            "full" if any(brick.mark == "full" for brick in bricks) else "hollow",
            round((column + 0.5) * across, 1),
            round((line + 0.5) * down, 1),
            radius,
        )
        for line, row in enumerate(wall.rows)
        for column, (_year, bricks) in enumerate(row.cells)
        if bricks
    ]


def of_series(wall: Wall, lines: int = 5) -> list[Shape]:
    """The series with most meetings as lines of dots by date."""
    series: dict[int, list[Brick]] = {}
    for brick in (brick for row in wall.rows for brick in row.bricks):
        series.setdefault(brick.meeting.track_id, []).append(brick)
    longest = sorted(series.values(), key=len, reverse=True)[:lines]
    found = []
    for line, bricks in enumerate(longest):
        y = round((line + 0.5) * HEIGHT / lines, 1)
        found.append(Shape("rule", 0, y, WIDTH, 0.8))
        for brick in bricks:
            years = on_the_line(brick.meeting.start) - wall.years[0]
            x = 4 + years * (WIDTH - 8) / len(wall.years)
            found.append(Shape("full" if brick.mark == "full" else "paper", round(x, 1), y, 3.4))
    return found


def of_topics(picture: TopicsThroughTime, across: int = 3, down: int = 3) -> list[Shape]:
    """The charts of the foremost topics, three in a row."""
    found: list[Shape] = []
    wide, high = WIDTH / across, HEIGHT / down
    for place, chart in enumerate(picture.foremost(across * down)):
        left, floor = (place % across) * wide, (place // across + 1) * high - 4
        step = (wide - 12) / len(picture.years)
        found.append(Shape("rule", round(left, 1), floor, wide - 12, 0.8))
        for bar in chart.bars:
            height = round(bar.height / 100 * (high - 8), 1)
            x = left + (bar.year - picture.years[0]) * step
            found.append(Shape("bar", round(x, 1), round(floor - height, 1), round(step * 0.8, 1), height))
    return found


def of_hosts(picture: Hosts) -> list[Shape]:
    """The dots of the map, at the scale of the preview."""
    scale, down = WIDTH / picture.wide.window.width, top_of(picture)
    return [
        Shape(
            "spot",
            round(dot.x * scale, 1),
            round(down + dot.y * scale, 1),
            round(max(1.2, dot.radius * scale * 1.3), 1),
        )
        for dot in picture.wide.dots
    ]


def top_of(picture: Hosts) -> float:
    """Where the map begins, so that it stands in the middle."""
    window = picture.wide.window
    return round((HEIGHT - window.height * WIDTH / window.width) / 2, 1)


def coast_scale(picture: Hosts) -> str:
    """What makes the coast as small as the preview."""
    window = picture.wide.window
    return f"translate(0 {top_of(picture)}) scale({WIDTH / window.width * window.scale / 10:.4f})"


def of_meets(picture: Meets) -> list[Shape]:
    """A field for each two, the darker the more often they meet."""
    rows = picture.rows()
    across, down = WIDTH / max(len(rows), 1), HEIGHT / max(len(rows), 1)
    return [
        Shape(
            f"heat-{cell.shade}",
            round(column * across, 1),
            round(line * down, 1),
            round(across - 0.8, 1),
            round(down - 0.8, 1),
        )
        for line, (_member, cells) in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell.count and not cell.is_itself
    ]
