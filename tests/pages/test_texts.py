"""A reference names one text of a statement, whichever of our addresses and programs it is given to."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Paragraph, Statement, Text
from registry import verbs
from tests.makers import dialogue, meeting, published, statement
from tests.verify.asked import SITE, opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Statement:
    """An authentic text in English with p1 and p2, of which the edition has others before it: an unofficial one in
    French with p1, p2 and p3, our summary with p2, and an official one in Japanese with p1 and p3."""
    made = statement(meeting(published(dialogue())), "We met.", "We agreed.")
    others = {
        ("fr", "unofficial"): {"p1": "Réunis.", "p2": "D’accord.", "p3": "À bientôt."},
        ("en", "summary"): {"p2": "They agreed."},
        ("ja", "official"): {"p1": "会談した。", "p3": "再会する。"},
    }
    for (language, kind), paragraphs in others.items():
        text = Text.objects.create(statement=made, language=language, kind=kind)
        for number, (key, words) in enumerate(paragraphs.items(), 1):
            Paragraph.objects.create(text=text, number=number, key=key, words=words)
    monkeypatch.setattr(Text._meta, "ordering", ["-kind", "language"])
    published(made.meetings.get(), made)
    verbs.publish(made, by=None, note="Published anew.")
    return made


def texts_of(reader: Client, said: Statement) -> list[str]:
    data = reader.get(f"/{said.pid.path}/?format=json").json()
    return [text["segment"] for text in data["texts"]]


@pytest.mark.parametrize(
    ("key", "segment", "words"),
    [("p1", "en", "We met."), ("p2", "en", "We agreed."), ("p3", "fr", "À bientôt.")],
)
def test_all_addresses_name_the_same_text(
    reader: Client, said: Statement, key: str, segment: str, words: str
) -> None:
    assert texts_of(reader, said) == ["fr", "en-x-summary", "ja", "en"]
    pid, path = said.pk, f"/{said.pid.path}"
    page = f"{path}@1/{segment}/~{key}/"
    for asked in (f"/id/{pid}@1~{key}", f"/ark:99999/{pid}@1~{key}", f"{path}@1/~{key}/"):
        assert reader.get(asked)["Location"] == page, asked
    assert reader.get(f"/id/{pid}~{key}")["Location"] == f"{path}/{segment}/~{key}/"
    assert f"/id/<wbr>{pid}@1~{key}</dd>" in reader.get(page).content.decode()
    then = {"accept-datetime": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert reader.get(f"/timegate/id/{pid}~{key}", headers=then)["Location"] == f"{SITE}{page}"
    cited = opinion(reader, f"{pid}@1~{key}")["record"]
    assert (cited["text"], cited["words"]) == (segment, words)
    assert (cited["url"], cited["permanent"]) == (f"{SITE}{page}", f"{SITE}/id/{pid}@1~{key}")
    card = reader.get(f"/embed/{pid}@1~{key}/").content.decode()
    assert words in card
    entry = reader.get(f"/unapi?id={pid}@1~{key}&format=bibtex").content.decode()
    assert f"{SITE}/id/{pid}@1%7E{key}" in entry


def test_a_paragraph_of_another_text_is_cited_with_its_text(reader: Client, said: Statement) -> None:
    pid, path = said.pk, f"/{said.pid.path}"
    for segment, key in (("fr", "p1"), ("ja", "p1"), ("ja", "p3"), ("en-x-summary", "p2")):
        shown = reader.get(f"{path}@1/{segment}/~{key}/").content.decode()
        assert f"/id/<wbr>{pid}@1/{segment}/~{key}</dd>" in shown, (segment, key)
        cited = opinion(reader, f"{path}@1/{segment}/~{key}/")["record"]
        assert cited["permanent"] == f"{SITE}/id/{pid}@1/{segment}/~{key}"
        assert reader.get(f"/id/{pid}@1/{segment}/~{key}")["Location"] == f"{path}@1/{segment}/~{key}/"


def test_a_statement_without_a_part_shows_its_authentic_text(reader: Client, said: Statement) -> None:
    shown = reader.get(f"/{said.pid.path}/").content.decode()
    assert "We agreed." in shown
    assert "À bientôt." not in shown
