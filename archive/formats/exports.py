"""The forms in which a record can be taken away: name, media type, and what writes it from a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.formats import (
    akomantoso,
    bibtex,
    citations,
    csl,
    datacite,
    icalendar,
    jsonld,
    mods,
    ris,
    signposting,
    turtle,
)
from archive.formats.reference import Reference


@dataclass(frozen=True)
class Export:
    """A form of a record: `name` is that of `?format=`, `kinds` the kinds of record it makes sense for."""

    name: str
    label: str
    media_type: str
    write: Callable[[Reference], str | bytes]
    kinds: frozenset[str]
    suffix: str = ""
    """Of the file it is saved as, where that is not the name."""
    write_in: Callable[[Reference, str], str] | None = None
    """What writes it in the one style that `?style=` asks for, in forms that know styles."""
    write_many: Callable[[Iterable[Reference]], Iterator[str]] | None = None
    """What writes the records of a whole list, in pieces, in forms that hold several."""

    @property
    def ending(self) -> str:
        return self.suffix or self.name


CITABLE = frozenset({"meeting", "statement", "commitment", "dialogue", "country", "minister", "topic"})
STATEMENTS = frozenset({"statement"})


def linkset(reference: Reference) -> str:
    return signposting.linkset(reference, describing(reference.kind))


EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("bib", "BibTeX", "application/x-bibtex", bibtex.entry, CITABLE, write_many=bibtex.entries),
        Export(
            "ris",
            "RIS",
            "application/x-research-info-systems",
            ris.record,
            CITABLE,
            write_many=ris.records,
        ),
        Export(
            "csl",
            "CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            csl.as_json,
            CITABLE,
            suffix="csl.json",
            write_many=csl.array,
        ),
        Export(
            "txt",
            "Plain text",
            "text/plain",
            citations.as_text,
            CITABLE,
            write_in=citations.one_as_text,
        ),
        Export("jsonld", "JSON-LD", "application/ld+json", jsonld.write, CITABLE),
        Export("ttl", "Turtle", "text/turtle", turtle.write, CITABLE),
        Export(
            "datacite",
            "DataCite XML",
            "application/vnd.datacite.datacite+xml",
            datacite.write,
            CITABLE,
            "datacite.xml",
        ),
        Export(
            "datacitejson",
            "DataCite JSON",
            "application/vnd.datacite.datacite+json",
            datacite.write_json,
            CITABLE,
            "datacite.json",
        ),
        Export("mods", "MODS", "application/mods+xml", mods.write, CITABLE, "mods.xml"),
        Export("akn", "Akoma Ntoso", "application/akn+xml", akomantoso.write, STATEMENTS, "akn.xml"),
        Export("linkset", "Linkset", signposting.LINKSET, linkset, CITABLE, "linkset.json"),
        Export("ics", "iCalendar", icalendar.MEDIA_TYPE, icalendar.meeting_calendar, frozenset({"meeting"})),
    )
}


LIST_EXPORTS = tuple(export.name for export in EXPORTS.values() if export.write_many)
"""Names of the forms in which a whole list of citable records comes."""


def exports_for(kind: str) -> tuple[str, ...]:
    """Names of the forms in which records of this kind come beside HTML and JSON."""
    return tuple(export.name for export in EXPORTS.values() if kind in export.kinds)


def describing(kind: str) -> list[signposting.Form]:
    """Name and media type of the forms that describe a record of this kind: all but the links themselves."""
    return [(name, EXPORTS[name].media_type) for name in exports_for(kind) if name != "linkset"]
