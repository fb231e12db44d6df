"""The rail at the side of a chain’s ladder: which threads run, part and join beside each row."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from meetings.chains import CommitmentChain
from meetings.steps import Step

register = template.Library()


@register.simple_tag
def rail(chain: CommitmentChain, step: Step) -> SafeString:
    """Beside a step: its mark, what runs past it, and what ties it to other threads."""
    row = step.row
    if row is None or not chain.has_lanes:
        return drawn([["up", "down", "node"]])
    cells = []
    for lane in range(chain.width):
        left, right = row.crosses(lane) if row.tied else (False, False)
        parts = {"up": lane in row.above, "down": lane in row.below, "left": left, "right": right}
        cells.append([name for name, holds in {**parts, "node": lane == row.lane}.items() if holds])
    return drawn(cells)


@register.simple_tag
def rail_past(chain: CommitmentChain, lanes: frozenset[int]) -> SafeString:
    """Beside a meeting’s heading or a gap: what runs past it."""
    width = chain.width if chain.has_lanes else 1
    return drawn([["up", "down"] if lane in lanes else [] for lane in range(width)])


def drawn(cells: list[list[str]]) -> SafeString:
    """Lanes from left to right, each with the lines in it: decoration, for the words say it all."""
    lanes = [(format_html_join("", '<i class="{}"></i>', ((name,) for name in cell)),) for cell in cells]
    return format_html(
        '<span class="rails" aria-hidden="true">{}</span>',
        format_html_join("", '<span class="lane">{}</span>', lanes),
    )
