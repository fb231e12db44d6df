"""Which outcomes of a dialogue tell its language on a topic: the page of it lists them, links to it count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogues.models import Topic
from meetings.spoken import in_dialogues, said_in_public
from registry.models import NameKey


class Topics:
    """Every public topic in the order of names, and what lies beneath each; one query."""

    def __init__(self) -> None:
        self.all: list[Topic] = list(Topic.objects.public().order_by(NameKey("name"), "pk"))
        self.narrower: dict[str | None, list[Topic]] = defaultdict(list)
        for one in self.all:
            self.narrower[one.broader_id].append(one)

    def with_narrower(self, topic: str) -> list[Topic]:
        """The topic and every one beneath it, however deep."""
        found = {one.pk: one for one in self.all if one.pk == topic}
        waiting = list(found)
        while waiting:
            beneath = {one.pk: one for one in self.narrower[waiting.pop()] if one.pk not in found}
            found |= beneath
            waiting += beneath
        return list(found.values())


@dataclass(frozen=True)
class Told:
    """The outcomes recorded under a topic, and those beside them: of other topics, taking up one of its own series."""

    under: frozenset[str]
    beside: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.under | self.beside


class Talk:
    """What a dialogue said, in which series, under which topics and taking up what; two queries.

    Commitments and remarks at public meetings and in public statements; background is left out.
    """

    def __init__(self, dialogue: str) -> None:
        said = in_dialogues(said_in_public(), [dialogue]).order_by()
        self.series: dict[str, int | None] = {}
        self.by_topic: dict[str | None, set[str]] = defaultdict(set)
        for pk, series, topic in said.values_list("pk", "meeting__track", "topics"):
            self.series[pk] = series
            self.by_topic[topic].add(pk)
        self.links = list(said.filter(links_out__isnull=False).values_list("pk", "links_out__target"))

    def told(self, topics: Iterable[Topic]) -> Told:
        """By what the language on these topics, as one, is told."""
        under = frozenset[str]().union(*(self.by_topic[topic.pk] for topic in topics))
        beside = {
            pk
            for pk, target in self.links
            if target in under and pk not in under and self.series[pk] == self.series[target]
        }
        return Told(under, frozenset(beside))

    def foremost(self, topics: Topics, most: int) -> list[tuple[Topic, int]]:
        """Of the topics that outcomes bear themselves those of which there is most to tell, with how many tell it."""
        borne = [topic for topic in topics.all if self.by_topic[topic.pk]]
        counted = [(topic, len(self.told(topics.with_narrower(topic.pk)).all)) for topic in borne]
        return sorted(counted, key=lambda one: -one[1])[:most]
