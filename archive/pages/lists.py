"""Lists: filtered, counted, paged, and the same rows as JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_filters import FilterSet

from archive import filters, forms
from archive.formats import rows as formats
from archive.pages.respond import Rows, problem, respond
from meetings import overview
from meetings.models import Commitment, Meeting, Statement

PAGE_SIZE = 50
ToRow = Callable[[Any], dict[str, Any]]


def listing(
    request: HttpRequest,
    template: str,
    rows: QuerySet[Any],
    to_row: ToRow,
    *,
    size: int = PAGE_SIZE,
    **context: Any,
) -> HttpResponse:
    """A page of rows with `count` and `results`; CSV has them all. A page that is not there is 404."""
    if forms.chosen(request, tuple(forms.MEDIA_TYPES)) == "csv":
        return respond(request, template, {}, data={}, rows=table(rows, to_row))
    paginator = Paginator(rows, size)
    try:
        page = paginator.page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger):
        return problem(
            request,
            404,
            _("There is no such page"),
            _("This list has %(n)s pages.") % {"n": paginator.num_pages},
        )
    results = [to_row(record) for record in page]
    data = {
        "count": paginator.count,
        "page": page.number,
        "pages": paginator.num_pages,
        "next": page_address(request, page.next_page_number()) if page.has_next() else None,
        "previous": page_address(request, page.previous_page_number()) if page.has_previous() else None,
        "results": results,
    }
    context |= {
        "page": page,
        "rows": list(zip(page, results, strict=True)),
        "count": paginator.count,
        "next_page": data["next"],
        "previous_page": data["previous"],
        "canonical": request.path,
    }
    return respond(request, template, context, data=data, rows=((), ()))


def table(rows: Iterable[Any], to_row: ToRow) -> Rows:
    """Header and values of every row, read in pieces."""
    found = [to_row(record) for record in rows]
    header = list(found[0]) if found else ["id", "title", "url"]
    return header, ([row[name] for name in header] for row in found)


def page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"


def filtered(
    request: HttpRequest, template: str, filter_set: FilterSet, to_row: ToRow, **context: Any
) -> HttpResponse:
    """A filtered list; 400 with the form and its errors where a filter is not understood."""
    form = filter_set.form
    if not form.is_valid():
        if forms.chosen(request) == "json":
            detail = "; ".join(f"{name}: {' '.join(errors)}" for name, errors in form.errors.items())
            return problem(request, 400, _("A filter is not understood"), detail)
        return respond(
            request, template, {"form": form, "canonical": request.path, **context}, data={}, status=400
        )
    chips = [chip(request, form, name) for name in form.changed_data if name in request.GET]
    context |= {"form": form, "chips": chips, "years": year_bars(request, filter_set)}
    return listing(request, template, filter_set.qs, to_row, **context)


def chip(request: HttpRequest, form: Any, name: str) -> dict[str, str]:
    """A filter in words, and the address without it."""
    query = request.GET.copy()
    query.pop(name)
    query.pop("page", None)
    field, value = form.fields[name], form.cleaned_data[name]
    choices = dict(getattr(field, "choices", ()) if isinstance(value, str) else ())
    words = str(choices.get(value, value))
    remove = f"{request.path}?{query.urlencode()}" if query else request.path
    return {"label": str(field.label), "value": words, "remove": remove}


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


def meetings(request: HttpRequest) -> HttpResponse:
    rows = Meeting.objects.public().for_list().newest_first()
    found = filters.MeetingFilter(request.GET, queryset=rows)
    return filtered(request, "meetings/meetings.html", found, formats.meeting_row)


def commitments(request: HttpRequest) -> HttpResponse:
    rows = Commitment.objects.public().for_list().newest_first()
    found = filters.CommitmentFilter(request.GET, queryset=rows)
    return filtered(request, "commitments/commitments.html", found, formats.commitment_row)


def statements(request: HttpRequest) -> HttpResponse:
    rows = Statement.objects.public().for_list().newest_first()
    found = filters.StatementFilter(request.GET, queryset=rows)
    return filtered(request, "statements/statements.html", found, formats.statement_row)


def dialogues(request: HttpRequest) -> HttpResponse:
    return listing(request, "dialogues/dialogues.html", overview.dialogues(), formats.dialogue_row)


def ministers(request: HttpRequest) -> HttpResponse:
    return listing(request, "ministers/ministers.html", overview.ministers(), formats.minister_row, size=200)


def countries(request: HttpRequest) -> HttpResponse:
    return listing(request, "countries/countries.html", overview.countries(), formats.country_row, size=200)


def topics(request: HttpRequest) -> HttpResponse:
    return listing(request, "topics/topics.html", overview.topics(), formats.topic_row, size=200)
