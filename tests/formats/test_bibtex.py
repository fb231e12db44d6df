"""BibTeX, as pybtex and bibtexparser read it: every record, nothing lost, no warning."""

from __future__ import annotations

import re

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from django.test import Client
from pybtex import errors
from pybtex.database import parse_string

from archive.formats import bibtex
from archive.formats.reference import Reference
from registry.models import Pid
from tests.formats.references import by_name, current, every, remarks

pytestmark = pytest.mark.django_db


def test_every_record_is_read_back_by_two_programs() -> None:
    references = every()
    text = "\n".join(bibtex.entry(one) for one in references)
    errors.set_strict_mode(True)
    read = parse_string(text, "bibtex")
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert len(read.entries) == len(library.entries) == len(references)
    parsed = {entry.key: entry.fields_dict for entry in library.entries}
    for reference in references:
        key = bibtex.key(reference)
        assert read.entries[key].fields["url"] == reference.pinned_url.replace("~", "%7E")
        assert read.entries[key].fields.get("year", "") == (reference.issued or "")[:4]
        title = re.sub("[{}]", "", parsed[key]["title"].value)
        assert title == reference.title, key


def test_an_entry_in_full(reader: Client) -> None:
    answer = reader.get("/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p1/?format=bib")
    reference = by_name("paragraph")
    pid = reference.pid.value
    assert answer["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        f"@techreport{{dialogues-{pid}-1-p1,",
        "  author = {{Central Asia plus Japan}},",
        "  title = {{Joint Statement of the 9th Foreign Ministers’ Meeting}},",
        "  year = {2022},",
        "  month = dec,",
        "  date = {2022-12-24},",
        "  institution = {{Central Asia plus Japan}},",
        "  type = {{Joint statement}},",
        f"  number = {{{pid}@1}},",
        "  address = {Tokyo},",
        "  note = {9th Foreign Ministers’ Meeting, para. 1 (archive’s summary)},",
        f"  annote = {{Edition 1 of {reference.edition.published_at.date().isoformat()}, SHA-256 "
        f"{reference.edition.sha256}. Always current: http://127.0.0.1:8000/id/{pid}/en-x-summary/\\%7Ep1}},",
        f"  abstract = {{{reference.words}}},",
        *([f"  keywords = {{{', '.join(reference.topics)}}},"] if reference.topics else []),
        "  language = {en},",
        f"  url = {{http://127.0.0.1:8000/id/{pid}@1%7Ep1}},",
        "}",
    ]


def test_a_meeting_of_several_days_has_the_range_and_the_first_month() -> None:
    text = bibtex.entry(by_name("several days"))
    assert text.startswith("@misc{")
    assert (
        "  month = sep,\n  date = {2003-09-29/2003-10-01},\n  howpublished = {Summit, Dialogues},\n" in text
    )


def test_special_characters_are_escaped_and_braces_stay_balanced() -> None:
    text = bibtex.entry(remarks(r"50% & $5_000 #1 ~ ^ \ { } {{"))
    assert (
        r"title = {{50\% \& \$5\_000 \#1 \textasciitilde{} \textasciicircum{} \textbackslash{} "
        r"\textbraceleft{} \textbraceright{} \textbraceleft{}\textbraceleft{}}}," in text
    )
    assert len(parse_string(text, "bibtex").entries) == 1
    decoding = [RemoveEnclosingMiddleware(), LatexDecodingMiddleware()]
    assert bibtexparser.parse_string(text, parse_stack=decoding).failed_blocks == []


def test_a_key_stays_and_tells_edition_and_paragraph_apart() -> None:
    pid = Pid.objects.get(path="ca-jad/2022/fm-9/joint-statement")
    whole, part = current(pid), current(pid, "en-x-summary", "p1")
    assert bibtex.key(whole) == f"dialogues-{pid.value}-1"
    assert bibtex.key(part) == f"dialogues-{pid.value}-1-p1"
    assert bibtex.key(Reference(pid, whole.edition, None, None)) == bibtex.key(whole)
