"""What somebody typed, cut into pieces, and which of its words only join others."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from archive.search.analyser import WORD, lexemes
from archive.search.function_words import is_function_word

JOINING = ("AND", "OR")
OPERATORS = (*JOINING, "NOT")
END = ".,;:!?’'"
"""What ends a sentence and no address."""
QUOTES = '"“”„«»「」『』＂'
PIECE = re.compile(
    rf"(?P<space>\s+)|(?P<open>[(（])|(?P<close>[)）])"
    rf"|(?P<address>(?i:https?)://[^\s()（）{QUOTES}<>]+)"
    rf"|(?P<minus>[-−–])(?=[^\s\-−–])"
    rf"|(?P<field>[A-Za-z]+)[:：](?=\S)|(?P<spaced>[A-Za-z]+)[:：](?!\S)"
    rf"|(?P<quote>[{QUOTES}])(?P<quoted>[^{QUOTES}]*)(?P<unquote>[{QUOTES}]?)"
    rf"|(?P<word>[^\s()（）{QUOTES}]+)"
)


class Fault(NamedTuple):
    """What was not understood: where (characters of the query), and what was done instead.

    `instead` are texts that could stand there, `groups` those of whose values it should have been one, `path` is that
    of the page whose address it is.
    """

    start: int
    end: int
    message: str
    instead: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    path: str = ""


class Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def cut(text: str, faults: list[Fault]) -> list[Piece]:
    found = []
    for match in PIECE.finditer(text):
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        if match["quote"] is not None:
            kind = "phrase"
            if not match["unquote"]:
                said = _("This quotation mark is not closed; all after it is one phrase.")
                faults.append(Fault(match.start(), match.end(), said))
        content = match["quoted"] if kind == "phrase" else match[kind]
        found.append(Piece(kind, content, *match.span()))
    return found


def plainly(text: str) -> str:
    """The words of a text as a query has them, none of them an operator or a field."""
    words = [match[0] for match in WORD.finditer(text)]
    return " ".join(word.lower() if word in OPERATORS else word for word in words)


def is_looked_for(piece: Piece) -> bool:
    """Whether this is a word that is searched, no operator."""
    return piece.kind == "word" and piece.text not in OPERATORS


def joining_in(pieces: list[Piece], text: str) -> list[Piece]:
    """The function words of a query that has others: none that is alone between operators, absent, or of a field."""
    rest, found = list(pieces), []
    for piece in pieces:
        if not is_looked_for(piece) or not is_function_word(piece.text, text):
            continue
        place = rest.index(piece)
        before = rest[place - 1] if place else None
        after = rest[place + 1] if place + 1 < len(rest) else None
        is_alone = is_edge(before, "open") and is_edge(after, "close")
        if is_alone or (before and (before.kind in ("minus", "field") or before.text == "NOT")):
            continue
        rest.remove(piece)
        found.append(piece)
    return found if any(says_something(rest, place, text) for place in range(len(rest))) else []


def says_something(pieces: list[Piece], place: int, text: str) -> bool:
    """Whether the piece here is a word or phrase that must stand in a text and is no function word."""
    piece, before = pieces[place], pieces[place - 1] if place else None
    is_other = before is not None and (before.kind in ("minus", "field") or before.text == "NOT")
    if is_other or not (piece.kind == "phrase" or is_looked_for(piece)):
        return False
    return bool(lexemes(piece.text)) and not (piece.kind == "word" and is_function_word(piece.text, text))


def is_edge(piece: Piece | None, bracket: str, operators: tuple[str, ...] = OPERATORS) -> bool:
    """Whether nothing stands here that AND or OR could join."""
    return piece is None or piece.kind == bracket or (piece.kind == "word" and piece.text in operators)
