"""Where the parties met: the cities on a map, and the countries that hosted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.pictures.map import PARTS, WORLD, Drawing, Spot, laid_out, named
from archive.pictures.places import atlas, name_of, place_key
from registry.kit import sorting


@dataclass(frozen=True)
class Host:
    """A country with the meetings held in it and its cities; one held in two of them counts once."""

    code: str
    name: str
    count: int
    url: str
    spots: list[Spot]


class Hosts:
    """`cities` are counts by country and city, `countries` by country code, `totals` of all meetings held."""

    def __init__(
        self,
        cities: Iterable[dict[str, Any]],
        countries: dict[str, int],
        totals: dict[str, int],
        dialogue: str | None = None,
    ) -> None:
        self.dialogue, self.totals = dialogue, totals
        counts: dict[str, int] = {}
        first: dict[str, dict[str, Any]] = {}
        for row in cities:
            key = place_key(row)
            first.setdefault(key, row)
            counts[key] = counts.get(key, 0) + row["count"]
        spots = [self.spot(key, first[key], count) for key, count in counts.items()]
        self.spots = sorted(spots, key=lambda spot: (-spot.count, sorting.key(spot.name), spot.country))
        names = {spot.code: spot.country for spot in self.spots}
        hosts = [
            Host(
                code, names[code], count, self.address(code), [one for one in self.spots if one.code == code]
            )
            for code, count in countries.items()
        ]
        self.countries = sorted(hosts, key=lambda host: (-host.count, sorting.key(host.name), host.code))

    def spot(self, key: str, row: dict[str, Any], count: int) -> Spot:
        code, _slash, slug = key.partition("/")
        name = name_of(code, row["city"], row["city_now"])
        url = self.address(key) if code and slug else ""
        return Spot(row["name"] or "", code, name, atlas().get((code, slug)), count, url)

    def address(self, place: str) -> str:
        narrowed = f"&dialogue={self.dialogue}" if self.dialogue else ""
        return f"/meetings/?place={place}&status=held{narrowed}"

    @cached_property
    def on_map(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.place]

    @cached_property
    def off_map(self) -> list[Spot]:
        return [spot for spot in self.spots if not spot.place]

    @cached_property
    def wide(self) -> Drawing:
        return laid_out(WORLD, self.on_map)

    @cached_property
    def narrow(self) -> list[Drawing]:
        """The world in parts, each place in the first that holds it; a part without any is left out."""
        left, found = list(self.on_map), []
        for window in PARTS:
            held = [
                one for one in left if one.place and window.holds(one.place.latitude, one.place.longitude)
            ]
            left = [one for one in left if one not in held]
            if held:
                found.append(laid_out(window, held))
        return found

    @property
    def often(self) -> list[Host]:
        """Countries that hosted twice or more."""
        return [host for host in self.countries if host.count > 1]

    @property
    def once(self) -> list[Host]:
        return [host for host in self.countries if host.count == 1]

    def results(self) -> list[dict[str, Any]]:
        """A row for each place, those that are not on the map among them."""
        return [
            {
                "country": spot.country,
                "country_code": spot.code,
                "place": spot.name,
                "latitude": f"{spot.place.latitude:.1f}" if spot.place else "",
                "longitude": f"{spot.place.longitude:.1f}" if spot.place else "",
                "meetings": spot.count,
                "url": f"{settings.SITE_URL}{spot.url}" if spot.url else "",
            }
            for spot in self.spots
        ]

    def places_said(self) -> str:
        """Every dot of the map in words."""
        return named(self.on_map)

    def said(self) -> str:
        """The map in words."""
        if not self.spots:
            return _("No meeting with a place is recorded yet.")
        places = ngettext("%(n)s place", "%(n)s places", len(self.on_map)) % {"n": len(self.on_map)}
        foremost = ", ".join(f"{host.name} ({host.count})" for host in self.countries[:3])
        return _(
            "Meetings held in %(places)s on the map, a larger dot for more of them. Most were held in %(foremost)s; "
            "%(often)s countries hosted twice or more, %(once)s once."
        ) % {
            "places": places,
            "foremost": foremost,
            "often": len(self.often),
            "once": len(self.once),
        }
