"""The steps of an import, at once where they are short, else in a process of their own whose progress is shown.

Each step is all or nothing in the database, so that a process that is killed leaves the import as it was; the lock on
its progress file, which ends with the process, tells whether it still runs.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from archive.desk import review, store, undo
from archive.desk.columns import COLUMN_OF
from archive.models import Batch, BatchRow, RowState, Stage
from registry.kit.text import normalise

AT_ONCE = 500
"""Rows up to which a step is done while the editor waits."""
LARGEST_AT_ONCE = 200_000
"""Bytes of files up to which the first check is done while the editor waits."""
PACKED = 15
"""How many times larger a workbook may be than its file."""
CHECK, STORE, UNDO = "check", "store", "undo"
BUSY = {CHECK: Stage.CHECKING, STORE: Stage.STORING, UNDO: Stage.UNDOING}
FROM = {
    CHECK: (Stage.COLUMNS, Stage.CHECKED, Stage.CHECKING),
    STORE: (Stage.CHECKED, Stage.STORING),
    UNDO: (Stage.STORED, Stage.UNDOING),
}
BEFORE = {CHECK: Stage.COLUMNS, STORE: Stage.CHECKED, UNDO: Stage.STORED}
logger = logging.getLogger(__name__)


class Running(Exception):
    """Another process is at work on this import."""


@dataclass(frozen=True)
class Progress:
    """How far a step is: what is counted, how many are done, of how many (0 where that is not known yet)."""

    what: str
    done: int
    total: int


def start(batch: Batch, step: str) -> None:
    """Begin a step, and end it too where it is short. Raises Running where one goes on.

    Nothing is done where the import has left the stage from which the step goes, as when a form is sent twice.
    """
    with held(batch) as file:
        batch.refresh_from_db()
        if batch.stage not in FROM[step]:
            return
        batch.stage, batch.fault = BUSY[step], ""
        batch.save(update_fields=["stage", "fault"])
        if is_short(batch, step):
            run(batch, step)
        else:
            command = [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "run_import",
                str(batch.pk),
                step,
            ]
            try:
                subprocess.Popen(
                    [*command, "--lock", str(file.fileno())],
                    pass_fds=[file.fileno()],
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError as error:
                fail(batch, step, f"It could not be begun: {error}. Nothing was stored.")


def is_short(batch: Batch, step: str) -> bool:
    if step == CHECK and not batch.check_number:
        sizes = batch.files.values_list("name", "size")
        unpacked = sum(size * (PACKED if name.lower().endswith(".xlsx") else 1) for name, size in sizes)
        return unpacked <= LARGEST_AT_ONCE
    return batch.checked_rows().count() <= AT_ONCE


def run(batch: Batch, step: str, show: Callable[[Progress], None] | None = None) -> None:
    """Do a step to its end; where it is refused or fails, the import says why and stands as before."""

    def progress(what: str, done: int, total: int) -> None:
        reached = Progress(what, done, total)
        write_progress(batch, reached)
        if show:
            show(reached)

    try:
        if step == CHECK:
            review.check(batch, progress)
        elif step == STORE:
            store.store(batch, progress)
        else:
            undo.undo(batch, batch.undo_note, progress)
    except (ValueError, store.Refused) as refused:
        fail(batch, step, str(refused), getattr(refused, "row", None), getattr(refused, "column", ""))
    except Exception:
        logger.exception("The step %s of import %s failed", step, batch.pk)
        fail(batch, step, "Something went wrong that we did not foresee; nothing was stored. The log has it.")


def fail(batch: Batch, step: str, message: str, row: BatchRow | None = None, column: str = "") -> None:
    """Say why a step did not end well, and at which row and column; the import stands as before."""
    stage = BEFORE[step]
    if step == CHECK and batch.check_number:
        stage = Stage.CHECKED
    Batch.objects.filter(pk=batch.pk).update(stage=stage, fault=normalise(message))
    batch.refresh_from_db()
    if row is not None and row.pk:
        problem = {"column": COLUMN_OF.get(column, column), "message": message}
        BatchRow.objects.filter(pk=row.pk).update(problems=[problem])
        if column:
            BatchRow.objects.filter(pk=row.pk).update(state=RowState.ERROR)
            batch.count_rows()


def progress_file(batch: Batch) -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{batch.pk}.progress"


@contextmanager
def held(batch: Batch) -> Any:
    """The progress file, locked as long as it, or a process that inherited it, is open. Raises Running."""
    with progress_file(batch).open("a+") as file:
        lock(file)
        yield file


def lock(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Running from error


def is_running(batch: Batch) -> bool:
    """Whether a process of this machine is at work on the import."""
    try:
        with held(batch):
            return False
    except Running:
        return True


def write_progress(batch: Batch, reached: Progress) -> None:
    path = progress_file(batch)
    beside = path.with_suffix(".new")
    beside.write_text(f"{reached.done} {reached.total} {reached.what}", encoding="utf-8")
    os.replace(beside, path.with_suffix(".count"))


def read_progress(batch: Batch) -> Progress | None:
    try:
        text = progress_file(batch).with_suffix(".count").read_text(encoding="utf-8")
        done, total, what = text.split(" ", 2)
        return Progress(what, int(done), int(total))
    except (OSError, ValueError):
        return None


def forget_progress(batch: Batch) -> None:
    for suffix in (".progress", ".count"):
        progress_file(batch).with_suffix(suffix).unlink(missing_ok=True)
