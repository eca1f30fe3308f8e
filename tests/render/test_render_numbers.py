"""Numbers as readers see them: in the words of the site's language, with all their digits."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from twinsite.render.filters import make_filters


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 12400, "12,400"),
        ("en", "298.00", "298.00"),
        ("en", "0.123456", "0.123456"),
        ("en", None, ""),
        ("de", "1312.40", "1.312,40"),
        ("en-IN", "1234567.5", "12,34,567.5"),
    ],
)
def test_a_number_keeps_its_digits(language, value, shown):
    assert make_filters(language)["number"](value) == shown


@pytest.mark.parametrize(
    ("language", "place", "shown"),
    [
        ("en", "United Kingdom", "the United Kingdom"),
        ("en-GB", "uk", "the UK"),
        ("en", "Wales", "Wales"),
        ("de", "uk", "UK"),
        ("de", "United Kingdom", "United Kingdom"),
    ],
)
def test_a_place_stands_in_a_sentence(language, place, shown):
    assert make_filters(language)["place"](place) == shown


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "ar", "cs", "fa", "fi", "ja", "my", "ru", "th", "zh-Hant"])
def test_a_day_is_written_as_babel_writes_it(language):
    show = make_filters(language)["date"]
    for day in (date(1, 1, 9), date(987, 10, 31), *(date(2026, month, 7) for month in range(1, 13))):
        wanted = format_date(day, "d MMMM y", locale=Locale.parse(language, sep="-"))
        assert show(day.isoformat()) == wanted


def test_a_number_that_a_template_holds_is_in_the_language_of_today(make_site):
    theme = {
        "themes/ours/theme.yaml": "extends: default\n",
        "themes/ours/templates/page/page.html": "{{ 12400 | number }}",
    }
    settings = "title: T\nbase_url: https://example.org/\ntimezone: UTC\ntheme: ours\nlanguage: "
    site = make_site({**theme, "content/pages/a.md": "---\ntitle: A\n---\n"}, f"{settings}en\n")
    assert site.build(jobs=1).ok
    assert site.text("a/") == "12,400"
    site.write("site.yaml", f"{settings}de\n")
    assert site.build(jobs=1).ok
    assert site.text("a/") == "12.400"
