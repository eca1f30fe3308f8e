"""Saving, breaking and mending while the preview runs."""

from __future__ import annotations

import threading
import time

import pytest

from twinsite.serve import ServeOptions, serve_site
from twinsite.serve.session import CALM_SECONDS


@pytest.mark.alone
def test_a_save_is_seen_over_http_within_a_second(bench):
    bench.start()
    bench.await_build()
    taken = []
    for number in range(3):
        bench.save("content/index.md", f"save {number}.")
        before = time.monotonic()
        bench.wait_for(lambda number=number: f"save {number}." in bench.get("/").text)
        taken.append(time.monotonic() - before)
    assert min(taken) < 1.0
    assert "/livereload.js?port=" in bench.get("/").text


def test_five_saves_each_followed_by_a_second_one_all_arrive(bench):
    bench.start()
    bench.await_build()
    for number in range(5):
        bench.save("content/index.md", f"first {number}.")
        time.sleep(0.5)
        bench.save("content/index.md", f"second {number}.")
        bench.wait_for(lambda number=number: f"second {number}." in bench.get("/").text)


def test_a_save_during_a_slow_build_is_built_after_it_and_serving_goes_on(bench):
    bench.start()
    bench.await_build()
    bench.hold()
    bench.save("content/index.md", "early")
    bench.wait_for(lambda: bench.begun == 2)
    bench.save("content/index.md", "late")
    assert "first words" in bench.get("/").text
    bench.let_go()
    bench.wait_for(lambda: "late" in bench.get("/").text)


def test_starting_builds_once(bench):
    bench.start()
    bench.await_build()
    time.sleep(0.6)
    assert len(bench.builds) == 1


def test_a_burst_of_saves_is_one_build(bench):
    bench.start()
    bench.await_build()
    bench.hold()
    for number in range(200):
        bench.save(f"content/p{number}.md", str(number))
    bench.wait_for(lambda: bench.begun == 2)
    bench.let_go()
    bench.wait_for(lambda: bench.get("/p199/").status == 200)
    time.sleep(0.8)
    assert len(bench.builds) <= 3, "more than the first, one that began amid the saves, and one for the others"
    assert bench.get("/p0/").status == 200


def test_a_build_is_told_what_changed_and_one_looks_at_everything_soon_after(bench):
    bench.start()
    bench.await_build()
    told = len(bench.told)
    bench.save("content/index.md", "second words")
    bench.wait_for(lambda: len(bench.told) >= told + 2)
    assert [{path.name for path in one or ()} for one in bench.told[told : told + 2]] == [{"index.md"}, set()]
    reports, told = len(bench.reports), len(bench.told)
    time.sleep(CALM_SECONDS + 1)
    assert (len(bench.reports), len(bench.told)) == (reports, told), "a second look is taken once, and not spoken of"


def test_the_output_is_not_watched(bench):
    bench.start()
    bench.await_build()
    time.sleep(0.3)
    count = len(bench.builds)
    for name in (".twinsite/x", "public/index.html", ".git/index", ".twinsite/preview/x.html", "content/.x.md.swp"):
        bench.save(name, "x")
    time.sleep(0.7)
    assert len(bench.builds) == count


def test_new_folders_and_renamed_and_deleted_files_are_seen(bench):
    bench.save("themes/default/deep.html", "skin one")
    bench.start()
    bench.await_build()
    bench.save("content/new/folder/fresh.md", "fresh")
    bench.wait_for(lambda: bench.get("/fresh/").status == 200)
    bench.save("content/new/folder/fresh.md", "fresher")
    bench.wait_for(lambda: "fresher" in bench.get("/fresh/").text)
    (bench.root / "themes/default/deep.html").rename(bench.root / "themes/default/deeper.html")
    bench.wait_for(lambda: "themes/default/deeper.html" in bench.builds[-1])
    (bench.root / "themes/default/deeper.html").unlink()
    bench.wait_for(lambda: "themes/default/deeper.html" not in bench.builds[-1])


def test_a_folder_that_comes_later_is_watched(bench):
    bench.start()
    bench.await_build()
    bench.save("themes/late/a.html", "one")
    bench.wait_for(lambda: bench.builds[-1].get("themes/late/a.html") == "one")
    bench.save("themes/late/a.html", "two")
    bench.wait_for(lambda: bench.builds[-1].get("themes/late/a.html") == "two")


def test_a_folder_that_is_deleted_and_made_again_is_watched(bench):
    bench.start()
    bench.await_build()
    bench.content.rename(bench.root / "aside")
    bench.wait_for(lambda: bench.builds[-1] == {})
    (bench.root / "aside").rename(bench.content)
    bench.wait_for(lambda: bench.builds[-1] != {})
    bench.save("content/index.md", "back again")
    bench.wait_for(lambda: "back again" in bench.get("/").text)


