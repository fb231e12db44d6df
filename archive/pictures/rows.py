"""What the tables beneath the pictures hold: the same rows on the page, as JSON, JSON Lines and CSV."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from archive.formats.rows import ADDRESS, DATE, NUMBER, TEXT, Column, RowForm
from archive.pictures.marks import Mark
from meetings.models import Status

DIALOGUE = (
    Column("dialogue", TEXT, _("name of the dialogue")),
    Column("dialogue_code", TEXT, _("the dialogue’s code, first segment of its addresses")),
)
MEETING = (
    Column("title", TEXT, _("what the meeting is called")),
    Column("mark", TEXT, _("what is held of it"), Mark),
    Column("agenda_items", NUMBER, _("agenda items recorded of it")),
    Column("outcomes", NUMBER, _("commitments and remarks recorded of it")),
    Column("url", ADDRESS, _("where the meeting stands today")),
)
WALL = RowForm(
    "pictures/wall", (*DIALOGUE, Column("year", NUMBER, _("year in which it began")), *MEETING), dict
)
STRIP = RowForm(
    "pictures/series/ca-jad/fm",
    (
        Column("ordinal", NUMBER, _("its number in the series"), is_optional=True),
        Column("start", DATE, _("first day, month or year"), is_optional=True),
        Column("status", TEXT, _("whether it was held"), Status),
        *MEETING,
    ),
    dict,
)
TOPICS = RowForm(
    "pictures/topics",
    (
        Column("topic", TEXT, _("name of the topic")),
        Column("slug", TEXT, _("last segment of its address")),
        Column("broader", TEXT, _("the topic above it, or empty")),
        Column("year", NUMBER, _("year of the meeting")),
        Column(
            "outcomes", NUMBER, _("commitments, remarks and background about it, from meetings of that year")
        ),
        Column("url", ADDRESS, _("the list of exactly these")),
    ),
    dict,
)
HOSTS = RowForm(
    "pictures/hosts",
    (
        Column("country", TEXT, _("country in which meetings were held, or empty")),
        Column("country_code", TEXT, _("last segment of its address, or empty")),
        Column("place", TEXT, _("city; empty where the source names the country alone")),
        Column("latitude", TEXT, _("degrees north, to a tenth; empty where the place is not on the map")),
        Column("longitude", TEXT, _("degrees east, to a tenth; empty where the place is not on the map")),
        Column("meetings", NUMBER, _("meetings held there")),
        Column("url", TEXT, _("the list of exactly these; empty where no city is named")),
    ),
    dict,
)
PAIRS = RowForm(
    "pictures/meets",
    (
        Column("country", TEXT, _("a country, or an organization that sits as one")),
        Column("country_code", TEXT, _("last segment of its address")),
        Column("other", TEXT, _("another")),
        Column("other_code", TEXT, _("last segment of its address")),
        Column("dialogues", NUMBER, _("dialogues to which both belong, or once belonged")),
        Column("url", ADDRESS, _("the list of exactly these")),
    ),
    dict,
)
SHARED = RowForm(
    "pictures/meets/jp/kz",
    (
        Column("dialogue", TEXT, _("name of a dialogue to which both belong, or once belonged")),
        Column("code", TEXT, _("its code, first segment of its addresses")),
        Column("memberships", TEXT, _("as what each belongs, and from when to when; parted by semicolons")),
        Column("url", ADDRESS, _("where it stands today")),
    ),
    dict,
)
SERIES = RowForm(
    "pictures/series",
    (
        Column("dialogue", TEXT, _("name of the dialogue")),
        Column("series", TEXT, _("name of the series")),
        Column("meetings", NUMBER, _("its meetings")),
        Column("url", ADDRESS, _("its strip")),
    ),
    dict,
)
PICTURES = (WALL, STRIP, TOPICS, HOSTS, PAIRS, SHARED, SERIES)
