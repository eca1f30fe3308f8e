"""The entry form of a real page, filled in and sent by a real browser to a small receiver: exactly what arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest

from tests.support.markup import find_faults
from tests.support.site import Site

pytestmark = pytest.mark.browser

CONTEST = """\
---
title: A cup of spring
kind_of: draw
sponsor: {{name: Larkfield Coffee Ltd.}}
opens: 2026-05-01 09:00
closes: 2026-06-20 18:00
how_winners_are_told: By e-mail within seven days.
eligibility: {{regions: [United Kingdom], minimum_age: 18}}
privacy_url: /privacy/
prizes:
  - {{name: Espresso machine, value: {{amount: 249, currency: GBP}}}}
entry:
  limit_per_person: 1
  free_route: The form is free.
  methods:
    - type: form
      url: {url}
      honeypot: _gotcha
      hidden: [{{name: _next, value: "https://example.org/thanks/"}}]
  fields:
{fields}
  consent: {{marketing: Send me news.}}
---
Show us your cup.
"""
FIELDS = """\
    - {label: Your name, name: name, autocomplete: name, max_length: 40}
    - {label: E-mail address, name: email, type: email, autocomplete: email, help: We answer there.}
    - {label: Cups a day, type: number, minimum: 0, maximum: 20, required: no}
    - {label: Size, type: select, options: [Small, Large]}
    - {label: Your story, type: textarea}
    - {label: Born on, type: date, required: no}
    - {label: Gift wrap, type: checkbox}
"""
OPEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""The moment in the browser: the page's script hides a form that may not be sent any more."""
PRIVACY = "---\ntitle: Privacy\n---\nWe delete everything.\n"


@dataclass
class Receiver:
    """A form service: keeps what was sent to it, and thanks for it."""

    url: str = ""
    bodies: list[tuple[str, bytes]] = field(default_factory=list)

    def fields(self) -> list[tuple[str, str]]:
        """What the only form that arrived says, in order."""
        ((kind, body),) = self.bodies
        assert kind == "application/x-www-form-urlencoded"
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)

    def parts(self) -> dict[str, tuple[str | None, bytes]]:
        """The same of a form with files: of each part its file name and its bytes."""
        ((kind, body),) = self.bodies
        message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        return {
            part.get_param("name", header="content-disposition"): (part.get_filename(), part.get_payload(decode=True))
            for part in message.iter_parts()
        }


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.bodies.append((self.headers["Content-Type"], body))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Thanks</title><p>Thank you.")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    kept.url = f"http://127.0.0.1:{server.server_port}/entries"
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture
def build(make_site):
    def make(url: str, fields: str = FIELDS, **options) -> Site:
        contest = CONTEST.format(url=url, fields=fields.rstrip("\n"))
        site = make_site({"content/contests/spring.md": contest, "content/pages/privacy.md": PRIVACY})
        result = site.build(jobs=1, **options)
        assert [problem for problem in result.problems if problem.severity != "notice"] == []
        return site

    return make


@pytest.fixture
def open_form(build, receiver, serve_folder, page_at):
    """The page of a contest whose form goes to the receiver."""

    def open_page(fields=FIELDS, **options):
        address = serve_folder(build(receiver.url, fields).output)
        page = page_at(**options)
        page.set_default_timeout(10_000)
        if options.get("java_script_enabled", True):
            page.clock.set_fixed_time(OPEN)
        page.goto(f"{address}contests/spring/")
        return page

    return open_page


def fill(page):
    page.get_by_label("Your name").fill("Ana López & Söhne")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Size").select_option("Large")
    page.get_by_label("Your story").fill("Steam at six.\nThen silence.")


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_a_form_sends_what_was_written_and_nothing_else(open_form, receiver, script):
    page = open_form(java_script_enabled=script)
    fill(page)
    page.get_by_label("I have read the conditions").check()
    page.get_by_role("button", name="Send my entry").click()
    page.get_by_text("Thank you.").wait_for()
    assert receiver.fields() == [
        ("_next", "https://example.org/thanks/"),
        ("name", "Ana López & Söhne"),
        ("email", "ana@example.org"),
        ("cups-a-day", ""),
        ("size", "Large"),
        ("your-story", "Steam at six.\r\nThen silence."),
        ("born-on", ""),
        ("_gotcha", ""),
        ("accept_rules", "yes"),
    ]


def test_a_ticked_box_for_news_is_sent_and_stands_apart(open_form, receiver):
    page = open_form()
    fill(page)
    groups = page.locator(".entry-form fieldset")
    assert groups.count() == 2
    assert groups.nth(0).get_by_role("checkbox").count() == groups.nth(1).get_by_role("checkbox").count() == 1
    groups.nth(0).get_by_role("checkbox").check()
    groups.nth(1).get_by_label("Send me news.").check()
    page.get_by_label("Gift wrap").check()
    page.get_by_role("button", name="Send my entry").click()
    page.get_by_text("Thank you.").wait_for()
    sent = dict(receiver.fields())
    assert (sent["accept_marketing"], sent["accept_rules"], sent["gift-wrap"]) == ("yes", "yes", "yes")


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_nothing_is_sent_before_the_rules_are_accepted_and_all_is_filled_in(open_form, receiver, script):
    page = open_form(java_script_enabled=script)
    assert not any(box.is_checked() for box in page.get_by_role("checkbox").all())
    fill(page)
    page.get_by_role("button", name="Send my entry").click()
    page.wait_for_timeout(300)
    assert receiver.bodies == []
    error = page.get_by_text("Tick this to send your entry.")
    assert error.is_visible()
    page.get_by_label("I have read the conditions").check()
    page.get_by_label("E-mail address").fill("ana")
    page.get_by_role("button", name="Send my entry").click()
    page.wait_for_timeout(300)
    assert receiver.bodies == []
    assert page.get_by_text("Write a whole e-mail address").is_visible()
    assert error.is_hidden()


