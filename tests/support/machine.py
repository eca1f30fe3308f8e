"""Finds what is wrong with the files for machines: Atom and JSON feeds, sitemaps, JSON-LD.

Atom against the grammar of RFC 4287 (as far as our feeds go), sitemaps against the schema of sitemaps.org, JSON Feed
against version 1.1 of its specification. Readers accept far worse feeds than these grammars do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from lxml import etree

ATOM = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed"><ref name="language"/><interleave>
    <element name="id"><data type="anyURI"><param name="minLength">1</param></data></element>
    <element name="title"><ref name="text"/></element>
    <optional><element name="subtitle"><ref name="text"/></element></optional>
    <element name="updated"><ref name="instant"/></element>
    <oneOrMore><element name="author"><ref name="person"/></element></oneOrMore>
    <oneOrMore><ref name="link"/></oneOrMore>
    <optional><element name="icon"><data type="anyURI"/></element></optional>
    <optional><element name="logo"><data type="anyURI"/></element></optional>
    <optional><element name="rights"><ref name="text"/></element></optional>
    <zeroOrMore><ref name="category"/></zeroOrMore>
    <zeroOrMore><ref name="entry"/></zeroOrMore>
  </interleave></element></start>
  <define name="entry"><element name="entry"><ref name="language"/><interleave>
    <element name="id"><data type="anyURI"><param name="minLength">1</param></data></element>
    <element name="title"><ref name="text"/></element>
    <element name="updated"><ref name="instant"/></element>
    <optional><element name="published"><ref name="instant"/></element></optional>
    <zeroOrMore><element name="author"><ref name="person"/></element></zeroOrMore>
    <oneOrMore><ref name="link"/></oneOrMore>
    <optional><element name="summary"><ref name="text"/></element></optional>
    <optional><element name="content"><ref name="text"/></element></optional>
    <optional><element name="rights"><ref name="text"/></element></optional>
    <zeroOrMore><ref name="category"/></zeroOrMore>
  </interleave></element></define>
  <define name="language"><optional>
    <attribute name="lang" ns="http://www.w3.org/XML/1998/namespace"><data type="language"/></attribute>
  </optional></define>
  <define name="text">
    <optional><attribute name="type"><choice><value>text</value><value>html</value></choice></attribute></optional>
    <text/>
  </define>
  <define name="instant">
    <data type="dateTime"><param name="pattern">.+T.+(Z|[+\\-]\\d\\d:\\d\\d)</param></data>
  </define>
  <define name="person"><interleave>
    <element name="name"><data type="string"><param name="minLength">1</param></data></element>
    <optional><element name="uri"><data type="anyURI"/></element></optional>
    <optional><element name="email"><text/></element></optional>
  </interleave></define>
  <define name="link"><element name="link">
    <attribute name="href"><data type="anyURI"><param name="pattern">https?://.+</param></data></attribute>
    <optional><attribute name="rel"/></optional><optional><attribute name="type"/></optional>
    <optional><attribute name="title"/></optional><optional><attribute name="length"/></optional>
    <optional><attribute name="hreflang"/></optional><empty/>
  </element></define>
  <define name="category"><element name="category">
    <attribute name="term"/><optional><attribute name="label"/></optional>
    <optional><attribute name="scheme"/></optional><empty/>
  </element></define>
</grammar>
"""

SITEMAP = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"
           elementFormDefault="qualified">
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" minOccurs="0" maxOccurs="50000"><xs:complexType><xs:all>
      <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
        <xs:minLength value="12"/><xs:maxLength value="2048"/><xs:pattern value="https?://.+"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
        <xs:union memberTypes="xs:date xs:dateTime"/>
      </xs:simpleType></xs:element>
    </xs:all></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""

NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def find_feed_faults(data: bytes) -> list[str]:
    """What is wrong with an Atom feed."""
    tree = etree.fromstring(data)
    grammar = etree.RelaxNG(etree.fromstring(ATOM))
    faults = [] if grammar.validate(tree) else [f"line {error.line}: {error.message}" for error in grammar.error_log]
    ids = tree.xpath("a:entry/a:id/text()", namespaces=NAMESPACES)
    faults += [f"the id {name} occurs twice" for name in sorted(set(ids)) if ids.count(name) > 1]
    changes = tree.xpath("a:entry/a:updated/text()", namespaces=NAMESPACES)
    updated = tree.xpath("string(a:updated)", namespaces=NAMESPACES)
    if not faults and any(datetime.fromisoformat(change) > datetime.fromisoformat(updated) for change in changes):
        faults.append(f"an entry is newer than the feed, of {updated}")
    if not tree.xpath("a:link[@rel='self']", namespaces=NAMESPACES):
        faults.append("the feed does not say where it is")
    return faults


def find_json_feed_faults(data: bytes) -> Iterator[str]:
    """What is wrong with a JSON feed."""
    feed = json.loads(data)
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "the feed needs its version and a title"
    for item in feed["items"]:
        if not isinstance(item.get("id"), str) or not item["id"]:
            yield f"an item has no id: {item}"
        if "content_text" not in item and "content_html" not in item:
            yield f"{item['id']} has no content"
        for name in ("date_published", "date_modified"):
            if name in item and datetime.fromisoformat(item[name]).utcoffset() is None:
                yield f"{item['id']} has a {name} without an offset"
    for name in ("home_page_url", "feed_url"):
        if not re.match("https?://", feed.get(name, "")):
            yield f"{name} is no address"


def find_sitemap_faults(data: bytes) -> list[str]:
    """What is wrong with a sitemap."""
    tree = etree.fromstring(data)
    schema = etree.XMLSchema(etree.fromstring(SITEMAP))
    faults = [] if schema.validate(tree) else [f"line {error.line}: {error.message}" for error in schema.error_log]
    addresses = tree.xpath("s:url/s:loc/text()", namespaces=NAMESPACES)
    return faults + [f"{name} is listed twice" for name in sorted(set(addresses)) if addresses.count(name) > 1]


def read_structured_data(text: str) -> list[dict[str, Any]]:
    """The JSON-LD of a page; raises where it is no JSON."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return [json.loads(block) for block in blocks]


def find_values(data: Any, names: Collection[str]) -> Iterator[str]:
    """Every text that JSON holds under one of the names, at any depth."""
    if isinstance(data, list):
        for item in data:
            yield from find_values(item, names)
    elif isinstance(data, dict):
        for name, value in data.items():
            if name in names and isinstance(value, str):
                yield value
            yield from find_values(value, names)
