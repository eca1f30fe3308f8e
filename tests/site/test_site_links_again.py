"""Links are judged again whenever a page has another anchor or names another address, and only then."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS, Site
from tests.support.texts import page
from twinsite import press


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    files = {
        "content/index.md": page("Home", body="See [one](pages/one.md#part)."),
        "content/pages/one.md": page("One", body="## Part\n\nWords."),
    }
    return make_site(BARE | files, f"{SETTINGS}theme: bare\n")


def rules(site: Site) -> list[str]:
    return [problem.rule for problem in site.build().problems if problem.severity != "notice"]


def test_an_anchor_that_goes_is_missed(site: Site) -> None:
    assert rules(site) == []
    site.write("content/pages/one.md", page("One", body="## Other part\n\nWords."))
    assert rules(site) == ["broken-anchor"]
    assert rules(site) == ["broken-anchor"]
    site.write("content/pages/one.md", page("One", body="## Part\n\nMore words."))
    assert rules(site) == []


def test_a_link_that_comes_is_judged(site: Site) -> None:
    assert rules(site) == []
    site.write("content/pages/one.md", page("One", body="## Part\n\n[Nothing](#there)."))
    assert rules(site) == ["broken-anchor"]


def test_other_words_alone_are_no_reason(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules(site) == []
    monkeypatch.setattr(press, "check_links", None)
    site.write("content/pages/one.md", page("One", body="## Part\n\nOther words."))
    assert rules(site) == []
    assert "Other words" in site.text("one/")
