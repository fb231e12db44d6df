"""Names as they sound, whatever the script and the romanisation: Hayashi, Hayasi and Хаяси are one.

A key is rough on purpose: it is held against names of people, countries and dialogues alone. Cyrillic is read as
Polivanov's system writes Japanese and as GOST R 52535.1 writes Russian, then both are worn down to the same sounds.
Scripts that are written without spaces are not read: a name in them is known by what is recorded of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.search.analyser import CHARACTER, WORD, folded, plain
from archive.search.expression import ANYTHING
from archive.search.fields import NAME

LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфхъыьэ", "abvgdeziiklmnoprstufh", strict=False)),
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ё": "yo",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "yu",
    "я": "ya",
    "ә": "a",
    "ғ": "g",
    "қ": "k",
    "ң": "n",
    "ө": "o",
    "ұ": "u",
    "ү": "u",
    "һ": "h",
    "і": "i",
    "ӣ": "i",
    "ӯ": "u",
    "ҳ": "h",
    "ҷ": "zh",
}
WORN = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("'", ""),
        ("shch|sch|sh", "s"),
        ("tch|ch|ts|tz", "t"),
        ("dzh|zh|dj|dz|j", "z"),
        ("kh|x", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("w", "v"),
        ("y", "i"),
        ("i+(?=[aeou])", ""),
        ("ou|oo|oh(?![aeiou])", "o"),
        (r"(.)\1+", r"\1"),
    )
]
ROMAN = re.compile("[a-z]")
SHORTEST = 3
"""Sounds of a key; shorter ones would be anybody's."""
SYLLABLES = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff]+")
"""Katakana, in which a family name stands as a word of its own: トカエフ of カシム=ジョマルト・トカエフ."""
BETWEEN = "\u30fb"
"""The dot between words of katakana, which is itself of that script."""
TITLES = """
総理大臣 総理 首相 外務大臣 外相 国務大臣 大臣 副大臣 政務官 国務長官 長官 大統領 国家主席 主席 首席 上級代表 代表 特使
大使 議長 閣下 先生 さん さま 様 氏 总理 总统 外长 部长 国务卿 阁下 총리 장관 대통령 주석 대사 각하 선생님 씨 님
"""
TITLED = re.compile(f"(.+?)(?:{'|'.join(sorted(TITLES.split(), key=len, reverse=True))})+")
"""A name with what follows it where nothing stands between: 岸田総理, 林外務大臣."""


def called(lexemes: str) -> list[str]:
    """Marks of what an entry is called: by them it is found among all whose text has these words.

    Its names are what stands before two separators in a row.
    """
    names, _ended, _text = lexemes.partition(f" {ANYTHING} {ANYTHING} ")
    return [f"{NAME}{lexeme}" for lexeme in sorted({*names.split()} - {ANYTHING})]


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """How a word sounds, or nothing where it is too short or of a script without spaces; Arabic as it is written."""
    lower = unicodedata.normalize("NFKC", word).lower()
    sounds = folded("".join(LETTERS.get(letter, letter) for letter in lower))
    for pattern, sound in WORN:
        sounds = pattern.sub(sound, sounds)
    sounds = plain(sounds)
    is_read = sounds.isascii() or not (ROMAN.search(sounds) or CHARACTER.search(word))
    return sounds if is_read and len(sounds) >= SHORTEST and not sounds.isdigit() else ""


def runs(name: str) -> list[str]:
    """The words of a name in scripts that are written without spaces."""
    found = (match["run"] for match in WORD.finditer(unicodedata.normalize("NFKC", name)))
    return [word for run in found if run for piece in run.split(BETWEEN) if (word := plain(piece))]


def begun(name: str) -> set[str]:
    """What the bearer of a name may be called by: 林 of 林芳正, 岸田 of 岸田文雄; words of katakana are called whole.

    Where a family name ends is not recorded: any beginning is taken that has a third of the name at least.
    """
    words = runs(name)
    whole = {word for word in words if SYLLABLES.fullmatch(word)}
    cut = [word for word in words if word not in whole]
    return whole | {word[:end] for word in cut for end in range(-(-len(word) // 3), len(word) + 1)}


@lru_cache(maxsize=50_000)
def unspaced(typed: str) -> tuple[str, ...]:
    """The words of a name as it was typed, without a title; none where another script stands beside them."""
    even = unicodedata.normalize("NFKC", typed)
    if not all(match["run"] for match in WORD.finditer(even)):
        return ()
    words = runs(even)
    if words and (titled := TITLED.fullmatch(words[-1])):
        words[-1] = titled[1]
    return tuple(words)


def heard_as(word: str) -> tuple[str, ...]:
    """How the parts of a word sound; of a script without spaces, the names in it; an empty one where one is no name."""
    return unspaced(word) or tuple(key(match[0]) for match in WORD.finditer(word)) or ("",)


def whole(title: str) -> list[str]:
    """The words of a name without initials."""
    return [match[0] for match in WORD.finditer(title) if len(match[0]) > 1]


def family(title: str) -> list[str]:
    """The words of a family name, which stands in capitals in a title: HAYASHI Yoshimasa; all where none does."""
    words = whole(title)
    return [word for word in words if word.isupper()] or words
