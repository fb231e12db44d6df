"""A record, or a part of it, as a card that other sites show: what it says, and whether that still stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.formats.reference import Reference
from archive.templatetags.archive import date_range
from archive.texts import first_with, text_in
from archive.words import WORDS
from registry.models import Edition, Pid, State, Tombstone

GRAVE = ("retracted", "withdrawn")


@dataclass(frozen=True)
class Standing:
    """What became of the words on the card: `code` for programs, a sentence, and where to read more."""

    code: str
    sentence: str
    more: str = ""
    link: str = ""

    @property
    def is_grave(self) -> bool:
        return self.code in GRAVE


@dataclass(frozen=True)
class Embedded:
    """The card of a public record: the edition shown, among all of them, oldest first.

    `number` is the edition that the card was asked for, None for always the current one.
    """

    shown: Reference
    every: list[Edition]
    number: int | None = None

    @property
    def current(self) -> Edition:
        return self.every[-1]

    @property
    def address(self) -> str:
        return self.shown.pinned_url if self.number else self.shown.current_url

    @property
    def words(self) -> str | None:
        """The words quoted; of a commitment without a quotation its summary."""
        return self.shown.quotable

    @property
    def is_quotation(self) -> bool:
        return self.shown.words is not None

    @property
    def is_summary(self) -> bool:
        return bool(self.shown.cited_text and self.shown.cited_text["kind"] == "summary")

    @property
    def dates(self) -> str:
        return date_range(self.shown.issued, self.shown.ended)

    @property
    def standings(self) -> list[Standing]:
        found = [
            *issuer_standing(self.current.data),
            *not_held(self.current.data),
            *self.merged(),
            *self.editions(),
        ]
        return sorted(found, key=lambda standing: not standing.is_grave)

    def merged(self) -> list[Standing]:
        pid = self.shown.pid
        if pid.state != State.MERGED:
            return []
        sentence = _("This record was found to be a duplicate of another.")
        return [Standing("merged", sentence, _("The record that continues it"), f"/id/{pid.survivor_id}")]

    def editions(self) -> list[Standing]:
        """Corrected since, or since it was first published; unchanged, or gone."""
        if not self.stands_in(self.current):
            last = max(edition.number for edition in self.every if self.stands_in(edition))
            sentence = _("No longer part of the current edition. It stood until edition %(n)s.")
            return [self.change("gone", sentence % {"n": last})]
        if self.number is None:
            newest = self.newest_correction(since=1)
            return [self.corrected(newest)] if newest else []
        if self.number == self.current.number:
            return []
        newest = self.newest_correction(since=self.number)
        if newest and self.said_in(self.current) != self.said_in(self.shown.edition):
            return [self.corrected(newest)]
        if self.shown.is_part:
            sentence = _("Edition %(newest)s is current; what is quoted here is unchanged in it.")
            return [self.change("unchanged", sentence % {"newest": self.current.number})]
        sentence = _(
            "What is shown here stands, but the record was changed on %(when)s, edition %(n)s: %(note)s"
        )
        return [self.change("changed", sentence % told(self.current))]

    def change(self, code: str, sentence: str) -> Standing:
        more = _("All editions") if code == "unchanged" else _("See what changed")
        return Standing(code, sentence, more, f"/{self.shown.pid.path}/history/")

    def corrected(self, edition: Edition) -> Standing:
        return self.change("corrected", _("Corrected on %(when)s, edition %(n)s: %(note)s") % told(edition))

    def newest_correction(self, since: int) -> Edition | None:
        """The newest edition after `since` that changed what is shown; of a record that is followed as a whole, any."""
        if self.number is None and not self.shown.is_part:
            return self.current if self.current.number > since else None
        standing = [edition for edition in self.every if self.stands_in(edition)]
        pairs = list(pairwise((edition, self.said_in(edition)) for edition in standing))[::-1]
        found = (one for (_before, old), (one, new) in pairs if old != new and one.number > since)
        return next(found, None)

    def stands_in(self, edition: Edition) -> bool:
        """Whether the text or the paragraph on the card, if it is of one, is part of an edition."""
        other = self.reference(edition)
        return not other.is_part or bool(other.words if other.paragraph else other.cited_text)

    def reference(self, edition: Edition) -> Reference:
        return Reference(self.shown.pid, edition, self.shown.text, self.shown.paragraph)

    def said_in(self, edition: Edition) -> tuple[Any, ...]:
        """What the card shows or names, as another edition has it: of a whole statement its texts."""
        other = self.reference(edition)
        summary = other.data.get("summary") if other.kind == "commitment" else None
        texts = [] if other.paragraph or other.kind != "statement" else said_by(other)
        facts = (other.title, other.issued, other.ended, other.place, other.data.get("status"))
        return (*facts, other.words, summary, texts)

    def as_data(self) -> dict[str, Any]:
        return {
            "title": self.shown.title,
            "type": self.shown.kind,
            "date": self.shown.issued,
            "place": self.shown.place,
            "words": self.words,
            "language": self.shown.language if self.is_quotation else None,
            "address": self.address,
            "edition": self.shown.edition.number,
            "current_edition": self.current.number,
            "standing": [{"code": one.code, "sentence": one.sentence} for one in self.standings],
        }


def issuer_standing(data: dict[str, Any]) -> list[Standing]:
    """What the issuer did with its statement since: retracted, corrected or superseded it."""
    code = data.get("issuer_state", "in_force")
    if code not in ("retracted", "corrected", "superseded"):
        return []
    said = f"{WORDS['issuer_state'][code]}".capitalize()
    name = code if code == "retracted" else f"{code}_by_issuer"
    return [Standing(name, f"{said}. {data['issuer_state_note']}".strip())]


def not_held(data: dict[str, Any]) -> list[Standing]:
    """That a meeting was postponed or cancelled."""
    code = data.get("status") if data["type"] == "meeting" else None
    if code not in ("postponed", "cancelled"):
        return []
    return [Standing(code, f"{WORDS['status'][code]}".capitalize() + ".")]


def said_by(reference: Reference) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The words of the statement's texts, or of the one that is cited."""
    return [
        (text["segment"], text["kind"], [(one["key"], one["text"]) for one in text["paragraphs"]])
        for text in reference.data["texts"]
        if reference.text in (None, text["segment"])
    ]


