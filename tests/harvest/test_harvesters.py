"""Harvesters from PyPI, unmodified, fetch a served archive: whole, then step by step, with the same end (A6)."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from oaipmh_scythe import Scythe
from sickle import Sickle

from tests.served import ROOT

ACTS = """
from dialogues.models import Topic
from registry import verbs
made = []
for number in range(150):
    made.append(Topic.objects.draft(slug=f"harvest-NAME-{STEP}-{number}", name=f"Harvest NAME {STEP} {number}"))
verbs.publish_all(made, by=None)
for one in made[:20]:
    one.definition = "Put right."
    one.save()
verbs.publish_all(made[:20], by=None, note="Put right.")
for one in made[10:40]:
    verbs.withdraw(one, by=None, reason="entered_in_error", note="A trial.")
if STEP > 1:
    for number in range(10, 20):
        verbs.restore(Topic.objects.get(slug=f"harvest-NAME-{STEP - 1}-{number}"), by=None, note="It was right.")
    for number in range(100, 120):
        old = Topic.objects.get(slug=f"harvest-NAME-{STEP - 1}-{number}")
        verbs.withdraw(old, by=None, reason="entered_in_error", note="A trial.")
"""
Harvest = dict[str, str]


def act(env: dict[str, str], name: str, step: int) -> None:
    """Publish, correct, withdraw and restore topics of `name` in the served archive, from another process."""
    code = ACTS.replace("NAME", name).replace("STEP", str(step))
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code], env=env, cwd=ROOT, check=True
    )


def taken(records: Any) -> Harvest:
    """identifier → datestamp of what stands, and of what is deleted “deleted”."""
    return {
        one.header.identifier: "deleted" if one.header.deleted else one.header.datestamp for one in records
    }


def by_sickle(url: str, **since: str) -> Harvest:
    return taken(Sickle(f"{url}/oai").ListRecords(metadataPrefix="oai_dc", **since))


def by_scythe(url: str, **since: str) -> Harvest:
    asked = {"from_": since["from"]} if since else {}
    with Scythe(f"{url}/oai") as harvester:
        return taken(harvester.list_records(metadata_prefix="dialogues", **asked))


def standing(harvest: Harvest) -> Harvest:
    return {name: stamp for name, stamp in harvest.items() if stamp != "deleted"}


@pytest.mark.parametrize("harvester", [by_sickle, by_scythe])
def test_step_by_step_ends_as_a_fresh_harvest_does(
    served_archive: str, served_env: dict[str, str], harvester: Any
) -> None:
    kept = harvester(served_archive)
    assert len(kept) >= 1953
    for step in (1, 2):
        since = max(standing(kept).values())
        act(served_env, harvester.__name__.replace("_", "-"), step)
        kept |= harvester(served_archive, **{"from": since})
    fresh = harvester(served_archive)
    assert kept == fresh
    assert standing(kept) == standing(fresh)
    assert sum(stamp == "deleted" for stamp in fresh.values()) >= 70


def test_the_other_verbs_are_read_as_well(served_archive: str) -> None:
    harvester = Sickle(f"{served_archive}/oai")
    assert harvester.Identify().deletedRecord == "persistent"
    assert {one.metadataPrefix for one in harvester.ListMetadataFormats()} >= {"oai_dc", "dialogues"}
    assert "ca-jad" in {one.setSpec for one in harvester.ListSets()}
    first = next(iter(harvester.ListIdentifiers(metadataPrefix="oai_dc", set="ca-jad")))
    record = harvester.GetRecord(identifier=first.identifier, metadataPrefix="oai_dc")
    assert record.metadata["title"] == ["Central Asia plus Japan"]
    posting = Sickle(f"{served_archive}/oai", http_method="POST")
    assert posting.Identify().baseURL == f"{served_archive}/oai"
