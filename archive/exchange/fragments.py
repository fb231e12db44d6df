"""The records of exchange files, as they are written there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.exchange import markdown, notation
from archive.exchange.errors import ExchangeError
from archive.exchange.shapes import (
    COUNTRY,
    DIALOGUE,
    LEXICON,
    MEETING,
    MINISTER,
    OUTCOME,
    STATEMENT,
    TOPIC,
    Shape,
)
from registry.kit import canonical
from registry.models import Source

SECTIONS = {
    "sources": Shape(Source),
    "lexicon": LEXICON,
    "countries": COUNTRY,
    "topics": TOPIC,
    "ministers": MINISTER,
    "dialogue": DIALOGUE,
    "meetings": MEETING,
    "statements": STATEMENT,
    "outcomes": OUTCOME,
}


@dataclass
class Fragment:
    """One record of a file, as written there."""

    file: str
    section: str
    data: dict[str, Any]
    scope: str = ""
    """The code of the dialogue, or the path of the meeting, that it stands under."""
    record: Any = None
    was_there: bool = False
    """Whether its record was stored before this load."""

    @property
    def place(self) -> str:
        name = self.data.get("path") or self.data.get("key") or self.data.get("code") or self.data.get("slug")
        return f"{self.section}: {name or self.data.get('pid', '?')}"

    @property
    def digest(self) -> str:
        return canonical.sha256(canonical.dumps({k: v for k, v in self.data.items() if k != "outcomes"}))


def read(directory: Path) -> list[Fragment]:
    """Every record of the YAML and JSON files below the directory. Raises ExchangeError for what is not the format."""
    fragments: list[Fragment] = []
    for path in sorted(one for one in directory.rglob("*") if one.suffix in notation.SUFFIXES):
        name = str(path.relative_to(directory))
        try:
            fragments.extend(file_fragments(name, notation.read(path)))
        except ValueError as error:
            raise ExchangeError(name, "", "", f"not readable as YAML or JSON: {error}") from error
    if not fragments:
        raise ExchangeError(str(directory), "", "", "no exchange files (*.yaml, *.json) are here.")
    for fragment in (one for one in fragments if one.section == "statements"):
        read_texts(fragment, directory)
    return fragments


def read_texts(fragment: Fragment, directory: Path) -> None:
    """Bring in the texts that stand in files of their own."""
    for text in fragment.data.get("texts", []):
        try:
            markdown.put_in(text, directory)
        except (OSError, ValueError) as error:
            raise ExchangeError(fragment.file, fragment.place, "texts: file", str(error)) from error


def file_fragments(name: str, content: Any) -> Iterator[Fragment]:
    if not isinstance(content, dict) or set(content) - set(SECTIONS) - {"outcomes"}:
        known = ", ".join(key for key in SECTIONS if key != "outcomes")
        raise ExchangeError(name, "", "", f"a file has the sections {known}; this one has others.")
    dialogue = content.get("dialogue")
    code = str(dialogue.get("code", "")) if isinstance(dialogue, dict) else ""
    for section, items in content.items():
        for item in as_records(name, section, [items] if section == "dialogue" else items):
            yield Fragment(name, section, item, code)
            for outcome in as_records(name, "outcomes", item.get("outcomes", [])):
                yield Fragment(name, "outcomes", outcome, item.get("path") or item.get("pid", ""))


def as_records(name: str, section: str, items: Any) -> list[dict[str, Any]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ExchangeError(name, section, "", "write a list, each record as a mapping of fields.")
    return items


def named_statements(fragments: Iterable[Fragment]) -> Iterator[str]:
    """Statements that these outcomes are of."""
    for fragment in fragments:
        path = fragment.data.get("statement")
        if fragment.section == "outcomes" and isinstance(path, str):
            yield path


def named_meetings(fragments: Iterable[Fragment]) -> Iterator[str]:
    """Meetings that these stand under or were issued at."""
    for fragment in fragments:
        if fragment.section == "outcomes":
            yield fragment.scope
        elif fragment.section == "statements":
            yield from (path for path in fragment.data.get("meetings", ()) if isinstance(path, str))
