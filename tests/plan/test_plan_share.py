"""The share kit: addresses that say where they were shared, and texts that fit and say at once who is behind them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MakeSite
from tests.support.site import SETTINGS, Site
from twinsite.core.networks import NETWORKS, count_short_urls, count_signs, count_units, count_weighted, find_network
from twinsite.render.filters import draw_qr

CONTEST = """\
---
title: {title}
summary: {summary}
kind_of: judged
sponsor: {{name: Brightleaf Ltd}}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
prizes: [{{name: A kite, value: {{amount: 20, currency: GBP}}}}]
entry:
  methods: [{{type: post, hashtag: "#Spring", platform: Instagram, disclosure_tag: "#SpringContest"}}]
---
Enter.
"""
EVERYWHERE = f"{SETTINGS}share: {{networks: [{', '.join(NETWORKS)}]}}\n"


def write(site: Site, title: str = "Spring", summary: str = "Fly a kite.") -> None:
    site.write("content/contests/spring.md", CONTEST.format(title=f'"{title}"', summary=f'"{summary}"'))


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    site = make_site({"content/index.md": "---\ntitle: Home\n---\nHello.\n"}, EVERYWHERE)
    write(site)
    return site


def kit(site: Site, **options) -> str:
    result = site.build(**options)
    assert result.ok, result.problems
    found = re.search(r'<section class="band kit".*?</section>', site.text("contests/spring/"), re.S)
    return found[0] if found else ""


def texts(page: str) -> dict[str, str]:
    return {
        label: html.unescape(text)
        for label, text in re.findall(r"<dt>([^<]*?)(?: <small.*?)?</dt><dd>(.*?)</dd>", page)
    }


def test_each_link_says_where_it_was_shared(site: Site) -> None:
    page = kit(site)
    links = [html.unescape(link) for link in re.findall(r'href="(.*?)"', page)]
    assert len(links) == sum(network.address is not None for network in NETWORKS.values())
    for text in texts(page).values():
        own = urlsplit(re.search(r"https://example\.org\S+", text)[0])
        query = parse_qs(own.query)
        assert set(query) == {"utm_source", "utm_medium", "utm_campaign"}
        assert own.query == own.query.lower()
        assert query["utm_source"][0] in NETWORKS
        assert query["utm_medium"] == [NETWORKS[query["utm_source"][0]].medium]
        assert query["utm_campaign"] == ["spring"]
    assert not re.search(r'href="(?!https://|mailto:)', page)


def test_no_address_inside_the_site_has_such_words(site: Site) -> None:
    kit(site)
    for path, data in site.files().items():
        text = data.decode("utf-8", "replace")
        for link in re.findall(r'(?:href|src|content)="([^"]*)"', text) if path.endswith(".html") else [text]:
            own = link.startswith(("https://example.org", "..", "/", "#")) or "://" not in link.partition("?")[0]
            assert not (own and "utm_" in link and not link.startswith("mailto:")), (path, link)


def test_the_text_says_first_whose_contest_it_is_and_ends_with_tag_and_address(site: Site) -> None:
    text = texts(kit(site))["Bluesky"]
    assert text == (
        "A contest by Brightleaf Ltd. Spring. Open until 1 July 2026. Fly a kite. #SpringContest "
        "https://example.org/contests/spring/?utm_source=bluesky&utm_medium=social&utm_campaign=spring"
    )


@pytest.mark.parametrize("words", ["kite " * 400, "凧を揚げる" * 100, "👩‍👩‍👧 " * 200, "x" * 700])
@pytest.mark.parametrize("field", ["title", "summary"])
def test_texts_fit_whatever_the_words(site: Site, words: str, field: str) -> None:
    write(site, **{field: words.strip()})
    found = texts(kit(site))
    assert set(found) == {network.label for network in NETWORKS.values()}
    for network in NETWORKS.values():
        text = found[network.label]
        assert network.limit is None or network.count(text) <= network.limit
        assert text.startswith("A contest by Brightleaf Ltd.")
        assert "#SpringContest" in text
        assert "utm_source" in text


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 4, 1, tzinfo=UTC), "It opens on 1 May 2026."),
        (datetime(2026, 6, 1, tzinfo=UTC), "Open until 1 July 2026."),
        (datetime(2026, 8, 1, tzinfo=UTC), None),
    ],
)
def test_the_kit_is_there_while_people_are_asked_for_something(site: Site, now: datetime, words: str | None) -> None:
    page = kit(site, now=now)
    assert (words in page) if words else not page


def test_switched_off_it_is_not_planned(site: Site) -> None:
    site.write("site.yaml", f"{EVERYWHERE}outputs: {{share: {{contest: false}}}}\n")
    assert kit(site) == ""


def test_without_settings_people_share_where_the_brand_is(site: Site) -> None:
    accounts = '[{network: YouTube, url: "https://video.example/x"}, {network: Twitter, url: "https://x.example/x"}]'
    site.write("site.yaml", f"{SETTINGS}networks: {accounts}\n")
    assert list(texts(kit(site))) == ["X", "YouTube", "E-mail"]
    site.write("site.yaml", SETTINGS)
    assert list(texts(kit(site))) == ["Bluesky", "Mastodon", "Facebook", "LinkedIn", "WhatsApp", "E-mail"]


@pytest.mark.parametrize(
    ("text", "weighted", "short", "signs", "units"),
    [
        ("kite", 4, 4, 4, 4),
        ("凧凧", 4, 2, 2, 2),
        ("👾", 2, 1, 1, 2),
        ("cafe\u0301", 4, 5, 5, 5),
        ("see https://example.org/a/very/long/address?with=words now", 31, 31, 58, 58),
    ],
)
def test_each_network_counts_in_its_own_way(text, weighted, short, signs, units):
    counts = (count_weighted(text), count_short_urls(text), count_signs(text), count_units(text))
    assert counts == (weighted, short, signs, units)


def test_networks_are_found_by_the_names_people_write():
    assert [find_network(name).name for name in ("Twitter", "You Tube", "E-Mail", "LinkedIn")] == [
        "x", "youtube", "email", "linkedin",
    ]  # fmt: skip
    assert find_network("Friendster") is None


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=300))
def test_the_qr_code_is_the_one_of_the_address(text: str) -> None:
    drawn = draw_qr(text)
    rows = [[0] * drawn["size"] for _ in range(drawn["size"])]
    for x, y, width in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn["path"]):
        rows[int(y)][int(x) : int(x) + int(width)] = [1] * int(width)
    assert rows == [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
