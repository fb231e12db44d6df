"""Names of a statement’s texts in addresses: `en` of the issuer’s, `en-x-summary` of our own summary.

After BCP 47, where what follows `x` is for private use.
"""

from __future__ import annotations

PRIVATE = "-x-"
SUMMARY = f"{PRIVATE}summary"


def of_summary(language: str) -> str:
    return f"{language}{SUMMARY}"


def is_summary(segment: str) -> bool:
    """Whether a text of this name is in our words, and not the issuer’s."""
    return segment.endswith(SUMMARY)


def language_of(segment: str) -> str:
    return segment.partition(PRIVATE)[0]
