"""What the desk asks of an editor who imports: the files, the columns, what to do with rows, and how to store."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from archive.desk.columns import TABLES
from archive.desk.intake import LEFT_OUT, missing
from archive.desk.read import RECORDS
from archive.desk.records import RECORD
from archive.models import Batch, BatchRow, BatchTable, Decision, RowState
from registry.kit import diff
from registry.kit.text import normalise

LARGEST = 50 * 1024 * 1024
"""Bytes of one import's files."""
SAME = "same"
KINDS = {
    "meetings": _("meetings"),
    "delegations": _("delegations: who came"),
    "statements": _("statements"),
    "commitments": _("commitments and remarks"),
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in files]


class BringForm(forms.Form):
    """A new import: files, or rows pasted from a spreadsheet."""

    name = forms.CharField(
        label=_("Name of this import"),
        max_length=120,
        help_text=_("By which you and others find it again: “Quad press releases, spring 2031”."),
    )
    uploads = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "CSV, XLSX, YAML or JSON; several together if rows of one refer to rows of another. Texts of statements "
            "as Markdown files come with the YAML that names them."
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("With their header, as copied from a spreadsheet."),
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Batch.objects.filter(name=name).exists():
            raise forms.ValidationError(
                _("There is an import of this name. Add the day, or what sets it apart.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        files = list(data.get("uploads") or ())
        if data.get("pasted", "").strip():
            files.append(ContentFile(data["pasted"].lstrip("\r\n").encode(), name=f"{_('pasted')}.csv"))
        if not files and "uploads" not in self.errors:
            self.add_error("uploads", _("Choose a file, or paste rows."))
        if sum(file.size for file in files) > LARGEST:
            self.add_error("uploads", _("These are more than 50 MB. Bring them in several imports."))
        return data | {"brought": files}


class ColumnsForm(forms.Form):
    """What the rows of one table are, and which of its columns is which."""

    def __init__(self, *args: Any, table: BatchTable, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"t{table.number}", **kwargs)
        self.table = table
        self.fields["kind"] = forms.ChoiceField(
            label=_("What the rows are"),
            choices=[("", "–"), *KINDS.items(), (LEFT_OUT, _("not to be imported"))],
            initial=table.kind,
        )
        known = {place: name for name, place in table.mapping.items()}
        for place, name in enumerate(table.header):
            if name:
                self.fields[f"column-{place}"] = forms.ChoiceField(
                    label=name, required=False, choices=self.choices(), initial=known.get(place, "")
                )

    def choices(self) -> list[tuple[str, Any]]:
        """Columns of the kind that is known or chosen; of all kinds before one is."""
        kind = self.data.get(f"{self.prefix}-kind") if self.is_bound else self.table.kind
        columns = TABLES.get(kind or "") or tuple(
            {column.name: column for some in TABLES.values() for column in some}.values()
        )
        return [("", _("not read")), *((column.name, f"{column.name}: {column.how}") for column in columns)]

    @property
    def mapping(self) -> dict[str, int]:
        named = {
            name.removeprefix("column-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column-") and value
        }
        return {value: int(place) for place, value in named.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if not kind or kind == LEFT_OUT:
            return data
        named = [value for name, value in data.items() if name.startswith("column-") and value]
        for twice in sorted({name for name in named if named.count(name) > 1}):
            self.add_error(None, _("Two columns are called “%(name)s”. Choose one.") % {"name": twice})
        table = BatchTable(kind=kind, mapping=self.mapping)
        if lacking := missing(table):
            self.add_error(
                None,
                _("Every row needs: %(names)s. Say which columns they are.") % {"names": ", ".join(lacking)},
            )
        return data


class StoreForm(forms.ModelForm):
    """How a checked import is stored."""

    publishes = forms.TypedChoiceField(
        label=_("What is new"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("is published at once")), ("no", _("is stored as drafts"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Batch
        fields = ("name", "publishes", "note", "skips_errors")
        labels = {
            "name": _("Name of this import"),
            "note": _("Note for the public"),
            "skips_errors": _("Leave out the rows with errors"),
        }
        help_texts = {
            "note": _(
                "Needed where public records change: what changes and why. Printed with each new edition."
            )
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["publishes"] = "yes" if self.instance.publishes else "no"
        if not self.instance.checked_rows().in_the_way().exists():
            del self.fields["skips_errors"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        rows = self.instance.checked_rows()
        wrong = rows.in_the_way().count()
        if wrong and not data.get("skips_errors"):
            self.add_error("skips_errors", _("Correct the rows with errors, or leave them out."))
        if not rows.to_store().exists():
            self.add_error(None, _("No row would change the archive: there is nothing to store."))
        if not data.get("note", "").strip() and rows.to_store().of_public_records().exists():
            self.add_error("note", _("Public records change: say in a sentence what changes and why."))
        return data


class UndoForm(forms.Form):
    note = forms.CharField(
        label=_("Note for the public"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why it is undone. Printed on the tombstones and with the new editions."),
    )


def shown(row: BatchRow) -> dict[str, Any]:
    """A row with what its template needs: what may be corrected in it, and what may be said of it."""
    problems = {problem["column"] for problem in row.problems}
    if row.table.kind == RECORDS:
        text = row.corrections.get(RECORD) or as_yaml(row.cells[0]["data"])
        fields = [{"name": RECORD, "label": _("the record"), "value": text, "is_long": True}]
    else:
        columns = TABLES[row.table.kind]
        fields = [
            {"name": one.name, "label": one.name, "how": one.how, "value": cell_of(row, one.name)}
            for one in columns
            if one.name in problems
        ]
    return {
        "row": row,
        "facts": facts_of(row) if row.state in (RowState.NEW, RowState.DUPLICATE) else [],
        "fields": fields if row.state == RowState.ERROR else [],
        "choices": choices_of(row),
        "difference": [diff.Change(**change) for change in row.difference],
    }


def facts_of(row: BatchRow) -> list[tuple[str, str]]:
    """What the row says, by column; of a whole record its own fields that are plain."""
    if row.table.kind == RECORDS:
        data = (row.fragment or {}).items()
        return [(name, str(value)) for name, value in data if isinstance(value, str | int) and name != "pid"]
    return [(name, cell) for name in row.table.mapping if (cell := cell_of(row, name))]


def cell_of(row: BatchRow, column: str) -> str:
    """What stands in a column: the editor's correction, or what was read."""
    if column in row.corrections:
        return str(row.corrections[column])
    place = row.table.mapping.get(column)
    return str(row.cells[place]) if place is not None and place < len(row.cells) else ""


def choices_of(row: BatchRow) -> list[tuple[str, Any, bool]]:
    """What may be said of the row: value, words, and whether that is what was said."""
    if row.state == RowState.DUPLICATE:
        said = [("", _("leave it out")), (Decision.TAKE, _("a record of its own"))]
        if row.twin_pid and row.table.kind != RECORDS:
            said.append((SAME, _("it is that record: correct it")))
    elif row.state == RowState.SAME:
        return []
    elif row.state == RowState.ERROR:
        said = [("", _("to be corrected")), (Decision.SKIP, _("leave it out"))]
    else:
        said = [("", _("take it")), (Decision.SKIP, _("leave it out"))]
    return [(value, words, row.decision == value) for value, words in said]


def as_yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100))


def keep_choices(batch: Batch, posted: Any) -> None:
    """Keep what was written of how to store, as far as it can be: it is not lost when rows are checked first."""
    form = StoreForm(posted, instance=batch)
    form.is_valid()
    batch.save(update_fields=[name for name in StoreForm.Meta.fields if name in form.cleaned_data])


def take_down(batch: Batch, posted: Any) -> bool:
    """Keep what the editor wrote and decided of the rows on a page; whether they have to be checked again."""
    numbers = [int(one) for one in posted.getlist("row") if one.isascii() and one.isdigit() and len(one) < 8]
    is_corrected = False
    for row in batch.checked_rows().filter(number__in=numbers).select_related("table"):
        corrections = dict(row.corrections)
        for field in shown(row)["fields"]:
            typed = normalise(posted.get(f"fix-{row.number}-{field['name']}", field["value"])).strip()
            if typed != str(field["value"]).strip():
                corrections[field["name"]] = typed
        decision = posted.get(f"say-{row.number}", row.decision)
        if decision == SAME and row.twin_pid:
            corrections["id"], decision = row.twin_pid, ""
        if decision not in ("", *Decision.values):
            decision = row.decision
        is_corrected = is_corrected or corrections != row.corrections or decision != row.decision
        if corrections != row.corrections or decision != row.decision:
            row.corrections, row.decision = corrections, decision
            row.save(update_fields=["corrections", "decision"])
    return is_corrected
