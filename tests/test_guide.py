"""What the guide promises: its whole files build, its mistakes read as shown, its commands answer as shown."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.support.command import run_command
from tests.support.guide import (
    FOLDER,
    SETTINGS,
    Block,
    join_yaml,
    make_files,
    page_names,
    read_blocks,
    read_commands,
)
from tests.support.records import find_problems
from tests.support.site import Site, write_site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The instant at which everything in the guide was tried."""
PAGES = page_names()
WALKED = ("first-site.md", "run-a-contest.md")
"""Pages that are gone through step by step: what they write changes on the way."""
BASES = {
    "entries": "title: T\ncontest: c\n",
    "contests": "title: T\nkind_of: draw\nsponsor: {name: S}\nopens: 2026-06-01 09:00\ncloses: 2026-06-30 18:00\n"
    "prizes: [{name: P, value: {amount: 1, currency: GBP}}]\n",
    "twinterns": "name: Ana Lopez\nhandle: ana\nrelationship: intern_paid\ndisclosure: Paid intern.\n",
    "showcases": "medium: review\nauthor: {name: M}\nrelationship: none\npublished: 2026-05-01\nquote: Q\n"
    "permission: {status: granted}\n",
    "announcements": "title: T\ndate: 2026-05-01\n",
    "programmes": "title: T\npurpose: P\npaid: true\n",
    "campaigns": "title: T\n",
    "products": "title: T\n",
    "claims": "title: T\nclaim: C says that D.\nstatus: investigating\nfirst_seen: 2026-05-01\nwhat_to_do: Wait.\n",
    "pages": "title: T\n",
}
"""The least front matter of each kind, into which the parts of records are put."""


def of_role(role: str) -> list[tuple[str, Block]]:
    """Every block of a role with its page's name."""
    return [(name, block) for name in PAGES for block in read_blocks(name) if block.role == role]


def name_block(value: object) -> str | None:
    """A name for a test of a block."""
    return f"{value.path}-line-{value.line}" if isinstance(value, Block) else None


def write_example(folder: Path, files: dict[str, str | bytes]) -> Site:
    """The site of a page's examples."""
    return write_site(folder, {path: text for path, text in files.items() if path != "site.yaml"}, files["site.yaml"])


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in WALKED and any(b.role == "file" for b in read_blocks(name))]
)
def test_the_files_of_a_page_build_together(name, tmp_path):
    site = write_example(tmp_path, make_files(read_blocks(name)))
    result = site.build(NOW, jobs=1)
    assert [problem for problem in result.problems if problem.severity != "notice"] == []
    assert result.ok


@pytest.mark.parametrize(("name", "block"), of_role("wrong"), ids=name_block)
def test_a_mistake_reads_as_the_guide_says(name, block, tmp_path):
    blocks = read_blocks(name)
    said = next(other for other in blocks if other.line > block.line)
    files = make_files(
        [other for other in blocks[: blocks.index(block)] if other.role in ("file", "part")] + [as_file(block)]
    )
    site = write_example(tmp_path, files)
    outcome = run_command("build", "--site", site.folder, "--output", site.output, "--now", NOW.isoformat())
    assert said.text.strip().removesuffix("…") in outcome.err


def as_file(block: Block) -> Block:
    """A wrong file as a file of the site."""
    return Block("file", block.path, block.language, block.text, block.line)


@pytest.mark.parametrize(("name", "block"), of_role("part"), ids=name_block)
def test_a_part_fits_its_file(name, block):
    if block.path == "site.yaml":
        from twinsite.validate.settings import parse_settings

        settings, problems = parse_settings(join_yaml(yaml.safe_dump(SETTINGS), block.text).encode())
        assert problems == []
        assert settings is not None
    elif block.path.startswith("content/") and block.language == "yaml":
        from twinsite.kinds import KINDS

        folder = block.path.split("/")[1]
        kind = next(kind for kind in KINDS if kind.folder == folder)
        front = join_yaml(BASES[folder], block.text.replace("---\n", ""))
        assert find_problems(kind, f"---\n{front}\n---\nText.\n") == []


@pytest.mark.parametrize(("name", "block"), of_role("file"), ids=name_block)
def test_yaml_files_can_be_read(name, block):
    if block.language == "yaml":
        assert yaml.safe_load(block.text)


