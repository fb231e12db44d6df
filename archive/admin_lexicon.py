"""Editing the lexicon of verbs: each save freezes the whole anew, and pages follow at once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from archive.models import LexiconEdition, LexiconVerb, VerbFamily, VerbForms, publish_lexicon
from registry.admin import ReadOnlyAdmin


class LexiconAdmin(admin.ModelAdmin):
    """What is saved or deleted here becomes a new edition of the lexicon in the same transaction."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publish_lexicon(request.user)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        publish_lexicon(request.user)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        publish_lexicon(request.user)  # type: ignore[arg-type]

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """All that was selected goes, with its log and the new edition; or nothing does, and why is said."""
        try:
            with transaction.atomic():
                return super().response_action(request, queryset, *args, **kwargs)
        except ProtectedError as refusal:
            rests = ", ".join(f"“{row}”" for row in sorted(map(str, refusal.protected_objects)))
            said = gettext("Nothing was deleted: %(rows)s rest on it. Delete or move them first.")
            self.message_user(request, said % {"rows": rests}, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


@admin.register(VerbFamily)
class VerbFamilyAdmin(LexiconAdmin):
    list_display = ["name", "key", "number", "meaning"]
    ordering = ["number", "key"]


class VerbFormsInline(admin.StackedInline):
    model = VerbForms
    extra = 0


@admin.register(LexiconVerb)
class LexiconVerbAdmin(LexiconAdmin):
    list_display = ["name", "key", "family", "rank", "strength"]
    list_filter = ["family", "strength"]
    search_fields = ["name", "key", "forms__forms"]
    list_select_related = ["family"]
    inlines = [VerbFormsInline]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """A verb goes with its forms, which stand for nothing without it."""
        obj.forms.all().delete()
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        VerbForms.objects.filter(verb__in=queryset).delete()
        super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Forms protect nothing here: they are listed with the verb and deleted with it."""
        deleted, counts, needed, _protected = super().get_deleted_objects(objs, request)
        return deleted, counts, needed, []


@admin.register(LexiconEdition)
class LexiconEditionAdmin(ReadOnlyAdmin):
    list_display = ["published_at", "by", "sha256"]
