"""``twinsite serve`` itself, in a process of its own, around a whole site."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twinsite.scaffold import init_site

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def ask(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(url, words, seconds=20.0):
    """Asks until the words are there; gives the seconds it took and the answer's status."""
    before = time.monotonic()
    while True:
        status, text = ask(url)
        if words in text:
            return time.monotonic() - before, status
        assert time.monotonic() < before + seconds, text
        time.sleep(0.02)


@pytest.fixture
def served(tmp_path):
    site = tmp_path / "site"
    init_site(site, NOW)
    command = [sys.executable, "-m", "twinsite", "serve", "--site", str(site), "--port", "0", "--now", NOW.isoformat()]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)}
    with (tmp_path / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
    try:
        found = None
        while found is None:
            line = process.stdout.readline()
            assert line, (tmp_path / "errors.txt").read_text()
            found = re.search(r"http://127\.0\.0\.1:[0-9]+/", line)
        yield site, found[0], process, tmp_path
    finally:
        process.kill()
        process.communicate()


@pytest.mark.alone
@pytest.mark.slow
def test_a_whole_site_is_shown_broken_mended_and_ended(served):
    site, url, process, folder = served
    page = site / "content/pages/contact.md"
    whole = page.read_text()
    wait_for(url + "contact/", "two working days", 20)
    assert 'src="/livereload.js?port=' in ask(url)[1]
    assert ask(url + "nowhere/")[0] == 404
    taken = []
    for days in ("three", "four", "five"):
        page.write_text(whole.replace("two working days", f"{days} working days"))
        taken.append(wait_for(url + "contact/", f"{days} working days")[0])
    assert min(taken) < 1.0
    page.write_text(whole.replace("summary:", "sumary:"))
    _, status = wait_for(url + "contact/", "<mark>sumary</mark>")
    assert status == 500
    page.write_text(whole)
    _, status = wait_for(url + "contact/", "two working days")
    assert status == 200
    assert not (site / "public").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert "Traceback" not in (folder / "errors.txt").read_text()
    assert list(folder.glob("twinsite-preview-*")) == []
