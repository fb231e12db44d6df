"""Data entry for standing things."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from dialogues import likeness
from dialogues.models import (
    Capital,
    Country,
    CountryName,
    Dialogue,
    DialogueName,
    DialogueNote,
    Distinction,
    Membership,
    Minister,
    MinisterName,
    Office,
    Tenure,
    Topic,
    Track,
)
from registry.admin import PublishingAdmin, RecordAdmin
from registry.models import Record


class FactInline(admin.StackedInline):
    """Rows of a record with their sources."""

    extra = 0
    autocomplete_fields: Any = ["sources"]


class CountryNameInline(FactInline):
    model = CountryName


class CapitalInline(FactInline):
    model = Capital


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    list_display = ["name", "code", "kind", "state"]
    list_filter = ["kind"]
    search_fields = ["name", "code", "iso_alpha3", "names__text"]
    autocomplete_fields = ["members", "sources"]
    inlines = [CountryNameInline, CapitalInline]


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    list_display = ["name", "slug", "broader", "state"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["broader"]
    list_select_related = ["pid", "broader"]
    prepopulated_fields = {"slug": ["name"]}


class MinisterNameInline(FactInline):
    model = MinisterName


class TenureInline(FactInline):
    model = Tenure
    autocomplete_fields = ["office", "sources"]


@admin.register(Minister)
class MinisterAdmin(RecordAdmin):
    list_display = ["sort_name", "western_name", "country", "state"]
    list_filter = ["certainty"]
    search_fields = ["sort_name", "western_name", "names__text", "country__name", "tenures__office__title"]
    autocomplete_fields = ["country", "sources"]
    list_select_related = ["pid", "country"]
    prepopulated_fields = {"slug": ["sort_name"]}
    inlines = [MinisterNameInline, TenureInline]

    def get_urls(self) -> list[Any]:
        alike = path("alike/", self.admin_site.admin_view(self.alike), name="dialogues_minister_alike")
        return [alike, *super().get_urls()]

    def alike(self, request: HttpRequest) -> HttpResponse:
        """The queue of ministers that may be one person; a POST says of one pair that they are two."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            pair = [get_object_or_404(Minister, pk=request.POST.get(name, "")) for name in ("one", "other")]
            if pair[0] == pair[1]:
                raise BadRequest
            one, other = Distinction.key(*pair)
            Distinction.objects.get_or_create(one_id=one, other_id=other, defaults={"by": request.user})
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Perhaps the same person"),
            "questions": likeness.open_questions(),
        }
        return TemplateResponse(request, "admin/dialogues/minister/alike.html", context)


@admin.register(Office)
class OfficeAdmin(PublishingAdmin):
    """An office’s title is printed with its holders, who are published again when it is corrected."""

    list_display = ["title", "country"]
    search_fields = ["title", "country__name"]
    autocomplete_fields = ["country"]
    list_select_related = ["country"]

    def publication(self, request: HttpRequest, obj: Any) -> list[Record]:
        return list(Minister.objects.public().filter(tenures__office=obj).distinct())


class DialogueNameInline(FactInline):
    model = DialogueName


class TrackInline(admin.StackedInline):
    model = Track
    extra = 0


class MembershipInline(FactInline):
    model = Membership
    autocomplete_fields = ["country", "sources"]


class DialogueNoteInline(FactInline):
    model = DialogueNote
    autocomplete_fields = ["fixed_at", "sources"]


@admin.register(Dialogue)
class DialogueAdmin(RecordAdmin):
    list_display = ["name", "code", "founded", "state"]
    search_fields = ["name", "code", "abbreviation", "names__text"]
    autocomplete_fields = ["founded_country", "sources"]
    inlines = [DialogueNameInline, TrackInline, MembershipInline, DialogueNoteInline]


@admin.register(Track)
class TrackAdmin(admin.ModelAdmin):
    """For choosing a track elsewhere; tracks are edited with their dialogue, which publishes them."""

    list_display = ["name", "code", "dialogue", "level"]
    search_fields = ["name", "code", "meeting_name", "dialogue__name", "dialogue__code"]
    list_select_related = ["dialogue"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
