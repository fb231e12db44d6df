"""One answer in the form the reader asked for, with the links that programs follow."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive import forms

Rows = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""A table's header and its rows."""


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    data: dict[str, Any],
    rows: Rows | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page from `template` and `context`, or `data` as JSON, or `rows` (where given) as CSV.

    `context["canonical"]`, where given, is the path of the address that search engines keep.
    """
    offered = ("html", "json", "csv") if rows is not None else ("html", "json")
    form = forms.chosen(request, offered)
    if form is None:
        return unknown_form(request, offered)
    if form == "json":
        response: HttpResponse = as_json(data, status=status)
    elif form == "csv" and rows is not None:
        response = as_csv(rows, name=request.path.strip("/").replace("/", "-") or "dialogues")
    else:
        alternates = [(name, forms.MEDIA_TYPES[name], form_address(request, name)) for name in offered[1:]]
        response = render(request, template, {**context, "alternates": alternates}, status=status)
    response["Link"] = _link_header(request, offered, form)
    return response


def as_json(data: Any, *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def as_csv(rows: Rows, *, name: str) -> HttpResponse:
    """RFC 4180: CRLF line ends, quotes doubled, a header line; UTF-8."""
    header, lines = rows
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(lines)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def unknown_form(request: HttpRequest, offered: Sequence[str]) -> HttpResponse:
    """400: this address does not come in the form that was asked for."""
    message = _("This address comes as %(forms)s. Change “format” in the address, or leave it out.") % {
        "forms": ", ".join(offered)
    }
    return problem(request, 400, _("That form is not offered here"), message)


def problem(request: HttpRequest, status: int, title: str, detail: str, **context: Any) -> HttpResponse:
    """A page, or problem details (RFC 9457), that says what went wrong and what to do."""
    if forms.chosen(request) == "json":
        response: HttpResponse = as_json({"status": status, "title": title, "detail": detail}, status=status)
        response["Content-Type"] = "application/problem+json"
        return response
    return render(request, "problem.html", {"title": title, "detail": detail, **context}, status=status)


def form_address(request: HttpRequest, form: str) -> str:
    """This address in another form, its query kept."""
    query = request.GET.copy()
    query["format"] = form
    query.pop("page", None) if form == "csv" else None
    return f"{request.path}?{query.urlencode()}"


def _link_header(request: HttpRequest, offered: Sequence[str], form: str) -> str:
    """Alternate forms (RFC 8288); media types of the forms not chosen."""
    others = [name for name in offered if name != form]
    return ", ".join(
        f'<{form_address(request, name)}>; rel="alternate"; type="{forms.MEDIA_TYPES[name]}"'
        for name in others
    )
