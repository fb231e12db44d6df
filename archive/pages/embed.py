"""Cards that other sites show in a frame, and oEmbed (oembed.com), by which their editors find them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from archive import address as addresses
from archive.address import edition_of_merged, survivor_of, written
from archive.formats.embedded import embedded, last_with, withdrawn
from archive.formats.frames import height_of_card, height_of_tombstone
from archive.formats.identifiers import is_our_naan
from archive.formats.xmltext import xml_text
from archive.pages.ids import REFERENCE
from archive.pages.respond import as_json, problem, respond
from archive.redirects import moved
from registry.kit import pids
from registry.models import Pid, State, Tombstone

WIDTH, HEIGHT = 600, 1200
NUMBER = re.compile(r"[1-9][0-9]{0,4}")
OEMBED_FORMS = ("json", "xml")
ONCE = ("url", "format", "maxwidth", "maxheight")
A_DAY = 24 * 60 * 60


@xframe_options_exempt
def embed(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The card of `<pid>[@edition][/text][~paragraph]`; 410 once it is withdrawn, and it says so."""
    match = REFERENCE.fullmatch(reference.lower())
    pid = Pid.objects.find(pids.normalise(match["pid"])) if match else None
    if match is None or pid is None or not pid.was_published:
        raise Http404
    key, segment = match["paragraph"], match["text"]
    number = edition_shown(pid, int(match["edition"]) if match["edition"] else None, key, segment)
    pid = survivor_of(pid, number)
    canonical = f"/embed/{written(pid, number, segment, key)}/"
    if request.path != canonical:
        return moved(request, canonical)
    if pid.state == State.WITHDRAWN:
        return tombstone(request, pid)
    card = embedded(pid, number, key, segment)
    if card is None:
        raise Http404
    return respond(request, "embed.html", {"card": card, "pid": pid}, data=card.as_data())


def edition_shown(pid: Pid, asked: int | None, key: str | None, segment: str | None) -> int | None:
    """The edition asked for; of part of a merged record the last one in which it stood."""
    number = edition_of_merged(pid, asked, segment or key)
    return number if number == asked else last_with(pid, key, segment) or number


def tombstone(request: HttpRequest, pid: Pid) -> HttpResponseBase:
    stone = Tombstone.objects.speaking_for(pid)
    stone.pid = pid
    context = {"standing": withdrawn(stone), "stone": stone, "pid": pid}
    return respond(request, "embed.html", context, data=stone.as_data(), status=410)


def oembed(request: HttpRequest) -> HttpResponseBase:
    """How to show an address of ours (oEmbed 1.0, section 2.3): 404 for others.

    Parameters that we do not know are left alone: consumers send their own. Another form than its two is 400, as
    everywhere here, where oEmbed would have 501.
    """
    repeated = [name for name in ONCE if len(request.GET.getlist(name)) > 1]
    if repeated:
        return problem(request, 400, _("A parameter is given twice"), ", ".join(repeated))
    form = request.GET.get("format", "json")
    if form not in OEMBED_FORMS:
        return problem(request, 400, _("That form is not offered here"), _("oEmbed comes as json and xml."))
    sizes = {name: request.GET.get(name) or None for name in ("maxwidth", "maxheight")}
    for name, value in sizes.items():
        if value and not NUMBER.fullmatch(value):
            detail = _("“%(name)s” is a whole number of pixels, 1 to 99999.") % {"name": name}
            return problem(request, 400, _("A parameter is not understood"), detail)
    if "url" not in request.GET:
        detail = _("Give the address to show: /oembed?url=…")
        return problem(request, 400, _("A parameter is missing"), detail)
    found = find(request.GET["url"])
    if found is None:
        raise Http404
    data = rich(found, int(sizes["maxwidth"] or WIDTH), int(sizes["maxheight"] or HEIGHT))
    return as_xml(data) if form == "xml" else as_json(data)


class Offered(NamedTuple):
    """A card that can be shown: its name and title, and how high it is at a width."""

    name: str
    title: str
    height_at: Callable[[int], int]


def find(url: str) -> Offered | None:
    """The card of one of our addresses; five queries at most."""
    if not url.startswith(f"{settings.SITE_URL}/"):
        return None
    path = unquote(urlsplit(url).path).lower()
    match = re.fullmatch(rf"/(?:id|embed|ark:/?(?P<naan>[0-9a-z-]+))/{REFERENCE.pattern}", path)
    if match:
        if match["naan"] and not is_our_naan(match["naan"]):
            return None
        pid, key = Pid.objects.find(pids.normalise(match["pid"])), match["paragraph"]
        number, segment = int(match["edition"]) if match["edition"] else None, match["text"]
    else:
        there = addresses.find(path.strip("/"))
        if there is None or there[0].view:
            return None
        pid, key = there[1], there[0].paragraph
        number, segment = there[0].edition, there[0].text
    if pid is None or not pid.was_published:
        return None
    number = edition_shown(pid, number, key, segment)
    pid = survivor_of(pid, number)
    if pid.state == State.WITHDRAWN:
        return of_withdrawn(pid, written(pid, number, segment, key))
    card = embedded(pid, number, key, segment)
    if card is None:
        return None
    name = card.shown.short if number else f"{pid.value}{card.shown.lasting_part}"
    return Offered(name, card.shown.title, partial(height_of_card, card))


def of_withdrawn(pid: Pid, name: str) -> Offered:
    """Its tombstone as a card; one query."""
    stone = Tombstone.objects.speaking_for(pid)
    stone.pid = pid
    address = f"{settings.SITE_URL}/id/{pid.value}"
    return Offered(name, stone.title, partial(height_of_tombstone, withdrawn(stone), stone.title, address))


def rich(card: Offered, maxwidth: int, maxheight: int) -> dict[str, Any]:
    """An oEmbed response of type `rich` (oEmbed 1.0, section 2.3.4.4), no wider and higher than allowed."""
    width = min(WIDTH, maxwidth)
    height = min(card.height_at(width), HEIGHT, maxheight)
    frame = format_html(
        '<iframe src="{}/embed/{}/" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
        settings.SITE_URL,
        card.name,
        width,
        height,
        card.title,
    )
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "title": card.title,
        "cache_age": A_DAY,
        "html": str(frame),
        "width": width,
        "height": height,
    }


def as_xml(data: dict[str, Any]) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in data.items():
        ElementTree.SubElement(root, name).text = xml_text(str(value))
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
