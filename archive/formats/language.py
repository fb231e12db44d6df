"""Rows of the views of language: what was said on a topic, in one dialogue and across dialogues; verbs; phrases."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.formats.rows import ADDRESS, DATE, NUMBER, SHARE, TEXT, Column, RowForm
from meetings.models import CommitmentVerb, Nature, Strength

SAID = (
    Column("id", TEXT, _("permanent id of the commitment or remark"), is_optional=True),
    Column("url", TEXT, _("where it stands today"), is_optional=True),
    Column("summary", TEXT, _("what was said, in the archive’s words")),
    Column("quote", TEXT, _("a few words of the source, or empty")),
    Column("nature", TEXT, _("commitment, or remark of one party"), Nature, is_optional=True),
    Column("verb", TEXT, _("kind of its verb"), CommitmentVerb, is_optional=True),
    Column("verb_name", TEXT, _("the verb as the lexicon has it")),
    Column("strength", TEXT, _("how far it binds, from pledges to discussed"), Strength, is_optional=True),
    Column("family", TEXT, _("family of the verb in the lexicon, or empty")),
    Column("rank", NUMBER, _("rank of the verb in its family, 1 the weakest"), is_optional=True),
    Column("topics", TEXT, _("what it is about; parted by semicolons")),
    Column("paragraph_url", TEXT, _("the paragraph that holds its words, or empty")),
)
WHERE = (
    Column("series", TEXT, _("code of the series; `statements` for statements of no meeting")),
    Column("meeting", TEXT, _("title of the meeting, or of the statement of no meeting")),
    Column("meeting_url", ADDRESS, _("where it stands today")),
    Column("date", DATE, _("its first day"), is_optional=True),
)
MARK_WORDS = {
    "new": _("new"),
    "same": _("same"),
    "strengthened": _("strengthened"),
    "softened": _("softened"),
    "dropped": _("dropped"),
    "undated": _("date not known, not compared"),
    "nothing": _("nothing on this topic is recorded"),
    "no_text": _("no text held"),
}
COMPARED_WORDS = {
    "same": _("same"),
    "changed": _("changed"),
    "only_a": _("only in A"),
    "only_b": _("only in B"),
    "translated": _("in both languages"),
    "moved": _("moved"),
}

STEPS = RowForm(
    "language/one-dialogue",
    (
        *WHERE,
        Column("mark", TEXT, _("what became of it since it was last said; or why the meeting has nothing")),
        *SAID,
        Column(
            "on_topic", TEXT, _("yes; no where it is recorded under other topics and takes up one on this")
        ),
        Column("earlier", TEXT, _("id of the earlier outcome it answers to, or empty")),
        Column("earlier_url", TEXT, _("where that stands today, or empty")),
        Column("earlier_verb", TEXT, _("its verb as the lexicon has it, or empty")),
        Column("matched_by", TEXT, _("link, or likeness of words by the archive’s reckoning; or empty")),
        Column("relation", TEXT, _("what the link says, or empty")),
        Column("asserted_by", TEXT, _("who says so: source or archive; or empty")),
        Column(
            "likeness", SHARE, _("share of words in common, 0 to 1, where matched by it"), is_optional=True
        ),
    ),
    dict,
)
ACROSS = RowForm(
    "language/across-dialogues",
    (
        Column("dialogue_code", TEXT, _("first segment of the dialogue’s addresses")),
        Column("dialogue", TEXT, _("its name")),
        *WHERE,
        *SAID,
    ),
    dict,
)
VERBS = RowForm(
    "lexicon",
    (
        Column("family", TEXT, _("key of the family")),
        Column("family_name", TEXT, _("its name")),
        Column("rank", NUMBER, _("rank in the family, 1 the weakest")),
        Column("verb", TEXT, _("key of the verb; where a commitment has this kind of verb, it is meant")),
        Column("name", TEXT, _("as the ladder prints it")),
        Column("strength", TEXT, _("where it stands between families"), Strength),
        Column("outcomes", NUMBER, _("public commitments and remarks with this kind of verb")),
        Column("forms_en", TEXT, _("forms in English; parted by semicolons")),
        Column("forms_ru", TEXT, _("forms in Russian; parted by semicolons")),
        Column("forms_ja", TEXT, _("forms in Japanese; parted by semicolons")),
    ),
    dict,
)


def said_row(said: Any, address: str, paragraph: str) -> dict[str, Any]:
    """The columns of `SAID` of an outcome (meetings.language.Outcome) that stands at this address."""
    data = said.data
    return {
        "id": said.id,
        "url": address,
        "summary": data["summary"],
        "quote": data["quote"],
        "nature": data["nature"],
        "verb": data["verb"],
        "verb_name": said.said.name,
        "strength": data["strength"],
        "family": said.said.family or "",
        "rank": said.said.rank,
        "topics": "; ".join(topic["name"] for topic in data["topics"]),
        "paragraph_url": paragraph,
    }


NOTHING_SAID = {column.name: None if column.is_optional else "" for column in SAID}
COMPARED = RowForm(
    "compare",
    (
        Column("what", TEXT, _("same, changed, only_a, only_b, or translated")),
        Column("moved", TEXT, _("yes where it stands in another order")),
        Column(
            "likeness", SHARE, _("share of words in common, 0 to 1, where matched by it"), is_optional=True
        ),
        Column("a_key", TEXT, _("key of the paragraph, or id of the outcome, on side A"), is_optional=True),
        Column("a_number", NUMBER, _("its place"), is_optional=True),
        Column("a_locator", TEXT, _("its number, as citations give it"), is_optional=True),
        Column("a_text", TEXT, _("its words"), is_optional=True),
        Column("b_key", TEXT, _("the same of side B"), is_optional=True),
        Column("b_number", NUMBER, _("its place"), is_optional=True),
        Column("b_locator", TEXT, _("its number, as citations give it"), is_optional=True),
        Column("b_text", TEXT, _("its words"), is_optional=True),
    ),
    dict,
)
USES = RowForm(
    "phrases",
    (
        Column("phrase", TEXT, _("the phrase that was looked for")),
        Column("id", TEXT, _("permanent id of the statement or commitment")),
        Column("title", TEXT, _("what it is called")),
        Column("part", TEXT, _("paragraph of a statement, or quotation of a commitment")),
        Column("date", DATE, _("day of the statement, else of its meeting"), is_optional=True),
        Column("dialogue", TEXT, _("name of the dialogue, or empty")),
        Column("dialogue_code", TEXT, _("its code, or empty")),
        Column("by", TEXT, _("countries that issued it, where not all did; parted by semicolons")),
        Column("language", TEXT, _("language of the text; empty for a quotation")),
        Column(
            "text_kind", TEXT, _("whose words: authentic, official, …, summary of this archive; or empty")
        ),
        Column("paragraph", NUMBER, _("place of the paragraph in its text"), is_optional=True),
        Column("locator", TEXT, _("its number, as citations give it"), is_optional=True),
        Column("url", ADDRESS, _("where the paragraph or commitment stands today")),
        Column("count", NUMBER, _("how often the phrase stands in it")),
        Column("words", TEXT, _("the whole paragraph or quotation")),
    ),
    dict,
)
