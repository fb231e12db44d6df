"""Headings of columns that sort their list."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def heading(browse: Any, name: str, label: str) -> SafeString:
    """A column's heading: a link that sorts by it where the list can be, else its label alone."""
    link = browse.headings.get(name) if browse else None
    if link is None:
        return format_html('<th scope="col">{}</th>', label)
    if link.rises is None:
        return format_html('<th scope="col"><a class="sort" href="{}">{}</a></th>', link.href, label)
    return format_html(
        '<th scope="col" aria-sort="{}"><a class="sort" href="{}">{} <span aria-hidden="true">{}</span></a></th>',
        link.rises,
        link.href,
        label,
        link.mark,
    )
