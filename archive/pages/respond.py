"""One answer in the form the reader asked for, with the links that programs follow."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive import forms
from archive.asked import no_other_time
from archive.formats import signposting
from archive.formats.citations import STYLES
from archive.formats.exports import EXPORTS, describing, exports_for
from archive.formats.head import Head, head_of
from archive.formats.listed import listed_in
from archive.formats.reference import Reference, references
from archive.formats.rows import RowForm
from archive.harvest.further import LABELS, Further, of_record
from registry.models import Pid

CHUNK = 500
Made = dict[str, Any] | Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Rows:
    """Every row of a list, read in pieces while they are sent; `form` says what the columns are."""

    form: RowForm
    records: Iterable[Any]
    also: Mapping[str, Callable[[], Iterable[str]]] = field(default_factory=dict)
    """Further forms of the whole, by the name of their export, each as the pieces that are sent."""

    @property
    def streamed(self) -> tuple[str, ...]:
        return (*forms.STREAMED, *self.also)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.form.to_row, self.read())

    def read(self) -> Iterator[Any]:
        records = self.records
        return records.iterator(chunk_size=CHUNK) if isinstance(records, QuerySet) else iter(records)

    def references(self) -> Iterator[Reference]:
        """What a citation of each row cites: its record at the current edition."""
        return references(self.read())


def respond(
    request: HttpRequest,
    template: str,
    context: Made,
    *,
    data: Made,
    rows: Rows | None = None,
    reference: Reference | None = None,
    status: int = 200,
    links: Iterable[str] = (),
    further: Further | None = None,
    drawing: Callable[[], str] | None = None,
) -> HttpResponseBase:
    """The page from `template` and `context`, or `data` as JSON, or `rows` (where given) as CSV, JSON Lines or
    citations, or `reference` (of a record) in one of its exports, or what follows the page (`further`): feeds, a
    calendar; or its picture alone (`drawing`), as SVG.

    `context` and `data` may be what makes them, which only the page, or JSON, asks. `context["canonical"]`, where
    given, is the path of the address that search engines keep; `links` are further values of the Link header.
    """
    if "at" in request.GET and status == 200:
        raise no_other_time()
    if reference is not None and (refused := unknown_style(request)):
        return refused
    if further is None:
        further = of_record(reference) if reference and not is_pinned(request) else {}
    offered = (*offered_forms(rows, reference), *(("svg",) if drawing else ()))
    followed = tuple(name for name in further if name not in offered)
    offered = (*offered, *followed)
    form = form_of(request, offered, status)
    if form is None:
        return unknown_form(request, offered)
    if form == "json":
        response: HttpResponseBase = as_json(made(data), status=status)
    elif form == "html":
        shown = listed_in(data) if rows is not None and isinstance(data, dict) else None
        page = framed(
            request, {"listed": shown, **made(context)}, reference, ways(request, offered[1:], followed)
        )
        response = render(request, template, page, status=status)
    elif form in followed:
        response = further[form](request)
    else:
        response = written(request, form, rows, reference, drawing)
    response["Link"] = signposting.header(
        [*links, *signposts(request, reference, form), *alternate_links(request, offered, form)]
    )
    return response


def form_of(request: HttpRequest, offered: tuple[str, ...], status: int) -> str | None:
    """Which of these is asked for, None where it is none; what is gone is gone in every form."""
    form = forms.chosen(request, offered)
    if form is None and status != 200:
        return "json" if request.GET.get("format") in forms.EVERY_FORM else "html"
    return form


def framed(
    request: HttpRequest, context: dict[str, Any], reference: Reference | None, others: dict[str, Any]
) -> dict[str, Any]:
    """The context of a page with its head, and the ways to its other forms."""
    return {**context, "head": head(request, reference, context.get("canonical", request.path)), **others}


def made(some: Made) -> dict[str, Any]:
    return some() if callable(some) else some


def written(
    request: HttpRequest,
    form: str,
    rows: Rows | None,
    reference: Reference | None,
    drawing: Callable[[], str] | None,
) -> HttpResponseBase:
    """Rows, a picture or an export of a record, whichever comes in this form."""
    if rows is not None and form in rows.streamed:
        return download(request, rows, form)
    if drawing is not None and form == "svg":
        return drawn(request, drawing())
    assert reference is not None
    return exported(request, reference, form)


def offered_forms(rows: Rows | None, reference: Reference | None) -> tuple[str, ...]:
    """The forms of a page, of the rows on it, and of the record it shows."""
    offered = (
        (*forms.for_list(is_citable=rows.form.is_citable), *rows.also)
        if rows is not None
        else ("html", "json")
    )
    return (*offered, *exports_for(reference.kind)) if reference is not None else offered


def ways(request: HttpRequest, offered: Sequence[str], followed: Sequence[str]) -> dict[str, Any]:
    """The other forms of a page as links, and what follows it: name or label, media type, address."""
    links = [(name, forms.media_type(name), form_address(request, name)) for name in offered]
    return {
        "alternates": [link for link in links if link[0] not in followed],
        "follow": [(LABELS[name], *rest) for name, *rest in links if name in followed],
    }


def drawn(request: HttpRequest, content: str) -> HttpResponse:
    """A picture to show or to keep, under a name that says what it is."""
    response = HttpResponse(content, content_type="image/svg+xml; charset=utf-8")
    name = request.path.strip("/").replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="{name}.svg"'
    return response


def not_understood(request: HttpRequest, bad: forms.BadParameter) -> HttpResponseBase:
    """400: the parameter, how it is written, the name that may be meant, and the address that does without it."""
    query = request.GET.copy()
    given = query.pop(bad.name, [])
    without = f"{request.path}?{query.urlencode()}" if query else request.path
    said = {"field": bad.name[:100], "detail": bad.message, "without": f"{settings.SITE_URL}{without}"}
    context: dict[str, Any] = {"without": without, "field": said["field"]}
    if bad.nearest:
        said["nearest"] = context["meant"] = bad.nearest
        query.setlist(bad.nearest, given[-1:])
        context["with_meant"] = f"{request.path}?{query.urlencode()}"
    title = _("A parameter is not understood")
    return problem(request, 400, title, bad.message, errors=[said], **context)


def is_pinned(request: HttpRequest) -> bool:
    """Whether the address names an edition."""
    return "@" in request.path


def is_of_edition(request: HttpRequest, reference: Reference) -> bool:
    """Whether the page is that of one edition: its address names it, or what it is of stands no more since."""
    return is_pinned(request) or not reference.is_current


def head(request: HttpRequest, reference: Reference | None, canonical: str) -> Head | None:
    """What the page says of itself to programs, where it shows a published edition and no draft."""
    if reference is None or reference.edition.pk is None:
        return None
    pinned = is_of_edition(request, reference)
    url = f"{settings.SITE_URL}{canonical}"
    return head_of(reference, describing(reference.kind), pinned=pinned, url=url)


def signposts(request: HttpRequest, reference: Reference | None, form: str) -> list[signposting.Link]:
    """The links of FAIR Signposting: the page’s own, or from one of its forms back to it."""
    if reference is None or reference.edition.pk is None:
        return []
    pinned = is_of_edition(request, reference)
    if form == "html":
        return signposting.page_links(reference, describing(reference.kind), pinned=pinned)
    return signposting.export_links(reference, form, pinned=pinned)


def as_json(data: Any, *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def exported(request: HttpRequest, reference: Reference, form: str) -> HttpResponse:
    """The record in one of its exports, under a name that says what it is; in one style where `?style=` asks."""
    export, style = EXPORTS[form], request.GET.get("style")
    written = export.write_in(reference, style) if export.write_in and style else export.write(reference)
    response = HttpResponse(written, content_type=forms.content_type(export.media_type))
    response["Content-Disposition"] = (
        f'inline; filename="{reference.short.replace("/", "-")}.{export.ending}"'
    )
    return response


def unknown_style(request: HttpRequest) -> HttpResponseBase | None:
    """400 where `?style=` names none of the styles of citations, or more than one."""
    asked = request.GET.getlist("style")
    if not asked or (len(asked) == 1 and asked[0] in STYLES):
        return None
    message = _("Citations come in these styles: %(styles)s. Name one of them, or leave “style” out.")
    detail = message % {"styles": ", ".join(STYLES)}
    title = _("There is no such style")
    return problem(request, 400, title, detail, errors=[{"field": "style", "detail": detail}])


def download(request: HttpRequest, rows: Rows, form: str) -> StreamingHttpResponse:
    """Every row, sent while it is read: memory does not grow with the list."""
    export = EXPORTS.get(form)
    pieces: Iterable[str]
    if form in rows.also:
        pieces, kind = rows.also[form](), forms.content_type(forms.media_type(form))
    elif export and export.write_many:
        pieces, kind = export.write_many(rows.references()), forms.content_type(export.media_type)
    else:
        pieces = {"csv": csv_lines, "jsonl": json_lines, "json": json_pieces}[form](rows)
        kind = "text/csv; charset=utf-8; header=present" if form == "csv" else forms.MEDIA_TYPES[form]
    response = StreamingHttpResponse(pieces, content_type=kind)
    name = request.path.strip("/").replace("/", "-") or "dialogues"
    response["Content-Disposition"] = f'attachment; filename="{name}.{export.ending if export else form}"'
    return response


def csv_lines(rows: Rows) -> Iterator[str]:
    """RFC 4180: CRLF line ends, quotes doubled, a header line; UTF-8."""
    line = Line()
    writer = csv.DictWriter(line, rows.form.header)
    writer.writeheader()
    yield line.text
    for row in rows:
        writer.writerow(row)
        yield line.text


class Line:
    """A file that keeps the last thing written to it."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def json_lines(rows: Rows) -> Iterator[str]:
    """jsonlines.org: a JSON object a line, UTF-8."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def json_pieces(rows: Rows) -> Iterator[str]:
    """`results` with every row, then their `count`."""
    yield '{"results": ['
    count = 0
    for row in rows:
        yield (",\n" if count else "\n") + json.dumps(row, ensure_ascii=False)
        count += 1
    yield f'\n], "count": {count}}}\n'


def unknown_form(request: HttpRequest, offered: Sequence[str]) -> HttpResponseBase:
    """400: this address does not come in the form that was asked for."""
    message = _("This address comes as %(forms)s. Change “format” in the address, or leave it out.") % {
        "forms": ", ".join(offered)
    }
    return problem(request, 400, _("That form is not offered here"), message)


def problem(
    request: HttpRequest,
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[dict[str, str]] = (),
    nearest: Sequence[Pid] = (),
    **context: Any,
) -> HttpResponseBase:
    """A page, or problem details (RFC 9457), that says what went wrong and what to do.

    `errors` name each `field` that is at fault with its `detail`; `nearest` are the records that may be meant.
    """
    if forms.chosen(request, forms.LIST_FORMS) not in ("html", None):
        data: dict[str, Any] = {"type": "about:blank", "status": status, "title": title, "detail": detail}
        data |= {"errors": list(errors)} if errors else {}
        data |= {"nearest_records": [pid.as_data() for pid in nearest]} if nearest else {}
        response = as_json(data, status=status)
        response["Content-Type"] = "application/problem+json"
        return response
    context |= {"title": title, "detail": detail, "nearest": nearest}
    return render(request, "problem.html", context, status=status)


def form_address(request: HttpRequest, form: str) -> str:
    """This address in another form, its query kept; what follows it is the same in whatever order it is read."""
    query = request.GET.copy()
    query["format"] = form
    follows = form in forms.FURTHER_TYPES
    for name in (
        *(("page",) if follows or form in forms.STREAMED else ()),
        *(("sort",) if follows else ()),
        *("density", "groups"),
    ):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}"


def alternate_links(request: HttpRequest, offered: Sequence[str], form: str) -> list[str]:
    """Alternate forms (RFC 8288); media types of the forms not chosen."""
    return [
        f'<{form_address(request, name)}>; rel="alternate"; type="{forms.media_type(name)}"'
        for name in offered
        if name != form
    ]
