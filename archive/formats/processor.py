"""A processor of the Citation Style Language 1.0.2, as far as our own styles use it.

A style is read once and compiled to functions; what is not supported is refused then, never left out in silence.
Names are those of the specification (docs.citationstyles.org, CSL 1.0.2). Text is carried as a plain string in which
characters of Unicode's private use stand for italics, small capitals and quotation marks: so what an editor typed can
never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from archive.formats.date_ranges import UNITS, Piece, ranged
from archive.formats.typography import FORMATS, QUOTE_CLOSE, QUOTE_OPEN, Rendered, finished, typographic

Item = dict[str, Any]
NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AFFIXES = frozenset({"prefix", "suffix"})
FORMATTING = frozenset({"font-style", "font-variant"})
ATTRIBUTES = {
    "choose": frozenset(),
    "date": AFFIXES | {"variable", "delimiter"},
    "date-part": AFFIXES | {"name", "form", "range-delimiter"},
    "else": frozenset(),
    "else-if": frozenset({"type", "variable", "match"}),
    "group": AFFIXES | {"delimiter"},
    "if": frozenset({"type", "variable", "match"}),
    "label": AFFIXES | {"variable", "form"},
    "layout": AFFIXES,
    "macro": frozenset({"name"}),
    "name": frozenset({"and", "delimiter"}),
    "names": AFFIXES | {"variable"},
    "text": AFFIXES | FORMATTING | {"variable", "macro", "term", "value", "form", "quotes", "text-case"},
}
VERBATIM = frozenset({"URL", "number", "locator"})
"""Variables that are printed character for character."""
SEVERAL = re.compile(r"\d+(?:\s*[-–,&]\s*\d+)+")
SIDES = ("open", "close")


class StyleError(ValueError):
    """The style uses something that this processor has not."""


@dataclass(frozen=True)
class Part:
    """What an element wrote; `called` is true where it asked for a variable, which a group must know."""

    text: str = ""
    called: bool = False


Writer = Callable[[Item], Part]
Terms = dict[tuple[str, str], tuple[str, str]]


@dataclass
class Style:
    """A compiled style: `cite` writes a note or the words in brackets, `entry` the line of a bibliography."""

    terms: Terms = field(default_factory=dict)
    macros: dict[str, Element] = field(default_factory=dict)
    punctuation_in_quote: bool = False
    layouts: dict[str, Writer] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, locale: Path) -> Style:
        """The style in the file, with the terms of the locale file where it has none of its own.

        Raises StyleError for what is not supported.
        """
        style, root = cls(), ElementTree.parse(path).getroot()
        for element in (ElementTree.parse(locale).getroot(), *root.findall(f"{NAMESPACE}locale")):
            style._take_locale(element)
        style.macros = {macro.attrib["name"]: macro for macro in root.findall(f"{NAMESPACE}macro")}
        for name in ("citation", "bibliography"):
            layout = root.find(f"{NAMESPACE}{name}/{NAMESPACE}layout")
            if layout is not None:
                style.layouts[name] = style._affixed(layout, style._children(layout))
        return style

    @property
    def has_entry(self) -> bool:
        return "bibliography" in self.layouts

    def cite(self, item: Item) -> Rendered:
        """The CSL-JSON item as a note or, in styles of author and date, as the words in brackets."""
        return self._finished("citation", item)

    def entry(self, item: Item) -> Rendered:
        """The CSL-JSON item as a bibliography has it."""
        return self._finished("bibliography", item)

    def _finished(self, layout: str, item: Item) -> Rendered:
        quotes = [
            self.terms[f"{side}-{which}", "long"][0] for which in ("quote", "inner-quote") for side in SIDES
        ]
        return finished(
            self.layouts[layout](item).text, (quotes[:2], quotes[2:]), inside=self.punctuation_in_quote
        )

    # Reading

    def _take_locale(self, element: Element) -> None:
        for options in element.findall(f"{NAMESPACE}style-options"):
            self.punctuation_in_quote = options.get("punctuation-in-quote") == "true"
        for term in element.iter(f"{NAMESPACE}term"):
            single = term.findtext(f"{NAMESPACE}single", (term.text or "").strip())
            multiple = term.findtext(f"{NAMESPACE}multiple", single)
            self.terms[term.attrib["name"], term.get("form", "long")] = (single, multiple)

    def _children(self, element: Element) -> list[Writer]:
        return [self._compiled(child) for child in element]

    def _compiled(self, element: Element) -> Writer:
        compile_: Callable[[Element], Writer] = getattr(self, f"_{check(element)}")
        return compile_(element)

    def _affixed(self, element: Element, children: list[Writer]) -> Writer:
        """The children one after the other, between the element's prefix and suffix."""
        prefix, suffix = element.get("prefix", ""), element.get("suffix", "")

        def write(item: Item) -> Part:
            parts = [child(item) for child in children]
            text = "".join(part.text for part in parts)
            called = any(part.called for part in parts)
            return Part(prefix + text + suffix if text else "", called)

        return write

    # Elements

    def _text(self, element: Element) -> Writer:
        source = self._source(element)
        prefix, suffix, case = element.get("prefix", ""), element.get("suffix", ""), element.get("text-case")
        marks = [FORMATS[name, element.attrib[name]] for name in sorted(FORMATTING & set(element.attrib))]
        if element.get("quotes") == "true":
            marks.insert(0, (QUOTE_OPEN, QUOTE_CLOSE))
        if case not in (None, "lowercase", "capitalize-first"):
            raise StyleError(f"text-case “{case}” is not supported.")

        def write(item: Item) -> Part:
            found = source(item)
            text = found.text
            if not text:
                return found
            if case:
                text = text.lower() if case == "lowercase" else text[0].upper() + text[1:]
            for opening, closing in marks:
                text = opening + text + closing
            return Part(prefix + text + suffix, found.called)

        return write

    def _source(self, element: Element) -> Writer:
        if "variable" in element.attrib:
            name = element.attrib["variable"]
            return lambda item: Part(value(item, name), called=True)
        if "macro" in element.attrib:
            children = self._children(self.macros[element.attrib["macro"]])
            return self._affixed(Element("macro"), children)
        if "term" in element.attrib:
            term = self.terms[element.attrib["term"], element.get("form", "long")][0]
            return lambda item: Part(term)
        return lambda item: Part(element.attrib["value"])

    def _group(self, element: Element) -> Writer:
        """Written only where at least one of the variables it asks for has something to say."""
        children = self._children(element)
        prefix, suffix = element.get("prefix", ""), element.get("suffix", "")
        delimiter = element.get("delimiter", "")

        def write(item: Item) -> Part:
            parts = [child(item) for child in children]
            called = any(part.called for part in parts)
            if called and not any(part.called and part.text for part in parts):
                return Part(called=True)
            text = delimiter.join(part.text for part in parts if part.text)
            return Part(prefix + text + suffix if text else "", called)

        return write

    def _choose(self, element: Element) -> Writer:
        for branch in element:
            check(branch)
        branches = [(condition(branch), self._affixed(branch, self._children(branch))) for branch in element]

        def write(item: Item) -> Part:
            return next((body(item) for holds, body in branches if holds(item)), Part())

        return write

    def _names(self, element: Element) -> Writer:
        name = element.find(f"{NAMESPACE}name")
        options = name.attrib if name is not None else {}
        delimiter = options.get("delimiter", ", ")
        last = {"text": self.terms["and", "long"][0], "symbol": "&"}.get(options.get("and", ""))
        prefix, suffix, variable = (element.get(key, "") for key in ("prefix", "suffix", "variable"))

        def write(item: Item) -> Part:
            bodies = [typographic(one["literal"]) for one in item.get(variable, ())]
            if last and len(bodies) > 1:
                comma = "," if len(bodies) > 2 else ""
                bodies[-2:] = [f"{bodies[-2]}{comma} {last} {bodies[-1]}"]
            return Part(prefix + delimiter.join(bodies) + suffix if bodies else "", called=True)

        return write

    def _label(self, element: Element) -> Writer:
        """The word or sign for a paragraph, which is what our locators count; many where several are cited."""
        form, variable = element.get("form", "long"), element.attrib["variable"]
        single, multiple = self.terms["paragraph", form]
        prefix, suffix = element.get("prefix", ""), element.get("suffix", "")

        def write(item: Item) -> Part:
            locator = value(item, variable)
            word = multiple if SEVERAL.fullmatch(locator) else single
            return Part(prefix + word + suffix if locator else "")

        return write

    def _date(self, element: Element) -> Writer:
        pieces: list[Piece] = [
            (part.attrib["name"], self._date_part(part), part.get("range-delimiter", "–")) for part in element
        ]
        variable = element.attrib["variable"]
        prefix, suffix, delimiter = (element.get(key, "") for key in ("prefix", "suffix", "delimiter"))

        def write(item: Item) -> Part:
            dates = [
                dict(zip(UNITS, parts, strict=False)) for parts in (item.get(variable) or EMPTY)["date-parts"]
            ]
            written = list(ranged(dates, pieces))
            return Part(prefix + delimiter.join(written) + suffix if written else "", called=True)

        return write

    def _date_part(self, element: Element) -> Callable[[int], tuple[str, str, str]]:
        """Prefix, number or word, and suffix of a year, month or day."""
        check(element)
        name, prefix, suffix = element.attrib["name"], element.get("prefix", ""), element.get("suffix", "")
        form = element.get("form", "long" if name == "month" else "numeric")
        if form not in ("numeric", "numeric-leading-zeros", "long", "short"):
            raise StyleError(f"date-part form “{form}” is not supported.")

        def write(number: int) -> tuple[str, str, str]:
            if name == "month" and form in ("long", "short"):
                return prefix, self.terms[f"month-{number:02}", form][0], suffix
            return prefix, f"{number:02}" if form == "numeric-leading-zeros" else str(number), suffix

        return write


