"""DataCite 4.5: valid by its own schemas for every record, with the ARK, sizes and formats."""

from __future__ import annotations

import json

import pytest
from datacite import schema45
from django.test import Client
from lxml import etree

from archive.formats import datacite
from registry import verbs
from tests import schemas
from tests.formats.references import FM9, STATEMENT, every_reference, reference
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
NAMES = {"d": "http://datacite.org/schema/kernel-4"}
SITE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(schemas.schema("datacite-4.5/metadata.xsd"))))


def test_every_record_is_valid_by_the_xsd(schema: etree.XMLSchema) -> None:
    for found in every_reference():
        schema.assertValid(etree.fromstring(datacite.write(found).encode()))


def test_every_record_is_valid_by_the_json_schema() -> None:
    for found in every_reference():
        assert list(schema45.validator.iter_errors(json.loads(datacite.write_json(found)))) == []


def one(tree: etree._Element, path: str) -> str:
    (found,) = tree.xpath(path, namespaces=NAMES)
    return str(found)


def test_a_meeting_is_an_event_in_its_words(reader: Client) -> None:
    answer = reader.get(f"/{FM9}/?format=datacite")
    assert answer["Content-Type"] == "application/vnd.datacite.datacite+xml"
    tree = etree.fromstring(answer.content)
    assert one(tree, "d:identifier/text()") == "ark:99999/fwfp1k6g@1"
    assert one(tree, "d:identifier/@identifierType") == "ARK"
    assert one(tree, "d:creators/d:creator/d:creatorName/text()") == "Central Asia plus Japan"
    assert one(tree, "d:creators/d:creator/d:creatorName/@nameType") == "Organizational"
    assert one(tree, "d:titles/d:title[not(@titleType)]/text()") == "9th Foreign Ministers’ Meeting"
    assert one(tree, "d:resourceType/@resourceTypeGeneral") == "Event"
    assert one(tree, "d:resourceType/text()") == "Ministerial meeting"
    assert one(tree, "d:dates/d:date[@dateInformation='Held']/text()") == "2022-12-24"
    assert one(tree, "d:geoLocations/d:geoLocation/d:geoLocationPlace/text()") == "Tokyo"
    assert one(tree, "d:rightsList/d:rights/@rightsIdentifier") == "CC-BY-4.0"
    assert one(tree, "d:formats/d:format/text()") == "application/json"
    size = len(reader.get(f"/{FM9}@1/?format=json").content)
    assert one(tree, "d:sizes/d:size/text()") == f"{size} bytes"


def test_a_statement_is_a_report_part_of_its_meeting() -> None:
    found = datacite.describe(reference(STATEMENT))
    assert found["types"] == {"resourceType": "Joint statement", "resourceTypeGeneral": "Report"}
    assert {"date": "2022-12-24", "dateType": "Issued"} in found["dates"]
    part = {
        "relatedIdentifier": f"{SITE}/id/fwfp1k6g",
        "relatedIdentifierType": "URL",
        "relationType": "IsPartOf",
    }
    assert part in found["relatedIdentifiers"]


def test_a_second_edition_names_the_first() -> None:
    held = dialogue()
    at = meeting(held, start="2021-03", end="2021-04")
    published(held, at)
    at.duration_printed = "two days"
    at.save()
    verbs.publish(at, by=None, note="The length was found.")
    found = datacite.describe(reference(at.pid.path))
    assert found["version"] == "2"
    earlier = [one for one in found["relatedIdentifiers"] if one["relationType"] == "IsNewVersionOf"]
    assert [one["relatedIdentifier"] for one in earlier] == [f"{SITE}/id/{at.pk}@1"]
    assert found["dates"][1]["date"] == "2021-03/2021-04"


def test_characters_that_xml_has_no_place_for_are_left_out(schema: etree.XMLSchema) -> None:
    held = dialogue()
    at = meeting(held)
    said = statement(at, "One.", title="Joint\x0b \x1bStatement <&> \ufffe")
    published(held, at, said)
    tree = etree.fromstring(datacite.write(reference(said.pid.path)).encode())
    schema.assertValid(tree)
    assert one(tree, "d:titles/d:title/text()") == "Joint Statement <&> "
