"""Who meets whom: in how many dialogues two countries sit together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.kit import sorting

LEAST, SHOWN = 3, 40
"""Dialogues a country belongs to at least, unless `?least=` says otherwise; countries shown at most."""
SHADES = 6


@dataclass(frozen=True)
class Member:
    """A country, or an organization that sits as one, with the dialogues it belongs to."""

    code: str
    name: str
    path: str
    dialogues: frozenset[str]

    @property
    def count(self) -> int:
        return len(self.dialogues)

    @property
    def place(self) -> tuple[str, str]:
        """Among others of the same count."""
        return sorting.key(self.name), self.code


@dataclass(frozen=True)
class Cell:
    """Two members and the number of dialogues to which both belong; `shade` from 1 to 6, 0 where there is none."""

    member: Member
    other: Member
    count: int
    shade: int

    @property
    def url(self) -> str:
        if self.member is self.other:
            return f"/pictures/meets/{self.member.code}/"
        first, second = sorted((self.member.code, self.other.code))
        return f"/pictures/meets/{first}/{second}/"

    @property
    def is_itself(self) -> bool:
        return self.member is self.other

    def as_row(self) -> dict[str, Any]:
        return {
            "country": self.member.name,
            "country_code": self.member.code,
            "other": self.other.name,
            "other_code": self.other.code,
            "dialogues": self.count,
            "url": f"{settings.SITE_URL}{self.url}",
        }


class Meets:
    """`memberships` are pairs of dialogue and country, each once; who belongs to fewer than `least` is left out."""

    def __init__(self, memberships: Iterable[dict[str, Any]], least: int = LEAST) -> None:
        self.least = least
        known: dict[str, tuple[dict[str, Any], set[str]]] = {}
        for row in memberships:
            known.setdefault(row["code"], (row, set()))[1].add(row["dialogue"])
        everyone = [
            Member(code, row["name"], row["path"], frozenset(dialogues))
            for code, (row, dialogues) in known.items()
        ]
        everyone.sort(key=lambda member: (-member.count, *member.place))
        self.everyone = everyone
        self.members = [member for member in everyone if member.count >= least][:SHOWN]
        self.left_out = len(everyone) - len(self.members)
        self.most = max((len(one.dialogues & other.dialogues) for one, other in self.pairs()), default=0)

    def pairs(self) -> Iterable[tuple[Member, Member]]:
        for place, one in enumerate(self.members):
            for other in self.members[place + 1 :]:
                yield one, other

    def cell(self, member: Member, other: Member) -> Cell:
        count = len(member.dialogues & other.dialogues)
        shade = -(-count * SHADES // self.most) if self.most else 0
        return Cell(member, other, count, min(shade, SHADES))

    def rows(self) -> list[tuple[Member, list[Cell]]]:
        return [(member, [self.cell(member, other) for other in self.members]) for member in self.members]

    def member(self, code: str) -> Member | None:
        return next((one for one in self.everyone if one.code == code), None)

    def partners(self, code: str) -> list[Cell]:
        """Everybody a country sits with, in however few dialogues, most often first; unknown codes have none."""
        member = self.member(code)
        cells = [self.cell(member, other) for other in self.everyone if other is not member] if member else []
        return sorted(
            (cell for cell in cells if cell.count), key=lambda cell: (-cell.count, *cell.other.place)
        )

    def lists(self) -> list[tuple[Member, list[Cell]]]:
        """The matrix as a list a country, for narrow screens: only those it sits with, most often first."""
        return [
            (
                member,
                sorted(
                    (cell for cell in cells if cell.count and not cell.is_itself),
                    key=lambda cell: (-cell.count, *cell.other.place),
                ),
            )
            for member, cells in self.rows()
        ]

    def steps(self) -> list[int]:
        """Numbers to narrow or widen by: where one shows other members than the one before."""
        counts = sorted({member.count for member in self.everyone if member.count > 1} | {self.least})
        return [count for count in counts if sum(member.count >= count for member in self.everyone) > 1][:8]

    def ordered(self) -> list[Cell]:
        """Each two who sit together, most often first."""
        cells = [self.cell(one, other) for one, other in self.pairs()]
        return sorted((cell for cell in cells if cell.count), key=lambda cell: -cell.count)

    def results(self) -> list[dict[str, Any]]:
        return [cell.as_row() for cell in self.ordered()]

    def said(self) -> str:
        """The matrix in words."""
        most = [cell for cell in self.ordered() if cell.count == self.most]
        if not most:
            return _("No two countries here sit together in a dialogue.")
        members = ngettext("%(n)s member", "%(n)s members", len(self.members)) % {"n": len(self.members)}
        return _(
            "%(members)s of %(least)s dialogues or more. Most often together, in %(most)s dialogues: %(pairs)s."
        ) % {"members": members, "least": self.least, "most": self.most, "pairs": in_words(most)}


def in_words(cells: list[Cell]) -> str:
    """Pairs in words: as one circle where each two of its members are among them, or the first three."""
    names = list(dict.fromkeys(member.name for cell in cells for member in (cell.member, cell.other)))
    if len(cells) > 1 and len(cells) == len(names) * (len(names) - 1) // 2:
        return _("each two of %(names)s") % {"names": ", ".join(names)}
    said = "; ".join(f"{cell.member.name} – {cell.other.name}" for cell in cells[:3])
    more = len(cells) - 3
    return _("%(pairs)s and %(n)s more pairs") % {"pairs": said, "n": more} if more > 0 else said


def shared_row(dialogue: Any) -> dict[str, Any]:
    """Of a dialogue loaded with the memberships that are asked about."""
    memberships = [
        f"{one.country.name}: {one.get_role_display()}{period(one)}" for one in dialogue.memberships.all()
    ]
    return {
        "dialogue": dialogue.name,
        "code": dialogue.code,
        "memberships": "; ".join(memberships),
        "url": f"{settings.SITE_URL}{dialogue.get_absolute_url()}",
    }


def period(membership: Any) -> str:
    """From when to when, where a source says so."""
    if membership.start and membership.end:
        return f", {membership.start}–{membership.end}"
    if membership.start:
        return _(", since %(start)s") % {"start": membership.start}
    return _(", until %(end)s") % {"end": membership.end} if membership.end else ""
