"""What makes a thing citable: ids, paths, editions, sources, claims."""

from registry.models.among import Among
from registry.models.claim import Claim
from registry.models.edition import Change, Edition, Verb
from registry.models.editor import Editor
from registry.models.ids import Path, Pid, State, Tombstone, WithdrawalReason
from registry.models.naming import NameKey
from registry.models.prepared import Prepared
from registry.models.record import Record, record_models, record_of
from registry.models.source import (
    Capture,
    Certainty,
    Confidence,
    Fact,
    Source,
    SourceKind,
    Support,
    support_of,
)

__all__ = [
    "Among",
    "Capture",
    "Certainty",
    "Change",
    "Claim",
    "Confidence",
    "Edition",
    "Editor",
    "Fact",
    "NameKey",
    "Path",
    "Pid",
    "Prepared",
    "Record",
    "Source",
    "SourceKind",
    "State",
    "Support",
    "Tombstone",
    "Verb",
    "WithdrawalReason",
    "record_models",
    "record_of",
    "support_of",
]
