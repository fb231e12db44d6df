"""Search: every record, paragraph and item, narrowed by facets, at an address that says it all."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive import forms
from archive.formats import hits
from archive.formats.listed import Listed
from archive.harvest.further import LABELS, of_search
from archive.pages.respond import Rows, download, problem, respond
from archive.search import examples, marking
from archive.search.find import PAGE_SIZE, Found, find
from archive.search.state import EVERY_PAGE, BadValue, Places, State, canonical, located, read


def search(request: HttpRequest) -> HttpResponseBase:
    """What is found for `?q=` and the facets chosen; the help where nothing is asked."""
    state, bad = read(request.GET)
    places, nowhere = located(state)
    state = canonical(state, places)
    if bad or nowhere:
        return refused(request, state, places, [*bad, *nowhere])
    if is_elsewhere(request, state):
        return redirect(state.own_address)
    if state.is_empty and state.page == 1:
        return start(request, state)
    found = find(state, places)
    if state.page > found.pages:
        said = _("This search has %(n)s pages.") % {"n": found.pages}
        return problem(request, 404, _("There is no such page"), said)
    return results(request, found)


def is_elsewhere(request: HttpRequest, state: State) -> bool:
    """Whether the state has another address than this one; a form asked for by name stays where it is asked."""
    return "format" not in request.GET and request.get_full_path() != state.own_address


def refused(request: HttpRequest, state: State, places: Places, bad: list[BadValue]) -> HttpResponseBase:
    """400: what of the address is not understood; to readers with what the rest of it finds."""
    if forms.chosen(request, (*forms.LIST_FORMS, *LABELS)) not in ("html", None):
        errors = [{"field": one.name, "detail": one.message} for one in bad]
        detail = " ".join(f"{one.name}: {one.message}" for one in bad)
        return problem(request, 400, _("A filter is not understood"), detail, errors=errors)
    state = state.on_page(1)
    context = beginning(state) if state.is_empty else page(find(state, places))
    context["refused"] = [hits.refused(one) for one in bad]
    template = "search/start.html" if state.is_empty else "search/results.html"
    return respond(request, template, context, data={}, status=400, further={})


def start(request: HttpRequest, state: State) -> HttpResponseBase:
    """What can be searched and how, with examples that find something."""
    context = beginning(state)
    data = {"count": 0, "results": [], "examples": [one.as_data() for one in context["examples"]]}
    return respond(request, "search/start.html", context, data=data)


def beginning(state: State) -> dict[str, Any]:
    """All that the page shows before anything is asked."""
    return {
        "state": state,
        "examples": examples.tried(),
        "kinds": examples.kinds(),
        "canonical": "/search/",
    }


def results(request: HttpRequest, found: Found) -> HttpResponseBase:
    rows, further = Rows(hits.HITS, hits.every(found)), of_search(found)
    form = forms.chosen(request, (*forms.for_list(is_citable=False), *further))
    if form in (*forms.STREAMED, *further):
        return respond(request, "search/results.html", {}, data={}, rows=rows, further=further)
    if form == "json" and request.GET.get("page") == EVERY_PAGE:
        return download(request, rows, "json")
    return respond(
        request,
        "search/results.html",
        partial(page, found),
        data=partial(hits.as_data, found),
        rows=rows,
        further=further,
    )


def page(found: Found) -> dict[str, Any]:
    """All that the page of what is found shows."""
    state = found.state
    shown = hits.shown(found, marking.DENSE if state.is_dense else marking.ROOMY)
    first = 1 + (state.page - 1) * PAGE_SIZE
    return {
        "found": found,
        "state": state,
        "title": hits.title(found, found.labels),
        "shown": shown,
        "listed": Listed([one.row for one in shown], found.count, first, "SearchResultsPage"),
        "direct": hits.named(found),
        "cited": hits.cited(found),
        "parts": hits.parts(found),
        "passed_over": hits.passed_over(found),
        "faults": hits.faults(found),
        "chips": hits.chips(found),
        "facets": found.facets,
        "years": hits.year_bars(found),
        "undated": hits.undated(found),
        "downloads": hits.downloads(found),
        "sorts": hits.sorts(found),
        "densities": hits.densities(found),
        "wider": hits.wider(found),
        "next_page": state.on_page(state.page + 1).address if state.page < found.pages else None,
        "previous_page": state.on_page(state.page - 1).address if state.page > 1 else None,
        "canonical": state.address,
    }
