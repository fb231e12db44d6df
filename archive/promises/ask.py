"""Asking for an address as a reader's program does: in this process, or over HTTP."""

from __future__ import annotations

import http.client
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Answer(NamedTuple):
    status: int
    location: str | None
    """Of a redirect: path and query, where it stays on this site."""
    body: bytes


class Ask(Protocol):
    def __call__(self, address: str) -> Answer: ...


def local(location: str | None, site: str) -> str | None:
    """A Location without the site's own scheme and host."""
    return location.removeprefix(site) if location else None


class InProcess:
    """The application itself, all middleware included, without a server."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        parts = urlsplit(settings.SITE_URL)
        self.environ = {
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "HTTP_HOST": parts.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(),
        }

    def __call__(self, address: str) -> Answer:
        path, _mark, query = address.partition("?")
        # PEP 3333: the path's bytes, decoded from percent signs, as Latin-1.
        environ = {
            **self.environ,
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
        }
        # Not the handler's __call__, whose signals would close the connection to the database each time.
        response = self.handler.get_response(WSGIRequest(environ))
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        return Answer(response.status_code, local(response.get("Location"), settings.SITE_URL), body)


@contextmanager
def in_process() -> Iterator[InProcess]:
    """Asking without a limit of requests, without filling the cache of pages, and without a log line each."""
    kept = {"RATE_LIMIT": settings.RATE_LIMIT, "PAGE_CACHE": settings.PAGE_CACHE}
    logger = logging.getLogger("django.request")
    level = logger.level
    settings.RATE_LIMIT, settings.PAGE_CACHE = 0, "none"
    logger.setLevel(logging.ERROR)
    try:
        yield InProcess()
    finally:
        logger.setLevel(level)
        for name, value in kept.items():
            setattr(settings, name, value)


class OverHttp:
    """A running server, by one connection that is kept; waits where the server says that it is asked too often."""

    def __init__(self, url: str) -> None:
        """Raises ValueError where the address is not one of a server."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(url)
        self.site = f"{parts.scheme}://{parts.netloc}"
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = kind(parts.netloc, timeout=30)

    def __call__(self, address: str) -> Answer:
        """Raises OSError where the server cannot be reached at all."""
        while True:
            response = self.get(address)
            body = response.read()
            if response.status != 429:
                return Answer(response.status, local(response.headers["Location"], self.site), body)
            time.sleep(min(int(response.headers["Retry-After"] or 1), 60))

    def close(self) -> None:
        self.connection.close()

    def get(self, address: str) -> http.client.HTTPResponse:
        try:
            self.connection.request("GET", address)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # A server may close a connection that it kept for long; a new one is opened.
            self.connection.close()
            self.connection.request("GET", address)
            return self.connection.getresponse()
