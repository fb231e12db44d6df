"""Akoma Ntoso of every statement, and of hard ones, against the schema of OASIS."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from meetings.models import Meeting, Paragraph, Signature, Statement, StatementTitle, Text
from registry import verbs
from registry.models import Edition
from tests import schemas
from tests.makers import country, dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
AKN = {"akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(schemas.schema("akomantoso30.xsd")))


def exported(reader: Client, address: str) -> Any:
    answer = reader.get(f"{address}?format=akn")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/akn+xml")
    return etree.fromstring(answer.content)


def faults(schema: etree.XMLSchema, document: Any) -> list[str]:
    return [] if schema.validate(document) else [str(error) for error in schema.error_log]


def texts(document: Any, path: str) -> list[str]:
    return ["".join(element.itertext()) for element in document.iterfind(path, AKN)]


def test_every_statement_of_the_archive_is_valid_in_every_text(
    reader: Client, schema: etree.XMLSchema
) -> None:
    found: list[str] = []
    asked = 0
    for edition in Edition.objects.current().filter(pid__kind="statement").select_related("pid"):
        for segment in ["", *(f"{text['segment']}/" for text in edition.data["texts"])]:
            address = f"/{edition.pid.path}/{segment}"
            found += [f"{address}: {fault}" for fault in faults(schema, exported(reader, address))]
            asked += 1
    assert asked >= 217
    assert found == []


def a_statement() -> Statement:
    """With recitals, a heading, printed numbers, a signature, a Japanese title and a Japanese text."""
    at = meeting(dialogue(), start="2021-03-04")
    made = statement(at, title="Joint Statement")
    made.date = "2021-03-05"
    made.save()
    land = country()
    made.issuers.add(land)
    Signature.objects.create(statement=made, country=land, by="DOE Jane")
    StatementTitle.objects.create(statement=made, language="ja", text="共同声明")
    english = made.texts.get()
    for number, key, kind, printed, words in (
        (1, "h1", "heading", "", "Preamble"),
        (2, "p1", "preambular", "", "Recalling Astana,"),
        (3, "p2", "preambular", "", "Noting & <welcoming> “peace”,"),
        (4, "h2", "heading", "I.", "Decisions"),
        (5, "p3", "operative", "1.", "The ministers agreed.\nThey will meet."),
        (6, "p3-1", "item", "(a)", "In Tokyo."),
    ):
        Paragraph.objects.create(
            text=english, number=number, key=key, kind=kind, number_printed=printed, words=words
        )
    japanese = Text.objects.create(statement=made, language="ja", kind="official")
    Paragraph.objects.create(text=japanese, number=1, key="p3", words="閣僚は合意した。")
    published(at.track.dialogue, land, at, made)
    return made


def test_the_parts_stand_where_akoma_ntoso_has_them(reader: Client, schema: etree.XMLSchema) -> None:
    made = a_statement()
    document = exported(reader, f"/{made.pid.path}/")
    assert faults(schema, document) == []
    assert texts(document, ".//akn:preface//akn:docTitle") == ["Joint Statement", "共同声明"]
    assert texts(document, ".//akn:docType") == ["Joint statement"]
    assert [date.get("date") for date in document.iterfind(".//akn:docDate", AKN)] == ["2021-03-05"]
    assert texts(document, ".//akn:docProponent") == ["Examplia"]
    assert texts(document, ".//akn:recital/akn:p") == ["Recalling Astana,", "Noting & <welcoming> “peace”,"]
    assert texts(document, ".//akn:mainBody/akn:section/akn:heading") == ["Decisions"]
    operative = document.find(".//akn:mainBody//akn:paragraph", AKN)
    assert (operative.get("eId"), texts(operative, "akn:num")) == ("para_p3", ["1."])
    assert texts(operative, "akn:content/akn:p") == ["The ministers agreed.", "They will meet."]
    assert texts(document, ".//akn:point/akn:num") == ["(a)"]
    assert texts(document, ".//akn:signature") == ["DOE Jane, Examplia"]


def test_identification_is_work_edition_and_language(reader: Client) -> None:
    made = a_statement()
    made.act = "adopted"
    made.save()
    verbs.publish(made, by=None, note="It was adopted.")
    document = exported(reader, f"/{made.pid.path}/ja/")
    work = f"/akn/int/statement/joint-statement/xx-dialogue/2021-03-05/{made.pk}"
    uris = [uri.get("value") for uri in document.iterfind(".//akn:identification/*/akn:FRBRuri", AKN)]
    assert uris == [work, f"{work}/jpn@ver_2", f"{work}/jpn@ver_2.akn"]
    aliases = [one.get("value") for one in document.iterfind(".//akn:identification/*/akn:FRBRalias", AKN)]
    site = "http://127.0.0.1:8000/id/"
    assert aliases == [f"{site}{made.pk}", f"{site}{made.pk}@2/ja", f"{site}{made.pk}@2/ja?format=akn"]
    translation = document.find(".//akn:FRBRtranslation", AKN)
    assert (translation.get("href"), translation.get("authoritative")) == (f"{work}/eng@ver_2", "true")
    events = [(one.get("eId"), one.get("type")) for one in document.iterfind(".//akn:eventRef", AKN)]
    assert events == [("edition_1", "generation"), ("edition_2", "amendment")]
    assert texts(document, ".//akn:mainBody//akn:p") == ["閣僚は合意した。"]


def test_an_old_edition_stays_the_same_to_the_byte(reader: Client) -> None:
    made = a_statement()
    address = f"/id/{made.pk}@1?format=akn"
    before = reader.get(address, follow=True).content
    made.act = "adopted"
    made.save()
    verbs.publish(made, by=None, note="It was adopted.")
    verbs.rename(made, by=None, path="xx-dialogue/2021/fm-1/elsewhere", note="To try.")
    assert reader.get(address, follow=True).content == before


def test_without_a_text_its_headings_stand_or_that_none_is_held(
    reader: Client, schema: etree.XMLSchema
) -> None:
    held = published(*without_text("Trade\n\nWater\x0b & energy", "2021"))
    document = exported(reader, f"/{held.pid.path}/")
    assert faults(schema, document) == []
    assert texts(document, ".//akn:mainBody//akn:heading") == ["Trade", "Water", " & energy"]
    names = [date.get("name") for date in document.iterfind(".//akn:FRBRWork/akn:FRBRdate", AKN)]
    assert names == ["issued, the year is known: 2021"]
    held.contents_printed, held.date = "", None
    held.save()
    verbs.publish(held, by=None, note="Its headings were another’s.")
    document = exported(reader, f"/{held.pid.path}/")
    assert faults(schema, document) == []
    assert texts(document, ".//akn:mainBody//akn:remark") == ["The archive holds no text of this statement."]


def without_text(headings: str, date: str) -> tuple[Any, ...]:
    framework = dialogue()
    made = Statement.objects.draft(
        dialogue=framework,
        kind="chairs_summary",
        title_printed="Summary",
        date=date,
        contents_printed=headings,
    )
    published(framework)
    return (made,)


def test_an_annex_names_its_main_document(reader: Client, schema: etree.XMLSchema) -> None:
    main = a_statement()
    annex = Statement.objects.draft(
        dialogue=main.dialogue, kind="annex", title_printed="Annex I", annex_of=main, date="2021-03-05"
    )
    published(annex)
    document = exported(reader, f"/{annex.pid.path}/")
    assert faults(schema, document) == []
    assert document.find(".//akn:attachmentOf", AKN).get("href") == f"http://127.0.0.1:8000/id/{main.pk}"


def test_other_records_do_not_come_as_akoma_ntoso(reader: Client) -> None:
    assert reader.get("/ca-jad/2022/fm-9/?format=akn").status_code == 400


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
kinds = st.sampled_from(["heading", "preambular", "operative", "item"])


@given(
    paragraphs=st.lists(st.tuples(kinds, words, st.text("0123456789.()ivx", max_size=6)), max_size=8),
    title=words,
    language=st.sampled_from(["en", "ja", "ru", "kk", "zh-hant", "mul", "xx"]),
    kind=st.sampled_from(["authentic", "official", "unofficial", "summary"]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_written_in_a_statement_is_valid(
    reader: Client,
    schema: etree.XMLSchema,
    paragraphs: list[tuple[str, str, str]],
    title: str,
    language: str,
    kind: str,
) -> None:
    at = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    made = statement(at, title=title, language=language)
    text = made.texts.get()
    text.kind = kind
    text.save()
    for number, (of_kind, said, printed) in enumerate(paragraphs, 1):
        Paragraph.objects.create(
            text=text, number=number, key=f"p{number}", kind=of_kind, number_printed=printed, words=said
        )
    published(made)
    assert faults(schema, exported(reader, f"/{made.pid.path}/")) == []
