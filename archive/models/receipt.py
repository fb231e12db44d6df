"""What the verifier answered, kept."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from registry.kit.pids import ALPHABET

KEY_LENGTH = 12
KEPT_WHOLE = 1000
"""A text of so many characters at most is kept in its receipt."""


def new_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


class ReceiptManager(models.Manager):  # type: ignore[type-arg]
    def with_key(self, key: str) -> Receipt | None:
        return self.filter(key=key).first()


class Receipt(models.Model):
    """One verification at one state of the archive: verdicts and the SHA-256 of what was pasted. Append-only."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key)
    sha256 = models.CharField(max_length=64, help_text="of the pasted text as UTF-8")
    length = models.PositiveIntegerField(help_text="in characters")
    text = models.TextField(blank=True, help_text="what was pasted, where it is short")
    change = models.PositiveBigIntegerField(help_text="the newest change of the record at the time")
    changed_at = models.DateTimeField(null=True, help_text="when that change was made")
    version = models.CharField(max_length=20, help_text="of the software")
    verdicts = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReceiptManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "change", "version"], name="receipt_once_a_state")
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return f"/verify/receipts/{self.key}/"

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.key,
            "url": f"{settings.SITE_URL}{self.get_absolute_url()}",
            "made_at": self.made_at.isoformat(),
            "archive": {
                "change": self.change,
                "changed_at": self.changed_at.isoformat() if self.changed_at else None,
                "version": self.version,
            },
            "sha256": self.sha256,
            "length": self.length,
            "text": self.text or None,
            **self.verdicts,
        }
