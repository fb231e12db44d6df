"""What the site itself remembers: what was imported, released, verified and replayed."""

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
from archive.models.receipt import Receipt
from archive.models.release import Release, ReleaseFile, releases_folder
from archive.models.replay import Replay
from archive.models.wording import Digest, Indexed, Shingle, Wording

__all__ = [
    "Batch",
    "BatchFile",
    "BatchRecord",
    "BatchRow",
    "BatchTable",
    "Columns",
    "Decision",
    "Digest",
    "Imported",
    "Indexed",
    "Receipt",
    "Release",
    "ReleaseFile",
    "Replay",
    "RowState",
    "Shingle",
    "Stage",
    "Wording",
    "pieces",
    "releases_folder",
]
