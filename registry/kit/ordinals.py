"""Ordinal numbers in English."""


def ordinal_words(number: int) -> str:
    """1 → 1st, 12 → 12th, 23 → 23rd."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
