"""The same drafts and problems from any number of processes, and from the cache as from the files."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.markdown import ENGINES
from twinsite.cache.memory import MemoryStore
from twinsite.core.draft import Draft
from twinsite.core.markdown import MarkdownSettings
from twinsite.parallel import TaskFailure
from twinsite.read import drafts as reading
from twinsite.read.drafts import CHUNK, FEWEST, read_drafts
from twinsite.read.parsed import parse_files
from twinsite.read.tree import read_tree

GOOD = "---\ntitle: Page {0}\nempty:\n---\nText of {0}, see [next](p{1}.md) and ![it](p{0}.png).\n\n## Part\n\nMore.\n"
ODD = (
    "",
    "no front matter\n",
    "---\ntitle: [a\n---\nText\n",
    "---\ntitle: a\ntitle: b\n---\nText\n",
    "---\ntitle: a\n---\n::: quote\n",
    "---\ntitle: a\n---\nA mark[^1] without a note.\n",
    "---\r\ntitle: a\r\n---\r\nText\r\n\r\n[a](b.md)\r\n",
    "\ufeff---\ntitle: é\n---  \nText\n",
    "---\ntitle: a\n---\n<<<<<<< ours\n",
    "---\ntitle: a\n---\n",
    "---\n---\nText\n",
    "---\ntitle: a\n---",
    "---\ntitle: a\n---\n::: note\n[in](side.md)\n:::\n",
    "---\ntitle: a\n---\n\x01\n",
)

AT_ONCE = [name for name in Draft.__struct_fields__ if name not in ("written", "text", "source")]
"""What a draft holds without being asked for more."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of more pages than one process is asked to parse, some of them odd."""
    folder = tmp_path / "content" / "pages"
    folder.mkdir(parents=True)
    for number in range(FEWEST + CHUNK):
        odd = ODD[number // 20] if number % 20 == 0 and number // 20 < len(ODD) else None
        text = GOOD.format(number, number + 1) if odd is None else odd
        (folder / f"p{number}.md").write_bytes(text.encode())
    (folder / "latin.md").write_bytes(b"---\ntitle: \xe9\n---\n")
    return tmp_path


def read(site: Path, cache: Any, jobs: int = 1, engine: Any = "commonmark", salt: str = "salt") -> tuple[list, ...]:
    files = read_tree(site)[0].records
    parts = list(read_drafts(site, files, MarkdownSettings(engine=engine), cache, salt, jobs))
    drafts = [draft for part in parts for draft in part.drafts]
    shown = [(*(getattr(draft, name) for name in AT_ONCE), draft.values, draft.front, draft.body) for draft in drafts]
    return shown, [problem for part in parts for problem in part.problems], [p for part in parts for p in part.unread]


def test_any_number_of_processes_gives_the_same(site):
    alone = read(site, MemoryStore())
    assert alone == read(site, MemoryStore(), jobs=3)
    assert len(alone[0]) + len(alone[2]) == FEWEST + CHUNK + 1
    assert {problem.rule for problem in alone[1]} >= {"empty-file", "not-utf-8", "unknown-footnote", "merge-conflict"}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_cache_gives_the_same(site, engine):
    cache = MemoryStore()
    first = read(site, cache, engine=engine)
    assert first == read(site, cache, engine=engine)
    assert first == read(site, cache, jobs=2, engine=engine)


def test_what_is_known_is_not_parsed_again(site):
    cache = MemoryStore()
    drafts, problems, unread = read(site, cache)
    again = {problem.path for problem in problems if problem.severity == "error"} | set(unread)
    with patch.object(reading, "parse_files", side_effect=parse_files) as parse:
        read(site, cache)
    assert {path for call in parse.call_args_list for path, _ in call.args[0]} == again
    assert len(again) < len(drafts) / 10


def test_a_body_is_not_parsed_again_when_its_front_matter_changes(site):
    cache = MemoryStore()
    read(site, cache, engine="python-markdown")
    path = site / "content/pages/p1.md"
    path.write_text(path.read_text().replace("title: Page 1\n", "title: Page one\n# a line more\n"))
    files = read_tree(site)[0].records
    memory = reading._Memory(site, MarkdownSettings(engine="python-markdown"), cache, "salt")
    for _ in range(2):
        with patch("twinsite.read.markdown.parse_body", side_effect=AssertionError):
            known = memory.recall(files)
        assert known["content/pages/p1.md"].parsed.body_line == 6
    assert read(site, cache, engine="python-markdown") == read(site, MemoryStore(), engine="python-markdown")


def test_other_settings_and_other_code_know_nothing(site):
    cache = MemoryStore()
    read(site, cache)
    files = read_tree(site)[0].records
    assert reading._Memory(site, MarkdownSettings(), cache, "salt").recall(files)
    assert not reading._Memory(site, MarkdownSettings(smart=False), cache, "salt").recall(files)
    assert not reading._Memory(site, MarkdownSettings(), cache, "other").recall(files)


def test_a_cache_without_some_values_gives_the_same(site):
    cache = MemoryStore()
    first = read(site, cache)
    for number, key in enumerate(list(cache._values)):
        if number % 3 == 0:
            del cache._values[key]
        elif number % 3 == 1 and len(key) > 40:
            cache._values[key] = b"\x00" + cache._values[key][1:]
    assert read(site, cache) == first


def test_where_a_worker_fails_its_work_is_done_here(site):
    def fail(function, chunks, jobs, largest):
        for number, chunk in enumerate(chunks):
            yield TaskFailure("it died") if number % 2 else function(chunk)

    expected = read(site, MemoryStore())
    with patch.object(reading, "map_tasks", side_effect=fail):
        assert read(site, MemoryStore(), jobs=2) == expected


def test_a_parser_can_be_sent_to_another_process(site):
    parser = reading.Parser(site, MarkdownSettings(engine="python-markdown"), "salt")
    paths = ["content/pages/p1.md", "content/pages/p2.md"]
    assert pickle.loads(pickle.dumps(parser.send))(paths) == parser.send(paths)


def test_an_engine_that_cannot_be_made_is_told_once_and_nothing_is_kept(site):
    files = read_tree(site)[0].records
    settings = MarkdownSettings(engine="python-markdown", extensions=("no_such_extension",))
    cache = MemoryStore()
    for _ in range(2):
        parts = list(read_drafts(site, files, settings, cache, "salt"))
        engine = [problem for part in parts for problem in part.problems if problem.path == "site.yaml"]
        assert len(engine) == 1
        assert all(not draft.wordy for part in parts for draft in part.drafts)
    assert not cache._values
