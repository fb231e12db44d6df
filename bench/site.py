"""The archive with one more view that does nothing, to measure against: all of Django’s stack, no page."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.http import HttpRequest, HttpResponse
from django.urls import path

from archive import pagecache, urls


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urls.urlpatterns.insert(0, path("bench-empty/", empty))
pagecache.PRIVATE = (*pagecache.PRIVATE, "/bench-empty/")
