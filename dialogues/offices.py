"""Who held which office on a day, as far as the dates of tenures tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogues.models import Country, Office, Tenure
from registry.kit.spans import Days, During, Why, during, why_perhaps

POSTS = {
    "foreign minister": re.compile(
        r"(?<!deputy )(?<!vice )(?<!vice-)(?<!state )(minister (of|for) foreign affairs|foreign minister\b)"
        r"|external affairs minister",
        re.I,
    ),
    "prime minister": re.compile(r"(?<!deputy )(?<!to the )prime minister", re.I),
    "president": re.compile(r"^president of (?!the (european|council))", re.I),
}
"""The posts that sources name without their holder (“in place of the foreign minister”), and titles of such offices."""
NAMED = re.compile(r"\W+")


@dataclass(frozen=True)
class Held:
    """A tenure seen from a day: how far the day lies within it, and what keeps us from knowing."""

    tenure: Tenure
    during: During
    why: Why | None

    @property
    def is_sure(self) -> bool:
        return self.during in (During.THROUGHOUT, During.PARTLY)

    @property
    def basis(self) -> str:
        """`throughout`, `partly` (of a time longer than a day), or what is not known."""
        return str(self.why or self.during)


def held(tenure: Tenure, when: Days | None) -> Held | None:
    """The tenure seen from these days; None where they surely lie outside it."""
    found = during(when, tenure.start, tenure.end)
    if found == During.NEVER:
        return None
    why = why_perhaps(when, tenure.start, tenure.end) if found == During.PERHAPS else None
    return Held(tenure, found, why)


class Terms:
    """Tenures, loaded with minister and office, asked for what was held when. Makes no query."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        self.by_minister: dict[str, list[Tenure]] = defaultdict(list)
        self.by_country: dict[str | None, list[Tenure]] = defaultdict(list)
        for tenure in tenures:
            self.by_minister[tenure.minister_id].append(tenure)
            self.by_country[tenure.office.country_id].append(tenure)

    def of_minister(self, minister: str, when: Days | None) -> list[Held]:
        """What the minister held then, or may have held, certain ones first; undated ones only where no other is."""
        found = sure_first(self.by_minister.get(minister, ()), when)
        return [one for one in found if one.why != Why.UNDATED] or found

    def replaced(self, country: str, phrase: str, when: Days | None) -> list[Held]:
        """Whose place was taken, by what a source says (“the foreign minister”, or a name) and the tenures then.

        This is the archive's inference. Tenures without dates say nothing of a day and are left out.
        """
        title = post_of(phrase)
        matching = [
            tenure
            for tenure in self.by_country.get(country, ())
            if (title.search(tenure.office.title) if title else is_named(tenure, phrase))
        ]
        return [one for one in sure_first(matching, when) if one.why != Why.UNDATED]


def sure_first(tenures: Iterable[Tenure], when: Days | None) -> list[Held]:
    found = [one for one in (held(tenure, when) for tenure in tenures) if one]
    return sorted(found, key=lambda one: (not one.is_sure, one.why == Why.UNDATED, one.tenure.start or ""))


def post_of(phrase: str) -> re.Pattern[str] | None:
    """Titles of the office that “the foreign minister” speaks of; None where the phrase names somebody."""
    return POSTS.get(phrase.casefold().removeprefix("the ").strip())


def is_named(tenure: Tenure, phrase: str) -> bool:
    """Whether the phrase holds every word of the holder's name."""
    words = set(NAMED.split(phrase.casefold()))
    return set(NAMED.split(tenure.minister.western_name.casefold())) <= words


@dataclass(frozen=True)
class OfficeOnDay:
    """An office with its tenures, and where a day was asked about, who held it then.

    `known` are tenures within which the day lies or may lie, `undated` those whose dates no source gives.
    """

    office: Office
    tenures: list[Tenure]
    known: list[Held]
    undated: list[Tenure]

    @property
    def country(self) -> Country | None:
        return self.office.country


def board(tenures: Iterable[Tenure], when: Days | None = None) -> list[OfficeOnDay]:
    """Offices in the order of their tenures, each with its holders and those of `when`."""
    offices: dict[int, list[Tenure]] = {}
    for tenure in tenures:
        offices.setdefault(tenure.office_id, []).append(tenure)
    found = []
    for its in offices.values():
        then = [one for one in (held(tenure, when) for tenure in its) if one] if when else []
        known = [one for one in then if one.why != Why.UNDATED]
        undated = [tenure for tenure in its if not (tenure.start or tenure.end)]
        found.append(OfficeOnDay(its[0].office, its, known, undated))
    return found
