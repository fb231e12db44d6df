"""Entering a commitment on its own page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from dialogues.admin import FactInline
from meetings.models import Commitment, CommitmentLink
from registry.admin import RecordAdmin


class CommitmentLinkInline(FactInline):
    model = CommitmentLink
    fk_name = "commitment"
    autocomplete_fields = ["target", "sources"]


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    list_display = ["title", "meeting", "nature", "verb", "certainty", "state"]
    list_filter = ["nature", "verb", "strength", "certainty"]
    search_fields = ["summary", "quote", "key", "pid__value", "meeting__pid__title"]
    autocomplete_fields = ["meeting", "statement", "paragraph", "actors", "agenda_item", "topics", "sources"]
    list_select_related = ["pid", "meeting__track__dialogue"]
    exclude = ["key"]
    inlines = [CommitmentLinkInline]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not obj.key:
            obj.key = obj.pk
            obj.save(update_fields=["key"])
