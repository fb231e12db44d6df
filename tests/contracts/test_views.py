"""Every view: its page, its JSON and its CSV count the same rows, and the codebook describes each column of them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from archive.release.codebook import VIEWS, lists_codebook
from tests.contracts.test_queries import commitment_path

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *(
        "/meetings/",
        "/meetings/?dialogue=ca-jad&year=2022",
        "/meetings/?place=jp/tokyo",
        "/meetings/?year=1950",
    ),
    *(
        "/statements/",
        "/statements/?dialogue=ca-jad",
        "/commitments/",
        "/commitments/?due=overdue&topic=economy",
    ),
    *("/dialogues/", "/ministers/", "/countries/", "/topics/", "/years/", "/years/2010s/", "/years/2022/"),
    *("/on-this-day/08-28/", "/on-this-day/02-29/", "/search/?q=energy", "/search/?q=energy&year=2010..2022"),
    *("/ca-jad/2022/", "/ca-jad/undated/", "/ca-jad/fm/", "/ca-jad/2022/statements/", "/changes/"),
    *("/ca-jad/attendance/", "/ca-jad/fm/attendance/?country=jp&rank=minister", "/countries/kz/attendance/"),
    *("/offices/", "/offices/?on=2010-08-07&country=jp", "/lexicon/", "/phrases/?q=Central+Asia"),
    *("/pictures/wall/", "/pictures/series/", "/pictures/series/ca-jad/fm/", "/pictures/topics/"),
    *("/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/", "/pictures/hosts/?dialogue=ca-jad"),
    *("/pictures/meets/", "/pictures/meets/?least=5", "/pictures/meets/jp/", "/pictures/meets/jp/kz/"),
    *("/topics/energy/language/", "/topics/energy/language/?dialogue=ca-jad"),
    "/compare/?a=ca-jad/2022/fm-9/joint-statement&b=ca-jad/2004/fm-1/joint-statement",
    *("/{commitment}/chain/", "/shelf/?items=25hxwjjb@1~p2,117rv14b"),
]
SAID = re.compile(r"(?:Download|Take) (?:this row|these ([0-9,]+) rows)")


def body(answer: Any) -> str:
    return str((b"".join(answer.streaming_content) if answer.streaming else answer.content).decode())


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_page_json_and_csv_of_a_view_agree(reader: Client, pattern: str) -> None:
    address = pattern.format(commitment=commitment_path())
    sep = "&" if "?" in address else "?"
    data = json.loads(body(reader.get(f"{address}{sep}format=json")))
    table = list(csv.reader(io.StringIO(body(reader.get(f"{address}{sep}format=csv")))))
    described = [[column["name"] for column in form["columns"]] for form in lists_codebook()]
    assert table[0] in described
    rows = len(table) - 1
    if "count" in data:
        assert data["count"] == rows
        assert len(data["results"]) == rows or data["next"]
    said = SAID.search(body(reader.get(address)))
    if said:
        assert int((said[1] or "1").replace(",", "")) == rows


def test_each_form_of_rows_is_described_once_and_whole() -> None:
    names = [form.name for form in VIEWS]
    assert len(names) == len(set(names))
    assert all(column["meaning"] for form in lists_codebook() for column in form["columns"])
