"""The forms that unAPI clients such as Zotero know, by the names they have there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from archive.formats import mods, rdf_dc, zotero_rdf
from archive.formats.exports import EXPORTS
from archive.formats.reference import Reference

RDF = "application/rdf+xml"


class Format(NamedTuple):
    """What a record is written by under one of these names."""

    media_type: str
    docs: str
    write: Callable[[Reference], str | bytes]


def formats() -> dict[str, Format]:
    """By name, in the order in which Zotero prefers them."""
    found = {
        "rdf_zotero": Format(RDF, "http://www.zotero.org/namespaces/export", zotero_rdf.write),
        "mods": Format("application/mods+xml", "http://www.loc.gov/standards/mods/", mods.write),
    }
    for name, export in (("ris", EXPORTS.get("ris")), ("bibtex", EXPORTS.get("bib"))):
        if export:
            found[name] = Format(export.media_type, "", export.write)
    found["rdf_dc"] = Format(RDF, "http://purl.org/dc/elements/1.1/", rdf_dc.write)
    return found
