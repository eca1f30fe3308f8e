"""The work log of a twintern in a whole site: nothing of it is anywhere unless it may be seen; then the right sums."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.command import run_command
from tests.support.site import SETTINGS, Site, write_site

WORDS = ("plantedleaflet", "plantedcards", "plantedletters", "plantedmoreletters", "plantedlink")
PERSON = """\
---
name: {name}
handle: {handle}
role: Twintern at the bar
supervisor: Noor Haddad
relationship: intern_paid
disclosure: Paid intern at Brightleaf
programme: {{programme: bench, cohort: Spring, starts: 2026-03-02, ends: 2026-08-28, paid: yes, pay_note: £14 an hour}}
work_log:
  - {{date: 2026-05-13, task: correspondence, what: Answered plantedletters, hours: 4}}
  - {{date: 2026-03-04, task: data_entry, what: Typed plantedcards, hours: 6.50}}
  - {{date: 2026-04-30, task: materials, what: The plantedleaflet <b>, url: "https://plantedlink.example/", hours: 9}}
  - {{date: 2026-04-02, task: correspondence, what: Answered plantedmoreletters}}
  - {{date: 2026-05-01, task: data_entry, what: Typed the rest, hours: 13.25}}
{more}---
{name} pours.
"""
FILES: dict[str, str | bytes] = {
    "content/twinterns/ana.md": PERSON.format(name="Ana Lopez", handle="ana", more="work_log_public: summary\n"),
    "content/twinterns/ben.md": PERSON.format(name="Ben Moss", handle="ben", more="work_log_public: all\n"),
    "content/twinterns/cleo.md": PERSON.format(name="Cleo Dray", handle="cleo", more=""),
    "content/twinterns/dora.md": "---\nname: Dora\nhandle: dora\nrelationship: none\nwork_log_public: all\n---\nT.\n",
    "content/programmes/bench.md": "---\ntitle: The bench\npurpose: To learn.\npaid: yes\n---\nText.\n",
}
EVERYTHING = SETTINGS + "outputs: {share: {twintern: yes}, share_images: {twintern: yes}}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("logs"), FILES, EVERYTHING)
    result = site.build()
    assert [problem for problem in result.problems if problem.severity != "notice"] == []
    return site


def read_table(text: str, caption: str) -> list[list[str]]:
    """The cells of the table with a caption, row by row, without its heading."""
    table = text.partition(f"{caption}</caption>")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row] for row in cells]


def list_files(site: Site) -> dict[str, bytes]:
    """Every file of the output, and every file in its archives."""
    found = site.files()
    for path, data in list(found.items()):
        if path.endswith(".zip"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                found.update({f"{path}/{name}": archive.read(name) for name in archive.namelist()})
    return found


def test_no_word_of_a_log_leaves_the_source_unless_all_of_it_may_be_seen(site: Site) -> None:
    allowed = {"twinterns/ben/index.html", "twinterns/ben/reference/index.html"}
    for word in WORDS:
        assert {path for path, data in list_files(site).items() if word.encode() in data} == allowed


def test_who_shows_nothing_has_the_page_of_one_without_a_log(site: Site, tmp_path: Path) -> None:
    silent = re.sub(r"work_log:\n(  - .*\n)+", "", str(FILES["content/twinterns/cleo.md"]))
    assert "work_log" not in silent
    other = write_site(tmp_path, {**FILES, "content/twinterns/cleo.md": silent}, EVERYTHING)
    assert other.build().ok
    assert other.text("twinterns/cleo/") == site.text("twinterns/cleo/")
    assert other.files().keys() == site.files().keys()
    assert "Work record" not in site.text("twinterns/cleo/")


@pytest.mark.parametrize("path", ["twinterns/ana/", "twinterns/ana/reference/", "twinterns/ben/reference/"])
def test_the_summary_is_added_up_from_the_log(site: Site, path: str) -> None:
    """6.50 + 13.25 = 19.75; one of the letters has no hours, so neither these nor all together have a sum."""
    assert read_table(site.text(path), "Work record") == [
        ["Marketing materials", "1", "9", "Apr 2026"],
        ["Data entry", "2", "19.75", "Mar – May 2026"],
        ["Correspondence", "2", "–", "Apr – May 2026"],
        ["All work", "5", "–", "Mar – May 2026"],
    ]


def test_all_of_it_stands_in_order_of_time_with_its_links(site: Site) -> None:
    for path in ("twinterns/ben/", "twinterns/ben/reference/"):
        text = site.text(path)
        rows = read_table(text, "Every piece of work")
        assert [row[0] for row in rows] == ["4 Mar 2026", "2 Apr 2026", "30 Apr 2026", "1 May 2026", "13 May 2026"]
        assert rows[2] == ["30 Apr 2026", "Marketing materials", "The plantedleaflet <b>"]
        assert '<a href="https://plantedlink.example/">The plantedleaflet &lt;b&gt;</a>' in text
    assert "Every piece of work" not in site.text("twinterns/ana/reference/")


def test_the_reference_says_who_somebody_was_here_and_stays_out_of_search_engines(site: Site) -> None:
    text = site.text("twinterns/ana/reference/")
    for words in ("Reference from Brightleaf", "Ana Lopez", "Twintern at the bar", "The bench", "2 March 2026",
                  "28 August 2026", "Paid, £14 an hour", "Noor Haddad", "Paid intern of the brand"):  # fmt: skip
        assert words in re.sub(r"<[^>]*>", "", text)
    assert '<meta name="robots" content="noindex">' in text
    assert "/reference/" not in site.text("sitemap.xml")
    assert 'href="../../twinterns/ana/reference/"' in site.text("twinterns/ana/")
    assert "Nothing stands in the work record yet." in site.text("twinterns/dora/reference/")


def test_only_who_shows_something_has_one_and_a_switch_takes_it_away(site: Site, tmp_path: Path) -> None:
    made = [path.split("/")[1] for path in site.files() if path.endswith("/reference/index.html")]
    assert made == ["ana", "ben", "dora"]
    other = write_site(tmp_path, FILES, f"{SETTINGS}outputs: {{twintern: {{reference: no}}}}\n")
    assert other.build().ok
    assert "/reference/" not in "".join(other.files())
    assert "/reference/" not in other.text("twinterns/ana/")


def test_it_goes_when_it_may_no_longer_be_seen(tmp_path: Path) -> None:
    site = write_site(tmp_path, FILES, SETTINGS)
    assert site.build().ok
    site.write("content/twinterns/ben.md", str(FILES["content/twinterns/ben.md"]).replace("work_log_public: all\n", ""))
    assert site.build().ok
    assert not any(word.encode() in data for word in WORDS for data in list_files(site).values())
    assert "twinterns/ben/reference/index.html" not in site.files()


def test_mistakes_are_told_in_plain_words(tmp_path: Path) -> None:
    log = "work_log:\n  - {date: 2026-04-01, task: corespondence, what: A letter, hours: -1}\n"
    log += "  - {date: 2026-04-02, task: website, what: All of it, hours: 40}\nwork_log_public: everything\n"
    text = re.sub(r"work_log:\n(  - .*\n)+", log, str(FILES["content/twinterns/cleo.md"]))
    site = write_site(tmp_path, {**FILES, "content/twinterns/cleo.md": text}, SETTINGS)
    said = run_command("check", "--site", site.folder, "--now", "2026-06-01T12:00:00Z")
    assert said.code == 1
    lines = [line.strip() for line in said.err.splitlines()]
    assert [line.split("  ") for line in lines if line.startswith("content/")] == [
        ["content/twinterns/cleo.md:10:30", "error", "not-a-choice"],
        ["content/twinterns/cleo.md:10:68", "error", "out-of-range"],
        ["content/twinterns/cleo.md:11:63", "error", "out-of-range"],
        ["content/twinterns/cleo.md:12:18", "error", "not-a-choice"],
    ]
    for words in (
        '"corespondence" is not one of the words for "task". Did you mean "correspondence"?',
        "Write one of: materials, website, data_entry, database, correspondence, announcements, research.",
        '"-1" is out of range.',
        '"40" is out of range.',
        "Write a number, from 0 to 24.",
        "Write one of: summary, all.",
    ):
        assert words in lines
