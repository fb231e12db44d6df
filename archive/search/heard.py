"""Words of a query that are names written in another way: Хаяси and 林芳正 are looked for as Hayashi too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.models import Lexeme, SearchText
from archive.search import engines
from archive.search.analyser import CYRILLIC, WORD, lexemes, stem, unstemmed
from archive.search.expression import EVERYTHING, Expression, Word, all_of, any_of, lexemes_in
from archive.search.fields import GROUPS, NAME, SOUND
from archive.search.names import family, heard_as, key, runs, unspaced, whole
from archive.search.numerals import Numbered, numbered
from archive.search.query import searched

KINDS = ("minister", "country")
MOST_READ = 100
MOST_ALIKE = 8
Asked = dict[tuple[str, ...], tuple[str, ...]]
"""Words of a query that may be one name, with how they sound."""


class Known(NamedTuple):
    """A minister or country: its title, its other names and its marks."""

    title: str
    names: list[str]
    marks: set[str]

    @property
    def words(self) -> list[str]:
        return [match[0] for name in (self.title, *self.names) for match in WORD.finditer(name)]

    @property
    def is_minister(self) -> bool:
        return GROUPS["type"].mark("minister") in self.marks

    @property
    def known_by(self) -> list[str]:
        """The words of the title that texts have: of a minister’s the family name."""
        return family(self.title) if self.is_minister else whole(self.title)

    def is_called(self, sounds: Iterable[str]) -> bool:
        return all(f"{SOUND}{sound}" in self.marks for sound in sounds)


def heard(words: Iterable[str]) -> dict[str, list[Expression]]:
    """What else to look for beside each of these words; nine queries at most."""
    typed = list(words)
    found = named(typed)
    for word in typed:
        if number := numbered(word):
            found[word] = [*found.get(word, ()), however_numbered(number)]
    return found


def however_numbered(number: Numbered) -> Expression:
    """A number in each way of writing it, and what is numbered, wherever it stands."""
    ways, things = [[searched(lexemes(one)) for one in some] for some in (number.ways, number.things)]
    return all_of(any_of(*ways), any_of(*things) if things else EVERYTHING)


def named(typed: list[str]) -> dict[str, list[Expression]]:
    """Names of those whom words name in other letters, and names that sound like words."""
    asked: Asked = {(word,): heard_as(word) for word in typed}
    asked |= {pair: heard_as("".join(pair)) for pair in pairwise(typed) if all(map(unspaced, pair))}
    asked = {some: sounds for some, sounds in asked.items() if all(sounds)}
    known = known_as(asked.values())
    if not known:
        return {}
    meant = names_meant(asked, known)
    alike = sounding(typed, known)
    names = {word for some in meant.values() for name in some for word in name}
    alike |= sounding(names, known_as([(key(word),) for word in names if key(word)])) if names else {}
    found: dict[str, list[Expression]] = {word: [*map(Word, more)] for word, more in alike.items()}
    for word, some in meant.items():
        untitled = [searched(lexemes("".join(unspaced(word))))] if unspaced(word) else []
        own = [
            all_of(*(any_of(*map(Word, [stem(one), *alike.get(one, ())])) for one in name)) for name in some
        ]
        found[word] = [*found.get(word, ()), *untitled, *own]
    return found


def known_as(asked: Iterable[Iterable[str]]) -> list[Known]:
    """Those of whom a name sounds like any of these; three queries."""
    kinds = any_of(*(Word(GROUPS["type"].mark(kind)) for kind in KINDS))
    meant = any_of(*(all_of(*(Word(f"{SOUND}{one}") for one in sounds)) for sounds in asked))
    expression = all_of(kinds, meant)
    counts = Lexeme.objects.counts(lexemes_in(expression))
    if not engines.expected(expression, counts):
        return []
    rows = SearchText.objects.names_of(engines.newest(expression, MOST_READ, counts))
    return [Known(title, text.split("\n"), set(marks.split())) for _number, title, text, _own, marks in rows]


def names_meant(asked: Asked, known: list[Known]) -> dict[str, list[list[str]]]:
    """Of each word the names in Latin letters of those who are called so in other letters; a query.

    Texts print the family name alone, so a name in full is looked for by it, unless another is called so too.
    """
    words = {word for some in asked for word in some} | {word for one in known for word in one.known_by}
    counts = Lexeme.objects.counts(lexeme for word in words for lexeme in (stem(word), f"{NAME}{stem(word)}"))
    found: dict[str, list[list[str]]] = defaultdict(list)
    for typed, sounds in asked.items():
        for one in known:
            name = name_meant(typed[0], sounds, one, counts) if one.is_called(sounds) else []
            for word in typed if name else ():
                found[word] += [name] if name not in found[word] else []
    return found


def name_meant(word: str, sounds: Sequence[str], one: Known, counts: Mapping[str, int]) -> list[str]:
    """The words of the title that somebody means who calls it so; none where the title has the word itself."""
    if unspaced(word):
        in_full = any(sorted(runs(name)) == sorted(sounds) for name in one.names)
        is_shared = all(counts.get(f"{NAME}{stem(part)}", 0) > 1 for part in one.known_by)
        return whole(one.title) if in_full and is_shared else one.known_by
    own = {key(part): part for part in whole(one.title)}
    if all(sound in own for sound in sounds):
        return [own[sound] for sound in sounds] if len(sounds) > 1 else []
    return one.known_by if one.is_minister and is_name(word, one, counts) else []


def is_name(word: str, minister: Known, counts: Mapping[str, int]) -> bool:
    """Whether a word of theirs is a name: in no small letters, and where it is typed in such, no text has it."""
    is_typed_so = not word[:1].islower() or counts.get(stem(word), 0) <= counts.get(f"{NAME}{stem(word)}", 0)
    return is_typed_so and any(key(one) in heard_as(word) and not one[:1].islower() for one in minister.words)


def sounding(words: Iterable[str], known: list[Known]) -> dict[str, list[str]]:
    """Lexemes of names that sound like each of these words, and are in more entries or of another script; a query.

    A word that texts have, and that is no name itself, is left as it is.
    """
    keys = {word: sound for word in words if (sound := key(word))}
    called: dict[str, set[str]] = defaultdict(set)
    for one in known:
        for word in one.words:
            called[key(word)].add(word)
    names = {name for sound in keys.values() for name in called[sound]}
    counts = Lexeme.objects.counts(map(stem, names | set(keys)))
    return {word: more for word, sound in keys.items() if (more := alike(word, called[sound], counts))}


def alike(word: str, names: set[str], counts: Mapping[str, int]) -> list[str]:
    """Lexemes of these names that are in more entries than the word, or in another script, those in most first."""
    own = counts.get(stem(word), 0)
    if own and unstemmed(word) not in map(unstemmed, names):
        return []
    is_cyrillic = bool(CYRILLIC.search(word))
    others = {stem(name) for name in names if bool(CYRILLIC.search(name)) != is_cyrillic}
    more = {one for one in map(stem, names) if counts.get(one, 0) > (0 if one in others else own)}
    return sorted(more, key=lambda one: (-counts[one], one))[:MOST_ALIKE]
