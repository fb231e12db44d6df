"""Dates known to the day, the month or the year."""

from __future__ import annotations

from datetime import date

import pytest

from registry.kit import edtf


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2022-12-24", "day", date(2022, 12, 24), date(2022, 12, 24)),
        ("2005-05", "month", date(2005, 5, 1), date(2005, 5, 31)),
        ("2004-02", "month", date(2004, 2, 1), date(2004, 2, 29)),
        ("2005", "year", date(2005, 1, 1), date(2005, 12, 31)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(
    text: str, precision: str, earliest: date, latest: date
) -> None:
    parsed = edtf.parse(text)
    assert (parsed.precision, parsed.earliest, parsed.latest, str(parsed)) == (
        precision,
        earliest,
        latest,
        text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-1",
        "99999",
        "0999",
        "2022-13",
        "2022-00",
        "2022-02-30",
        "2022-1-1",
        "24.12.2022",
        "２０２２",
        "2022-12-24T00:00",
        "2022\n",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(ValueError, match=r"no|not"):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-12-24", None, "24 December 2022"),
        ("2022-12-24", "2022-12-24", "24 December 2022"),
        ("2025-12-19", "2025-12-20", "19–20 December 2025"),
        ("2017-04-30", "2017-05-02", "30 April – 2 May 2017"),
        ("2021-12-30", "2022-01-02", "30 December 2021 – 2 January 2022"),
        ("2005-05", None, "May 2005"),
        ("2005-05", "2005-06", "May – June 2005"),
        ("2005", None, "2005"),
        ("2005", "2006", "2005 – 2006"),
        (None, None, "date not known"),
    ],
)
def test_dates_are_said_in_words(start: str | None, end: str | None, words: str) -> None:
    assert edtf.display(start, end) == words


def test_the_weekday_is_known_for_days_only() -> None:
    assert [edtf.weekday(text) for text in ("2022-12-24", "2022-12", None)] == [5, None, None]


def test_the_texts_sort_as_the_dates_do() -> None:
    shuffled = ["2006", "2005-11", "2005-01-02", "2006-01-01", "2005", "2005-01"]
    assert sorted(shuffled) == ["2005", "2005-01", "2005-01-02", "2005-11", "2006", "2006-01-01"]


@pytest.mark.parametrize(
    ("text", "last"),
    [("2025", date(2025, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2025-06-01", date(2025, 6, 1))],
)
def test_a_date_is_past_on_the_day_after_the_last_it_may_mean(text: str, last: date) -> None:
    assert not edtf.is_past(text, last)
    assert edtf.is_past(text, date.fromordinal(last.toordinal() + 1))
