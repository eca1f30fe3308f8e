"""Media kits and link pages in a browser: one that prints, and one that is light."""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.conftest import PageAt, ServeFolder
from tests.site.test_site_media_kit import ANA, FILES, MORE
from tests.support.site import Site, write_site

LIGHT = 20_000
"""Bytes that a page of links may weigh, with all that a browser asks for."""
MANY = "".join(f"  - {{label: Link number {n}, url: 'https://shop.example.org/{n}'}}\n" for n in range(12))
WORKS = "".join(
    f"  - {{title: Work number {n}, url: 'https://video.example/{n}', network: YouTube, disclosure: Ad}}\n"
    for n in range(20)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """With the heaviest portrait there is: one of noise, that no compression makes small."""
    buffer = BytesIO()
    noise = random.Random(7).randbytes(900 * 900 * 3)
    Image.frombytes("RGB", (900, 900), noise).save(buffer, "PNG")
    full = (
        ANA.replace("ana.jpg", "noise.png")
        .replace("links:\n", f"links:\n{MANY}")
        .replace("works:\n", f"works:\n{WORKS}")
    )
    files = {**FILES, "content/twinterns/ana.md": full, "content/twinterns/noise.png": buffer.getvalue()}
    site = write_site(tmp_path_factory.mktemp("kits"), files, MORE)
    assert site.build().ok
    return site


def test_the_kit_prints_as_a_document(site: Site, serve_folder: ServeFolder, page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto(f"{serve_folder(site.output)}twinterns/ana/kit/")
    names = page.locator(".sheet h2").all_inner_texts()
    assert names == ["In short", "Channels", "Works", "What work costs", "To go on"]
    assert page.locator(".sheet-code svg").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".site-header, .site-footer, .crumbs, .sheet .act").filter(visible=True).count()
    assert page.locator(".sheet-tie").is_visible()
    pdf = page.pdf(format="A4", tagged=True, outline=True)
    assert 1 <= len(re.findall(rb"/Type /Page\b(?!s)", pdf)) <= 3
    titles = [title.decode("latin-1") for title in re.findall(rb"/Title \(([^)]*)\)", pdf)]
    assert [title for title in titles if title in names] == names


def fetch_all(page: Any, address: str) -> dict[str, int]:
    """Every address that the browser asks for, with the bytes that come."""
    found: dict[str, int] = {}
    page.on("response", lambda response: found.update({response.url: len(response.body())}))
    page.goto(address, wait_until="networkidle")
    icon = page.locator('link[rel="icon"]').get_attribute("href")
    response = page.request.get(page.evaluate("(path) => new URL(path, location).href", icon))
    found[response.url] = len(response.body())
    return found


def test_the_page_of_links_is_light_whatever_stands_on_it(
    site: Site, serve_folder: ServeFolder, page_at: PageAt
) -> None:
    root = serve_folder(site.output)
    found = fetch_all(page_at(390), f"{root}twinterns/ana/links/")
    assert all(url.startswith(root) for url in found)
    assert len(found) == 4
    assert sum(found.values()) < LIGHT, found


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(site: Site, serve_folder: ServeFolder, page_at: PageAt, width: int) -> None:
    page = page_at(width)
    root = serve_folder(site.output)
    for address in ("twinterns/ana/links/", "twinterns/ana/kit/", "press/"):
        page.goto(root + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{root}twinterns/ana/links/")
    heights = page.locator("section a").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) >= 44
