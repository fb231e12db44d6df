"""The conversion of the collected material: strict, complete, and the fixtures are what it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.conversion.__main__ import convert
from fixtures.conversion.ranks import rank
from fixtures.conversion.reader import NotUnderstood, Reader

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = ROOT.parent / "shared" / "data"


def test_a_key_without_a_rule_is_an_error() -> None:
    with (
        pytest.raises(NotUnderstood, match="meeting-1: no rule for colour"),
        Reader({"colour": "red"}, "meeting-1"),
    ):
        pass


def test_a_value_outside_its_vocabulary_is_an_error() -> None:
    with pytest.raises(NotUnderstood, match="status is “dreamt”"):
        Reader({"status": "dreamt"}, "meeting-1").choose("status", {"held": "held"})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("President", "head"),
        ("Federal Chancellor", "head"),
        ("Crown Prince, Deputy Emir", "head"),
        ("Minister of Foreign Affairs", "minister"),
        ("Deputy Prime Minister – Minister of Foreign Affairs", "minister"),
        ("High Representative / Vice-President", "minister"),
        ("Secretary of State", "minister"),
        ("Parliamentary Vice-Minister for Foreign Affairs", "deputy"),
        ("First Deputy Minister of Foreign Affairs", "deputy"),
        ("State Minister for Foreign Affairs", "deputy"),
        ("Ambassador Extraordinary and Plenipotentiary to Uzbekistan", "ambassador"),
        ("Special Envoy of the Government (Vice-Minister of Foreign Affairs)", "envoy"),
        ("Special Representative in charge of Central Asia (Ambassador), MOFA", "envoy"),
        ("Deputy Director-General, European Affairs Bureau, MOFA", "official"),
        ("Secretary General", "other"),
        ("Former Minister for Foreign Affairs; fellow, Meiji University", "other"),
        ("—", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_printed_title_has_its_rank(title: str, expected: str) -> None:
    assert rank(title) == expected


@pytest.mark.skipif(not MATERIAL.exists(), reason="the collected material is not beside this checkout")
def test_converting_again_gives_the_fixtures_to_the_byte(tmp_path: Path) -> None:
    seen = convert(MATERIAL, tmp_path)
    assert (seen["meetings"], seen["commitments"], seen["attestations matched"]) == (436, 655, 312)
    assert seen["attestations added"] == 0
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    kept = {
        str(path.relative_to(ROOT / "fixtures")): path.read_bytes()
        for path in (ROOT / "fixtures").rglob("*.yaml")
        if path.name != "lexicon.yaml"  # written by hand
    }
    assert made == kept