@pytest.mark.parametrize("name", [name for name in PAGES if any(b.language == "console" for b in read_blocks(name))])
def test_the_commands_of_the_guide_exist(name):
    from twinsite.cli import COMMANDS

    text = "".join(block.text for block in read_blocks(name) if block.language == "console")
    named = re.findall(r"^\$ twinsite ([a-z]+)", text, re.M)
    assert set(named) - {command for command, _ in COMMANDS} == set()


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in WALKED and any(b.role == "file" for b in read_blocks(name))]
)
def test_commands_answer_in_the_site_of_their_page_as_it_says(name, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    blocks = read_blocks(name)
    monkeypatch.chdir(write_example(tmp_path, make_files(blocks)).folder)
    for block in blocks:
        for command, answer in read_commands(block.text) if block.language == "console" else ():
            follow(command, answer, monkeypatch)


@pytest.mark.parametrize("name", WALKED)
def test_every_step_goes_as_the_guide_says(name, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.chdir(tmp_path)
    blocks, days = read_blocks(name), read_days(name)
    for index, block in enumerate(blocks):
        today = [day for line, day in days if line < block.line]
        if today:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(today[-1].timestamp())))
        if block.role == "file":
            Path(block.path).parent.mkdir(parents=True, exist_ok=True)
            Path(block.path).write_text(block.text, encoding="utf-8")
        if block.role == "before":
            change(Path(block.path), block.text, blocks[index + 1].text)
        for command, answer in read_commands(block.text) if block.language == "console" else ():
            follow(command, answer, monkeypatch)


def read_days(name: str) -> list[tuple[int, datetime]]:
    """The headings of a page that begin with a day, by their line: what follows happens at ten in the morning."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    found = ((number, re.match(r"## (\d+ \w+ \d{4}):", line)) for number, line in enumerate(lines))
    return [(n, datetime.strptime(f"{day[1]} 10 +0000", "%d %B %Y %H %z")) for n, day in found if day]


def change(file: Path, before: str, after: str) -> None:
    """Replace words that stand exactly once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), encoding="utf-8")


def follow(command: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what the guide says and compare the answer; ``serve`` goes on until it is stopped, and has its own tests."""
    program, *arguments = shlex.split(command)
    if program == "cd":
        monkeypatch.chdir(arguments[0])
    elif arguments[:1] != ["serve"]:
        assert program == "twinsite"
        outcome = run_command(*arguments)
        assert tidy(outcome.err + outcome.out) == tidy(answer)


def tidy(text: str) -> str:
    """An answer without what differs between machines and versions: counts of files and pages, seconds, the end."""
    text = re.sub(r"^\d+ pages in .*", "N pages", text, flags=re.M)
    text = re.sub(r"[0-9a-f]{64}", "FINGERPRINT", text)
    text = re.sub(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}$", "CODE", text, flags=re.M)
    text = re.sub(r"^twinsite, version .*", "twinsite, version N", text, flags=re.M)
    return re.sub(r"^\d+ files written to", "N files written to", text, flags=re.M).strip()


def test_the_theme_of_the_guide_changes_what_the_guide_says(tmp_path):
    site = write_example(tmp_path, make_files(read_blocks("themes.md")))
    assert site.build(NOW, jobs=1).ok
    page = site.text("announcements/new-bench/")
    assert '<p class="promise">We answer every letter.</p>' in page
    assert '<p class="dateline">HAARLEM, 20 November 2026</p>' in page
    assert "<p>£48</p>" in site.text("products/")
    assert page.index("assets/site.") < page.index("assets/ours.")


def test_the_workflow_of_the_guide_is_the_one_that_init_writes():
    blocks = read_blocks("hosting-and-ci.md")
    (shown,) = [block.text for block in blocks if block.path == ".github/workflows/site.yml"]
    written = (FOLDER.parents[2] / "twinsite/scaffold/site/dot.github/workflows/site.yml").read_text(encoding="utf-8")
    assert re.sub(r"^ *#.*\n", "", written, flags=re.M) == shown


def test_every_page_is_in_order_and_says_what_it_is():
    for name in PAGES:
        front = yaml.load((FOLDER / name).read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)
        assert set(front) >= {"title", "summary", "weight"}, name


def test_links_of_the_guide_lead_to_files():
    for name in PAGES:
        text = re.sub(r"^(`{3,}).*?^\1$", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.M | re.S)
        for link in re.findall(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)", re.sub(r"`[^`\n]*`", "", text)):
            assert (FOLDER / link).exists(), f"{name}: {link}"


def test_a_folder_of_pages_is_listed_as_a_whole(make_site):
    pages = {f"content/pages/guide/page-{n}.md": f"---\ntitle: Page {n}\nweight: {n}\n---\n" for n in range(30)}
    site = make_site({**pages, "content/pages/guide/_index.md": "---\ntitle: Guide\n---\n"})
    assert site.build(jobs=1).ok
    shown = re.findall(r"page-\d+(?=/\")", site.text("guide/"))
    assert list(dict.fromkeys(shown)) == [f"page-{n}" for n in range(30)]


def test_a_record_that_moves_stays_the_same_in_feeds(make_site):
    text = "---\ntitle: The van\ndate: 2026-09-04\n{}---\nSix harbours.\n"
    before = make_site({"content/announcements/van.md": text.format("")})
    after = make_site({"content/announcements/van-tour.md": text.format("aliases: [/announcements/van/]\n")})
    for site in (before, after):
        assert site.build(jobs=1).ok
        assert "<id>tag:example.org,2000:announcement/van</id>" in site.text("feed.xml")
