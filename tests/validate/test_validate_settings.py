"""``site.yaml``: every key typed, defaults for all but two, every mistake at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.validate.settings import parse_settings

GOOD = "title: Brightleaf\nbase_url: https://example.org/\ntimezone: Europe/London\n"


def test_two_keys_are_enough():
    found, problems = parse_settings(b"base_url: https://example.org/\ntimezone: Europe/London\n")
    assert problems == []
    assert (found.title, found.language, found.theme, found.pagination.size) == ("example.org", "en", "default", 12)
    assert (found.build.output, found.build.cache, found.images.quality) == ("public", ".twinsite", 82)
    assert found.markdown_settings().engine == "commonmark"


def test_everything():
    text = """
        title: Brightleaf
        tagline: 1.10
        base_url: https://example.org/shop
        language: en-GB
        timezone: Europe/London
        brand:
          name: Brightleaf
          logo: /logo.svg
          email: press@example.org
          colours: {primary: "#0b5fff"}
        theme: mine
        menu:
          - label: Contests
            to: /contests/
          - label: More
            children:
              - {label: About, to: pages/about.md}
        networks:
          - {network: Mastodon, url: https://social.example/@kim, handle: "@kim"}
        markdown:
          engine: python-markdown
          extensions: [toc]
          extension_configs: {toc: {toc_depth: 3, permalink: true, title: "no"}}
          labels: {note: Hinweis}
        permalinks: {announcement: "/{year}/{month}/{slug}/"}
        pagination: {size: 20}
        taxonomies:
          tags: {terms: [fun, news], pages: yes}
          audience:
            terms:
              uk: United Kingdom
              us:
        outputs: {feeds: {contest: no}}
        images: {widths: [400, 800], quality: 70}
        policies: {allowed_origins: [https://media.example.com/], metrics_max_age_days: 30, broken_links: warning}
        edit_url: https://example.org/edit/
        build: {output: ../www, cache: .cache}
    """
    found, problems = parse_settings(text.replace("\n        ", "\n").encode())
    assert problems == []
    assert found.tagline == "1.10"
    assert found.menu[1].children[0].to == "pages/about.md"
    assert found.networks[0].handle == "kim"
    assert found.markdown_settings().extension_configs == {"toc": {"toc_depth": 3, "permalink": True, "title": "no"}}
    assert found.taxonomies["tags"].vocabulary() == {"fun": "fun", "news": "news"}
    assert found.taxonomies["audience"].vocabulary() == {"uk": "United Kingdom", "us": "us"}
    assert (found.outputs.feeds_of("contest"), found.outputs.feeds_of("site")) == (False, True)
    assert found.policies.allowed_origins == ("https://media.example.com",)


@pytest.mark.parametrize(
    ("text", "place", "rule", "message"),
    [
        (
            GOOD + "tag_line: x\n",
            "4:1",
            "unknown-field",
            'There is no field "tag_line" in site.yaml. Did you mean "tagline"?',
        ),
        ("title: x\ntimezone: UTC\n", "1:1", "missing-field", 'site.yaml needs the field "base_url".'),
        (GOOD.replace("https://", ""), "2:11", "not-a-url", '"example.org/" is not a web address.'),
        (GOOD.replace("https://", "mailto:a@"), "2:11", "not-a-url", '"mailto:a@example.org/" is not a web address.'),
        (
            GOOD.replace("org/", "org/?a=b"),
            "2:11",
            "not-a-base-url",
            'A site cannot stand at "https://example.org/?a=b".',
        ),
        (
            GOOD.replace("London", "Londn"),
            "3:11",
            "unknown-zone",
            'There is no time zone "Europe/Londn". Did you mean "Europe/London"?',
        ),
        (GOOD + "menu:\n  - label: X\n", "5:12", "empty-menu-item", '"X" leads nowhere.'),
        (
            GOOD + "permalinks:\n  contst: /{slug}/\n",
            "5:3",
            "unknown-name",
            'There is no kind "contst". Did you mean "contest"?',
        ),
        (GOOD + "permalinks: {contest: /c/}\n", "4:23", "bad-permalink", '"/c/" makes no address for each record.'),
        (
            GOOD + "permalinks: {contest: '/{slg}/{slug}/'}\n",
            "4:23",
            "bad-permalink",
            '"/{slg}/{slug}/" has more in it than small letters, digits, hyphens and {slug}, {year}, {month}, {day}.',
        ),
        (
            GOOD + "outputs:\n  feeds:\n    tag: no\n",
            "6:5",
            "unknown-name",
            'There is no feed "tag". Did you mean "tags"?',
        ),
        (GOOD + "pagination: {size: 0}\n", "4:20", "out-of-range", "A page cannot show 0 records."),
        (GOOD + "images: {quality: 101}\n", "4:19", "out-of-range", "There is no quality 101."),
        (GOOD + "images: {widths: [800, 400]}\n", "4:18", "out-of-range", "These are no widths for pictures."),
        (
            GOOD + "policies: {metrics_max_age_days: -1}\n",
            "4:34",
            "out-of-range",
            "A number of days cannot be below zero.",
        ),
        (
            GOOD + "policies: {allowed_origins: ['https://x.example/a']}\n",
            "4:30",
            "not-an-origin",
            '"https://x.example/a" is more than a server.',
        ),
        (
            GOOD + "policies: {allowed_origins: ['https://*.example']}\n",
            "4:30",
            "not-an-origin",
            '"https://*.example" does not name one server.',
        ),
        (
            GOOD.replace("org/", "org/a/../b/"),
            "2:11",
            "not-a-base-url",
            'A site cannot stand at "https://example.org/a/../b/".',
        ),
        (
            GOOD + "policies: {permission_notice_days: 99999999999}\n",
            "4:36",
            "out-of-range",
            "99,999,999,999 days are more than a hundred years.",
        ),
        (
            GOOD + "taxonomies: {tag: {}}\n",
            "4:14",
            "unknown-name",
            'There is no set of words "tag". Did you mean "tags"?',
        ),
        (
            GOOD + "build: {output: content/x}\n",
            "4:17",
            "not-a-folder",
            '"content/x" cannot be used: what the build makes must stay apart from its source.',
        ),
        (
            GOOD + "markdown: {labels: {nota: x}}\n",
            "4:21",
            "unknown-name",
            'There is no label "nota". Did you mean "note"?',
        ),
        ("- a\n", "1:1", "not-fields", "site.yaml is not made of settings."),
        ("", "1:1", "not-fields", "site.yaml is empty."),
        ("title: @x\n" + GOOD[18:], "1:8", "needs-quotes", "This value begins with @, which YAML keeps for itself."),
    ],
)
def test_each_mistake_is_one_problem_at_its_place(text, place, rule, message):
    found, problems = parse_settings(text.encode())
    assert found is None
    assert [(f"{each.line}:{each.column}", each.rule, each.message) for each in problems] == [(place, rule, message)]
    assert problems[0].path == "site.yaml"


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: (GOOD + text).encode())))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_settings_or_placed_problems(data):
    found, problems = parse_settings(data)
    assert (found is None) == bool(problems)
    assert all(problem.line is not None for problem in problems)


def test_every_taxonomy_has_fields_that_carry_its_words():
    from twinsite.config import TAXONOMIES
    from twinsite.link.terms import FIELDS

    assert sorted(TAXONOMIES) == sorted({taxonomy for taxonomy, _ in FIELDS})
