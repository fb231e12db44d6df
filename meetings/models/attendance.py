"""Who came: delegations and their delegates."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.models import Country, Minister
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from registry.models import Fact


class Delegation(Fact):
    """A country at a meeting, present or not; what is not known is said to be so. Popolo Membership."""

    class Capacity(models.TextChoices):
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")
        GUEST = "guest", _("guest")
        SECRETARIAT = "secretariat", _("secretariat")

    class Presence(models.TextChoices):
        ATTENDED = "attended", _("attended")
        REPRESENTED = "represented", _("represented by another")
        EXPECTED = "expected", _("expected")
        ABSENT = "absent", _("absent")
        NOT_RECORDED = "not_recorded", _("not recorded")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="delegations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="delegations")
    number = models.PositiveSmallIntegerField(default=1, help_text=_("place in lists"))
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.MEMBER)
    presence = models.CharField(max_length=12, choices=Presence, default=Presence.NOT_RECORDED)
    agenda_items = models.ManyToManyField(
        AgendaItem, blank=True, related_name="delegations", help_text=_("where it joined for these only")
    )

    class Meta:
        ordering = ["meeting", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "country"], name="delegation_once")]

    def __str__(self) -> str:
        return f"{self.country} at {self.meeting}"

    def as_data(self) -> dict[str, Any]:
        return {
            "country": self.country.words(),
            "capacity": self.capacity,
            "presence": self.presence,
            "agenda_items": [item.key for item in self.agenda_items.all()],
            "delegates": [delegate.as_data() for delegate in self.delegates.all()],
            **self.basis(),
        }


class Rank(models.TextChoices):
    HEAD = "head", _("head of state or government")
    MINISTER = "minister", _("minister")
    DEPUTY = "deputy", _("deputy minister")
    AMBASSADOR = "ambassador", _("ambassador")
    ENVOY = "envoy", _("envoy")
    OFFICIAL = "official", _("official")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("rank not stated")


class Delegate(Fact):
    """A person in a delegation, with name and title as printed then. schema.org Role; Popolo Membership.

    Who presides is said by `presiding`, never inferred from the host. A person no source names has no
    minister and an empty printed name.
    """

    class Role(models.TextChoices):
        HEAD_OF_DELEGATION = "head_of_delegation", _("head of delegation")
        PARTICIPANT = "participant", _("participant")
        SPEAKER = "speaker", _("speaker")
        OPENING_SPEAKER = "opening_speaker", _("opening speaker")
        KEYNOTE_SPEAKER = "keynote_speaker", _("keynote speaker")
        CLOSING_SPEAKER = "closing_speaker", _("closing speaker")
        GUEST_SPEAKER = "guest_speaker", _("guest speaker")
        GUEST = "guest", _("guest")
        SIGNATORY = "signatory", _("signatory")

    class Presiding(models.TextChoices):
        CHAIR = "chair", _("chair")
        CO_CHAIR = "co_chair", _("co-chair")
        HOST = "host", _("host")
        CO_HOST = "co_host", _("co-host")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="delegates")
    number = models.PositiveSmallIntegerField(default=1)
    minister = models.ForeignKey(Minister, models.PROTECT, null=True, blank=True, related_name="attendances")
    name_printed = models.CharField(max_length=200, blank=True)
    native_name_printed = models.CharField(max_length=200, blank=True)
    title_printed = models.CharField(max_length=250, blank=True)
    rank = models.CharField(max_length=10, choices=Rank, default=Rank.UNKNOWN)
    role = models.CharField(max_length=20, choices=Role, default=Role.HEAD_OF_DELEGATION)
    presiding = models.CharField(max_length=8, choices=Presiding, blank=True)
    in_place_of = models.CharField(
        max_length=200, blank=True, help_text=_("whom this person stood in for: the foreign minister")
    )
    is_absent = models.BooleanField(default=False, help_text=_("named as not attending"))

    class Meta:
        ordering = ["delegation", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "number"], name="delegate_numbered"),
            models.UniqueConstraint(
                fields=["delegation", "minister"],
                condition=models.Q(minister__isnull=False),
                name="delegate_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name_printed or str(_("(name not stated)"))

    @property
    def is_chair(self) -> bool:
        return self.presiding in (self.Presiding.CHAIR, self.Presiding.CO_CHAIR)

    def as_data(self) -> dict[str, Any]:
        return {
            "minister": self.minister_id,
            "name": self.name_printed,
            "native_name": self.native_name_printed,
            "title": self.title_printed,
            "rank": self.rank,
            "role": self.role,
            "presiding": self.presiding or None,
            "in_place_of": self.in_place_of or None,
            "is_absent": self.is_absent,
            **self.basis(),
        }
