"""Ministers whose names are so alike that an editor should say whether they are one person.

Nothing here joins two records: the rules of docs/METHOD.md only propose.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

from dialogues.models import Distinction, Minister
from registry.models import NameKey

WHOLE = GIVEN = 0.88
"""Shares of equal letters from which whole names, and given names alone, are held to be alike (difflib)."""
SHORTEST_GIVEN = 6


class Likeness(NamedTuple):
    """Two ministers of one country, and why they may be one person."""

    one: Minister
    other: Minister
    reason: str


class Name(NamedTuple):
    """A sort name cut in two and made plain: `family` is empty where nothing is in capitals."""

    family: str
    given: str


def open_questions() -> list[Likeness]:
    """Pairs that no editor has decided yet; three queries. Merged and withdrawn ministers take no part."""
    decided = set(Distinction.objects.values_list("one_id", "other_id"))
    ministers = (
        Minister.objects.exclude(pid__state__in=["merged", "withdrawn"])
        .select_related("country")
        .prefetch_related("names")
        .order_by(NameKey("country__name"), NameKey("sort_name"), "pk")
    )
    return [
        found for found in likenesses(ministers) if Distinction.key(found.one, found.other) not in decided
    ]


def likenesses(ministers: Iterable[Minister]) -> list[Likeness]:
    """Every pair of the same country that a rule proposes."""
    by_country: dict[str, list[Minister]] = {}
    for minister in ministers:
        by_country.setdefault(minister.country_id, []).append(minister)
    pairs = (pair for group in by_country.values() for pair in combinations(group, 2))
    return [Likeness(one, other, reason) for one, other in pairs if (reason := why(one, other))]


def why(one: Minister, other: Minister) -> str:
    """The first rule that holds for the two, in words; empty where none does."""
    mine, its = name_of(one), name_of(other)
    if spellings(one) & spellings(other):
        return _("A recorded spelling of one is a name of the other.")
    if mine.family and mine.family == its.family and mine.given[:1] == its.given[:1]:
        return _("The same family name, and given names with the same initial.")
    if likeness(" ".join(sorted(" ".join(mine).split())), " ".join(sorted(" ".join(its).split()))) >= WHOLE:
        return _("Names that differ in a few letters.")
    long_enough = min(len(mine.given), len(its.given)) >= SHORTEST_GIVEN and mine.family and its.family
    if long_enough and mine.given != its.given and likeness(mine.given, its.given) >= GIVEN:
        return _("Nearly the same given name with another family name.")
    return ""


def likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def name_of(minister: Minister) -> Name:
    words = minister.sort_name.split()
    family = [word for word in words if len(word.strip(".")) > 1 and word.isupper()]
    return Name(plain(" ".join(family)), plain(" ".join(word for word in words if word not in family)))


def spellings(minister: Minister) -> set[str]:
    texts = [minister.sort_name, minister.western_name, *(name.text for name in minister.names.all())]
    return {" ".join(sorted(plain(text).split())) for text in texts}


def plain(text: str) -> str:
    """Lower case without accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    )
