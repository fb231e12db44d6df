"""Text drawn in whatever fonts the machine has: each character in the first font of a list that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from PIL import ImageDraw, ImageFont

SERIF = ("SourceSerif4-Regular.ttf", "NotoSerif-Regular.ttf", "DejaVuSerif.ttf", "NotoSerifCJK-Regular.ttc")
SERIF_BOLD = ("SourceSerif4-Bold.ttf", "NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "NotoSerifCJK-Bold.ttc")
SANS = ("SourceSans3-Regular.ttf", "NotoSans-Regular.ttf", "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc")
SANS_BOLD = ("SourceSans3-Bold.ttf", "NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSansCJK-Bold.ttc")
NO_CHARACTER = "\U0010fffe"
"""A noncharacter: what a font draws for it is what it draws for all that it does not know."""
WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
NOT_FIRST = r"[、。，．・：；！？」』）】》〉ー々]"
PIECES = re.compile(rf"\s+|{WIDE}{NOT_FIRST}*|(?:(?!{WIDE})\S)+")
"""Where a line may be broken: at spaces, and between ideographs but not before their punctuation."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Family = tuple[str, ...]


@lru_cache(maxsize=64)
def fonts(family: Family, size: int) -> tuple[Font, ...]:
    """Those fonts of the family that are installed, then Pillow’s own, which knows Latin letters."""
    found: list[Font] = []
    for name in family:
        try:
            found.append(ImageFont.truetype(name, size))
        except OSError:
            continue
    return (*found, ImageFont.load_default(size))


@lru_cache(maxsize=4096)
def knows(font: Font, character: str) -> bool:
    """Whether the font has a picture of the character."""
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask(NO_CHARACTER))


@lru_cache(maxsize=4096)
def font_for(family: Family, size: int, character: str) -> Font:
    available = fonts(family, size)
    return next((font for font in available if knows(font, character)), available[0])


def runs(text: str, family: Family, size: int) -> Iterator[tuple[str, Font]]:
    """The text in pieces of one font each."""
    run, current = "", None
    for character in text:
        font = font_for(family, size, character)
        if current is not None and font is not current:
            yield run, current
            run = ""
        run, current = run + character, font
    if current is not None:
        yield run, current


def width(text: str, family: Family, size: int) -> float:
    return sum(font.getlength(run) for run, font in runs(text, family, size))


def lines(text: str, family: Family, size: int, room: float, most: int) -> tuple[list[str], bool]:
    """The text in at most so many lines of this width, and whether all of it fits; else it ends in “…”."""
    found, line = [], ""
    pieces = [
        part for piece in PIECES.findall(" ".join(text.split())) for part in parts(piece, family, size, room)
    ]
    for piece in pieces:
        if line and width(line + piece.rstrip(), family, size) > room:
            found.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    found += [line.rstrip()] if line.strip() or not found else []
    if len(found) <= most:
        return found, True
    return [*found[: most - 1], shortened(found[most - 1], family, size, room)], False


def parts(piece: str, family: Family, size: int, room: float) -> Iterator[str]:
    """A word, or where it is wider than the line, what fits of it each time."""
    if width(piece, family, size) <= room:
        yield piece
        return
    part = ""
    for character in piece:
        if part and width(part + character, family, size) > room:
            yield part
            part = ""
        part += character
    yield part


def shortened(line: str, family: Family, size: int, room: float) -> str:
    while line and width(f"{line}…", family, size) > room:
        line = line[:-1]
    return f"{line.rstrip(' ,;:.')}…"


def write(
    on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, family: Family, size: int, colour: str
) -> None:
    """Draw one line; `at` is where its baseline begins."""
    x, y = at
    for run, font in runs(text, family, size):
        on.text((x, y), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)
