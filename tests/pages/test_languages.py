"""A paragraph in another language than the first text is cited, taken away and embedded in its own words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from meetings.models import Paragraph, Statement, Text
from registry import verbs
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def said() -> Statement:
    """A statement whose first paragraph stands in English and in Japanese."""
    held = dialogue()
    at = meeting(held)
    made = statement(at, "They will build the port.")
    text = Text.objects.create(statement=made, language="ja", kind="official")
    Paragraph.objects.create(text=text, number=1, key="p1", words="港を建設する。")
    published(held, at, made)
    return made


def followed(reader: Client, address: str) -> str:
    answer = reader.get(address.removeprefix(SITE), follow=True)
    assert answer.status_code == 200
    return str(answer.request["PATH_INFO"])


def test_the_first_text_keeps_its_short_address(reader: Client, said: Statement) -> None:
    html = reader.get(f"/{said.pid.path}/en/~p1/").content.decode()
    assert f'class="unapi-id" title="{said.pk}@1~p1"' in html
    assert followed(reader, f"/id/{said.pk}@1~p1") == f"/{said.pid.path}@1/en/~p1/"


def test_another_text_is_named_in_the_address_and_leads_back(reader: Client, said: Statement) -> None:
    page = f"/{said.pid.path}/ja/~p1/"
    html = reader.get(page).content.decode()
    name = f"{said.pk}@1/ja/~p1"
    assert f'class="unapi-id" title="{name}"' in html
    assert followed(reader, f"/id/{name}") == f"/{said.pid.path}@1/ja/~p1/"
    assert followed(reader, f"/ark:99999/{name}") == f"/{said.pid.path}@1/ja/~p1/"
    assert "港を建設する。" in reader.get(f"/unapi?id={name}&format=ris").content.decode()
    assert reader.get(f"/card/{name}.png").status_code == 200
    assert "港を建設する。" in reader.get(f"/embed/{name}/").content.decode()


@pytest.mark.parametrize("form", ["ris", "bib", "csl", "txt"])
def test_what_is_taken_away_leads_to_the_words_it_holds(reader: Client, said: Statement, form: str) -> None:
    text = reader.get(f"/{said.pid.path}/ja/~p1/?format={form}").content.decode()
    address = re.search(rf"{SITE}/id/[0-9a-z]{{8}}@1/ja/~p1", text)
    assert address
    assert followed(reader, address[0]) == f"/{said.pid.path}@1/ja/~p1/"


def test_a_pasted_footnote_leads_to_the_words(reader: Client, said: Statement) -> None:
    answer = reader.get("/id/", {"q": f"See {SITE}/id/{said.pk}@1/ja/~p1."})
    assert answer["Location"] == f"/id/{said.pk}@1/ja/~p1"


def test_a_text_that_does_not_hold_the_paragraph_is_404(reader: Client, said: Statement) -> None:
    assert reader.get(f"/unapi?id={said.pk}@1/ru/~p1&format=ris").status_code == 404
    assert reader.get(f"/embed/{said.pk}@1/ru/~p1/").status_code == 404


def test_a_merged_record_of_a_withdrawn_one_shows_none_of_its_words(reader: Client, said: Statement) -> None:
    elsewhere = meeting(said.dialogue, ordinal=2)
    other = statement(elsewhere, "Again.", title="Again", language="ru")
    published(elsewhere, other)
    verbs.merge(other, into=said, by=None, note="The same.")
    verbs.withdraw(said, by=None, reason="legal", note="An order.")
    assert reader.get(f"/unapi?id={other.pk}&format=ris").status_code == 410
    assert (
        "build the port"
        not in reader.get(f"/compare/?a={other.pk}&b={other.pk}@1&format=json").content.decode()
    )
