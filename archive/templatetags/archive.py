"""What templates need beyond Django: addresses of records, dates and words for coded values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.fieldwords import in_words
from archive.formats.languages import language_name
from archive.pictures.marks import Mark, mark_of
from archive.words import WORDS
from registry.kit import edtf, locators, segments
from registry.kit.ordinals import ordinal_words
from registry.models import Pid, record_models, support_of

register = template.Library()


def date_range(start: str | None, end: str | None = None) -> str:
    """Partial dates in the reader's language."""
    return edtf.display(start, end, months=list(MONTHS.values()), unknown=_("date not known"))


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """The value under the key, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def address(pid: str, links: dict[str, Pid]) -> str:
    """Where the record with this pid is found today; its permanent address where the page did not look."""
    entry = links.get(pid) if links else None
    return entry.get_absolute_url() if entry else f"/id/{pid}"


@register.filter
def is_public(pid: str, links: dict[str, Pid]) -> bool:
    """Whether the record can be linked: it stands in public, or stood and is redirected."""
    entry = links.get(pid) if links else None
    return entry is None or entry.was_published


@register.filter
def title_of(pid: str, links: dict[str, Pid]) -> str:
    """What the record with this pid is called today."""
    entry = links.get(pid) if links else None
    return entry.title if entry else pid


@register.filter
def mark_words(mark: str) -> str:
    """A matrix mark in words: a rank, or how the country was not there."""
    return str(WORDS["rank"].get(mark) or WORDS["presence"].get(mark, mark))


@register.filter
def dates(record: dict[str, Any]) -> str:
    """A record's start and end in words."""
    return date_range(record.get("start"), record.get("end"))


@register.filter
def date_words(value: str | None) -> str:
    """One partial date in words."""
    return date_range(value)


@register.filter
def is_past(value: str, today: date) -> bool:
    """Whether every day that a partial date may mean lies before today."""
    return edtf.is_past(value, today)


@register.filter
def meeting_dates(meeting: Any) -> str:
    """A meeting's dates in words."""
    return date_range(meeting.start, meeting.end)


@register.filter
def ordinal(number: int) -> str:
    return ordinal_words(number)


@register.filter
def shifted(number: float, by: float) -> str:
    """A coordinate of a drawing moved along."""
    return f"{number + by:g}"


@register.filter
def intcomma(number: int) -> str:
    return f"{number:,}"


@register.filter
def weekday(value: str | None) -> str:
    number = edtf.weekday(value)
    return "" if number is None else str(WEEKDAYS[number])


@register.filter
def words(code: str | None, kind: str) -> str:
    """A coded value in words: `"chair"|words:"presiding"`."""
    return str(WORDS[kind].get(code or "", code or ""))


@register.filter
def field_words(label: str) -> str:
    """What differs in words: `"issuer_state"|field_words`."""
    return in_words(label)


@register.filter
def kind_words(kind: str) -> str:
    """The kind of a record in words."""
    model = record_models().get(kind)
    return str(model._meta.verbose_name) if model else kind


