"""What pages tell programs: the words of their heads in more than one place, and the records that Zotero may choose."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archive.formats import jsonld, listed

register = template.Library()
SPACES = re.compile(r"[ \t\r\n]+")


@register.tag
def kept(parser: Any, token: Any) -> KeptNode:
    """`{% kept as name %}…{% endkept %}`: what stands between, in one line, under the name and shown where that is."""
    try:
        _tag, _as, name = token.split_contents()
    except ValueError as bad:
        raise template.TemplateSyntaxError("kept is written {% kept as name %}") from bad
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name)


class KeptNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> str:
        context[self.name] = mark_safe(SPACES.sub(" ", self.nodelist.render(context)).strip(" "))
        return ""


@register.simple_tag
def list_json_ld(shown: listed.Listed, name: str, description: str, path: str) -> SafeString:
    """The JSON-LD of a list, from the words of its head, which are HTML."""
    words = unescape(name), unescape(description)
    return jsonld.embedded(listed.describe(shown, *words, f"{settings.SITE_URL}{path}"))


@register.simple_tag
def unapi_id(name: str, named: set[str]) -> str:
    """The record of this name as one to choose, once, however many rows are of it; `named` were told already."""
    if not name or name in named:
        return ""
    named.add(name)
    return format_html('<abbr class="unapi-id" title="{}"></abbr>', name)
