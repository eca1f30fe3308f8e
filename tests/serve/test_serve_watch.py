"""What is watched, what is not, and what sees it."""

from __future__ import annotations

import os
from threading import Event

import pytest

from twinsite.serve import watch
from twinsite.serve.polling import Poller
from twinsite.serve.watch import plan_watch


def test_a_folder_is_watched_with_all_below_it_and_its_parent_alone(tmp_path):
    (tmp_path / "content").mkdir()
    plan = plan_watch([tmp_path / "content", tmp_path / "site.yaml"])
    assert plan.deep == (tmp_path / "content",)
    assert plan.flat == (tmp_path,)


def test_a_missing_folder_is_awaited_from_the_nearest_that_exists(tmp_path):
    plan = plan_watch([tmp_path / "a" / "b" / "c"])
    assert (plan.deep, plan.flat) == ((), (tmp_path,))
    assert plan.concerns(tmp_path / "a")
    assert not plan.concerns(tmp_path / "other")


def test_what_is_never_watched_gets_no_watch(tmp_path):
    for name in ("content", "node_modules", "public", ".git"):
        (tmp_path / name).mkdir()
    plan = plan_watch([tmp_path])
    assert plan.deep == (tmp_path / "content",)
    assert tmp_path in plan.flat
    assert not plan.concerns(tmp_path / "public" / "index.html")
    assert not plan.concerns(tmp_path / "content" / ".git" / "x")


def test_a_page_called_public_is_watched(tmp_path):
    (tmp_path / "content" / "pages" / "public").mkdir(parents=True)
    plan = plan_watch([tmp_path / "content"])
    assert plan.concerns(tmp_path / "content" / "pages" / "public" / "index.md")


def test_an_output_folder_of_any_name_is_left_out(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "built").mkdir()
    plan = plan_watch([tmp_path / "content"], [tmp_path / "content" / "built"])
    assert not plan.concerns(tmp_path / "content" / "built" / "index.html")
    assert plan.concerns(tmp_path / "content" / "new.md")


def test_a_linked_folder_is_watched_where_it_really_lies(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "real")
    plan = plan_watch([tmp_path / "content"])
    assert plan.concerns(tmp_path / "real" / "x.md")
    assert plan.concerns(tmp_path / "content" / "x.md")


def test_a_circle_of_links_is_no_crash(bench):
    (bench.content / "loop").symlink_to(bench.content)
    bench.start()
    bench.await_build()


def test_polling_sees_saves_within_one_second_and_deletions(tmp_path):
    file, inner = tmp_path / "a.md", tmp_path / "inner"
    file.write_text("one")
    inner.mkdir()
    poller, never = Poller([tmp_path], True), Event()
    file.write_text("two")
    (inner / "b.md").write_text("b")
    assert {file, inner / "b.md"} <= poller.next_changes(never)
    os.replace(inner / "b.md", inner / "c.md")
    assert poller.next_changes(never) == {inner / "b.md", inner / "c.md"}
    assert poller.next_changes(never) == set()


@pytest.mark.parametrize("way", ["asked", "exhausted"])
def test_a_save_is_seen_by_polling(bench, monkeypatch, way):
    def refuse(*_):
        raise watch.WatchfilesRustInternalError("no more watches")

    if way == "asked":
        monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    else:
        monkeypatch.setattr(watch, "RustNotify", refuse)
    bench.start()
    bench.await_build()
    bench.save("content/index.md", "seen by looking")
    bench.wait_for(lambda: "seen by looking" in bench.get("/").text)
