"""Whether a day lies within a span whose ends are known to the year only."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit import edtf
from registry.kit.spans import During, Why, days, during, why_perhaps

CASES = [
    # asked, start, end, answer
    ("2010-08-07", "2009-09-16", "2010-09-17", "throughout"),
    ("2010-09-17", "2009-09-16", "2010-09-17", "throughout"),
    ("2010-09-18", "2009-09-16", "2010-09-17", "never"),
    ("2009-09-15", "2009-09-16", "2010-09-17", "never"),
    ("2010", "2009-09-16", "2010-09-17", "partly"),
    ("2010-08", "2009-09-16", "2010-09-17", "throughout"),
    ("2011", "2009-09-16", "2010-09-17", "never"),
    ("2010-08-07", "2006", "2010", "perhaps"),
    ("2009-12-31", "2006", "2010", "throughout"),
    ("2006-01-01", "2006", "2010", "perhaps"),
    ("2011-01-01", "2006", "2010", "never"),
    ("2010-08-07", "2006-12", "2013-11", "throughout"),
    ("2006-12-05", "2006-12", "2013-11", "perhaps"),
    ("2026-01-01", "2001-07", None, "throughout"),
    ("2001-07-15", "2001-07", None, "perhaps"),
    ("2001-06-30", "2001-07", None, "never"),
    ("2001-06-30", None, None, "perhaps"),
    ("2009-01-01", None, "2010-09-17", "perhaps"),
    ("2010-09-17", None, "2010-09-17", "throughout"),
    ("2010-09-18", None, "2010-09-17", "never"),
    (None, "2009-09-16", "2010-09-17", "perhaps"),
    ("2010-03-10", "2010", "2010", "perhaps"),
    ("2010-03-05", "2010-03-05", "2010", "throughout"),
    ("2010-03-06", "2010-03-05", "2010", "perhaps"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "start", "end", "answer"), CASES)
def test_a_day_is_within_a_span_as_far_as_its_dates_tell(
    asked: str | None, start: str | None, end: str | None, answer: str
) -> None:
    assert during(days(asked), start, end) == answer


@pytest.mark.parametrize(
    ("asked", "start", "end", "why"),
    [
        ("2010-08-07", "2006", "2010", Why.YEAR),
        ("2006-12-05", "2006-12", "2013-11-02", Why.MONTH),
        ("2013-11-05", "2006-12-01", "2013-11", Why.MONTH),
        ("2001-07-15", "2001-07", None, Why.MONTH),
        ("2001-07-15", None, None, Why.UNDATED),
        ("2001-07-15", None, "2010", Why.START),
        (None, "2009-09-16", "2010-09-17", Why.ASKED),
    ],
)
def test_what_is_not_known_is_named(asked: str | None, start: str | None, end: str | None, why: str) -> None:
    assert why_perhaps(days(asked), start, end) == why


def test_a_meeting_of_several_days_is_all_of_them() -> None:
    assert days("2025-12-19", "2025-12-20") == (date(2025, 12, 19), date(2025, 12, 20))
    assert days("2025-12", "2026") == (date(2025, 12, 1), date(2026, 12, 31))
    assert days(None) is None


dates = st.one_of(
    st.integers(2000, 2003).map(str),
    st.dates(date(2000, 1, 1), date(2003, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(2000, 1, 1), date(2003, 12, 31)).map(date.isoformat),
)


@given(asked=dates, start=dates, end=dates)
def test_the_answer_is_that_of_every_reading_of_the_dates(asked: str, start: str, end: str) -> None:
    """Brute force over the first, second and last day that each end may mean, and the days next to `asked`."""
    when = days(asked)
    readings = [
        (first, last)
        for first, last in itertools.product(may_be(start, when), may_be(end, when))
        if first <= last
    ]
    if not readings or when is None:
        return
    answers = {
        "throughout" if first <= when.first and when.last <= last
        else "never" if last < when.first or when.last < first else "partly"
        for first, last in readings
    }  # fmt: skip
    found = during(when, start, end)
    if found in (During.THROUGHOUT, During.NEVER):
        assert answers == {found}
    elif found == During.PARTLY:
        assert "never" not in answers
    else:
        assert "never" in answers


def may_be(text: str, when: tuple[date, date] | None) -> set[date]:
    """Days a partial date may mean that tell apart what can be told apart."""
    parsed, near = edtf.parse(text), when or (date(2000, 1, 1), date(2000, 1, 1))
    around = {day + timedelta(step) for day in near for step in (-1, 0, 1)}
    return {parsed.earliest, parsed.latest, *(d for d in around if parsed.earliest <= d <= parsed.latest)}
