"""Imports at the editors' desk: bring files, name columns, look at every row, store all or nothing, undo."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.desk import intake, work
from archive.desk.columns import TABLES
from archive.desk.forms import (
    BringForm,
    ColumnsForm,
    StoreForm,
    UndoForm,
    cell_of,
    keep_choices,
    shown,
    take_down,
)
from archive.desk.read import RECORDS
from archive.models import Batch, BatchRow, RowState, Stage, pieces
from archive.pages.respond import Line
from registry.admin import ReadOnlyAdmin

PAGE_SIZE = 50
SYMBOLS = {"new": "●", "changed": "◐", "same": "○", "duplicate": "◇", "error": "✕"}


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """Imports; each is led through its steps on its own page."""

    list_display = ["name", "stage", "rows_in_words", "by", "made_at", "stored_at"]
    list_filter = ["stage"]
    search_fields = ["name", "files__name"]
    list_select_related = ["by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_urls(self) -> list[Any]:
        own = [
            path("<int:pk>/columns/", self.admin_site.admin_view(self.columns), name="archive_batch_columns"),
            path("<int:pk>/errors.csv", self.admin_site.admin_view(self.errors), name="archive_batch_errors"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("rows"))
    def rows_in_words(self, obj: Batch) -> str:
        return ", ".join(f"{obj.counts[state]} {state}" for state in SYMBOLS if obj.counts.get(state)) or "–"

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Bring files; where every header is known, they are checked at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BringForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                batch = intake.receive(data["name"], data["brought"], by=request.user)  # type: ignore[arg-type]
            except ValueError as error:
                form.add_error("uploads", str(error))
            except IntegrityError:
                form.add_error(
                    "name", gettext("There is an import of this name. Add the day, or what sets it apart.")
                )
            else:
                return self.go_on(batch)
        return self.page(request, "bring", {"title": gettext("Import"), "form": form, "tables": TABLES})

    def go_on(self, batch: Batch) -> HttpResponse:
        """Check the import if its columns are known; else ask for them."""
        if not all(table.is_known for table in batch.tables.all()):
            return HttpResponseRedirect(reverse("admin:archive_batch_columns", args=[batch.pk]))
        self.begin(batch, work.CHECK)
        return HttpResponseRedirect(self.address(batch))

    def begin(self, batch: Batch, step: str) -> None:
        """Begin a step; where one goes on already, its page shows that."""
        try:
            work.start(batch, step)
        except work.Running:
            return

    def address(self, batch: Batch) -> str:
        return reverse("admin:archive_batch_change", args=[batch.pk])

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/archive/batch/{name}.html", {**frame, **context})

    def columns(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what the rows of each table are and which column is which; remembered for tables of this form."""
        batch = self.opened(request, pk)
        if batch.stage not in (Stage.COLUMNS, Stage.CHECKED) or work.is_running(batch):
            return HttpResponseRedirect(self.address(batch))
        tables = [table for table in batch.tables.all() if table.kind != RECORDS]
        forms = [ColumnsForm(request.POST or None, table=table) for table in tables]
        if request.method == "POST" and all(form.is_valid() for form in forms):
            for form in forms:
                intake.name_columns(form.table, form.cleaned_data["kind"], form.mapping, by=request.user)  # type: ignore[arg-type]
            batch.read_anew()
            return self.go_on(batch)
        context = {"title": gettext("Columns"), "batch": batch, "forms": forms}
        return self.page(request, "columns", context)

    def opened(self, request: HttpRequest, pk: int) -> Batch:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return get_object_or_404(Batch, pk=pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The import at the step it stands at."""
        batch = self.opened(request, int(object_id) if object_id.isdecimal() and len(object_id) < 10 else 0)
        if batch.is_running and work.is_running(batch):
            return self.running(request, batch)
        if request.method == "POST":
            return self.act(request, batch)
        if batch.is_running:
            return self.page(request, "interrupted", {"title": batch.name, "batch": batch})
        if batch.stage == Stage.COLUMNS:
            return self.unreadable(request, batch)
        if batch.stage == Stage.CHECKED:
            return self.review(request, batch, StoreForm(instance=batch))
        return self.report(request, batch, UndoForm())

    def running(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        context = {"title": batch.name, "batch": batch, "progress": work.read_progress(batch)}
        return self.page(request, "running", context)

    def unreadable(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        if not batch.fault:
            return HttpResponseRedirect(reverse("admin:archive_batch_columns", args=[batch.pk]))
        return self.page(request, "unreadable", {"title": batch.name, "batch": batch})

    def act(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """What the editor asks for: keep what was typed, check, store, undo, or throw away."""
        act = request.POST.get("act", "")
        if act == "again" and batch.is_running:
            step = {Stage.STORING: work.STORE, Stage.UNDOING: work.UNDO}.get(Stage(batch.stage), work.CHECK)
            self.begin(batch, step)
        elif act == "leave" and batch.is_running:
            batch.leave_step()
        elif act == "discard" and batch.stage in (Stage.COLUMNS, Stage.CHECKED):
            intake.discard(batch)
            work.forget_progress(batch)
            self.message_user(request, gettext("The import was thrown away; nothing had been stored."))
            return HttpResponseRedirect(reverse("admin:archive_batch_changelist"))
        elif act in ("keep", "check", "store") and batch.stage == Stage.CHECKED:
            return self.keep(request, batch, act)
        elif act == "undo" and batch.stage == Stage.STORED:
            form = UndoForm(request.POST)
            if not form.is_valid():
                return self.report(request, batch, form)
            batch.undo_note = form.cleaned_data["note"]
            batch.save(update_fields=["undo_note"])
            self.begin(batch, work.UNDO)
        return HttpResponseRedirect(self.address(batch))

    def keep(self, request: HttpRequest, batch: Batch, act: str) -> HttpResponse:
        """What was typed on the page is kept, and checked where it changes a row; only what was checked is stored."""
        if request.POST.get("check_number") != str(batch.check_number):
            said = gettext(
                "It was checked again meanwhile; what you wrote was not taken. Look at the rows anew."
            )
            self.message_user(request, said, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        is_corrected = take_down(batch, request.POST)
        if act == "store" and not is_corrected:
            return self.store(request, batch)
        keep_choices(batch, request.POST)
        if act == "store":
            said = gettext(
                "Nothing is stored yet: what you wrote was kept and checked. Look at the rows, then store."
            )
        elif is_corrected or act == "check":
            said = gettext("Checked again with what you wrote.")
        else:
            said = gettext("Kept.")
        if is_corrected or act == "check":
            self.begin(batch, work.CHECK)
        self.message_user(request, said, messages.WARNING if act == "store" else messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def store(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        form = StoreForm(request.POST, instance=batch)
        if not form.is_valid():
            return self.review(request, Batch.objects.get(pk=batch.pk), form)
        batch.by = request.user  # type: ignore[assignment]
        batch.save(update_fields=["name", "publishes", "note", "skips_errors", "by"])
        self.begin(batch, work.STORE)
        return HttpResponseRedirect(self.address(batch))

    def review(self, request: HttpRequest, batch: Batch, form: StoreForm) -> HttpResponse:
        """Every row with what it would do, a page at a time, narrowed to one state where that is asked."""
        state = request.GET.get("state", "")
        rows = batch.checked_rows().select_related("table")
        if state in RowState.values:
            rows = rows.in_state(state)
        total = batch.counts.get(state, 0) if state in RowState.values else sum(batch.counts.values())
        paginator: Any = Paginator(CountedRows(rows, total), PAGE_SIZE)  # type: ignore[arg-type]
        page = paginator.get_page(request.GET.get("p"))
        context = {
            "title": batch.name,
            "batch": batch,
            "form": form,
            "page": page,
            "rows": [{**shown(row), "mark": SYMBOLS[row.state]} for row in page],
            "state": state,
            "tabs": [
                (code, words, SYMBOLS[code], batch.counts.get(code, 0)) for code, words in RowState.choices
            ],
            "total": sum(batch.counts.values()),
            "to_store": batch.checked_rows().to_store().count(),
            "unused": {table.name: table.unused() for table in batch.tables.all() if table.unused()},
        }
        return self.page(request, "review", context)

    def report(self, request: HttpRequest, batch: Batch, form: UndoForm) -> HttpResponse:
        """What was stored, each record with its address; and undoing it."""
        records = batch.records.select_related("pid").order_by("pk")
        page = Paginator(records, PAGE_SIZE).get_page(request.GET.get("p"))
        titles = batch.titles_of([record.pid_id for record in page])
        context = {
            "title": batch.name,
            "batch": batch,
            "form": form,
            "page": page,
            "rows": [
                (record, record.pid.title or titles.get(record.pid_id, record.pid_id)) for record in page
            ],
            "new": records.filter(is_new=True).count(),
            "changed": records.filter(is_new=False).count(),
            "kept": records.filter(kept=True).count(),
        }
        return self.page(request, "report", context)

    def errors(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """The rows with errors as CSV, each with what is wrong, to be put right in a spreadsheet and brought again."""
        batch = self.opened(request, pk)
        response = StreamingHttpResponse(error_lines(batch), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-errors.csv"'
        return response


class CountedRows:
    """Rows whose number is known, so that turning pages does not count them."""

    def __init__(self, rows: Any, total: int) -> None:
        self.rows, self.total = rows, total
        self.ordered = True

    def count(self) -> int:
        return self.total

    def __getitem__(self, some: Any) -> Any:
        return self.rows[some]


def error_lines(batch: Batch) -> Any:
    line = Line()
    writer = csv.writer(line)
    table = None
    for some in pieces(batch.checked_rows().in_state(RowState.ERROR).select_related("table"), "number"):
        for row in some:
            if row.table.kind == RECORDS:
                continue
            if table != row.table:
                table = row.table
                writer.writerow([*table.header, "line", "problem"])
                yield line.text
            writer.writerow([*corrected(row), row.line, said_of(row)])
            yield line.text


def corrected(row: BatchRow) -> list[str]:
    """The cells of a row with what the editor wrote instead."""
    names = {place: name for name, place in row.table.mapping.items()}
    return [cell_of(row, names[place]) if place in names else cell for place, cell in enumerate(row.cells)]


def said_of(row: BatchRow) -> str:
    return " ".join(f"{problem['column']}: {problem['message']}" for problem in row.problems)
