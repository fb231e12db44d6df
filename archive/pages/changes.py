"""Every change of the record: for people the newest first, for harvesters from any cursor on."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import asked, forms
from archive.fieldwords import in_words
from archive.formats.changes import CHANGES, change_row
from archive.harvest.further import of_everything
from archive.pages.respond import Rows, respond
from meetings import log
from registry.kit import diff
from registry.kit.text import WHOLE_NUMBER
from registry.models import Change, Edition, Verb

SHOWN, MOST_SHOWN, MOST = 50, 100, 1000
"""Rows at once: without a limit, on the page for people at most, and in data at most."""
PARAMETERS = ("after", "before", "limit")
LABELS_SHOWN = 6


class Window(NamedTuple):
    """Which part of the log is asked for: later than `after`, or earlier than `before`, or the newest."""

    after: int | None
    before: int | None
    limit: int | None

    def changes(self) -> Any:
        if self.after is not None:
            return Change.objects.after(self.after)
        return Change.objects.before(self.before) if self.before else Change.objects.newest_first()


def changes(request: HttpRequest) -> HttpResponseBase:
    """`?after=17` reads on from change 17, the oldest first, to the end; without it the newest come first.

    `limit` rows come at once (50, at most 1000); CSV and JSON Lines have every row, or as many as `limit` says.
    """
    window = read_window(request)
    every = log.with_dialogue_codes(window.changes().select_related("pid"))
    form = forms.chosen(request, (*forms.LIST_FORMS, *of_everything()))
    limit = min(window.limit or SHOWN, MOST_SHOWN if form == "html" else MOST)
    found = list(every[: limit + 1]) if form in ("html", "json") else []
    page = found[:limit]
    following = next_address(window, page) if len(found) > limit else None
    data = {
        "after": window.after,
        "cursor": max((change.pk for change in page), default=window.after or 0),
        "next": following,
        "results": [change_row(change) for change in page],
    }
    context: dict[str, Any] = {
        "rows": told(page) if form == "html" else [],
        "next": following,
        "window": window,
        "named": set(),
        "canonical": "/changes/",
    }
    links = [f'<{settings.SITE_URL}{following}>; rel="next"'] if following else []
    streamed = every[: window.limit] if window.limit else every
    rows = Rows(CHANGES, streamed)
    return respond(
        request, "changes.html", context, data=data, rows=rows, links=links, further=of_everything()
    )


def read_window(request: HttpRequest) -> Window:
    """Raises BadParameter for a parameter that is unknown, repeated, or no number."""
    asked.check(request, PARAMETERS)
    numbers: dict[str, int] = {}
    for name in PARAMETERS:
        if name not in request.GET:
            continue
        if not WHOLE_NUMBER.fullmatch(request.GET[name]):
            said = _("“%(name)s” is a whole number, in the digits 0 to 9.") % {"name": name}
            raise forms.BadParameter(name, said)
        numbers[name] = int(request.GET[name])
    if "after" in numbers and "before" in numbers:
        raise forms.BadParameter("before", _("Give “after” or “before”, not both."))
    limit = numbers.get("limit")
    if limit is not None and not 1 <= limit <= MOST:
        raise forms.BadParameter("limit", _("“limit” is from 1 to %(most)s.") % {"most": MOST})
    return Window(numbers.get("after"), numbers.get("before"), limit)


def next_address(window: Window, page: list[Any]) -> str:
    """Where the log goes on in the direction asked for, in the same steps."""
    name = "after" if window.after is not None else "before"
    limit = f"&limit={window.limit}" if window.limit else ""
    return f"/changes/?{name}={page[-1].pk}{limit}"


def fields(differences: list[diff.Change]) -> list[str]:
    """Which facts of the record differ, each once, in words."""
    names = (one.label.partition(" › ")[0] for one in differences)
    return list(dict.fromkeys(in_words(name) for name in names))


def told(page: list[Any]) -> list[dict[str, Any]]:
    """Each change with what it changed in words: which fields, or where to; one query."""
    corrected = [change for change in page if change.verb == Verb.CORRECT]
    editions = Edition.objects.with_predecessors([(one.pid_id, one.edition_number) for one in corrected])
    rows = []
    for change in page:
        new = editions.get((change.pid_id, change.edition_number))
        old = editions.get((change.pid_id, change.edition_number - 1))
        labels: list[str] = []
        if change.verb == Verb.CORRECT and old and new and change.pid.is_public:
            labels = fields(diff.records(old.data, new.data))
        rows.append(
            {
                "change": change,
                "labels": labels[:LABELS_SHOWN],
                "more": max(len(labels) - LABELS_SHOWN, 0),
                "moved": change.detail if change.verb == Verb.RENAME else None,
                "name": f"{change.pid_id}@{change.edition_number}" if change.pid.is_public else "",
            }
        )
    return rows
