"""A reference as a BibTeX entry (Patashnik, BibTeXing; field names as biblatex reads them too).

A statement is `@techreport`, whose `type` says what it is; everything else is `@misc`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.formats import csl
from archive.formats.reference import Reference

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "~": "%7E"})
"""A tilde is a space in BibTeX, and readers do not know its name; `%7E` is the same address (RFC 3986, 6.2.2.2)."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def entry(reference: Reference) -> str:
    """One entry, UTF-8. Double braces keep bodies undivided and titles in their own case."""
    item = csl.item(reference)
    is_report = item["type"] in ("report", "treaty")
    fields = {
        "author": " and ".join(kept(body["literal"]) for body in item.get("author", ())),
        "title": kept(item["title"]),
        **dates(reference),
        **body(item, is_report=is_report),
        "address": braced(item.get("event-place", "")),
        "note": braced(remarks(item)),
        "annote": braced(item["note"].translate(IN_ADDRESS)),
        "abstract": braced(item.get("abstract", "")),
        "keywords": braced(item.get("keyword", "")),
        "language": braced(item["language"]),
        "url": f"{{{item['URL'].translate(IN_ADDRESS)}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@{'techreport' if is_report else 'misc'}{{{key(reference)},", *lines, "}"]) + "\n"


def entries(references: Iterable[Reference]) -> Iterator[str]:
    """The entries of many references, one after the other."""
    return (entry(reference) + "\n" for reference in references)


def key(reference: Reference) -> str:
    """The same for ever: id, edition and paragraph, in characters that every program takes in a key."""
    return "dialogues-" + reference.short.replace("/", "-").replace("@", "-").replace("~", "-")


def dates(reference: Reference) -> dict[str, str]:
    """Year and month for BibTeX, and the whole date or range (ISO 8601-2) for biblatex."""
    if not reference.issued:
        return {}
    year, _dash, rest = reference.issued.partition("-")
    period = "/".join(part for part in (reference.issued, reference.ended) if part)
    month = MONTHS[int(rest[:2]) - 1] if rest else ""
    return {"year": f"{{{year}}}", "month": month, "date": f"{{{period}}}"}


def body(item: csl.Item, *, is_report: bool) -> dict[str, str]:
    """Whose document it is and of what kind; of what is no report, how it was made public."""
    if not is_report:
        published = ", ".join((item["genre"], item["archive"]))
        return {"howpublished": braced(published), "number": braced(item["number"])}
    return {
        "institution": kept(item.get("publisher", "") or item["archive"]),
        "type": kept(item["genre"]),
        "number": braced(item["number"]),
    }


def remarks(item: csl.Item) -> str:
    """The occasion and the paragraph, which styles print."""
    said = [item.get("container-title", ""), "" if item["type"] == "event" else item.get("event-title", "")]
    if "locator" in item:
        medium = f" ({item['medium']})" if item.get("medium") else ""
        said.append(f"para. {item['locator']}{medium}")
    return ", ".join(part for part in said if part)


def escaped(text: str) -> str:
    return " ".join(text.split()).translate(ESCAPES)


def braced(text: str) -> str:
    return f"{{{escaped(text)}}}"


def kept(text: str) -> str:
    """Braced twice: neither divided into names nor changed in case."""
    return f"{{{{{escaped(text)}}}}}"
