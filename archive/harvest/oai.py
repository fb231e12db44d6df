"""OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html): the archive for harvesters, at `/oai`.

Datestamps are those of the change log, deletions are kept for ever, sets are dialogues. A list gives each record as
it stands when its page is asked for, in the order of their newest changes: a resumption token holds the number of the
last one given, so what changes while a list is read comes, once more where it had been given, at its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.formats.reference import Reference
from archive.harvest import facts
from archive.harvest.metadata import MetadataFormat, formats
from archive.harvest.oai_arguments import Listing, OaiError, checked, first_listing, resumed
from archive.harvest.xml import Xml, document, element
from meetings import log
from registry.kit import pids
from registry.models import Change, Edition

PAGE_SIZE = 100
PROTOCOL = "http://www.openarchives.org/OAI/2.0/"
OAI_IDENTIFIER = f"{PROTOCOL}oai-identifier"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]+)+")
Arguments = dict[str, str]


@csrf_exempt
def oai(request: HttpRequest) -> HttpResponse:
    """The answer to one of the six verbs; GET and POST alike."""
    query = request.POST if request.method == "POST" else request.GET
    arguments: Arguments = {}
    try:
        arguments = checked(query)
        verb = arguments["verb"]
        answer = element(verb, ANSWERS[verb](arguments))
    except OaiError as error:
        answer = element("error", error.message, attributes={"code": error.code})
        if error.hides_arguments:
            arguments = {}
    response = HttpResponse(envelope(arguments, answer), content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def record_schema(request: HttpRequest) -> HttpResponse:
    """The XML Schema of the format `dialogues`."""
    return HttpResponse(document(facts.schema()), content_type="application/xml; charset=utf-8")


def envelope(arguments: Arguments, answer: Xml) -> bytes:
    """responseDate, request, then the answer (section 3.2)."""
    attributes = {
        "xmlns": PROTOCOL,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{PROTOCOL} {PROTOCOL}OAI-PMH.xsd",
    }
    asked = element("request", base_url(), attributes=arguments)
    return document(
        element(
            "OAI-PMH",
            element("responseDate", stamp(timezone.now())),
            asked,
            answer,
            attributes=attributes,
        )
    )


def base_url() -> str:
    return f"{settings.SITE_URL}/oai"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def identifier_of(pid: str) -> str:
    """`oai:<host>:<pid>` (oai-identifier, version 2.0)."""
    return f"oai:{host()}:{pid}"


def identify(_arguments: Arguments) -> Xml:
    description = None
    if DOMAIN.fullmatch(host()):
        description = element("description", identifier_scheme())
    said = {
        "repositoryName": settings.SITE_NAME,
        "baseURL": base_url(),
        "protocolVersion": "2.0",
        "adminEmail": settings.CONTACT_EMAIL,
        "earliestDatestamp": stamp(Change.objects.first_moment() or timezone.now()),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    return Xml("".join(element(name, value) for name, value in said.items()) + (description or ""))


def identifier_scheme() -> Xml:
    """How identifiers are built, where the archive has a domain name of its own."""
    said = {
        "scheme": "oai",
        "repositoryIdentifier": host(),
        "delimiter": ":",
        "sampleIdentifier": identifier_of("25hxwjjb"),
    }
    attributes = {
        "xmlns": OAI_IDENTIFIER,
        "xsi:schemaLocation": f"{OAI_IDENTIFIER} {OAI_IDENTIFIER}.xsd",
    }
    parts = (element(name, value) for name, value in said.items())
    return element("oai-identifier", *parts, attributes=attributes)


def list_metadata_formats(arguments: Arguments) -> Xml:
    found = list(formats().values())
    if "identifier" in arguments:
        kind = change_named(arguments["identifier"]).pid.kind
        found = [one for one in found if kind in one.kinds]
    return Xml("".join(format_xml(one) for one in found))


def format_xml(one: MetadataFormat) -> Xml:
    return element(
        "metadataFormat",
        element("metadataPrefix", one.prefix),
        element("schema", one.schema),
        element("metadataNamespace", one.namespace),
    )


def list_sets(arguments: Arguments) -> Xml:
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", _("The list of sets comes whole, without a token."))
    sets = [
        element("set", element("setSpec", code), element("setName", name))
        for code, name in log.dialogue_codes()
    ]
    if not sets:
        raise OaiError("noSetHierarchy", _("The archive holds no dialogue yet."))
    return Xml("".join(sets))


def get_record(arguments: Arguments) -> Xml:
    change = change_named(arguments["identifier"])
    wanted = format_named(arguments["metadataPrefix"])
    if change.pid.kind not in wanted.kinds:
        raise OaiError("cannotDisseminateFormat", _("This record does not come in that format."))
    return record_xml(change, Edition.objects.filter(pk=change.edition_key).first(), wanted)


def list_identifiers(arguments: Arguments) -> Xml:
    return listing_xml(arguments, with_metadata=False)


def list_records(arguments: Arguments) -> Xml:
    return listing_xml(arguments, with_metadata=True)


def listing_xml(arguments: Arguments, *, with_metadata: bool) -> Xml:
    """A page of headers, or of records, with the token for the next; two queries, three with metadata."""
    newest = Change.objects.newest_number()
    token = arguments.get("resumptionToken")
    listing = resumed(token, newest) if token is not None else first_listing(arguments)
    wanted = format_named(listing.prefix, resuming=token is not None)
    changes = changes_in(listing, wanted, newest)
    found = list(changes.after(listing.after)[: PAGE_SIZE + 1])
    # What was left may have changed and stand in no such list now, which must not end empty: its last one again.
    page = found[:PAGE_SIZE] or list(changes.before(listing.after + 1)[:1])
    if not page:
        raise OaiError("noRecordsMatch", _("No such record was changed then."))
    if with_metadata:
        editions = Edition.objects.in_bulk([change.edition_key for change in page])
        parts = [record_xml(change, editions.get(change.edition_key), wanted) for change in page]
    else:
        parts = [header_xml(change) for change in page]
    if token is not None or len(found) > PAGE_SIZE:
        parts.append(token_xml(listing, page, is_last=len(found) <= PAGE_SIZE))
    return Xml("".join(parts))


def changes_in(listing: Listing, wanted: MetadataFormat, newest: int) -> Any:
    """The newest change of each record that the list has, as of the change numbered `newest`."""
    changes = Change.objects.newest_of_each(newest).between(listing.start, listing.end)
    changes = changes.of_kinds(wanted.kinds).with_edition_keys()
    if listing.set_spec:
        return log.in_dialogue(changes, listing.set_spec)
    return log.with_dialogue_codes(changes)


def token_xml(listing: Listing, page: list[Any], *, is_last: bool) -> Xml:
    """Empty on the last page of a list that came in several (section 3.5)."""
    following = Listing(
        listing.prefix,
        listing.since,
        listing.until,
        listing.set_spec,
        page[-1].pk,
        listing.seen + len(page),
    )
    content = None if is_last else following.token()
    return element("resumptionToken", content, attributes={"cursor": listing.seen})


def change_named(identifier: str) -> Any:
    """The newest change of the record, with its edition's key and its set. Raises OaiError."""
    value = identifier.removeprefix(identifier_of(""))
    change = None
    if value != identifier and pids.is_valid(value):
        every = Change.objects.with_edition_keys()
        change = log.with_dialogue_codes(every).newest_of(value)  # type: ignore[attr-defined]
    if change is None:
        raise OaiError("idDoesNotExist", _("No record of this archive has that identifier."))
    return change


def format_named(prefix: str, *, resuming: bool = False) -> MetadataFormat:
    wanted = formats().get(prefix)
    if wanted is None:
        raise OaiError(
            "badResumptionToken" if resuming else "cannotDisseminateFormat",
            _("ListMetadataFormats names the formats there are."),
        )
    return wanted


def is_deleted(change: Any) -> bool:
    """Whether the record is gone: what was withdrawn is given to nobody."""
    return change.takes_away or not change.pid.is_public


def header_xml(change: Any) -> Xml:
    set_spec = element("setSpec", change.dialogue_code) if change.dialogue_code else None
    return element(
        "header",
        element("identifier", identifier_of(change.pid_id)),
        element("datestamp", stamp(change.at)),
        set_spec,
        attributes={"status": "deleted" if is_deleted(change) else None},
    )


def record_xml(change: Any, edition: Edition | None, wanted: MetadataFormat) -> Xml:
    """The header, and the edition that stood after the change in the wanted format."""
    if edition is None or is_deleted(change):
        return element("record", header_xml(change))
    edition.pid = change.pid
    metadata = element("metadata", wanted.write(Reference(change.pid, edition)))
    return element("record", header_xml(change), metadata)


ANSWERS: dict[str, Callable[[Arguments], Xml]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
