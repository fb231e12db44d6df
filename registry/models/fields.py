"""Model fields for what the record needs and Django lacks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length, Substr
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from registry.kit import edtf


def validate_partial_date(value: str) -> None:
    try:
        edtf.parse(value)
    except ValueError as error:
        raise ValidationError(
            _("“%(value)s” is not a date: %(reason)s. Write 2022-12-24, 2005-05 or 2005."),
            code="partial_date",
            params={"value": value, "reason": error},
        ) from error


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date known to the day, the month or the year: EDTF level 0 (ISO 8601-2), null where unknown.

    Stored as `2022-12-24`, `2005-05` or `2005`: the text sorts as the dates do, and a year or a month is a
    range of texts, on every database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators.append(validate_partial_date)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or None


def not_before(name: str, other: str) -> models.Q:
    """That the field’s date does not lie before the other’s, at the coarser precision: `edtf.is_before` in SQL."""
    cut, others = Substr(name, 1, Length(other)), Substr(other, 1, Length(name))
    return models.Q(GreaterThanOrEqual(cut, others))
