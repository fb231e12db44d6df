"""Lists to take away as citations: every row, in order, streamed, in a fixed number of queries."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rispy
from django.core.cache import cache
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pybtex.database import parse_string

from meetings.models import Meeting
from tests.makers import published

pytestmark = pytest.mark.django_db
LISTS = [
    ("/meetings/", 436),
    ("/statements/", 217),
    ("/commitments/?nature=remark", 56),
    ("/years/2022/", None),
]


def rows(reader: Client, path: str, form: str) -> Any:
    answer = reader.get(f"{path}{'&' if '?' in path else '?'}format={form}")
    assert answer.status_code == 200, path
    assert isinstance(answer, StreamingHttpResponse)
    return answer.getvalue().decode()


@pytest.mark.parametrize(("path", "count"), LISTS)
def test_every_form_holds_the_rows_that_the_list_shows(reader: Client, path: str, count: int | None) -> None:
    ids = [json.loads(line)["id"] for line in rows(reader, path, "jsonl").splitlines()]
    assert count in (None, len(ids))
    items = json.loads(rows(reader, path, "csl"))
    assert [item["id"].partition("@")[0] for item in items] == ids
    entries = rispy.loads(rows(reader, path, "ris"))
    assert [entry["urls"][0].rpartition("/")[2].partition("@")[0] for entry in entries] == ids
    keys = list(parse_string(rows(reader, path, "bib"), "bibtex").entries)
    assert keys == [f"dialogues-{pid}-1" for pid in ids]


def test_an_empty_list_is_whole_in_every_form(reader: Client) -> None:
    path = "/meetings/?year=1990"
    assert json.loads(rows(reader, path, "csl")) == []
    assert rows(reader, path, "ris") == rows(reader, path, "bib") == ""


def test_downloads_have_their_own_names_and_types(reader: Client) -> None:
    answer = reader.get("/meetings/?format=ris")
    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="meetings.ris"'
    csl = reader.get("/statements/", headers={"accept": "application/vnd.citationstyles.csl+json"})
    assert csl["Content-Disposition"] == 'attachment; filename="statements.csl.json"'
    page = reader.get("/meetings/?year=2022").content.decode()
    assert '<a href="/meetings/?year=2022&amp;format=bib" download>BibTeX</a>' in page


def test_lists_of_what_is_seldom_cited_have_no_citations(reader: Client) -> None:
    for path in ("/countries/", "/ministers/", "/topics/", "/dialogues/", "/years/"):
        assert reader.get(f"{path}?format=bib").status_code == 400


def test_more_rows_make_no_more_queries(reader: Client) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            rows(reader, "/ca-jad/fm/", "bib")
        return len(captured)

    before = queries()
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    made = [Meeting.objects.draft(track=held.track, ordinal=100 + n, start="2022-01-01") for n in range(10)]
    published(*made)
    assert queries() == before


def test_drafts_are_in_no_list(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    draft = Meeting.objects.draft(track=held.track, ordinal=100, start="2022-01-01")
    for form in ("bib", "ris", "csl"):
        assert draft.pk not in rows(reader, "/meetings/?year=2022", form)