def test_a_file_travels_as_it_is(open_form, receiver):
    page = open_form("    - {label: Picture, type: file, accept: [.png], max_size: 2}\n")
    page.get_by_label("Picture").set_input_files(
        {"name": "cup.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\0"}
    )
    page.get_by_label("I have read the conditions").check()
    page.get_by_role("button", name="Send my entry").click()
    page.get_by_text("Thank you.").wait_for()
    parts = receiver.parts()
    assert parts["picture"] == ("cup.png", b"\x89PNG\r\n\0")
    assert parts["accept_rules"] == (None, b"yes")
    assert "accept_marketing" not in parts


def test_labels_helps_and_errors_belong_to_their_fields(open_form):
    page = open_form()
    field = page.get_by_label("E-mail address")
    said = field.get_attribute("aria-describedby").split()
    assert [page.locator(f"#{name}").text_content() for name in said] == [
        "We answer there.",
        "Write a whole e-mail address: name@example.org",
    ]
    assert field.get_attribute("autocomplete") == "email"
    assert page.get_by_label("Your name").get_attribute("maxlength") == "40"
    assert page.get_by_label("Cups a day (optional)").count() == 1


def test_nobody_meets_the_trap_for_robots(open_form):
    page = open_form()
    trap = page.locator("input[name=_gotcha]")
    assert trap.is_hidden()
    assert "Leave this empty" not in page.locator(".entry-form").aria_snapshot()
    page.get_by_label("Your story").focus()
    names = []
    for _ in range(8):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name || ''"))
    assert "accept_rules" in names
    assert "_gotcha" not in names


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_is_accessible_and_fits(open_form, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = open_form(width=width, scheme=scheme)
    page.get_by_role("button", name="Send my entry").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_markup_of_a_form_is_right(build):
    site = build("https://forms.example/spring")
    page = site.text("contests/spring/")
    assert find_faults(page) == []
    assert "checked" not in re.sub(r"<p.*?</p>", "", page)
    assert " style=" not in page


@pytest.mark.parametrize("path", ["contests/spring/", "privacy/", ""])
def test_forms_may_go_to_the_declared_servers_alone(build, path):
    site = build("https://forms.example:8443/spring?id=1")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', site.text(path))
    assert policy.replace("&#39;", "'").endswith("; form-action 'self' https://forms.example:8443")
    assert "form-action 'self' https://forms.example:8443; frame-ancestors" in site.text("_headers")


def test_a_site_without_forms_allows_none_elsewhere(make_site):
    site = make_site({"content/pages/privacy.md": PRIVACY})
    assert site.build(jobs=1).ok
    assert "form-action 'self';" in site.text("_headers")


def test_a_browser_refuses_a_form_that_was_not_declared(open_form, receiver):
    page = open_form()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("document.querySelector('.entry-form').action = 'http://127.0.0.1:9/elsewhere'")
    fill(page)
    page.get_by_label("I have read the conditions").check()
    page.evaluate("document.querySelector('.entry-form').requestSubmit()")
    page.wait_for_timeout(300)
    assert receiver.bodies == []
    assert any("form-action" in text for text in said)


@pytest.mark.parametrize(("day", "shown"), [("2026-04-30", None), ("2026-06-01", True), ("2026-06-21", False)])
def test_the_form_is_there_only_while_it_may_be_sent(build, day, shown):
    site = build("https://forms.example/spring", now=datetime.fromisoformat(f"{day}T12:00Z"))
    page = site.text("contests/spring/")
    assert ('<form class="entry-form"' in page) == (shown is not False)
    if shown is None:
        assert re.search(r"<div[^>]* hidden>\s*<form", page)


def test_limits_and_the_free_way_are_stated_beside_it(build):
    page = build("https://forms.example/spring").text("contests/spring/")
    assert "One entry for each person" in page
    assert "The form is free." in page


def test_a_form_that_moves_to_another_service_changes_the_policy_of_every_page(build, make_site):
    site = build("https://forms.example/spring")
    contest = site.folder / "content/contests/spring.md"
    contest.write_text(contest.read_text("utf-8").replace("forms.example", "other.example"), "utf-8")
    assert site.build(jobs=1).ok
    assert "https://other.example" in site.text("privacy/")
    assert site.files() == build("https://other.example/spring").files()


def test_the_form_goes_away_by_itself_at_the_deadline(open_form):
    page = open_form()
    form = page.locator(".entry-form")
    assert form.is_visible()
    page.clock.install(time=datetime(2026, 6, 20, 16, 59, 50, tzinfo=UTC))
    page.reload()
    assert form.is_visible()
    page.clock.run_for(30_000)
    assert form.is_hidden()
