"""Lists: filtered, counted, paged, and the same rows as JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django_filters import FilterSet

from archive import asked, filters, forms
from archive.browse import KEPT, Browsing, browsing, own_address
from archive.formats import rows as formats
from archive.formats.exports import EXPORTS, LIST_EXPORTS
from archive.formats.listed import Listed
from archive.formats.rows import RowForm
from archive.harvest.further import Further, of_list
from archive.pages.due import DuePanel
from archive.pages.respond import Rows, download, problem, respond
from archive.pages.widening import Widening
from meetings import overview
from meetings.models import Commitment, Meeting, Statement

PAGE_SIZE = 50
WHOLE = "all"
OF_LISTS = ("page", *KEPT, asked.FEED)
"""What every list understands, besides its filters."""


def listing(
    request: HttpRequest,
    template: str,
    rows: QuerySet[Any],
    row_form: RowForm,
    *,
    size: int = PAGE_SIZE,
    further: Further | None = None,
    **context: Any,
) -> HttpResponseBase:
    """`paged` in the order that the address asks for; raises BadParameter for what the list has not."""
    asked.check(request, OF_LISTS)
    browse = browsing(request, row_form)
    return paged(request, template, rows, row_form, browse, size=size, further=further, **context)


def paged(
    request: HttpRequest,
    template: str,
    rows: QuerySet[Any],
    row_form: RowForm,
    browse: Browsing,
    *,
    size: int = PAGE_SIZE,
    further: Further | None = None,
    **context: Any,
) -> HttpResponseBase:
    """A page of rows with `count` and `results`; CSV, JSON Lines and `page=all` in JSON have them all; feeds tell
    of their changes.

    A page that is not there is 404.
    """
    rows = browse.arrange(rows)
    every = Rows(row_form, rows)
    if further is None:
        title, model = row_form.name.capitalize(), rows.model
        further = of_list(request.path, title, rows, model._default_manager.ever_public)
    offered = (*forms.for_list(is_citable=row_form.is_citable), *further)
    form, number = forms.chosen(request, offered), request.GET.get("page", "1")
    is_number = number.isascii() and number.isdigit()
    is_whole = form in forms.STREAMED and (is_number or number == WHOLE)
    if form in further or is_whole:
        return respond(request, template, {}, data={}, rows=every, further=further)
    if form == "json" and number == WHOLE:
        return download(request, every, "json")
    paginator = Paginator(rows, size)
    try:
        page = paginator.page(number if is_number else "")
    except (EmptyPage, PageNotAnInteger):
        detail = _("This list has %(n)s pages.") % {"n": paginator.num_pages}
        return problem(request, 404, _("There is no such page"), detail)
    data = page_data(request, page, row_form)
    context |= {**page_context(page, data), "browse": browse, "downloads": downloads(request, row_form)}
    context["canonical"] = canonical(
        request, context.get("chips", ()), page.number if browse.is_default else 1
    )
    links = paging_links(request, page)
    return respond(request, template, context, data=data, rows=every, links=links, further=further)


def page_context(page: Page[Any], data: dict[str, Any]) -> dict[str, Any]:
    """One page of a list as templates show it."""
    count = page.paginator.count
    return {
        "page": page,
        "rows": list(zip(page, data["results"], strict=True)),
        "count": count,
        "next_page": data["next"],
        "previous_page": data["previous"],
        "listed": Listed(data["results"], count, page.start_index()),
    }


def page_data(request: HttpRequest, page: Page[Any], row_form: RowForm) -> dict[str, Any]:
    """One page of a list as JSON: its rows, how many there are of all, and where the pages beside it stand."""
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": page_address(request, page.next_page_number()) if page.has_next() else None,
        "previous": page_address(request, page.previous_page_number()) if page.has_previous() else None,
        "results": [row_form.to_row(record) for record in page],
    }


def downloads(request: HttpRequest, row_form: RowForm) -> list[tuple[str, str]]:
    """Every row of this list in each form: its name and its address."""
    query = request.GET.copy()
    query.pop("page", None)
    found = []
    names = {"csv": "CSV", "json": "JSON", "jsonl": "JSON Lines"}
    if row_form.is_citable:
        names |= {form: EXPORTS[form].label for form in LIST_EXPORTS}
    for form, name in names.items():
        one = query.copy()
        one["format"] = form
        if form == "json":
            one["page"] = WHOLE
        found.append((name, f"{request.path}?{one.urlencode()}"))
    return found


def canonical(request: HttpRequest, chips: Iterable[dict[str, str]], number: int) -> str:
    """The one address of what the page shows: its filters in the order of their form, in whatever order or density
    it is read, and which page of the list’s own order it is.
    """
    asked_for = [(one["name"], one["code"]) for one in chips] + (
        [("page", str(number))] if number > 1 else []
    )
    return f"{request.path}?{urlencode(asked_for, safe='/')}" if asked_for else request.path


def paging_links(request: HttpRequest, page: Any) -> list[str]:
    """Links to the first, previous, next and last page (RFC 8288), as programs follow them."""
    numbers = {"first": 1, "last": page.paginator.num_pages}
    if page.has_previous():
        numbers["prev"] = page.previous_page_number()
    if page.has_next():
        numbers["next"] = page.next_page_number()
    return [f'<{page_address(request, number)}>; rel="{rel}"' for rel, number in numbers.items()]


def page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"


def filtered(
    request: HttpRequest, template: str, filter_set: FilterSet, row_form: RowForm, **context: Any
) -> HttpResponseBase:
    """A filtered list; 400 with the form and its errors where the value of a filter is not understood.

    Raises BadParameter for a parameter that the list has not, or one given twice.
    """
    asked.check(request, (*filter_set.filters, *OF_LISTS))
    browse = browsing(request, row_form)
    form = filter_set.form
    if not form.is_valid():
        if forms.chosen(request, forms.LIST_FORMS) != "html":
            errors = [{"field": name, "detail": " ".join(said)} for name, said in form.errors.items()]
            detail = "; ".join(f"{error['field']}: {error['detail']}" for error in errors)
            return problem(request, 400, _("A filter is not understood"), detail, errors=errors)
        context |= {"form": form, "browse": browse, "is_refused": True}
        return respond(request, template, context, data={}, status=400)
    chips = [chip(request, form, name) for name in form.changed_data if name in request.GET]
    context |= {"form": form, "chips": chips, "widening": Widening(filter_set, chips, request.path)}
    title = "; ".join([row_form.name.capitalize(), *(f"{one['label']}: {one['value']}" for one in chips)])
    further = of_list(own_address(request), title, filter_set.qs, lambda: ever(request, filter_set))
    if forms.chosen(request, (*forms.LIST_FORMS, *further)) == "html":
        context["years"] = year_bars(request, filter_set)
    return paged(request, template, filter_set.qs, row_form, browse, further=further, **context)


def ever(request: HttpRequest, filter_set: FilterSet) -> QuerySet[Any]:
    """What the filters would show had nothing been withdrawn or merged."""
    records = filter_set._meta.model.objects.ever_public()
    kept: QuerySet[Any] = type(filter_set)(request.GET, queryset=records).qs.order_by()
    return kept


def chip(request: HttpRequest, form: Any, name: str) -> dict[str, str]:
    """A filter in words, and the address without it."""
    query = request.GET.copy()
    query.pop(name)
    query.pop("page", None)
    field, value = form.fields[name], form.cleaned_data[name]
    choices = dict(getattr(field, "choices", ()) if isinstance(value, str) else ())
    words = str(choices.get(value, value))
    remove = f"{request.path}?{query.urlencode()}" if query else request.path
    code = str(value) if isinstance(value, int) else request.GET[name].strip()
    return {"name": name, "code": code, "label": str(field.label), "value": words, "remove": remove}


def year_bars(request: HttpRequest, filter_set: FilterSet) -> list[dict[str, Any]]:
    """How many meetings each year has among what is shown, with the address that narrows to it; one query."""
    meetings = filter_set.qs if filter_set._meta.model is Meeting else None
    if meetings is None:
        return []
    bars = []
    for year, count in overview.meetings_by_year(meetings):
        query = request.GET.copy()
        for name in ("page", "since", "until"):
            query.pop(name, None)
        query["year"] = str(year)
        bars.append({"year": year, "count": count, "url": f"{request.path}?{query.urlencode()}"})
    return bars


def meetings(request: HttpRequest) -> HttpResponseBase:
    rows = Meeting.objects.public().for_list().newest_first()
    found = filters.MeetingFilter(request.GET, queryset=rows)
    return filtered(request, "meetings/meetings.html", found, formats.MEETINGS)


def commitments(request: HttpRequest) -> HttpResponseBase:
    rows = Commitment.objects.public().for_list().newest_first()
    found = filters.CommitmentFilter(request.GET, queryset=rows)
    due = DuePanel(request, found)
    form = formats.COMMITMENTS.led_by("deadline") if due.asked else formats.COMMITMENTS
    return filtered(request, "commitments/commitments.html", found, form, due=due)


def statements(request: HttpRequest) -> HttpResponseBase:
    rows = Statement.objects.public().for_list().newest_first()
    found = filters.StatementFilter(request.GET, queryset=rows)
    return filtered(request, "statements/statements.html", found, formats.STATEMENTS)


def dialogues(request: HttpRequest) -> HttpResponseBase:
    return listing(request, "dialogues/dialogues.html", overview.dialogues(), formats.DIALOGUES)


def ministers(request: HttpRequest) -> HttpResponseBase:
    return listing(request, "ministers/ministers.html", overview.ministers(), formats.MINISTERS, size=200)


def countries(request: HttpRequest) -> HttpResponseBase:
    return listing(request, "countries/countries.html", overview.countries(), formats.COUNTRIES, size=200)


def topics(request: HttpRequest) -> HttpResponseBase:
    return listing(request, "topics/topics.html", overview.topics(), formats.TOPICS, size=200)
