"""Earned media of a whole site: who speaks comes first, a wall counts honestly, is light, and needs nobody else."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.support.command import run_command
from tests.support.site import Site, write_site
from tests.support.web import serve

SETTINGS = """\
title: Brightleaf
base_url: https://example.org/
timezone: Europe/London
pagination: {size: 60}
brand: {name: Brightleaf}
taxonomies:
  regions: {label: Regions, terms: {uk: United Kingdom, us: United States}}
policies:
  disclosure_labels: [uk]
  showcases:
    collected: 120
    since: 2026-01-01
    until: 2026-05-31
    chosen: Chosen by Jo and Sam.
    checked: Each author has shown us a receipt.
"""
SHOWCASES = Path(__file__).parents[2] / "content" / "showcases"
WORDS = sorted(
    {word for path in SHOWCASES.glob("*.md") for word in re.findall(r"[a-zé’]{2,}", path.read_text("utf-8"))}
)
"""Words of real reviews, to make texts of that cannot be packed better than real ones."""
TWINTERN = """\
---
name: Ana Lopez
handle: ana.pours
relationship: intern_paid
disclosure: Paid intern at Brightleaf
channels: [{network: Instagram, handle: ana.on.film, url: "https://www.pictures.example/ana.on.film/"}]
works:
  - {title: Latte art in 30 seconds, text: Three pours., published: 2026-03-01, disclosure: "#ad"}
---
"""
OWN = "---\ntitle: House blend\nbrand: Brightleaf\n---\n"
THEIRS = "---\ntitle: Grinder\nbrand: Millworks\n---\n"
COLIN = """\
---
medium: post
author: {name: Colin A.}
relationship: employee
published: 2026-05-20
quote: I pack the bags, so weigh this accordingly.
regions: [uk]
permission: {status: granted}
---
"""
DUTCH = """\
---
title: Nooit meer anders
medium: review
author: {name: Piet V.}
relationship: none
platform: Koffiehoek
source_url: https://koffie.example/1
archived: https://archive.example/koffie
published: 2026-05-19
captured: 2026-05-21
quote: Nooit meer anders dan dit.
language: nl
translation: Never anything but this again.
rating: {value: 2}
reply: {by: Jo, date: 2026-05-22, text: "Thank you, Piet."}
product: house-blend
regions: [us]
permission: {status: granted}
media:
  - {type: video, url: "https://video.example/1", poster: cup.png, length: "3:42", alt: A cup, transcript: Dit is het.}
---
"""
FIRST_HAND = """\
---
title: It grinds
medium: review
author: {name: Rosa M.}
relationship: none
published: 2026-05-18
quote: It grinds, and it is quiet.
rating: {value: 4}
product: grinder
permission: {status: granted}
---
"""
PRESS = """\
---
title: A quiet year
medium: article
author: {name: Kim Osei}
relationship: none
platform: The Leeds Post
source_url: https://post.example/quiet
published: 2026-04-02
quote: Nobody queued, and nobody left.
permission: {status: quotation}
---
"""
PAGE = """\
---
title: What people say
---

::: quote colin :::

::: wall layout=grid limit=9 filters="medium, region" :::
"""


def write_review(number: int) -> str:
    """One of many reviews, of 60 words as they come."""
    words = " ".join(Random(number).choices(WORDS, k=60))
    return (
        f"---\nmedium: review\nauthor: {{name: Reader {number}}}\nrelationship: none\nplatform: Trustpilot\n"
        f"source_url: https://reviews.example/{number}\npublished: 2026-03-{number % 28 + 1:02}\n"
        f"quote: Number {number}, {words}.\nrating: {{value: {number % 3 + 3}}}\n"
        "permission: {status: granted}\n---\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Fifty showcases, a twintern, two products and a page with a wall, built once."""
    picture = (Path(__file__).parents[2] / "content/showcases/dog.webp").read_bytes()
    files: dict[str, str | bytes] = {f"content/showcases/r{number}.md": write_review(number) for number in range(46)}
    files |= {
        "content/showcases/colin.md": COLIN,
        "content/showcases/piet.md": DUTCH.replace("cup.png", "cup.webp"),
        "content/showcases/cup.webp": picture,
        "content/showcases/rosa.md": FIRST_HAND,
        "content/showcases/post.md": PRESS,
        "content/twinterns/ana.md": TWINTERN,
        "content/products/house-blend.md": OWN,
        "content/products/grinder.md": THEIRS,
        "content/pages/voices.md": PAGE,
    }
    made = write_site(tmp_path_factory.mktemp("earned"), files, SETTINGS)
    result = made.build(jobs=1)
    assert result.ok, result.problems
    return made


