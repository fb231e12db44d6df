"""What somebody quotes in a text: the passages in quotation marks of every usual kind, and block quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

PAIRS = {
    "“": "”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "„": "“”‟",
    "‚": "‘’",
    "〝": "〞〟",
    "‟": "”",
}
"""Opening marks with those that close them."""
SINGLE = {"‘": "’", "'": "'"}
"""Marks that are apostrophes too."""
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
QUOTED_LINE = re.compile(r"^[^\S\n]*>+ ?")
INDENTED_LINE = re.compile(r"^(?: {4,}|\t)")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
LONGEST = 2000
FURTHER = 300
"""How far on a better end is looked for, where a mark may be an apostrophe."""


def passages(text: str) -> list[str]:
    """Everything quoted in the text, in its order; empty where nothing is. The outermost marks count."""
    found: list[str] = []
    still_open = ""
    for block in blocks(text):
        quoted = block_quote(block)
        if quoted:
            found.append(quoted)
            continue
        inside, still_open = quoted_in(block, still_open)
        found += inside
    return [passage for passage in (one.strip() for one in found) if passage]


def blocks(text: str) -> list[str]:
    """Pieces between blank lines."""
    even = text.replace("\r\n", "\n").replace("\r", "\n")
    return [block.strip("\n") for block in BLANK_LINE.split(even) if block.strip()]


def block_quote(block: str) -> str:
    """The words of a block whose every line is marked with “>”, or set in by four spaces; else empty."""
    lines = block.split("\n")
    for mark in (QUOTED_LINE, INDENTED_LINE):
        if all(mark.match(line) for line in lines):
            return "\n".join(mark.sub("", line) for line in lines)
    return ""


def quoted_in(block: str, still_open: str) -> tuple[list[str], str]:
    """The passages quoted in one block, and the mark still open at its end.

    A quotation that goes on opens each further block again, or not at all.
    """
    found: list[str] = []
    unclosed: set[str] = set()
    place = 0
    if still_open:
        start = 1 if block.lstrip()[:1] == still_open else 0
        block = block.lstrip()
        end = closing(block, start, still_open)
        if end is None:
            return [block[start:]], still_open
        found.append(block[start:end])
        place = end + 1
    while place < len(block):
        mark = block[place]
        if mark not in unclosed and is_opening(block, place):
            end = closing(block, place + 1, mark)
            if end is not None:
                found.append(block[place + 1 : end])
                place = end
            elif mark in PAIRS:
                return [*found, block[place + 1 :]], mark
            else:  # Nothing closes it further on either.
                unclosed.add(mark)
        place += 1
    return found, ""


def is_opening(block: str, place: int) -> bool:
    mark, before, after = block[place], block[place - 1 : place], block[place + 1 : place + 2]
    if mark in PAIRS:
        return True
    if mark == '"' or mark in SINGLE:
        return not before.isalnum() and bool(after.strip())
    return False


def closing(block: str, start: int, mark: str) -> int | None:
    """Where the quotation that this mark opened before `start` is closed."""
    if mark == '"':
        end = block.find('"', start)
        return end if end >= 0 else None
    if mark in SINGLE:
        return closing_single(block, start, SINGLE[mark])
    depth = 1
    for place in range(start, len(block)):
        if block[place] in PAIRS[mark]:
            depth -= 1
            if not depth:
                return place
        elif block[place] == mark:
            depth += 1
    return None


def closing_single(block: str, start: int, mark: str) -> int | None:
    """A closing mark stands at a word’s end; after a plural’s s with a word to follow it is rather an apostrophe."""
    perhaps = None
    for place in range(start, len(block)):
        if perhaps is not None and place > perhaps + FURTHER:
            break
        if block[place] != mark or block[place + 1 : place + 2].isalnum() or block[place - 1].isspace():
            continue
        if re.match(r"s.\s\w", block[place - 1 : place + 3], re.S):
            perhaps = place if perhaps is None else perhaps
            continue
        return place
    return perhaps


def pieces(passage: str) -> Iterator[str]:
    """The passage whole, or where it is longer than any paragraph cut at blank lines and ends of sentences."""
    if len(passage) <= LONGEST:
        yield passage
        return
    piece = ""
    for block in blocks(passage):
        for sentence in SENTENCE_END.split(block):
            for part in (sentence[place : place + LONGEST] for place in range(0, len(sentence), LONGEST)):
                if piece and len(piece) + len(part) >= LONGEST:
                    yield piece
                    piece = ""
                piece = f"{piece} {part}" if piece else part
        if piece:
            yield piece
            piece = ""
