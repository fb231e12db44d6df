"""A phrase's life: first and last use, how often in each year, who used it, and every place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import forms
from archive.asked import FEED, check
from archive.formats.language import USES
from archive.harvest.feeds import Feed
from archive.harvest.further import of_feed
from archive.pages.faults import not_ready
from archive.pages.found import directory
from archive.pages.respond import Rows, problem, respond
from archive.verify.index import bring_up_to_date
from archive.verify.pasted import Refused, check_text
from archive.verify.phrases import LONGEST, MOST, Phrase, Use, years_of
from registry.kit.years import FIRST_YEAR, LAST_YEAR, year_of
from registry.models import Change

PARAMETERS = frozenset({"q", "year", "page", FEED})
MOST_PHRASES, PAGE_SIZE = 4, 100
Data = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The phrases of an address, and the year to which their uses are narrowed."""

    phrases: list[str]
    year: int | None

    def address(self, **more: Any) -> str:
        """This address with other parameters; those that are None are left out."""
        named = {"year": self.year, **more}
        query = [("q", one) for one in self.phrases]
        query += [(name, value) for name, value in named.items() if value is not None]
        return f"/phrases/?{urlencode(query)}"


def phrases(request: HttpRequest) -> HttpResponseBase:
    """`?q=`, up to four times; the form without it."""
    try:
        asked = read(request)
        if not asked.phrases:
            return form_page(request)
        if left := bring_up_to_date():
            return not_ready(request, left)
        found = [Phrase(one) for one in asked.phrases]
        for one in found:
            if not one.has_words:
                raise Refused(400, "q", _("“%(q)s” holds no word to look for.") % {"q": one.written})
        return found_page(request, asked, found)
    except Refused as refused:
        errors = [{"field": refused.field, "detail": refused.detail}]
        title = _("That cannot be looked for")
        return problem(request, refused.status, title, refused.detail, errors=errors)


def read(request: HttpRequest) -> Asked:
    """Raises Refused, naming the parameter and the way out."""
    check(request, PARAMETERS, repeated=("q",))
    given = [" ".join(one.split()) for one in request.GET.getlist("q")]
    given = list(dict.fromkeys(one for one in given if one))
    if len(given) > MOST_PHRASES:
        raise Refused(400, "q", _("Compare %(most)s phrases at most.") % {"most": MOST_PHRASES})
    for one in given:
        check_text(one)
        if len(one) > LONGEST:
            detail = _("This phrase has %(length)s characters; give %(most)s at most.")
            raise Refused(400, "q", detail % {"length": len(one), "most": LONGEST})
    check_page(request.GET.get("page", "1"))
    return Asked(given, year_asked(request.GET.get("year", "")))


def check_page(written: str) -> None:
    """Raises Refused for what is no number of a page, in whatever form the answer is wanted."""
    is_number = written.isascii() and written.isdigit() and len(written) < 10 and int(written) > 0
    if not is_number and written != "all":
        raise Refused(404, "page", _("Pages are numbered from 1; “all” has every row, as JSON."))


