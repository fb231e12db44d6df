"""What Zotero is asked, what is expected of it, and its answers in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

IMPORTS = {"RIS": "ris", "BibTeX": "bib", "MODS": "mods", "CSL JSON": "csl"}
"""The download that each of Zotero’s import translators reads; Zotero RDF comes by unAPI."""
Facts = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A page as one of Zotero’s translators takes it: `by` its label, `way` web or import."""

    page: str
    address: str
    by: str
    way: str
    expected: Facts


def cases(path: Path) -> list[Case]:
    """Every case of the file: a page’s `item` is what all of `by` make of it, but for what each says otherwise."""
    found = []
    for page in yaml.safe_load(path.read_text()):
        for by, other in page["by"].items():
            if other == "refused":
                expected: Facts = {"refused": True}
            else:
                said = {**page.get("item", {}), **other}
                expected = {name: value for name, value in said.items() if value is not None}
            found.append(Case(page["page"], *asked(page, by), expected))
    return found


def asked(page: Facts, by: str) -> tuple[str, str, str]:
    """The address that this translator reads, its label, and how it is asked."""
    if by in IMPORTS:
        return f"{page['path']}?format={IMPORTS[by]}", by, "import"
    if by == "RDF":
        return f"/unapi?id={page['item']['url'].removeprefix('/id/')}&format=rdf_zotero", by, "import"
    return page["path"], by, "web"


def facts(answer: Facts, site: str) -> Facts:
    """What the answer holds of an item, or of the items that a list offers; addresses without the site."""
    if "error" in answer:
        return {"error": answer["error"].splitlines()[0]}
    if answer.get("choice"):
        return {"offers": answer["offered"], "first": answer["choice"][:3], "count": len(answer["items"])}
    if not answer["items"]:
        return {"refused": True}
    (item,) = answer["items"]
    # Zotero itself takes such a line of `extra` for the field.
    noted = dict(line.split(": ", 1) for line in item.get("extra", "").splitlines() if ": " in line)
    found = {
        "first_choice": answer["winner"],
        "type": item["itemType"],
        "kind": item.get("reportType") or item.get("presentationType") or item.get("websiteType"),
        "title": item.get("title"),
        "date": item.get("date"),
        "until": noted.get("Until"),
        "place": item.get("place"),
        "meeting": item.get("meetingName"),
        "institution": item.get("institution") or item.get("websiteTitle"),
        "bodies": [one.get("name") or one for one in item["creators"]],
        "language": item.get("language"),
        "number": item.get("reportNumber") or item.get("seriesNumber") or noted.get("Number"),
        "pages": item.get("pages"),
        "rights": item.get("rights"),
        "visited": item.get("accessDate") if answer["offered"] is None else None,
        "url": item.get("url", "").replace(site, ""),
        "attached": [one["url"].replace(site, "") for one in item["attachments"]],
    }
    return {name: value for name, value in found.items() if value}
