"""Characters of addresses as they are written where they may not stand: percent-encoded, or as TeX has a tilde."""

from __future__ import annotations

import re
from urllib.parse import unquote

PERCENT = r"(?:\\%|\{\\%\}|%)"
TILDE_IN_TEX = (
    r"(?:\{\\textasciitilde(?:\{\})?\}|\\textasciitilde(?:\{\}|[ ])|\{\\~(?:\{\})?\}|\\~\{\}|\\string~"
    r"|\{\$\\sim\$\}|\$\\sim\$)"
)
ESCAPED = rf"(?:{TILDE_IN_TEX}|{PERCENT}[0-9a-fA-F]{{2}})"
TILDE = rf"(?:~|{TILDE_IN_TEX}|{PERCENT}7[eE])"
AT = rf"(?:@|{PERCENT}40)"


def plain(text: str) -> str:
    """The text with every escape read."""
    return unquote(re.sub(PERCENT, "%", re.sub(TILDE_IN_TEX, "~", text)))


def escaped_as(model: str, text: str) -> str:
    """The text with those characters escaped that stand in the model in no other way, and as they stand there."""
    forms = {plain(match[0]): match[0] for match in re.finditer(ESCAPED, model)}
    unescaped = re.sub(ESCAPED, "", model)
    table = {
        ord(letter): form for letter, form in forms.items() if letter in "/:@~" and letter not in unescaped
    }
    return text.translate(table)