def told(edition: Edition) -> dict[str, Any]:
    """When an edition was published, its number and its note, for a sentence."""
    return {
        "when": date_format(edition.published_at, "j F Y"),
        "n": edition.number,
        "note": edition.note,
    }


def withdrawn(stone: Tombstone) -> Standing:
    said = _("Withdrawn from the archive on %(when)s: %(reason)s. %(note)s") % {
        "when": date_format(stone.withdrawn_at, "j F Y"),
        "reason": stone.get_reason_display(),
        "note": stone.note,
    }
    replacement = stone.replaced_by
    link = {"more": replacement.title, "link": f"/id/{replacement.value}"} if replacement else {}
    return Standing("withdrawn", said, **link)


def last_with(pid: Pid, key: str | None, segment: str | None) -> int | None:
    """The number of the last edition in which this text, or a paragraph of this key, stood; one query."""
    found = first_with(Edition.objects.of(pid).reverse(), segment, key)
    return found[0].number if found else None


def embedded(
    pid: Pid, number: int | None = None, key: str | None = None, segment: str | None = None
) -> Embedded | None:
    """The card of a public or merged record, or None where no such edition or part ever was; one query.

    Without a number a part that is gone is shown as it stood last.
    """
    every = list(Edition.objects.of(pid))
    is_part = bool(key or segment)
    for one in every[::-1]:
        text = text_in(one, segment, key) if is_part else None
        if number in (None, one.number) and (text or not is_part):
            return Embedded(Reference(pid, one, text["segment"] if text else None, key), every, number)
    return None
