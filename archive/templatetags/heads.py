"""What the frame of every page says of it in more than one place."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import template
from django.conf import settings
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
