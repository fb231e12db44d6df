"""Logging in at the editors’ desk: a password cannot be guessed by trying very many."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import admin
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import limits
from archive.pages.respond import problem

QUARTER = 15 * 60
TRIES_OF_ADDRESS, TRIES_OF_NAME = 30, 10


def login(request: HttpRequest) -> HttpResponseBase:
    """As the admin’s, but 429 after so many tries from one address or with one name; who gets in begins anew.

    A try is counted before the password is looked at, so that many at a time are no way round.
    """
    if request.method != "POST":
        return admin.site.login(request)
    most = {
        f"login:address:{limits.address(request)}": TRIES_OF_ADDRESS,
        f"login:name:{digest(request.POST.get('username', ''))}": TRIES_OF_NAME,
    }
    over = [limits.counted(key, QUARTER) > tries for key, tries in most.items()]
    if any(over):
        return refused(request)
    response = admin.site.login(request)
    if response.status_code == 302:
        caches["counts"].delete_many(most)
    return response


def digest(name: str) -> str:
    """A name of any length and script as part of a key."""
    return sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()


def refused(request: HttpRequest) -> HttpResponseBase:
    detail = _(
        "Nobody can log in from this address, or with this name, for now. Wait %(n)s minutes;"
        " if the password is forgotten, ask an administrator to set a new one."
    )
    response = problem(request, 429, _("Too many tries to log in"), detail % {"n": QUARTER // 60})
    response["Retry-After"] = str(QUARTER)
    return response
