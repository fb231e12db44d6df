"""Imports in the admin: bring, look, correct, store all or nothing, undo."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from archive.desk import work
from archive.models import Batch, BatchRow, Columns
from meetings.models import Commitment, Meeting, Statement
from registry import verbs
from registry.models import Edition, Editor, Pid, Tombstone

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/batch/add/"
HEADER = "dialogue,series,ordinal,start,city,country,status\n"
GOOD = "quad,fm,21,2031-01-10,Tokyo,jp,held\nquad,fm,22,2032-02,Delhi,in,held\n"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


def brought(editor: Client, text: str | bytes, name: str = "meetings.csv", called: str = "Spring") -> Batch:
    raw = text.encode() if isinstance(text, str) else text
    answer = editor.post(ADD, {"name": called, "uploads": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.get(name=called)


def address(batch: Batch) -> str:
    return f"/admin/archive/batch/{batch.pk}/change/"


def act(editor: Client, batch: Batch, what: str, **data: Any) -> Any:
    said = {"name": batch.name, "publishes": "yes", "note": ""} if what == "store" else {}
    said |= {"check_number": batch.check_number} if what in ("keep", "check", "store") else {}
    answer = editor.post(address(batch), {**said, "act": what, **data})
    batch.refresh_from_db()
    return answer


def states(batch: Batch) -> list[str]:
    return [f"{row.line} {row.state}" for row in batch.checked_rows()]


def test_what_is_brought_is_shown_row_by_row_and_nothing_is_stored(editor: Client) -> None:
    before = (Pid.objects.count(), Edition.objects.count())
    batch = brought(editor, HEADER + GOOD)
    page = editor.get(address(batch)).content.decode()
    assert "21st Foreign Ministers’ Meeting" in page
    assert "2 rows were checked. Nothing is stored yet." in page
    assert states(batch) == ["2 new", "3 new"]
    assert (Pid.objects.count(), Edition.objects.count()) == before


def test_stored_rows_are_public_and_named_in_the_report(editor: Client, reader: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "store")
    assert (batch.stage, batch.fault) == ("stored", "")
    assert reader.get("/quad/2031/fm-21/").status_code == 200
    report = editor.get(address(batch)).content.decode()
    assert 'href="/quad/2032/fm-22/"' in report
    assert "2 new records" in report


def test_a_mistake_in_line_7_is_corrected_in_place_and_nothing_else_is_lost(editor: Client) -> None:
    rows = [f"quad,fm,{n},203{n % 10}-05-01,Tokyo,jp,held" for n in range(31, 37)]
    rows[5] = "quad,fm,36,12 May 2036,Tokyo,jp,held"
    batch = brought(editor, HEADER + "\n".join(rows))
    page = editor.get(address(batch), {"state": "error"}).content.decode()
    assert "<strong>start</strong> “12 May 2036” is not a date." in page
    number = batch.checked_rows().get(line=7).number
    assert f'name="fix-{number}-start" value="12 May 2036"' in page
    refused = act(editor, batch, "store")
    assert "Correct the rows with errors, or leave them out." in refused.content.decode()
    assert batch.stage == "checked"
    act(editor, batch, "keep", row=[number], **{f"fix-{number}-start": "2036-05-12"})
    assert states(batch)[5] == "7 new"
    act(editor, batch, "store")
    assert Meeting.objects.get(pid__path="quad/2036/fm-36").start == "2036-05-12"
    assert batch.records.count() == 6


def test_storing_keeps_what_was_typed_first_and_checks_it(editor: Client) -> None:
    rows = ["quad,fm,41,2041-05-01,Tokyo,jp,held", "quad,fm,42,12 May 2042,Tokyo,jp,held"]
    batch = brought(editor, HEADER + "\n".join(rows))
    number = batch.checked_rows().get(line=3).number
    typed = {f"fix-{number}-start": "2042-05-12", "say-1": ""}
    how = {
        "name": "Spring of 2041",
        "publishes": "no",
        "note": "From the ministry’s page.",
        "skips_errors": "on",
    }
    answer = act(editor, batch, "store", row=[1, number], **typed, **how)
    assert answer.status_code == 302
    assert batch.stage == "checked"
    assert states(batch) == ["2 new", "3 new"]
    assert not Meeting.objects.filter(track__dialogue__code="quad", ordinal__in=[41, 42]).exists()
    page = editor.get(answer["Location"]).content.decode()
    assert "Nothing is stored yet: what you wrote was kept and checked." in page
    assert 'value="Spring of 2041"' in page
    assert "From the ministry’s page." in page
    assert (batch.name, batch.publishes, batch.note) == ("Spring of 2041", False, "From the ministry’s page.")
    act(editor, batch, "store", row=[1, number], **{"say-1": "", f"say-{number}": ""}, publishes="no")
    assert batch.stage == "stored"
    assert Meeting.objects.get(track__dialogue__code="quad", ordinal=42).start == "2042-05-12"


def test_what_was_typed_wrongly_again_is_shown_and_nothing_is_stored(editor: Client) -> None:
    batch = brought(editor, HEADER + "quad,fm,43,soon,Tokyo,jp,held\n")
    page = act(editor, batch, "store", row=[1], **{"fix-1-start": "late in 2043"})
    shown = editor.get(page["Location"]).content.decode()
    assert 'name="fix-1-start" value="late in 2043"' in shown
    assert "“late in 2043” is not a date." in shown
    assert (batch.stage, states(batch)) == ("checked", ["2 error"])


def test_a_decision_made_on_the_page_counts_when_it_is_stored(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    assert act(editor, batch, "store", row=[1, 2], **{"say-1": "skip", "say-2": ""}).status_code == 302
    assert batch.stage == "checked"
    act(editor, batch, "store", row=[1, 2], **{"say-1": "skip", "say-2": ""})
    assert [record.pid.path for record in batch.records.all()] == ["quad/2032/fm-22"]


def test_a_page_that_was_checked_again_meanwhile_stores_nothing(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    old = batch.check_number
    act(editor, batch, "check", row=[1, 2])
    page = editor.get(act(editor, batch, "store", check_number=old, row=[1, 2])["Location"])
    assert "It was checked again meanwhile" in page.content.decode()
    assert batch.stage == "checked"


def test_keeping_rows_keeps_how_to_store_them(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "keep", row=[1], **{"say-1": ""}, name="", publishes="no", note="Why.")
    assert (batch.name, batch.publishes, batch.note) == ("Spring", False, "Why.")


def test_rows_with_errors_are_left_out_when_asked_and_can_be_taken_away(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD + "quad,fm,x,2033,Tokyo,jp,held\n")
    lines = b"".join(editor.get(f"/admin/archive/batch/{batch.pk}/errors.csv")).decode().splitlines()
    assert lines == [
        "dialogue,series,ordinal,start,city,country,status,line,problem",
        'quad,fm,x,2033,Tokyo,jp,held,4,"ordinal: “x” is not a whole number from 1. Write digits only, such as 9."',
    ]
    act(editor, batch, "store", skips_errors="on")
    assert (batch.stage, batch.records.count()) == ("stored", 2)


def test_the_same_file_again_changes_nothing(editor: Client) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    before = Edition.objects.count()
    again = brought(editor, HEADER + GOOD, called="Again")
    assert states(again) == ["2 same", "3 same"]
    refused = act(editor, again, "store").content.decode()
    assert "No row would change the archive: there is nothing to store." in refused
    assert Edition.objects.count() == before


def test_a_change_is_shown_by_its_words_needs_a_note_and_is_undone(editor: Client, reader: Client) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    batch = brought(editor, HEADER + "quad,fm,21,2031-01-10,Osaka,jp,held\n", called="Osaka")
    page = editor.get(address(batch)).content.decode()
    assert "<del>Tokyo</del><ins>Osaka</ins>" in page
    refused = act(editor, batch, "store").content.decode()
    assert "Public records change: say in a sentence what changes and why." in refused
    act(editor, batch, "store", note="It was in Osaka.")
    assert reader.get("/quad/2031/fm-21/?format=json").json()["places"][0]["city"] == "Osaka"
    act(editor, batch, "undo", note="The report was wrong.")
    data = reader.get("/quad/2031/fm-21/?format=json").json()
    assert (data["places"][0]["city"], data["edition"]["number"]) == ("Tokyo", 3)
    assert data["edition"]["note"] == "The report was wrong."
    assert reader.get("/quad/2031/fm-21@2/?format=json").json()["places"][0]["city"] == "Osaka"


def test_a_corrected_source_is_printed_anew_by_all_that_cite_it(editor: Client) -> None:
    text = "sources:\n - {key: mofa-speech0606, publisher: MOFA, title: A speech, kind: official, language: en}\n"
    batch = brought(editor, text, name="sources.yaml")
    act(editor, batch, "store")
    assert not Edition.objects.filter(number=2).exists(), "the note is missing"
    act(editor, batch, "store", note="Its publisher.")
    held = Pid.objects.get(path="ca-jad/2006/fm-2")
    fresh = {one.pid_id: one.note for one in Edition.objects.filter(number=2)}
    assert fresh == dict.fromkeys(("g24cvx74", "z9fvrhhw", held.pk), "Its publisher.")


def test_undoing_withdraws_what_was_public_and_the_file_brings_it_back(
    editor: Client, reader: Client
) -> None:
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "store")
    assert act(editor, batch, "undo").status_code == 200
    assert batch.stage == "stored"
    act(editor, batch, "undo", note="Brought by mistake.")
    assert batch.stage == "undone"
    assert reader.get("/quad/2031/fm-21/").status_code == 410
    assert set(Tombstone.objects.values_list("note", flat=True)) == {"Brought by mistake."}
    again = brought(editor, HEADER + GOOD, called="Again")
    assert states(again) == ["2 changed", "3 changed"]
    act(editor, again, "store", note="It was right after all.")
    assert reader.get("/quad/2031/fm-21/").status_code == 200


def test_undoing_drafts_removes_them_and_the_file_brings_them_back(editor: Client) -> None:
    before = Meeting.objects.count()
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "store", publishes="no")
    assert {m.state for m in Meeting.objects.filter(track__dialogue__code="quad", ordinal__in=[21, 22])} == {
        "draft"
    }
    act(editor, batch, "undo", note="Not needed.")
    assert Meeting.objects.count() == before
    again = brought(editor, HEADER + GOOD, called="Again")
    assert states(again) == ["2 new", "3 new"]
    act(editor, again, "store")
    assert Meeting.objects.count() == before + 2


def test_what_was_changed_since_is_left_when_undone(editor: Client, person: Editor, reader: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "store")
    meeting = Meeting.objects.get(pid__path="quad/2031/fm-21")
    meeting.note = "Corrected by hand."
    meeting.save()
    verbs.publish(meeting, by=person, note="A correction.")
    act(editor, batch, "undo", note="Undone.")
    assert reader.get("/quad/2031/fm-21/").status_code == 200
    assert reader.get("/quad/2032/fm-22/").status_code == 410
    assert "1 record was changed again since" in editor.get(address(batch)).content.decode()


def test_a_record_changed_after_the_check_refuses_the_store(editor: Client, person: Editor) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    batch = brought(editor, HEADER + "quad,fm,21,2031-01-10,Osaka,jp,held\n", called="Osaka")
    meeting = Meeting.objects.get(pid__path="quad/2031/fm-21")
    meeting.note = "By hand, meanwhile."
    meeting.save()
    verbs.publish(meeting, by=person, note="A correction.")
    act(editor, batch, "store", note="Osaka.")
    assert batch.stage == "checked"
    assert "was changed after the check" in batch.fault
    act(editor, batch, "check")
    act(editor, batch, "store", note="Osaka.")
    meeting.refresh_from_db()
    assert (batch.stage, meeting.note) == ("stored", "By hand, meanwhile.")


def test_a_possible_duplicate_is_left_out_taken_or_corrects_its_twin(editor: Client) -> None:
    act(editor, brought(editor, HEADER + GOOD), "store")
    twin = "quad,fm,,2031-01-10,Kyoto,jp,held\n"
    before = Meeting.objects.count()
    left = brought(editor, HEADER + twin, called="Left")
    assert states(left) == ["2 duplicate"]
    assert "there is nothing to store" in act(editor, left, "store").content.decode()
    taken = brought(editor, HEADER + twin, called="Taken")
    act(editor, taken, "keep", row=[1], **{"say-1": "take"})
    page = editor.get(address(taken)).content.decode()
    assert '<option value="take" selected>a record of its own</option>' in page
    act(editor, taken, "store", row=[1], **{"say-1": "take"})
    assert Meeting.objects.count() == before + 1
    joined = brought(editor, HEADER + "quad,fm,,2032-02,Agra,in,held\n", called="Joined")
    act(editor, joined, "keep", row=[1], **{"say-1": "same"})
    assert states(joined) == ["2 changed"]
    act(editor, joined, "store", note="It was in Agra.")
    assert Meeting.objects.get(pid__path="quad/2032/fm-22").places.get().city == "Agra"


def test_a_row_can_be_left_out(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    act(editor, batch, "keep", row=[1], **{"say-1": "skip"})
    act(editor, batch, "store")
    assert [record.pid.path for record in batch.records.all()] == ["quad/2032/fm-22"]


def test_columns_are_asked_once_and_remembered(editor: Client) -> None:
    text = "Rahmen,Reihe,Nr,Tag,Ort\nquad,fm,21,2031-01-10,Tokyo\n"
    batch = brought(editor, text)
    assert batch.stage == "columns"
    asked = f"/admin/archive/batch/{batch.pk}/columns/"
    page = editor.get(asked).content.decode()
    assert "Rahmen" in page
    wrong = editor.post(asked, {"t1-kind": "meetings", "t1-column-0": "dialogue"})
    assert "Every row needs: series." in wrong.content.decode()
    names = {
        "t1-column-0": "dialogue",
        "t1-column-1": "series",
        "t1-column-2": "ordinal",
        "t1-column-3": "start",
    }
    twice = editor.post(asked, {"t1-kind": "meetings", **names, "t1-column-4": "start"})
    assert "Two columns are called “start”. Choose one." in twice.content.decode()
    assert editor.post(asked, {"t1-kind": "meetings", **names}).status_code == 302
    batch.refresh_from_db()
    assert states(batch) == ["2 new"]
    assert "these columns are not read: Ort" in editor.get(address(batch)).content.decode()
    again = brought(editor, text.replace("21", "22").replace("2031", "2032"), called="Next year")
    assert states(again) == ["2 new"]
    assert Columns.objects.count() == 1


def test_an_exchange_file_is_checked_record_by_record(editor: Client, reader: Client) -> None:
    text = """dialogue:
  code: quad
