"""Dots and their labels laid out on a map: the largest first, a label only where it touches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.pictures.coast import NORTH, SOUTH, WEST, Window
from archive.pictures.places import Place

WORLD = Window(gettext_lazy("The world"), WEST, WEST + 360, SOUTH, NORTH, 3)
PARTS = (
    Window(gettext_lazy("Europe, western Asia and Africa"), -26, 62, -36, 66, 3.75),
    Window(gettext_lazy("Central, eastern and southern Asia"), 62, 152, -12, 56, 3.7),
    Window(gettext_lazy("Pacific and Americas"), 110, 334, -48, 66, 1.48),
)
"""The world for a narrow screen, in three drawings."""
SIZE, SMALLEST = 2.1, 2.6
LETTER, LINE = 6.0, 11.0
"""Room for a letter of a label, and for its line, in units of the drawing."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A city with the count of meetings held there and the address of exactly these.

    Without a name where a source names the country alone, without a place where it is not on the map.
    """

    country: str
    code: str
    name: str
    place: Place | None
    count: int
    url: str

    @property
    def full_name(self) -> str:
        return ", ".join(filter(None, (self.name or _("city not recorded"), self.country)))


@dataclass(frozen=True)
class Dot:
    """A city in a drawing; its label, where there is room for one, is anchored at `label_x`, `label_y`."""

    spot: Spot
    x: float
    y: float
    radius: float
    label: str = ""
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = ""

    @property
    def box(self) -> Box:
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@dataclass(frozen=True)
class Drawing:
    window: Window
    dots: list[Dot]

    def said(self) -> str:
        return named(one.spot for one in self.dots)


def named(spots: Iterable[Spot]) -> str:
    """The spots in words, each with its number."""
    return "; ".join(f"{spot.full_name}: {spot.count}" for spot in spots) + "."


def laid_out(window: Window, spots: Sequence[Spot]) -> Drawing:
    """The spots in this part of the map; an area twice as large is twice as many meetings."""
    dots = [dot(window, spot) for spot in spots]
    taken = [one.box for one in dots]
    labelled = []
    for place, one in enumerate(dots):
        others = taken[:place] + taken[place + 1 :]
        for candidate, box in with_label(one):
            inside = box[0] > 2 and box[1] > 2 and box[2] < window.width - 2 and box[3] < window.height - 2
            if inside and not any(overlap(box, other) for other in others):
                one = candidate
                taken.append(box)
                break
        labelled.append(one)
    return Drawing(window, labelled)


def dot(window: Window, spot: Spot) -> Dot:
    assert spot.place is not None
    x, y = window.position(spot.place.latitude, spot.place.longitude)
    return Dot(spot, x, y, round(max(SMALLEST, SIZE * spot.count**0.5), 1))


def with_label(one: Dot) -> Iterator[tuple[Dot, Box]]:
    """The dot with its label to the right, left, above, below, and aslant, each with the box it takes."""
    text = f"{one.spot.name} {one.spot.count}" if one.spot.count > 1 else one.spot.name
    wide, near = LETTER * len(text), one.radius + 3
    right, left = one.x + 0.7 * near, one.x - 0.7 * near
    over, under = one.y - 0.7 * near, one.y + 0.7 * near + 8
    for anchor, x, y, begins in (
        ("start", one.x + near, one.y + 4, one.x + near),
        ("end", one.x - near, one.y + 4, one.x - near - wide),
        ("middle", one.x, one.y - near - 1, one.x - wide / 2),
        ("middle", one.x, one.y + near + 9, one.x - wide / 2),
        ("start", right, over, right),
        ("start", right, under, right),
        ("end", left, over, left - wide),
        ("end", left, under, left - wide),
    ):
        box = (begins, y - LINE + 2, begins + wide, y + 2)
        yield replace(one, label=text, label_x=round(x, 1), label_y=round(y, 1), anchor=anchor), box


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
