"""Parameters of an address read strictly: what is not understood is refused by name, with the way out.

An empty value asks for nothing, as a form sends it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.filters import FIRST_YEAR, LAST_YEAR
from archive.forms import BadParameter
from archive.pages.respond import problem
from registry.kit import edtf

ALWAYS = ("format", "before")
"""The form of any page, and the page of its feed."""
LONGEST = 200


def check(request: HttpRequest, once: Iterable[str], repeated: Iterable[str] = ()) -> None:
    """Raise BadParameter for a name the page does not know, or one given more than once that may not be."""
    known = {*ALWAYS, *once, *repeated}
    for name, values in request.GET.lists():
        if name not in known:
            said = _("This page knows no “%(name)s”; it knows: %(known)s.")
            raise BadParameter(name[:100], said % {"name": name[:100], "known": ", ".join(sorted(known))})
        if len(values) > 1 and name not in repeated:
            raise BadParameter(name, _("“%(name)s” was given more than once.") % {"name": name})


def codes(request: HttpRequest, name: str, allowed: Collection[str]) -> list[str]:
    """The values given, each once. Raises BadParameter for one that is not allowed."""
    given = [value for value in dict.fromkeys(request.GET.getlist(name)) if value]
    for value in given:
        if value not in allowed:
            said = _("“%(value)s” is no value of “%(name)s”; there are: %(allowed)s.")
            shown = ", ".join(allowed) if len(allowed) <= 40 else _("those the page offers")
            raise BadParameter(name, said % {"value": value[:100], "name": name, "allowed": shown})
    return given


def code(request: HttpRequest, name: str, allowed: Collection[str], default: str = "") -> str:
    return next(iter(codes(request, name, allowed)), default)


def year(request: HttpRequest, name: str) -> int | None:
    """A year in the digits 0 to 9. Raises BadParameter."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if len(value) == 4 and value.isascii() and value.isdigit() and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value)
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


def refused(request: HttpRequest, bad: BadParameter) -> HttpResponseBase:
    """400, naming the parameter."""
    errors = [{"field": bad.name, "detail": bad.message}]
    return problem(request, 400, _("A parameter is not understood"), bad.message, errors=errors)
