"""Where a phrase stands in a text: exact words, with case, quotation marks and spacing evened."""

from __future__ import annotations

from difflib import SequenceMatcher

from registry.kit.tokens import Tokens, tokens

Runs = list[tuple[str, str]]


def places(phrase: Tokens, text: Tokens) -> list[tuple[int, int]]:
    """First and one past the last token of each place, none within another."""
    found: list[tuple[int, int]] = []
    for at in text.places_of(phrase):
        if not found or at >= found[-1][1]:
            found.append((at, at + len(phrase)))
    return found


def marked(text: Tokens, at: list[tuple[int, int]]) -> Runs:
    """The text as runs, `mark` where the phrase stands, `same` between; joined they are the text."""
    runs: Runs = []
    done = 0
    for start, end in at:
        first, last = text.spans[start][0], text.spans[end - 1][1]
        if first > done:
            runs.append(("same", text.text[done:first]))
        runs.append(("mark", text.text[first:last]))
        done = last
    return [*runs, ("same", text.text[done:])] if done < len(text.text) else runs


def longest_shared(phrase: Tokens, text: str) -> str:
    """The longest run of the phrase’s tokens that stands in the text, as the phrase writes it; or empty."""
    matcher = SequenceMatcher(None, phrase.even, tokens(text).even, autojunk=False)
    block = matcher.find_longest_match()
    return phrase.cut(block.a, block.a + block.size)
