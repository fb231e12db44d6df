"""What the site itself remembers: what was imported, released, verified, shelved and replayed."""

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
from archive.models.lexicon import LexiconEdition, LexiconVerb, VerbFamily, VerbForms, publish_lexicon
from archive.models.postings import Block, MarkPosting, WordPosting
from archive.models.receipt import Receipt
from archive.models.release import Release, ReleaseFile, releases_folder
from archive.models.replay import Replay
from archive.models.search import Champion, FacetSet, Lexeme, SearchEntry, SearchText
from archive.models.shelf import Shelf
from archive.models.wording import Digest, Indexed, Shingle, Wording

__all__ = [
    "Batch",
    "BatchFile",
    "BatchRecord",
    "BatchRow",
    "BatchTable",
    "Block",
    "Champion",
    "Columns",
    "Decision",
    "Digest",
    "FacetSet",
    "Imported",
    "Indexed",
    "Lexeme",
    "LexiconEdition",
    "LexiconVerb",
    "MarkPosting",
    "Receipt",
    "Release",
    "ReleaseFile",
    "Replay",
    "RowState",
    "SearchEntry",
    "SearchText",
    "Shelf",
    "Shingle",
    "Stage",
    "VerbFamily",
    "VerbForms",
    "WordPosting",
    "Wording",
    "pieces",
    "publish_lexicon",
    "releases_folder",
]
