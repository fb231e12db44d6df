"""Shelves that readers kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from registry.kit.pids import ALPHABET

KEY_LENGTH = 12
LONGEST_KEY = 48
LONGEST_ITEMS = 6000
"""In characters: what the address of a hundred paragraphs needs, and more."""
LONGEST_TITLE = 200


class ShelfManager(models.Manager):  # type: ignore[type-arg]
    def with_key(self, key: str) -> Shelf | None:
        return self.filter(key=key).first()

    def keep(self, items: str, title: str) -> tuple[Shelf, bool]:
        """The shelf of these items under this title, and whether it is new; the same one whoever keeps it."""
        sha256 = hashlib.sha256(f"{items}\n{title}".encode()).hexdigest()
        known = self.filter(sha256=sha256).first()
        if known:
            return known, False
        try:
            with transaction.atomic():
                return self.create(key=self.free_key(sha256), sha256=sha256, items=items, title=title), True
        except IntegrityError:  # Somebody kept the same in this moment.
            return self.get(sha256=sha256), False

    def free_key(self, sha256: str) -> str:
        """The shortest beginning of the hash, in letters of ids, under which no other shelf stands."""
        letters = key_letters(sha256)
        taken = set(self.filter(key__startswith=letters[:KEY_LENGTH]).values_list("key", flat=True))
        return next(key for n in range(KEY_LENGTH, LONGEST_KEY + 1) if (key := letters[:n]) not in taken)


def key_letters(sha256: str) -> str:
    """A SHA-256 in the 29 letters of ids, 48 of them."""
    number, letters = int(sha256, 16), []
    for _place in range(LONGEST_KEY):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


class Shelf(models.Model):
    """References in their order under a title, kept for good at an address made of their hash. Append-only.

    `items` are what the address holds: `25hxwjjb,7k2m9qxw@2~p4`. Who kept it is not recorded.
    """

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the items, a line end and the title")
    items = models.CharField(max_length=LONGEST_ITEMS)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ShelfManager()

    class Meta:
        verbose_name_plural = "shelves"

    def __str__(self) -> str:
        return self.title or self.key

    def get_absolute_url(self) -> str:
        return f"/shelf/{self.key}/"

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.key,
            "url": f"{settings.SITE_URL}{self.get_absolute_url()}",
            "sha256": self.sha256,
            "kept_at": self.kept_at.isoformat(),
        }
