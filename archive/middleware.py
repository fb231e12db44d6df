"""Headers for every answer, and a plain refusal for requests that are not well formed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.forms import BadParameter
from archive.pagecache import PRIVATE
from archive.pages.respond import not_understood, problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LONGEST_ADDRESS, LONGEST_BODY = 8 * 1024, 4 * 1024**2
FRAMED = "/embed/"
FRAMED_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
    "base-uri": ["'none'"],
}
"""Of cards that any site may show: styles of our own, and nothing that acts."""


CARDS, PICTURES = "/card/", "/pictures/"
"""Which other sites show: pictures of records, and of the whole as SVG."""


class ContentSecurityPolicyMiddleware:
    """`Content-Security-Policy` from SECURE_CSP, which Django 6 has under the same name; delete it then."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = as_header(settings.SECURE_CSP)
        self.framed = as_header(FRAMED_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # By path and not by view: a 304 renews the headers that a browser has kept.
        is_framed = request.path.startswith(FRAMED)
        response["Content-Security-Policy"] = self.framed if is_framed else self.policy
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        is_picture = request.path.startswith(PICTURES) and request.GET.get("format") == "svg"
        is_shown = is_framed or is_picture or request.path.startswith(CARDS)
        response.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_shown else "same-origin")
        return response


def as_header(policy: dict[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


class WellFormedRequestMiddleware:
    """400 for bytes that no address or form of ours holds (NUL, broken UTF-8) and for parameters that a page does not
    understand; 414 for endless addresses."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fault = self.fault(request)
        if fault:
            status, message = fault
            return problem(request, status, _("That request is not understood"), message)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """400 where a page finds a parameter of its address that it does not understand."""
        return not_understood(request, fault) if isinstance(fault, BadParameter) else None

    def fault(self, request: HttpRequest) -> tuple[int, str] | None:
        query = request.META.get("QUERY_STRING", "")
        if len(query) + len(request.path) > LONGEST_ADDRESS:
            return 414, _("This address is longer than any of ours.")
        if "\x00" in request.path or "\ufffd" in request.path or not is_text(query):
            return 400, _("The address holds bytes that are not text (a NUL, or broken UTF-8).")
        if not request.GET.get("_to_field", "pk").isidentifier():
            # Django's admin looks this name up among hidden relations, whose name is "+", and fails with 500.
            return 400, _("“_to_field” names a field: letters, digits and underscores.")
        return None


class NoFiles(FileUploadHandler):
    """Passes over each file of a form."""

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, _raw_data: bytes, _start: int) -> None:
        return None

    def file_complete(self, _file_size: int) -> None:
        return None


class BodyMiddleware:
    """What is posted, read once the method and the rate are allowed: 413 for what readers need never send, 400 for NUL.

    No file is taken of readers: what they upload is passed over and stored nowhere.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        if not request.path.startswith(PRIVATE):
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdecimal() and int(length) > LONGEST_BODY:
                detail = _("Send %(most)s megabytes at most.") % {"most": LONGEST_BODY // 1024**2}
                return problem(request, 413, _("That is too much at once"), detail)
            request.upload_handlers = [NoFiles(request)]
        if any("\x00" in value for name in request.POST for value in [name, *request.POST.getlist(name)]):
            detail = _("A field holds a NUL character, which no text has. Remove it and send again.")
            return problem(request, 400, _("That request is not understood"), detail)
        return self.get_response(request)


def is_text(query: str) -> bool:
    """Whether a query string decodes to UTF-8 without NUL; surrogates encoded one by one do not."""
    decoded = unquote_to_bytes(query.encode("latin-1", "replace"))
    if b"\x00" in decoded:
        return False
    try:
        decoded.decode()
    except UnicodeDecodeError:
        return False
    return True
