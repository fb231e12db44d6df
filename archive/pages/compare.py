"""Any two editions, languages, statements, paragraphs or records, beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive import asked, forms
from archive.formats.language import COMPARED, COMPARED_WORDS
from archive.models import Wording
from archive.pages import comparable
from archive.pages.respond import Rows, problem, respond
from archive.verify.pasted import Refused
from archive.verify.references import Cited, Unfound, resolve
from meetings.alignment import WHATS, Alignment, Row, Side, outcome_side, paragraph_data, readable, text_side
from registry.kit import diff
from registry.models import Pid

SIDES = ("a", "b")
SHOWS = (*WHATS, "moved")
"""Of the rows, those that are what `?show=` asks for."""
NOT_COMPARED = ("id", "texts", "outcomes")
"""Which record it is stands above; texts and outcomes are aligned piece by piece."""
NAMES_OF_ROWS = ("key", "number", "locator", "text")
SHOWN_OF_TEXTS = ("text", "number")
"""Of a paragraph: its words are aligned, and its place stands beside them."""
Data = dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    """Two sides with what is compared of them: texts where both have one, the other texts, and the other fields."""

    a: Cited
    b: Cited
    alignment: Alignment | None
    fields: list[diff.Change]
    others: list[OtherText]
    pinned: str
    """The address of this comparison for ever: both sides at their editions."""
    show: str | None = None

    @property
    def rows(self) -> list[Row]:
        """The rows that are shown; the counts are of all."""
        rows = self.alignment.rows if self.alignment else []
        return [
            row for row in rows if self.show in (None, row.what) or (self.show == "moved" and row.is_moved)
        ]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs of all that was compared."""
        is_text_same = self.alignment is None or self.alignment.is_same
        return is_text_same and not self.fields and all(one.what == "same" for one in self.others)

    def shows(self) -> list[tuple[str, str]]:
        """What the rows can be narrowed to, with the address of each; first all of them."""
        every = self.pinned.removeprefix(settings.SITE_URL)
        counts = self.alignment.counts if self.alignment else {}
        return [("", every), *((name, f"{every}&show={name}") for name in SHOWS if counts.get(name))]

    def as_data(self) -> Data:
        return {
            "a": side_data(self.a),
            "b": side_data(self.b),
            "url": self.pinned,
            "aligned_by": self.alignment.basis if self.alignment else None,
            "counts": self.alignment.counts if self.alignment else None,
            "show": self.show,
            "rows": [row.as_data() for row in self.rows],
            "other_texts": [one.as_data() for one in self.others],
            "fields": [
                {"field": one.label, "a": one.old, "b": one.new, "what": one.kind} for one in self.fields
            ],
        }


@dataclass(frozen=True)
class OtherText:
    """A text of whole statements beside the one whose paragraphs are shown; None on a side that has it not."""

    a: Cited | None
    b: Cited | None

    @property
    def text(self) -> Data:
        found: Data | None = (self.a or self.b).text  # type: ignore[union-attr]
        assert found
        return found

    @cached_property
    def alignment(self) -> Alignment | None:
        sides = [side_of(one) for one in (self.a, self.b) if one]
        both = [side for side in sides if side]
        return Alignment(*both) if len(both) == len(SIDES) else None

    @property
    def counts(self) -> dict[str, int] | None:
        return self.alignment.counts if self.alignment else None

    @property
    def what(self) -> str:
        """same, changed, only_a or only_b."""
        if self.alignment is None:
            return "only_a" if self.a else "only_b"
        return "same" if self.alignment.is_same else "changed"

    @property
    def said(self) -> list[str]:
        """What became of its paragraphs, in words: 1 changed, 1 only in B."""
        if not self.counts:
            return [str(COMPARED_WORDS[self.what])]
        some = {name: count for name, count in self.counts.items() if count and name != "same"}
        return [f"{count} {COMPARED_WORDS[name]}" for name, count in some.items()] or [_("the same")]

    @property
    def address(self) -> str:
        """Where the two, or the only one, are read."""
        if self.a and self.b:
            return pinned_address(self.a, self.b).removeprefix(settings.SITE_URL)
        return str((self.a or self.b).address)  # type: ignore[union-attr]

    def as_data(self) -> Data:
        return {
            "text": self.text["segment"],
            "language": self.text["language"],
            "what": self.what,
            "counts": self.counts,
            "url": f"{settings.SITE_URL}{self.address}",
        }


