"""Entering a meeting: where and when, its agenda, who came, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogues.admin import FactInline
from dialogues.models import Minister
from meetings.gaps import PLACELESS
from meetings.models import (
    AgendaItem,
    AgendaItemName,
    Commitment,
    Delegate,
    Delegation,
    Meeting,
    MeetingName,
    MeetingNote,
    MeetingPlace,
    Rank,
    ScheduleChange,
    StatementMeeting,
)
from registry.admin import PublishingAdmin, RecordAdmin
from registry.models import Pid, Record, State

HEAD_FIELDS = ("minister", "name_printed", "title_printed", "rank", "presiding", "in_place_of")


class DelegationForm(forms.ModelForm):
    """A delegation with its head, so that six parties are six lines; further delegates have their own page."""

    minister: Any = forms.ModelChoiceField(
        Minister.objects.all(),
        label=_("Represented by"),
        required=False,
        widget=AutocompleteSelect(Delegate._meta.get_field("minister"), admin.site),
    )
    name_printed = forms.CharField(label=_("Name as printed"), required=False, max_length=200)
    title_printed = forms.CharField(label=_("Title as printed"), required=False, max_length=250)
    rank = forms.ChoiceField(label=_("Rank"), required=False, choices=Rank.choices, initial=Rank.MINISTER)
    presiding = forms.ChoiceField(
        label=_("Presiding"), required=False, choices=[("", "–"), *Delegate.Presiding.choices]
    )
    in_place_of = forms.CharField(label=_("In place of"), required=False, max_length=200)

    class Meta:
        model = Delegation
        fields = ("country", "capacity", "presence", "note", "certainty", "confidence", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        head = next(iter(self.instance.delegates.all()), None) if self.instance.pk else None
        for name in HEAD_FIELDS if head else ():
            self.initial[name] = getattr(head, f"{name}_id" if name == "minister" else name)

    def save(self, commit: bool = True) -> Any:
        delegation = super().save(commit)
        if commit:
            self.save_head(delegation)
        return delegation

    def save_head(self, delegation: Delegation) -> None:
        """Store the first delegate; a name left empty is taken from the chosen minister."""
        facts = {name: self.cleaned_data.get(name) or "" for name in HEAD_FIELDS}
        facts["minister"] = minister = self.cleaned_data.get("minister")
        if not minister and not facts["name_printed"] and not facts["title_printed"]:
            return
        facts["name_printed"] = facts["name_printed"] or (minister.sort_name if minister else "")
        facts["rank"] = facts["rank"] or Rank.UNKNOWN
        head = delegation.delegates.first()
        Delegate.objects.update_or_create(
            delegation=delegation, number=head.number if head else 1, defaults=facts
        )


class DelegationInline(admin.StackedInline):
    model = Delegation
    form = DelegationForm
    extra = 0
    show_change_link = True
    autocomplete_fields = ["country", "sources"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.prefetch_related("delegates", "sources")


class AgendaItemInline(FactInline):
    model = AgendaItem
    show_change_link = True
    autocomplete_fields = ["topics", "sources"]


class MeetingPlaceInline(admin.StackedInline):
    model = MeetingPlace
    extra = 0
    autocomplete_fields = ["country"]


class MeetingNameInline(FactInline):
    model = MeetingName


class MeetingNoteInline(FactInline):
    model = MeetingNote


class ScheduleChangeInline(FactInline):
    model = ScheduleChange


class StatementMeetingInline(admin.TabularInline):
    model = StatementMeeting
    extra = 0
    autocomplete_fields = ["statement"]


class CommitmentFormSet(forms.models.BaseInlineFormSet):
    """Commitments are records: a new one is minted as a draft."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.pid = Pid.objects.mint("commitment")
        form.instance.key = form.instance.pid_id
        return super().save_new(form, commit)


