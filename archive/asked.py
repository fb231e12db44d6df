"""Parameters of an address read strictly: what is not understood is refused by name, with the way out.

An empty value asks for nothing, as a form sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.forms import ADDED_BY_OTHERS, BadParameter
from registry.kit import edtf
from registry.kit.years import FIRST_YEAR, LAST_YEAR, year_of

ALWAYS = ("format",)
"""The form of any page."""
FEED = "before"
"""An older page of the feed that follows a page."""
LONGEST, SHOWN = 200, 100
Page = Callable[..., HttpResponseBase]


def check(request: HttpRequest, once: Iterable[str], repeated: Iterable[str] = ()) -> None:
    """Raise BadParameter for a name the page does not know, or one given more than once that may not be.

    What other sites add to the links they share is passed over.
    """
    repeated = tuple(repeated)
    known = sorted({*ALWAYS, *once, *repeated})
    for name, values in request.GET.lists():
        if name.startswith(ADDED_BY_OTHERS):
            continue
        if name == "at":
            raise no_other_time()
        if name not in known:
            raise unknown(name, known)
        if len(values) > 1 and name not in repeated:
            raise given_twice(name)


def given_twice(name: str) -> BadParameter:
    return BadParameter(name, _("“%(name)s” was given more than once; give it once.") % {"name": name})


def no_value(name: str, value: str, allowed: Collection[str]) -> BadParameter:
    """What is said of a value that is none of these."""
    said = _("“%(value)s” is no value of “%(name)s”; there are: %(allowed)s.")
    shown = ", ".join(allowed) if len(allowed) <= 40 else _("those the page offers")
    return BadParameter(name, said % {"value": value[:SHOWN], "name": name, "allowed": shown})


def unknown(name: str, known: list[str]) -> BadParameter:
    """What is said of a parameter that is none of these, with the one that may be meant."""
    said = {"name": name[:SHOWN], "known": ", ".join(known)}
    message = _("This page knows no “%(name)s”; it knows: %(known)s.") % said
    nearest = next(iter(get_close_matches(name[:SHOWN].lower(), known, n=1)), "")
    if nearest:
        message = f"{message} {_('Did you mean “%(nearest)s”?') % {'nearest': nearest}}"
    return BadParameter(name, message, nearest)


def no_other_time() -> BadParameter:
    """What is said where `?at=` reaches a page that does not stand in editions: histories, lists, series."""
    detail = _(
        "This page tells what stands today. A record’s own address leads to the edition that stood at another"
        " time: /ca-jad/2022/fm-9/?at=2024-05-01. Leave “at” out here."
    )
    return BadParameter("at", detail)


def knowing(*once: str) -> Callable[[Page], Page]:
    """A page that refuses every parameter but these, each given once."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def answer(request: HttpRequest, *segments: Any, **named: Any) -> HttpResponseBase:
            check(request, once)
            return page(request, *segments, **named)

        return answer

    return decorate


def codes(request: HttpRequest, name: str, allowed: Collection[str]) -> list[str]:
    """The values given, each once. Raises BadParameter for one that is not allowed."""
    given = [value for value in dict.fromkeys(request.GET.getlist(name)) if value]
    for value in given:
        if value not in allowed:
            raise no_value(name, value, allowed)
    return given


def code(request: HttpRequest, name: str, allowed: Collection[str], default: str = "") -> str:
    return next(iter(codes(request, name, allowed)), default)


def year(request: HttpRequest, name: str) -> int | None:
    """A year in the digits 0 to 9. Raises BadParameter."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if written := year_of(value):
        return written
    bounds = {"name": name, "first": FIRST_YEAR, "last": LAST_YEAR}
    raise BadParameter(name, _("Write “%(name)s” as a year of %(first)s to %(last)s: 2010.") % bounds)


def date(request: HttpRequest, name: str) -> str:
    """A day, a month or a year (EDTF level 0), or empty. Raises BadParameter."""
    value = request.GET.get(name, "").strip()
    if value and not (value.isascii() and edtf.is_valid(value)):
        said = _("Write “%(name)s” as a day, a month or a year: 2010-08-07, 2010-08 or 2010.")
        raise BadParameter(name, said % {"name": name})
    return value


def words(request: HttpRequest, name: str) -> str:
    """A few words, or empty. Raises BadParameter."""
    value = request.GET.get(name, "").strip()
    if len(value) > LONGEST:
        said = _("“%(name)s” is longer than %(n)s characters.")
        raise BadParameter(name, said % {"name": name, "n": LONGEST})
    return value
