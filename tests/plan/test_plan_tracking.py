"""Tracked links: words go where they belong, whatever the address, and nothing else of it changes."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.site import SETTINGS, Site, write_site
from twinsite.core.utm import MEDIUMS, NAMES, SOURCES, add_tags, is_word, make_word, read_tags

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
ADDRESSES = st.builds(
    lambda path, query, anchor: "https://shop.example/" + path + query + anchor,
    st.from_regex(r"[a-z/-]{0,12}", fullmatch=True),
    st.sampled_from(["", "?a=1", "?a=b%20c&a=d", "?utm_source=own", "?flag", "?UTM_Medium=Own"]),
    st.sampled_from(["", "#top"]),
)
VALUES = st.fixed_dictionaries({name: TEXTS.map(make_word) for name in ("source", "medium", "campaign", "content")})


@given(ADDRESSES, VALUES)
def test_words_are_added_and_nothing_else_changes(address: str, values: dict[str, str]) -> None:
    tagged = urlsplit(add_tags(address, values))
    before = urlsplit(address)
    assert (tagged.scheme, tagged.netloc, tagged.path, tagged.fragment) == (
        before.scheme, before.netloc, before.path, before.fragment,
    )  # fmt: skip
    assert tagged.query.startswith(before.query)
    own = {tag.name.lower() for tag in read_tags(address)}
    wanted = {f"utm_{name}": value for name, value in values.items() if value and f"utm_{name}" not in own}
    assert dict(parse_qsl(tagged.query.removeprefix(before.query))) == wanted
    assert add_tags(tagged.geturl(), values) == tagged.geturl()


@given(TEXTS)
def test_every_word_is_one_or_nothing(text: str) -> None:
    assert make_word(text) == "" or is_word(make_word(text))


def test_our_own_vocabulary_keeps_its_own_rules() -> None:
    assert [word for word in (*SOURCES, *MEDIUMS) if not is_word(word)] == []
    assert all(name.startswith("utm_") for name in NAMES)


CONTEST = """\
---
title: First Flight
kind_of: judged
sponsor: {name: Brightleaf Ltd}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
prizes: [{name: A kite, value: {amount: 20, currency: GBP}}]
campaign: spring
---
Enter.
"""
FILES = {
    "content/contests/first-flight.md": CONTEST,
    "content/campaigns/spring.md": "---\ntitle: Spring\n---\n[A partner](https://partner.example/?utm_source=Whatever).\n",
    "content/pages/about.md": "---\ntitle: About\n---\n"
    "[The shop](https://shop.example.org/?utm_source=newsletter&utm_medium=email&utm_campaign=spring-26).\n",
}
UTM = (
    "brand: {name: Brightleaf, url: 'https://shop.example.org/'}\n"
    "utm: {sources: [newsletter], campaigns: {spring: spring-26}}\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("tracked"), FILES, SETTINGS + UTM)
    result = site.build()
    assert result.ok, [problem.message for problem in result.problems]
    return site


def test_share_links_name_campaign_and_record(site: Site) -> None:
    text = site.text("contests/first-flight/")
    assert "utm_campaign%3Dspring-26%26utm_content%3Dfirst-flight" in text
    assert "utm_campaign=spring-26&amp;utm_content=first-flight" in text


def test_words_of_the_vocabulary_and_of_others_pass(site: Site) -> None:
    assert "utm_source=newsletter" in site.text("about/")
    assert "utm_source=Whatever" in site.text("campaigns/spring/")


@pytest.mark.parametrize(
    ("settings", "rule", "field"),
    [
        ("menu: [{label: A, to: 'https://example.org/about/?utm_source=menu'}]\n", "utm-inside", ("menu", 0, "to")),
        ("utm: {sources: [Newsletter]}\n", "utm-not-a-word", ("utm", "sources", 0)),
        ("utm: {contents: [me@mail.example]}\n", "utm-personal", ("utm", "contents", 0)),
        ("utm: {sources: [ana-pours]}\n", "utm-personal", ("utm", "sources", 0)),
        (
            "networks: [{network: X, url: 'https://x.example/?utm_term=ana-pours'}]\n",
            "utm-personal", ("networks", 0, "url"),
        ),
    ],
)  # fmt: skip
def test_the_settings_are_held_to_the_same(tmp_path, settings, rule, field) -> None:
    ana = "---\nname: Ana Lopez\nhandle: ana.pours\nrelationship: employee\ndisclosure: Works here\n---\nText.\n"
    pages = {"content/pages/about.md": "---\ntitle: About\n---\nText.\n", "content/twinterns/ana.md": ana}
    result = write_site(tmp_path, pages, SETTINGS + settings).build()
    assert [(p.rule, p.path, p.field or field) for p in result.problems if p.severity == "error"] == [
        (rule, "site.yaml", field)
    ]


def test_every_page_with_the_word_of_a_person_is_judged_again_when_that_word_changes(tmp_path) -> None:
    ana = "---\nname: Ana Lopez\nhandle: ana.pours\nrelationship: none\nutm: bench-3\n---\nText.\n"
    link = "[The shop](https://shop.example.org/?utm_source=newsletter&utm_medium=email&utm_content=bench-3).\n"
    pages = {f"content/pages/{name}.md": f"---\ntitle: {name}\n---\n{link}" for name in ("about", "later")}
    files = {**pages, "content/twinterns/ana.md": ana}
    site = write_site(tmp_path, files, SETTINGS + UTM.replace("{spring: spring-26}", "[]"))
    assert [problem.message for problem in site.build().problems if problem.severity == "error"] == []
    site.write("content/twinterns/ana.md", ana.replace("bench-3", "bench-4"))
    found = [(problem.rule, problem.path) for problem in site.build().problems if problem.severity == "error"]
    assert found == [("utm-unknown-word", path) for path in sorted(pages)]
