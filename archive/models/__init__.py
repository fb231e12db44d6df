"""What the site itself remembers: what was imported, and what was released."""

from archive.models.batch import (
    Batch,
    BatchFile,
    BatchRecord,
    BatchRow,
    BatchTable,
    Columns,
    Decision,
    RowState,
    Stage,
    pieces,
)
from archive.models.imported import Imported
from archive.models.release import Release, ReleaseFile, releases_folder

__all__ = [
    "Batch",
    "BatchFile",
    "BatchRecord",
    "BatchRow",
    "BatchTable",
    "Columns",
    "Decision",
    "Imported",
    "Release",
    "ReleaseFile",
    "RowState",
    "Stage",
    "pieces",
    "releases_folder",
]
