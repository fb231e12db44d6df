"""Deadlines that have passed, and those of this year and the next: the panel above the list of commitments."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.deadlines import NEXT_YEAR, OVERDUE, THIS_YEAR, today
from archive.filters import CommitmentFilter, apart_from
from meetings import overview


class Due(NamedTuple):
    """A link that narrows the list by deadline: how many it shows, and whether it is followed now."""

    label: str
    number: int
    url: str
    is_current: bool


class DuePanel:
    """Counts under all the other filters of the list, each of which is kept; two queries, when it is drawn."""

    def __init__(self, request: HttpRequest, filter_set: CommitmentFilter) -> None:
        self.request, self.filter_set = request, filter_set
        self.asked = request.GET.get("due", "")
        self.today = today()

    @cached_property
    def deadlines(self) -> tuple[int, dict[int, int]]:
        return overview.deadlines(apart_from(self.filter_set, "due"), self.today)

    @property
    def near(self) -> list[Due]:
        overdue, years = self.deadlines
        this, following = self.today.year, self.today.year + 1
        return [
            self.link(_("past their deadline, no report recorded"), overdue, OVERDUE),
            self.link(_("due this year, %(year)s") % {"year": this}, years.get(this, 0), THIS_YEAR),
            self.link(_("due next year, %(year)s") % {"year": following}, years.get(following, 0), NEXT_YEAR),
        ]

    @property
    def years(self) -> list[Due]:
        return [self.link(str(year), count, str(year)) for year, count in self.deadlines[1].items()]

    def link(self, label: str, count: int, due: str) -> Due:
        query = self.request.GET.copy()
        query.pop("page", None)
        query["due"] = due
        return Due(label, count, f"{self.request.path}?{query.urlencode()}", due == self.asked)
