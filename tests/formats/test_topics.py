"""What a paragraph is about, and in which language a title is, in every form of a record."""

from __future__ import annotations

import json

import pytest
import rispy
from django.test import Client
from lxml import etree
from rdflib import DC, DCTERMS, Graph, Literal, URIRef

from dialogues.models import Topic
from meetings.models import Paragraph, Statement, StatementTitle, Text
from tests.makers import dialogue, meeting, published, statement
from tests.pages.test_head import Page

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def topic(name: str) -> Topic:
    made: Topic = published(Topic.objects.draft(slug=name.split()[0].strip(",;").lower(), name=name))
    return made


def of_two_texts() -> Statement:
    """Its English first paragraph is about ferries, its second about parks; its Russian first about trade."""
    made = statement(meeting(dialogue()), "We sail.", "We walk.")
    russian = Text.objects.create(statement=made, language="ru", kind="official")
    Paragraph.objects.create(text=russian, number=1, key="p1", words="Мы торгуем.")
    english = made.texts.get(language="en")
    english.paragraphs.get(key="p1").topics.add(topic("Ferries, ports; piers"))
    english.paragraphs.get(key="p2").topics.add(topic("Parks"))
    russian.paragraphs.get().topics.add(topic("Trade"))
    published(made.dialogue, made.meetings.get(), made)
    return made


@pytest.mark.parametrize(
    ("part", "about"),
    [
        ("en/~p1/", ["Ferries, ports; piers"]),
        ("ru/~p1/", ["Trade"]),
        ("ru/", ["Trade"]),
        ("en/", ["Ferries, ports; piers", "Parks"]),
        ("", ["Ferries, ports; piers", "Parks", "Trade"]),
    ],
)
def test_a_part_is_about_what_its_own_words_are_about(reader: Client, part: str, about: list[str]) -> None:
    made = of_two_texts()
    at = f"/{made.pid.path}/{part}"
    ids = {
        str(one.name): f"{SITE}/id/{one.pk}" for one in Topic.objects.filter(paragraphs__text__statement=made)
    }
    assert Page(reader, at).all("DC.subject") == about
    (entry,) = rispy.loads(reader.get(f"{at}?format=ris").content.decode())
    assert entry["keywords"] == about
    (item,) = reader.get(f"{at}?format=csl").json()
    assert item["keyword"].split(", ") == [name.replace(",", "‚").replace(";", "；") for name in about]
    assert f"  keywords = {{{item['keyword']}}},\n" in reader.get(f"{at}?format=bib").content.decode()
    found = json.loads(reader.get(f"{at}?format=datacitejson").content)
    assert [one["subject"] for one in found["subjects"]] == about
    mods = etree.fromstring(reader.get(f"{at}?format=mods").content)
    assert mods.xpath("//*[local-name()='topic']/text()") == about
    graph = Graph().parse(data=reader.get(f"{at}?format=ttl").content, format="turtle")
    assert {str(one) for one in graph.objects(None, DCTERMS.subject)} == {ids[name] for name in about}
    report = json.loads(reader.get(f"{at}?format=jsonld").content)
    assert report["keywords"] == ["Ferries, ports; piers", "Parks", "Trade"]
    if part:
        kept = report["hasPart"]["keywords"]
        assert (kept if isinstance(kept, list) else [kept]) == about
    name = reader.get(f"{at}?format=csl").json()[0]["id"]
    plain = Graph().parse(data=reader.get("/unapi", {"id": name, "format": "rdf_dc"}).content, format="xml")
    assert {str(one) for one in plain.objects(None, DC.subject)} == {*about}


@pytest.mark.parametrize(
    ("title", "held", "tag"),
    [
        ("Joint Statement", "ru", "en"),
        ("共同声明について", "en", "ja"),
        ("共同声明", "ja", "ja"),
        ("共同声明", "en", "und-Hani"),
        ("Совместное заявление", "ru", "ru"),
        ("Бірлескен мәлімдеме", "kk", "kk"),
        ("Совместное заявление", "en", "und-Cyrl"),
    ],
)
def test_a_title_is_tagged_with_its_own_language(reader: Client, title: str, held: str, tag: str) -> None:
    made = statement(meeting(dialogue()), "…", title=title, language=held)
    published(made.dialogue, made.meetings.get(), made)
    at = f"/{made.pid.path}/"
    graph = Graph().parse(data=reader.get(f"{at}?format=ttl").content, format="turtle")
    for name in (made.pk, f"{made.pk}@1"):
        said = list(graph.objects(URIRef(f"{SITE}/id/{name}"), DCTERMS.title))
        assert said == [Literal(title, lang=tag)]
    found = json.loads(reader.get(f"{at}?format=datacitejson").content)
    assert found["titles"] == [{"title": title, "lang": tag}]


def test_a_title_that_stands_under_a_language_has_that(reader: Client) -> None:
    made = statement(meeting(dialogue()), "…", title="Совместное заявление")
    StatementTitle.objects.create(statement=made, language="ru", text="Совместное заявление")
    published(made.dialogue, made.meetings.get(), made)
    graph = Graph().parse(data=reader.get(f"/{made.pid.path}/?format=ttl").content, format="turtle")
    subject = URIRef(f"{SITE}/id/{made.pk}")
    assert list(graph.objects(subject, DCTERMS.title)) == [Literal("Совместное заявление", lang="ru")]
