"""What is answered where nothing stands."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.pages.respond import problem


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404 in the form asked for, with ways on."""
    return problem(
        request,
        404,
        _("We cannot find that address"),
        _(
            "Nothing stands here, and nothing public ever did. A public address of this archive never goes away."
        ),
        find=True,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return problem(request, 400, _("That request is not understood"), _("Check the address and try again."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return problem(request, 403, _("That is not open to you"), _("Sign in with an account that may do this."))
