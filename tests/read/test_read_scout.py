"""What a scout parsed ahead is what is parsed without one, and counts only where its guess was right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.support.quotes import write_quote
from tests.support.site import NOW, Site, write_site
from twinsite import imprint
from twinsite.aside import do_aside, keep_aside
from twinsite.cache.memory import MemoryStore
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.request import BuildRequest
from twinsite.installed import read_salt
from twinsite.read import drafts as reading
from twinsite.read.drafts import Drafts, read_drafts
from twinsite.read.scout import Ahead, Scout
from twinsite.read.tree import read_tree
from twinsite.validate.settings import parse_settings

ODD = ("", "---\ntitle: [a\n---\nText\n", "---\ntitle: a\n---\n::: quote\n", "---\ntitle: é\n---\r\nText[^1]\n")
PLAIN = "title: Here\nbase_url: https://here.example/\ntimezone: UTC\n"
OWN = PLAIN + "markdown: {engine: python-markdown, extensions: [tables], smart: false}\n"

pytestmark = pytest.mark.usefixtures("forking")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Some pages, a few of them odd, and one showcase."""
    for number in range(45):
        text = (
            ODD[number // 10] if number % 10 == 0 and number < 40 else f'---\ntitle: P{number}\n---\n"It" [is](a.md).\n'
        )
        write(tmp_path / f"content/pages/p{number}.md", text)
    write(tmp_path / "content/showcases/one.md", write_quote(1, "One."))
    write(tmp_path / "site.yaml", PLAIN)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def send(site: Path, settings: MarkdownSettings, salt: str = "") -> Ahead:
    """What a scout brings that had all the time it wanted."""
    scout = Scout(site, sorted(path.relative_to(site).as_posix() for path in site.rglob("content/**/*.md")))

    def run() -> bytes:
        scout.run()
        return b"done"

    with do_aside(run) as wait:
        scout.listen()
        try:
            wait()
            return scout.take(settings, salt or read_salt())
        finally:
            scout.close()


def read(site: Path, settings: MarkdownSettings, ahead: Ahead, jobs: int = 1) -> list[Drafts]:
    return list(read_drafts(site, read_tree(site)[0].records, settings, MemoryStore(), read_salt(), jobs, ahead=ahead))


def plain(parts: list[Drafts]) -> list[tuple[object, ...]]:
    drafts = [(one.path, one.digest, one.encoded, one.outline, one.packed) for part in parts for one in part.drafts]
    return [*drafts, *[problem for part in parts for problem in part.problems], *[part.unread for part in parts]]


@pytest.mark.parametrize("text", [PLAIN, OWN])
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_parsed_ahead_is_the_same(site: Path, monkeypatch: pytest.MonkeyPatch, text: str, jobs: int) -> None:
    monkeypatch.setattr(reading, "FEWEST", 2)
    write(site / "site.yaml", text)
    settings = parse_settings(text.encode())[0]
    assert settings
    markdown = settings.markdown_settings()
    ahead = send(site, markdown)
    paths = [path for paths, _ in ahead for path in paths]
    assert sorted(paths) == sorted(str(path.relative_to(site)) for path in site.rglob("*.md"))
    expected = plain(read(site, markdown, ()))
    assert plain(read(site, markdown, ahead, jobs)) == expected
    assert plain(read(site, markdown, ahead[:2], jobs)) == expected
    anew: list[str] = []
    parse = reading.parse_files
    monkeypatch.setattr(
        reading, "parse_files", lambda files, bodies: anew.extend(path for path, _ in files) or parse(files, bodies)
    )
    assert plain(read(site, markdown, ahead)) == expected
    assert not anew


def test_a_wrong_guess_counts_for_nothing(site: Path) -> None:
    assert not send(site, MarkdownSettings(smart=False))
    assert not send(site, MarkdownSettings(), "f" * 32)
    for text in ("markdown: {smart: [1]}\n", "markdown: 1\n"):
        write(site / "site.yaml", text)
        assert not send(site, MarkdownSettings())
    (site / "site.yaml").unlink()
    assert not send(site, MarkdownSettings())


def test_a_scout_ends_when_its_work_is_taken(site: Path) -> None:
    scout = Scout(site, [f"content/pages/gone{number}.md" for number in range(100_000)])
    with keep_aside(lambda: b"made", lambda: b"more", meanwhile=scout.run) as aside:
        scout.listen()
        assert aside.wait() == b"made"
        assert len(scout.take(MarkdownSettings(), read_salt())) < 10_000
        aside.go_on()
        assert aside.wait() == b"more"


def test_nobody_waits_for_a_scout_that_could_not_be_sent(site: Path) -> None:
    scout = Scout(site, ["content/showcases/one.md"])
    scout.listen()
    assert not scout.take(MarkdownSettings(), read_salt())


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Ahead]:
    """What builds take of their scouts, of which even a small site has one."""
    monkeypatch.setattr(imprint, "FEW", 1)
    found: list[Ahead] = []
    take = Scout.take

    def wait_and_take(self: Scout, settings: MarkdownSettings, salt: str) -> Ahead:
        time.sleep(0.3)  # so that there is something
        found.append(take(self, settings, salt))
        return found[-1]

    monkeypatch.setattr(Scout, "take", wait_and_take)
    return found


VOICES = {f"content/showcases/voice-{n}.md": write_quote(n, f"[Another](voice-{n % 9 + 1}.md).") for n in range(1, 10)}


def test_a_first_build_with_a_scout_makes_the_same(tmp_path: Path, taken: list[Ahead]) -> None:
    made = write_site(tmp_path / "small", VOICES)
    alone = Site(made.folder, tmp_path / "alone")
    assert alone.build(use_cache=False).ok
    first = made.build(jobs=2)
    assert first.ok
    assert made.files() == alone.files()
    assert [sorted(path for paths, _ in ahead for path in paths) for ahead in taken] == [sorted(VOICES)]
    assert made.build(jobs=2).rendered == 0
    assert len(taken) == 1  # what the cache may know is not looked at twice


def test_what_a_cache_elsewhere_knows_is_not_taken_of_a_scout(tmp_path: Path, taken: list[Ahead]) -> None:
    made = write_site(tmp_path / "small", VOICES, f"{PLAIN}build: {{cache: .elsewhere}}\n")
    assert made.build(jobs=2).ok
    made.write("content/showcases/voice-3.md", write_quote(3, "Changed."))
    second = made.build(jobs=2)
    assert second.ok
    assert 0 < second.rendered < second.pages
    assert [bool(ahead) for ahead in taken] == [True, False]


def test_few_records_among_many_files_have_no_scout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imprint, "MANY", 1)
    made = write_site(tmp_path / "small", VOICES)
    with imprint.open_outset(BuildRequest(made.folder, now=NOW, jobs=2)) as opening:
        assert opening
        assert opening.scout is None  # a mate parses them
        assert opening.finish()
