"""Beginnings that very many words have, each as one lexeme: what finds `con*` without asking for two hundred words.

Which beginnings are kept is chosen when the index is made anew and stays until then, since what was indexed before
would have to be indexed again. In a small archive there is none.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from archive.models import Lexeme
from archive.search.expression import AnyOf, Expression, Word, any_of, every_node

WIDE = 20_000
"""Entries with words of one beginning from which on it is kept: fewer are found and sorted soon enough."""
LENGTHS = (3, 4, 5)
BEGUN = "_b_"


def wide() -> frozenset[str]:
    """The beginnings that are worth keeping; a query for each length."""
    return frozenset(start for length in LENGTHS for start in Lexeme.objects.wide_beginnings(length, WIDE))


def kept() -> frozenset[str]:
    """The beginnings that are kept; one query."""
    marks = Lexeme.objects.under(BEGUN).values_list("lexeme", flat=True)
    return frozenset(mark.removeprefix(BEGUN) for mark in marks)


def marks(lexemes: str, beginnings: Container[str]) -> str:
    """The marks of these beginnings that the words of a stream have, sorted, each once."""
    found = {word[:length] for word in set(lexemes.split()) for length in LENGTHS}
    return " ".join(sorted(f"{BEGUN}{start}" for start in found if start in beginnings))


def asked_for(node: Expression) -> set[str]:
    """What must be counted to know whether the beginnings of an expression are kept."""
    return {f"{BEGUN}{one.beginning}" for one in every_node(node) if isinstance(one, AnyOf) and one.beginning}


def as_mark(node: Expression, counts: Mapping[str, int]) -> Expression | None:
    """Words with one beginning as its mark, with those of them that do not begin so; None where it is not kept."""
    if not isinstance(node, AnyOf) or not node.beginning or f"{BEGUN}{node.beginning}" not in counts:
        return None
    others = [
        one for one in node.parts if isinstance(one, Word) and not one.lexeme.startswith(node.beginning)
    ]
    return any_of(Word(f"{BEGUN}{node.beginning}"), *others)
