"""The default theme in a browser: it fits, its colours can be read whatever the brand's are, fingers can hit it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.files import find_pages
from twinsite.read.theme import read_theme

pytestmark = pytest.mark.browser

BRANDS = {
    "none": "",
    "yellow": ":root { --brand: #ffe600; --brand-2: #fff7b0; }\n",
    "black": ":root { --brand: #000000; }\n",
    "white": ":root { --brand: #ffffff; --brand-2: #eeeeee; }\n",
    "lime": ":root { --brand: #00ff00; --brand-2: #ff00ff; }\n",
    "blue": ":root { --brand: #0000ff; --brand-2: #00ffff; }\n",
    "red": ":root { --brand: #ff0033; --brand-2: #7a0019; }\n",
    "petrol": ":root { --brand: #12475a; --brand-2: #d9532c; }\n",
}
ON_GROUND = ("ink", "muted", "accent", "second", "open", "voting", "judging", "upcoming", "announced", "void")
PAIRS = [
    *((name, ground, 4.5) for name in ON_GROUND for ground in ("surface", "raised", "soft")),
    ("accent-ink", "accent", 4.5),
    ("surface", "ink", 4.5),
    ("edge", "surface", 3.0),
    ("edge", "raised", 3.0),
]
MEASURE = """(names) => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name) => {
    probe.className = "probe-" + name;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}"""
NAMES = sorted({name for pair in PAIRS for name in pair[:2]})
PROBES = "".join(f".probe-{name} {{ color: var(--{name}); }}\n" for name in NAMES)
TOO_SMALL = """() => [...document.querySelectorAll(
  ".button, .site-menu a, .site-menu summary, .pager a, .years a, .crumbs a, .tags a, .site-footer nav a, .voice-more"
)].filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML)"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def luminance(colour):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pages_of(site):
    return [
        page.relative_to(site.output).as_posix().removesuffix("index.html")
        for page in find_pages(site.output)
        if page.name != "404.html" and 'http-equiv="refresh"' not in page.read_text(encoding="utf-8")
    ]


@pytest.fixture
def brand_page(tmp_path, serve_folder, page_at):
    """Opens an empty page with the theme's style sheet under a brand's colours."""

    def open_page(prelude, scheme, **options):
        theme, problems = read_theme(tmp_path, "default", hashed=False, prelude=prelude)
        assert theme is not None, problems
        shutil.rmtree(tmp_path / "assets", ignore_errors=True)
        for asset in theme.assets:
            target = tmp_path / asset.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(asset.data)
        (tmp_path / "probes.css").write_text(PROBES, encoding="utf-8")
        sheets = [f'<link rel="stylesheet" href="{sheet}">' for sheet in (*theme.stylesheets, "/probes.css")]
        (tmp_path / "index.html").write_text(f"<!doctype html>{''.join(sheets)}<body>", encoding="utf-8")
        page = page_at(1280, scheme, **options)
        page.goto(serve_folder(tmp_path), wait_until="load")
        return page

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("brand", sorted(BRANDS))
def test_its_colours_can_be_read(brand_page, brand, scheme):
    colours = brand_page(BRANDS[brand], scheme).evaluate(MEASURE, NAMES)
    found = {
        f"{one} on {other}": round(ratio, 2)
        for one, other, least in PAIRS
        if (ratio := contrast(colours[one], colours[other])) < least
    }
    assert found == {}


def test_no_page_is_wider_than_its_window(states, states_address, page_at):
    page = page_at(320)
    wide = {}
    for path in pages_of(states):
        page.goto(states_address + path, wait_until="load")
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if over := page.evaluate(TOO_WIDE):
                wide[path, width] = over
        page.set_viewport_size({"width": 320, "height": 800})
    assert wide == {}


def test_what_is_pressed_is_large_enough(states, states_address, page_at):
    page = page_at(360)
    small = []
    for path in ("", "contests/open/", "announcements/", "showcases/", "twinterns/ana-lopez/"):
        page.goto(states_address + path, wait_until="load")
        small += page.evaluate(TOO_SMALL)
    assert small == []


def test_it_works_without_scripts_and_asks_nobody_else(states, states_address, page_at):
    page = page_at(360, java_script_enabled=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(states_address + "everything/", wait_until="load")
    page.locator(".faq summary").click()
    assert page.locator(".faq-answer").is_visible()
    page.goto(states_address, wait_until="load")
    page.locator(".submenu > summary").click()
    page.locator(".submenu a", has_text="People").click()
    assert page.locator("h1").inner_text() == "Twinterns"
    assert [url for url in asked if not url.startswith(states_address)] == []


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(states_address, page_at):
    page = page_at(1280)
    page.goto(states_address, wait_until="load")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page-body"


def test_anyone_can_use_the_pages_of_every_state_in_the_light_and_in_the_dark(states_address, page_at):
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    # In the dark, only the colours differ.
    rules = {"light": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"], "dark": ["color-contrast"]}
    page = page_at(1280)
    found = []
    for path in (
        "",
        "everything/",
        "contests/",
        "contests/open/",
        "contests/void/",
        "contests/cup-of-spring/",
        "twinterns/ana-lopez/",
        "showcases/maria-k/",
        "announcements/",
        "programmes/twinternship/",
    ):
        page.goto(states_address + path, wait_until="load")
        page.evaluate(axe)
        for scheme, wanted in rules.items():
            page.emulate_media(color_scheme=scheme)
            options = {"runOnly": wanted, "resultTypes": ["violations"]}
            violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
            found += [f"{path} {scheme} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    assert found == []


def test_a_state_keeps_its_mark_where_the_system_chooses_the_colours(states_address, page_at):
    page = page_at(1280, forced_colors="active")
    page.goto(states_address + "contests/", wait_until="load")
    mark = "getComputedStyle(document.querySelector('.state'), '::before').width"
    assert page.evaluate(mark) not in ("0px", "auto")


def test_paper_has_no_menu_and_shows_where_links_lead(states_address, page_at):
    page = page_at(800)
    page.goto(states_address + "everything/", wait_until="load")
    page.emulate_media(media="print")
    assert not page.locator(".site-menu").is_visible()
    assert page.locator("h1").is_visible()
    after = "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after').content"
    assert "https" in page.evaluate(after) or "attr" in page.evaluate(after)
