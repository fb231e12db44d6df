"""Words of a query that are names written in another way: Хаяси and Hayasi are looked for as Hayashi too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archive.models import Lexeme, SearchText
from archive.search import engines
from archive.search.analyser import WORD, stem, unstemmed
from archive.search.expression import Word, all_of, any_of, lexemes_in
from archive.search.fields import GROUPS, SOUND
from archive.search.names import key

KINDS = ("minister", "country")
MOST_READ = 100
MOST_ALIKE = 8


def heard(words: Iterable[str]) -> dict[str, list[str]]:
    """Lexemes of names that sound like each of these words and are in more entries; four queries at most.

    A word that texts have, and that is no name itself, is left as it is.
    """
    keys = {word: sound for word in words if (sound := key(word))}
    if not keys:
        return {}
    kinds = any_of(*(Word(GROUPS["type"].mark(kind)) for kind in KINDS))
    asked = all_of(kinds, any_of(*(Word(f"{SOUND}{sound}") for sound in sorted(set(keys.values())))))
    called: dict[str, set[str]] = defaultdict(set)
    counts = Lexeme.objects.counts({*lexemes_in(asked), *map(stem, keys)})
    if not engines.expected(asked, counts):
        return {}
    names = SearchText.objects.names_of(engines.newest(asked, MOST_READ, counts))
    for _number, title, text, _own, _marks in names:
        for match in WORD.finditer(f"{title} {text}"):
            called[key(match[0])].add(match[0])
    counts |= Lexeme.objects.counts(stem(name) for sound in keys.values() for name in called[sound])
    return {word: more for word, sound in keys.items() if (more := alike(word, called[sound], counts))}


def alike(word: str, names: set[str], counts: dict[str, int]) -> list[str]:
    """Lexemes of these names that are in more entries than the word, those in most first."""
    own = counts.get(stem(word), 0)
    if own and unstemmed(word) not in map(unstemmed, names):
        return []
    more = {one for name in names if counts.get(one := stem(name), 0) > own}
    return sorted(more, key=lambda one: (-counts[one], one))[:MOST_ALIKE]