def test_a_settings_file_replaced_by_an_editor_is_seen_each_time(bench):
    bench.save("site.yaml", "a")
    bench.start()
    bench.await_build()
    for number in range(3):
        count = len(bench.builds)
        bench.save("site.yaml.new", str(number))
        (bench.root / "site.yaml.new").rename(bench.root / "site.yaml")
        bench.wait_for(lambda count=count: len(bench.builds) > count)
        time.sleep(0.2)


def test_an_error_shows_its_page_and_mending_it_brings_the_site_back(bench):
    bench.start()
    bench.await_build()
    bench.save("content/index.md", "a line\nall BROKEN here\nend")
    bench.wait_for(lambda: bench.get("/").status == 500)
    text = bench.get("/").text
    assert "content/index.md:2:5" in text
    assert "<mark>BROKEN</mark>" in text
    assert "The word &lt;b&gt;BROKEN&lt;/b&gt; &amp; more is wrong." in text
    assert "Write &#39;whole&#39;." in text
    assert "1 error to mend" in text
    assert "/livereload.js?port=" in text
    assert "first words" in bench.get("/?last-good").text
    bench.save("content/index.md", "mended words")
    bench.wait_for(lambda: bench.get("/").status == 200)
    assert "mended words" in bench.get("/").text


def test_the_error_page_keeps_a_strict_policy(bench):
    bench.save("content/index.md", "BROKEN")
    bench.start()
    bench.await_build()
    answer = bench.get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert answer.text.count("<script") == 1
    assert bench.get("/.twinsite/preview.css").headers["content-type"].startswith("text/css")


def test_the_very_first_build_may_fail(bench):
    bench.save("content/index.md", "BROKEN")
    bench.start()
    bench.await_build()
    assert bench.get("/").status == 500
    assert bench.get("/any/page/").status == 500
    assert "last-good" not in bench.get("/").text
    bench.save("content/index.md", "whole")
    bench.wait_for(lambda: bench.get("/").status == 200)


def test_files_that_are_no_pages_are_served_while_the_site_is_broken(bench):
    bench.save(".twinsite/preview/style.css", "a{}")
    bench.save("content/index.md", "BROKEN")
    bench.start()
    bench.await_build()
    assert bench.get("/style.css").status == 200


def test_a_fault_of_the_build_ends_nothing(bench):
    bench.start()
    bench.await_build()
    bench.save("content/index.md", "CRASH")
    bench.wait_for(lambda: bench.get("/").status == 500)
    text = bench.get("/").text
    assert "the &lt;machine&gt; fell over" in text
    assert "Traceback" in text
    bench.wait_for(lambda: [problem.rule for problem in bench.reports[-1].problems] == ["build-crashed"])
    bench.save("content/index.md", "calm")
    bench.wait_for(lambda: "calm" in bench.get("/").text)


def test_before_the_first_build_has_ended_a_page_says_so(bench):
    bench.hold()
    bench.start()
    answer = bench.get("/")
    assert answer.status == 503
    assert "Building the site" in answer.text
    bench.let_go()
    bench.wait_for(lambda: bench.get("/").status == 200)


def test_pages_keep_their_number_when_nothing_changed(bench):
    bench.start()
    bench.await_build()
    before, count = bench.get("/").text, len(bench.reports)
    bench.changed = False
    bench.save("content/index.md", "first words")
    bench.await_build(count + 1)
    assert bench.get("/").text == before
    bench.changed = True
    bench.save("content/index.md", "first words")
    bench.wait_for(lambda: bench.get("/").text != before)


def test_a_port_in_use_is_a_problem_that_names_a_free_one(bench):
    bench.start()
    bench.await_build()
    reports = []
    code = serve_site(bench.build, [bench.content], ServeOptions(port=bench.port), reports.append)
    assert code == 1
    problem = reports[0].problems[0]
    assert problem.rule == "port-in-use"
    assert str(bench.port) in problem.message
    assert "--port " in problem.hint


def test_an_unknown_host_is_a_problem(bench):
    reports = []
    options = ServeOptions(host="no-such-host.invalid", port=0)
    assert serve_site(bench.build, [bench.content], options, reports.append) == 1
    assert reports[0].problems[0].rule == "unknown-host"


def test_a_missing_folder_is_no_crash(tmp_path, bench):
    stop = threading.Event()
    reports = []

    def report(preview):
        reports.append(preview)
        stop.set()

    watched = [tmp_path / "nowhere" / "at" / "all"]
    assert serve_site(bench.build, watched, ServeOptions(port=0), report, stop=stop) == 0
    assert reports[0].ok
