"""The picture of a record, 1200 by 630 pixels, in the colours of static/css/tokens.css, by light."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from archive.formats import typeface
from archive.formats.reference import DATED, Data, Reference
from archive.templatetags.archive import date_range
from archive.words import WORDS
from meetings.matrix import CAME

WIDTH, HEIGHT = 1200, 630
LONGEST_QUOTE = 200
DESIGN = 1
"""Raised when the card is drawn otherwise, so that stored ones are not taken for it."""

GROUND, SURFACE, TEXT, MUTED = "#fbfaf7", "#ffffff", "#1b1f24", "#565f6b"
ACCENT, LINE, LINK, LAPSED = "#7a1f2b", "#d8d4cb", "#0b4f8a", "#a3262a"
LEFT, RIGHT = 84, WIDTH - 72
ROOM = RIGHT - LEFT
FOOT = HEIGHT - 92


@dataclass(frozen=True)
class Words:
    """What a card says; `warning` is what must be said first: that it was cancelled, or is retracted."""

    site: str
    kind: str
    title: str
    facts: str
    parties: str
    quote: str
    address: str
    edition: str
    warning: str

    @property
    def in_one_line(self) -> str:
        """The same for those who do not see it."""
        said = [self.warning, self.kind, self.title, self.facts, self.parties, self.quote, self.address]
        return ". ".join(part for part in said if part)

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join([str(DESIGN), *astuple(self)]).encode()).hexdigest()


def words_of(reference: Reference) -> Words:
    institution = reference.institution if reference.kind in DATED else None
    when = date_range(reference.issued, reference.ended) if reference.kind in DATED else ""
    facts = [reference.place or "", when] if reference.kind in DATED else []
    if reference.locator:
        facts.append(_("paragraph %(number)s") % {"number": reference.locator})
    return Words(
        site=reference.container,
        kind=" · ".join(filter(None, [reference.genre, institution])),
        title=reference.title,
        facts=" · ".join(filter(None, facts or standing_facts(reference.data))),
        parties=", ".join(parties(reference.data)),
        quote=quoted(reference),
        address=reference.pinned_url.split("//", 1)[-1],
        edition=_("Edition %(number)s") % {"number": reference.edition.number},
        warning=warning(reference),
    )


def standing_facts(data: Data) -> list[str]:
    """What is said at once of a dialogue, country, minister or topic."""
    if data["type"] == "dialogue":
        begun = data["founded"]["date"]
        return [_("since %(date)s") % {"date": date_range(begun)}] if begun else []
    if data["type"] == "country":
        return [str(WORDS["country_kind"][data["kind"]]), data["iso_alpha3"] or ""]
    if data["type"] == "minister":
        return [data["country"]["name"], *(tenure["office"] for tenure in data["tenures"][-1:])]
    return [data["definition"]]


def parties(data: Data) -> list[str]:
    """Countries that came to a meeting, or that belong to a dialogue."""
    if data["type"] == "meeting":
        return [one["country"]["name"] for one in data["delegations"] if one["presence"] in CAME]
    return [one["country"]["name"] for one in data["members"]] if data["type"] == "dialogue" else []


def quoted(reference: Reference) -> str:
    """Words of the record in quotation marks, at most 200 characters of them."""
    words = " ".join((reference.words or "").split())
    if len(words) > LONGEST_QUOTE:
        words = words[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0].rstrip(",;:.–-") + "…"
    return f"“{words}”" if words else ""


def warning(reference: Reference) -> str:
    if reference.kind == "meeting" and reference.data["status"] not in ("held", "announced"):
        return str(WORDS["status"][reference.data["status"]]).capitalize()
    if reference.kind == "statement" and reference.data["issuer_state"] not in ("in_force", "planned"):
        return str(WORDS["issuer_state"][reference.data["issuer_state"]]).capitalize()
    return ""


def draw(words: Words) -> bytes:
    """The card as a PNG file."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    on = ImageDraw.Draw(image)
    on.rectangle((0, 0, 20, HEIGHT), fill=ACCENT)
    below = masthead(on, words)
    below = heading(on, words, below)
    if words.quote:
        quotation(on, words.quote, below)
    elif words.parties:
        participants(on, words.parties, below)
    footer(on, words)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def masthead(on: ImageDraw.ImageDraw, words: Words) -> float:
    """The archive’s name, what the record is, and a warning where one is due; returns where it ends."""
    label = typeface.width(words.warning, typeface.SANS_BOLD, 26) if words.warning else -56
    site, _whole = typeface.lines(words.site, typeface.SERIF_BOLD, 34, ROOM - label - 56, 1)
    typeface.write(on, (LEFT, 92), site[0], typeface.SERIF_BOLD, 34, ACCENT)
    if words.warning:
        on.rounded_rectangle((RIGHT - label - 36, 56, RIGHT, 104), 6, fill=LAPSED)
        at = (RIGHT - label - 18, 89)
        typeface.write(on, at, words.warning, typeface.SANS_BOLD, 26, SURFACE)
    on.line((LEFT, 124, RIGHT, 124), fill=LINE, width=2)
    kind, _whole = typeface.lines(words.kind, typeface.SANS, 28, ROOM, 1)
    typeface.write(on, (LEFT, 178), kind[0], typeface.SANS, 28, MUTED)
    return 178


