"""Numbers as they are written in names: G-7 and G7, the 9th and the ninth, TICAD IX and TICAD 9, are one.

The index keeps what texts have; a query asks for each way of writing it.
"""

from __future__ import annotations

import re

JOINED = re.compile(r"([^\W\d_]+)[-‐‑–−]?([0-9]+)(?![^\W_])(.*)")
"""Letters with digits, joined by a hyphen or by nothing."""
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ROMAN_NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
ORDINALS = {word: f"{n}{ENDINGS.get(n, 'th')}" for n, word in enumerate(ORDINAL_WORDS.split(), 1)}
WORDS = {ordinal: word for word, ordinal in ORDINALS.items()}
ROMANS = {roman: str(n) for n, roman in enumerate(ROMAN_NUMERALS.split(), 1)}
NUMBERS = {number: roman for roman, number in ROMANS.items()}


def written(word: str, before: str) -> list[str]:
    """Every way of writing a word of a query that stands after another, its own first.

    A Roman numeral is one after a name alone, and a number is read as one after an abbreviation alone.
    """
    lower = word.lower()
    if joined := JOINED.fullmatch(word):
        letters, digits, rest = joined.groups()
        return list(dict.fromkeys([word, f"{letters}{digits}{rest}", f"{letters}-{digits}{rest}"]))
    if lower in ORDINALS:
        return [word, ORDINALS[lower]]
    if lower in WORDS:
        return [word, WORDS[lower]]
    if before[:1].isupper() and word in ROMANS:
        return [word, ROMANS[word]]
    if is_abbreviation(before) and word in NUMBERS:
        return [word, NUMBERS[word]]
    return [word]


def is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def as_recorded(text: str) -> str:
    """A query with its numbers as the archive’s own titles have them: 9th, TICAD 9, G7."""
    found: list[str] = []
    for word in text.split():
        before = found[-1] if found else ""
        if before[:1].isupper() and word in ROMANS:
            found.append(ROMANS[word])
        elif joined := JOINED.fullmatch(word):
            found.append("".join(joined.groups()))
        else:
            found.append(ORDINALS.get(word.lower(), word))
    return " ".join(found)