def read_text(html: str) -> str:
    """The words of some HTML in a row."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_wall_of_fifty_is_light_and_comes_from_here_alone(site):
    html = site.text("showcases/")
    assert html.count("<article") == 50
    assert len(gzip.compress(html.encode(), 9, mtime=0)) < 30_000
    assert "<script" not in html
    loaded = re.findall(
        r'<(?:img|link|source|iframe|video|audio|embed|object)\b[^>]*?(?:src|href|srcset)="([^"]+)"', html
    )
    assert all(not address.startswith(("http:", "https:", "//")) or "example.org" in address for address in loaded)
    assert not re.search(r"<(?:iframe|video|audio|embed|object)\b", html)


def test_it_says_how_many_of_how_many_and_who_chose_them(site):
    text = read_text(site.text("showcases/"))
    assert "50 of 120 collected, 1 January 2026 – 31 May 2026 . Chosen by Jo and Sam. Each author has shown" in text
    narrowed = read_text(site.text("showcases/medium/review/"))
    assert "48 of the 50 shown, which were chosen from 120 collected" in narrowed
    assert "9 of the 50 shown, which were chosen from 120 collected" in read_text(site.text("voices/"))


def test_each_way_to_narrow_it_has_an_address(site):
    html = site.text("showcases/")
    for address, count in (("medium/post", 1), ("product/grinder", 1), ("region/uk", 1), ("medium/review", 48)):
        page = site.text(f"showcases/{address}/")
        assert page.count("<article") == count
        assert f'{address}/"' in html
        assert "<script" not in page
    assert "United Kingdom" in html
    assert "Grinder" in html


def test_the_press_list_names_outlet_author_day_title_and_link(site):
    text = read_text(site.text("showcases/press/"))
    assert "April 2026 The Leeds Post , Kim Osei, 2 April 2026 A quiet year The original" in text
    assert 'href="https://post.example/quiet"' in site.text("showcases/press/")
    assert "A quiet year" in site.text("showcases/press/2026/04/")
    assert "Nooit" not in site.text("showcases/press/2026/")


def test_both_languages_stand_on_the_page_and_the_film_is_a_link(site):
    html = site.text("showcases/piet/")
    words = '<blockquote cite="https://koffie.example/1" lang="nl"><p dir="auto">Nooit meer anders dan dit.</p>'
    assert words in html
    assert re.search(r'<p class="voice-translation" lang="en">.*Never anything but this again.', html)
    assert "21 May 2026" in html
    assert 'href="https://archive.example/koffie"' in html
    film = re.search(r'<a class="film" href="https://video.example/1".*?</a>', html, re.DOTALL)
    assert film
    assert "<img" in film[0]
    assert "3:42" in film[0]
    assert not re.search(r"<(?:video|audio|iframe)\b", html)


def test_the_answer_stands_beneath_the_words_with_who_and_when(site):
    for page in ("showcases/piet/", "showcases/", "showcases/medium/review/"):
        html = site.text(page)
        words, answer = html.index("Nooit meer anders dan dit."), html.index("Thank you, Piet.")
        assert words < answer
        assert 'Jo, <time datetime="2026-05-22">' in html


def find_structures(html: str) -> Iterator[dict[str, object]]:
    for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        yield json.loads(found)


def test_search_engines_are_told_of_no_review_of_our_own_and_of_no_average(site):
    kinds = {}
    for path in site.output.rglob("*.html"):
        for one in find_structures(path.read_text(encoding="utf-8")):
            kinds.setdefault(one["@type"], []).append((path.relative_to(site.output).as_posix(), one))
            assert "aggregateRating" not in json.dumps(one)
            assert "AggregateRating" not in json.dumps(one)
    ((where, review),) = kinds["Review"]
    assert where == "showcases/rosa/index.html"
    assert review["itemReviewed"] == {
        "@type": "Product",
        "name": "Grinder",
        "brand": {"@type": "Brand", "name": "Millworks"},
    }
    assert review["reviewRating"]["ratingValue"] == "4"
    assert review["reviewBody"] in site.text("showcases/rosa/")
    assert review["author"] == {"@type": "Person", "name": "Rosa M."}


def test_what_connects_the_speaker_comes_first_everywhere(site):
    tie = "Ad. Works for the brand"
    for page in (
        "showcases/colin/",
        "showcases/",
        "showcases/medium/post/",
        "showcases/region/uk/",
        "voices/",
        "2026/05/",
    ):
        text = read_text(site.text(page)).replace(" .", ".")
        parts = text.split("I pack the bags")
        assert len(parts) > 1, page
        assert all(tie in part[-400:] for part in parts[:-1]), page
    work = read_text(site.text("twinterns/ana/")).replace(" .", ".")
    assert work.index("Ad. Paid intern of the brand") < work.index("Latte art in 30 seconds")


LABELS = """() => [...document.querySelectorAll(".wall-item, .voice-inline, .said, .work")].map((box) => {
  const tie = box.querySelector(".tie"), words = box.querySelector("blockquote") || box.querySelector("h1, h3");
  const body = parseFloat(getComputedStyle(document.body).fontSize);
  return [parseFloat(getComputedStyle(tie).fontSize) >= body,
    !!(tie.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING),
    tie.getBoundingClientRect().top <= words.getBoundingClientRect().top,
    tie.getClientRects().length > 0 && getComputedStyle(tie).visibility === "visible"];
})"""


@pytest.mark.browser
def test_a_browser_shows_the_label_first_and_in_the_size_of_text(site, page_at):
    with serve(site.output, "/") as base:
        page = page_at(390, java_script_enabled=True)
        for path in ("showcases/", "showcases/colin/", "showcases/piet/", "voices/", "twinterns/ana/"):
            page.goto(base + path)
            found = page.evaluate(LABELS)
            assert found, path
            assert all(all(one) for one in found), (path, found)


@pytest.mark.browser
def test_a_wall_in_a_text_is_narrowed_without_scripts_by_keyboard(site, page_at):
    with serve(site.output, "/") as base:
        page = page_at(1280, java_script_enabled=False)
        page.goto(base + "voices/")
        items = page.locator(".wall-item")
        everything = items.count()
        assert everything == 9
        page.locator("input[name=pick]").first.focus()
        page.keyboard.press("ArrowDown")
        shown = [n for n in range(everything) if items.nth(n).is_visible()]
        label = page.locator("label:has(input:checked)").inner_text()
        assert 0 < len(shown) < everything
        assert label.split()[-1] == str(len(shown))
        page.keyboard.press("ArrowUp")
        assert all(items.nth(n).is_visible() for n in range(everything))


@pytest.mark.parametrize(
    ("author", "more"),
    [
        ("{name: '@Ana.Pours'}", ""),
        ("{name: ana  LOPEZ}", ""),
        ("{name: A. L., handle: ANA.on.film}", ""),
        ("{name: A. L., url: 'http://pictures.example/ana.on.film?from=wall'}", ""),
        ("{name: A. L.}", "source_url: https://pictures.example/ana.on.film/p/12\n"),
        ("{name: Ana Lopez, url: 'https://pictures.example/Ana.On.Film', namesake: yes}", ""),
    ],
)
def test_a_twintern_who_poses_as_a_stranger_stops_the_build(make_site, author, more):
    post = COLIN.replace("{name: Colin A.}", author).replace("employee", "none").replace("quote:", f"{more}quote:")
    made = make_site({"content/showcases/one.md": post, "content/twinterns/ana.md": TWINTERN})
    assert [problem.rule for problem in made.build(jobs=1).problems] == ["hidden-relationship"]


def test_words_in_a_text_are_held_to_the_same(make_site):
    text = '---\ntitle: T\n---\n::: quote author="{}"\nI like it.\n:::\n'
    made = make_site(
        {
            "content/pages/one.md": text.format("ana lopez"),
            "content/pages/two.md": text.format('Ana Lopez" relationship="intern_paid'),
            "content/pages/three.md": text.format("Somebody else"),
            "content/twinterns/ana.md": TWINTERN,
        }
    )
    (problem,) = made.build(jobs=1).problems
    assert (problem.rule, problem.path, problem.line) == ("hidden-relationship", "content/pages/one.md", 4)


@pytest.mark.parametrize(
    "author", ["{name: Ana Lopez, namesake: yes}", "{name: Ana L.}", "{name: M., url: 'https://pictures.example/'}"]
)
def test_a_stranger_stays_a_stranger(make_site, author):
    post = COLIN.replace("{name: Colin A.}", author).replace("employee", "none")
    made = make_site({"content/showcases/one.md": post, "content/twinterns/ana.md": TWINTERN})
    assert made.build(jobs=1).problems == ()


def test_the_word_all_goes_when_a_permission_ends_and_nothing_breaks(make_site):
    settings = SETTINGS.replace("collected: 120", "collected: 2\n    complete: true")
    ending = PRESS.replace("{status: quotation}", "{status: granted, expires: 2026-06-20}")
    index = "---\ntitle: All our reviews\n---\nText.\n"
    files = {"content/showcases/a.md": COLIN, "content/showcases/b.md": ending, "content/showcases/_index.md": index}
    made = make_site(files, settings)
    first = made.build(jobs=1)
    assert {problem.rule for problem in first.problems} <= {"permission-ends-soon"}
    assert "All 2 that we collected" in made.text("showcases/")
    later = made.build(now=first_day_after(), jobs=1)
    assert later.ok
    assert [(problem.rule, problem.severity) for problem in later.problems] == [("claims-to-be-all", "notice")]
    assert "1 of 2 collected" in read_text(made.text("showcases/"))


def first_day_after():
    """A moment after the permission of the test before has ended."""
    from datetime import UTC, datetime

    return datetime(2026, 6, 21, tzinfo=UTC)


def test_a_complaint_that_waits_too_long_fails_the_check_and_never_the_build(make_site):
    made = make_site({"content/showcases/a.md": FIRST_HAND.replace("value: 4", "value: 1").replace("grinder", "blend"),
                      "content/products/blend.md": OWN})  # fmt: skip
    where = ("--site", made.folder, "--now", "2026-06-02T12:00:00Z")
    built = run_command("build", *where, "--output", made.output, "--strict")
    assert (built.code, "unanswered-criticism" in built.err) == (0, True)
    assert run_command("check", *where).code == 1
    assert run_command("check", "--site", made.folder, "--now", "2026-06-01T12:00:00Z").code == 0


def test_a_new_medium_makes_its_list_without_a_clean_build(make_site):
    made = make_site(
        {"content/showcases/a.md": COLIN, "content/showcases/b.md": FIRST_HAND.replace("product: grinder\n", "")}
    )
    assert made.build(jobs=1).ok
    made.write("content/showcases/b.md", FIRST_HAND.replace("product: grinder\n", "").replace("review", "comment"))
    result = made.build(jobs=1)
    assert result.ok
    assert (made.output / "showcases/medium/comment/index.html").is_file()
    assert not (made.output / "showcases/medium/review").exists()
