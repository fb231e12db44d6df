"""Words set as a citation has them: quotation marks, punctuation at seams; as text and as HTML.

Characters of Unicode's private use (U+E000 to U+E006) stand for italics, small capitals and quotation marks while a
citation is put together; none of them survives from what was typed, and none is left at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ITALIC_OPEN, ITALIC_CLOSE, CAPS_OPEN, CAPS_CLOSE, QUOTE_OPEN, QUOTE_CLOSE = map(chr, range(0xE000, 0xE006))
FORMATS = {
    ("font-style", "italic"): (ITALIC_OPEN, ITALIC_CLOSE),
    ("font-variant", "small-caps"): (CAPS_OPEN, CAPS_CLOSE),
}
TAGS = {
    ITALIC_OPEN: "<i>",
    ITALIC_CLOSE: "</i>",
    CAPS_OPEN: '<span class="small-caps">',
    CAPS_CLOSE: "</span>",
}
PRIVATE = re.compile("[\ue000-\uf8ff]")
CLOSING = f"[{ITALIC_CLOSE}{CAPS_CLOSE}]*"
SEAMS = (
    (re.compile(f"([.?!…。！？]{CLOSING})[.](?=[ \ue000-\ue005]|$)"), r"\1"),
    (re.compile(f"([,;:])({CLOSING})\\1"), r"\1\2"),
    (re.compile(" {2,}"), " "),
)
SINGLE = re.compile(r"(^|[\s(\[–—“\"])['‘](?=\w)([^'‘’]*)['’](?!\w)")
"""A pair of single quotation marks; an apostrophe has no partner that opens."""
STAY = "\ue006"
"""Between a quotation mark and punctuation that the title itself sets apart: its printer's choice is kept."""
INSIDE = re.compile(f"({QUOTE_CLOSE}(?:[{ITALIC_CLOSE}{QUOTE_CLOSE}])*)([.,])")
Pairs = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Rendered:
    """A citation as plain text and as HTML, in which nothing but `i` and `span class="small-caps"` is a tag."""

    text: str
    html: SafeString


def typographic(text: str) -> str:
    """Straight quotation marks and apostrophes set as a printer does; pairs of quotation marks ready to nest."""
    found = " ".join(PRIVATE.sub("", text).replace("...", "…").split())
    found = SINGLE.sub(f"\\1{QUOTE_OPEN}\\2{QUOTE_CLOSE}", found).replace("'", "’")
    found = re.sub(r'(^|[\s(\[–—])"', r"\1“", found).replace('"', "”")
    if found.count("“") == found.count("”"):
        found = found.replace("“", QUOTE_OPEN).replace("”", QUOTE_CLOSE)
    return re.sub(f"{QUOTE_CLOSE}(?=[.,])", QUOTE_CLOSE + STAY, found)


def finished(text: str, quotes: Pairs, *, inside: bool) -> Rendered:
    """The citation put together: no mark of punctuation twice, quotation marks nested, marks made tags.

    `inside` moves full stops and commas into quotation marks, as American styles do.
    """
    if inside:
        text = INSIDE.sub(r"\2\1", text)
    for pattern, instead in SEAMS:
        text = pattern.sub(instead, text)
    text = nested(text, quotes).replace(STAY, "")
    html = str(escape(text))
    for mark, tag in TAGS.items():
        text, html = text.replace(mark, ""), html.replace(mark, tag)
    return Rendered(text, mark_safe(html))


def nested(text: str, pairs: Pairs) -> str:
    """Quotation marks that alternate between two pairs with their depth."""
    depth, found = 0, []
    for character in text:
        if character == QUOTE_OPEN:
            found.append(pairs[depth % 2][0])
            depth += 1
        elif character == QUOTE_CLOSE:
            depth = max(depth - 1, 0)
            found.append(pairs[depth % 2][1])
        else:
            found.append(character)
    return "".join(found)
