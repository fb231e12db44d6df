"""Imports of what nobody should send, and of what is easily mixed up: refused or told apart, and undone whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from archive.desk import intake
from archive.desk.read import parse
from archive.models import Batch, Imported
from meetings.models import Commitment, Meeting, Statement
from registry import verbs
from registry.models import Editor
from tests.desk.test_imports import ADD, GOOD, HEADER, act, brought, states

pytestmark = pytest.mark.django_db
PEOPLE = "meeting,country,name\n"
COMMITMENTS = "meeting,summary,verb,strength\n"
MEETING = "dialogue: {code: quad}\nmeetings:\n - {track: fm, ordinal: 62, start: '2062-01-01'}\n"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


def sent(editor: Client, name: str, raw: bytes) -> Any:
    return editor.post(ADD, {"name": "Odd", "uploads": SimpleUploadedFile(name, raw)})


def together(editor: Client, first: str, second: str, called: str = "Two") -> Batch:
    files = [
        SimpleUploadedFile("m.csv", first.encode()),
        SimpleUploadedFile("d.csv", second.encode()),
    ]
    assert editor.post(ADD, {"name": called, "uploads": files}).status_code == 302
    return Batch.objects.get(name=called)


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose only sheet is this."""
    book, out, new = Workbook(), io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(new, "w") as made:
        for name in old.namelist():
            made.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return new.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("a.yaml", b"meetings: !!bool maybe", "is not readable as YAML"),
        ("a.yaml", b"meetings: !!timestamp abc", "is not readable as YAML"),
        ("a.yaml", b"meetings:\n - &a {track: fm}\n - *a", "line 3: an alias (*a) is not read. Write it out."),
        ("a.yaml", b"[" * 200, "this is nested deeper than any record"),
        ("a.json", b"[" * 100_000, "is not readable as JSON"),
        ("a.xlsx", with_sheet(SHEET + b"<row r='1'><c r='A1' t='s'><v>99999</v></c></row></sheetData></worksheet>"),
         "Save it anew."),
        ("a.xlsx", with_sheet(SHEET + b"<row r='20000000'><c r='A20000000'><v>1</v></c></row></sheetData></worksheet>"),
         "the rows after it stand too far away"),
        ("a.csv", ",".join(f"c{n}" for n in range(400)).encode() + b"\n1\n", "300 at most are read"),
    ],
)  # fmt: skip
def test_what_no_table_is_says_so_and_leaves_nothing(
    editor: Client, settings: Any, name: str, raw: bytes, says: str
) -> None:
    answer = sent(editor, name, raw)
    assert answer.status_code == 200
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert not Batch.objects.exists()
    assert not list((Path(settings.MEDIA_ROOT) / "imports").glob("*"))


def test_deep_json_is_no_crash() -> None:
    with pytest.raises(ValueError, match="not readable as JSON"):
        parse("a.json", b"[" * 100_000)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("ordinal: abc", "ordinal"),
        ("ordinal: .inf", "ordinal"),
        ("start: [2031]", "start"),
        ("note: {a: b}", "note"),
        ("places: Tokyo", "places"),
        ("sources: press", "sources"),
    ],
)
def test_one_bad_record_is_an_error_of_its_line_and_field(editor: Client, field: str, says: str) -> None:
    batch = brought(editor, MEETING + f" - {{track: fm, {field}}}\n", name="a.yaml")
    assert states(batch) == ["3 new", "4 error"]
    assert batch.checked_rows().get(line=4).problems[0]["column"] == says


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("dialogue,series,ordinal,start,city", f"quad,fm,21,2031,{'x' * 300}", "city"),
        ("dialogue,series,ordinal,start", "quad,fm,99999,2031", "ordinal"),
        ("dialogue,series,ordinal,start,city", "quad,fm,21,2031,#REF!", "city"),
        ("dialogue,kind,title,url", "quad,joint_statement,Joint,not an address", "url"),
        ("meeting,country,name", f"ca-jad/2022/fm-9,jp,{'x' * 500}", "name"),
    ],
)
def test_what_no_field_holds_is_said_at_the_check(editor: Client, header: str, row: str, column: str) -> None:
    batch = brought(editor, f"{header}\n{row}\n")
    assert states(batch) == ["2 error"]
    assert batch.checked_rows().get().problems[0]["column"] == column


