"""Years and decades as people write them in addresses and forms."""

from __future__ import annotations

import re

FIRST_YEAR, LAST_YEAR = 1900, 2199
DECADE = re.compile(r"([12][0-9]{2})(?:0?[sx]|0['’]s|0[-–][0-9]{3}9)", re.ASCII | re.IGNORECASE)
"""As people write one: 2010s, 2010’s, 201x, 2010-2019."""


def is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def year_of(text: str) -> int | None:
    """The year that four of the digits 0 to 9 name; None for anything else, and for years out of bounds."""
    is_written = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_written and is_year(int(text)) else None


def decade_of(text: str) -> int | None:
    """The first year of the decade that is written, in whatever spelling."""
    match = DECADE.fullmatch(text)
    first = int(f"{match[1]}0") if match else 0
    return first if is_year(first) else None
