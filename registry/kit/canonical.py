"""Canonical JSON (RFC 8785), so that the same facts are the same bytes everywhere."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def dumps(data: Any) -> str:
    """The data as canonical JSON text. Raises ValueError for what RFC 8785 cannot carry."""
    try:
        return rfc8785.dumps(data).decode()
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise ValueError(f"This cannot be frozen as JSON: {error}") from error


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()
