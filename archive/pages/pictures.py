"""Pictures of the record, each drawn from the table beneath it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from archive import asked, forms
from archive.formats.rows import RowForm
from archive.harvest.further import Further, of_everything, of_records
from archive.pages.respond import Rows, respond
from archive.pictures import coast, places, previews
from archive.pictures import rows as tables
from archive.pictures.hosts import Hosts
from archive.pictures.meets import LEAST, Meets, Member, shared_row
from archive.pictures.strip import Strip
from archive.pictures.topics import TopicsThroughTime
from archive.pictures.wall import Wall
from dialogues.models import Dialogue, Topic, Track
from meetings import overview, tallies
from meetings.models import Commitment, Meeting

DRAWN = frozenset({"strip", "topics", "hosts"})
"""Pictures that are SVG, and come as such alone; the others are tables of HTML."""
MOST_LEAST = 99


def one_dialogue(request: HttpRequest) -> Any:
    """The dialogue that `?dialogue=` names by its code, or None; raises BadParameter for an unknown one."""
    code = request.GET.get("dialogue")
    if not code:
        return None
    try:
        return Dialogue.objects.public().get(code=code)
    except Dialogue.DoesNotExist as error:
        message = _("No dialogue has this code; /dialogues/ lists them. Or leave “dialogue” out.")
        raise forms.BadParameter("dialogue", message) from error


def named(dialogue: Any) -> tuple[str | None, str | None]:
    return (dialogue.pk, dialogue.code) if dialogue else (None, None)


def picture(
    request: HttpRequest,
    name: str,
    drawn: Any,
    form: RowForm,
    facts: dict[str, Any],
    *,
    further: Further,
    **context: Any,
) -> HttpResponseBase:
    """The page of a picture; as data what it says in words, `facts` of the whole, and a row for each of its marks."""
    results = drawn.results()
    data = {"said": drawn.said(), **facts, "count": len(results), "results": results}
    context |= {"picture": drawn, "facts": facts, "canonical": request.path}

    def alone() -> str:
        site = {"base": settings.SITE_URL, "SITE_NAME": settings.SITE_NAME}
        return render_to_string(f"pictures/{name}.svg", {**context, **site})

    rows = Rows(form, results)
    drawing = alone if name in DRAWN else None
    return respond(
        request, f"pictures/{name}.html", context, data=data, rows=rows, drawing=drawing, further=further
    )


def of_picture(path: str, title: str, dialogue: Any, ever: Callable[[], QuerySet[Any]]) -> Further:
    """The feeds of a picture, of all dialogues or of one."""
    named = f"{title}: {dialogue.name}" if dialogue else title
    return of_records(f"{path}?dialogue={dialogue.code}" if dialogue else path, named, ever)


@asked.knowing(asked.FEED)
def index(request: HttpRequest) -> HttpResponseBase:
    """Every kind of picture: in small, in a sentence, with its address."""
    wall, topics, hosts, meets = the_wall(), the_topics(), the_hosts(), Meets(tallies.memberships())
    series = list(tallies.series())
    found = [
        ("wall", _("The wall"), wall.said(), previews.of_wall(wall)),
        ("series", _("Series"), said_of(series), previews.of_series(wall)),
        ("topics", _("Topics through time"), topics.said(), previews.of_topics(topics)),
        ("hosts", _("Hosts"), hosts.said(), previews.of_hosts(hosts)),
        ("meets", _("Who meets whom"), meets.said(), previews.of_meets(meets)),
    ]
    results = [
        {"title": title, "said": said, "url": f"{settings.SITE_URL}/pictures/{name}/"}
        for name, title, said, _shapes in found
    ]
    data = {"count": len(results), "results": results}
    context = {
        "found": found,
        "elsewhere": elsewhere(),
        "coast_path": coast.path(),
        "coast_scale": previews.coast_scale(hosts),
        "canonical": "/pictures/",
    }
    return respond(request, "pictures/index.html", context, data=data, further=of_everything())


def elsewhere() -> list[tuple[str, str, str]]:
    """Pictures that stand beneath records, each with an example: address, title, sentence."""
    found = []
    dialogue, commitment = tallies.best_attended(), tallies.most_taken_up()
    if dialogue:
        said = _(
            "Countries by meetings: who came, with which rank, in whose place. Here of the dialogue best recorded."
        )
        found.append((f"/{dialogue}/attendance/", _("Attendance"), said))
    if commitment:
        said = _("A commitment through the meetings that took it up. Here the one taken up most often.")
        found.append((f"{commitment.get_absolute_url()}chain/", _("Chain of a commitment"), said))
    return found


def said_of(series: list[Any]) -> str:
    return _("%(n)s series of meetings, each a line of dots by date, with their numbers.") % {
        "n": len(series)
    }


def the_wall() -> Wall:
    return Wall(list(overview.dialogues()), list(overview.wall()))


def the_topics(pid: str | None = None, code: str | None = None) -> TopicsThroughTime:
    """Of one dialogue, by its pid and its code, where they are given; three queries."""
    topics = Topic.objects.public().with_broader()
    return TopicsThroughTime(topics, tallies.outcomes_by_topic(pid), tallies.undated_outcomes(pid), code)


def the_hosts(pid: str | None = None, code: str | None = None) -> Hosts:
    """Of one dialogue, by its pid and its code, where they are given; three queries."""
    cities, countries = tallies.held_in_cities(pid), tallies.held_in_countries(pid)
    return Hosts(cities, countries, tallies.held_anywhere(pid), code)


def the_strip(track: Track) -> Strip:
    meetings = Meeting.objects.public().of_track(track).for_list().oldest_first()
    return Strip(tallies.with_agenda_count(meetings))


@asked.knowing(asked.FEED)
def wall(request: HttpRequest) -> HttpResponseBase:
    """Every dialogue by years."""
    drawn = the_wall()
    facts = {"marks": drawn.marks, "undated": drawn.undated}
    further = of_records(request.path, _("The wall"), Meeting.objects.ever_public)
    return picture(request, "wall", drawn, tables.WALL, facts, further=further)


@asked.knowing(asked.FEED)
def series(request: HttpRequest) -> HttpResponseBase:
    """Every series with the address of its strip."""
    found = list(tallies.series())
    results = [
        {
            "dialogue": track.dialogue.name,
            "series": track.name,
            "meetings": track.meeting_count,
            "url": f"{settings.SITE_URL}/pictures/series/{track.dialogue.code}/{track.code}/",
        }
        for track in found
    ]
    data = {"said": said_of(found), "count": len(results), "results": results}
    context = {"series": found, "canonical": "/pictures/series/"}
    further = of_records(request.path, _("Series"), Meeting.objects.ever_public)
    rows = Rows(tables.SERIES, results)
    return respond(request, "pictures/series.html", context, data=data, rows=rows, further=further)


@asked.knowing(asked.FEED)
def strip(request: HttpRequest, dialogue: str, code: str) -> HttpResponseBase:
    """One series by date. Raises Http404 where there is none."""
    try:
        of = Dialogue.objects.public().get(code=dialogue)
    except Dialogue.DoesNotExist as error:
        raise Http404 from error
    track = Track.objects.find(of.pk, code)
    if track is None:
        raise Http404
    drawn = the_strip(track)
    facts = {"dialogue": of.name, "series": track.name, "undated": drawn.undated}
    ever = Meeting.objects.ever_public().of_track(track)
    shown = {"dialogue": of, "series": track}
    further = of_records(request.path, f"{of.name}: {track.name}", ever.all)
    return picture(request, "strip", drawn, tables.STRIP, facts, further=further, **shown)


@asked.knowing("dialogue", asked.FEED)
def topics(request: HttpRequest) -> HttpResponseBase:
    """Topics through time, of all dialogues or of one."""
    dialogue = one_dialogue(request)
    drawn = the_topics(*named(dialogue))
    facts = {
        "dialogue": drawn.dialogue,
        "most_in_a_year": drawn.most,
        "undated": drawn.undated,
        "under_broader": drawn.filed_under_broader,
    }
    further = of_picture(
        request.path,
        _("Topics through time"),
        dialogue,
        lambda: tallies.on_topics(Commitment.objects.ever_public(), named(dialogue)[0]),
    )
    return picture(request, "topics", drawn, tables.TOPICS, facts, further=further, dialogue=dialogue)


@asked.knowing("dialogue", asked.FEED)
def hosts(request: HttpRequest) -> HttpResponseBase:
    """The map of places, of all dialogues or of one."""
    dialogue = one_dialogue(request)
    drawn = the_hosts(*named(dialogue))
    countries = [
        {"country": one.name, "code": one.code, "meetings": one.count, "url": f"{settings.SITE_URL}{one.url}"}
        for one in drawn.countries
    ]
    facts = {"dialogue": drawn.dialogue, **drawn.totals, "countries": countries}
    sources = {"coast": coast.coast(), "coast_path": coast.path(), "cities": places.SOURCE}
    ever = Meeting.objects.ever_public()
    further = of_picture(
        request.path, _("Hosts"), dialogue, lambda: ever.of_dialogue(dialogue) if dialogue else ever
    )
    shown = {"dialogue": dialogue, **sources}
    return picture(request, "hosts", drawn, tables.HOSTS, facts, further=further, **shown)


@asked.knowing("least", asked.FEED)
def meets(request: HttpRequest) -> HttpResponseBase:
    """Who sits with whom, among countries that belong to at least so many dialogues."""
    least = request.GET.get("least") or str(LEAST)
    if not (least.isascii() and least.isdigit() and len(least) < 3 and 2 <= int(least) <= MOST_LEAST):
        message = _("“least” is a whole number from 2 to %(most)s: of dialogues that a country belongs to.")
        raise forms.BadParameter("least", message % {"most": MOST_LEAST})
    drawn = Meets(tallies.memberships(), int(least))
    facts = {"least": drawn.least, "members": len(drawn.members), "left_out": drawn.left_out}
    further = of_records(request.path, _("Who meets whom"), Dialogue.objects.ever_public)
    return picture(request, "meets", drawn, tables.PAIRS, facts, further=further)


@asked.knowing(asked.FEED)
def member(request: HttpRequest, code: str) -> HttpResponseBase:
    """One country: the dialogues it belongs to, and everybody it sits with there. Raises Http404 for others."""
    everyone = Meets(tallies.memberships())
    one, cells = everyone.member(code), everyone.partners(code)
    if one is None:
        raise Http404
    shared = [shared_row(row) for row in tallies.shared_dialogues([code])]
    results = [cell.as_row() for cell in cells]
    data = {"country": one.name, "dialogues": shared, "count": len(results), "results": results}
    context = {"member": one, "shared": shared, "cells": cells, "canonical": request.path}
    rows, further = Rows(tables.PAIRS, results), of_members(request.path, one)
    return respond(request, "pictures/member.html", context, data=data, rows=rows, further=further)


def of_members(path: str, *members: Member) -> Further:
    """The feeds of the dialogues to which all of these belong: what says so is published with a dialogue."""
    title = f"{_('Who meets whom')}: {', '.join(one.name for one in members)}"
    ever = Dialogue.objects.ever_public()
    return of_records(path, title, lambda: ever.joined_by([one.code for one in members]))


@asked.knowing(asked.FEED)
def pair(request: HttpRequest, code: str, other: str) -> HttpResponseBase:
    """The dialogues to which both belong, or once belonged. Raises Http404 where one belongs to none."""
    everyone = Meets(tallies.memberships())
    one, two = everyone.member(code), everyone.member(other)
    if one is None or two is None or one is two:
        raise Http404
    if code > other:
        return redirect("pair", other, code, permanent=True)
    results = [shared_row(row) for row in tallies.shared_dialogues([code, other])]
    data = {"country": one.name, "other": two.name, "count": len(results), "results": results}
    context = {"one": one, "two": two, "shared": results, "canonical": request.path}
    rows, further = Rows(tables.SHARED, results), of_members(request.path, one, two)
    return respond(request, "pictures/pair.html", context, data=data, rows=rows, further=further)
