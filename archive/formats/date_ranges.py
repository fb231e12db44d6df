"""Dates and ranges of dates in a citation, as CSL 1.0.2 has them (“Date Ranges”)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

UNITS = ("year", "month", "day")
Piece = tuple[str, Callable[[int], tuple[str, str, str]], str]
"""A unit, what writes its prefix, number or word and suffix, and the delimiter of a range in it."""


def ranged(dates: list[dict[str, int]], pieces: list[Piece]) -> Iterator[str]:
    """The parts of a date; of a range what differs twice, with the delimiter of the largest part that differs.

    Where one end is known more precisely than the other, both are given as precisely as the other.
    """
    if not dates:
        return
    shared = dates[0].keys() & dates[-1].keys()
    first, last = ({unit: date[unit] for unit in UNITS if unit in shared} for date in (dates[0], dates[-1]))
    largest = next((unit for unit in UNITS if first.get(unit) != last.get(unit)), None)
    twice = UNITS[UNITS.index(largest) :] if largest else ()
    between = next((delimiter for name, _write, delimiter in pieces if name == largest), "–")
    here = [piece for piece in pieces if piece[0] in shared]
    block = [piece for piece in here if piece[0] in twice]
    for piece in here:
        if piece not in block:
            yield "".join(piece[1](first[piece[0]]))
        elif piece is block[0]:
            yield joined(first, block)[0] + between + joined(last, block)[1]


def joined(date: dict[str, int], block: list[Piece]) -> tuple[str, str]:
    """The parts as the beginning of a range, without its last suffix, and as its end, without its first prefix."""
    written = [write(date[name]) for name, write, _delimiter in block if name in date]
    whole = "".join("".join(one) for one in written)
    return whole.removesuffix(written[-1][2]), whole.removeprefix(written[0][0])
