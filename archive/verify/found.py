"""Where words stand, and what is said of a passage: plain data for pages, JSON and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from archive.address import Address
from archive.models import Wording
from archive.verify.issued import Issued
from registry.kit import diff, segments
from registry.models import State

Data = dict[str, Any]
FOUND = ("exact", "same")
MOST_PLACES = 10


@dataclass(frozen=True)
class Beside:
    """What is told beside wordings: what stands today at the places of older ones, what issuers did, and the numbers
    of paragraphs by the keys of wordings."""

    now: dict[Any, Wording]
    issued: Issued
    locators: dict[int, str]


@dataclass
class Verdict:
    """What is said of one passage; `parts` are those it is joined from, or that alone were found."""

    passage: str
    verdict: str
    wordings: list[Wording] = field(default_factory=list)
    is_more: bool = False
    words: diff.Words = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    likeness: float | None = None
    parts: list[Verdict] = field(default_factory=list)
    omission_marked: bool = False

    @property
    def is_found(self) -> bool:
        return self.verdict in FOUND

    def as_data(self, beside: Beside) -> Data:
        return {
            "passage": self.passage,
            "verdict": self.verdict,
            "count": len(self.wordings),
            "is_more": self.is_more,
            "places": [place_data(wording, beside) for wording in self.wordings[:MOST_PLACES]],
            "difference": [list(run) for run in self.words],
            "changes": self.changes,
            "likeness": None if self.likeness is None else round(self.likeness, 2),
            "omission_marked": self.omission_marked,
            "parts": [part.as_data(beside) for part in self.parts],
        }


def address_of(wording: Wording) -> Address:
    """Where the wording stands for ever: in the last edition that has it."""
    return Address(wording.pid.path or "", wording.until, wording.segment or None, wording.key or None)


def is_standing(wording: Wording) -> bool:
    """Whether the current edition still says so."""
    return wording.pid.state == State.PUBLIC and wording.until == wording.pid.edition_number


def place_data(wording: Wording, beside: Beside) -> Data:
    pid = wording.pid
    if pid.state == State.WITHDRAWN:
        return {
            "id": pid.value,
            "kind": pid.kind,
            "state": pid.state,
            "title": pid.title,
            "url": f"{settings.SITE_URL}/id/{pid.value}",
        }
    today = beside.now.get(wording.place)
    is_older = not is_standing(wording) and pid.state == State.PUBLIC
    return {
        "id": pid.value,
        "kind": pid.kind,
        "state": pid.state,
        "title": pid.title,
        "part": wording.part,
        "text": wording.segment or None,
        "language": segments.language_of(wording.segment) or "en",
        "paragraph": wording.key or None,
        "locator": beside.locators.get(wording.pk),
        "own_words": wording.part == Wording.Part.SUMMARY or segments.is_summary(wording.segment),
        "editions": [wording.since, wording.until],
        "current_edition": pid.edition_number,
        "stands": is_standing(wording),
        "survivor": pid.survivor_id,
        "url": f"{settings.SITE_URL}{address_of(wording)}",
        "today": [list(run) for run in diff.words(wording.words, today.words)]
        if is_older and today
        else None,
        "gone": is_older and today is None,
        **beside.issued.of(pid),
    }


def best_first(wordings: Sequence[Wording]) -> list[Wording]:
    """Public records before withdrawn ones, what stands today first, issuers’ words before ours, the newest first."""
    return sorted(
        wordings,
        key=lambda one: (
            one.pid.state == State.WITHDRAWN,
            not is_standing(one),
            one.part != Wording.Part.PARAGRAPH or segments.is_summary(one.segment),
            one.part == Wording.Part.SUMMARY,
            -one.pk,
        ),
    )
