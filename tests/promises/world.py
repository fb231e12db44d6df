"""A small archive with a life: every act of the verbs on records of every kind, chosen by plain numbers.

The numbers come from Hypothesis, which shrinks them, or from a seeded generator. An act that the archive refuses
(ValidationError) is a fine outcome; anything else that is raised is a broken promise.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from archive.exchange import notation
from dialogues.models import Topic
from meetings.models import Commitment, Meeting, Paragraph, Statement, StatementMeeting, Text
from registry import verbs
from registry.models import Change, Pid, State, WithdrawalReason
from registry.models.record import record_of
from tests import makers

KINDS = ("dialogue", "country", "minister", "topic", "meeting", "statement", "commitment")
LANGUAGES = ("en", "ja", "ru")
WORDS = (
    "agreed",
    "welcomed",
    "noted",
    "協力",
    "сотрудничество",
    "<b>&amp;",
    "“quoted”",
    "it’s 5 % “more”",
    "\n",
)
ROOTS = {"dialogue": "", "country": "countries/", "topic": "topics/"}


class World:
    """The records that it made, and how to do the next thing to them."""

    def __init__(self) -> None:
        self.made = 0
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.before = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for kind in KINDS:
            self.publish(KINDS.index(kind), 0)

    # Choosing

    def touched(self) -> Any:
        """Pids of every record that any act of this life changed."""
        return Pid.objects.filter(changes__pk__gt=self.before).distinct().order_by("minted_at", "pk")

    def chosen(self, pick: int, **conditions: Any) -> Pid | None:
        pids = list(self.touched().filter(**conditions))
        return pids[pick % len(pids)] if pids else None

    def foundation(self, pick: int, kind: str) -> Any:
        """A public record of the kind, made if there is none."""
        pid = self.chosen(pick, kind=kind, state=State.PUBLIC)
        return record_of(pid) if pid else self.create(kind, pick)

    def words(self, pick: int) -> str:
        self.made += 1
        return f"{WORDS[pick % len(WORDS)]} {self.made}".strip()

    def attempt(self, name: str, act: Callable[[], Any]) -> Any:
        """Do it whole, or leave everything as it was where it is refused."""
        try:
            with transaction.atomic():
                result = act()
        except ValidationError:
            self.refused[name] += 1
            return None
        self.done[name] += 1
        return result

    # Acts

    def publish(self, kind: int, pick: int) -> None:
        self.attempt("publish", lambda: self.create(KINDS[kind % len(KINDS)], pick))

    def create(self, kind: str, pick: int) -> Any:
        self.made += 1
        record = getattr(self, f"a_{kind}")(pick, self.made)
        verbs.publish(record, by=None)
        return record

    def a_dialogue(self, pick: int, number: int) -> Any:
        return makers.dialogue(f"d{number}", self.words(pick))

    def a_country(self, pick: int, number: int) -> Any:
        return makers.country(f"x{number}", self.words(pick))

    def a_minister(self, pick: int, number: int) -> Any:
        return makers.minister(f"DOE Jane {number}", of=self.foundation(pick, "country"))

    def a_topic(self, pick: int, number: int) -> Any:
        return Topic.objects.draft(slug=f"t{number}", name=self.words(pick))

    def a_meeting(self, pick: int, number: int) -> Any:
        """Some without an ordinal, so that several want one path."""
        ordinal = number if pick % 3 else None
        start = f"20{10 + pick % 5}-0{1 + pick % 2}-04" if pick % 7 else None
        return makers.meeting(self.foundation(pick, "dialogue"), ordinal, start)

    def a_statement(self, pick: int, number: int) -> Any:
        """At a meeting or at none, in one language or two, with a heading, recitals and printed numbers."""
        at = self.foundation(pick, "meeting")
        made = Statement.objects.draft(
            dialogue=at.track.dialogue,
            kind=("joint_statement", "chairs_summary", "annex")[pick % 3],
            title_printed=self.words(pick),
            date=at.start,
        )
        if pick % 4:
            StatementMeeting.objects.create(statement=made, meeting=at)
        for place in range(1 + pick % 2):
            text = Text.objects.create(
                statement=made, language=LANGUAGES[(pick + place) % 3], kind=("authentic", "official")[place]
            )
            for index in range(1, 3 + pick % 3):
                self.paragraph(text, index, pick + index)
        return made

    def paragraph(self, text: Text, number: int, pick: int) -> None:
        Paragraph.objects.create(
            text=text,
            number=number,
            key=f"p{number}",
            kind=("operative", "preambular", "heading", "item")[pick % 4],
            number_printed=f"{number}." if pick % 2 else "",
            words=self.words(pick),
        )

    def a_commitment(self, pick: int, number: int) -> Any:
        made = makers.commitment(self.foundation(pick, "meeting"), f"To do {number}.", quote=self.words(pick))
        made.topics.set([self.foundation(pick, "topic")])
        made.actors.set([self.foundation(pick, "country")])
        return made

    def correct(self, pick: int, how: int) -> None:
        pid = self.chosen(pick, state=State.PUBLIC)
        if pid:
            self.attempt("correct", lambda: self.corrected(record_of(pid), how))

    def corrected(self, record: Any, how: int) -> None:
        if isinstance(record, Statement):
            self.edit_text(record, how)
        elif isinstance(record, Meeting):
            record.duration_printed = self.words(how)
        elif isinstance(record, Commitment):
            record.summary = f"To do otherwise {self.words(how)}"
        else:
            name = "sort_name" if hasattr(record, "sort_name") else "name"
            setattr(record, name, self.words(how))
        record.save()
        verbs.publish(record, by=None, note=f"Corrected: {self.words(how)}")

    def edit_text(self, statement: Statement, how: int) -> None:
        """Other words, a paragraph more or fewer, a text fewer, a retraction, another title."""
        texts = list(statement.texts.all())
        text = texts[how % len(texts)] if texts else None
        last = text.paragraphs.order_by("number").last() if text else None
        if text is None or last is None or how % 6 == 0:
            statement.title_printed = self.words(how)
        elif how % 6 == 1:
            last.delete()
        elif how % 6 == 2:
            self.paragraph(text, last.number + 1, how)
        elif how % 6 == 3 and len(texts) > 1:
            text.paragraphs.all().delete()
            text.delete()
        elif how % 6 == 4:
            statement.issuer_state = ("in_force", "retracted", "corrected")[how % 3]
        else:
            last.words = self.words(how)
            last.save()

    def rename(self, pick: int, how: int) -> None:
        """To a new path, back to one that it had, or to one that is another's, which is refused."""
        pid = self.chosen(pick, state=State.PUBLIC)
        if not pid or not pid.path:
            return
        parent = pid.path.rpartition("/")[0]
        self.made += 1
        path = f"{parent}/r{self.made}" if parent else f"r{self.made}"
        if how % 4 == 1:
            path = pid.paths.order_by("pk")[0].path
        other = self.chosen(how, state=State.PUBLIC)
        if how % 4 == 2 and other and other.path:
            path = other.path
        self.attempt("rename", lambda: verbs.rename(record_of(pid), by=None, path=path, note="Moved."))

    def merge(self, pick: int, how: int) -> None:
        pid = self.chosen(pick, state=State.PUBLIC)
        other = self.chosen(how, state=State.PUBLIC, kind=pid.kind) if pid else None
        if pid and other:
            act = lambda: verbs.merge(record_of(pid), into=record_of(other), by=None, note="The same.")  # noqa: E731
            self.attempt("merge", act)

    def withdraw(self, pick: int, how: int) -> None:
        pid = self.chosen(pick, state=State.PUBLIC)
        if not pid:
            return
        reason = WithdrawalReason.values[how % len(WithdrawalReason.values)]
        replaced_by = self.chosen(how, state=State.PUBLIC) if how % 2 else None
        self.attempt(
            "withdraw",
            lambda: verbs.withdraw(
                record_of(pid),
                by=None,
                reason=reason,
                note="Not ours to keep.",
                replaced_by=replaced_by,
                along=how % 3 == 0,
            ),
        )

    def restore(self, pick: int) -> None:
        pid = self.chosen(pick, state__in=[State.WITHDRAWN, State.MERGED])
        if pid:
            self.attempt("restore", lambda: verbs.restore(record_of(pid), by=None, note="It was right."))

    def reimport(self, pick: int, how: int) -> None:
        """Exchange files that name records here, changed and the same, twice over."""
        found = [self.chosen(pick + place, state=State.PUBLIC, kind="topic") for place in range(2)]
        topics = [record_of(pid) for pid in {pid for pid in found if pid}]
        land = self.chosen(how, state=State.PUBLIC, kind="country")
        countries = [record_of(land)] if land else []
        name = self.words(how)
        content = {
            "topics": [{"pid": one.pk, "slug": one.slug, "name": f"{name} {one.slug}"} for one in topics],
            "countries": [{"pid": one.pk, "code": one.code, "name": name} for one in countries],
        }
        with tempfile.TemporaryDirectory() as folder:
            notation.write(Path(folder), "again", {k: v for k, v in content.items() if v}, "Read again.")
            for _time in range(2):
                try:
                    call_command("import_archive", folder, verbosity=0, overwrite=True, note="Read again.")
                except CommandError:  # a record that was merged or withdrawn since it was imported
                    self.refused["reimport"] += 1
                    return
        self.done["reimport"] += 1


ACTS = ("publish", "correct", "rename", "merge", "withdraw", "restore", "reimport")


def live(world: World, source: Any, acts: int) -> None:
    """So many acts drawn by a seeded generator; new records and corrections are the most frequent."""
    weights = (30, 35, 10, 8, 7, 8, 2)
    for name in source.choices(ACTS, weights, k=acts):
        first, second = source.randrange(10_000), source.randrange(10_000)
        getattr(world, name)(*((first,) if name == "restore" else (first, second)))