meetings:
  - track: fm
    ordinal: 51
    start: '2051-03-01'
    places:
      - city: Tokyo
        country: jp
    outcomes:
      - key: quad-51-c1
        summary: Ministers will meet every year.
        verb: agreed
        strength: agrees
  - track: fm
    ordinal: 52
    start: '2052-13-01'
statements:
  - kind: joint_statement
    title_printed: Joint Statement
    date: '2051-03-01'
    meetings: [quad/2022/fm-4]
"""
    batch = brought(editor, text, name="quad.yaml")
    assert states(batch) == ["4 new", "11 new", "15 error", "19 new"]
    page = editor.get(address(batch), {"state": "error"}).content.decode()
    assert "<strong>start</strong>" in page
    wrong = batch.checked_rows().get(line=15)
    mended = "track: fm\nordinal: 52\nstart: '2052-12-01'\n"
    act(editor, batch, "keep", row=[wrong.number], **{f"fix-{wrong.number}-record": mended})
    assert states(batch) == ["4 new", "11 new", "15 new", "19 new"]
    act(editor, batch, "store", note="From a file.")
    assert (batch.stage, batch.fault) == ("stored", "")
    assert reader.get("/quad/2052/fm-52/").status_code == 200
    assert Commitment.objects.get(key="quad-51-c1").meeting == Meeting.objects.get(
        pid__path="quad/2051/fm-51"
    )
    assert Statement.objects.get(title_printed="Joint Statement", date="2051-03-01").pid.path.startswith(
        "quad/2022/fm-4/"
    )
    again = brought(editor, text.replace("2052-13", "2052-12"), name="quad.yaml", called="Again")
    assert {row.state for row in again.checked_rows()} == {"same"}
    act(editor, batch, "undo", note="Only a trial.")
    assert reader.get("/quad/2051/fm-51/").status_code == 410


def test_the_starting_data_as_an_exchange_file_is_all_the_same(editor: Client) -> None:
    path = Path(__file__).resolve().parents[2] / "fixtures" / "dialogues" / "quad.yaml"
    batch = brought(editor, path.read_bytes(), name="quad.yaml")
    assert set(batch.counts) == {"same"}
    assert batch.counts["same"] > 40


def test_a_list_of_mappings_is_a_table(editor: Client) -> None:
    rows = [{"dialogue": "quad", "series": "fm", "ordinal": 21, "start": "2031-01-10", "hosts": ["jp", "in"]}]
    batch = brought(editor, json.dumps(rows, indent=1), name="rows.json")
    assert states(batch) == ["2 new"]
    act(editor, batch, "store")
    meeting = Meeting.objects.get(pid__path="quad/2031/fm-21")
    assert sorted(host.code for host in meeting.hosts.all()) == ["in", "jp"]


def test_a_workbook_and_pasted_rows_are_read(editor: Client) -> None:
    book = Workbook()
    book.active.append(["dialogue", "series", "ordinal", "start"])
    book.active.append(["quad", "fm", 21, "2031-01-10"])
    kept = io.BytesIO()
    book.save(kept)
    assert states(brought(editor, kept.getvalue(), name="a.xlsx", called="Book")) == ["2 new"]
    pasted = "dialogue\tseries\tordinal\tstart\nquad\tfm\t22\t2032\n"
    editor.post(ADD, {"name": "Pasted", "pasted": pasted})
    assert states(Batch.objects.get(name="Pasted")) == ["2 new"]


def test_delegations_are_written_into_their_meetings_and_taken_back(editor: Client, reader: Client) -> None:
    text = "meeting,country,presence,name,title\n"
    text += "ca-jad/2022/fm-9,us,attended,DOE Jane,Observer\nca-jad/2022/fm-9,in,not recorded,,\n"
    batch = brought(editor, text, name="people.csv")
    assert states(batch) == ["2 new", "3 new"]
    before = reader.get("/ca-jad/2022/fm-9/?format=json").json()
    act(editor, batch, "store", note="Two more delegations.")
    data = reader.get("/ca-jad/2022/fm-9/?format=json").json()
    assert len(data["delegations"]) == len(before["delegations"]) + 2
    act(editor, batch, "undo", note="They were not there.")
    after = reader.get("/ca-jad/2022/fm-9/?format=json").json()
    assert {**after, "edition": None} == {**before, "edition": None}
    assert after["edition"]["number"] == 3


def test_what_is_no_table_is_refused_and_what_was_typed_is_kept(editor: Client) -> None:
    def refused(name: str, raw: bytes, **more: str) -> str:
        data = {"name": "A name", "uploads": SimpleUploadedFile(name, raw), **more}
        answer = editor.post(ADD, data)
        assert answer.status_code == 200
        assert Batch.objects.count() == 0
        return answer.content.decode()

    assert "words.docx is none of CSV, XLSX, YAML and JSON" in refused("words.docx", b"PK")
    assert "is not UTF-8" in refused("a.yaml", b"\xff\xfe\xff")
    assert "is not readable as YAML" in refused("a.yaml", b"a: [1")
    assert "is not readable as JSON" in refused("a.json", b"{")
    assert "a file has the sections" in refused("a.yaml", b"colours: []")
    assert "the lexicon is edited in the admin" in refused("a.yaml", b"lexicon: [{key: a, name: A}]")
    assert "There is no table in this" in refused("a.csv", b"\n\n")
    assert 'value="A name"' in refused("a.csv", b"\n")
    assert "Choose a file, or paste rows." in editor.post(ADD, {"name": "A name"}).content.decode()
    brought(editor, HEADER + GOOD)
    again = editor.post(ADD, {"name": "Spring", "pasted": HEADER + GOOD}).content.decode()
    assert "There is an import of this name." in again


def test_a_file_that_breaks_off_says_where(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD + 'quad,"fm,23,2033\n')
    assert batch.stage == "columns"
    assert "Line 4: " in editor.get(address(batch)).content.decode()
    act_discard = editor.post(address(batch), {"act": "discard"})
    assert act_discard.status_code == 302
    assert not Batch.objects.exists()


def test_an_import_can_be_thrown_away_until_it_is_stored(
    editor: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    batch = brought(editor, HEADER + GOOD)
    kept = Path(settings.MEDIA_ROOT) / batch.files.get().file.name
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address(batch), {"act": "discard"})
    assert not kept.exists()
    stored = brought(editor, HEADER + GOOD)
    act(editor, stored, "store")
    editor.post(address(stored), {"act": "discard"})
    assert Batch.objects.filter(pk=stored.pk).exists()


def test_while_a_step_runs_its_progress_is_shown_and_no_other_begins(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    batch.stage = "storing"
    batch.save()
    work.write_progress(batch, work.Progress("rows stored", 40, 100))
    with work.held(batch):
        page = editor.get(address(batch)).content.decode()
        assert "rows stored: 40 of 100" in page
        assert 'http-equiv="refresh"' in page
        editor.post(address(batch), {"act": "again"})
        batch.refresh_from_db()
        assert batch.stage == "storing"


def test_a_step_asked_for_twice_is_done_once(editor: Client, reader: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    late = Batch.objects.get(pk=batch.pk)
    act(editor, batch, "store")
    work.start(late, work.STORE)
    assert late.stage == "stored"
    assert reader.get("/quad/2031/fm-21/?format=json").json()["edition"]["number"] == 1


def test_an_interrupted_step_is_said_and_can_be_begun_again_or_left(editor: Client) -> None:
    batch = brought(editor, HEADER + GOOD)
    Batch.objects.filter(pk=batch.pk).update(stage="storing")
    assert (
        "This step was interrupted. Nothing of it was stored." in editor.get(address(batch)).content.decode()
    )
    act(editor, batch, "leave")
    assert batch.stage == "checked"
    Batch.objects.filter(pk=batch.pk).update(stage="storing")
    act(editor, batch, "again")
    assert batch.stage == "stored"


def test_a_fault_that_nobody_foresaw_stores_nothing_and_says_so(editor: Client, monkeypatch: Any) -> None:
    batch = brought(editor, HEADER + GOOD)
    before = (Meeting.objects.count(), Edition.objects.count())

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("power is gone")

    monkeypatch.setattr("registry.verbs.publication.append_editions", fail)
    act(editor, batch, "store")
    assert (Meeting.objects.count(), Edition.objects.count()) == before
    assert batch.stage == "checked"
    assert "nothing was stored" in batch.fault


def test_many_rows_are_paged_with_the_same_number_of_queries(
    editor: Client, django_assert_num_queries: Any
) -> None:
    def page_of(count: int, called: str) -> Batch:
        rows = "".join(f"quad,fm,{n},{n + 1000},Tokyo,jp,held\n" for n in range(1000, 1000 + count))
        return brought(editor, HEADER + rows, called=called)

    few, many = page_of(60, "Few"), page_of(400, "Many")
    with django_assert_num_queries(7):
        editor.get(address(few))
    with django_assert_num_queries(7):
        page = editor.get(address(many), {"p": "8"}).content.decode()
    assert "page 8 of 8" in page
    assert BatchRow.objects.filter(batch=many).count() == 400


def test_a_reader_and_an_editor_without_the_right_may_not_import(reader: Client) -> None:
    assert reader.get(ADD).status_code == 302
    helper = Editor.objects.create_user("bob", password="a-long-enough-password-17", is_staff=True)
    client = Client()
    client.force_login(helper)
    assert client.get(ADD).status_code == 403
    batch = Batch.objects.create(name="Not mine")
    for path in (
        address(batch),
        f"/admin/archive/batch/{batch.pk}/columns/",
        f"/admin/archive/batch/{batch.pk}/errors.csv",
    ):
        assert client.get(path).status_code == 403


def test_unknown_imports_are_404(editor: Client) -> None:
    for path in (
        "/admin/archive/batch/999/change/",
        "/admin/archive/batch/x/change/",
        "/admin/archive/batch/999/columns/",
    ):
        assert editor.get(path).status_code == 404
