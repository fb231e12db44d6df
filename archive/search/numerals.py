"""Numbers as they are written in names: G-7 and G7, the 9th, the ninth and 第九回, TICAD IX and TICAD 9, are one.

The index keeps what texts have; a query asks for each way of writing it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

JOINED = re.compile(r"([^\W\d_]+)[-‐‑–−]?([0-9]+)(?![^\W_])(.*)")
"""Letters with digits, joined by a hyphen or by nothing."""
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ROMAN_NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
ORDINALS = {word: f"{n}{ENDINGS.get(n, 'th')}" for n, word in enumerate(ORDINAL_WORDS.split(), 1)}
WORDS = {ordinal: word for word, ordinal in ORDINALS.items()}
ROMANS = {roman: str(n) for n, roman in enumerate(ROMAN_NUMERALS.split(), 1)}
NUMBERS = {number: roman for roman, number in ROMANS.items()}
DIGITS = "〇一二三四五六七八九"
COUNTED = re.compile(rf"第([0-9]{{1,3}}|[{DIGITS}十]{{1,4}})([回次届])(.*)")
"""A number before a counter, as meetings are numbered in Chinese characters: 第9回, 第九回."""
MET = ("会合", "会議", "会议")
"""What is counted, where it says no more than “meeting”."""
MONTHS = "January February March April May June July August September October November December"
ABBREVIATED = {month[:3].lower(): month for month in MONTHS.split()} | {"sept": "September"}


def written(word: str, before: str) -> list[str]:
    """Every way of writing a word of a query that stands after another, its own first.

    A Roman numeral is one after a name alone, and a number is read as one after an abbreviation alone.
    """
    lower = word.lower()
    if joined := JOINED.fullmatch(word):
        letters, digits, rest = joined.groups()
        return list(dict.fromkeys([word, f"{letters}{digits}{rest}", f"{letters}-{digits}{rest}"]))
    if lower in ORDINALS:
        return [word, ORDINALS[lower]]
    if lower in WORDS:
        return [word, WORDS[lower]]
    if before[:1].isupper() and word in ROMANS:
        return [word, ROMANS[word]]
    if is_abbreviation(before) and word in NUMBERS:
        return [word, NUMBERS[word]]
    return [word]


def month_of(word: str) -> str:
    """The month that an abbreviation stands for: Dec, Sept.; nothing of any other word."""
    return ABBREVIATED.get(word.rstrip(".,").lower(), "")


def is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def as_recorded(text: str) -> str:
    """A query with its numbers as the archive’s own titles have them: 9th, TICAD 9, G7."""
    found: list[str] = []
    for word in text.split():
        before = found[-1] if found else ""
        if before[:1].isupper() and word in ROMANS:
            found.append(ROMANS[word])
        elif joined := JOINED.fullmatch(word):
            found.append("".join(joined.groups()))
        elif counted := numbered(word):
            found.append(counted.recorded(is_alone=word == text.strip()))
        else:
            found.append(ORDINALS.get(word.lower(), word))
    return " ".join(found)


class Numbered(NamedTuple):
    """A number as it stands in a word of Chinese characters, with the counter and what comes after."""

    number: int
    counter: str
    rest: str

    @property
    def ordinal(self) -> str:
        """As English has it."""
        is_teen = self.number % 100 in (11, 12, 13)
        return f"{self.number}{'th' if is_teen else ENDINGS.get(self.number % 10, 'th')}"

    @property
    def ways(self) -> list[str]:
        """With the number in digits, in characters up to 99, and as an ordinal of English."""
        numbers = [str(self.number), *([in_characters(self.number)] if self.number < 100 else [])]
        found = [f"第{number}{self.counter}" for number in numbers]
        return [*found, self.ordinal, *filter(None, [WORDS.get(self.ordinal)])]

    @property
    def things(self) -> list[str]:
        """What is counted, and what it is called in English where that is known."""
        return [self.rest, "meeting"] if self.rest in MET else [self.rest] if self.rest else []

    def recorded(self, *, is_alone: bool) -> str:
        """As titles have it; what is numbered alone, or is only met at, is a meeting."""
        if self.rest in MET or (is_alone and not self.rest):
            return f"{self.ordinal} meeting"
        return f"第{self.number}{self.counter}{self.rest}" if self.rest else self.ordinal


def numbered(word: str) -> Numbered | None:
    """The number that a word begins with, if it does; 十十 is none."""
    found = COUNTED.fullmatch(word)
    number = of_characters(found[1]) if found else 0
    return Numbered(number, found[2], found[3]) if found and number else None


def of_characters(written: str) -> int:
    """The number that digits or characters say, up to 99 in characters; 0 where they say none."""
    if written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones) if ones else 0)


def in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = f"{DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return f"{before}{DIGITS[ones] if ones else ''}"
