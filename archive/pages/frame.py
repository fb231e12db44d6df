"""What the frame around every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    clock = getattr(request, "clock", None)
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "VERSION": settings.VERSION,
        "last_change": clock.changed_at if clock else None,
        "replay": clock.replay if clock else None,
    }
