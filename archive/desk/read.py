"""What an editor brings, read: tables row by row, exchange files record by record, texts beside them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import IO, Any

import yaml

from archive.desk import sheets
from archive.desk.sheets import Sheet
from archive.exchange import markdown
from archive.exchange.errors import ExchangeError
from archive.exchange.fragments import Fragment, file_fragments
from registry.kit import pids

RECORDS = "records"
"""The kind of table whose rows are whole records of an exchange file."""
NOTATIONS = (".yaml", ".yml", ".json")
TEXTS = (".md",)
DEEPEST = 40
"""Levels of nesting that a file may have."""


def read(name: str, file: IO[bytes], texts: dict[str, str]) -> Iterator[Sheet]:
    """The tables of a file; one without header where it holds records, whose only cell is the record.

    `texts` are the Markdown files brought along, by name. Raises ValueError, with the way out, for what is no table.
    """
    stem, _dot, suffix = name.rpartition(".")
    if f".{suffix.lower()}" not in NOTATIONS:
        yield from sheets.read(name, file)
        return
    content, node = parse(name, file.read())
    if isinstance(content, list):
        yield of_mappings(stem, content, [line_of(item) for item in node.value] if node else [])
    else:
        fragments = fragments_of(name, content, texts)
        lines = list(record_lines(node)) if node else []
        rows = (
            (lines[place] if place < len(lines) else place + 1, [one]) for place, one in enumerate(fragments)
        )
        yield Sheet(stem, [], rows)  # type: ignore[arg-type]


def parse(name: str, raw: bytes) -> tuple[Any, Any]:
    """The content of a YAML or JSON file, and its YAML nodes, which know their lines."""
    try:
        text = raw.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8. Save it as UTF-8.") from error
    is_json = name.lower().endswith(".json")
    try:
        if is_json:
            # Raw tabs in JSON are white space, which YAML does not take for any.
            return json.loads(text), nodes(text.replace("\t", " "), or_none=True)
        return from_yaml(text), nodes(text)
    except (ValueError, RecursionError) as error:
        form = "JSON" if is_json else "YAML"
        raise ValueError(f"{name} is not readable as {form}: {error}") from error


def from_yaml(text: str) -> Any:
    """The content of YAML. Raises ValueError for what is none, is nested past `DEEPEST`, or refers to itself."""
    try:
        require_plain(text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except ValueError:
        raise
    except Exception as error:  # What a tag such as !!timestamp says of a wrong value is of any kind.
        raise ValueError(str(error)) from error


def require_plain(text: str) -> None:
    """Refuse what unfolds to more than it is: aliases, and endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"line {line}: an alias (*{event.anchor}) is not read. Write it out.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ValueError(f"line {line}: this is nested deeper than any record.")


def nodes(text: str, *, or_none: bool = False) -> Any:
    """The YAML nodes of a text; with `or_none` None where it is no YAML that we read."""
    try:
        require_plain(text)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError):
        if or_none:
            return None
        raise


def line_of(node: Any) -> int:
    return int(node.start_mark.line) + 1


def record_lines(node: Any) -> Iterator[int]:
    """The line of each record in the order of `file_fragments`."""
    for section, value in node.value:
        items = [value] if section.value == "dialogue" else value.value
        if section.value == "dialogue" and [key.value for key, _value in value.value] == ["code"]:
            continue
        for item in items:
            yield line_of(item)
            for key, inner in item.value if isinstance(item.value, list) else ():
                if getattr(key, "value", None) == "outcomes":
                    yield from (line_of(outcome) for outcome in inner.value)


def of_mappings(name: str, items: list[Any], lines: list[int]) -> Sheet:
    """A list of mappings as a table; its header are all keys, the first met first."""
    if not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{name}: write each row of the list as a mapping of columns.")
    header = list(dict.fromkeys(str(key) for item in items for key in item))
    names = [sheets.plain(name) for name in header]
    rows = (
        (lines[place] if lines else place + 1, [cell_of(item.get(key)) for key in header])
        for place, item in enumerate(items)
    )
    return Sheet(name, names, ((line, cells) for line, cells in rows if any(cells)))


def cell_of(value: Any) -> str:
    return "; ".join(cell_of(item) for item in value) if isinstance(value, list) else sheets.as_text(value)


def fragments_of(name: str, content: Any, texts: dict[str, str]) -> list[dict[str, Any]]:
    """Every record of an exchange file, as plain data: section, scope and the record itself."""
    try:
        give_pids(content)
        fragments = list(file_fragments(name, content))
    except ExchangeError as error:
        raise ValueError(str(error)) from error
    if any(one.section == "lexicon" for one in fragments):
        raise ValueError(
            f"{name}: the lexicon is edited in the admin, or loaded by manage.py import_archive."
        )
    used: dict[str, str] = {}
    for fragment in fragments:
        put_texts_in(fragment, texts, used)
    # A dialogue of which nothing but the code is said is named, not described.
    fragments = [one for one in fragments if one.section != "dialogue" or set(one.data) != {"code"}]
    return [{"section": one.section, "scope": one.scope, "data": plain_record(one.data)} for one in fragments]


def give_pids(content: Any) -> None:
    """Give records under which outcomes stand, and which have neither path nor pid, the pid that their name gives."""
    if not isinstance(content, dict):
        return
    for section in ("meetings", "statements"):
        items = content.get(section)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and not item.get("path") and not item.get("pid"):
                dialogue = content.get("dialogue")
                scope = str(dialogue.get("code", "")) if isinstance(dialogue, dict) else ""
                item["pid"] = derived_pid(section, scope, item)


def derived_pid(section: str, scope: str, data: dict[str, Any]) -> str:
    """The pid of a new record that brings none: from what tells it apart, so that the same file finds it again."""
    names = (
        "path", "key", "code", "slug", "track", "ordinal", "start", "title_printed", "date", "summary", "name",
    )  # fmt: skip
    return pids.derive(f"record of {section}: {scope} {' '.join(str(data[n]) for n in names if data.get(n))}")


def plain_record(data: Any) -> Any:
    """Dates that YAML makes of themselves are texts in the exchange format."""
    if isinstance(data, dict):
        return {str(key): plain_record(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain_record(item) for item in data]
    if isinstance(data, str):
        return data.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    return data if isinstance(data, int | float | bool | None) else sheets.as_text(data)


def put_texts_in(fragment: Fragment, texts: dict[str, str], used: dict[str, str]) -> None:
    """Bring in a statement's texts that came as Markdown files of their own, told by their names.

    `used` holds where each was named. Raises ValueError where one name stands for two files.
    """
    found = fragment.data.get("texts") if fragment.section == "statements" else None
    for text in found if isinstance(found, list) else ():
        path = str(text.get("file", "")) if isinstance(text, dict) else ""
        name = path.rpartition("/")[2]
        if name not in texts:
            continue
        if used.setdefault(name, path) != path:
            raise ValueError(
                f"{name} is named as {used[name]} and as {path}. Give each text a name of its own."
            )
        del text["file"]
        text["paragraphs"] = markdown.parse(texts[name])
