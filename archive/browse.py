"""How a list is read: `?sort=` in which order, `?density=` how closely set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archive.asked import given_twice, no_value
from archive.formats.rows import RowForm
from meetings.orders import Order, Row

DENSITIES = ("roomy", "dense")
KEPT = ("sort", "density")
"""What filters, paging and chips keep, and feeds are no different for."""


@dataclass(frozen=True)
class SortLink:
    """The heading of a column: `href` sorts by it, the other way round where the list is sorted by it already."""

    label: str
    href: str
    rises: str | None
    """ascending or descending, where the list is sorted by it; the value of `aria-sort`."""
    mark: str


@dataclass(frozen=True)
class Direction:
    words: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Browsing:
    """The order and density that an address asks for, of the orders that its list has."""

    path: str
    query: QueryDict
    orders: tuple[Order, ...]
    order: Order
    is_falling: bool
    density: str

    @property
    def is_default(self) -> bool:
        return self.order == self.orders[0] and self.is_falling == self.orders[0].falls_first

    @property
    def is_dense(self) -> bool:
        return self.density == "dense"

    @property
    def said(self) -> str:
        """Date, newest first."""
        return f"{self.order.label}, {self.order.falling if self.is_falling else self.order.rising}"

    def arrange(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in the order asked for; as they are where that is the list’s own."""
        return rows if self.is_default else self.order.arrange(rows, is_falling=self.is_falling)

    def arrange_rows(self, rows: list[Row]) -> list[Row]:
        """The same of rows at hand, each its record and what it prints of it."""
        return rows if self.is_default else self.order.sort(rows, is_falling=self.is_falling)

    def address(self, **changed: str | None) -> str:
        """This list read in another way, from its first page; how it is read comes last, always in one order."""
        query = self.query.copy()
        for name in ("page", "format"):
            query.pop(name, None)
        for name in KEPT:
            value = changed.get(name, query.get(name))
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def sorted_address(self, order: Order, *, is_falling: bool) -> str:
        is_own = order == self.orders[0] and is_falling == order.falls_first
        return self.address(sort=None if is_own else f"-{order.name}" if is_falling else order.name)

    @cached_property
    def headings(self) -> dict[str, SortLink]:
        """The heading of each column that sorts, by the name of its order."""
        return {order.name: self.heading(order) for order in self.orders}

    def heading(self, order: Order) -> SortLink:
        if order != self.order:
            href = self.sorted_address(order, is_falling=order.falls_first)
            return SortLink(str(order.label), href, None, "")
        href = self.sorted_address(order, is_falling=not self.is_falling)
        rises, mark = ("descending", "▼") if self.is_falling else ("ascending", "▲")
        return SortLink(str(order.label), href, rises, mark)

    @cached_property
    def menu(self) -> list[tuple[str, list[Direction]]]:
        """Every order both ways: its label, and the two directions in words."""
        return [
            (
                str(order.label),
                [
                    Direction(
                        str(order.falling if is_falling else order.rising),
                        self.sorted_address(order, is_falling=is_falling),
                        order == self.order and is_falling == self.is_falling,
                    )
                    for is_falling in (order.falls_first, not order.falls_first)
                ],
            )
            for order in self.orders
        ]

    @cached_property
    def densities(self) -> list[Direction]:
        names = {"roomy": _("roomy"), "dense": _("dense")}
        return [
            Direction(
                names[name], self.address(density=name if name == "dense" else None), name == self.density
            )
            for name in DENSITIES
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the form of filters sends along."""
        return [(name, self.query[name]) for name in KEPT if name in self.query]


def browsing(request: HttpRequest, form: RowForm) -> Browsing:
    """What the address asks for. Raises BadParameter for an order the list has not, or one given twice."""
    return browsing_by(request, form.orders)


def browsing_by(request: HttpRequest, orders: tuple[Order, ...]) -> Browsing:
    """The same of a list that is a part of a page."""
    names = {order.name: order for order in orders}
    asked = one_of(request, "sort", [sign + name for name in names for sign in ("", "-")])
    density = one_of(request, "density", DENSITIES) or DENSITIES[0]
    order = names[asked.removeprefix("-")] if asked else orders[0]
    is_falling = asked.startswith("-") if asked else order.falls_first
    return Browsing(request.path, request.GET, orders, order, is_falling, density)


def one_of(request: HttpRequest, name: str, known: Any) -> str:
    """The value of a parameter, empty where it is not given. Raises BadParameter, which names those there are."""
    values = request.GET.getlist(name)
    if len(values) > 1:
        raise given_twice(name)
    given = next(iter(values), None)
    if given is not None and given not in known:
        raise no_value(name, given, known)
    return given or ""


def own_address(request: HttpRequest) -> str:
    """The list’s address with its filters alone: what its feed is of, in whatever order it is read."""
    query = request.GET.copy()
    for name in ("format", "page", "before", *KEPT):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
