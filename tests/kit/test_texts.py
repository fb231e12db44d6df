"""Canonical JSON, differences, slugs and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit import canonical, diff
from registry.kit.ordinals import ordinal_words
from registry.kit.text import normalise, slugify, split_paragraphs

WORDS = st.text(alphabet="ab c,.\n対話中", max_size=40)


def test_canonical_json_sorts_keys_and_keeps_text() -> None:
    assert canonical.dumps({"b": [1, None, True], "a": "é対"}) == '{"a":"é対","b":[1,null,true]}'
    assert canonical.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("data", [float("nan"), 2**60, {"a": "\ud800"}, {1: "a"}, object()])
def test_what_json_cannot_carry_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="cannot be frozen"):
        canonical.dumps(data)


@given(WORDS, WORDS)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    found = diff.words(old, new)
    assert "".join(text for op, text in found if op != "added") == old
    assert "".join(text for op, text in found if op != "removed") == new


@given(WORDS, WORDS)
def test_a_difference_by_phrases_holds_both_texts(old: str, new: str) -> None:
    found = diff.phrases(old, new)
    assert "".join(text for op, text in found if op != "added") == old
    assert "".join(text for op, text in found if op != "removed") == new


def test_what_stands_alone_between_changes_is_marked_with_them() -> None:
    assert diff.phrases("Kono restated the policy of Japan.", "Motegi recalled the words to Japan.") == [
        ("removed", "Kono restated the policy of"),
        ("added", "Motegi recalled the words to"),
        ("same", " Japan."),
    ]
    assert diff.phrases("To meet every year.", "To gather every month.") == [
        ("same", "To "),
        ("removed", "meet"),
        ("added", "gather"),
        ("same", " every "),
        ("removed", "year"),
        ("added", "month"),
        ("same", "."),
    ]


def test_one_changed_word_is_marked() -> None:
    assert diff.words("Ministers noted it.", "Ministers welcomed it.") == [
        ("same", "Ministers "),
        ("removed", "noted"),
        ("added", "welcomed"),
        ("same", " it."),
    ]


def test_records_differ_by_named_fields() -> None:
    old = {"title": "A", "rows": [{"key": "p1", "text": "x"}, {"key": "p2", "text": "y"}]}
    new = {"title": "B", "rows": [{"key": "p2", "text": "z"}], "note": "n"}
    found = [(change.label, change.kind, change.old, change.new) for change in diff.records(old, new)]
    assert ("title", "changed", "A", "B") in found
    assert ("rows › p2 › text", "changed", "y", "z") in found
    assert ("rows › p1 › text", "removed", "x", None) in found
    assert ("note", "added", None, "n") in found


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Every Afghan’s rights", "every-afghans-rights"),
        ("Communiqué № 2", "communique-no-2"),
        ("対話", "record"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("a" * 80, "a" * 60),
    ],
)
def test_slugs_are_ascii_and_short(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_paragraphs_are_told_by_empty_lines() -> None:
    assert split_paragraphs("One\r\nline.\r\n \r\nTwo.\n\n\n") == ["One line.", "Two."]
    assert normalise("e\u0301 \x00\x07\n") == "é\n"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_ordinals_in_english(number: int, words: str) -> None:
    assert ordinal_words(number) == words