def year_asked(written: str) -> int | None:
    found = year_of(written)
    if written and found is None:
        detail = _("A year has four digits, from %(first)s to %(last)s.")
        raise Refused(400, "year", detail % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return found


def form_page(request: HttpRequest) -> HttpResponseBase:
    data = {
        "q": "a phrase of 200 characters at most; give it up to four times to compare",
        "url": f"{settings.SITE_URL}/phrases/",
        "count": 0,
        "results": [],
    }
    context = {"is_empty": "q" in request.GET, "canonical": "/phrases/", "fields": fields([])}
    return respond(request, "phrases/form.html", context, data=data, rows=Rows(USES, []))


def found_page(request: HttpRequest, asked: Asked, found: list[Phrase]) -> HttpResponseBase:
    uses = [(one, use) for one in found for use in one.uses if asked.year in (None, use.year)]
    rows = [use_row(one, use) for one, use in uses]
    is_whole = request.GET.get("page") == "all" and forms.chosen(request, forms.LIST_FORMS) == "json"
    paginator = Paginator(range(len(rows)), max(len(rows), 1) if is_whole else PAGE_SIZE)
    page = paginator.page(1) if is_whole else page_of(request, paginator)
    years = list(years_of(found))
    figures = [phrase_data(asked, one, years) for one in found]
    data = {
        "phrases": figures,
        "year": asked.year,
        "count": paginator.count,
        "page": page.number,
        "pages": paginator.num_pages,
        "next": asked.address(page=page.next_page_number()) if page.has_next() else None,
        "previous": asked.address(page=page.previous_page_number()) if page.has_previous() else None,
        "results": [rows[place] for place in page],
    }
    context = {
        "asked": asked,
        "found": list(zip(found, figures, strict=True)),
        "table": table_of(asked, found, years),
        "page": page,
        "uses": [uses[place] for place in page],
        "links": directory([name for one in found for name, _count in (*one.dialogues, *one.countries)]),
        "count": paginator.count,
        "next_page": data["next"],
        "previous_page": data["previous"],
        "every_year": asked.address(year=None),
        "fields": fields(asked.phrases),
        "most": MOST,
        "canonical": asked.address(),
    }
    further = of_feed(follow(asked, found))
    return respond(
        request, "phrases/phrases.html", context, data=data, rows=Rows(USES, rows), further=further
    )


def follow(asked: Asked, found: list[Phrase]) -> Feed:
    """What is published, corrected and taken away of the records that hold one of the phrases, of every year."""
    title = f"{' · '.join(f'“{one.written}”' for one in found)} – {settings.SITE_NAME}"
    address = f"{settings.SITE_URL}{asked.address(year=None)}"
    return Feed(
        title, address, lambda: Change.objects.about(set().union(*(one.ever_used_by() for one in found)))
    )


def table_of(asked: Asked, found: list[Phrase], years: list[int]) -> list[tuple[int, list[int], str]]:
    """Each year with the count of each phrase, and the address that narrows to it."""
    return [(year, [one.by_year.get(year, 0) for one in found], asked.address(year=year)) for year in years]


def fields(written: list[str]) -> list[str]:
    """What stands in the fields of the form: as many as are filled and an empty one, two at least."""
    return [*written, *[""] * max(2 - len(written), min(1, MOST_PHRASES - len(written)))]


def page_of(request: HttpRequest, paginator: Paginator[Any]) -> Any:
    """Raises Refused for a page that is not there."""
    written = request.GET.get("page", "1")
    try:
        return paginator.page(int(written) if written.isascii() and written.isdigit() else 0)
    except (EmptyPage, ValueError) as error:
        detail = _("There is no such page: there are %(count)s.") % {"count": paginator.num_pages}
        raise Refused(404, "page", detail) from error


def phrase_data(asked: Asked, phrase: Phrase, years: list[int]) -> Data:
    """One phrase in figures: every year that any of the phrases asked for is used in, so that they compare."""
    uses = phrase.uses
    return {
        "phrase": phrase.written,
        "uses": phrase.count,
        "texts": len(uses),
        "is_cut": phrase.is_cut,
        "first": place_data(uses[0]) if uses else None,
        "last": place_data(last_of(uses)) if uses else None,
        "undated": phrase.undated,
        "years": [
            {"year": year, "count": phrase.by_year.get(year, 0), "url": asked.address(year=year)}
            for year in years
        ],
        "dialogues": [{**data, "count": count} for data, count in phrase.dialogues],
        "countries": [{**data, "count": count} for data, count in phrase.countries],
        "shorter": [{"phrase": one, "uses": count} for one, count in phrase.shorter],
    }


def last_of(uses: list[Use]) -> Use:
    """The last that has a date; those without stand behind."""
    return next((use for use in reversed(uses) if use.date), uses[-1])


def place_data(use: Use) -> Data:
    return {
        "date": use.date,
        "title": use.edition.data["title"],
        "url": f"{settings.SITE_URL}{use.address}",
    }


def use_row(phrase: Phrase, use: Use) -> Data:
    dialogue = use.dialogue or {"name": "", "code": ""}
    return {
        "phrase": phrase.written,
        "id": use.wording.pid_id,
        "title": use.edition.data["title"],
        "part": use.wording.part,
        "date": use.date,
        "dialogue": dialogue["name"],
        "dialogue_code": dialogue["code"],
        "by": "; ".join(country["name"] for country in use.by),
        "language": use.place["language"],
        "text_kind": use.place["kind"],
        "paragraph": use.place["number"],
        "locator": use.place["locator"],
        "url": f"{settings.SITE_URL}{use.address}",
        "count": use.count,
        "words": use.text.text,
    }
