"""Download what you see: the same rows as CSV, JSON and JSON Lines, streamed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from archive.formats.rows import LISTS

pytestmark = pytest.mark.django_db
QUERIES = [
    ("/meetings/", 436),
    ("/meetings/?dialogue=ca-jad", 52),
    ("/commitments/?verb=considered", 6),
    ("/statements/", 217),
    ("/ministers/", 352),
]


def with_query(path: str, more: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{more}"


@pytest.mark.parametrize(("path", "count"), QUERIES)
def test_every_form_holds_the_same_rows(reader: Client, path: str, count: int) -> None:
    lines = reader.get(with_query(path, "format=jsonl")).getvalue().decode().splitlines()
    from_lines = [json.loads(line) for line in lines]
    text = reader.get(with_query(path, "format=csv")).getvalue().decode()
    from_csv = list(csv.DictReader(io.StringIO(text, newline="")))
    whole = json.loads(reader.get(with_query(path, "format=json&page=all")).getvalue())
    assert len(from_lines) == len(from_csv) == whole["count"] == count
    assert whole["results"] == from_lines
    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in from_lines
    ]
    assert from_csv == as_text


def test_downloads_are_streamed_and_named(reader: Client) -> None:
    answer = reader.get("/meetings/?format=jsonl&dialogue=quad")
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Type"] == "application/jsonl"
    assert answer["Content-Disposition"] == 'attachment; filename="meetings.jsonl"'
    assert reader.get("/meetings/?format=csv")["Content-Disposition"] == 'attachment; filename="meetings.csv"'


def test_csv_ends_lines_as_rfc_4180_says(reader: Client) -> None:
    text = reader.get("/topics/?format=csv").getvalue()
    assert text.startswith(b"id,title,url,slug,broader,commitments\r\n")
    assert text.count(b"\r\n") == text.count(b"\n") == 60


def test_an_unchanged_download_is_304(reader: Client) -> None:
    first = reader.get("/meetings/?format=csv")
    assert reader.get("/meetings/?format=csv", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_an_empty_list_still_has_its_header(reader: Client) -> None:
    empty = "/meetings/?dialogue=quad&year=1950"
    assert reader.get(f"{empty}&format=csv").getvalue().decode().startswith("id,title,url,dialogue,")
    assert reader.get(f"{empty}&format=jsonl").getvalue() == b""
    assert json.loads(reader.get(f"{empty}&format=json&page=all").getvalue()) == {"results": [], "count": 0}


def test_every_list_says_what_its_columns_mean(reader: Client) -> None:
    for form in LISTS:
        first = reader.get(f"/{form.name}/?format=json").json()["results"][0]
        assert list(first) == form.header
        assert all(str(column.meaning) for column in form.columns)


def test_codes_in_lists_are_those_documented(reader: Client) -> None:
    for form in LISTS:
        coded = {column.name: set(column.values.values) for column in form.columns if column.values}
        for line in reader.get(f"/{form.name}/?format=jsonl").getvalue().decode().splitlines():
            row = json.loads(line)
            for name, values in coded.items():
                assert row[name] in values, (form.name, name)


def test_every_list_page_offers_its_downloads(reader: Client) -> None:
    html = reader.get("/meetings/?dialogue=quad&page=1").content.decode()
    for address in ("format=csv", "format=json&amp;page=all", "format=jsonl"):
        assert f'href="/meetings/?dialogue=quad&amp;{address}"' in html


def test_a_refused_filter_is_a_problem_in_every_data_form(reader: Client) -> None:
    for form in ("json", "csv", "jsonl"):
        answer = reader.get(f"/meetings/?year=0&format={form}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["title"] == "A filter is not understood"


def test_pages_are_linked_for_programs(reader: Client) -> None:
    links = reader.get("/meetings/?format=json&page=2")["Link"]
    for rel, page in (("first", 1), ("prev", 1), ("next", 3), ("last", 9)):
        assert f'</meetings/?format=json&page={page}>; rel="{rel}"' in links
