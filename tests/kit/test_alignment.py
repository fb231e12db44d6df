"""Which piece answers to which: by key, by likeness, and what moved."""

from __future__ import annotations

from registry.kit.alignment import Pair, by_key, by_likeness, in_order, likeness


def test_pieces_with_the_same_key_are_partners() -> None:
    assert by_key(["p1", "p2", "p3"], ["p1", "p4", "p3"]) == [
        Pair(0, 0),
        Pair(1, None),
        Pair(None, 1),
        Pair(2, 2),
    ]


def test_the_fewest_are_said_to_have_moved() -> None:
    pairs = by_key(["a", "b", "c", "d"], ["b", "c", "d", "a"])
    assert [pair.left for pair in pairs if pair.is_moved] == [0]
    assert len(pairs) == 4


def test_the_most_alike_are_partners_and_strangers_have_none() -> None:
    left = ["The ministers met in spring.", "They agreed to lower tariffs on grain."]
    right = ["They agreed to lower the tariffs on all grain.", "A bridge was opened by the mayor."]
    assert by_likeness(left, right) == [Pair(0, None), Pair(1, 0, 14 / 16), Pair(None, 1)]


def test_likeness_is_the_share_of_words_in_common() -> None:
    assert likeness("one two three four", "one two three five") == 0.75
    assert likeness("Same words", "same words!") == 1.0
    assert likeness("", "") == 1.0
    assert likeness("港で会った", "港で別れた") == 0.6


def test_a_longest_rising_run_keeps_its_place() -> None:
    assert in_order([3, 0, 1, 2]) == {1, 2, 3}
    assert in_order([]) == set()


def test_nothing_beside_nothing_is_nothing() -> None:
    assert by_likeness([], []) == []
    assert by_key([], ["a"]) == [Pair(None, 0)]
