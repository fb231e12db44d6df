"""Ministers, their names, offices and tenures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models.country import Country
from registry.kit import edtf
from registry.models import Fact, NameKey, Record, State
from registry.models.fields import PartialDateField, not_before
from registry.models.record import RecordManager, RecordQuerySet, sources_data


class NameOrder(models.TextChoices):
    FAMILY_FIRST = "family_first", _("family name first")
    GIVEN_FIRST = "given_first", _("given name first")


class MinisterQuerySet(RecordQuerySet):
    def of_country(self, country: str) -> Self:
        return self.filter(country=country)

    def in_office(self, country: str = "") -> Self:
        """Those with an office at some time, of the country with this code where it is given."""
        of = {"tenures__office__country__code": country} if country else {"tenures__isnull": False}
        return self.filter(**of).distinct()


class Minister(Record, Fact):
    """A person who has represented a country, of whatever rank. Popolo Person; schema.org Person.

    `sort_name` has the family name first, in capitals where sources print it so: HAYASHI Yoshimasa.
    """

    DATA_SELECT = ("country",)
    DATA_PREFETCH = ("sources", "names__sources", "tenures__sources", "tenures__office__country")

    slug = models.SlugField(max_length=80, unique=True)
    sort_name = models.CharField(max_length=160)
    western_name = models.CharField(max_length=160, help_text=_("given name first: Yoshimasa Hayashi"))
    name_order = models.CharField(max_length=12, choices=NameOrder, default=NameOrder.FAMILY_FIRST)
    country = models.ForeignKey(Country, models.PROTECT, related_name="ministers")
    honorific = models.CharField(max_length=40, blank=True, help_text=_("as a source printed it"))
    gender = models.CharField(max_length=20, blank=True, help_text=_("only where a source shows it"))
    gender_basis = models.CharField(max_length=200, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)

    objects = RecordManager.from_queryset(MinisterQuerySet)()

    class Meta:
        ordering = [NameKey("sort_name"), "pk"]

    def __str__(self) -> str:
        return self.sort_name

    def wanted_path(self) -> str:
        return f"ministers/{self.pk}/{self.slug}"

    def words(self) -> dict[str, Any]:
        """How other records print this person where no source's spelling is at hand."""
        return {"id": self.pk, "name": self.sort_name}

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "type": "minister",
            "title": self.sort_name,
            "slug": self.slug,
            "sort_name": self.sort_name,
            "western_name": self.western_name,
            "name_order": self.name_order,
            "country": self.country.words(),
            "honorific": self.honorific,
            "gender": self.gender,
            "gender_basis": self.gender_basis,
            "wikidata": self.wikidata or None,
            "names": [name.as_data() for name in self.names.all()],
            "tenures": [tenure.as_data() for tenure in self.tenures.all()],
            **self.basis(),
            "claims": self.claims_data(),
            "cited_sources": sources_data(
                [self], self.names.all(), self.tenures.all(), self.pid.claims.all()
            ),
        }


class MinisterName(Fact):
    """A person's name in another script, spelling or transliteration. Popolo `other_names`."""

    class Kind(models.TextChoices):
        NATIVE = "native", _("native script")
        RENDERING = "rendering", _("rendering in another language")
        SPELLING = "spelling", _("other spelling or name")

    minister = models.ForeignKey(Minister, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "language", NameKey("text"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minister", "language", "text"], name="minister_name_once")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "language": self.language or None, "text": self.text, **self.basis()}


class Office(models.Model):
    """A post that people hold in turn: Minister for Foreign Affairs of Japan. Popolo Post."""

    title = models.CharField(max_length=250)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="offices")

    class Meta:
        ordering = [NameKey("title"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["title", "country"], name="office_once"),
            models.UniqueConstraint(
                fields=["title"],
                condition=models.Q(country__isnull=True),
                name="office_without_country_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TenureQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def public(self) -> Self:
        """Of ministers who stand in public, in offices of countries that do."""
        standing = self.filter(minister__pid__state=State.PUBLIC)
        return standing.filter(
            models.Q(office__country__isnull=True) | models.Q(office__country__pid__state=State.PUBLIC)
        )

    def of_countries(self, countries: Iterable[str]) -> Self:
        return self.filter(office__country__in=list(countries))

    def of_minister(self, minister: str) -> Self:
        return self.filter(minister=minister)

    def by_office(self) -> Self:
        """Country by country, office by office, the first holder first; with what a page prints of them."""
        return self.select_related("minister__pid", "office__country__pid").order_by(
            NameKey("office__country__name").asc(nulls_last=True),
            NameKey("office__title"),
            "office",
            models.F("start").asc(nulls_last=True),
            NameKey("minister__sort_name"),
            "pk",
        )


class Tenure(Fact):
    """Who held an office from when to when; no end means that none was seen. Popolo Membership."""

    minister = models.ForeignKey(Minister, models.PROTECT, related_name="tenures")
    office = models.ForeignKey(Office, models.PROTECT, related_name="tenures")
    start = PartialDateField()
    end = PartialDateField()
    is_acting = models.BooleanField(default=False)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = [models.F("start").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="tenure_ends_after_start",
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | not_before("end", "start"),
                violation_error_message=_("The end of a tenure lies before its start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.minister}, {self.office}"

    def clean(self) -> None:
        if self.start and self.end and edtf.is_before(self.end, self.start):
            raise ValidationError({"end": _("The end of a tenure lies before its start.")})

    def as_data(self) -> dict[str, Any]:
        country = self.office.country
        return {
            "office": self.office.title,
            "country": country.words() if country else None,
            "start": self.start,
            "end": self.end,
            "is_acting": self.is_acting,
            **self.basis(),
        }


class Distinction(models.Model):
    """An editor's finding that two ministers with like names are two persons; `one` has the lower pid."""

    one = models.ForeignKey(Minister, models.PROTECT, related_name="+")
    other = models.ForeignKey(Minister, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinction_once"),
            models.CheckConstraint(name="distinction_of_two", condition=models.Q(one__lt=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"

    @staticmethod
    def key(one: Minister, other: Minister) -> tuple[str, str]:
        """The two pids in the order in which they are stored."""
        first, second = sorted((one.pk, other.pk))
        return first, second
