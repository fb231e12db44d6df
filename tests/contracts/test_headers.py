"""Headers that every answer carries, and what no reader is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from registry import verbs

pytestmark = pytest.mark.django_db
FM9 = "/ca-jad/2022/fm-9/"
PATHS = [
    "/", FM9, f"{FM9}?format=json", "/meetings/", "/meetings/?format=csv", "/nothing/", "/id/xxxxxxxx",
    "/admin/login/", "/meetings/?year=0", "/ca-jad", "/styleguide/", "/changes/", "/oai?verb=Identify",
    "/timegate/ca-jad/", "/timemap/ca-jad/", f"{FM9}?format=atom",
    f"{FM9}?format=ics", "/sitemap.xml", "/robots.txt",
    "/shelf/", "/shelf/?items=25hxwjjb~p2", "/shelf/?add=x",
    "/pictures/", "/pictures/hosts/", "/pictures/hosts/?format=svg", "/pictures/meets/?least=0",
        "/verify/", "/verify/citations/", "/compare/", "/ca-jad/fm/attendance/", "/offices/?on=2010", "/offices/?on=x",
    "/verify/?text=the+ministers+met+in+the+spring", "/compare/?a=ca-jad/2022/fm-9&b=ca-jad/2004/fm-1", "/compare/?a=x",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_strict_policy(reader: Client, path: str) -> None:
    policy = reader.get(path)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe-inline" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/admin/login/"])
def test_readers_get_no_cookie(reader: Client, path: str) -> None:
    assert not reader.get(path).cookies


@pytest.mark.parametrize(
    "path",
    [
        FM9,
        "/",
        "/meetings/",
        "/styleguide/",
        "/ca-jad/fm/",
        "/ca-jad/attendance/",
        "/offices/?on=2010",
        "/verify/",
        "/compare/",
        "/search/?q=law",
        "/pictures/",
        "/pictures/wall/",
        "/pictures/topics/",
        "/pictures/hosts/",
        "/pictures/meets/",
        "/pictures/series/ca-jad/fm/",
        "/pictures/topics/?format=svg",
        "/pictures/hosts/?format=svg",
        "/pictures/series/ca-jad/fm/?format=svg",
        "/shelf/?items=25hxwjjb",
    ],
)
def test_pages_have_no_inline_style_or_script(reader: Client, path: str) -> None:
    html = reader.get(path).content.decode()
    for forbidden in ("<script>", "<style", " style=", " onclick=", "javascript:"):
        assert forbidden not in html


def test_an_unchanged_page_is_304_by_etag_and_by_date(reader: Client) -> None:
    first = reader.get(FM9)
    assert reader.get(FM9, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert reader.get(FM9, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert "Accept" in first["Vary"]


def test_another_build_or_another_name_gives_nothing_out_that_was_made_before(
    reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader.get(FM9)
    asked_again = {"if-none-match": first["ETag"]}
    monkeypatch.setattr("archive.pagecache.build", lambda: "the next one")
    upgraded = reader.get(FM9, headers=asked_again)
    assert (upgraded.status_code, upgraded["ETag"] == first["ETag"]) == (200, False)
    monkeypatch.undo()
    settings.SITE_NAME = "Another archive"
    renamed = reader.get(FM9, headers=asked_again)
    assert (renamed.status_code, "Another archive" in renamed.content.decode()) == (200, True)
    settings.SITE_NAME = "Dialogues"
    assert reader.get(FM9, headers=asked_again).status_code == 304


def test_after_a_start_who_asks_by_date_alone_gets_the_page_anew(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reader.get(FM9)["Last-Modified"]
    monkeypatch.setattr("archive.pagecache.STARTED", timezone.now() + timedelta(hours=1))
    started = reader.get(FM9, headers={"if-modified-since": before})
    assert started.status_code == 200
    since = {"if-modified-since": started["Last-Modified"]}
    assert reader.get(FM9, headers=since).status_code == 304


def test_a_change_anywhere_makes_new_tags(reader: Client) -> None:
    page, data = reader.get(FM9)["ETag"], reader.get(f"{FM9}?format=json")["ETag"]
    assert page != data
    held = Meeting.objects.get(pid__path="ca-jad/2004/fm-1")
    held.duration_printed = "a day"
    held.save()
    verbs.publish(held, by=None, note="The length was found.")
    again = reader.get(FM9, headers={"if-none-match": page})
    assert again.status_code == 200
    assert again["ETag"] != page


def test_a_draft_changes_nothing_for_readers(reader: Client) -> None:
    before = reader.get(FM9)["ETag"]
    Meeting.objects.filter(pid__path="ca-jad/2004/fm-1").update(changed_at=timezone.now())
    assert reader.get(FM9)["ETag"] == before


def test_what_is_not_there_cannot_be_unchanged(reader: Client) -> None:
    for headers in ({"if-none-match": "*"}, {"if-modified-since": "Mon, 01 Jan 2046 00:00:00 GMT"}):
        assert reader.get("/nothing/", headers=headers).status_code == 404


def test_frozen_json_is_kept_for_ever(reader: Client) -> None:
    answer = reader.get("/ca-jad/2022/fm-9@1/?format=json")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_links_name_the_other_forms(reader: Client) -> None:
    links = reader.get(FM9)["Link"]
    for form, media_type in (
        ("json", "application/json"),
        ("ics", "text/calendar"),
        ("atom", "application/atom+xml"),
        ("bib", "application/x-bibtex"),
        ("txt", "text/plain"),
    ):
        assert f'<{FM9}?format={form}>; rel="alternate"; type="{media_type}"' in links


def test_head_is_get_without_the_body(reader: Client) -> None:
    head, got = reader.head(FM9), reader.get(FM9)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
