"""The pages on which an editor withdraws, restores, renames or merges a record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry import verbs
from registry.models import Pid, Record, Tombstone, WithdrawalReason, record_of

LISTED = 20
"""Records standing on one to be withdrawn that its page lists."""


class VerbForm(forms.Form):
    """What a verb asks beside the record; every verb asks a note for the public."""

    title: Any = ""
    explanation: Any = ""

    note = forms.CharField(label=_("Note for the public"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record


def pid_field(label: Any, *, required: bool) -> forms.ModelChoiceField:
    """A choice among records by id, path or title."""
    widget = AutocompleteSelect(Tombstone._meta.get_field("replaced_by"), admin.site)
    return forms.ModelChoiceField(Pid.objects.all(), label=label, required=required, widget=widget)


class WithdrawForm(VerbForm):
    field_order = ("reason", "note", "replaced_by")
    title = _("Withdraw")
    explanation = _(
        "The record leaves the archive; a tombstone at its addresses says what it was, when, by which role and why. "
        "To correct it instead, save it with a note; to join it to another, merge it."
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalReason.choices)
    replaced_by = pid_field(_("Replaced by"), required=False)
    along = forms.BooleanField(label=_("Withdraw what stands on it too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [pk for _kind, its in verbs.standing_on([self.record.pk]) for pk in its]
        self.above_count = len(above)
        self.above = Pid.objects.filter(pk__in=above[:LISTED]).order_by("kind", "title")
        if not above:
            del self.fields["along"]

    def act(self, by: Any) -> None:
        data = self.cleaned_data
        verbs.withdraw(
            self.record,
            by=by,
            reason=data["reason"],
            note=data["note"],
            replaced_by=data["replaced_by"],
            along=data.get("along", False),
        )


class RestoreForm(VerbForm):
    title = _("Restore")
    explanation = _("The record is public again at its address; a merge is undone.")

    def act(self, by: Any) -> None:
        verbs.restore(self.record, by=by, note=self.cleaned_data["note"])


class RenameForm(VerbForm):
    field_order = ("path", "note")
    title = _("Move to another address")
    explanation = _("The old address, and every address beneath it, redirects for ever.")
    path = forms.CharField(label=_("New path"), max_length=255, help_text=_("such as ca-jad/2012/som-4"))

    def act(self, by: Any) -> None:
        verbs.rename(self.record, by=by, path=self.cleaned_data["path"], note=self.cleaned_data["note"])


class MergeForm(VerbForm):
    field_order = ("into", "note")
    title = _("Merge into another record")
    explanation = _(
        "What refers to this record will refer to the other, and its addresses redirect there. "
        "Its editions stay readable as they were. Restoring it undoes the merge."
    )
    into = pid_field(_("The record that stays"), required=True)

    def act(self, by: Any) -> None:
        survivor = self.cleaned_data["into"]
        if survivor.kind != self.record.pid.kind:
            raise ValidationError({"into": _("Choose another record of the same kind.")})
        verbs.merge(self.record, into=record_of(survivor), by=by, note=self.cleaned_data["note"])


VERB_FORMS: dict[str, Any] = {
    "withdraw": WithdrawForm,
    "restore": RestoreForm,
    "rename": RenameForm,
    "merge": MergeForm,
}


def act(form: Any, by: Any) -> bool:
    """Carry the verb out; where it is refused, say so in the form and return False."""
    try:
        form.act(by)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, reasons in error.message_dict.items():
                for reason in reasons:
                    form.add_error(name if name in form.fields else None, reason)
        else:
            form.add_error(None, error)
        return False
    return True
