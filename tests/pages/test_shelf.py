"""Shelves: records and paragraphs collected in an address, exported and cited together, kept for ever."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
import rispy
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pybtex.database import parse_string

from archive.models import Shelf
from meetings.models import Meeting, Statement
from registry import verbs
from registry.kit import pids
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SAID = "25hxwjjb"  # the Joint Statement of the 9th Foreign Ministers’ Meeting
FIRST = "117rv14b"  # the 1st Foreign Ministers’ Meeting
WORDS = "The Central Asian ministers welcomed Japan’s offer of training courses and technical internships."


def results(reader: Client, items: str, **more: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = reader.get(f"/shelf/?items={items}&format=json").json()["results"]
    return rows


def corrected() -> Statement:
    """A public statement whose second paragraph was corrected and whose third was taken out."""
    said = statement(meeting(made := dialogue()), "We met.", "We agreed.", "We dined.")
    published(made, said.meetings.get(), said)
    said.texts.get().paragraphs.filter(key="p2").update(words="We agreed to meet again.")
    said.texts.get().paragraphs.filter(key="p3").delete()
    verbs.publish(said, by=None, note="A correction.")
    return said


def test_a_shelf_shows_each_item_with_its_words_and_permanent_address(reader: Client) -> None:
    html = reader.get(f"/shelf/?items={SAID}~p2,{FIRST}&title=Training").content.decode()
    assert "<h1>Training</h1>" in html
    assert "2 records and paragraphs" in html
    assert "Joint Statement of the 9th Foreign Ministers’ Meeting" in html
    assert f'<blockquote lang="en"><p>{WORDS}</p></blockquote>' in html
    assert f'<p class="address">{SITE}/id/{SAID}@1~p2</p>' in html
    assert 'href="/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/"' in html
    assert 'href="/ca-jad/2004/fm-1/"' in html
    assert "24 December 2022" in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_csv_of_a_shelf_is_its_items_in_order(reader: Client) -> None:
    text = reader.get(f"/shelf/?items={SAID}~p2,{FIRST}@1,25hxwjj2&format=csv").getvalue().decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [
        ["item", "status", "detail", "id", "kind", "title", "date", "edition", "current_edition", "pinned",
         "text", "paragraph", "words", "permanent", "url"],
        [f"{SAID}~p2", "current", "", SAID, "statement", "Joint Statement of the 9th Foreign Ministers’ Meeting",
         "2022-12-24", "1", "1", "False", "en-x-summary", "p2", WORDS, f"{SITE}/id/{SAID}@1~p2",
         f"{SITE}/ca-jad/2022/fm-9/joint-statement@1/en-x-summary/~p2/"],
        [f"{FIRST}@1", "current", "", FIRST, "meeting", "1st Foreign Ministers’ Meeting", "2004-08-28", "1", "1",
         "True", "", "", "", f"{SITE}/id/{FIRST}@1", f"{SITE}/ca-jad/2004/fm-1@1/"],
        ["25hxwjj2", "mistyped", "“25hxwjj2” is mistyped: its last character does not match the seven before it.",
         *[""] * 12],
    ]  # fmt: skip


def test_page_json_csv_and_citations_hold_the_same_items(reader: Client) -> None:
    items = f"{FIRST},{SAID}@1~p2,{SAID}"
    rows = results(reader, items)
    assert [row["item"] for row in rows] == items.split(",")
    text = reader.get(f"/shelf/?items={items}&format=csv").getvalue().decode()
    from_csv = list(csv.DictReader(io.StringIO(text, newline="")))
    assert from_csv == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    csl = json.loads(reader.get(f"/shelf/?items={items}&format=csl").getvalue())
    assert [item["id"] for item in csl] == [f"{FIRST}@1", f"{SAID}@1~p2", f"{SAID}@1"]
    ris = rispy.loads(reader.get(f"/shelf/?items={items}&format=ris").getvalue().decode())
    assert [entry["urls"][0] for entry in ris] == [row["permanent"] for row in rows]
    bib = parse_string(reader.get(f"/shelf/?items={items}&format=bib").getvalue().decode(), "bibtex")
    assert len(bib.entries) == 3
    html = reader.get(f"/shelf/?items={items}").content.decode()
    assert re.findall(r'<p class="address">([^<]+)</p>', html) == [row["permanent"] for row in rows]
    lines = reader.get(f"/shelf/?items={items}&format=jsonl").getvalue().decode().splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_all_are_cited_together_in_the_style_asked_for(reader: Client) -> None:
    items = f"{SAID}~p2,{FIRST}"
    one = reader.get("/ca-jad/2004/fm-1/?format=txt&style=apa").content.decode()
    text = reader.get(f"/shelf/?items={items}&style=apa&format=txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text["Content-Disposition"] == 'attachment; filename="shelf.txt"'
    assert text.getvalue().decode().endswith(f"\n\n{one}\n")
    html = reader.get(f"/shelf/?items={items}&style=apa").content.decode()
    assert f'href="/shelf/?items={items}&amp;style=apa#cite" aria-current="true">APA 7' in html
    every = reader.get(f"/shelf/?items={items}&format=txt").getvalue().decode()
    assert [name for name in ("APA 7", "MLA 9", "SIST 02") if f"{name}\n\n" in every] == [
        "APA 7",
        "MLA 9",
        "SIST 02",
    ]
    refused = reader.get(f"/shelf/?items={items}&style=vancouver&format=json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "style")


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (f"items={SAID.upper()}", f"items={SAID}"),
        ("items=25hx-wjjb,,117RV14B,", f"items={SAID},{FIRST}"),
        (f"title=A&items={SAID}", f"items={SAID}&title=A"),
        (f"items={SAID}&title=++A%20%20b+", f"items={SAID}&title=A%20b"),
        ("items=/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/", f"items={SAID}~p2"),
        (f"items={SITE}/ca-jad/2004/fm-1@1/,{SITE}/id/{SAID}", f"items={FIRST}@1,{SAID}"),
        (f"style=apa&items={SAID}", f"items={SAID}&style=apa"),
        (f"format=csv&items={SAID}", f"items={SAID}&format=csv"),
        (f"items={SAID}&title=%E2%80%AEevil", f"items={SAID}&title=evil"),
        ("items=", ""),
    ],
)
def test_a_shelf_has_one_address(reader: Client, asked: str, canonical: str) -> None:
    answer = reader.get(f"/shelf/?{asked}")
    target = f"/shelf/?{canonical}" if canonical else "/shelf/"
    assert (answer.status_code, answer["Location"]) == (301, target)
    assert reader.get(target).status_code == 200


def test_an_address_encoded_otherwise_is_the_same_shelf(reader: Client) -> None:
    answer = reader.get(f"/shelf/?items={SAID}%401%2C{FIRST}&title=A+b")
    assert answer.status_code == 200
    assert (
        f'<link rel="canonical" href="{SITE}/shelf/?items={SAID}@1,{FIRST}&amp;title=A%20b">'
        in answer.content.decode()
    )


def test_adding_leads_to_the_shelf_with_more_on_it(reader: Client) -> None:
    alone = reader.get(f"/shelf/?add={SAID}~p2")
    assert (alone.status_code, alone["Location"]) == (303, f"/shelf/?items={SAID}~p2")
    assert "To add more, paste ids or addresses above" in reader.get(alone["Location"]).content.decode()
    two = reader.get("/shelf/", {"items": f"{SAID}~p2", "title": "A", "add": f"{FIRST}  /ca-jad/\n{SAID}~p2"})
    assert two["Location"] == f"/shelf/?items={SAID}~p2,{FIRST},qpv83x8t&title=A"


def test_what_leads_nowhere_stays_on_the_shelf_with_the_reason(reader: Client) -> None:
    said = corrected()
    items = [
        said.pk,
        f"{said.pk}@1",
        f"{said.pk}~p3",
        f"{said.pk}@1~p3",
        f"{said.pk}@9",
        "25hxwjj2",
        "some/where",
        "a%20b",
    ]
    rows = results(reader, ",".join(items))
    assert [row["status"] for row in rows] == [
        "current", "superseded", "paragraph_gone", "superseded", "no_such_edition", "mistyped",
        "unknown", "not_understood",
    ]  # fmt: skip
    assert rows[3]["words"] == "We dined."
    html = reader.get(f"/shelf/?items={','.join(items)}").content.decode()
    assert html.count('<li id="i') == 8
    assert "Edition 1, as it was pinned; edition 2 is current." in html
    assert f'href="/{said.pid.path}@1/en/~p3/"' in html or f'href="/{said.pid.path}@1/~p3/"' in html
    assert f'Did you mean <a href="/ca-jad/2022/fm-9/joint-statement/">{SAID}' in html


def test_a_withdrawn_and_a_merged_record_say_so(reader: Client) -> None:
    made = dialogue()
    gone, double, kept = meeting(made, 1), meeting(made, 2), meeting(made, 3)
    published(made, gone, double, kept)
    verbs.withdraw(gone, by=None, reason="legal", note="A court’s order.")
    verbs.merge(double, into=kept, by=None, note="The same meeting.")
    rows = results(reader, f"{gone.pk},{double.pk},{double.pk}@1")
    assert [row["status"] for row in rows] == ["withdrawn", "merged", "merged"]
    assert "A court’s order." in rows[0]["detail"]
    assert (rows[0]["title"], rows[0]["words"], rows[0]["url"]) == (None, None, None)
    assert (rows[1]["id"], rows[2]["id"]) == (kept.pk, double.pk)
    assert "was merged into" in rows[1]["detail"]
    assert f'href="/id/{gone.pk}"' in reader.get(f"/shelf/?items={gone.pk}").content.decode()


def test_a_draft_is_as_unknown_as_what_never_was(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2004/fm-1")
    draft = Meeting.objects.draft(track=held.track, ordinal=77, start="2031-01-02")
    never = pids.mint()
    for value in (draft.pk, f"{draft.pk}@1", f"{draft.pk}~p1"):
        row, other = results(reader, f"{value},{value.replace(draft.pk, never)}")
        assert {**row, "item": "", "detail": ""} == {**other, "item": "", "detail": ""}
        assert row["detail"].replace(draft.pk, never) == other["detail"]
    assert "2031" not in reader.get(f"/shelf/?items={draft.pk}").content.decode()


def test_links_move_remove_pin_and_compare(reader: Client) -> None:
    said = corrected()
    html = reader.get(f"/shelf/?items={said.pk},{SAID}~p2,{FIRST}").content.decode()
    for items in (
        f"{SAID}~p2,{said.pk},{FIRST}",  # the first down
        f"{said.pk},{FIRST}",  # without the second
        f"{said.pk},{FIRST},{SAID}~p2",  # the third up
        f"{said.pk}@2,{SAID}@1~p2,{FIRST}@1",  # pinned
    ):
        assert f'href="/shelf/?items={items}" data-items="{items}"' in html, items
    assert f'href="/compare/?a={said.pk}@2&amp;b={SAID}@1~p2"' in html
    assert html.count("Compare with the one above") == 1
    pinned = reader.get(f"/shelf/?items={said.pk}@2,{FIRST}@1").content.decode()
    assert "Each is pinned to an edition." in pinned


def test_a_shelf_is_followed_by_the_changes_of_its_items(reader: Client) -> None:
    said = corrected()
    feed = reader.get(f"/shelf/?items={said.pk},{FIRST}&format=atom").content.decode()
    assert f"<id>{SITE}/shelf/?items={said.pk},{FIRST}</id>" in feed
    assert re.findall(rf"<id>{SITE}/id/([^<]+)</id>", feed) == [f"{said.pk}@2", f"{said.pk}@1", f"{FIRST}@1"]
    assert "format=atom" in reader.get(f"/shelf/?items={said.pk}").content.decode()


def test_a_kept_shelf_answers_for_ever_with_those_items(reader: Client) -> None:
    posted = reader.post("/shelf/", {"items": f"{FIRST},{SAID.upper()}~p2", "title": "Training"})
    shelf = Shelf.objects.get()
    assert (shelf.items, shelf.title) == (f"{FIRST},{SAID}~p2", "Training")
    assert shelf.sha256 == hashlib.sha256(f"{FIRST},{SAID}~p2\nTraining".encode()).hexdigest()
    assert (posted.status_code, posted["Location"]) == (303, f"/shelf/{shelf.key}/")
    page = reader.get(posted["Location"]).content.decode()
    assert f"{SITE}/shelf/{shelf.key}/" in page
    assert "Keep this shelf" not in page
    data = reader.get(f"/shelf/{shelf.key}/?format=json").json()
    assert data["results"] == results(reader, shelf.items)
    assert data["kept"]["id"] == shelf.key
    assert f'href="/shelf/?items={SAID}~p2&amp;title=Training"' in page  # without the first
    assert reader.get(f"/shelf/{shelf.key.upper()}/")["Location"] == f"/shelf/{shelf.key}/"
    assert reader.get("/shelf/xxxxxxxxxxxx/").status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        Shelf.objects.update(items="")


def test_the_same_items_have_the_same_key_and_others_another(reader: Client) -> None:
    for items, title in ((FIRST, ""), (FIRST, ""), (FIRST, "A"), (f"{FIRST}@1", "")):
        reader.post("/shelf/", {"items": items, "title": title})
    assert Shelf.objects.count() == 3
    for status in (201, 200):
        answer = reader.post("/shelf/?format=json", {"items": SAID})
        assert (answer.status_code, answer["Location"]) == (status, answer.json()["url"])


def test_keys_that_begin_alike_are_told_apart(reader: Client) -> None:
    letters = Shelf.objects.free_key(hashlib.sha256(f"{FIRST}\n".encode()).hexdigest())
    Shelf.objects.create(key=letters, sha256="0" * 64, items=SAID)
    reader.post("/shelf/", {"items": FIRST})
    mine = Shelf.objects.get(items=FIRST)
    assert (mine.key[:-1], len(mine.key)) == (letters, 13)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "An empty shelf is not kept"),
        ({"items": " , "}, "An empty shelf is not kept"),
        ({"items": "<script>"}, "no id or address of this archive"),
        ({"items": "https://example.org/x"}, "no id or address of this archive"),
        ({"items": FIRST, "owner": "me"}, "There is no field “owner” here"),
        ({"items": FIRST, "title": "x" * 201}, "200 characters at most"),
        ({"items": ",".join([FIRST] * 101)}, "100 items at most"),
        ({"items": ",".join(["a/" * 200 + "b"] * 20)}, "100 items at most"),
    ],
)
def test_what_is_not_kept_is_told_why(reader: Client, fields: dict[str, str], said: str) -> None:
    answer = reader.post("/shelf/?format=json", fields)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert said in answer.json()["detail"]
    assert Shelf.objects.count() == 0


def test_so_many_shelves_an_hour_are_kept(
    reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMIT = 600
    ten_past = 500_000 * 3600 + 600
    monkeypatch.setattr("archive.limits.time.time", lambda: ten_past)
    for number in range(60):
        assert reader.post("/shelf/", {"items": FIRST, "title": str(number)}).status_code == 303
    refused = reader.post("/shelf/", {"items": FIRST, "title": "60"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "3000")
    assert Shelf.objects.count() == 60
    monkeypatch.setattr("archive.limits.time.time", lambda: ten_past + 3000)
    assert reader.post("/shelf/", {"items": FIRST, "title": "60"}).status_code == 303


@pytest.mark.parametrize(
    "query",
    [
        "items=A&style=",
        "items=A&style=loud",
        "items=a&items=b",
        "colour=red",
        "title=" + "x" * 201,
        "items=" + "a," * 101,
    ],
)
def test_parameters_that_are_not_understood_are_refused(reader: Client, query: str) -> None:
    answer = reader.get(f"/shelf/?{query}&format=json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_more_items_make_no_more_queries(reader: Client) -> None:
    every = list(Meeting.objects.public().order_by("pk").values_list("pk", flat=True)[:100])

    def queries(items: list[str]) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/shelf/?items={','.join(items)}").status_code == 200
        return len(captured)

    assert queries(every[:1]) == queries(every) == 3
    assert queries([f"{pid}@1" for pid in every]) == 3


def test_records_and_paragraphs_offer_to_be_put_on_a_shelf(reader: Client) -> None:
    for path, item in (
        ("/ca-jad/2004/fm-1/", FIRST),
        ("/ca-jad/2004/fm-1@1/", f"{FIRST}@1"),
        ("/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/", f"{SAID}~p2"),
        ("/ca-jad/", "qpv83x8t"),
    ):
        html = reader.get(path).content.decode()
        assert f'href="/shelf/?add={item}" rel="nofollow" data-shelf-item="{item}"' in html, path


def test_an_empty_shelf_says_how_to_begin(reader: Client) -> None:
    page = reader.get("/shelf/").content.decode()
    assert "How a shelf works" in page
    assert "Take away together" not in page
    assert reader.get("/shelf/?format=json").json()["results"] == []
    assert reader.get("/shelf/?format=csv").getvalue().startswith(b"item,status,detail,")


def test_a_title_is_text_and_no_markup(reader: Client) -> None:
    page = reader.get(f"/shelf/?items={FIRST}&title=%3Cb%3EA%26B%3C/b%3E").content.decode()
    assert "<h1>&lt;b&gt;A&amp;B&lt;/b&gt;</h1>" in page


def test_a_form_that_there_is_not_is_refused_before_an_address_is_put_right(reader: Client) -> None:
    assert reader.get("/shelf/?items=A&format=xml").status_code == 400
