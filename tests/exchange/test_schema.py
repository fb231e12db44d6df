"""The JSON Schema of exchange files: it takes what the archive writes, and refuses what the archive refuses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from archive.exchange import notation
from archive.exchange.schema import schema
from meetings.models import Meeting
from registry.models import Pid
from tests.makers import commitment, published, statement

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
CHECK = Draft202012Validator(schema("https://example.org/api/exchange.json"))
FILES = [
    path for path in (ROOT / "fixtures").rglob("*.yaml") if path.stat().st_size < 200_000
]  # validating takes a second for every 100 kB


def worked_example() -> dict[str, Any]:
    text = (ROOT / "docs" / "EXCHANGE.md").read_text(encoding="utf-8")
    part = text.split("## A whole example")[1]
    block = part.split("```yaml\n")[1].split("```")[0]
    return dict(yaml.safe_load(block))


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: path.stem)
def test_the_starting_data_is_valid(path: Path) -> None:
    CHECK.validate(notation.read(path))


def test_it_is_a_schema_of_2020_12() -> None:
    Draft202012Validator.check_schema(CHECK.schema)
    assert CHECK.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_export_with_everything_in_it_is_valid(tmp_path: Path) -> None:
    held = Meeting.objects.get(pid__path="quad/2021/fm-3")
    published(statement(held, "One.", "Two."))
    commitment(held, "A draft of a commitment.")
    for form in ("yaml", "json"):
        call_command("export_archive", str(tmp_path / form), format=form, verbosity=0)
        CHECK.validate(notation.read(tmp_path / form / "dialogues" / f"quad.{form}"))
        CHECK.validate(notation.read(tmp_path / form / f"topics.{form}"))


def test_the_worked_example_is_valid_and_loads(tmp_path: Path, reader: Client) -> None:
    example = worked_example()
    CHECK.validate(example)
    (tmp_path / "example.yaml").write_text(yaml.safe_dump(example, allow_unicode=True), encoding="utf-8")
    text = (ROOT / "docs" / "EXCHANGE.md").read_text(encoding="utf-8")
    words = text.split("```markdown\n")[1].split("```")[0]
    file = tmp_path / example["statements"][0]["texts"][0]["file"]
    file.parent.mkdir(parents=True)
    file.write_text(words, encoding="utf-8")
    call_command("import_archive", str(tmp_path), verbosity=0)
    data = reader.get("/lake-talks/2031/m-1/?format=json").json()
    assert (data["title"], data["start"]) == ("1st Ministers’ Meeting", "2031-05-12")
    assert [one["name"] for one in data["delegations"][0]["delegates"]] == ["HAYASHI Yoshimasa"]
    assert data["outcomes"][0]["paragraph"]["key"] == "p3"
    said = reader.get("/lake-talks/2031/m-1/joint-statement/?format=json").json()
    assert [one["kind"] for one in said["texts"][0]["paragraphs"]] == ["heading", "preambular", "operative"]
    assert Pid.objects.get(path="lake-talks").edition_number == 1


MISTAKES: dict[str, Any] = {
    "a field that is none": lambda data: data["meetings"][0].update(begin="2031-05-12"),
    "a date in words": lambda data: data["meetings"][0].update(start="12 May 2031"),
    "a code that is none": lambda data: data["meetings"][0].update(status="over"),
    "no pid": lambda data: data["meetings"][0].pop("pid"),
    "a number as text": lambda data: data["meetings"][0].update(ordinal="first"),
    "a country that is a mapping": lambda data: data["dialogue"]["memberships"][0].update(
        country={"code": "jp"}
    ),
    "a section that is none": lambda data: data.update(people=[]),
    "an outcome without words": lambda data: data["meetings"][0]["outcomes"][0].pop("summary"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_refused(name: str) -> None:
    data = copy.deepcopy(worked_example())
    MISTAKES[name](data)
    assert list(CHECK.iter_errors(data)), name


def test_the_site_serves_it(reader: Client) -> None:
    served = reader.get("/api/exchange.json").json()
    assert served["$id"] == "http://127.0.0.1:8000/api/exchange.json"
    assert set(served["properties"]) == {
        "sources", "lexicon", "dialogue", "countries", "topics", "ministers", "meetings", "statements",
    }  # fmt: skip
