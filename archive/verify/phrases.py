"""Finding a phrase in what stands today: paragraphs of statements and quotations of commitments.

`candidates` alone knows how texts that may hold a phrase are found; everything else reads them word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.models import Wording
from registry.kit import phrases, sorting
from registry.kit.locators import locator
from registry.kit.tokens import Tokens, certain_shingles, number_of, tokens
from registry.models import Edition, State

LONGEST = 200
"""Characters of a phrase."""
MOST = 5000
"""Texts read for one phrase at most; where more may hold it, that is said."""
MOST_NUMBERS = 8
"""Of a phrase’s numbers, by which texts are looked up; more would find no fewer."""
NEAR, MOST_SHORTER = 200, 3
Data = dict[str, Any]


def candidates(phrase: Tokens) -> Any:
    """Standing wordings that may hold the phrase: every one that does is among them. Not in any order."""
    return may_hold(phrase, Wording.objects.standing())


def may_hold(phrase: Tokens, wordings: Any) -> Any:
    numbers = sorted(certain_shingles(phrase.content)) or word_numbers(phrase)
    return wordings.holding(numbers[:MOST_NUMBERS])


def word_numbers(phrase: Tokens) -> list[int]:
    """Numbers of its words, the longest first: they are the rarest, as a rule."""
    words = sorted(set(phrase.content), key=lambda word: (-len(word), word))
    return [number_of([word]) for word in words]


@dataclass(frozen=True)
class Use:
    """A paragraph or quotation that holds the phrase, with the record at the edition it stands in."""

    wording: Wording
    edition: Edition
    text: Tokens
    at: list[tuple[int, int]]

    @property
    def count(self) -> int:
        return len(self.at)

    @cached_property
    def runs(self) -> phrases.Runs:
        return phrases.marked(self.text, self.at)

    @cached_property
    def place(self) -> Data:
        """Where it stands in its record: number of the paragraph, kind and language of its text."""
        for text in self.edition.data.get("texts", ()):
            if text["segment"] != self.wording.segment:
                continue
            for paragraph in text["paragraphs"]:
                if paragraph["key"] == self.wording.key:
                    return {
                        "number": paragraph["number"],
                        "locator": locator(paragraph),
                        "language": text["language"],
                        "kind": text["kind"],
                    }
        return {"number": None, "locator": None, "language": "", "kind": ""}

    @property
    def meeting(self) -> Data | None:
        data = self.edition.data
        return data["meeting"] if data["type"] == "commitment" else next(iter(data["meetings"]), None)

    @property
    def date(self) -> str | None:
        """The statement’s own day, else the first day of its meeting."""
        own = self.edition.data.get("date")
        return own or (self.meeting["start"] if self.meeting else None)

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None

    @property
    def dialogue(self) -> Data | None:
        data = self.edition.data
        found = data.get("dialogue") or (self.meeting["dialogue"] if self.meeting else None)
        return found if isinstance(found, dict) else None

    @property
    def by(self) -> list[Data]:
        """Countries that issued the statement, or hold the commitment; none where all parties did."""
        data = self.edition.data
        return list(data["actors"] if data["type"] == "commitment" else data["issuers"])

    @property
    def address(self) -> str:
        wording, path = self.wording, self.wording.pid.path
        return f"/{path}/{wording.segment}/~{wording.key}/" if wording.key else f"/{path}/"


class Phrase:
    """A phrase with everything that holds it today, the oldest first; three queries, four where nothing does."""

    def __init__(self, written: str) -> None:
        self.written = " ".join(written.split())
        self.tokens = tokens(written)

    @property
    def has_words(self) -> bool:
        return bool(self.tokens.content)

    @cached_property
    def read(self) -> list[Wording]:
        return list(candidates(self.tokens)[: MOST + 1])

    def ever_used_by(self) -> set[str]:
        """Ids of records that hold it, or did in an earlier edition, or until they were withdrawn; one query."""
        found = may_hold(self.tokens, Wording.objects.said())[:MOST]
        return {one.pid_id for one in found if phrases.places(self.tokens, tokens(one.words))}

    @property
    def is_cut(self) -> bool:
        return len(self.read) > MOST

    @cached_property
    def uses(self) -> list[Use]:
        found: list[tuple[Wording, Tokens, list[tuple[int, int]]]] = []
        for wording in self.read[:MOST]:
            text = tokens(wording.words)
            at = phrases.places(self.tokens, text)
            if at:
                found.append((wording, text, at))
        editions = Edition.objects.current_by_pid({wording.pid_id for wording, _text, _at in found})
        uses = [
            Use(wording, editions[wording.pid_id], text, at)
            for wording, text, at in found
            if wording.pid_id in editions
        ]
        return sorted(uses, key=in_time)

    @cached_property
    def count(self) -> int:
        return sum(use.count for use in self.uses)

    @cached_property
    def by_year(self) -> dict[int, int]:
        """How often it is used in each year from the first to the last; the undated left out."""
        counts: Counter[int] = Counter()
        for use in self.uses:
            if use.year:
                counts[use.year] += use.count
        return {year: counts[year] for year in range(min(counts), max(counts) + 1)} if counts else {}

    @property
    def undated(self) -> int:
        return sum(use.count for use in self.uses if use.year is None)

    @cached_property
    def dialogues(self) -> list[tuple[Data, int]]:
        """In which dialogues, the most often first."""
        return ranked((use.dialogue, use.count) for use in self.uses if use.dialogue)

    @cached_property
    def countries(self) -> list[tuple[Data, int]]:
        """Who issued what holds it, the most often first."""
        return ranked((country, use.count) for use in self.uses for country in use.by)

    @cached_property
    def shorter(self) -> list[tuple[str, int]]:
        """Shorter phrases out of this one that do stand somewhere, the longest first, with how often; two queries."""
        if self.uses or len(self.tokens.content) < 2:
            return []
        sharing = Wording.objects.sharing(word_numbers(self.tokens)[:MOST_NUMBERS], NEAR)
        near = [wording for wording, _count in sharing if stands(wording)]
        runs = {
            run.casefold(): run for one in near if (run := phrases.longest_shared(self.tokens, one.words))
        }
        longest = sorted(runs.values(), key=lambda run: (-len(tokens(run).content), run))
        tried = [Phrase(run) for run in longest if tokens(run).content][:MOST_SHORTER]
        return [(one.written, one.count) for one in tried if one.count]


def stands(wording: Wording) -> bool:
    """Whether this is among what phrases are looked for in, of wordings that are loaded with their pids."""
    pid = wording.pid
    is_said = wording.part != Wording.Part.SUMMARY
    return is_said and pid.state == State.PUBLIC and wording.until == pid.edition_number


def in_time(use: Use) -> tuple[Any, ...]:
    place = use.place["number"] or 0
    return (use.date is None, use.date or "", use.wording.pid.path or "", use.wording.segment, place)


def ranked(named: Iterable[tuple[Data, int]]) -> list[tuple[Data, int]]:
    """Each of these once by its id, with its count; the most first, of equals by name."""
    counts: Counter[str] = Counter()
    first: dict[str, Data] = {}
    for data, count in named:
        first.setdefault(data["id"], data)
        counts[data["id"]] += count
    order = sorted(counts.items(), key=lambda one: (-one[1], sorting.key(first[one[0]]["name"]), one[0]))
    return [(first[pid], count) for pid, count in order]


def years_of(found: Iterable[Phrase]) -> Iterator[int]:
    """Every year from the first to the last in which any of these is used."""
    used = {year for one in found for year in one.by_year}
    return iter(range(min(used), max(used) + 1)) if used else iter(())
