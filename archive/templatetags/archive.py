"""What templates need beyond Django: addresses of records, dates and words for coded values."""

from __future__ import annotations

from typing import Any

from django import template

from archive.words import WORDS
from registry.kit import edtf
from registry.models import Pid

register = template.Library()


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
def dates(record: dict[str, Any]) -> str:
    """A record's start and end in words."""
    return edtf.display(record.get("start"), record.get("end"))


@register.filter
def date(value: str | None) -> str:
    """One partial date in words."""
    return edtf.display(value)


@register.filter
def weekday(value: str | None) -> str:
    return edtf.weekday(value)


@register.filter
def words(code: str | None, kind: str) -> str:
    """A coded value in words: `"chair"|words:"presiding"`."""
    return str(WORDS[kind].get(code or "", code or ""))


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
        "discussed": "·",
    },
    "rank": {
        "head": "★",
        "minister": "●",
        "deputy": "◐",
        "ambassador": "▲",
        "envoy": "◆",
        "official": "■",
        "other": "□",
        "unknown": "◌",
        "absent": "✕",
        "guest": "◇",
        "expected": "◷",
        "not_recorded": "○",
    },
    "status": {"announced": "◷", "held": "●", "postponed": "‖", "rescheduled": "↷", "cancelled": "✕"},
}
