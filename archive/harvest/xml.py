"""Writing XML: elements, attributes and text that are escaped once, and hold only what XML 1.0 allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside the production Char (XML 1.0, section 2.2)."""


class Xml(str):
    """Text that is XML already."""

    __slots__ = ()


def text(value: Any) -> Xml:
    """The value as escaped text; a character that XML cannot hold becomes U+FFFD."""
    return value if isinstance(value, Xml) else Xml(escape(FORBIDDEN.sub("\ufffd", str(value))))


def element(name: str, *content: Any, attributes: dict[str, Any] | None = None) -> Xml:
    """One element; attributes and content that are None are left out."""
    said = "".join(
        f" {key}={quoteattr(FORBIDDEN.sub('�', str(value)))}"
        for key, value in (attributes or {}).items()
        if value is not None
    )
    inner = "".join(text(part) for part in content if part is not None)
    return Xml(f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>")


def elements(name: str, values: Iterable[Any]) -> Xml:
    """An element for each value that says something."""
    return Xml("".join(element(name, value) for value in values if value not in (None, "")))


def document(root: Xml) -> bytes:
    return (DECLARATION + root + "\n").encode()
