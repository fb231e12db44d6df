"""A10: every wrong character and every swap of neighbours in a pid is caught."""

from __future__ import annotations

import random

import pytest

from registry.kit import pids

RANDOM = random.Random(29)
SAMPLE = [pids.derive(str(RANDOM.random())) for _ in range(1000)]


def test_the_check_character_is_the_weighted_sum() -> None:
    assert pids.check_character("1000000") == "1"
    assert pids.check_character("0100000") == "2"
    assert (
        pids.check_character("bcdfghj")
        == pids.ALPHABET[(1 * 10 + 2 * 11 + 3 * 12 + 4 * 13 + 5 * 14 + 6 * 15 + 7 * 16) % 29]
    )


def test_every_single_wrong_character_is_caught() -> None:
    for pid in SAMPLE:
        for place in range(8):
            for character in pids.ALPHABET:
                if character != pid[place]:
                    assert not pids.is_valid(pid[:place] + character + pid[place + 1 :])


def test_every_swap_of_neighbours_is_caught() -> None:
    for pid in SAMPLE:
        for place in range(7):
            swapped = pid[:place] + pid[place + 1] + pid[place] + pid[place + 2 :]
            assert swapped == pid or not pids.is_valid(swapped)


def test_a_slip_is_among_the_candidates() -> None:
    for pid in SAMPLE[:50]:
        wrong = pid[:3] + ("0" if pid[3] != "0" else "1") + pid[4:]
        assert pid in pids.candidates(wrong)
        assert pid in pids.candidates(pid[1] + pid[0] + pid[2:])


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_input_is_read_forgivingly(typed: str) -> None:
    pid = "1000000" + pids.check_character("1000000")
    forms = typed.format(pid, pid.upper(), "lOoo-Oooi")
    assert pids.normalise(forms) == "10000001"


@pytest.mark.parametrize("text", ["", "abc", "aeiouaei", "ï¼‘0000001", "1000000", "100000011", "\x00" * 8])
def test_what_is_no_pid_is_told(text: str) -> None:
    assert not pids.is_valid(text)


def test_minted_pids_are_valid_and_differ() -> None:
    minted = {pids.mint() for _ in range(200)}
    assert len(minted) == 200
    assert all(pids.is_valid(pid) for pid in minted)
