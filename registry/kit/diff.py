"""What differs between two texts, word by word, and between two records, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Words = list[tuple[str, str]]
"""Runs of text with what became of them: `same`, `removed` or `added`."""

CHARACTERS = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
    r"\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
"""Scripts that are cut by character, for a regular expression: Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer."""
TOKEN = re.compile(rf"[{CHARACTERS}]|[^\W{CHARACTERS}]+|\s+|[^\w\s]")
ISLAND = 3
ROW_NAMES = ("key", "id", "number", "code", "segment", "language", "text", "name", "field", "value", "office")


@dataclass(frozen=True)
class Change:
    """One field that differs; `old` or `new` is None where it was added or removed."""

    label: str
    old: str | None
    new: str | None

    @property
    def kind(self) -> str:
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def words(self) -> Words:
        return words(self.old or "", self.new or "")


def words(old: str, new: str) -> Words:
    """Word-level difference; running Japanese, Chinese and Korean are cut by character.

    Joining `same` and `removed` gives the old text, joining `same` and `added` the new one.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: Words = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            found.append(("removed", "".join(before[i1:i2])))
        if j2 > j1:
            found.append(("added", "".join(after[j1:j2])))
    return found


def phrases(old: str, new: str) -> Words:
    """As `words`, but what stands alone between two changes and has no more than three letters (a space, a comma,
    “of”) belongs to them: phrases are marked, not every other word."""
    found = words(old, new)
    joined: Words = []
    removed = added = ""
    for place, (kind, text) in enumerate(found):
        is_between = bool(removed or added) and place + 1 < len(found)
        if kind == "same" and is_between and sum(letter.isalnum() for letter in text) <= ISLAND:
            removed, added = removed + text, added + text
        elif kind == "same":
            joined += [one for one in (("removed", removed), ("added", added)) if one[1]]
            removed = added = ""
            joined.append((kind, text))
        elif kind == "removed":
            removed += text
        else:
            added += text
    return joined + [one for one in (("removed", removed), ("added", added)) if one[1]]


def records(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Every field that differs between two descriptions of a record, in the new one's order."""
    before, after = dict(leaves(old)), dict(leaves(new))
    labels = [*after, *(label for label in before if label not in after)]
    return [
        Change(label, before.get(label), after.get(label))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def leaves(data: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """Each plain value with the names that lead to it; rows of a list go by what names them."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, f"{label} › {key}" if label else key)
    elif isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield from leaves(item, f"{label} › {row_name(item, number)}")
    elif data not in (None, ""):
        yield label, {True: "yes", False: "no"}.get(data, str(data)) if isinstance(data, bool) else str(data)


def row_name(item: Any, number: int) -> str:
    """What tells a row of a list from the others: its own name, or that of the country or source it is about."""
    if not isinstance(item, dict):
        return str(item)
    if isinstance(item.get("country"), dict):
        return str(item["country"]["name"])
    named = (str(item[name]) for name in ROW_NAMES if item.get(name))
    return next(named, str(number))[:60]
