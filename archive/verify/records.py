"""What references lead to, looked up one by one, or for many references at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from archive import address as addresses
from archive.address import Address
from archive.texts import text_in
from registry.kit import pids
from registry.models import Edition, Pid, State, Tombstone

Place = tuple[Pid, Address]


class Records:
    """Each thing by a query of its own."""

    def pid(self, value: str) -> Pid | None:
        return Pid.objects.find(value)

    def address(self, path: str) -> tuple[Address, Pid] | None:
        return addresses.find(path)

    def edition(self, pid: Pid, number: int) -> Edition | None:
        return Edition.objects.of(pid).numbered(number)

    def before(self, pid: Pid, number: int) -> Iterable[Edition]:
        """Earlier editions, the newest first."""
        return Edition.objects.of(pid).before(number)

    def tombstone(self, pid: Pid) -> Tombstone:
        return Tombstone.objects.speaking_for(pid)

    def near(self, value: str) -> list[Pid]:
        return Pid.objects.near(value)


class Gathered(Records):
    """All that these ids, with what is asked of each, and these paths lead to: a dozen queries however many."""

    def __init__(self, ids: Iterable[tuple[str, Address]], paths: Iterable[str]) -> None:
        typed = list(ids)
        self.typed = {value for value, _address in typed}
        self.pids = Pid.objects.find_all(self.typed) if typed else {}
        self.addresses = addresses.find_all(paths)
        self.places: list[Place] = [
            *((self.pids[value], address) for value, address in typed if value in self.pids),
            *((pid, address) for address, pid in self.addresses.values()),
        ]

    def pid(self, value: str) -> Pid | None:
        return self.pids.get(value)

    def address(self, path: str) -> tuple[Address, Pid] | None:
        return self.addresses.get(path)

    def edition(self, pid: Pid, number: int) -> Edition | None:
        found = self.editions.get((pid.value, number))
        return (
            self.current.get((pid.value, number)) if found is None and number == pid.edition_number else found
        )

    def before(self, pid: Pid, number: int) -> Iterable[Edition]:
        return [one for one in self.earlier[pid.value] if one.number < number]

    def tombstone(self, pid: Pid) -> Tombstone:
        return self.tombstones[pid.value]

    def near(self, value: str) -> list[Pid]:
        return self.nearest[value]

    @cached_property
    def meant(self) -> list[tuple[Pid, int, Address]]:
        """The record, the number of the edition, and the address, of each place that was ever public."""
        return [
            (*addresses.edition_meant(named, address), address)
            for named, address in self.places
            if named.was_published
        ]

    @cached_property
    def editions(self) -> dict[tuple[str, int], Edition]:
        """Those meant, by pid and number."""
        return Edition.objects.among((pid.value, number) for pid, number, _address in self.meant)

    @cached_property
    def current(self) -> dict[tuple[str, int], Edition]:
        """The current ones of these records, and of those that they were merged into, where another was meant."""
        named = [pid for pid, _address in self.places]
        every = {(pid.value, pid.edition_number) for one in named for pid in (one, one.survivor) if pid}
        return Edition.objects.among(every - self.editions.keys())

    @cached_property
    def earlier(self) -> dict[str, list[Edition]]:
        """Every edition, the newest first, of records in which a paragraph that is meant does not stand."""
        lost = {pid.value for pid, number, address in self.meant if not self.has(pid, number, address)}
        found: dict[str, list[Edition]] = defaultdict(list)
        for edition in Edition.objects.filter(pid__in=lost).order_by("pid", "-number"):
            found[edition.pid_id].append(edition)
        return found

    def has(self, pid: Pid, number: int, address: Address) -> bool:
        edition = self.edition(pid, number)
        if edition is None or not address.paragraph:
            return True
        return text_in(edition, address.text, address.paragraph) is not None

    @cached_property
    def tombstones(self) -> dict[str, Tombstone]:
        """The newest of each record that is withdrawn."""
        withdrawn = {pid.value for pid, _number, _address in self.meant if pid.state == State.WITHDRAWN}
        return Tombstone.objects.speaking_for_all(withdrawn)

    @cached_property
    def nearest(self) -> dict[str, list[Pid]]:
        """What each id that is mistyped may mean."""
        return Pid.objects.near_all(value for value in self.typed if not pids.is_valid(value))
