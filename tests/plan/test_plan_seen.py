"""What a part of a plan saw: all records of which it shows a word, so that a changed title plans no other part anew."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import MakeSite
from tests.support.library import read_library
from tests.support.site import NOW
from tests.support.site import Site as Folder
from twinsite.cache.store import Store
from twinsite.core.request import BuildRequest
from twinsite.plan.parts import name_parts
from twinsite.stages import Stopwatch
from twinsite.survey import survey_site

NEWS = "---\ntitle: Zebra{number:03}\ndate: 2026-{month:02}-{day:02}\ntags: [{tag}]\n---\nQuagga{number:03} grazes.\n"
TWINTERN = """---
name: Okapi{number:03}
handle: h{number}
relationship: intern_paid
disclosure: Paid intern of Brightleaf
---
Words.
"""
CONTEST = """---
title: Tapir{number:03}
kind_of: draw
sponsor: {{name: Brightleaf}}
opens: 2026-01-0{number} 09:00
closes: 2026-02-01 09:00
winners_announced: 2026-03-01 09:00
prizes: [{{name: Tea, value: {{amount: 5, currency: GBP}}}}]
winners: [{{place: '1', twintern: t{number}, publish_as: full, consent: true}}]
---
Words.

"""


def write_files() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"content/index.md": "---\ntitle: Home\n---\n[One](announcements/n001.md)\n"}
    for number in range(1, 61):
        values = {"number": number, "month": number % 9 + 1, "day": number % 27 + 1, "tag": f"tag{number % 7}"}
        files[f"content/announcements/n{number:03}.md"] = NEWS.format(**values)
    for number in range(1, 5):
        files[f"content/twinterns/t{number}.md"] = TWINTERN.format(number=number)
        files[f"content/contests/c{number}.md"] = CONTEST.format(number=number)
    return files


def test_a_part_saw_every_record_of_which_it_shows_a_word(make_site: MakeSite) -> None:
    library = read_library(make_site(write_files()))
    marks = {entry.heading.encode(): path for path, entry in library.site.by_path.items() if path != "content/index.md"}
    marks |= {mark.replace(b"Zebra", b"Quagga"): path for mark, path in marks.items() if mark.startswith(b"Zebra")}
    shown = 0
    for name, make in name_parts(library).items():
        part = make()
        text = b"".join(one.encoded.get() for one in (*part.pages, *part.documents))
        unseen = [path for mark, path in marks.items() if mark in text and path not in part.seen]
        assert not unseen, f"{name} shows something of {unseen}"
        shown += sum(mark in text for mark in marks)
    assert shown > 500


def survey(site: Folder, folder: Path) -> tuple[int, int]:
    """How many pages and documents were planned, and how many there are."""
    cache = Store(folder)
    request = BuildRequest(site=site.folder, output=site.output, now=NOW)
    found = survey_site(request, cache, Stopwatch())
    cache.close()
    assert found.plan
    planned = [one for one in found.plan.rendered() if one.encoded.ready]
    return len(planned), len(found.plan.rendered())


def test_a_new_title_plans_only_what_shows_it(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(write_files())
    planned, everything = survey(site, tmp_path)
    assert planned == everything > 100
    path = site.folder / "content/announcements/n030.md"
    path.write_text(path.read_text("utf-8").replace("Zebra030", "Zebra030 and a foal"), "utf-8")
    planned, _ = survey(site, tmp_path)
    assert 3 < planned < everything / 2
    assert survey(site, tmp_path)[0] == 0


def test_what_changes_how_the_site_hangs_together_plans_everything(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(write_files())
    survey(site, tmp_path)
    path = site.folder / "content/announcements/n030.md"
    for old, new in (("tag2", "tag3"), ("2026-04-", "2026-07-"), ("title:", "aliases: [/old/]\ntitle:")):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        planned, everything = survey(site, tmp_path)
        assert planned == everything


def test_a_title_that_moves_its_record_in_lists_plans_everything(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(write_files())
    survey(site, tmp_path)
    path = site.folder / "content/twinterns/t2.md"
    path.write_text(path.read_text("utf-8").replace("Okapi002", "Zokapi002"), "utf-8")
    planned, everything = survey(site, tmp_path)
    assert planned == everything
