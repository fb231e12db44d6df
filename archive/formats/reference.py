"""What is cited: a record at one of its editions, or one paragraph of it, in the terms all citation formats share.

Everything is drawn from the edition, so that a citation of it says the same for ever. Dates are EDTF level 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.formats.languages import language_of
from archive.texts import has, paragraph_of, text_in
from archive.words import WORDS
from registry.kit import locators
from registry.models import Edition, Pid

Data = dict[str, Any]
DATED = ("meeting", "statement", "commitment")
MEETING_GENRES = {
    "summit": gettext_lazy("Summit"),
    "ministers": gettext_lazy("Ministerial meeting"),
    "vice_ministers": gettext_lazy("Deputy ministers’ meeting"),
    "sectoral_ministers": gettext_lazy("Ministerial meeting"),
    "senior_officials": gettext_lazy("Senior officials’ meeting"),
    "experts": gettext_lazy("Expert meeting"),
    "intellectual": gettext_lazy("Scholars’ and officials’ meeting"),
    "business": gettext_lazy("Business meeting"),
}
WHOSE = {**WORDS["text"], "authentic": "", "summary": gettext_lazy("archive’s summary")}
"""What a text is, where its words are not the issuer's own."""


CHUNK = 500


def references(records: Iterable[Any]) -> Iterator[Reference]:
    """Each record at its current edition, read in pieces; one query for every 500."""
    remaining = iter(records)
    while chunk := [record.pk for record in islice(remaining, CHUNK)]:
        editions = Edition.objects.current_by_pid(chunk)
        yield from (Reference(editions[pid].pid, editions[pid]) for pid in chunk if pid in editions)


