"""Two words that are everywhere, one after the other, as one lexeme: what finds their phrases without reading all.

Which words are paired is chosen when the index is made anew and stays until then, since what was indexed before would
have to be indexed again. A paired word has a mark of its own among the lexemes; in a small archive there is none.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise

from archive.models import Lexeme
from archive.search.expression import ANYTHING, Expression, Phrase, Word, in_order, lexemes_in, named_in

FREQUENT = 10_000
"""Entries with a word from which on it is paired: a phrase with a rarer one is found by that."""
LONGEST = 30
"""Characters of a word that is paired, so that two of them are within the length of a lexeme."""
PAIRED, PAIR = "_w_", "_p_"


def choose() -> None:
    """Choose the words that are paired; what the engine has must be indexed again."""
    Lexeme.objects.under(PAIRED).delete()
    words = [word for word in Lexeme.objects.frequent(FREQUENT) if len(word) <= LONGEST]
    Lexeme.objects.bulk_create(Lexeme(lexeme=f"{PAIRED}{word}", entries=1) for word in sorted(words))


def paired() -> frozenset[str]:
    """The words that are paired; one query."""
    marks = Lexeme.objects.under(PAIRED).values_list("lexeme", flat=True)
    return frozenset(mark.removeprefix(PAIRED) for mark in marks)


def pair(first: str, second: str) -> str:
    return f"{PAIR}{first}_{second}"


def beside(lexemes: str, words: Container[str]) -> str:
    """The pairs of a stream in order; those that do not share a word are kept apart."""
    found, before = [ANYTHING], ""
    for lexeme in lexemes.split():
        if lexeme not in words:
            before = ""
            continue
        if before:
            found.append(pair(before, lexeme))
        elif found[-1] != ANYTHING:
            found.append(ANYTHING)
        before = lexeme
    return " ".join(found) if len(found) > 1 else ""


def asked_for(node: Expression) -> set[str]:
    """What must be counted to ask for an expression: its lexemes, the pairs of its phrases, whether they are kept."""
    return lexemes_in(node).union(*map(pairs_of, named_in(node)))


def pairs_of(term: Word | Phrase) -> Iterator[str]:
    """The pairs of a phrase, and the marks by which its words are known to be paired; none of a word."""
    for first, second in pairwise(term.lexemes):
        yield from (pair(first, second), f"{PAIRED}{first}", f"{PAIRED}{second}")


def as_pairs(node: Expression, known: Container[str]) -> Expression | None:
    """A phrase whose words are all paired, asked for by their pairs; None of anything else."""
    if not isinstance(node, Phrase) or not all(f"{PAIRED}{lexeme}" in known for lexeme in node.lexemes):
        return None
    return in_order([pair(*two) for two in pairwise(node.lexemes)])