def test_texts_of_one_name_are_refused(editor: Client) -> None:
    text = "dialogue: {code: quad}\nstatements:\n" + "".join(
        f" - {{kind: joint_statement, title_printed: S{n}, date: '206{n}-01-01',"
        f" texts: [{{language: en, kind: authentic, file: texts/{n}/joint.en.md}}]}}\n"
        for n in (1, 2)
    )
    files = [SimpleUploadedFile("a.yaml", text.encode()), SimpleUploadedFile("joint.en.md", b"One.")]
    said = editor.post(ADD, {"name": "M", "uploads": files}).content.decode()
    assert "joint.en.md is named as texts/1/joint.en.md and as texts/2/joint.en.md" in said
    twice = [*files, SimpleUploadedFile("joint.en.md", b"Two.")]
    for file in twice:
        file.seek(0)
    assert (
        "Two files are called joint.en.md"
        in editor.post(ADD, {"name": "M", "uploads": twice}).content.decode()
    )


def test_commitments_that_begin_alike_are_two(editor: Client) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    words = "Ministers agreed to continue their cooperation on"
    rows = [f"quad/2031/fm-21,{words} {what}.,agreed,agrees\n" for what in ("energy", "water")]
    batch = brought(editor, COMMITMENTS + "".join(rows), called="C")
    assert states(batch) == ["2 new", "3 new"]
    act(editor, batch, "store", note="Two.")
    assert Commitment.objects.filter(meeting__pid__path="quad/2031/fm-21").count() == 2


def test_a_statement_named_by_its_address_is_the_stored_one(editor: Client) -> None:
    held = Statement.objects.get(pid__path="ca-jad/2022/fm-9/joint-statement")
    other = "dialogue,meetings,kind,title,date\nca-jad,ca-jad/2022/fm-9,joint_statement,Another Paper,2022-12-25\n"
    promise = "meeting,summary,verb,strength,statement\n"
    promise += (
        "ca-jad/2022/fm-9,They promise what was never said.,agreed,agrees,ca-jad/2022/fm-9/joint-statement\n"
    )
    batch = together(editor, other, promise)
    act(editor, batch, "store", note="More.")
    assert (batch.stage, batch.fault) == ("stored", "")
    assert Commitment.objects.get(summary__startswith="They promise").statement == held


def test_two_officials_without_names_stay_two(editor: Client) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    rows = "quad/2031/fm-21,jp,Ambassador\nquad/2031/fm-21,jp,Director-General\n"
    batch = brought(editor, "meeting,country,title\n" + rows, called="D")
    act(editor, batch, "store", note="People.")
    delegation = Meeting.objects.get(pid__path="quad/2031/fm-21").delegations.get()
    assert [one.title_printed for one in delegation.delegates.all()] == ["Ambassador", "Director-General"]


def test_people_of_a_meeting_that_is_listed_again_are_stored(editor: Client) -> None:
    meetings = "dialogue,series,ordinal,start\nca-jad,fm,9,2022-12-24\n"
    batch = together(editor, meetings, PEOPLE + "ca-jad/2022/fm-9,us,DOE Jane\n")
    assert states(batch) == ["2 duplicate", "2 new"]
    act(editor, batch, "store", note="One more.")
    assert (batch.stage, batch.fault) == ("stored", "")


def test_people_of_a_meeting_that_is_left_out_are_errors(editor: Client) -> None:
    batch = together(editor, HEADER + GOOD, PEOPLE + "quad/2031/fm-21,jp,SATO\n")
    act(editor, batch, "keep", row=[1], **{"say-1": "skip"})
    assert states(batch) == ["2 new", "3 new", "2 error"]


