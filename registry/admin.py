"""Data entry for records: drafts, publication, corrections with a note, and the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import verbs
from registry.admin_verbs import VERB_FORMS, act
from registry.models import (
    Capture,
    Change,
    Claim,
    Edition,
    Editor,
    Path,
    Pid,
    Record,
    Source,
    Tombstone,
    record_of,
)

SYMBOLS = {"draft": "○", "in_review": "◐", "public": "●", "withdrawn": "✕", "merged": "→"}


class Refused(Exception):
    """Publication was refused after everything was saved; the transaction is undone and the form shown again."""

    def __init__(self, error: ValidationError) -> None:
        self.error = error


class CorrectionForm(forms.ModelForm):
    """Facts with the public note of a correction, and the reasons for which publication was refused."""

    public_note = forms.CharField(
        label=_("Note for the public"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "What changed and why, in a sentence: printed with the new edition. Needed for a correction."
        ),
    )

    refused: ValidationError | None = None
    settled: tuple[str, ...] = ()
    """Fields that are chosen once, with a new row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.settled) & set(self.fields) if self.instance.pk else ():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refused:
            self.add_refusal(self.refused)
        return data

    def add_refusal(self, error: ValidationError) -> None:
        """Each reason at its field; those of fields not shown here name them."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, reasons in error.message_dict.items():
            field = "public_note" if name == "note" else name
            for reason in reasons:
                if field in self.fields:
                    self.add_error(field, reason)
                else:
                    self.add_error(None, reason if name == "__all__" else f"{name}: {reason}")


class RecordForm(CorrectionForm):
    """A record's form, with the mark by which one opened before somebody else saved is known."""

    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened_at"] = self.instance.changed_at.isoformat()
        else:
            self.fields["public_note"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_fresh(data)
        return data

    def check_fresh(self, data: dict[str, Any]) -> None:
        """Refuse a form opened before somebody else saved, showing both texts; saving again then keeps these.

        The row stays locked until this save is stored, so that of two at a time the later sees the earlier.
        """
        if not self.instance.pk or not data.get("opened_at"):
            return
        stored = type(self.instance).objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if data["opened_at"] == stored.changed_at.isoformat():
            return
        typed_data: Any = self.data.copy()  # type: ignore[attr-defined]
        typed_data[self.add_prefix("opened_at")] = stored.changed_at.isoformat()
        self.data = typed_data
        for name in self.fields:
            if name in ("opened_at", "public_note") or not hasattr(stored, name):
                continue
            kept, typed = self.fields[name].prepare_value(self.value_of(stored, name)), self[name].value()
            if self.fields[name].has_changed(kept, typed):
                self.add_error(
                    name,
                    gettext("Stored meanwhile: “%(kept)s”. Yours: “%(typed)s”.")
                    % {"kept": kept, "typed": typed},
                )
        self.add_error(
            None,
            gettext(
                "Somebody saved this record after you opened it. Nothing of either is lost: "
                "compare, put yours right, and save again."
            ),
        )

    def value_of(self, stored: Record, name: str) -> Any:
        value = getattr(stored, name)
        return [row.pk for row in value.all()] if hasattr(value, "all") else getattr(value, "pk", value)


class PublishingAdmin(admin.ModelAdmin):
    """Saving publishes what has to be published, or stores nothing and shows why."""

    form = CorrectionForm
    show_full_result_count = False
    settled: tuple[str, ...] = ()
    """What a row belongs to or is known by, which stays: what printed it before would not be published again."""

    def publication(self, request: HttpRequest, obj: Any) -> list[Record]:
        """The records that this save publishes, if any."""
        raise NotImplementedError

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(
            form.__name__, (form,), {"refused": getattr(request, "refused", None), "settled": self.settled}
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.publish(request, form.instance, form.cleaned_data.get("public_note", ""))

    def publish(self, request: HttpRequest, obj: Any, note: str) -> None:
        """Raises Refused where a record cannot be published as it stands now."""
        records = self.publication(request, obj)
        if not records:
            return
        try:
            verbs.publish_all(records, by=request.user, note=note)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Refused(error) from error

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """As Django's, but where publication is refused nothing is stored and the form comes back as typed."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused.error  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)


class RecordAdmin(PublishingAdmin):
    """What every record's admin does; a public record is published again whenever it is saved."""

    form = RecordForm
    change_form_template = "admin/registry/record_change_form.html"
    list_per_page = 50
    list_select_related: Any = ("pid",)
    actions: ClassVar[Any] = ["publish_selected"]
    date_hierarchy = None
    save_on_top = False

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [("pid__state", admin.ChoicesFieldListFilter), *super().get_list_filter(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return ["standing", *super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The record's facts as declared, the note last."""
        fieldsets = [
            (
                name,
                {
                    **options,
                    "fields": [f for f in options["fields"] if f not in ("public_note", "opened_at")],
                },
            )
            for name, options in super().get_fieldsets(request, obj)
        ]
        return [*fieldsets, (_("Publication"), {"fields": ["public_note", "opened_at"]})]

    @admin.display(description=_("state"), ordering="pid__state")
    def state(self, obj: Record) -> str:
        return f"{SYMBOLS[obj.pid.state]} {obj.pid.get_state_display()}"

    @admin.display(description=_("standing"))
    def standing(self, obj: Record) -> SafeString | str:
        """State, permanent id, path and edition, of a record that is stored."""
        if not obj.pk:
            return gettext("a new draft")
        where = f"/{obj.pid.path}/" if obj.pid.path else gettext("no public address yet")
        return format_html(
            "{} · <code>{}</code> · {} · {} {}",
            self.state(obj),
            obj.pk,
            where,
            _("edition"),
            obj.pid.edition_number or "–",
        )

    def publication_set(self, obj: Record) -> list[Record]:
        """The record with the parts that are published along with it."""
        return [obj]

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        if not change:
            obj.pid = Pid.objects.mint(obj._meta.model_name or "")
            obj.created_by = request.user  # type: ignore[assignment]
        obj.changed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def publication(self, request: HttpRequest, obj: Any) -> list[Record]:
        return self.publication_set(obj) if "_publish" in request.POST or obj.pid.is_public else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only drafts that were never public can be deleted."""
        if obj is None or obj.pid.was_published:
            return False
        return super().has_delete_permission(request, obj)

    def view_on_site(self, obj: Record) -> str:  # type: ignore[override]
        return obj.get_absolute_url() if obj.pid.was_published else f"/preview/{obj.pk}/"

    @admin.action(description=_("Publish the selected drafts"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        records = [part for record in queryset for part in self.publication_set(record)]
        try:
            verbs.publish_all(records, by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            self.message_user(
                request, gettext("Nothing was published. ") + " ".join(error.messages), messages.ERROR
            )
        else:
            self.message_user(request, gettext("Published: %(n)s.") % {"n": len(records)}, messages.SUCCESS)

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = path(
            "<path:object_id>/do/<slug:verb>/",
            self.admin_site.admin_view(self.verb_view),
            name=f"{name}_verb",
        )
        return [own, *super().get_urls()]

    def verb_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """Withdraw, restore, rename or merge one record, after a page that asks what the verb needs."""
        record = get_object_or_404(self.model, pk=object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if verb not in VERB_FORMS:
            raise Http404
        form_class = VERB_FORMS[verb]
        form = form_class(request.POST or None, record=record, initial=request.GET.dict())
        if request.method == "POST" and form.is_valid() and act(form, request.user):
            self.message_user(
                request, gettext("Done: %(verb)s.") % {"verb": form_class.title}, messages.SUCCESS
            )
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
            )
        context = {
            **self.admin_site.each_context(request),
            "title": form_class.title,
            "form": form,
            "record": record,
            "opts": self.opts,
            "media": self.media + form.media,
        }
        return render(request, "admin/registry/verb.html", context)


class ReadOnlyAdmin(admin.ModelAdmin):
    """What verbs alone write can be looked at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Pid)
class PidAdmin(ReadOnlyAdmin):
    list_display = ["value", "kind", "state", "path", "title", "edition_number"]
    list_filter = ["kind", "state"]
    search_fields = ["value", "path", "title"]
    ordering = ["value"]


@admin.register(Path)
class PathAdmin(ReadOnlyAdmin):
    list_display = ["path", "pid", "recorded_at"]
    search_fields = ["path", "pid__value"]


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["pid", "number", "published_at", "role", "note"]
    search_fields = ["pid__value", "pid__title"]
    list_select_related = ["pid"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "pid", "verb", "by", "note"]
    list_filter = ["verb"]
    search_fields = ["pid__value", "note"]
    list_select_related = ["pid", "by"]


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnlyAdmin):
    list_display = ["pid", "title", "reason", "withdrawn_at"]
    list_select_related = ["pid"]


@admin.register(Source)
class SourceAdmin(PublishingAdmin):
    """A source is printed with all that cites it, which is published again when it is corrected."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["key", "publisher", "title", "language", "kind", "published"]
    list_filter = ["kind", "language"]
    search_fields = ["key", "publisher", "title", "url"]
    settled = ("key",)

    def publish(self, request: HttpRequest, obj: Any, note: str) -> None:
        try:
            verbs.publish_citing([obj.key], by=request.user, note=note)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Refused(error) from error

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What cites a source keeps it from being deleted, and is named."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, needed, [*protected, *citing_rows(objs)]


def citing_rows(sources: Iterable[Source]) -> Iterator[str]:
    """Each row of facts that rests on one of these sources, in words."""
    for relation in Source._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToManyRel):
            rows: Any = relation.related_model
            cited = rows._default_manager.filter(**{f"{relation.field.name}__in": list(sources)})
            for row in dict.fromkeys(cited):
                yield f"{rows._meta.verbose_name}: {row}"


@admin.register(Claim)
class ClaimAdmin(PublishingAdmin):
    """A claim is part of the record it is about, which is published again with it."""

    list_display = ["about", "field", "value", "is_accepted"]
    list_filter = ["is_accepted"]
    search_fields = ["about__value", "about__title", "field", "value"]
    autocomplete_fields = ["about", "sources"]
    list_select_related = ["about"]
    settled = ("about",)
    delete_confirmation_template = "admin/registry/claim_delete.html"

    def publication(self, request: HttpRequest, obj: Any) -> list[Record]:
        return [record_of(obj.about)] if obj.about.is_public else []

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Claims are deleted one by one, each with its note."""
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """As Django's, but asks a note where the claim is printed; where it is missing, the claim stays."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refused:
            request.POST = QueryDict()  # type: ignore[assignment]
            return super().delete_view(request, object_id, {"refused": refused.error.messages})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self.publish(request, obj, request.POST.get("public_note", ""))


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    """Captures are evidence: they are added, and stay as they are."""

    list_display = ["source", "sha256", "media_type", "size", "fetched_at"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)


admin.site.register(Editor, UserAdmin)
admin.site.site_header = _("Dialogues: editors’ desk")
admin.site.site_title = _("Editors’ desk")
admin.site.index_title = _("What would you like to do?")
