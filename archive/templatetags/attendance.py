"""What the pages of attendance print: short names of meetings, marks in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from archive.words import WORDS
from meetings.matrix import Cell, Totals
from meetings.models import Designation
from registry.kit.ordinals import ordinal_words

register = template.Library()


@register.filter
def short_name(meeting: Any) -> str:
    """A meeting at the head of a column, above its year: 9th; special; 9 Aug where it has no number."""
    if meeting.ordinal:
        return ordinal_words(meeting.ordinal)
    if meeting.designation in (Designation.SPECIAL, Designation.INFORMAL):
        return str(meeting.get_designation_display())
    if not meeting.start or len(meeting.start) < 7:
        return "–"
    month = str(MONTHS_3[int(meeting.start[5:7])]).capitalize()
    return f"{int(meeting.start[8:])} {month}" if len(meeting.start) > 7 else month


@register.filter
def said(cell: Cell) -> str:
    """A cell in words: guest, deputy minister, in place of the foreign minister, chair."""
    words = [str(WORDS["rank"].get(cell.mark) or WORDS["presence"][cell.mark])]
    if cell.is_guest:
        words.insert(0, str(WORDS["capacity"][cell.capacity]))
    if cell.has_come and cell.in_place_of:
        words.append(_("in place of %(whom)s") % {"whom": cell.in_place_of})
    if cell.presiding:
        words.append(str(WORDS["presiding"][cell.presiding]))
    return ", ".join(words)


@register.filter
def chair_letter(presiding: str) -> str:
    """The letter beside the mark of who presided: C, H."""
    return {"chair": "C", "co_chair": "C", "host": "H", "co_host": "H"}.get(presiding, "")


@register.filter
def short_words(presence: str) -> str:
    """A presence at the head of a narrow column."""
    short = {"represented": _("represented"), "not_held": _("not held")}
    return short.get(presence) or str(WORDS["presence"][presence])


@register.filter
def of_presence(totals: Totals, presence: str) -> int:
    return totals.presence(presence)


@register.filter
def of_rank(totals: Totals, rank: str) -> int:
    return totals.rank(rank)
