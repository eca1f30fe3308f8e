"""What a preview keeps in memory is of the files as the last build read them, by whichever way it read them."""

from __future__ import annotations

from tests.support.site import NOW
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore

NEWS = "---\ntitle: {}\ndate: 2026-05-0{}\n---\nWords of {}.\n"


class Previewed:
    """A site of four announcements, one a day, built as a preview does."""

    def __init__(self, site) -> None:
        self.site, self.memory = site, MemoryStore()

    def save(self, number: int, words: str, *others: str):
        path = f"content/announcements/n{number}.md"
        self.site.write(path, NEWS.format(f"News {number}", number, words))
        return self.build(frozenset([path, *others]))

    def build(self, touched=None):
        request = BuildRequest(self.site.folder, self.site.output, now=NOW, jobs=1, preview=True, touched=touched)
        return build_site(request, self.memory)


def preview(make_site) -> Previewed:
    files = {
        f"content/announcements/n{number}.md": NEWS.format(f"News {number}", number, "old") for number in range(1, 5)
    }
    made = Previewed(make_site(files))
    assert made.build().ok
    return made


def test_a_file_saved_before_a_build_that_read_all_is_known_as_it_was_then(make_site):
    shown = preview(make_site)
    assert shown.save(1, "first").ok
    shown.site.write("site.yaml", (shown.site.folder / "site.yaml").read_text("utf-8") + "tagline: Soap\n")
    assert shown.save(4, "second", "site.yaml").ok  # other settings: all files are read closely
    result = shown.save(5, "third")  # a new neighbour, so that the page of the fourth is made again
    assert result.problems == ()
    assert "second" in shown.site.text("announcements/n4/")
    assert "News 5" in shown.site.text("announcements/n4/")


def test_the_first_save_reads_no_other_file(make_site, monkeypatch):
    from twinsite.read import looks

    shown = preview(make_site)
    read: list[str] = []
    read_bytes = looks.read_bytes
    monkeypatch.setattr(looks, "read_bytes", lambda site, path: (read.append(path), read_bytes(site, path))[1])
    assert shown.save(1, "first").ok
    assert read == ["content/announcements/n1.md"]
