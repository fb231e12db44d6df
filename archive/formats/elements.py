"""XML elements with prefixed names, written by an encoder so that no text can break out of its place."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMESPACES = {
    "bib": "http://purl.org/net/biblio#",
    "datacite": "http://datacite.org/schema/kernel-4",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "z": "http://www.zotero.org/namespaces/export#",
}
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for prefix, namespace in NAMESPACES.items():
    ElementTree.register_namespace(prefix, namespace)


def qualified(name: str) -> str:
    """`dc:title` in the notation of ElementTree."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def element(
    name: str, *content: Element | str | None, attributes: dict[str, str | None] | None = None
) -> Element:
    """An element of prefixed `name` with text and children in order; None and attributes of None are left out.

    Characters that XML 1.0 (section 2.2) has no place for are dropped.
    """
    made = Element(qualified(name))
    for key, value in (attributes or {}).items():
        if value is not None:
            made.set(qualified(key), NOT_XML.sub("", value))
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif part is not None:
            made.text = (made.text or "") + NOT_XML.sub("", part)
    return made


def document(root: Element) -> str:
    """The whole, with its declaration."""
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
