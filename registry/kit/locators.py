"""How a paragraph is numbered: as its issuer printed it, else as its key says."""

from __future__ import annotations

import re
from typing import Any


def locator(paragraph: dict[str, Any]) -> str:
    """The number a footnote gives: the one printed, without the marks around it, else our own."""
    return bare(paragraph.get("number_printed") or "") or own_number(paragraph["key"])


def own_number(key: str) -> str:
    """What the key says, which stays the same for ever: 4 of p4, 4.2 of p4-2."""
    return re.sub(r"^p(?=[0-9])", "", key).replace("-", ".")


def bare(printed: str) -> str:
    """Without full stops and brackets around it: IV of “IV.”, 4 of “(4)”, II.1(a) as it is."""
    text = printed.strip(" .")
    is_open = text.count("(") != text.count(")")
    is_within = text.startswith("(") and text.find(")") == len(text) - 1
    return text.strip(" .()") if is_open or is_within else text