def heading(on: ImageDraw.ImageDraw, words: Words, above: float) -> float:
    """The title as large as it fits, then place and date; returns where they end."""
    sizes, most = ((50, 44, 40), 2) if words.quote else ((68, 60, 52, 46, 40), 4)
    for size in sizes:
        title, whole = typeface.lines(words.title, typeface.SERIF_BOLD, size, ROOM, most)
        if whole:
            break
    y = above + 6
    for line in title:
        y += size * 1.2
        typeface.write(on, (LEFT, y), line, typeface.SERIF_BOLD, size, TEXT)
    if words.facts:
        y += 48 if words.quote else 60
        facts, _whole = typeface.lines(words.facts, typeface.SANS, 32, ROOM, 1)
        typeface.write(on, (LEFT, y), facts[0], typeface.SANS, 32, TEXT)
    return y


def participants(on: ImageDraw.ImageDraw, said: str, above: float) -> None:
    """Who met, in the room that is left above the foot."""
    most = min(2, int((FOOT - 16 - above - 24) // 40))
    found, _whole = typeface.lines(said, typeface.SANS, 28, ROOM, most) if most > 0 else ([], False)
    for number, line in enumerate(found, 1):
        typeface.write(on, (LEFT, above + 16 + 40 * number), line, typeface.SANS, 28, MUTED)


def quotation(on: ImageDraw.ImageDraw, quote: str, above: float) -> None:
    """The words quoted, beside a rule, in the room that is left above the foot."""
    for size in (32, 29, 26, 24):
        most = max(1, int((FOOT - 24 - above - 30) // (size * 1.4)))
        said, whole = typeface.lines(quote, typeface.SERIF, size, ROOM - 40, most)
        if whole:
            break
    if not whole:
        said[-1] += "”"
    top, y = above + 34, above + 28
    for line in said:
        y += size * 1.4
        typeface.write(on, (LEFT + 28, y), line, typeface.SERIF, size, TEXT)
    on.rectangle((LEFT, top, LEFT + 5, y + 10), fill=ACCENT)


def footer(on: ImageDraw.ImageDraw, words: Words) -> None:
    """The permanent address, and which edition it is of."""
    on.line((LEFT, FOOT, RIGHT, FOOT), fill=LINE, width=2)
    edition = typeface.width(words.edition, typeface.SANS, 26)
    address, _whole = typeface.lines(words.address, typeface.SANS_BOLD, 28, ROOM - edition - 40, 1)
    typeface.write(on, (LEFT, FOOT + 52), address[0], typeface.SANS_BOLD, 28, LINK)
    typeface.write(on, (RIGHT - edition, FOOT + 52), words.edition, typeface.SANS, 26, MUTED)