def check(element: Element) -> str:
    """The element's name. Raises StyleError where it, or one of its attributes, is not supported."""
    kind = element.tag.removeprefix(NAMESPACE)
    unknown = set(element.attrib) - ATTRIBUTES.get(kind, frozenset())
    if kind not in ATTRIBUTES or unknown:
        raise StyleError(f"<{kind}> {' '.join(sorted(unknown))} is not supported.")
    return kind


EMPTY: dict[str, list[list[int]]] = {"date-parts": []}


def value(item: Item, variable: str) -> str:
    """A variable as text, its quotation marks and apostrophes made typographic."""
    found = str(item.get(variable) or "")
    if variable == "locator":
        return found.replace("-", "–") if SEVERAL.fullmatch(found) else found
    return found if variable in VERBATIM else typographic(found)


def condition(branch: Element) -> Callable[[Item], bool]:
    """Whether an item takes this branch of a `choose`: its type, and which variables it has."""
    types, variables = (branch.get(key, "").split() for key in ("type", "variable"))
    match = {"any": any, "none": lambda tests: not any(tests)}.get(branch.get("match", "all"), all)

    def holds(item: Item) -> bool:
        tests = [item["type"] == kind for kind in types] + [bool(item.get(name)) for name in variables]
        return bool(match(tests)) if tests else True

    return holds
