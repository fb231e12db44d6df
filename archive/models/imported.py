"""What was loaded from exchange files."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from registry.models import Pid


class Imported(models.Model):
    """The fragment of an exchange file that a record was last loaded from.

    A fragment that is the same is left alone, so that loading again never undoes an editor's correction.
    """

    pid = models.OneToOneField(Pid, models.PROTECT, primary_key=True, related_name="imported")
    sha256 = models.CharField(max_length=64)
    edition_number = models.PositiveIntegerField(help_text="the edition it was published as")
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.pid_id