@asked.knowing(*SIDES, "show")
def compare(request: HttpRequest) -> HttpResponseBase:
    """`?a=…&b=…` beside each other; the form without them; a side that leads nowhere is named with the reason."""
    try:
        written = {side: request.GET.get(side, "").strip() for side in SIDES}
        if not {*SIDES} & {*request.GET}:
            form = {"examples": list(examples()), "canonical": "/compare/"}
            return respond(request, "compare/form.html", form, data=about())
        show = shown(request)
        sides, refused = both(written)
        if refused:
            return refusal(request, written, refused)
        comparison = replace(compared(*sides), show=show)
    except Refused as one:
        return refusal(request, written, [one])
    context = {
        "comparison": comparison,
        "canonical": comparison.pinned.removeprefix(settings.SITE_URL),
        "a": comparison.a,
        "b": comparison.b,
        "written": written,
        "together": list(comparable.together([comparison.a.pid, comparison.b.pid])),
    }
    rows = Rows(COMPARED, [compared_row(row) for row in comparison.rows]) if comparison.alignment else None
    return respond(request, "compare/compare.html", context, data=comparison.as_data(), rows=rows)


def shown(request: HttpRequest) -> str | None:
    """Which rows are asked for, or None for all; Refused where it is none of those there are."""
    show = request.GET.get("show", "")
    if show and show not in SHOWS:
        raise Refused(400, "show", _("“show” is one of %(known)s.") % {"known": ", ".join(SHOWS)})
    return show or None


def compared_row(row: Row) -> Data:
    """A row flat, as CSV has it."""
    both = (paragraph_data(row.left), paragraph_data(row.right))
    sides = [(side, one or {}) for side, one in zip(SIDES, both, strict=True)]
    return {
        "what": row.what,
        "moved": "yes" if row.is_moved else "no",
        "likeness": None if row.likeness is None else round(row.likeness, 2),
        **{f"{side}_{name}": one.get(name) for side, one in sides for name in NAMES_OF_ROWS},
    }


def refusal(request: HttpRequest, written: dict[str, str], refused: list[Refused]) -> HttpResponseBase:
    """The reasons, what can be compared, ways on, and the form as it was filled in; problem details for programs."""
    status = refused[0].status
    named = [pid for side in SIDES if (pid := named_by(written[side]))]
    if forms.chosen(request) == "json":
        errors = [{"field": one.field, "detail": one.detail} for one in refused]
        said = [one.detail for one in refused] + ([comparable.what()] if len(named) == len(SIDES) else [])
        return problem(request, status, _("That cannot be compared"), " ".join(said), errors=errors)
    context = {
        "details": [one.detail for one in refused],
        "what": comparable.what(),
        "ways": comparable.ways(named),
        "written": {side: text[:500] for side, text in written.items()},
    }
    return render(request, "compare/refused.html", context, status=status)


def named_by(written: str) -> Pid | None:
    """The record that a side names, or is perhaps meant by it."""
    try:
        return resolve(written).pid
    except Unfound:
        return comparable.meant(written)


def both(written: dict[str, str]) -> tuple[list[Cited], list[Refused]]:
    """What the sides name, and why one or both name nothing."""
    found, refused = [], []
    for side in SIDES:
        try:
            found.append(cited(side, written[side]))
        except Refused as one:
            refused.append(one)
    return found, refused


def cited(side: str, written: str) -> Cited:
    """What this side names; Refused names the side and says why there is nothing."""
    name = side.upper()
    if not written:
        detail = _("%(side)s is missing: give an id or an address for each of a and b.") % {"side": name}
        raise Refused(400, side, detail)
    try:
        return resolve(written)
    except Unfound as unfound:
        near = ", ".join(one.value for one in unfound.nearest)
        detail = f"{name}: {unfound.detail}"
        if near:
            detail = f"{detail} {_('Did you mean %(near)s?') % {'near': near}}"
        meant = comparable.meant(written) if unfound.status == 404 else None
        if meant:
            hint = _("%(title)s is meant by its address: %(path)s.")
            detail = f"{detail} {hint % {'title': meant.title, 'path': meant.path}}"
        if unfound.stood:
            detail = f"{detail} {_('Compare that edition: %(address)s') % {'address': unfound.stood}}"
        raise Refused(unfound.status, side, detail) from unfound


def compared(a: Cited, b: Cited) -> Comparison:
    """Raises Refused where the two are of different kinds, or one is a part and the other has no parts."""
    if a.edition.data["type"] != b.edition.data["type"]:
        detail = _("A is a %(a)s and B a %(b)s: compare two of a kind.")
        kinds = {"a": a.edition.data["type"], "b": b.edition.data["type"]}
        raise Refused(400, "b", detail % kinds)
    is_whole, pinned = not (a.text or b.text), pinned_address(a, b)
    a, b = with_texts(a, b)
    sides = [side_of(one) for one in (a, b)]
    alignment = Alignment(sides[0], sides[1]) if sides[0] and sides[1] else None
    if alignment is None and not is_whole:
        name, other = ("b", b) if a.text else ("a", a)
        detail = _("%(side)s: the archive holds no text of “%(title)s” in that edition.")
        raise Refused(404, name, detail % {"side": name.upper(), "title": other.pid.title})
    fields = diff.records(*compared_fields(a, b)) if is_whole else []
    return Comparison(a, b, alignment, fields, other_texts(a, b) if is_whole else [], pinned)


