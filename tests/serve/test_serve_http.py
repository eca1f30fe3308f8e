"""What the preview answers over real HTTP."""

from __future__ import annotations

import pytest


def started(bench, **options):
    bench.start(**options)
    bench.await_build()
    return bench


def test_a_page_carries_the_reload_script(bench):
    answer = started(bench).get("/")
    assert answer.status == 200
    assert "first words" in answer.text
    assert f'<script src="/livereload.js?port={bench.port}&amp;snipver=' in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_the_script_is_served(bench):
    answer = started(bench).get("/livereload.js?port=1")
    assert answer.status == 200
    assert "javascript" in answer.headers["content-type"]
    assert b"LiveReload" in answer.body


def test_without_reload_nothing_is_put_into_pages_but_saves_are_built(bench):
    started(bench, reload=False)
    assert "<script" not in bench.get("/").text
    bench.save("content/index.md", "second words")
    bench.wait_for(lambda: "second words" in bench.get("/").text)
    assert "<script" not in bench.get("/nowhere/").text


def test_nothing_is_kept_by_the_browser(bench):
    started(bench)
    bench.save(".twinsite/preview/style.css", "a{}")
    for path in ("/", "/style.css", "/style.css?v=1", "/nowhere/"):
        answer = bench.get(path, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT", If_None_Match="*")
        assert answer.status in (200, 404)
        assert answer.headers["cache-control"] == "no-store"
        assert not {"etag", "expires"} & set(answer.headers)


def test_the_sites_own_404_page_with_status_404(bench):
    bench.save("content/404.md", "not here, sorry")
    answer = started(bench).get("/nowhere/")
    assert answer.status == 404
    assert "not here, sorry" in answer.text
    assert "/livereload.js?port=" in answer.text


def test_a_site_without_404_page_gets_a_plain_one(bench):
    answer = started(bench).get("/a<b>/")
    assert answer.status == 404
    assert "No such page" in answer.text
    assert "<b>" not in answer.text


def test_a_folder_without_its_slash_is_redirected(bench):
    bench.save("content/about.md", "about")
    answer = started(bench).get("/about")
    assert (answer.status, answer.headers["location"]) == (301, "/about/")
    assert answer.headers["cache-control"] == "no-store"
    assert bench.get("/about/").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/about/../../secret.txt",
        "//etc/passwd",
        "/%00",
        "/.twinsite-manifest",
        "/link.txt",
        "/outside/secret.txt",
    ],
)
def test_nothing_outside_the_served_folder_is_read(bench, path):
    bench.save(".twinsite/secret.txt", "TOP SECRET")
    bench.save(".twinsite/preview/.twinsite-manifest", "TOP SECRET")
    (bench.output / "link.txt").symlink_to(bench.output.parent / "secret.txt")
    (bench.output / "outside").symlink_to(bench.output.parent, target_is_directory=True)
    answer = started(bench).get(path)
    assert answer.status in (403, 404)
    assert "TOP SECRET" not in answer.text


def test_well_known_files_are_served(bench):
    bench.save(".twinsite/preview/.well-known/security.txt", "Contact: mailto:a@example.org")
    assert started(bench).get("/.well-known/security.txt").text.startswith("Contact")


def test_ranges_of_a_video(bench):
    started(bench)
    (bench.output / "clip.mp4").write_bytes(bytes(range(200)))
    answer = bench.get("/clip.mp4", Range="bytes=10-19")
    assert answer.status == 206
    assert answer.body == bytes(range(10, 20))
    assert answer.headers["content-range"] == "bytes 10-19/200"
    assert answer.headers["content-type"] == "video/mp4"


def test_a_range_of_a_page_is_the_whole_page(bench):
    answer = started(bench).get("/", Range="bytes=0-9")
    assert answer.status == 200
    assert "livereload.js" in answer.text


def test_head_tells_the_length_of_the_page_with_its_script(bench):
    started(bench)
    answer = bench.get("/", method="HEAD")
    assert answer.body == b""
    assert int(answer.headers["content-length"]) == len(bench.get("/").body)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.webmanifest", "application/manifest+json"),
        ("a.woff2", "font/woff2"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types_do_not_depend_on_the_computer(bench, name, kind):
    started(bench)
    bench.save(f".twinsite/preview/{name}", "x")
    assert bench.get(f"/{name}").headers["content-type"] == kind


def test_a_strange_host_gets_nothing(bench):
    started(bench)
    assert bench.get("/", Host="evil.example").status == 403
    assert bench.get("/livereload", Host="evil.example").status == 403
    assert bench.get("/", Host=f"localhost:{bench.port}").status == 200


def test_the_script_names_the_port_by_which_the_browser_came(bench):
    assert "/livereload.js?port=4321&amp;" in started(bench).get("/", Host="localhost:4321").text
    assert "&amp;host=[::1]" in bench.get("/", Host=f"[::1]:{bench.port}").text
