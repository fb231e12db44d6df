"""The coast of the world as the path of a drawing: land against sea, and no border of any state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("coast.json")
WEST = -26.0
"""Where the map is cut: in the Atlantic, which parts no land but Greenland."""
SOUTH, NORTH = -56.0, 76.0


@cache
def coast() -> dict[str, Any]:
    """Rings in tenths of a degree, with their source and its licence."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def path() -> str:
    """Every ring in tenths of a degree east of WEST and south of NORTH, so that y grows downwards."""
    pieces = []
    for ring in coast()["rings"]:
        for turn in (-3600, 0, 3600):
            xs = [x + turn - round(WEST * 10) for x in ring[::2]]
            if max(xs) > 0 and min(xs) < 3600:
                pieces.append(drawn(xs, [round(NORTH * 10) - y for y in ring[1::2]]))
    return "".join(pieces)


def drawn(xs: list[int], ys: list[int]) -> str:
    """A closed ring in relative steps."""
    steps = [f"{xs[n] - xs[n - 1]} {ys[n] - ys[n - 1]}" for n in range(1, len(xs))]
    return f"M{xs[0]} {ys[0]}l{' '.join(steps)}z".replace(" -", "-")


@dataclass(frozen=True)
class Window:
    """A part of the map: its edges in degrees, and how many units of the drawing a degree takes."""

    name: Any
    west: float
    east: float
    south: float
    north: float
    scale: float

    @property
    def width(self) -> float:
        return round((self.east - self.west) * self.scale, 1)

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self.scale, 1)

    def position(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Equirectangular: a degree is as long everywhere."""
        east = longitude if longitude >= self.west else longitude + 360
        return round((east - self.west) * self.scale, 1), round((self.north - latitude) * self.scale, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        east = longitude if longitude >= self.west else longitude + 360
        return self.west <= east < self.east and self.south <= latitude < self.north

    @property
    def transform(self) -> str:
        """From the tenths of `path()` to the units of this window."""
        step = self.scale / 10
        return f"translate({(WEST - self.west) * self.scale:g} {(self.north - NORTH) * self.scale:g}) scale({step:g})"