@dataclass(frozen=True)
class Reference:
    """A record at an edition; `text` is the segment of the text and `paragraph` the key of the paragraph cited, if
    one is. A text that is named without a paragraph is cited as a whole, in its language."""

    pid: Pid
    edition: Edition
    text: str | None = None
    paragraph: str | None = None

    @property
    def data(self) -> Data:
        return self.edition.data

    @property
    def kind(self) -> str:
        """meeting, statement, commitment, dialogue, country, minister or topic."""
        return str(self.data["type"])

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def title_language(self) -> str:
        """BCP 47 tag of the title: that under which the record has the same words, else what its letters tell."""
        named = [*self.data.get("titles", ()), *self.data.get("names", ())]
        same = next((one["language"] for one in named if one["text"] == self.title and one["language"]), None)
        held = [text["language"] for text in self.data.get("texts", ())]
        return same or language_of(self.title, held)

    @property
    def is_current(self) -> bool:
        return self.edition.number == self.pid.edition_number

    # Addresses

    @property
    def short(self) -> str:
        """The id with edition and part: 25hxwjjb@2~p4."""
        return f"{self.pid.value}@{self.edition.number}{self.part}"

    @property
    def part(self) -> str:
        """The part behind the id: `/ja` of a text; of a paragraph `~p4`, or `/ja/~p4` where it is that of a text
        to which the id with the paragraph alone does not lead."""
        if not self.paragraph:
            return f"/{self.text}" if self.text else ""
        mine, named = self.cited_text, text_in(self.edition, key=self.paragraph)
        if mine is None or mine is named or not has(mine, self.paragraph):
            return f"~{self.paragraph}"
        return f"/{mine['segment']}/~{self.paragraph}"

    @property
    def lasting_part(self) -> str:
        """The part behind the id alone, which must mean the same in later editions: of a paragraph with its text, since
        `~p4` by itself leads to whichever text comes first by then."""
        if self.paragraph and self.cited_text:
            return f"/{self.cited_text['segment']}/~{self.paragraph}"
        return self.part

    @property
    def pinned_url(self) -> str:
        """The permanent address of this exact text."""
        return f"{settings.SITE_URL}/id/{self.short}"

    @property
    def current_url(self) -> str:
        """The permanent address of the record, always current."""
        return f"{settings.SITE_URL}/id/{self.pid.value}{self.lasting_part}"

    @property
    def page_url(self) -> str:
        """Where the record, or its part, stands today."""
        return f"{settings.SITE_URL}{self.pid.get_absolute_url()}{self.beneath}"

    @property
    def edition_url(self) -> str:
        """Where this edition, or its part, stands today."""
        return f"{settings.SITE_URL}/{self.pid.path}@{self.edition.number}/{self.beneath}"

    @property
    def beneath(self) -> str:
        """The rest of the address of the text or the paragraph, under its statement."""
        if self.paragraph and self.cited_text:
            return f"{self.cited_text['segment']}/~{self.paragraph}/"
        return f"{self.text}/" if self.text else ""

    @property
    def is_part(self) -> bool:
        """Whether a text or a paragraph is cited, and not the whole record."""
        return bool(self.text or self.paragraph)

    @cached_property
    def neighbours(self) -> tuple[int | None, int | None]:
        """The editions before and after this one; of a part those in which it stands, one query where there are any."""
        number, last = self.edition.number, self.pid.edition_number
        found: Iterable[int] = range(1, last + 1)
        if self.is_part and last > 1:
            found = [one.number for one in Edition.objects.of(self.pid) if self.stands_in(one)]
        before, after = (one for one in found if one < number), (one for one in found if one > number)
        return max(before, default=None), min(after, default=None)

    def stands_in(self, edition: Edition) -> bool:
        """Whether the text, and the paragraph where one is cited, stands in that edition."""
        return text_in(edition, self.text, self.paragraph) is not None

    # What it is

    @property
    def genre(self) -> str:
        """What it is called in words: Ministerial meeting, Joint statement, Commitment."""
        if self.kind == "meeting":
            return str(MEETING_GENRES.get(self.data["track"]["level"], _("Meeting")))
        if self.kind == "statement":
            return str(WORDS["statement"][self.data["kind"]]).capitalize()
        if self.kind == "commitment":
            return _("Remark") if self.data["nature"] == "remark" else _("Commitment")
        return {
            "dialogue": _("Dialogue"),
            "country": _("Country"),
            "minister": _("Minister"),
            "topic": _("Topic"),
        }[self.kind]

    @property
    def status(self) -> str:
        """What a reader must know before citing: a meeting that was not held, a statement that its issuer took back."""
        if self.kind == "meeting" and self.data["status"] != "held":
            return str(WORDS["status"][self.data["status"]])
        if self.kind == "statement" and self.data["issuer_state"] != "in_force":
            return str(WORDS["issuer_state"][self.data["issuer_state"]])
        return ""

    @property
    def standing(self) -> str:
        """What it is called, with how it stands: Joint statement, retracted by its issuer."""
        return ", ".join(filter(None, [self.genre, self.status]))

    @property
    def issued(self) -> str | None:
        """The day, month or year it is of; of standing things the day their edition was published."""
        if self.kind == "meeting":
            return self.data["start"] or None
        if self.kind == "statement":
            return self.data["date"] or (self.meeting or {}).get("start")
        if self.kind == "commitment":
            return (self.meeting or {}).get("start") or (self.data["statement"] or {}).get("date")
        return self.edition.published_at.date().isoformat()

    @property
    def ended(self) -> str | None:
        """The last day of a meeting of several days."""
        return self.data["end"] or None if self.kind == "meeting" else None

    @property
    def meeting(self) -> Data | None:
        """The meeting that it is, was issued at, or was made at, as the edition prints it."""
        if self.kind == "meeting":
            return self.data
        if self.kind == "statement":
            return self.data["meetings"][0] if self.data["meetings"] else None
        return self.data.get("meeting")

    @property
    def dialogue(self) -> Data | None:
        """The dialogue under which it stands, as the edition prints it."""
        if self.kind == "dialogue":
            return {"id": self.data["id"], "code": self.data["code"], "name": self.data["title"]}
        return self.data.get("dialogue") or (self.meeting or {}).get("dialogue")

    @property
    def place(self) -> str | None:
        """The city, as named then, where the meeting stood that it belongs to."""
        if self.kind == "meeting":
            return next((place["city"] for place in self.data["places"] if place["city"]), None)
        return (self.meeting or {}).get("place") or None

    @property
    def issuers(self) -> list[str]:
        """The parties that issued a statement, or that a commitment binds, by name."""
        named = self.data.get("issuers") if self.kind == "statement" else self.data.get("actors")
        return [one["name"] for one in named or ()]

    @property
    def authors(self) -> list[str]:
        """Bodies that stand as author: who issued it alone, else the dialogue as one body.

        None of a statement by one party, or by others, that is not named: the dialogue did not issue it.
        """
        if self.kind in ("statement", "commitment") and len(self.issuers) == 1:
            return self.issuers
        if self.data.get("authority") in ("one_party", "third_party"):
            return self.issuers
        return [self.dialogue["name"]] if self.dialogue else []

    @property
    def institution(self) -> str | None:
        """The dialogue in whose name it was issued."""
        return self.dialogue["name"] if self.dialogue else None

    @property
    def number(self) -> str:
        """The archive's number of this exact text: 25hxwjjb@2."""
        return f"{self.pid.value}@{self.edition.number}"

    @property
    def container(self) -> str:
        return str(settings.SITE_NAME)

    @property
    def topics(self) -> list[str]:
        """What it is about, by name."""
        return list(dict.fromkeys(topic["name"] for topic in self.subjects))

    @property
    def subjects(self) -> list[Data]:
        """The topics it is about, each once: of a text or a paragraph those of its own words, in that text alone."""
        if self.is_part:
            texts, parts = filter(None, [self.cited_text]), []
        else:
            texts = self.data.get("texts", ())
            parts = [self.data, *self.data.get("agenda", ()), *self.data.get("outcomes", ())]
        paragraphs = [one for text in texts for one in text["paragraphs"]]
        parts += [one for one in paragraphs if self.paragraph in (None, one["key"])]
        return list({topic["id"]: topic for part in parts for topic in part.get("topics", ())}.values())

    @property
    def description(self) -> str:
        """One or two sentences on what it is."""
        if self.kind == "commitment":
            return str(self.data["summary"])
        parts = [self.standing if self.kind in ("meeting", "statement") else "", self.institution or ""]
        if self.kind == "statement" and self.meeting:
            parts.append(self.meeting["title"])
        parts += [self.place or "", self.issued or "" if self.kind in DATED else ""]
        return ", ".join(part for part in parts if part)

    # The words cited

    @cached_property
    def cited_text(self) -> Data | None:
        """The text that is cited: the one asked for, else that to which the paragraph, or the whole, leads."""
        return text_in(self.edition, self.text, None if self.text else self.paragraph)

    @property
    def whose(self) -> str:
        """What the words of the paragraph cited are, where they are not the issuer's own: archive’s summary."""
        return str(WHOSE[self.cited_text["kind"]]) if self.paragraph and self.cited_text else ""

    @property
    def language(self) -> str:
        """BCP 47 tag of the words: of the text cited, else of the archive's own."""
        return str(self.cited_text["language"]) if self.cited_text else "en"

    @cached_property
    def words(self) -> str | None:
        """The words of the paragraph cited; of a commitment the words quoted, if any are."""
        if self.kind == "commitment":
            return self.data["quote"] or None
        cited = paragraph_of(self.cited_text, self.paragraph)
        return cited["text"] if cited else None

    @property
    def quotable(self) -> str | None:
        """The words that its page shows first: those cited; of a commitment without a quotation our summary."""
        return self.words or (self.data["summary"] if self.kind == "commitment" else None)

    @property
    def locator(self) -> str | None:
        """The paragraph's number as a footnote gives it: its printed number, else that of its key (p4-2: 4.2)."""
        if not self.paragraph or not self.cited_text:
            return None
        return locators.locator(paragraph_of(self.cited_text, self.paragraph) or {"key": self.paragraph})
