"""A preview in a process of its own: how it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_termination_end_it_quietly_with_130(tmp_path, how):
    (tmp_path / "page.html").write_text("<head></head>hello")
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("run_preview.py")), str(tmp_path)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        # A test runner in the background ignores Ctrl-C, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        url = process.stdout.readline().strip()
        assert process.stdout.readline() == "built\n"
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert b"hello" in answer.read()
        process.send_signal(how)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert errors == ""
    assert process.returncode == 130