class CommitmentInline(admin.StackedInline):
    model = Commitment
    formset = CommitmentFormSet
    extra = 0
    show_change_link = True
    fields = (
        ("nature", "number"),
        "summary",
        ("verb", "strength", "extent"),
        ("actors", "topics"),
        ("agenda_item", "agenda_basis"),
        ("certainty", "sources"),
    )
    autocomplete_fields = ["actors", "topics", "sources"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.prefetch_related("actors", "topics", "sources")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Agenda items of this meeting only, read once for all its commitments."""
        if db_field.name != "agenda_item":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        match = request.resolver_match
        meeting = match.kwargs.get("object_id") if match else None
        items = AgendaItem.objects.filter(meeting=meeting) if meeting else AgendaItem.objects.none()
        field: Any = super().formfield_for_foreignkey(db_field, request, queryset=items, **kwargs)
        field.choices = list(field.choices)
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A commitment is withdrawn on its own page, or deleted there while it is a draft."""
        return False


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    list_display = ["title", "dialogue", "start", "status", "completeness", "certainty", "state"]
    list_filter = ["status", "certainty", "format", "track__dialogue"]
    search_fields = [
        "pid__title",
        "pid__path",
        "names__text",
        "places__city",
        "track__meeting_name",
        "track__dialogue__name",
    ]
    autocomplete_fields = ["track", "hosts", "parent", "related", "sources"]
    list_select_related = ["pid", "track__dialogue"]
    fieldsets = (
        (None, {"fields": ["standing", "track", ("ordinal", "ordinal_printed"), "designation"]}),
        (
            _("When and how"),
            {
                "fields": [
                    ("start", "end"),
                    ("time_printed", "time_zone", "duration_printed"),
                    ("format", "status"),
                    "hosts",
                ]
            },
        ),
        (_("Outcome and agenda"), {"fields": ["outcome_state", "agenda_basis"]}),
        (_("Context"), {"fields": ["held_alongside", "parent", "related"], "classes": ["collapse"]}),
        (_("Certainty and sources"), {"fields": [("certainty", "confidence"), "note", "sources"]}),
    )
    inlines = [
        MeetingPlaceInline,
        MeetingNameInline,
        AgendaItemInline,
        DelegationInline,
        CommitmentInline,
        StatementMeetingInline,
        ScheduleChangeInline,
        MeetingNoteInline,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.prefetch_related(
            "places", "agenda_items", "delegations", "outcomes", "statement_links"
        )

    @admin.display(description=_("dialogue"))
    def dialogue(self, obj: Meeting) -> str:
        return obj.track.dialogue.name

    @admin.display(description=_("complete"))
    def completeness(self, obj: Meeting) -> str:
        """How many of six parts are there, and which are missing."""
        parts = {
            gettext("date"): obj.start,
            gettext("place"): obj.places.all() or obj.format in PLACELESS,
            gettext("agenda"): obj.agenda_items.all(),
            gettext("delegations"): obj.delegations.all(),
            gettext("outcomes"): obj.outcomes.all(),
            gettext("statement"): obj.statement_links.all(),
        }
        missing = [name for name, there in parts.items() if not there]
        count = f"{len(parts) - len(missing)}/{len(parts)}"
        return (
            gettext("%(count)s: no %(missing)s") % {"count": count, "missing": ", ".join(missing)}
            if missing
            else count
        )

    def publication_set(self, obj: Any) -> list[Record]:
        """The meeting with its statements and outcomes, drafts and public ones alike."""
        alive = [State.DRAFT, State.IN_REVIEW, State.PUBLIC]
        links = obj.statement_links.filter(statement__pid__state__in=alive).select_related("statement__pid")
        return [obj, *(link.statement for link in links), *obj.outcomes.filter(pid__state__in=alive)]


class DelegateInline(FactInline):
    model = Delegate
    autocomplete_fields = ["minister", "sources"]


class PartAdmin(PublishingAdmin):
    """A part of a meeting or statement on its own page; saving it publishes a public record it belongs to."""

    settled = ("meeting",)

    def owner(self, obj: Any) -> Record:
        owner: Record = obj.meeting
        return owner

    def publication(self, request: HttpRequest, obj: Any) -> list[Record]:
        owner = self.owner(obj)
        return [owner] if owner.pid.is_public else []

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Reached from its record, not from the index."""
        return {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delegation)
class DelegationAdmin(PartAdmin):
    list_display = ["country", "meeting", "presence"]
    search_fields = ["country__name", "meeting__pid__title"]
    autocomplete_fields = ["meeting", "country", "agenda_items", "sources"]
    list_select_related = ["country", "meeting__track__dialogue"]
    inlines = [DelegateInline]


class AgendaItemNameInline(admin.TabularInline):
    model = AgendaItemName
    extra = 0


@admin.register(AgendaItem)
class AgendaItemAdmin(PartAdmin):
    list_display = ["title", "meeting", "number"]
    search_fields = ["title", "meeting__pid__title"]
    autocomplete_fields = ["meeting", "topics", "sources"]
    list_select_related = ["meeting__track__dialogue"]
    inlines = [AgendaItemNameInline]
