"""RIS, as rispy reads it: every record, bodies whole, lines ended as the format asks."""

from __future__ import annotations

import re

import pytest
import rispy
from django.test import Client

from archive.formats import csl, ris
from tests.formats.references import by_name, current, every, remarks
from tests.makers import dialogue, meeting, published

pytestmark = pytest.mark.django_db


def test_every_record_is_read_back() -> None:
    references = every()
    read = rispy.loads("".join(ris.record(one) for one in references))
    assert len(read) == len(references)
    for entry, reference in zip(read, references, strict=True):
        assert "unknown_tag" not in entry
        assert entry["title"] == " ".join(reference.title.split())
        assert entry["urls"] == [reference.pinned_url]
        assert entry.get("year", "") == (reference.issued or "")[:4]
        assert entry.get("keywords", []) == reference.topics
        assert entry["language"] == reference.language


def test_a_record_in_full(reader: Client) -> None:
    answer = reader.get("/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p1/?format=ris")
    reference = by_name("paragraph")
    pid, edition = reference.pid.value, reference.edition
    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer.content.decode().split("\r\n") == [
        "TY  - RPRT",
        "AU  - Central Asia plus Japan,",
        "TI  - Joint Statement of the 9th Foreign Ministers’ Meeting",
        "PY  - 2022",
        "DA  - 2022/12/24/",
        "CY  - Tokyo",
        "PB  - Central Asia plus Japan",
        "M3  - Joint statement",
        f"SN  - {pid}@1",
        "ET  - 1",
        "SP  - para. 1",
        f"AB  - {reference.words}",
        "LA  - en",
        *[f"KW  - {topic}" for topic in reference.topics],
        "DB  - Dialogues",
        "N1  - 9th Foreign Ministers’ Meeting",
        "N1  - Paragraph 1: archive’s summary",
        f"N1  - Edition 1 of {edition.published_at.date().isoformat()}, SHA-256 {edition.sha256}. "
        f"Always current: http://127.0.0.1:8000/id/{pid}/en-x-summary/~p1",
        f"UR  - http://127.0.0.1:8000/id/{pid}@1~p1",
        f"L2  - http://127.0.0.1:8000/id/{pid}@1~p1",
        "ER  - ",
        "",
    ]


def test_a_meeting_is_a_web_page_of_its_kind_and_place() -> None:
    (entry,) = rispy.loads(ris.record(by_name("meeting")))
    assert (entry["type_of_reference"], entry["secondary_title"]) == ("ELEC", "Dialogues")
    assert (entry["type_of_work"], entry["place_published"]) == ("Ministerial meeting, Tokyo", "Tokyo")
    assert entry["authors"] == ["Central Asia plus Japan,"]
    # Zotero takes M1 of a web page for the day on which it was visited.
    assert (entry["accession_number"], "note" in entry) == ("fwfp1k6g@1", False)


def test_what_one_person_said_is_a_presentation_at_its_meeting() -> None:
    reference = remarks("Address", "One.", "Two.")
    (entry,) = rispy.loads(ris.record(type(reference)(reference.pid, reference.edition, "en", "p2")))
    assert (entry["type_of_reference"], entry["type_of_work"]) == ("SLIDE", "Opening remarks")
    assert entry["secondary_title"] == "1st Foreign Ministers’ Meeting"
    assert (entry["authors"], entry["accession_number"]) == (["Examplia,"], reference.number)
    assert (entry["start_page"], len(entry["notes"])) == ("para. 2", 1)
    kinds = {ris.record(one)[:11].split()[-1] for one in every() if csl.type_of(one) == "speech"}
    assert kinds == {"SLIDE"}


def test_a_body_with_commas_in_its_name_stays_one() -> None:
    held = dialogue(name="Ministry of Trade, Energy; Parks")
    published(held, at := meeting(held))
    assert "AU  - Ministry of Trade‚ Energy； Parks,\r\n" in ris.record(current(at.pid))


@pytest.mark.parametrize(
    ("issued", "said"),
    [("2022-12-24", "2022/12/24/"), ("2013-10", "2013/10//"), ("2005", "2005///"), (None, "")],
)
def test_partial_dates_leave_their_places_empty(issued: str | None, said: str) -> None:
    assert ris.day(issued) == said


def test_days_after_the_first_are_noted() -> None:
    assert "N1  - Held 2003-09-29/2003-10-01\r\n" in ris.record(by_name("several days"))


def test_a_title_with_line_breaks_stays_on_one_line() -> None:
    text = ris.record(remarks("One\r\nER  - \r\nTY  - JOUR\u2028two"))
    assert len(rispy.loads(text)) == 1
    assert len(re.findall(r"^TY  - ", text, re.M)) == 1
