"""What a preview keeps in memory is of the files as the last build read them, by whichever way it read them."""

from __future__ import annotations

from tests.support.previewed import Previewed

NEWS = "---\ntitle: News {0}\ndate: 2026-05-0{0}\n---\nIn short.\n\nWords of {1}.\n"
FILE = "content/announcements/n{}.md"


def preview(make_site) -> Previewed:
    return Previewed(make_site({FILE.format(number): NEWS.format(number, "old") for number in range(1, 5)}))


def save(shown: Previewed, number: int, words: str, *others: str):
    return shown.save(FILE.format(number), NEWS.format(number, words), *others)


def test_a_file_saved_before_a_build_that_read_all_is_known_as_it_was_then(make_site):
    shown = preview(make_site)
    assert save(shown, 1, "first").ok
    shown.site.write("site.yaml", (shown.site.folder / "site.yaml").read_text("utf-8") + "tagline: Soap\n")
    assert save(shown, 4, "second", "site.yaml").ok  # other settings: all files are read closely
    result = save(shown, 5, "third")  # a new neighbour, so that the page of the fourth is made again
    assert result.problems == ()
    assert "second" in shown.site.text("announcements/n4/")
    assert "News 5" in shown.site.text("announcements/n4/")


def test_the_first_save_reads_no_other_file(make_site, monkeypatch):
    from twinsite.read import looks

    shown = preview(make_site)
    read: list[str] = []
    read_bytes = looks.read_bytes
    monkeypatch.setattr(looks, "read_bytes", lambda site, path: (read.append(path), read_bytes(site, path))[1])
    assert save(shown, 1, "first").ok
    assert read == ["content/announcements/n1.md"]


def test_each_save_is_seen_after_a_title_with_an_error_was_taken_back(make_site):
    shown = preview(make_site)
    path = FILE.format(1)
    right = (shown.site.folder / path).read_text("utf-8")
    assert not shown.save(path, right.replace("News 1", "Other") + "[gone](gone.md)\n").ok
    assert shown.save(path, right).ok  # the ledger knows this site, the last build worked on another
    for words in ("first", "second", "third"):
        assert save(shown, 1, words).ok
        assert f"Words of {words}." in shown.site.text("announcements/n1/")