@register.filter
def occurring(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Names with their counts, without those of which there are none."""
    return [(name, count) for name, count in counts.items() if count]


@register.filter
def symbol(code: str | None, kind: str) -> str:
    """The mark that goes with a coded value, never without its word."""
    return SYMBOLS[kind].get(code or "", "")


SYMBOLS: dict[str, dict[str, str]] = {
    "certainty": {"verified": "●", "inferred": "◐", "unverified": "○"},
    "strength": {
        "pledges": "◆",
        "agrees": "●",
        "intends": "◕",
        "affirms": "◑",
        "supports": "◔",
        "welcomes": "◌",
        "notes": "○",
        "discussed": "◦",
    },
    "mark": {
        "new": "＋",
        "same": "＝",
        "strengthened": "▲",
        "softened": "▽",
        "dropped": "✕",
        "undated": "?",
        "nothing": "○",
        "no_text": "◌",
    },
    "rank": {
        "head": "★",
        "minister": "●",
        "deputy": "◐",
        "ambassador": "▲",
        "envoy": "◆",
        "official": "■",
        "other": "□",
        "unknown": "◍",
        "absent": "✕",
        "guest": "◇",
        "expected": "◷",
        "not_recorded": "○",
        "not_held": "‖",
    },
    "tenure": {
        "throughout": "●",
        "partly": "◕",
        "year": "◐",
        "month": "◐",
        "start": "◔",
        "undated": "○",
        "not_known": "○",
        "now": "◷",
        "not_known_now": "○",
    },
    "asserted_by": {"source": "■", "archive": "□"},
    "support": {"official": "●", "several": "◕", "single": "◑", "general": "○"},
    "verdict": {
        "exact": "●",
        "same": "◕",
        "differs": "◐",
        "joined": "◑",
        "not_found": "○",
        "withdrawn": "✕",
        "too_short": "◌",
    },
    "issuer_state": {"planned": "◷", "corrected": "◐", "retracted": "✕", "superseded": "↷"},
    "judgement": {
        "current": "●",
        "superseded": "◐",
        "moved": "↷",
        "merged": "↷",
        "retracted": "✕",
        "corrected": "◐",
        "superseded_by_issuer": "↷",
        "cancelled": "✕",
        "postponed": "‖",
        "withdrawn": "✕",
        "mistyped": "○",
        "paragraph_gone": "◑",
        "unknown": "○",
    },
    "status": {"announced": "◷", "held": "●", "postponed": "‖", "rescheduled": "↷", "cancelled": "✕"},
}


@register.simple_tag
def refs(keys: list[str], numbers: dict[str, int]) -> SafeString:
    """Links to the numbered sources of the page."""
    found = sorted((numbers[key], key) for key in keys if key in numbers)
    links = format_html_join(
        "",
        '<a href="#s{}" aria-label="{}">{}</a>',
        ((n, _("Source %(n)s") % {"n": n}, n) for n, _key in found),
    )
    return format_html('<span class="refs">{}</span>', links) if found else SafeString("")


@register.simple_tag
def certainty_mark(fact: dict[str, Any]) -> SafeString:
    """How sure a fact is, where it was not read in a source: mark, word and confidence."""
    code = fact.get("certainty", "verified")
    if code == "verified":
        return SafeString("")
    confidence = WORDS["confidence"].get(fact.get("confidence") or "")
    said = f"{WORDS['certainty'][code]}, {confidence}" if confidence else str(WORDS["certainty"][code])
    return format_html('<span class="certainty {}">{} {}</span>', code, SYMBOLS["certainty"][code], said)


@register.simple_tag
def support_mark(record: dict[str, Any]) -> SafeString:
    """What a record rests on, from its own sources and their kinds."""
    kinds = {source["key"]: source["kind"] for source in record["cited_sources"]}
    code = str(support_of([kinds[key] for key in record["sources"]]))
    said = _("Rests on %(what)s") % {"what": WORDS["support"][code]}
    return format_html(
        '<span class="certainty support-{}">{} {}</span>', code, SYMBOLS["support"][code], said
    )


LABELS = 7
"""As many years as stand side by side beneath a histogram on a phone."""


@register.simple_tag
def bars(years: list[dict[str, Any]]) -> dict[str, Any]:
    """A histogram's geometry in a box of 1000 by 100: one bar a year, each with its link."""
    most = max((year["count"] for year in years), default=1) or 1
    width = 1000 / max(len(years), 1)
    return {
        "bars": [
            {
                **year,
                "x": f"{place * width:.1f}",
                "width": f"{width * 0.78:.1f}",
                "full": f"{width:.1f}",
                "y": f"{96 - 92 * year['count'] / most:.1f}",
                "height": f"{92 * year['count'] / most:.1f}",
            }
            for place, year in enumerate(years)
        ],
        "most": most,
        "axis": [
            (years[place]["year"], f"{(place + 0.39) * 100 / len(years):.2f}%") for place in labelled(years)
        ],
    }


def labelled(years: list[dict[str, Any]]) -> list[int]:
    """The places of the bars whose year is written beneath: the first, the last, round ones that have room between."""
    last = len(years) - 1
    gap = -(-len(years) // LABELS)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step >= gap)
    round_ones = [
        place
        for place, year in enumerate(years)
        if int(year["year"]) % step == 0 and gap <= place <= last - gap
    ]
    return sorted({0, *round_ones, last}) if years else []


@register.simple_tag
def mark(meeting: Any) -> Mark:
    """What is held of a meeting that was loaded with its counts: outcomes, an agenda alone, or nothing."""
    return mark_of(meeting)


@register.simple_tag
def strength_scale() -> list[tuple[str, str]]:
    """The archive’s scale of strength, the strongest first: code and word."""
    return [(code, str(words)) for code, words in WORDS["strength"].items()]


@register.filter
def locator(paragraph: dict[str, Any]) -> str:
    """A paragraph’s number, the same on every page and in citations."""
    return locators.locator(paragraph)


@register.filter
def own_number(key: str) -> str:
    """The number that a paragraph’s key says: 4 of p4."""
    return locators.own_number(key)


@register.filter
def whose_number(number: str | None, key: str | None) -> str:
    """Whose number it is, where the issuer’s is not that of the paragraph’s address."""
    if not (number and key) or number == locators.own_number(key):
        return ""
    return _("the issuer’s number, ours is %(own)s") % {"own": locators.own_number(key)}


@register.filter
def lang(segment: str) -> str:
    """The language of a text's segment: `en-x-summary` is English."""
    return segments.language_of(segment)


@register.filter
def text_named(segment: str) -> str:
    """A text's segment in words: Japanese, English (summary of this archive)."""
    name = language_name(lang(segment))
    return name if lang(segment) == segment else f"{name} ({WORDS['text']['summary']})"
