"""Which of several media types an Accept header prefers (RFC 9110, section 12.5.1).

Parameters of a range (`profile`, `charset`) are passed over, since none of our forms has any; a range without them is
the more specific. What has the quality 0 is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
QUALITY = re.compile(r"(?:[01](?:\.\d*)?|\.\d+)", re.ASCII)


@dataclass(frozen=True)
class Range:
    """One of the ranges of a header: `quality` from 0 to 1, `place` among them."""

    kind: str
    has_parameters: bool
    quality: float
    place: int

    def specificity(self, media_type: str) -> int:
        """How closely it names the type; 0 where it does not."""
        if self.kind == media_type:
            return 3
        if self.kind == f"{media_type.partition('/')[0]}/*":
            return 2
        return 1 if self.kind == "*/*" else 0


def ranges(header: str) -> list[Range]:
    found: list[Range] = []
    for token in QUOTED.sub("", header).lower().split(","):
        kind, *parameters = (part.strip() for part in token.split(";"))
        others = [one for one in parameters if one and not one.startswith("q=")]
        if kind:
            found.append(Range(kind, bool(others), quality_of(parameters), len(found)))
    return found


def quality_of(parameters: Iterable[str]) -> float:
    """1 where none is given, or none that can be read."""
    said = next((one[2:].strip() for one in parameters if one.startswith("q=")), "")
    return min(float(said), 1.0) if QUALITY.fullmatch(said) else 1.0


def preferred(header: str, offered: Iterable[str]) -> str | None:
    """The type of the highest quality; of several that which is named the more closely, or sooner, or stands first.

    None where none is accepted.
    """
    asked = ranges(header)
    best: tuple[tuple[float, int, int], str] | None = None
    for media_type in offered:
        closeness, found = max(
            ((one.specificity(media_type), one) for one in asked),
            key=lambda pair: (pair[0], not pair[1].has_parameters, pair[1].quality),
            default=(0, None),
        )
        if found is None or not closeness or not found.quality:
            continue
        rank = (found.quality, closeness, -found.place)
        if best is None or rank > best[0]:
            best = (rank, media_type)
    return best[1] if best else None
