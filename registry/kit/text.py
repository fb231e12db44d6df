"""Text as editors bring it: made even, cut into paragraphs, turned into slugs."""

from __future__ import annotations

import re
import unicodedata


def normalise(text: str) -> str:
    """NFC, newlines as `\\n`, no spaces before them, no control characters but newline and tab."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return re.sub(r"[ \t]+\n", "\n", "".join(kept))


UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Latin letters that Unicode does not decompose into a plain one and a mark."""


WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")
"""Digits of a number that a database holds."""


def slugify(text: str, limit: int = 60) -> str:
    """ASCII words in lower case joined by hyphens, cut at a word; never empty."""
    decomposed = unicodedata.normalize("NFKD", text).lower().translate(UNDECOMPOSED)
    ascii_text = decomposed.replace("’", "").replace("'", "").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > limit:
            break
        slug = longer
    return slug or (words[0][:limit] if words else "record")


def plain_words(text: str) -> str:
    """What tells one title or summary from another, whatever its letters and spaces."""
    return " ".join(text.casefold().split())


def split_paragraphs(text: str) -> list[str]:
    """Pieces between blank lines, white space within them made single."""
    pieces = re.split(r"\n\s*\n", normalise(text))
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]
