"""Sitemaps (sitemaps.org, protocol 0.9) of every public page in its current edition, and robots.txt that names them.

`lastmod` is the last change in the log of the record and of what its page lists; where it is not known there is none.
What is withdrawn or merged is not in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from archive.harvest.xml import Xml, document, element
from archive.pagecache import PRIVATE
from meetings import shown
from registry.models import Change, Pid

LARGEST = 50_000
"""Addresses in one part, by the protocol."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ROOMS = (
    "/",
    "/dialogues/",
    "/meetings/",
    "/statements/",
    "/commitments/",
    "/countries/",
    "/ministers/",
    "/topics/",
    "/years/",
    "/pictures/",
    "/pictures/wall/",
    "/pictures/series/",
    "/pictures/topics/",
    "/pictures/hosts/",
    "/pictures/meets/",
    "/changes/",
)
"""Pages that are no records; what they show changes with the archive."""
TEXTS = (
    "/on-this-day/",
    "/verify/",
    "/verify/citations/",
    "/compare/",
    "/data/",
    "/data/codebook/",
    "/api/",
    "/promises/",
    "/about/",
)
"""Tools and texts, and what changes with the day or with other things than records: when is not known."""


def index(request: HttpRequest) -> HttpResponse:
    """Every part with the time of its newest change; three queries."""
    moments = [moment for _path, moment in moments_of(Pid.objects.public_paths())]
    parts = [part("pages", Change.objects.last_moment())]
    for start in range(0, len(moments), LARGEST):
        parts.append(part(str(start // LARGEST + 1), max(moments[start : start + LARGEST])))
    return answer("sitemapindex", parts)


def pages(request: HttpRequest) -> HttpResponse:
    """The pages that are no records; one query."""
    moment = Change.objects.last_moment()
    rooms = [entry("url", path, moment) for path in ROOMS]
    return answer("urlset", [*rooms, *(entry("url", path, None) for path in TEXTS)])


def records(request: HttpRequest, number: int) -> HttpResponse:
    """The n-th part of the records, in the order of their ids; two queries. Raises Http404 where it is empty."""
    start = (number - 1) * LARGEST
    found = moments_of(Pid.objects.public_paths()[start : start + LARGEST]) if 0 < number < 10_000 else []
    if not found:
        raise Http404
    return answer("urlset", (entry("url", f"/{path}/", moment) for path, moment in found))


def moments_of(paths: Iterable[tuple[str, str, datetime]]) -> list[tuple[str, datetime]]:
    """Each path with when its page last changed: the record itself, or what the page lists; two queries."""
    rows = list(paths)
    listed = shown.last_changes() if rows else {}
    return [(path, max(moment, listed.get(pid, moment))) for pid, path, moment in rows]


def part(name: str, moment: datetime | None) -> Xml:
    return entry("sitemap", f"/sitemap-{name}.xml", moment)


def entry(name: str, path: str, moment: datetime | None) -> Xml:
    lastmod = moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
    where = element("loc", f"{settings.SITE_URL}{path}")
    return element(name, where, element("lastmod", lastmod) if lastmod else None)


def answer(root: str, entries: Iterable[Xml]) -> HttpResponse:
    content = document(element(root, *entries, attributes={"xmlns": NAMESPACE}))
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read (RFC 9309): everything but what editors use."""
    closed = "".join(f"Disallow: {path}\n" for path in PRIVATE if path in ("/admin/", "/preview/"))
    content = f"User-agent: *\n{closed}\nSitemap: {settings.SITE_URL}/sitemap.xml\n"
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
