"""Loading the starting data: what it holds, that it is safe to load again, and how it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from dialogues.models import Country, Minister, Tenure, Topic
from meetings.models import (
    AgendaItem,
    Commitment,
    CommitmentLink,
    Delegate,
    Meeting,
    Statement,
    Text,
)
from registry import verbs
from registry.kit.pids import derive
from registry.models import Claim, Edition, Pid, Source

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

COUNTS = {
    Meeting: 436,
    Statement: 217,
    Minister: 352,
    Tenure: 138,
    Country: 141,
    Topic: 59,
    AgendaItem: 458,
    CommitmentLink: 129,
}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "fixtures"
    shutil.copytree(FIXTURES, folder, ignore=shutil.ignore_patterns("conversion", "__pycache__", "*.py"))
    return folder


def edit(folder: Path, name: str, change: Any) -> None:
    path = folder / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def load(folder: Path, **options: Any) -> None:
    call_command("import_archive", str(folder), verbosity=0, **options)


@pytest.mark.parametrize(("model", "count"), COUNTS.items(), ids=lambda one: getattr(one, "__name__", one))
def test_the_starting_data_is_whole(model: Any, count: int) -> None:
    assert model.objects.count() == count


def test_every_outcome_of_the_material_is_there() -> None:
    natures = [
        Commitment.objects.filter(nature=nature).count() for nature in ("commitment", "remark", "background")
    ]
    assert natures == [655, 56, 13]
    assert Commitment.objects.filter(statement__isnull=False).count() == 151
    assert Commitment.objects.filter(paragraph__isnull=False).count() == 151
    assert Text.objects.exclude(kind="summary").count() == 0


def test_certainty_is_kept() -> None:
    meetings = [
        Meeting.objects.filter(certainty=one).count() for one in ("verified", "inferred", "unverified")
    ]
    assert meetings == [326, 5, 105]
    assert Delegate.objects.filter(certainty="inferred").count() == 20
    assert Tenure.objects.filter(certainty="unverified").count() == 62


def test_every_contradiction_shows_both_values() -> None:
    contradicted = {(claim.about_id, claim.field) for claim in Claim.objects.filter(is_accepted=False)}
    assert len(contradicted) == 14 + 29
    for about, field in contradicted:
        assert Claim.objects.filter(about=about, field=field, is_accepted=True).count() == 1


def test_loading_again_changes_nothing() -> None:
    before = (Edition.objects.count(), Pid.objects.count(), Source.objects.count())
    load(FIXTURES)
    assert (Edition.objects.count(), Pid.objects.count(), Source.objects.count()) == before


def test_loading_again_keeps_what_an_editor_corrected(copied: Path) -> None:
    topic = Topic.objects.get(slug="energy")
    topic.name = "Energy and power"
    topic.save()
    verbs.publish(topic, by=None, note="The wider name.")
    load(FIXTURES)
    topic.refresh_from_db()
    assert topic.name == "Energy and power"

    def rename(data: Any) -> None:
        next(one for one in data["topics"] if one["slug"] == "energy")["name"] = "Fuel"

    edit(copied, "topics.yaml", rename)
    load(copied)
    topic.refresh_from_db()
    assert topic.name == "Energy and power"
    load(copied, overwrite=True)
    topic.refresh_from_db()
    assert topic.name == "Fuel"


def test_a_source_that_a_file_corrects_is_printed_anew_by_all_that_cite_it(copied: Path) -> None:
    def correct(data: Any) -> None:
        next(one for one in data["sources"] if one["key"] == "mofa-speech0606")["publisher"] = "MOFA"

    edit(copied, "sources.yaml", correct)
    load(copied)
    assert not Edition.objects.filter(number=2).exists(), "what is there is kept"
    load(copied, overwrite=True, note="Its publisher.")
    held = Pid.objects.get(path="ca-jad/2006/fm-2")
    fresh = {one.pid_id: one.note for one in Edition.objects.filter(number=2)}
    assert fresh == dict.fromkeys(("g24cvx74", "z9fvrhhw", held.pk), "Its publisher.")


def test_a_changed_file_makes_one_edition_with_the_note(copied: Path) -> None:
    def lengthen(data: Any) -> None:
        held = next(one for one in data["meetings"] if one["path"] == "ca-jad/2022/fm-9")
        held["duration_printed"] = "about 2 hours"

    edit(copied, "dialogues/ca-jad.yaml", lengthen)
    before = Edition.objects.count()
    load(copied, note="The length was found.")
    assert Edition.objects.count() == before + 1
    newest = Edition.objects.filter(pid__path="ca-jad/2022/fm-9").latest("number")
    assert (newest.number, newest.note, newest.data["duration_printed"]) == (
        2,
        "The length was found.",
        "about 2 hours",
    )


def unknown_field(data: Any) -> None:
    data["topics"][0]["colour"] = "red"


def bad_pid(data: Any) -> None:
    data["topics"][0]["pid"] = "abc"


def unknown_broader(data: Any) -> None:
    next(one for one in data["topics"] if one["slug"] == "energy")["broader"] = "nothing"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (unknown_field, ["topics.yaml", "topics: security", "colour", "no such field"]),
        (bad_pid, ["topics.yaml", "topics: security", "pid", "is not a pid"]),
        (unknown_broader, ["topics.yaml", "topics: energy", "broader", "there is no topic “nothing”"]),
    ],
)
def test_a_fault_is_named_with_file_record_and_field(copied: Path, change: Any, words: list[str]) -> None:
    edit(copied, "topics.yaml", change)
    with pytest.raises(CommandError) as refused:
        load(copied)
    for word in words:
        assert word in str(refused.value)


def test_a_fault_at_the_end_stores_nothing(copied: Path) -> None:
    def spoil(data: Any) -> None:
        data["meetings"][0]["duration_printed"] = "never stored"
        data["meetings"][-1]["start"] = "2022-13-01"

    edit(copied, "dialogues/ca-jad.yaml", spoil)
    with pytest.raises(CommandError, match="Write 2022-12-24, 2005-05 or 2005"):
        load(copied)
    assert not Meeting.objects.filter(duration_printed="never stored").exists()


def test_what_is_not_yaml_is_refused(copied: Path) -> None:
    (copied / "topics.yaml").write_text("topics: [", encoding="utf-8")
    with pytest.raises(CommandError, match=r"topics.yaml.*not readable as YAML"):
        load(copied)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no exchange files"):
        load(tmp_path)


def test_an_unknown_editor_is_refused() -> None:
    with pytest.raises(CommandError, match="make editor"):
        load(FIXTURES, by="nobody")


def test_a_source_that_differs_is_reported_and_taken_when_asked(copied: Path, capsys: Any) -> None:
    def change(data: Any) -> None:
        next(one for one in data["sources"] if one["key"] == "mofa-press4e-003190")["title"] = "Another title"

    edit(copied, "sources.yaml", change)
    call_command("import_archive", str(copied))
    assert "sources: mofa-press4e-003190 (it differs" in capsys.readouterr().out
    assert Source.objects.get(key="mofa-press4e-003190").title != "Another title"
    load(copied, overwrite=True)
    assert Source.objects.get(key="mofa-press4e-003190").title == "Another title"


def test_what_is_new_beside_a_change_has_no_note(copied: Path) -> None:
    def change(data: Any) -> None:
        data["topics"][0]["definition"] = "Changed."
        data["topics"].append({"pid": derive("a new topic"), "slug": "brand-new", "name": "Brand new"})

    edit(copied, "topics.yaml", change)
    load(copied, note="Wording.")
    assert Topic.objects.get(slug="brand-new").pid.editions.get().note == ""
    assert Edition.objects.get(pid__topic__definition="Changed.", number=2).note == "Wording."
