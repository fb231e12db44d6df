"""What every column means: from the model's own help text, or from the words here. Complete by test."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.formats.attendance import FORMS
from archive.formats.chain_rows import CHAIN
from archive.formats.changes import CHANGES
from archive.formats.hits import HITS
from archive.formats.language import ACROSS, COMPARED, STEPS, USES, VERBS
from archive.formats.rows import DAY, LISTS, SHELF
from archive.pictures.rows import PICTURES
from archive.release.tables import TABLES, Column, Table

OF_FACTS: dict[str, Any] = {
    "certainty": _("whether the fact was read in a source, inferred, or is not verified"),
    "confidence": _("how likely it is, where it is not verified; else empty"),
    "note": _("public reservation, or the reason of an inference"),
    "sources": _("keys of the sources in which the fact was read"),
}
OF_MANY: dict[str, Any] = {
    "id": _("permanent id: seven characters and a check character"),
    "url": _("where the record stood at release"),
    "title": _("what the record is called in a list"),
    "edition": _("number of the edition that these facts are"),
    "number": _("place among its kind"),
    "language": _("BCP 47 language tag"),
    "start": _("first day, month or year; empty where unknown"),
    "end": _("last day, month or year; empty where it is the same or unknown"),
    "text": _("the words themselves"),
    "dialogue": _("id of the dialogue"),
    "country": _("id of the country or organization"),
    "minister": _("id of the person; empty where no source names one"),
    "meeting": _("id of the meeting"),
    "statement": _("id of the statement"),
    "topics": _("ids of the topics it is about"),
    "kind": _("which kind it is"),
    "name": _("short name in English, as other pages print it"),
    "slug": _("last segment of its address"),
    "date": _("day, month or year; empty where unknown"),
}
OF_ONE: dict[str, Any] = {
    "agenda_item_names.number": _("number of the agenda item"),
    "agenda_item_names.text": _("the item’s title in this language"),
    "agenda_items.basis_kind": _("as published, or reconstructed by the archive"),
    "agenda_items.number_printed": _("its number as printed"),
    "agenda_items.summary": _("what was said under it, in the archive’s words"),
    "agenda_items.title": _("the item as printed"),
    "capitals.name": _("what the capital was called"),
    "claims.about": _("id of the record that the claim is about"),
    "claims.is_accepted": _("whether the archive follows this value"),
    "commitment_links.asserted_by": _("who says so: a source, or the archive"),
    "commitment_links.commitment": _("id of the later commitment"),
    "commitment_links.relation": _("how the later takes up the earlier"),
    "commitment_links.target": _("id of the earlier commitment"),
    "commitments.actors": _("ids of the countries that made it, where not all did"),
    "commitments.agenda_item": _("number of the item of its meeting’s agenda; empty where not known"),
    "commitments.amount_period": _("over which time the amount is meant"),
    "commitments.deadline": _("by when it is to be done"),
    "commitments.extent": _("whether all parties made it, some, or one"),
    "commitments.nature": _("commitment, remark of one party, or background"),
    "commitments.paragraph": _("key of the paragraph that holds its words"),
    "commitments.paragraph_language": _("language of the text with that paragraph"),
    "commitments.paragraph_text": _("kind of the text with that paragraph"),
    "commitments.short_title": _("a shorter title, where the summary is long"),
    "commitments.span_end": _("character of the paragraph after its last"),
    "commitments.span_start": _("first character of its words in the paragraph, counted from 0"),
    "commitments.strength": _("how far it binds, from pledges to discussed"),
    "commitments.verb": _("what the parties did with it"),
    "commitments.verb_printed": _("the verb as printed"),
    "countries.iso_alpha2": _("ISO 3166-1 code of two letters, of states"),
    "countries.iso_alpha3": _("ISO 3166-1 code of three letters, of states"),
    "countries.iso_note": _("remark on its ISO code"),
    "countries.iso_numeric": _("ISO 3166-1 code of three digits, of states"),
    "country_names.form": _("short or official name"),
    "delegates.name_printed": _("name as printed then"),
    "delegates.native_name_printed": _("name in its own script as printed then"),
    "delegates.presiding": _("whether the person presided, and how"),
    "delegates.rank": _("rank of the person"),
    "delegates.role": _("role at the meeting"),
    "delegates.title_printed": _("office as printed then"),
    "delegations.agenda_items": _("numbers of the agenda items it joined for, where not for all"),
    "delegations.capacity": _("member, observer, guest or secretariat"),
    "delegations.presence": _("whether it attended"),
    "dialogue_notes.fixed_at": _("id of the meeting that agreed it"),
    "dialogues.abbreviation": _("abbreviation of its name"),
    "dialogues.founded": _("when it was founded"),
    "dialogues.founded_by": _("who founded it"),
    "dialogues.founded_country": _("id of the country in which it was founded"),
    "dialogues.founded_note": _("remark on its foundation"),
    "dialogues.founded_place": _("city in which it was founded"),
    "dialogues.numbers_meetings": _("whether its series number their meetings"),
    "dialogues.purpose": _("what it is for, by its documents"),
    "editions.id": _("id of the record"),
    "editions.note": _("what changed and why, for the public; empty for the first edition"),
    "editions.number": _("number of the edition, from 1"),
    "editions.published_at": _("when it was published, UTC"),
    "editions.role": _("role of who published it"),
    "editions.sha256": _("SHA-256 of its canonical JSON (RFC 8785)"),
    "meeting_places.city": _("city as named then"),
    "meeting_places.venue": _("building or place in the city"),
    "meetings.designation": _("regular, special, informal, or in the margins of another event"),
    "meetings.duration_printed": _("duration as printed"),
    "meetings.format": _("how the parties met"),
    "meetings.hosts": _("ids of the host countries"),
    "meetings.ordinal": _("its number in the series; empty where it has none or it is not known"),
    "meetings.outcome_state": _("whether documents were issued"),
    "meetings.parent": _("id of the meeting that it is part of"),
    "meetings.related": _("ids of related meetings"),
    "meetings.status": _("whether it was held"),
    "meetings.time_printed": _("hours as printed"),
    "meetings.track": _("code of the series within the dialogue"),
    "memberships.role": _("initiator, member, observer or partner"),
    "minister_names.kind": _("native script, rendering in another language, or other spelling"),
    "ministers.country": _("id of the country for which the person mostly stood"),
    "ministers.gender_basis": _("what the gender was read from"),
    "ministers.name_order": _("which order of names the person uses"),
    "ministers.sort_name": _("family name first, in capitals where sources print it so"),
    "ministers.wikidata": _("id in Wikidata"),
    "paragraphs.kind": _("heading, preambular, operative or item"),
    "paragraphs.number_printed": _("its number as printed"),
    "paragraphs.text_kind": _("kind of the text it stands in"),
    "paragraphs.words": _("the paragraph’s words"),
    "schedule_changes.announced_on": _("when the change was announced"),
    "schedule_changes.place": _("place announced"),
    "schedule_changes.reason": _("reason given"),
    "signatures.by": _("who signed for the country"),
    "signatures.country": _("id of the country that signed"),
    "sources.key": _("name by which facts cite the source"),
    "sources.kind": _("official, press, reference…: what kind of publisher it has"),
    "sources.note": _("remark on the source"),
    "sources.published": _("when it was published"),
    "sources.publisher": _("who published it"),
    "sources.title": _("its title"),
    "sources.url": _("its address"),
    "statement_locations.note": _("remark on the address"),
    "statement_locations.url": _("address of the issuer’s text; empty where only the language is known"),
    "statement_titles.text": _("title in this language"),
    "statements.annex_of": _("id of the statement it is annexed to"),
    "statements.authority": _("whose word it is: all, the chair, one party, the secretariat"),
    "statements.issuer_state": _("what its issuer says of it today"),
    "statements.issuer_state_note": _("remark on that"),
    "statements.issuers": _("ids of the countries that issued it"),
    "statements.title_printed": _("title as printed"),
    "tenures.is_acting": _("whether the office was held in an acting capacity"),
    "tenures.office": _("title of the office"),
    "tenures.office_country": _("id of the country of the office"),
    "texts.kind": _("authentic, official or other translation, or the archive’s own summary"),
    "texts.read_in": _("key of the source in which the text was read"),
    "topics.broader": _("id of the topic above it"),
    "topics.definition": _("what it covers"),
    "tracks.level": _("who meets: heads, ministers, senior officials…"),
    "tracks.note": _("remark on the series"),
}


VIEWS = (
    *(*LISTS, DAY, SHELF, HITS, CHANGES, CHAIN),
    *(*PICTURES, *FORMS, STEPS, ACROSS, COMPARED, USES, VERBS),
)
"""Every form of rows that a page downloads as CSV."""


def meaning(table: Table, column: Column) -> str:
    """Words for a column, or empty where none were written."""
    own = OF_ONE.get(f"{table.name}.{column.name}") or OF_FACTS.get(column.name)
    if own is None and column.lookup == column.field.name:
        own = getattr(column.field, "help_text", "") or None
    return str(own or OF_MANY.get(column.name, ""))


def codebook() -> list[dict[str, Any]]:
    """Every table with its key and every column: name, type, meaning, table referred to, and codes with words."""
    return [
        {
            "name": table.name,
            "meaning": table.meaning,
            "key": table.key,
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "meaning": meaning(table, column),
                    "refers_to": column.refers_to or None,
                    "values": dict(column.values),
                }
                for column in table.columns
            ],
        }
        for table in TABLES
    ]


def lists_codebook() -> list[dict[str, Any]]:
    """The same of every list and view that the site shows and downloads."""
    return [
        {
            "name": form.name,
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "meaning": str(column.meaning),
                    "values": {
                        code: str(words) for code, words in (column.values.choices if column.values else ())
                    },
                }
                for column in form.columns
            ],
        }
        for form in VIEWS
    ]
