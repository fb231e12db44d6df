"""How high the frame of a card must be, reckoned from its words and `static/css/embed.css` without a browser.

Letters are taken as wide as in the wider of common fonts: a frame that is a line too high does no harm, and one that is
too low scrolls.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from archive.formats.embedded import Embedded, Standing

FIRST_CYRILLIC, FIRST_WIDE = 0x370, 0x2E80
"""From here on in Unicode most letters are wider (Greek and Cyrillic), and as wide as high (Chinese and Japanese)."""
EDGES, GAP = 34, 8
"""Pixels above and beneath all blocks, and between two."""
ADDRESS = 0.62
"""Width of a letter of the address, in its heights: all are alike."""
ONCE_SAID = 80
"""Letters of what may have to be said of a card once: that it was corrected, when and why."""


@dataclass(frozen=True)
class Style:
    """Of a block: height of its letters and of a line, what stands around it, what is taken off its width."""

    letters: float
    line: float
    around: float = 0
    narrower: float = 0
    width: float = 1
    """Of its letters, against text."""


STANDING = Style(15, 21, 21, 5, width=1.15)
TITLE = Style(19.2, 24, width=1.12)
KIND = Style(13, 19.5, width=1.1)
WORDS = Style(16.8, 26.1)
QUOTATION = Style(16.8, 26.1, narrower=18)
SOURCE = Style(13, 21.1, 10)
Block = tuple[str, Style]


def height_of_card(card: Embedded, width: int) -> int:
    """Pixels that the card fills, with room for a note of correction where it has none yet."""
    shown = card.shown
    kind = [shown.genre, shown.dialogue["name"] if shown.dialogue else ""]
    blocks = [*map(standing, card.standings or [later()]), (" · ".join(kind), KIND), (shown.title, TITLE)]
    blocks.append((f"{card.dates} · {shown.place or ''}", KIND))
    if card.words:
        blocks.append((card.words, QUOTATION if card.is_quotation else WORDS))
    if card.is_quotation:
        blocks.append((f"{shown.locator} {_('This archive’s own summary, not the issuer’s text.')}", KIND))
    return height(blocks, card.address, width)


def height_of_tombstone(said: Standing, title: str, address: str, width: int) -> int:
    return height([standing(said), ("", KIND), (title, TITLE)], address, width)


def standing(one: Standing) -> Block:
    return f"{one.sentence} {one.more}", STANDING


def later() -> Standing:
    return Standing("corrected", "n" * ONCE_SAID)


def height(blocks: Iterable[Block], address: str, width: int) -> int:
    inner = width - 40.0
    pixels = sum(lines(*block, inner) * block[1].line + block[1].around + GAP for block in blocks)
    rows = ceil(len(address) * ADDRESS * SOURCE.letters / inner) + 1
    return ceil(EDGES + pixels + rows * SOURCE.line + SOURCE.around)


def lines(text: str, style: Style, inner: float) -> int:
    """Lines that the text fills; the last word of each is lost on average by half."""
    room = (inner - style.narrower) / (style.letters * style.width) - 1.5
    return sum(max(ceil(sum(map(em, line)) / max(room, 4)), 1) for line in text.split("\n"))


def em(letter: str) -> float:
    """Width of a letter, in its heights."""
    return 1.0 if ord(letter) >= FIRST_WIDE else 0.6 if ord(letter) >= FIRST_CYRILLIC else 0.5