def test_people_neither_bring_back_a_withdrawn_meeting_nor_publish_a_draft(
    editor: Client, person: Editor
) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    gone = Meeting.objects.get(pid__path="quad/2031/fm-21")
    verbs.withdraw(gone, by=person, reason="entered_in_error", note="No.")
    assert states(brought(editor, PEOPLE + "quad/2031/fm-21,jp,SATO\n", called="D")) == ["2 error"]
    drafts = HEADER + "quad,fm,31,2041-01-10,Tokyo,jp,held\n"
    act(editor, brought(editor, drafts, called="Drafts"), "store", publishes="no")
    batch = together(editor, drafts, PEOPLE + "quad/2041/fm-31,jp,SATO\n")
    act(editor, batch, "store")
    draft = Meeting.objects.get(track__dialogue__code="quad", ordinal=31)
    assert (batch.stage, draft.state, draft.delegations.count()) == ("stored", "draft", 1)


def test_an_exchange_file_comes_back_after_undoing(editor: Client) -> None:
    batch = brought(editor, MEETING, name="a.yaml")
    act(editor, batch, "store")
    act(editor, batch, "undo", note="No.")
    assert not Imported.objects.filter(pid=batch.records.get().pid_id).exists()
    again = brought(editor, MEETING, name="a.yaml", called="Again")
    assert states(again) == ["3 changed"]


def test_drafts_that_refer_to_one_another_are_removed(editor: Client) -> None:
    text = "dialogue: {code: quad}\nmeetings:\n"
    text += " - {path: quad/2062/fm-62, track: fm, ordinal: 62, start: '2062-01-01'}\n"
    text += " - {track: fm, ordinal: 63, start: '2063-01-01', parent: quad/2062/fm-62}\n"
    batch = brought(editor, text, name="a.yaml")
    act(editor, batch, "store", publishes="no")
    before = Meeting.objects.count()
    act(editor, batch, "undo", note="No.")
    assert (batch.stage, batch.fault) == ("undone", "")
    assert Meeting.objects.count() == before - 2


def test_an_agenda_item_goes_with_the_outcome_that_came_with_it(editor: Client) -> None:
    act(editor, brought(editor, MEETING, name="a.yaml"), "store")
    text = "dialogue: {code: quad}\nmeetings:\n - path: quad/2062/fm-62\n   track: fm\n   ordinal: 62\n"
    text += "   start: '2062-01-01'\n   agenda_items: [{title: Energy}]\n   outcomes:\n"
    text += "    - {key: q62c1, summary: They meet., verb: agreed, strength: agrees, agenda_item: a1}\n"
    batch = brought(editor, text, name="a.yaml", called="B")
    act(editor, batch, "store", note="More.")
    assert (batch.stage, batch.fault) == ("stored", "")
    act(editor, batch, "undo", note="No.")
    assert (batch.stage, batch.fault) == ("undone", "")
    assert not Meeting.objects.get(pid__path="quad/2062/fm-62").agenda_items.exists()


def test_what_only_quoted_something_else_since_is_undone(editor: Client) -> None:
    one = brought(editor, HEADER + GOOD)
    act(editor, one, "store")
    two = brought(editor, COMMITMENTS + "quad/2031/fm-21,They meet.,agreed,agrees\n", called="Two")
    act(editor, two, "store", note="One more.")
    act(editor, two, "undo", note="No.")
    act(editor, one, "undo", note="No.")
    assert not one.records.filter(kept=True).exists()
    assert Meeting.objects.get(pid__path="quad/2031/fm-21").state == "withdrawn"


def test_a_page_from_before_another_check_changes_no_other_row(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD + "quad,fm,x,2033,Tokyo,jp,held\n")
    old = batch.check_number
    act(editor, batch, "check")
    act(editor, batch, "keep", check_number=old, row=[1], **{"say-1": "skip"})
    assert batch.checked_rows().get(number=1).decision == ""


def test_a_stored_import_is_not_thrown_away_by_a_page_from_before(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    late = Batch.objects.get(pk=batch.pk)
    act(editor, batch, "store")
    assert late.stage == "checked"
    intake.discard(late)
    assert Batch.objects.filter(pk=batch.pk).exists()