def other_texts(a: Cited, b: Cited) -> list[OtherText]:
    """The texts of two whole statements, but for those whose paragraphs are shown."""
    texts_a, texts_b = texts_beside(a), texts_beside(b)
    return [OtherText(texts_a.get(name), texts_b.get(name)) for name in texts_a | texts_b]


def texts_beside(cited: Cited) -> dict[str, Cited]:
    """Each of its texts but the one that is shown, by the name of its segment."""
    texts = cited.edition.data.get("texts", ())
    return {text["segment"]: replace(cited, text=text) for text in texts if text is not cited.text}


def pinned_address(a: Cited, b: Cited) -> str:
    query = urlencode({"a": a.pinned, "b": b.pinned}, safe="@~/")
    return f"{settings.SITE_URL}/compare/?{query}"


def with_texts(a: Cited, b: Cited) -> tuple[Cited, Cited]:
    """Both with a text where they have one: the one asked for, else the other side’s, else the first of both."""
    texts_a, texts_b = a.edition.data.get("texts", []), b.edition.data.get("texts", [])
    shared = [one["segment"] for one in texts_a if one["segment"] in {two["segment"] for two in texts_b}]
    wanted = [one.text["segment"] for one in (a, b) if one.text] + shared
    return a.with_text(wanted), b.with_text(wanted)


def side_of(cited: Cited) -> Side | None:
    """What can be aligned: the paragraphs of a text, the outcomes of a meeting."""
    data = cited.edition.data
    if cited.text:
        return text_side(data, cited.text, cited.paragraph)
    return outcome_side(data) if data.get("outcomes") else None


def compared_fields(a: Cited, b: Cited) -> tuple[Data, Data]:
    """What is compared field by field; of two different records without bookkeeping."""
    one, other = (
        {name: value for name, value in cited.edition.data.items() if name not in NOT_COMPARED}
        for cited in (a, b)
    )
    if a.pid != b.pid:
        return readable(one), readable(other)
    beside = facts_of_texts(a, b), facts_of_texts(b, a)
    return {**one, "texts": beside[0]}, {**other, "texts": beside[1]}


def facts_of_texts(cited: Cited, other: Cited) -> Data:
    """What an edition says of the texts and paragraphs that another edition has too, but for their words."""
    found: Data = {}
    there = {text["segment"]: text for text in other.edition.data.get("texts", ())}
    for text in cited.edition.data.get("texts", ()):
        if text["segment"] not in there:
            continue
        keys = {one["key"] for one in there[text["segment"]]["paragraphs"]}
        facts = {name: value for name, value in text.items() if name != "paragraphs"}
        paragraphs = {
            one["key"]: {name: value for name, value in one.items() if name not in SHOWN_OF_TEXTS}
            for one in text["paragraphs"]
            if one["key"] in keys
        }
        found[text["segment"]] = facts | paragraphs
    return found


def side_data(cited: Cited) -> Data:
    return {
        "id": cited.pid.value,
        "type": cited.edition.data["type"],
        "title": cited.edition.data["title"],
        "edition": cited.edition.about(),
        "current_edition": cited.pid.edition_number,
        "text": cited.text["segment"] if cited.text else None,
        "language": cited.text["language"] if cited.text else None,
        "paragraph": cited.paragraph["key"] if cited.paragraph else None,
        "reference": cited.pinned,
        "permanent": cited.permanent,
        "url": cited.url,
    }


def about() -> Data:
    return {
        "a": "an id, id@edition, id@edition/text/~paragraph, or an address of this archive",
        "b": "the same",
        "url": f"{settings.SITE_URL}/compare/",
    }


def examples() -> Iterator[tuple[str, str, str]]:
    """Comparisons of what stands in the archive: what they show, and the two sides."""
    two = Wording.objects.two_statements()
    if two:
        yield _("Two statements of one dialogue"), *(one.path or "" for one in two)
        yield _("Two meetings"), *((one.path or "").rpartition("/")[0] for one in two)
    corrected = Wording.objects.corrected()
    if corrected:
        yield _("Two editions of one record"), f"{corrected}@1", f"{corrected}@{corrected.edition_number}"
