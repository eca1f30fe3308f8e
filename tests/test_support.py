"""The tests' own tools: what they promise to the other tests."""

import socket
import urllib.error
import urllib.request

import pytest


def test_a_site_is_written_with_the_usual_settings(make_site):
    site = make_site({"content/pages/about.md": "---\ntitle: About\n---\n", "content/static/x.bin": b"\0"})
    assert "timezone: Europe/London" in (site.folder / "site.yaml").read_text(encoding="utf-8")
    assert (site.folder / "content/static/x.bin").read_bytes() == b"\0"


def test_two_sites_of_one_test_do_not_meet(make_site):
    assert make_site().folder != make_site(settings="title: Other\n").folder


def test_no_test_reaches_another_machine():
    with pytest.raises(OSError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_folder_is_served_under_its_prefix_alone(tmp_path, serve_folder):
    (tmp_path / "index.html").write_text("<p>Hello</p>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<p>Not here</p>", encoding="utf-8")
    address = serve_folder(tmp_path, "/some/where")
    assert address.endswith("/some/where/")
    with urllib.request.urlopen(address) as answer:
        assert answer.read() == b"<p>Hello</p>"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address.replace("/some/where/", "/"))
    with caught.value as error:
        assert error.code == 404
        assert error.read() == b"<p>Not here</p>"


@pytest.mark.browser
def test_the_browser_shows_a_page_at_a_width_and_in_a_colour_scheme(tmp_path, serve_folder, page_at):
    (tmp_path / "index.html").write_text("<!doctype html><title>Tea</title><p>Hello</p>", encoding="utf-8")
    page = page_at(360, "dark")
    page.goto(serve_folder(tmp_path))
    assert page.title() == "Tea"
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [360, True]
