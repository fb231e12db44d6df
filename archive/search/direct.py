"""What a query names directly: an id or address, a country, a minister, a meeting by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.models import Lexeme, SearchEntry, SearchText
from archive.models.search import Shown
from archive.search import engines
from archive.search.analyser import CHARACTER, WORD, lexemes, unstemmed
from archive.search.expression import ANYTHING, Expression, Word, all_of, any_of, lexemes_in
from archive.search.fields import DATED, GROUPS, NAME, SOUND, STANDING
from archive.search.function_words import FUNCTION_WORDS
from archive.search.names import heard_as, key, runs, unspaced
from archive.search.numerals import as_recorded
from archive.search.query import opened
from archive.verify import references
from archive.verify.mentions import mentions
from archive.verify.references import Cited, Unfound
from registry.kit import pids

ADDRESS = re.compile("[-/:@~]")
"""What tells an address, or what stands before and after an id, from a word."""
MOST_READ = 100
MOST_CALLED = 1_000
"""Meetings and statements that are called by some words from which on these name none of them."""
SHOWN = 3
FEW_WORDS, MOST_WORDS = 2, 16
NEARLY = 0.5
"""The share of a dated record's name that a query of few words must make up to mean it."""
LEAST = 0.26
"""Of a standing record's name: “Japan” is not every dialogue that has Japan in its name."""


@dataclass(frozen=True)
class Named:
    """The number of an entry whose name the query has, its title, and how much of the name that is."""

    number: int
    title: str
    share: float


def cited(text: str) -> Cited | None:
    """What an id, an address, or the first of them in a footnote names; None where it names nothing public."""
    mentioned = next((mention.reference for mention in mentions(text)), text)
    if (
        not mentioned
        or " " in mentioned
        or not (ADDRESS.search(mentioned) or pids.is_valid(pids.normalise(mentioned)))
    ):
        return None
    try:
        return references.resolve(mentioned)
    except Unfound:
        return None


def named(text: str, *several: Iterable[str]) -> list[list[Named]]:
    """Of each of several groups of kinds the entries that are called by all of these words, the best first.

    Words are held against names as they are spelt, and as they sound; a query, and two at most for each group.
    """
    words = [match[0] for match in WORD.finditer(text)]
    if not words or len(words) > MOST_WORDS:
        return [[] for _kinds in several]
    mark = GROUPS["type"].mark
    called = [either(word) for word in words]
    asked = [all_of(any_of(*(Word(mark(kind)) for kind in kinds)), *called) for kinds in several]
    counts = Lexeme.objects.counts({ANYTHING, *(lexeme for one in asked for lexeme in lexemes_in(one))})
    return [
        found(one, words, counts) if are_telling(kinds, engines.expected(one, counts)) else []
        for kinds, one in zip(several, asked, strict=True)
    ]


def are_telling(kinds: Iterable[str], called: int) -> bool:
    """Whether words name something that about so many entries of these kinds are called by."""
    return called > 0 and (kinds != DATED or called <= MOST_CALLED)


def found(asked: Expression, words: list[str], counts: Mapping[str, int]) -> list[Named]:
    """The entries of an expression that are called by all of these words, the best first; two queries at most."""
    newest = engines.newest(asked, MOST_READ, counts)
    if not newest:
        return []
    spelt = {lexeme for word in words for lexeme in opened(lexemes(word))}
    sounds = {sound for word in words for sound in heard_as(word)}
    shares = []
    names = SearchText.objects.names_of(newest)
    for number, title, text, own, marks in names:
        own_spelt = spelt if is_named(f"{title} {text}", marks, words) else set()
        shares.append(Named(number, title, share([title, *text.split("\n")], own, marks, own_spelt, sounds)))
    least = 1 if say_nothing(words) else 0.0
    called = [one for one in shares if one.share > 0 and one.share >= least]
    return sorted(called, key=lambda one: (-one.share, one.title, one.number))


