"""Permanent ids: eight characters of which the last checks the others."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
LENGTH = 8
VALUES = {character: value for value, character in enumerate(ALPHABET)}
FORGIVEN = str.maketrans({"o": "0", "l": "1", "i": "1", "-": None, " ": None})


def check_character(body: str) -> str:
    """The eighth character for seven: the sum of position times value, modulo 29."""
    total = sum(position * VALUES[character] for position, character in enumerate(body, 1))
    return ALPHABET[total % len(ALPHABET)]


def mint() -> str:
    """A new random pid; the caller makes sure that it is free."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def derive(seed: str) -> str:
    """The same pid for the same seed on every machine: for starting data."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
    body = ""
    for _ in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        body += ALPHABET[value]
    return body + check_character(body)


def normalise(text: str) -> str:
    """What a person typed, in lower case, without hyphens and spaces, o read as 0, l and i as 1."""
    return text.strip().lower().translate(FORGIVEN)


def is_valid(text: str) -> bool:
    """Whether this is a pid to the letter."""
    return looks_like(text) and normalise(text) == text and text[-1] == check_character(text[:-1])


def looks_like(text: str) -> bool:
    """Whether this, forgiven, has the form of a pid; its check character may be wrong."""
    normalised = normalise(text)
    return len(normalised) == LENGTH and all(character in VALUES for character in normalised)


def candidates(text: str) -> list[str]:
    """Every valid pid that is one wrong character, or one swap of neighbours, away from this."""
    typed = normalise(text)
    found: set[str] = set()
    for place in range(LENGTH):
        found.update(typed[:place] + character + typed[place + 1 :] for character in ALPHABET)
        if place:
            found.add(typed[: place - 1] + typed[place] + typed[place - 1] + typed[place + 1 :])
    return sorted(candidate for candidate in found if is_valid(candidate))
