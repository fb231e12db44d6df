"""Text fragments: what is encoded, and how a long passage is named by its ends and its neighbours."""

from __future__ import annotations

import pytest

from archive.formats.fragments import fragment

LONG = (
    "More effort is needed against transnational organised crime and drug trafficking and for preventing "
    "terrorism and extremism, among other traditional risks of instability."
)


@pytest.mark.parametrize(
    ("words", "encoded"),
    [
        ("cooperate in disarmament", "cooperate%20in%20disarmament"),
        ("follow-up, peace & trade", "follow%2Dup%2C%20peace%20%26%20trade"),
        ("Japan’s #1", "Japan%E2%80%99s%20%231"),
        ("法の支配", "%E6%B3%95%E3%81%AE%E6%94%AF%E9%85%8D"),
        ("two\n lines", "two%20lines"),
    ],
)
def test_short_words_are_named_whole(words: str, encoded: str) -> None:
    assert fragment(words, "Before.", "After.") == f":~:text={encoded}"


def test_long_words_are_named_by_their_ends_and_their_neighbours() -> None:
    start = "More%20effort%20is%20needed%20against"
    end = "other%20traditional%20risks%20of%20instability."
    assert fragment(LONG) == f":~:text={start},{end}"
    assert fragment(LONG, "of technical internships.", "On the situation in") == (
        f":~:text=of%20technical%20internships.-,{start},{end},-On%20the%20situation"
    )
