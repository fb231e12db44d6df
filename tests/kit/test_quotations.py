"""Quotations as strings: what is quoted in a text, and when two wordings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit import diff
from registry.kit.matching import difference, nearest, same_words, without_omissions
from registry.kit.passages import LONGEST, passages, pieces
from registry.kit.tokens import certain_shingles, is_enough, shingles, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “one two” and \"three four\".", ["one two", "three four"]),
        ("«раз два», „eins zwei“, „jeden dwa”, ‹un deux›", ["раз два", "eins zwei", "jeden dwa", "un deux"]),
        ("「一『二』三」と述べ、『四』と述べた。", ["一『二』三", "四"]),
        ("“outer ‘inner’ and «other»”", ["outer ‘inner’ and «other»"]),
        ("‘the ministers’ meeting in Tokyo’ was held", ["the ministers’ meeting in Tokyo"]),
        ("the ministers’ meeting and the delegates’ hall", []),
        ("‘do not go’ said the ministers’ spokesman", ["do not go"]),
        ("don't say 'we agreed to it' or that's that", ["we agreed to it"]),
        ("“first\n\n“second” he said", ["first", "second"]),
        ("“first\n\nsecond” he said “third”", ["first", "second", "third"]),
        ("As agreed:\n\n> We met in spring\n> and agreed.\n\nSo it is.", ["We met in spring\nand agreed."]),
        ("As agreed:\n\n    We met in spring.\n\nSo it is.", ["We met in spring."]),
        ('a 5" pipe, 6" wide', []),
        ("“never closed", ["never closed"]),
        ("nothing quoted, it's plain", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_quoted(text: str, found: list[str]) -> None:
    assert passages(text) == found


def same(passage: str, record: str) -> str | None:
    return same_words(tokens(passage), tokens(record))


RECORD = (
    "The Ministers can’t accept 1,100.5 tonnes of “non-nuclear” waste; they agreed — at last — on 10² rules."
)


@pytest.mark.parametrize(
    "passage",
    [
        "The Ministers can’t accept 1,100.5 tonnes",
        "  “non-nuclear” waste; they agreed — at last ",
        "they agreed — at last — on 10² rules.",
    ],
)
def test_to_the_letter_is_exact(passage: str) -> None:
    assert same(passage, RECORD) == "exact"


@pytest.mark.parametrize(
    "passage",
    [
        "the ministers CAN'T accept 1,100.5 tonnes",
        "The Ministers can’t accept 1,100.5 tonnes of non-nuclear waste",
        "they agreed - at\nlast -\u00a0on 10² rules",
        "The Ministers can’t accept １,１００.５ tonnes",
        "The Mini\u00adsters can’t\u200b  accept",
        "The Ministers can’t accept,",
    ],
)
def test_spacing_quotation_marks_and_case_alone_make_it_the_same(passage: str) -> None:
    assert same(passage, RECORD) in ("same", "exact")
    assert (same(passage, RECORD) == "exact") == ("\u00ad" in passage and "  " not in passage)


@pytest.mark.parametrize(
    "passage",
    [
        "The Ministers can accept 1,100.5 tonnes",
        "The Ministers can",
        "accept 1,100 tonnes",
        "accept 100.5 tonnes",
        "100.5 tonnes of",
        "nuclear waste; they agreed",
        "at last — on 102 rules",
        "at last — on 10 rules",
        "They agreed at last on 10² rules?",
        "waste they agreed",
    ],
)
def test_a_part_of_a_number_or_of_a_hyphenated_word_is_not_the_same(passage: str) -> None:
    assert same(passage, RECORD) is None


def test_japanese_is_told_apart_by_character() -> None:
    record = "双方は、2030年までに1250品目の関税を引き下げることで一致した。"
    assert same("2030年までに1250品目", record) == "exact"
    assert same("２０３０年までに 1250品目", record) == "same"
    assert same("250品目の関税", record) is None
    assert same("0年までに1250品目", record) is None


def test_four_words_or_twelve_characters_are_enough() -> None:
    assert is_enough(tokens("one two three four").content)
    assert not is_enough(tokens("one, two, three!").content)
    assert is_enough(tokens("一二三四五六七八九十百千").content)
    assert not is_enough(tokens("一二三四五六七八九十百").content)


WORDS = ["we", "they", "agreed", "not", "on", "trade", "peace", "港", "湾", "を", "2030", "law"]


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=12),
    start=st.integers(0, 5),
    length=st.integers(4, 12),
)
def test_a_text_has_all_shingles_of_what_it_holds(words: list[str], start: int, length: int) -> None:
    whole, part = tuple(words), tuple(words[start : start + length])
    if is_enough(part):
        assert certain_shingles(part) <= shingles(whole)
        assert certain_shingles(part)


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_joins_to_both_texts(old: str, new: str) -> None:
    words = diff.words(old, new)
    assert "".join(text for what, text in words if what != "added") == old
    assert "".join(text for what, text in words if what != "removed") == new


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    cut = tokens(text)
    assert len(cut.spans) == len(cut)
    if cut.even:
        assert same_words(cut, cut) == "exact"
        assert nearest(cut, cut) is not None
    passages(text)


def test_the_kind_of_change_is_named() -> None:
    assert difference("by 2035", "by 2030")[1] == ["number"]
    assert difference("they agreed", "they did not agree")[1] == ["negation"]
    assert difference("協力する", "協力しない")[1] == ["negation"]
    assert difference("四万トン", "三万トン")[1] == ["number"]
    assert difference("they met", "they meet")[1] == ["words"]


def test_omissions_are_cut_out() -> None:
    assert without_omissions("we met … and agreed [...] at last") == ["we met", "and agreed", "at last"]
    assert without_omissions("one (…) two. . . . three") == ["one", "two", "three"]


def test_a_passage_longer_than_any_paragraph_is_cut_at_sentences() -> None:
    sentence = "The ministers met and agreed on a good many things. "
    cut = list(pieces(sentence * 100))
    assert all(len(piece) <= LONGEST for piece in cut)
    assert " ".join(cut).split() == (sentence * 100).split()
    assert [len(piece) for piece in pieces("x" * 4500)] == [2000, 2000, 500]


@pytest.mark.parametrize("piece", [" 'a", " 'as' b", "“", ' "a', "「", "[ ", "a/", "> \n", " .", "…"])
def test_no_text_takes_long_to_read(piece: str) -> None:
    """A hundred thousand characters made to be slow: quadratic reading would take hours."""
    text = piece * (100_000 // len(piece))
    passages(text)
    without_omissions(text)
    assert len(tokens(text).spans) <= len(text)
