"""Links that lead to words on a page: text fragments (WICG, URL Fragment Text Directives)."""

from __future__ import annotations

from urllib.parse import quote

LONGEST = 120
"""Characters quoted whole; a longer passage is named by its first and last words and by those around it."""
ENDS = 5
AROUND = 3


def fragment(words: str, before: str = "", after: str = "") -> str:
    """`:~:text=` with `[prefix-,]start[,end][,-suffix]` for the words, which stand between `before` and `after`."""
    said = words.split()
    if len(words) <= LONGEST or len(said) <= 2 * ENDS:
        return f":~:text={encoded(said)}"
    parts = [encoded(said[:ENDS]), encoded(said[-ENDS:])]
    if before.strip():
        parts.insert(0, encoded(before.split()[-AROUND:]) + "-")
    if after.strip():
        parts.append("-" + encoded(after.split()[:AROUND]))
    return ":~:text=" + ",".join(parts)


def encoded(words: list[str]) -> str:
    """Percent-encoded UTF-8; hyphens too, since one at an end would mark a prefix or suffix."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
