"""A chain of commitments as rows: one a step and link, one a meeting of which nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.formats.rows import ADDRESS, DATE, NUMBER, TEXT, Column, RowForm
from meetings.chains import CommitmentChain
from meetings.models import CommitmentLink, CommitmentVerb, Nature, Strength
from meetings.steps import Gap, Link, Rung, Silence, Step
from meetings.wording import Change, WordsBy
from registry.models import State


class Heard(models.TextChoices):
    SAID = "said", _("something of the chain was said")
    NOT_MENTIONED = "not_mentioned", _("nothing that the archive holds of this meeting is linked with it")
    NO_TEXT = "no_text", _("the archive holds no words of this meeting")


def chain_rows(chain: CommitmentChain) -> Iterator[dict[str, Any]]:
    """Every row in the order of the ladder; a step that takes up nothing has one, without a link."""
    for one in chain.ladder:
        if isinstance(one, Gap):
            yield from (silence_row(silence) for silence in one.silences)
        else:
            for step in one.steps:
                links: list[Link | None] = [*step.links] or [None]
                yield from (step_row(one, step, link) for link in links)


def silence_row(silence: Silence) -> dict[str, Any]:
    meeting = silence.meeting
    return {
        **dict.fromkeys(CHAIN.header),
        "heard": Heard.NOT_MENTIONED.value if silence.has_text else Heard.NO_TEXT.value,
        "date": meeting.start,
        "meeting": meeting.title(),
        "meeting_url": absolute(meeting.get_absolute_url()),
        "dialogue": meeting.track.dialogue.name,
    }


def step_row(rung: Rung, step: Step, link: Link | None) -> dict[str, Any]:
    data = step.data
    return {
        "heard": Heard.SAID.value,
        "step": rung.number,
        "date": rung.date,
        "meeting": rung.said["title"],
        "meeting_url": absolute(rung.pid.get_absolute_url()) if rung.pid else None,
        "dialogue": rung.said["dialogue"]["name"] if "dialogue" in rung.said else None,
        "id": step.pid.value,
        "title": data["title"],
        "url": absolute(step.pid.get_absolute_url()),
        "words": step.words,
        "words_by": step.words_by.value,
        "summary": data["summary"],
        "nature": data["nature"],
        "verb": data["verb"],
        "strength": data["strength"],
        "deadline": data["deadline"],
        **(link_cells(link) if link else dict.fromkeys(LINK_COLUMNS)),
    }


def link_cells(link: Link) -> dict[str, Any]:
    changed = link.wording
    return {
        "relation": link.data["relation"],
        "target": link.data["target"]["id"],
        "target_url": absolute(link.pid.get_absolute_url()) if link.pid else None,
        "target_state": link.pid.state if link.pid else None,
        "asserted_by": link.data["asserted_by"],
        "asserted_in": "; ".join(source["url"] or source["title"] for source in link.sources),
        "change": changed.change.value if changed else None,
        "compared": changed.by.value if changed else None,
        "removed": changed.removed if changed else None,
        "added": changed.added if changed else None,
    }


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def optional(name: str, kind: str, meaning: Any, values: Any = None) -> Column:
    return Column(name, kind, meaning, values, is_optional=True)


LINKS = (
    optional("relation", TEXT, _("how it takes up another commitment"), CommitmentLink.Relation),
    optional("target", TEXT, _("permanent id of the commitment it takes up")),
    optional("target_url", ADDRESS, _("where that one stands today")),
    optional("target_state", TEXT, _("whether that one is public today, or was taken away since"), State),
    optional("asserted_by", TEXT, _("who says that it takes the other up"), CommitmentLink.AssertedBy),
    optional("asserted_in", TEXT, _("sources that say so, by address or title; parted by semicolons")),
    optional("change", TEXT, _("what became of the words"), Change),
    optional("compared", TEXT, _("whose words were compared"), WordsBy),
    optional(
        "removed", TEXT, _("words of the other that it has no more, where they were changed; parted by …")
    ),
    optional("added", TEXT, _("words that it has instead; parted by …")),
)
LINK_COLUMNS = [column.name for column in LINKS]
CHAIN = RowForm(
    "chain",
    (
        Column("heard", TEXT, _("whether something of the chain was said at the meeting"), Heard),
        optional("step", NUMBER, _("number of the meeting among those at which something was said")),
        optional("date", DATE, _("first day of the meeting, or day of the statement")),
        Column("meeting", TEXT, _("title of the meeting, or of the statement where there was none")),
        optional("meeting_url", ADDRESS, _("where the meeting or statement stands today")),
        optional("dialogue", TEXT, _("name of the dialogue; empty for a statement of no meeting")),
        optional("id", TEXT, _("permanent id of the commitment")),
        optional("title", TEXT, _("what the commitment is called")),
        optional("url", ADDRESS, _("where the commitment stands today")),
        optional("words", TEXT, _("its words, from its current edition")),
        optional("words_by", TEXT, _("whose words they are"), WordsBy),
        optional("summary", TEXT, _("what was said, in the archive’s words")),
        optional("nature", TEXT, _("commitment, remark of one party, or background"), Nature),
        optional("verb", TEXT, _("what the parties did with it"), CommitmentVerb),
        optional("strength", TEXT, _("how far it binds, from pledges to discussed"), Strength),
        optional("deadline", DATE, _("by when it is to be done")),
        *LINKS,
    ),
    dict,
)
