"""Spreadsheets: every row is new, changed, the same, a possible duplicate or an error at its line."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from meetings.models import Commitment, Meeting, Statement
from registry.models import Edition, Editor, Pid

pytestmark = pytest.mark.django_db
HEADER = ["Dialogue", "Series", "Number", "Date", "City", "Country", "Status", "Sources"]
SOURCE = "mofa-press4e-003190"
GOOD = [
    ["quad", "fm", "21", "2031-01-10", "Tokyo", "Japan", "held", SOURCE],
    ["quad", "fm", "22", "2032-02", "Delhi", "in", "Held", SOURCE],
    ["Quad", "leaders", "", "2033-03-01", "Sydney", "AUS", "announced", SOURCE],
]


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(rows: list[list[str]], header: list[str] = HEADER, name: str = "meetings") -> Path:
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return write


def run(*files: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_table", *map(str, files), stdout=out, **options)
    return out.getvalue()


def applied(person: Editor, *files: Path, **options: Any) -> str:
    return run(*files, apply=True, by=person.username, **options)


def test_a_dry_run_says_what_would_be_and_changes_nothing(table: Any) -> None:
    before = (Pid.objects.count(), Edition.objects.count())
    assert run(table(GOOD)).splitlines()[-1] == "3 new"
    assert (Pid.objects.count(), Edition.objects.count()) == before


def test_new_meetings_are_stored_and_published(table: Any, person: Editor, client: Any) -> None:
    assert "Stored and published: 3 records." in applied(person, table(GOOD))
    meeting = Meeting.objects.get(pid__path="quad/2031/fm-21")
    assert (meeting.ordinal, meeting.start, meeting.status) == (21, "2031-01-10", "held")
    assert [str(place) for place in meeting.places.all()] == ["Tokyo, Japan"]
    assert [source.key for source in meeting.sources.all()] == [SOURCE]
    assert meeting.created_by == person
    assert Meeting.objects.get(pid__path="quad/2032/fm-22").places.get().country.code == "in"
    assert client.get("/quad/2033/leaders-03-01/").status_code == 200


def test_the_same_table_again_changes_nothing(table: Any, person: Editor) -> None:
    applied(person, table(GOOD))
    before = Edition.objects.count()
    assert applied(person, table(GOOD)).splitlines() == ["3 same"]
    assert Edition.objects.count() == before


def test_a_changed_cell_is_a_new_edition_and_an_empty_one_says_nothing(table: Any, person: Editor) -> None:
    applied(person, table(GOOD))
    changed = [[*GOOD[0][:4], "Osaka", "", "", ""], *GOOD[1:]]
    said = run(table(changed))
    assert "meetings, line 2: changed: places › 1 › city: Tokyo → Osaka" in said
    assert said.splitlines()[-1] == "1 changed, 2 same"
    with pytest.raises(CommandError, match="Say with --note what changes"):
        applied(person, table(changed))
    applied(person, table(changed), note="The city was another.")
    meeting = Meeting.objects.get(pid__path="quad/2031/fm-21")
    assert (str(meeting.places.get()), meeting.status, meeting.pid.edition_number) == (
        "Osaka, Japan",
        "held",
        2,
    )
    assert meeting.pid.editions.get(number=2).note == "The city was another."


def test_a_mistake_in_line_7_is_answered_with_line_field_and_how_to_write_it(
    table: Any, person: Editor
) -> None:
    rows = [
        ["quad", "fm", str(number), f"203{number % 10}-05-01", "Tokyo", "jp", "held", SOURCE]
        for number in range(31, 37)
    ]
    rows[5][3] = "12 May 2036"
    before = Meeting.objects.count()
    said = run(table(rows))
    assert said.splitlines() == [
        "meetings, line 7: error: start: “12 May 2036” is not a date. Write 2022-12-24, or 2022-12 or 2022 "
        "where no more is known.",
        "1 error, 5 new",
    ]
    with pytest.raises(CommandError, match="Nothing was stored"):
        applied(person, table(rows))
    assert Meeting.objects.count() == before
    applied(person, table(rows), skip_errors=True)
    assert Meeting.objects.count() == before + 5


@pytest.mark.parametrize(
    ("place", "value", "column", "says"),
    [
        (0, "", "dialogue", "is missing. Write code of the dialogue: ca-jad."),
        (0, "nato", "dialogue", "There is no dialogue “nato”. Write its code, such as ca-jad, or add it first."),
        (1, "xx", "series", "“xx” is no series of quad. It has: fm, leaders"),
        (2, "0", "ordinal", "“0” is not a whole number from 1. Write digits only, such as 9."),
        (2, "٩", "ordinal", "“٩” is not a whole number from 1."),
        (3, "2022-13-01", "start", "“2022-13-01” is not a date."),
        (5, "Atlantis", "country", "There is no country “Atlantis”. Write its code or its name"),
        (6, "over", "status", "“over” is none of announced, held, postponed, rescheduled, cancelled."),
        (7, "nowhere", "sources", "There is no source “nowhere”."),
    ],
)  # fmt: skip
def test_each_mistake_names_its_column(table: Any, place: int, value: str, column: str, says: str) -> None:
    row = list(GOOD[0])
    row[place] = value
    assert f"meetings, line 2: error: {column}: {says}" in run(table([row]))


def test_every_mistake_of_a_row_is_said_at_once(table: Any) -> None:
    said = run(table([["nato", "fm", "x", "soon", "Tokyo", "jp", "over", ""]]))
    assert [line.split(": ")[2] for line in said.splitlines()[:-1]] == [
        "dialogue",
        "ordinal",
        "start",
        "status",
    ]


def test_what_may_be_there_already_is_asked_not_stored(table: Any, person: Editor) -> None:
    known = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    rows = [
        ["ca-jad", "fm", "9", "2023-01-01", "Tokyo", "jp", "held", ""],
        GOOD[0],
        GOOD[0],
        ["quad", "fm", "", "2031-01-10", "Kyoto", "jp", "held", ""],
    ]
    before = Meeting.objects.count()
    said = applied(person, table(rows))
    assert f"meetings, line 2: possible duplicate of {known} ({known.pk})" in said
    assert "meetings, line 4: possible duplicate of line 3" in said
    assert "meetings, line 5: possible duplicate of line 3" in said
    assert Meeting.objects.count() == before + 1
    again = table([["quad", "fm", "", "2031-01-10", "Kyoto", "jp", "held", ""]], name="again")
    assert "again, line 2: possible duplicate of Quad: 21st" in run(again)
    applied(person, again, take=["again:2"])
    assert Meeting.objects.count() == before + 2
    assert run(again).splitlines() == ["1 same"]


def test_a_whole_workbook_meetings_people_statements_commitments(
    tmp_path: Path, person: Editor, client: Any
) -> None:
    book = Workbook()
    sheets = {
        "Meetings": [["dialogue", "series", "ordinal", "start"], ["quad", "fm", 41, date(2041, 4, 5)]],
        "People": [
            ["meeting", "country", "presence", "name", "title", "rank"],
            ["quad/2041/fm-41", "Japan", "attended", "SATO Hanako", "Minister for Foreign Affairs", "minister"],
            ["quad/2041/fm-41", "us", "not recorded", "", "", ""],
        ],
        "Statements": [
            ["dialogue", "meetings", "kind", "title", "date", "language", "text kind", "text"],
            ["quad", "quad/2041/fm-41", "joint statement", "Joint", date(2041, 4, 5), "en", "authentic", "1.\n\n2."],
        ],
        "Commitments": [
            ["meeting", "commitment", "verb", "strength", "topics", "amount", "currency"],
            ["quad/2041/fm-41", "Ministers will meet again.", "agreed", "agrees", "energy", "2 000 000", "JPY"],
        ],
    }  # fmt: skip
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    path = tmp_path / "quad.xlsx"
    book.save(path)
    assert run(path).splitlines()[-1] == "5 new"
    applied(person, path)
    data = client.get("/quad/2041/fm-41/?format=json").json()
    assert data["delegations"][0]["delegates"][0]["name"] == "SATO Hanako"
    assert [one["presence"] for one in data["delegations"]] == ["attended", "not_recorded"]
    assert data["outcomes"][0]["amount"]["value"] == 2_000_000
    said = client.get("/quad/2041/fm-41/joint-statement/?format=json").json()
    assert [one["text"] for one in said["texts"][0]["paragraphs"]] == ["1.", "2."]
    before = Edition.objects.count()
    assert applied(person, path).splitlines() == ["5 same"]
    assert Edition.objects.count() == before


def test_a_row_with_an_id_corrects_that_record(table: Any, person: Editor) -> None:
    nine = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    outcome = nine.outcomes.filter(nature="commitment")[0]
    statement = Statement.objects.get(pid__path="ca-jad/2022/fm-9/joint-statement")
    meetings = table([[nine.pk, "", "", "Ikura House"]], ["id", "dialogue", "series", "venue"])
    outcomes = table(
        [[outcome.pk, "", "Another summary.", "", ""]], ["id", "meeting", "summary", "verb", "strength"], "c"
    )
    said = table([[statement.pk, "", "", "", "issued"]], ["id", "dialogue", "kind", "title", "act"], "s")
    applied(person, meetings, outcomes, said, note="By a table.")
    nine.refresh_from_db()
    assert nine.places.get().venue == "Ikura House"
    assert Commitment.objects.get(pk=outcome.pk).summary == "Another summary."
    assert Commitment.objects.get(pk=outcome.pk).meeting == nine
    assert Statement.objects.get(pk=statement.pk).act == "issued"
    unknown = table([["zzzzzzzz", "", "", ""]], ["id", "dialogue", "series", "venue"], "u")
    assert "u, line 2: error: id: “zzzzzzzz” is not a permanent id" in run(unknown)


def test_drafts_stay_drafts_and_are_found_again(table: Any, person: Editor) -> None:
    out = applied(person, table(GOOD), drafts=True)
    assert "Stored as drafts: 3 records." in out
    assert Meeting.objects.get(ordinal=21, track__dialogue__code="quad").state == "draft"
    people = table([["quad/2031/fm-21", "jp", "SATO Hanako"]], ["meeting", "country", "name"], "people")
    assert run(table(GOOD), people).splitlines()[-1] == "1 new, 3 same"
    applied(person, table(GOOD), people, drafts=True)
    assert Meeting.objects.get(ordinal=21, track__dialogue__code="quad").delegations.count() == 1


def test_a_refusal_on_the_way_stores_nothing(table: Any, person: Editor, monkeypatch: Any) -> None:
    before = (Pid.objects.count(), Meeting.objects.count(), Edition.objects.count())

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("power is gone")

    monkeypatch.setattr("registry.verbs.publication.append_editions", fail)
    with pytest.raises(RuntimeError):
        applied(person, table(GOOD))
    assert (Pid.objects.count(), Meeting.objects.count(), Edition.objects.count()) == before


def test_what_is_no_table_is_refused_with_the_way_out(tmp_path: Path, person: Editor) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("Dialogue;Series\nquad;fm\u00e9\n".encode("latin-1"))
    with pytest.raises(CommandError, match=r"not UTF-8\. Save it as “CSV UTF-8”"):
        run(latin)
    odd = tmp_path / "odd.csv"
    odd.write_text("Colour,Size\nred,1\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"its header \(Colour, Size\) fits no kind of table"):
        run(odd)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"not a workbook")
    with pytest.raises(CommandError, match="cannot be read as XLSX"):
        run(broken)
    word = tmp_path / "words.docx"
    word.write_bytes(b"")
    with pytest.raises(CommandError, match="none of CSV, XLSX, YAML and JSON"):
        run(word)
    with pytest.raises(CommandError, match="which editor"):
        run(odd, apply=True)


def test_semicolons_marks_and_line_ends_in_cells_are_borne(tmp_path: Path) -> None:
    path = tmp_path / "meetings.csv"
    text = '\ufeffdialogue;series;ordinal;start;note\r\n"quad";fm;51;2051-01-01;"two\r\nlines"\r\n'
    text += "quad;fm;x;2052-01-01;\r\n"
    path.write_bytes(text.encode())
    assert run(path).splitlines() == [
        "meetings, line 4: error: ordinal: “x” is not a whole number from 1. Write digits only, such as 9.",
        "1 error, 1 new",
    ]
