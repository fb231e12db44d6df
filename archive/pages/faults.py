"""What goes wrong where texts are pasted or looked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import accept, forms
from archive.pages.respond import as_json, problem


def fault(
    request: HttpRequest, status: int, title: str, detail: str, errors: list[Any] | None = None
) -> HttpResponseBase:
    """A problem; as JSON for who sent JSON, though the request may accept anything."""
    response = problem(request, status, title, detail, errors=errors or [])
    if request.content_type == "application/json" and not is_page_wanted(request):
        data = {"type": "about:blank", "status": status, "title": title, "detail": detail}
        response = as_json({**data, "errors": errors or []}, status=status)
        response["Content-Type"] = "application/problem+json"
    return response


def not_ready(request: HttpRequest, left: int) -> HttpResponseBase:
    """503: what is said of an index that lacks the words of `left` records would be wrong."""
    detail = _("The words of %(n)s records are still being indexed. Try again in a minute.") % {"n": left}
    response = fault(request, 503, _("Not ready yet"), detail)
    response["Retry-After"] = "60"
    return response


def is_page_wanted(request: HttpRequest) -> bool:
    types = [forms.media_type(form) for form in ("json", "html")]
    return accept.preferred(request.headers.get("Accept", "*/*"), types) == types[1]
