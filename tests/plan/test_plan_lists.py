"""Lists: archives in words, pages whose numbers keep their content, and records that are related."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS
from twinsite.plan import related
from twinsite.plan.paging import cut_pages
from twinsite.plan.related import REACH, SHOWN

HOME = {"content/index.md": "---\ntitle: Home\n---\n"}


def news(title: str, date: str, tags: str = "tea") -> str:
    return f"---\ntitle: {title}\ndate: {date}\ntags: [{tags}]\n---\n\nWords.\n"


def cards(result: Any, url: str) -> list[str]:
    page = next(page for page in result.plan.pages if page.url == url)
    return [card["title"] for card in page.view["cards"]]


@pytest.mark.parametrize(
    ("language", "month", "first"), [("en", "November 2009", "March 2026"), ("de", "November 2009", "März 2026")]
)
def test_archives_are_titled_in_words(make_site: MakeSite, language: str, month: str, first: str) -> None:
    files = {
        "content/announcements/old.md": news("Old", "2009-11-30"),
        "content/announcements/new.md": news("New", "2026-03-01"),
    }
    site = make_site({**HOME, **files}, SETTINGS + f"language: {language}\n")
    assert site.build().ok
    assert f"<h1>{month}</h1>" in site.text("2009/11/")
    assert first in site.text("announcements/2026/03/").split("<h1>")[1].split("</h1>")[0]
    assert month in site.text("2009/11/").split("<title>")[1].split("</title>")[0]


def test_archives_can_be_left_out(make_site: MakeSite) -> None:
    files = {**HOME, "content/announcements/a.md": news("A", "2026-03-01")}
    site = make_site(files, SETTINGS + "outputs: {archives: no}\n")
    result = site.build()
    assert result.ok
    assert [page.url for page in result.plan.pages if "2026" in page.url] == []
    assert "2026/" not in site.text("announcements/")
    linked = {**files, "content/pages/old.md": "---\ntitle: Old\n---\n[March](/2026/03/)\n"}
    assert make_site(linked).build().ok
    found = make_site(linked, SETTINGS + "outputs: {archives: no}\n").build()
    assert [problem.rule for problem in found.problems] == ["broken-link"]


def test_a_month_lists_its_records_and_leads_to_its_neighbours(make_site: MakeSite) -> None:
    dates = ("2025-12-31", "2026-01-01", "2026-01-31", "2026-03-01")
    files = {f"content/announcements/a{number}.md": news(f"N{number}", day) for number, day in enumerate(dates)}
    result = make_site({**HOME, **files}).build()
    assert cards(result, "/2026/01/") == ["N2", "N1"]
    page = next(page for page in result.plan.pages if page.url == "/2026/01/")
    assert (page.view["newer"]["url"], page.view["older"]["url"]) == ("/2026/03/", "/2025/12/")
    assert not any(page.url == "/2026/02/" for page in result.plan.pages)


@pytest.mark.parametrize("size", [1, 2, 3, 12])
def test_a_number_keeps_its_records_when_one_is_added_in_front(size: int) -> None:
    for count in range(40):
        records: list[Any] = list(range(count, 0, -1))
        before, after = cut_pages(records, size), cut_pages([count + 1, *records], size)
        assert [record for _, chunk in before for record in chunk] == records
        assert all(chunk for number, chunk in before if number is not None)
        assert len(before[0][1]) < 2 * size or count == 0
        numbered = dict(after)
        assert all(numbered[number] == chunk for number, chunk in before if number is not None)


def test_numbered_pages_stay_as_records_come(make_site: MakeSite) -> None:
    files = {
        f"content/announcements/a{number}.md": news(f"N{number}", f"2026-01-{number + 1:02}") for number in range(9)
    }
    site = make_site({**HOME, **files}, SETTINGS + "pagination: {size: 3}\n")
    first = site.build()
    site.write("content/announcements/new.md", news("New", "2026-02-01"))
    second = site.build()
    for url in ("/announcements/page/1/", "/announcements/page/2/", "/tags/tea/page/1/"):
        assert cards(first, url) == cards(second, url)
    assert cards(second, "/announcements/") == ["New", "N8", "N7", "N6"]
    assert cards(first, "/announcements/page/1/") == ["N2", "N1", "N0"]


def test_related_records_share_the_most_and_stand_near(make_site: MakeSite) -> None:
    files = {
        f"content/announcements/a{number:02}.md": news(f"N{number}", f"2026-01-{number + 1:02}") for number in range(28)
    }
    files["content/announcements/both.md"] = news("Both", "2026-01-24", "tea, leeds")
    files["content/announcements/other.md"] = news("Other", "2026-06-01", "tea, leeds")
    files["content/announcements/apart.md"] = news("Apart", "2026-01-14", "coffee")
    result = make_site({**BARE, **HOME, **files}, SETTINGS + "theme: bare\n").build()
    views = {page.url: page.view for page in result.plan.pages}
    near = [card["title"] for card in views["/announcements/a13/"]["related"]]
    assert len(near) == SHOWN
    assert set(near) == {"N10", "N11", "N12", "N14", "N15", "N16"}
    assert views["/announcements/other/"]["related"][0]["title"] == "Both"
    assert views["/announcements/apart/"]["related"] == []


def test_related_records_are_found_without_comparing_all_with_all(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each group and tag at most eight on each side are looked at, however many there are."""
    looked: list[int] = []
    near = related._near

    def watch(ranked: Any, entry: Any) -> Any:
        found = near(ranked, entry)
        looked.append(len(found))
        return found

    monkeypatch.setattr(related, "_near", watch)
    files = {
        f"content/announcements/a{number}.md": news(f"N{number}", f"2026-01-{number % 28 + 1:02}")
        for number in range(200)
    }
    assert make_site({**BARE, **HOME, **files}, SETTINGS + "theme: bare\n").build().ok
    assert max(looked) <= 2 * REACH + 1
    assert len(looked) <= 200 * 2
