"""One passage held against one piece of the record: the same words, or how they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from registry.kit import diff
from registry.kit.tokens import Tokens, is_character, is_enough, tokens

EXACT, SAME = "exact", "same"
LEFT_OUT = 5
"""So many words of the record passed over, and none put in their place, make it two places."""
LEAST_SHARED = 0.6
END_MARKS = ".,;:。、，．"
DOTS = r"(?:…+|\.{3,}|\.(?: \.){2,})"
OMISSION = re.compile(rf"[\[(（［]\s{{0,3}}{DOTS}\s{{0,3}}[\])）］]|{DOTS}")
NEGATIONS = frozenset(
    {
        "not",
        "no",
        "never",
        "none",
        "nor",
        "neither",
        "without",
        "cannot",
        "non",
        "unable",
        "refuse",
        "refused",
        "reject",
        "rejected",
        "fail",
        "failed",
        "не",
        "ни",
        "нет",
        "без",
        "никогда",
        "нельзя",
        "отказались",
        "отклонили",
        "nicht",
        "kein",
        "keine",
        "ohne",
        "pas",
        "sans",
        "jamais",
    }
)
NUMERALS = frozenset("〇零一二三四五六七八九十百千万億兆")
JAPANESE_NEGATION = re.compile(r"ない|なかった|なく|せん|ず|ぬ|非|不|無|未|反対|拒否")


@dataclass(frozen=True)
class Near:
    """A stretch of the record near a passage: its tokens from `start` to `end`."""

    start: int
    end: int
    shared: float
    likeness: float


def same_words(passage: Tokens, record: Tokens) -> str | None:
    """`exact` where the passage stands in the record to the letter, `same` where it does but for spacing,
    quotation marks, dashes, forms of letters or case, or the mark at its end; None where it does not.
    """
    found = None
    for place in record.places_of(passage):
        if is_literal(passage, record, place):
            return EXACT
        found = SAME
    if found or not passage.even or passage.even[-1] not in END_MARKS:
        return found
    shorter = Tokens(passage.text, passage.even[:-1], passage.spans[:-1])
    return SAME if next(record.places_of(shorter), None) is not None else None


def is_literal(passage: Tokens, record: Tokens, place: int) -> bool:
    before = passage.spans[0][0]
    start = record.spans[place][0] - before
    return start >= 0 and record.text[start : start + len(passage.text)] == passage.text


def nearest(passage: Tokens, record: Tokens) -> Near | None:
    """The stretch of the record most like the passage, or None where the two have little in common."""
    blocks = SequenceMatcher(None, record.even, passage.even, autojunk=False).get_matching_blocks()[:-1]
    chain = pruned([(block.a, block.b, block.size) for block in blocks], passage)
    if not chain:
        return None
    size = sum(length for _a, _b, length in chain)
    (first_a, first_b, _), (last_a, last_b, last_size) = chain[0], chain[-1]
    start, end = first_a - min(first_a, first_b), last_a + last_size + len(passage) - last_b - last_size
    end = min(end, len(record))
    return Near(
        start=start,
        end=end,
        shared=size / len(passage),
        likeness=2 * size / (len(passage) + end - start),
    )


def is_run(passage: Tokens, start: int, end: int) -> bool:
    """Whether so many tokens are more than a common turn of phrase."""
    return is_enough([token for token in passage.even[start:end] if token[-1].isalnum()])


def pruned(chain: list[tuple[int, int, int]], passage: Tokens) -> list[tuple[int, int, int]]:
    """Matching runs without those at either end that are there by chance: short, and far from the others."""
    while len(chain) > 1 and is_stray(chain[1], chain[0], passage):
        chain = chain[1:]
    while len(chain) > 1 and is_stray(chain[-1], chain[-2], passage, is_last=True):
        chain = chain[:-1]
    return chain


def is_stray(
    one: tuple[int, int, int], other: tuple[int, int, int], passage: Tokens, *, is_last: bool = False
) -> bool:
    """Whether the run at the end of a chain is out of proportion to its gap from its neighbour."""
    later, earlier = one, other
    stray = one if is_last else other
    gap_record = later[0] - earlier[0] - earlier[2]
    gap_passage = later[1] - earlier[1] - earlier[2]
    least = 8 if is_character(passage.even[stray[1]]) else 4
    return stray[2] < least and max(gap_record, gap_passage) >= 2 * stray[2] + (1 if least == 4 else 4)


def difference(passage: str, record: str) -> tuple[diff.Words, list[str]]:
    """From the record's words to the passage's, word by word, and what kinds of words were changed."""
    words = diff.words(record, passage)
    removed = [text for what, text in words if what == "removed"]
    added = [text for what, text in words if what == "added"]
    kinds = []
    if numbers(removed) != numbers(added):
        kinds.append("number")
    if negations(removed) != negations(added):
        kinds.append("negation")
    return words, kinds or ["words"]


def numbers(runs: Sequence[str]) -> list[str]:
    found = (token for run in runs for token in tokens(run).even)
    return sorted(token for token in found if token[:1].isdigit() or token in NUMERALS)


def negations(runs: Sequence[str]) -> int:
    found = [token for run in runs for token in tokens(run).even]
    latin = sum(token in NEGATIONS or token.endswith("n't") for token in found)
    return latin + sum(len(JAPANESE_NEGATION.findall(run)) for run in runs)


def without_omissions(passage: str) -> list[str]:
    """The parts between marks of omission: “…”, “[…]”, “...”."""
    return [part.strip() for part in OMISSION.split(passage) if part.strip()]
