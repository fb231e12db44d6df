"""What a query names directly: an id or address, a country, a minister, a meeting by its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Lexeme, SearchEntry
from archive.search import engines
from archive.search.analyser import CHARACTER, WORD, is_character, lexemes, unstemmed
from archive.search.expression import ANYTHING, Expression, Word, all_of, any_of, lexemes_in
from archive.search.fields import DATED, GROUPS, SOUND, STANDING
from archive.search.names import key
from archive.search.query import searched
from archive.verify import references
from archive.verify.mentions import mentions
from archive.verify.references import Cited, Unfound

MOST_READ = 200
SHOWN = 3
FEW_WORDS, MOST_WORDS = 2, 16
NEARLY = 0.5
"""The share of a dated record's name that a query of few words must make up to mean it."""
LEAST = 0.26
"""Of a standing record's name: “Japan” is not every dialogue that has Japan in its name."""


@dataclass(frozen=True)
class Named:
    """An entry whose name the query has, and how much of the name that is."""

    entry: SearchEntry
    share: float


def cited(text: str) -> Cited | None:
    """What an id, an address, or the first of them in a footnote names; None where it names nothing public."""
    mentioned = next((mention.written for mention in mentions(text)), text)
    if not mentioned or " " in mentioned:
        return None
    try:
        return references.resolve(mentioned)
    except Unfound:
        return None


def named(text: str, kinds: Iterable[str]) -> list[Named]:
    """Entries of these kinds that are called by all of these words, the best first; three queries.

    Words are held against names as they are spelt, and as they sound.
    """
    words = [match[0] for match in WORD.finditer(text)]
    if not words or len(words) > MOST_WORDS:
        return []
    type_mark = GROUPS["type"].mark
    asked = all_of(any_of(*(Word(type_mark(kind)) for kind in kinds)), *(either(word) for word in words))
    counts = Lexeme.objects.counts(lexemes_in(asked))
    entries = SearchEntry.objects.with_texts(engines.newest(asked, MOST_READ, counts))
    found = [Named(entry, share(entry, words)) for entry in entries.values()]
    called = [one for one in found if one.share > 0]
    return sorted(called, key=lambda one: (-one.share, one.entry.text.title, one.entry.pk))


def either(word: str) -> Expression:
    """A word as it is spelt, or a name that sounds like it."""
    found = lexemes(word)
    spelt = [Word(found[0])] if len(found) == 1 and is_character(found[0]) else [searched(found)]
    sound = key(word)
    return any_of(*spelt, *([Word(f"{SOUND}{sound}")] if sound else []))


def closed(word: str) -> list[str]:
    """The lexemes of a word, without the character that ends a run and is open for what follows it."""
    found = lexemes(word)
    return found[:-1] if len(found) > 1 and is_character(found[-1]) else found


def share(entry: SearchEntry, words: list[str]) -> float:
    """How much of the best fitting name the words make up, 0 where a word is in none of its names."""
    names = entry.text.lexemes.partition(f" {ANYTHING} {ANYTHING} ")[0].split(f" {ANYTHING} ")
    asked = {lexeme for word in words for lexeme in closed(word)}
    spelt = [set(name.split()) - {ANYTHING} for name in names]
    best = max((len(asked & name) / len(asked | name) for name in spelt if asked <= name), default=0.0)
    if best and (entry.pid.kind != "minister" or is_named(entry, words)):
        return best
    sounds = {key(word) for word in words}
    heard = {key(match[0]) for match in WORD.finditer(entry.text.title)}
    marks = set(entry.marks.split())
    if "" in sounds or not all(f"{SOUND}{sound}" in marks for sound in sounds):
        return 0.0
    return 0.9 * len(sounds & heard) / len(sounds | heard) or 0.1


def is_named(entry: SearchEntry, words: list[str]) -> bool:
    """Whether a person is called so to the letter: “cooperation” has the stem of Cooper, and names nobody."""
    names = {unstemmed(match[0]) for match in WORD.finditer(f"{entry.text.title} {entry.text.words}")}
    return all(unstemmed(word) in names or CHARACTER.match(word) is not None for word in words)


def hits(text: str) -> list[SearchEntry]:
    """The records that a query most likely means, three at most of those that stand and of those with a date."""
    standing = [one for one in named(text, STANDING) if one.share >= LEAST or one.share == 0.1]
    if standing and standing[0].share == 1:
        standing = [one for one in standing if one.share > NEARLY]
    words = len(WORD.findall(text))
    dated = [
        one for one in named(text, DATED) if one.share >= NEARLY or (words > FEW_WORDS and one.share > 0)
    ]
    dated.sort(key=lambda one: (-one.share, -one.entry.pk))
    found = [*standing[:SHOWN], *dated[:SHOWN]]
    return [one.entry for one in sorted(found, key=lambda one: -one.share)]
