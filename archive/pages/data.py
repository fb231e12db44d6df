"""The archive to take away: releases of the whole, and the codebook."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Release, ReleaseFile
from archive.pages.respond import problem, respond
from archive.release import codebook as books
from meetings import overview

FILES = {
    "csv.zip": gettext_lazy("A CSV file a table, with a Frictionless Data Package that describes them"),
    "records.jsonl": gettext_lazy("JSON Lines: every record’s current edition, as its page gives it"),
    "archive.sqlite": gettext_lazy("One SQLite file with keys and full-text search, for Datasette and SQL"),
    "metadata.json": gettext_lazy("Descriptions for Datasette: datasette archive.sqlite -m metadata.json"),
    "parquet.zip": gettext_lazy("A Parquet file a table, for DuckDB, pandas, polars and R arrow"),
    "SHA256SUMS": gettext_lazy("Checksums: sha256sum -c SHA256SUMS"),
}


def data(request: HttpRequest) -> HttpResponseBase:
    """The newest release with its files, earlier ones, and how pages and lists are data."""
    counts = overview.counts()
    releases = list(Release.objects.prefetch_related("files"))
    newest = releases[0] if releases else None
    context = {
        "counts": counts,
        "outcomes": counts["commitments"] + counts["remarks"] + counts["background"],
        "newest": newest,
        "files": described(newest),
        "earlier": releases[1:],
        "changes_since": newest.changes_since() if newest else 0,
        "canonical": "/data/",
    }
    found = {"counts": counts, "releases": [release.as_data() for release in releases]}
    return respond(request, "data/data.html", context, data=found)


def described(release: Release | None) -> list[tuple[ReleaseFile, str]]:
    """The files of a release, each with what it is."""
    files = release.files.all() if release else []
    return [(file, str(FILES.get(file.name, ""))) for file in files]


def release(request: HttpRequest, number: int) -> HttpResponseBase:
    found = Release.objects.numbered(number)
    if found is None:
        detail = _("Releases of the whole archive are listed at /data/.")
        return problem(request, 404, _("There is no such release"), detail)
    context = {"release": found, "files": described(found), "canonical": found.get_absolute_url()}
    return respond(request, "data/release.html", context, data=found.as_data())


def release_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file of a release, the same for ever; 404 for what is none, 503 for one lost from the disk."""
    file = ReleaseFile.objects.named(number, name)
    if file is None:
        raise Http404
    try:
        opened = (file.release.folder / file.name).open("rb")
    except FileNotFoundError:
        detail = _("Its operator can restore it from a backup; SHA-256 %(sum)s tells whether it is the same.")
        return problem(request, 503, _("This file is missing here"), detail % {"sum": file.sha256})
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=f"dialogues-{number}-{file.name}",
        content_type=file.media_type,
    )
    response["ETag"] = f'"{file.sha256}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def codebook(request: HttpRequest) -> HttpResponseBase:
    """What every column of every table and list means."""
    tables, lists = books.codebook(), books.lists_codebook()
    context = {"tables": tables, "lists": lists, "canonical": "/data/codebook/"}
    return respond(request, "data/codebook.html", context, data={"tables": tables, "lists": lists})
