"""Countries, and organizations that sit as one."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Fact, NameKey, Record
from registry.models.fields import PartialDateField
from registry.models.record import sources_data


class CountryKind(models.TextChoices):
    STATE = "state", _("state")
    ORGANIZATION = "organization", _("organization")
    TERRITORY = "territory", _("territory")


class Country(Record, Fact):
    """A state, territory, or an organization that sits as one (EU, GCC).

    Popolo Area or Organization; schema.org Country or Organization; `iso_*` are ISO 3166-1, for states.
    """

    DATA_PREFETCH = ("sources", "names__sources", "capitals__sources", "members", "member_of")

    code = models.SlugField(max_length=12, unique=True, help_text=_("stands in the address: kz, eu"))
    kind = models.CharField(max_length=12, choices=CountryKind, default=CountryKind.STATE)
    name = models.CharField(max_length=120, help_text=_("short, in English, as other pages print it"))
    iso_alpha2 = models.CharField(max_length=2, blank=True)
    iso_alpha3 = models.CharField(max_length=3, blank=True)
    iso_numeric = models.CharField(max_length=3, blank=True, validators=[RegexValidator(r"^\d{3}$")])
    iso_note = models.TextField(blank=True)
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="member_of", help_text=_("of an organization")
    )

    class Meta:
        ordering = [NameKey("name"), "pk"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def wanted_path(self) -> str:
        return f"countries/{self.code}"

    def words(self) -> dict[str, Any]:
        """How other records print this country."""
        return {"id": self.pk, "code": self.code, "name": self.name}

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "type": "country",
            "title": self.name,
            "code": self.code,
            "kind": self.kind,
            "iso_alpha2": self.iso_alpha2 or None,
            "iso_alpha3": self.iso_alpha3 or None,
            "iso_numeric": self.iso_numeric or None,
            "iso_note": self.iso_note,
            "names": [name.as_data() for name in self.names.all()],
            "capitals": [capital.as_data() for capital in self.capitals.all()],
            "members": [member.words() for member in self.members.all()],
            "member_of": [organization.words() for organization in self.member_of.all()],
            **self.basis(),
            "claims": self.claims_data(),
            "cited_sources": sources_data(
                [self], self.names.all(), self.capitals.all(), self.pid.claims.all()
            ),
        }


class CountryName(Fact):
    """A country's name in a language, short or official, with the time it was used. Popolo `other_names`."""

    class Form(models.TextChoices):
        SHORT = "short", _("short")
        OFFICIAL = "official", _("official")

    country = models.ForeignKey(Country, models.PROTECT, related_name="names")
    language = models.CharField(max_length=20)
    form = models.CharField(max_length=8, choices=Form, default=Form.SHORT)
    text = models.CharField(max_length=200)
    start = PartialDateField()
    end = PartialDateField()

    class Meta:
        ordering = ["form", "language", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["country", "language", "form", "text"], name="country_name_once")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "form": self.form,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            **self.basis(),
        }


class Capital(Fact):
    """What a country's capital was called, and when: cities are renamed."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="capitals")
    name = models.CharField(max_length=120)
    start = PartialDateField()
    end = PartialDateField()

    class Meta:
        ordering = [models.F("start").asc(nulls_first=True), "pk"]

    def __str__(self) -> str:
        return self.name

    def as_data(self) -> dict[str, Any]:
        return {"name": self.name, "start": self.start, "end": self.end, **self.basis()}