def say_nothing(words: list[str]) -> bool:
    """Whether these only join others, so that they name nothing but what is called so and no more: `by:in` is India."""
    return all(word.lower() in FUNCTION_WORDS for word in words)


def either(word: str) -> Expression:
    """A name with the word as it is spelt, or one that sounds like it."""
    spelt = all_of(*(Word(f"{NAME}{lexeme}") for lexeme in opened(lexemes(word))))
    sounds = heard_as(word)
    return any_of(spelt, *([all_of(*(Word(f"{SOUND}{one}") for one in sounds))] if all(sounds) else []))


def share(names: list[str], own: str, marks: str, spelt: set[str], sounds: set[str]) -> float:
    """How much of the best fitting name the words make up, 0 where a word is in none of its names.

    `own` are the entry's lexemes and `marks` those of its subject; `spelt` those of the words and `sounds` their sound.
    """
    called = own.partition(f" {ANYTHING} {ANYTHING} ")[0].split(f" {ANYTHING} ")
    each = [set(name.split()) - {ANYTHING} for name in called]
    best = max((len(spelt) / len(name) for name in each if name and spelt and spelt <= name), default=0.0)
    heard_of = set(marks.split())
    if "" in sounds or not all(f"{SOUND}{sound}" in heard_of for sound in sounds):
        return best
    if best:
        return max(best, *(begun_share(name, sounds) for name in names))
    heard = {key(match[0]) for match in WORD.finditer(names[0])}
    by_sound = 0.9 * len(sounds & heard) / len(sounds | heard)
    return max(by_sound, *(begun_share(name, sounds) for name in names)) or 0.1


def begun_share(name: str, sounds: set[str]) -> float:
    """How much of a name in a script without spaces these beginnings of its words make up; 0 where one is in none."""
    words = runs(name)
    parts = [
        max((len(one) / len(word) for word in words if word.startswith(one)), default=0) for one in sounds
    ]
    return sum(parts) / len(words) if words and all(parts) else 0.0


def is_named(called: str, marks: str, words: list[str]) -> bool:
    """Whether a person is called so to the letter: “cooperation” has the stem of Cooper, and names nobody."""
    if GROUPS["type"].mark("minister") not in marks.split():
        return True
    names = {unstemmed(match[0]) for match in WORD.finditer(called)}
    return all(unstemmed(word) in names or CHARACTER.match(word) is not None for word in words)


def hits(text: str) -> list[Shown]:
    """The records that a query most likely means, three at most of those that stand and of those with a date.

    Function words alone mean none, unless in capitals: IN is India.
    """
    if not text.isupper() and say_nothing([match[0] for match in WORD.finditer(text)]):
        return []
    standing, dated = named(text, STANDING, DATED)
    joint = "".join(text.split())
    for other in dict.fromkeys([as_recorded(text), joint if unspaced(joint) else text]):
        if other == text:
            continue
        more, more_dated = named(other, STANDING, DATED)
        standing, dated = joined(more, standing), joined(more_dated, dated)
    standing = [one for one in standing if one.share >= LEAST or one.share == 0.1]
    if standing and standing[0].share == 1:
        standing = [one for one in standing if one.share > NEARLY]
    words = len(WORD.findall(text))
    dated = [one for one in dated if one.share >= NEARLY or (words > FEW_WORDS and one.share > 0)]
    dated.sort(key=lambda one: (-one.share, -one.number))
    meant = sorted([*standing[:SHOWN], *dated[:SHOWN]], key=lambda one: -one.share)
    entries = SearchEntry.objects.shown(one.number for one in meant) if meant else {}
    return [entries[one.number] for one in meant]


def joined(first: list[Named], second: list[Named]) -> list[Named]:
    """Those of both, each once as it is named better, the best first."""
    better: dict[int, Named] = {}
    for one in [*first, *second]:
        better[one.number] = max(one, better.get(one.number, one), key=lambda same: same.share)
    return sorted(better.values(), key=lambda one: -one.share)
