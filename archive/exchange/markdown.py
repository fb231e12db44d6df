"""A statement's text as a Markdown file beside its dialogue: what an editor pastes, and what an export writes.

Paragraphs stand between empty lines. A line of `#` begins a heading. What a paragraph is beyond its words stands in a
line of its own before them, in the way Pandoc writes attributes: `{#p4 .preambular number="4." topics="energy water"}`.
Without that line a paragraph has the key of its place (`p1`, `p2`) and is operative.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from registry.kit.text import normalise

Paragraph = dict[str, Any]
SUMMARY = "summary"
ATTRIBUTES = re.compile(
    r"\{#(?P<key>\S+) \.(?P<kind>\w+)(?: number=\"(?P<number>[^\"]*)\")?(?: topics=\"(?P<topics>[^\"]*)\")?\}"
)
HEADING = "# "


def take_out(statement: dict[str, Any], folder: Path) -> list[Path]:
    """Write the statement's texts that Markdown can hold as files, and name them where their paragraphs stood."""
    written = []
    for text in statement.get("texts", []):
        paragraphs = text.get("paragraphs", [])
        where = statement.get("path")
        if text["kind"] == SUMMARY or not where or not paragraphs or parse(render(paragraphs)) != paragraphs:
            continue
        name = f"texts/{where}.{text['language']}.md"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(paragraphs), encoding="utf-8", newline="\n")
        del text["paragraphs"]
        text["file"] = name
        written.append(path)
    return written


def put_in(text: dict[str, Any], folder: Path) -> None:
    """Replace the name of a file by the paragraphs it holds. Raises OSError where it cannot be read."""
    if "file" in text:
        path = (folder / text.pop("file")).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise OSError(f"{path.name} is not below the folder of the exchange files")
        text["paragraphs"] = parse(path.read_text(encoding="utf-8"))


def render(paragraphs: list[Paragraph]) -> str:
    return "\n\n".join(block(paragraph, place) for place, paragraph in enumerate(paragraphs, 1)) + "\n"


def block(paragraph: Paragraph, place: int) -> str:
    kind, words = paragraph.get("kind", "operative"), paragraph["words"]
    is_heading = kind == "heading"
    text = f"{HEADING}{words}" if is_heading else words
    said = set(paragraph) - {"words", "key"} - ({"kind"} if is_heading else set())
    if paragraph["key"] == f"p{place}" and not said and (is_heading or not words.startswith(HEADING)):
        return text
    number = f' number="{paragraph["number_printed"]}"' if "number_printed" in paragraph else ""
    topics = f' topics="{" ".join(paragraph["topics"])}"' if "topics" in paragraph else ""
    return f"{{#{paragraph['key']} .{kind}{number}{topics}}}\n{words if not is_heading else text}"


def parse(text: str) -> list[Paragraph]:
    """Paragraphs as the exchange format has them, in order; what is not said is left out."""
    blocks = [piece.strip("\n") for piece in re.split(r"\n[ \t]*\n", normalise(text)) if piece.strip()]
    return [paragraph(piece, place) for place, piece in enumerate(blocks, 1)]


def paragraph(piece: str, place: int) -> Paragraph:
    first, _, rest = piece.partition("\n")
    found = ATTRIBUTES.fullmatch(first.strip())
    words = rest if found else piece
    kind = found["kind"] if found else "heading" if words.startswith(HEADING) else "operative"
    if kind == "heading":
        words = words.removeprefix(HEADING)
    said: Paragraph = {"key": found["key"] if found else f"p{place}"}
    if found and found["number"]:
        said["number_printed"] = found["number"]
    if kind != "operative":
        said["kind"] = kind
    said["words"] = words
    if found and found["topics"]:
        said["topics"] = found["topics"].split()
    return said
