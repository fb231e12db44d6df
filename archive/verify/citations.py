"""The citation doctor: each reference to this archive in a footnote, resolved and judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from archive.address import Address
from archive.formats.reference import DATED, Reference
from archive.texts import text_in
from archive.verify.continued import continued
from archive.verify.kinds import Judgement
from archive.verify.mentions import Mention, mentions
from archive.verify.near import Lost, Nearby
from archive.verify.records import Records
from archive.verify.references import Cited, Unfound, gathered, resolve
from registry.kit import diff
from registry.models import Edition, Pid

MOST = 200
BESIDE = {
    ("issuer_state", "corrected"): Judgement.CORRECTED,
    ("issuer_state", "superseded"): Judgement.SUPERSEDED_BY_ISSUER,
    ("status", "cancelled"): Judgement.CANCELLED,
    ("status", "postponed"): Judgement.POSTPONED,
}
"""What the current edition says of the record that a footnote should say too."""
Data = dict[str, Any]


@dataclass
class Opinion:
    """What is said of one reference, the gravest judgement first, and the reference to use instead.

    Where the current edition differs in what a footnote tells (`differs`), the one cited is kept, and `current` is
    offered beside it.
    """

    mention: Mention
    judgements: list[str]
    detail: str = ""
    cited: Cited | None = None
    updated: str | None = None
    current: str | None = None
    differs: list[str] = field(default_factory=list)
    words: diff.Words = field(default_factory=list)
    changed: list[diff.Change] = field(default_factory=list)
    nearest: list[Pid] = field(default_factory=list)
    tombstone: Data | None = None

    def as_data(self) -> Data:
        return {
            "written": self.mention.written,
            "judgement": self.judgements[0],
            "also": self.judgements[1:],
            "detail": self.detail,
            "record": record_data(self.cited) if self.cited else None,
            "updated": self.updated,
            "current": self.current,
            "differs": self.differs,
            "difference": [list(run) for run in self.words],
            "fields": [{"field": one.label, "then": one.old, "now": one.new} for one in self.changed],
            "nearest": [one.as_data() for one in self.nearest],
            "tombstone": self.tombstone,
        }


def record_data(cited: Cited) -> Data:
    return {
        "id": cited.pid.value,
        "title": cited.edition.data["title"],
        "edition": cited.edition.number,
        "current_edition": cited.pid.edition_number,
        "text": cited.text["segment"] if cited.text else None,
        "paragraph": cited.paragraph["key"] if cited.paragraph else None,
        "locator": locator(cited),
        "words": cited.paragraph["text"] if cited.paragraph else None,
        "permanent": cited.permanent,
        "url": cited.url,
    }


def locator(cited: Cited) -> str | None:
    """The paragraph as citations print it: by its printed number, where it has one."""
    segment, key = cited.address.text, cited.address.paragraph
    return Reference(cited.pid, cited.edition, segment, key).locator


def examine(text: str) -> Data:
    """Opinions on every reference to this archive in the text, and the text with the references updated."""
    found = list(islice(mentions(text), MOST + 1))
    opinions = opinions_on(found[:MOST])
    keep_editions_compared(opinions)
    counts = Counter(opinion.judgements[0] for opinion in opinions)
    return {
        "counts": {kind: counts[kind] for kind in Judgement.values},
        "is_more": len(found) > MOST,
        "references": [opinion.as_data() for opinion in opinions],
        "updated": updated(text, opinions),
    }


def opinions_on(found: list[Mention]) -> list[Opinion]:
    """Those on references to records of ours; a dozen queries and a few, however many references."""
    records = gathered(mention.reference for mention in found)
    ends = [(mention, end_of(mention, records)) for mention in found]
    nearby = Nearby(lost for mention, end in ends if (lost := lost_by(mention, end)))
    judgements = (judged(mention, end, records, nearby) for mention, end in ends)
    return [opinion for opinion in judgements if opinion]


def end_of(mention: Mention, records: Records) -> Cited | Unfound:
    """Where the reference leads."""
    try:
        return resolve(mention.reference, records)
    except Unfound as unfound:
        return unfound


def lost_by(mention: Mention, end: Cited | Unfound) -> Lost | None:
    """The address that leads nowhere, if it is one."""
    return Lost(end.path, mention.is_certain) if isinstance(end, Unfound) and end.path else None


def judged(mention: Mention, end: Cited | Unfound, records: Records, nearby: Nearby) -> Opinion | None:
    """None where the reference turns out to be no record of ours: a date, a word, somebody else’s path."""
    if isinstance(end, Cited):
        opinion = of_record(mention, end, records)
    else:
        lost = lost_by(mention, end)
        nearest = nearby.nearest[lost] if lost else end.nearest
        is_nothing = not (end.pid or nearest or mention.is_certain)
        if is_nothing or (lost and nearby.is_section(lost.path)):
            return None
        opinion = of_nothing(mention, end)
        opinion.nearest = nearest
    if opinion.updated == mention.written:
        opinion.updated = None
    return opinion


def keep_editions_compared(opinions: list[Opinion]) -> None:
    """An address that sets two editions of one record beside each other means both of them."""
    sides = [one for one in opinions if one.cited and one.mention.within is not None]
    beside = Counter((one.mention.within, one.cited.pid.pk) for one in sides if one.cited)
    for one in sides:
        is_earlier = Judgement.SUPERSEDED.value in one.judgements
        if one.cited and is_earlier and beside[one.mention.within, one.cited.pid.pk] > 1:
            one.updated = one.current = None
            one.differs = []
            said = _("Editions of one record stand beside each other here: they stay as they are.")
            one.detail = f"{one.detail} {said}".strip()


def of_nothing(mention: Mention, unfound: Unfound) -> Opinion:
    """What to say of a reference that leads nowhere, and what it may be replaced with."""
    kind = unfound.code if unfound.code in Judgement.values else Judgement.UNKNOWN.value
    opinion = Opinion(mention, [kind], unfound.detail)
    if unfound.tombstone:
        opinion.tombstone = unfound.tombstone.as_data()
        instead = unfound.tombstone.replaced_by
        if instead and instead.path:
            opinion.updated = mention.rewritten(instead, Address(instead.path))
    elif len(unfound.nearest) == 1:
        opinion.updated = mention.with_id(unfound.nearest[0].value)
    elif unfound.stood and unfound.pid:
        opinion.updated = mention.rewritten(unfound.pid, unfound.stood)
    return opinion


def of_record(mention: Mention, cited: Cited, records: Records) -> Opinion:
    """Everything that is to be said of a record that answers."""
    current = records.edition(cited.pid, cited.pid.edition_number) or cited.edition
    opinion = Opinion(mention, [], cited=cited)
    if current.data.get("issuer_state") == "retracted":
        opinion.judgements.append("retracted")
    if cited.is_merged:
        opinion.judgements.append("merged")
    elif current.number != cited.edition.number:
        opinion.judgements.append(of_earlier(opinion, cited, current))
    if cited.was_moved and not cited.is_merged:
        opinion.judgements.append("moved")
    opinion.judgements += [
        judgement.value for (name, value), judgement in BESIDE.items() if current.data.get(name) == value
    ]
    opinion.judgements = opinion.judgements or ["current"]
    opinion.detail = str(current.data.get("issuer_state_note", ""))
    if cited.is_merged and cited.pid.pk == cited.named.pk:
        continue_as_merged(opinion, cited, records)
    elif opinion.updated is None and (cited.was_moved or cited.is_merged):
        address = cited.address if cited.is_pinned else replace(cited.address, edition=None)
        opinion.updated = mention.rewritten(cited.pid, as_written(cited, address, cited.edition))
    return opinion


def continue_as_merged(opinion: Opinion, cited: Cited, records: Records) -> None:
    """How the record goes on as which an edition of another was merged, and where it has the words cited."""
    found = continued(cited, records)
    opinion.detail = f"{opinion.detail} {found.said}".strip()
    survivor = cited.named.survivor
    if survivor and found.address and found.edition:
        address = as_written(cited, found.address, found.edition)
        address = address if cited.is_pinned else replace(address, edition=None)
        opinion.updated = opinion.mention.rewritten(survivor, address)


def of_earlier(opinion: Opinion, cited: Cited, current: Edition) -> str:
    """What became of the words of an earlier edition: the difference, or that they are gone. The judgement."""
    address = as_written(cited, replace(cited.address, edition=current.number), current)
    if cited.paragraph is None:
        then, now = ({**one.data, "texts": words_of(one)} for one in (cited.edition, current))
        opinion.changed = diff.records(then, now)
        offer(opinion, cited, current, address)
        return Judgement.SUPERSEDED.value
    segment = cited.text["segment"] if cited.text else ""
    before, after = cited.paragraph["text"], words_of(current).get(segment, {}).get(cited.paragraph["key"])
    if after is None:
        return Judgement.PARAGRAPH_GONE.value
    opinion.words = diff.words(before, after) if before != after else []
    offer(opinion, cited, current, address)
    return Judgement.SUPERSEDED.value


def offer(opinion: Opinion, cited: Cited, current: Edition, address: Address) -> None:
    """The address in the current edition: to write instead, or beside it where the footnote would no longer be true."""
    opinion.differs = differing(cited, current)
    is_there = not cited.text or cited.text["segment"] in words_of(current)
    written = opinion.mention.rewritten(cited.pid, address) if is_there else None
    if opinion.differs:
        opinion.current = written
    else:
        opinion.updated = written


def differing(cited: Cited, current: Edition) -> list[str]:
    """What a footnote tells of the edition cited and the current one has otherwise: words, title, date, place."""
    segment, key = cited.address.text, cited.address.paragraph
    then, now = (told_by(Reference(cited.pid, one, segment, key)) for one in (cited.edition, current))
    return [name for name in then if then[name] != now[name]]


def told_by(reference: Reference) -> Data:
    """What a footnote may tell of this edition: of a paragraph its words, of a statement those of its texts."""
    data = reference.data
    words: Any = [data.get("quote"), data.get("summary")]
    if reference.paragraph:
        words = reference.words
    elif reference.kind == "statement":
        texts = words_of(reference.edition)
        words = texts.get(reference.text) if reference.text else texts
    dates = (reference.issued, reference.ended) if reference.kind in DATED else None
    return {"words": words, "title": reference.title, "date": dates, "place": reference.place}


def as_written(cited: Cited, address: Address, edition: Edition) -> Address:
    """The address in this edition, without a text that the reference did not name and that it leads to without.

    A path needs a text before a paragraph.
    """
    is_named = bool(cited.reference.text or cited.reference.path or not address.paragraph)
    named = None if is_named else text_in(edition, key=address.paragraph)
    return replace(address, text=None) if named and named["segment"] == address.text else address


def words_of(edition: Edition) -> dict[str, dict[str, str]]:
    """Each text’s paragraphs by key."""
    return {
        text["segment"]: {one["key"]: one["text"] for one in text["paragraphs"]}
        for text in edition.data.get("texts", ())
    }


def updated(text: str, opinions: list[Opinion]) -> str:
    """The text with each reference that has a better one replaced, and not a character else."""
    place = 0
    pieces: list[str] = []
    for opinion in opinions:
        if opinion.updated:
            pieces += [text[place : opinion.mention.start], opinion.updated]
            place = opinion.mention.end
    return "".join([*pieces, text[place:]])
