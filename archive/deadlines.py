"""How a deadline is asked for: a word that depends on today, or a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
OVERDUE, THIS_YEAR, NEXT_YEAR, ANY = "overdue", "this_year", "next_year", "any"
DUE = [
    ("", "---------"),
    (OVERDUE, _("past, no report recorded")),
    (THIS_YEAR, _("this year")),
    (NEXT_YEAR, _("next year")),
    (ANY, _("any deadline")),
]


def today() -> date:
    """The day in UTC, under which the page cache keeps a page among other things."""
    return timezone.now().date()


class DueSelect(forms.Select):
    """A list that offers the year too that is asked for, so that sending the form again keeps it."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        for year in value:
            if YEAR.fullmatch(str(year)):
                groups.append((None, [self.create_option(name, year, year, True, len(groups))], len(groups)))
        return groups


class DueField(forms.ChoiceField):
    """A word for when a deadline falls, or a year in four digits."""

    widget = DueSelect
    default_error_messages = {
        "invalid_choice": _("Write overdue, this_year, next_year, any, or a year from 1900 to 2199.")
    }

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or bool(YEAR.fullmatch(str(value)))


class DueFilter(filters.Filter):
    field_class = DueField
