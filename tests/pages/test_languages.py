"""A text or paragraph in another language than the first is cited, taken away and embedded as what it is."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

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
    text = unquote(reader.get(f"/{said.pid.path}/ja/~p1/?format={form}").content.decode())
    address = re.search(rf"{SITE}/id/[0-9a-z]{{8}}@1/ja/~p1", text)
    assert address
    assert followed(reader, address[0]) == f"/{said.pid.path}@1/ja/~p1/"


def test_a_pasted_footnote_leads_to_the_words(reader: Client, said: Statement) -> None:
    for tilde in ("~", "/~", "/%7E", r"/\%7E", r"{\textasciitilde}", r"\~{}"):  # as BibTeX has it
        for before in (f"{SITE}/id/", "ark:99999/", ""):
            answer = reader.get("/id/", {"q": f"See {before}{said.pk}@1/ja{tilde}p1."})
            assert followed(reader, answer["Location"]) == f"/{said.pid.path}@1/ja/~p1/"
    assert reader.get("/id/", {"q": f"{said.pk}@1~p1"})["Location"] == f"/id/{said.pk}@1~p1"
    assert reader.get("/id/", {"q": f"({said.pk}@1)."})["Location"] == f"/id/{said.pk}@1"
    assert reader.get("/id/", {"q": f"ark:12345/{said.pk}@1"}).status_code == 404


def test_a_text_that_does_not_hold_the_paragraph_is_404(reader: Client, said: Statement) -> None:
    assert reader.get(f"/unapi?id={said.pk}@1/ru/~p1&format=ris").status_code == 404
    assert reader.get(f"/embed/{said.pk}@1/ru/~p1/").status_code == 404


def links(answer: Any, rel: str) -> list[str]:
    return re.findall(rf'<([^>]*)>; rel="{rel}"', answer["Link"])


def test_a_whole_text_says_its_own_language_and_address(reader: Client, said: Statement) -> None:
    path, name = f"/{said.pid.path}", f"{said.pk}@1/ja"
    answer = reader.get(f"{path}/ja/")
    html = answer.content.decode()
    assert '<meta name="DC.language" content="ja">' in html
    assert f'<meta name="DC.identifier" content="{SITE}/ark:99999/{said.pk}/ja">' in html
    assert f'<meta property="og:url" content="{SITE}{path}/ja/">' in html
    assert f'class="unapi-id" title="{name}"' in html
    assert links(answer, "cite-as") == [f"{SITE}/ark:99999/{said.pk}/ja"]
    assert f"{SITE}{path}/ja/?format=ris" in links(answer, "describedby")
    assert links(answer, "latest-version") == [f"{SITE}{path}/ja/"]
    assert links(answer, "collection") == [f"{SITE}/id/{said.pk}"]
    assert links(answer, "item") == [f"{SITE}{path}@1/?format=json"]
    panel = re.sub("<wbr>|<[^>]*>", " ", html)
    assert "Cite this text" in panel
    assert re.search(rf"This exact text \(edition 1\)\s+{SITE}/id/\s+{name}\s", panel)
    assert re.search(rf"This record, always current\s+{SITE}/id/\s+{said.pk}/ja\s", panel)


def test_the_statement_itself_is_cited_as_before(reader: Client, said: Statement) -> None:
    answer = reader.get(f"/{said.pid.path}/")
    assert f'class="unapi-id" title="{said.pk}@1"' in answer.content.decode()
    assert links(answer, "cite-as") == [f"{SITE}/ark:99999/{said.pk}"]
    assert f"{SITE}/{said.pid.path}/ja/" in links(answer, "item")


def test_the_address_of_a_text_leads_back_from_everywhere(reader: Client, said: Statement) -> None:
    page = f"/{said.pid.path}@1/ja/"
    for name in (f"{said.pk}@1/ja", f"{said.pk}@1/ja/"):
        assert followed(reader, f"/id/{name}") == page
        assert followed(reader, f"/ark:99999/{name}") == page
    assert followed(reader, f"/id/{said.pk}/ja") == f"/{said.pid.path}/ja/"
    assert followed(reader, f"/id/{said.pk}@1/ja~p1") == f"/{said.pid.path}@1/ja/~p1/"
    assert reader.get("/id/", {"q": f"See {SITE}/id/{said.pk}@1/ja."})["Location"] == f"/id/{said.pk}@1/ja"
    assert reader.get("/id/", {"q": f"{SITE}/id/{said.pk}@1/jargon"})["Location"] == f"/id/{said.pk}@1"
    for form in ("ris", "mods", "rdf_zotero", "rdf_dc", "bibtex"):
        assert (
            f"{SITE}/id/{said.pk}@1/ja"
            in reader.get(f"/unapi?id={said.pk}@1/ja&format={form}").content.decode()
        )
    assert "LA  - ja" in reader.get(f"/unapi?id={said.pk}@1/ja&format=ris").content.decode()
    assert reader.get(f"/card/{said.pk}@1/ja.png").status_code == 200
    card = reader.get(f"/embed/{said.pk}@1/ja/?format=json").json()
    assert card["address"] == f"{SITE}/id/{said.pk}@1/ja"
    shown = reader.get("/oembed", {"url": f"{SITE}/{said.pid.path}/ja/"}).json()
    assert f"{SITE}/embed/{said.pk}/ja/" in shown["html"]
    gate = reader.get(f"/timegate/id/{said.pk}/ja")
    assert gate["Location"] == f"{SITE}/{said.pid.path}@1/ja/"
    assert f'<{SITE}/timegate/id/{said.pk}/ja>; rel="timegate"' in reader.get(f"/id/{said.pk}/ja")["Link"]
    for room in ("unapi?format=ris&id=", "card/", "embed/", "timegate/id/"):
        assert (
            reader.get(f"/{room}{said.pk}/ru{'.png' if room == 'card/' else ''}", follow=True).status_code
            == 404
        )


@pytest.mark.parametrize(
    "form", ["ris", "bib", "csl", "txt", "jsonld", "ttl", "datacite", "mods", "akn", "linkset"]
)
def test_a_whole_text_is_taken_away_with_its_address(reader: Client, said: Statement, form: str) -> None:
    text = reader.get(f"/{said.pid.path}/ja/?format={form}").content.decode()
    assert re.search(rf"{SITE}/(id|ark:99999)/{said.pk}@1/ja(?![\w/])", text)


def test_json_ld_names_the_text_as_part_of_its_statement(reader: Client, said: Statement) -> None:
    found = reader.get(f"/{said.pid.path}/ja/?format=jsonld").json()
    assert found["@id"] == f"{SITE}/id/{said.pk}"
    assert found["hasPart"] == {
        "@type": "CreativeWork",
        "@id": f"{SITE}/id/{said.pk}@1/ja",
        "exampleOfWork": {"@type": "CreativeWork", "@id": f"{SITE}/id/{said.pk}/ja"},
        "identifier": f"{SITE}/ark:99999/{said.pk}@1/ja",
        "url": f"{SITE}/{said.pid.path}@1/ja/",
        "inLanguage": "ja",
    }


def test_a_footnote_put_right_keeps_its_language(reader: Client, said: Statement) -> None:
    said.act = "issued"
    said.save()
    verbs.publish(said, by=None, note="How it came about.")
    path = said.pid.path
    pairs = {
        f"{SITE}/id/{said.pk}@1/ja/~p1": f"{SITE}/id/{said.pk}@2/ja/~p1",
        f"{SITE}/id/{said.pk}@1/ja": f"{SITE}/id/{said.pk}@2/ja",
        f"{said.pk}@1/ja": f"{said.pk}@2/ja",
        f"{said.pk}@1~p1": f"{said.pk}@2~p1",
        f"{SITE}/{path}@1/ja/": f"{SITE}/{path}@2/ja/",
    }
    for written, right in pairs.items():
        found = reader.post("/verify/citations/?format=json", {"text": f"See {written}, there."}).json()
        assert found["updated"] == f"See {right}, there."
    compared = reader.get(
        "/compare/", {"a": f"{said.pk}@1/ja", "b": f"{said.pk}@2/en", "format": "json"}
    ).json()
    assert compared["a"]["permanent"] == f"{SITE}/id/{said.pk}@1/ja"


def test_part_of_a_merged_record_stays_in_its_last_edition(reader: Client, said: Statement) -> None:
    elsewhere = meeting(said.dialogue, ordinal=2)
    other = statement(elsewhere, "Ещё раз.", title="Again", language="ru")
    published(elsewhere, other)
    verbs.merge(other, into=said, by=None, note="The same.")
    assert followed(reader, f"/id/{other.pk}/ru") == f"/{other.pid.path}@1/ru/"
    assert reader.get(f"/unapi?id={other.pk}/ru&format=ris").status_code == 200
    assert reader.get(f"/embed/{other.pk}/ru/")["Location"] == f"/embed/{other.pk}@1/ru/"


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
