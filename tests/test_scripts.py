"""What stands around the two commands: which Python they choose, and how they find a browser."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from scripts.built_for_speed import is_built_for_speed
from tests.support import chromium

ROOT = Path(__file__).parents[1]


def make_command(folder: Path, name: str, script: str) -> Path:
    """Writes a command that does what a shell script says."""
    command = folder / name
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(0o755)
    return command


def choose_python(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the choice of a Python where only the commands of a folder are to be found."""
    environment = {"PATH": str(folder), **variables}
    command = ["/bin/sh", str(ROOT / "scripts" / "python.sh")]
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def test_python3_is_preferred(tmp_path):
    make_command(tmp_path, "python3", "exit 0")
    make_command(tmp_path, "python3.13", "exit 0")
    assert choose_python(tmp_path).stdout == "python3\n"


def test_the_newest_python_is_chosen_when_python3_is_too_old(tmp_path):
    make_command(tmp_path, "python3", "exit 1")
    make_command(tmp_path, "python3.11", "exit 0")
    make_command(tmp_path, "python3.13", "exit 0")
    assert choose_python(tmp_path).stdout == "python3.13\n"


def test_a_python_that_was_built_for_speed_goes_before_one_that_was_not(tmp_path):
    slow = 'case "$1" in *built_for_speed.py) exit 1;; esac'
    system = tmp_path / "system"
    system.mkdir()
    make_command(tmp_path, "python3", slow)
    make_command(system, "python3", slow)
    both = f"{tmp_path}:{system}"
    assert choose_python(tmp_path, PATH=both).stdout == "python3\n"
    make_command(system, "python3", "exit 0")
    assert choose_python(tmp_path, PATH=both).stdout == f"{system}/python3\n"
    make_command(tmp_path, "python3.12", "exit 0")
    assert choose_python(tmp_path, PATH=both).stdout == "python3.12\n"
    assert choose_python(tmp_path, PATH=both, PYTHON="python3").stdout == "python3\n"


def test_how_a_python_was_built_is_told_by_its_configuration_and_its_place(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")
    for options in ("'--enable-shared'", None):
        monkeypatch.setattr(sysconfig, "get_config_var", lambda name, options=options: options)
        assert not is_built_for_speed()
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: "'--enable-optimizations' '--with-lto'")
    assert is_built_for_speed()
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: "'--enable-shared'")
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    assert is_built_for_speed()


def test_a_named_python_is_taken_or_refused_but_never_replaced(tmp_path):
    make_command(tmp_path, "python3", "exit 0")
    make_command(tmp_path, "old", "exit 1")
    assert choose_python(tmp_path, PYTHON="python3").stdout == "python3\n"
    done = choose_python(tmp_path, PYTHON="old")
    assert (done.returncode, done.stderr) == (1, "PYTHON=old is not a Python 3.11 or newer.\n")


def test_no_python_at_all_is_one_clear_sentence(tmp_path):
    done = choose_python(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Twinsite needs Python 3.11 or newer")
    assert len(done.stderr.splitlines()) == 1


def test_a_python_without_venv_is_told_which_package_is_missing(tmp_path):
    make_command(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1;; *print*) echo python3.11-venv;; esac')
    done = choose_python(tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith("on Debian and Ubuntu run: apt-get install python3.11-venv\n")


def test_a_named_browser_is_taken_and_a_broken_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(make_command(tmp_path, "good", "exit 0")))
    assert chromium.find_chromium() == tmp_path / "good"
    monkeypatch.setenv("CHROMIUM", str(make_command(tmp_path, "broken", "exit 1")))
    assert chromium.find_chromium() is None


def test_without_a_browser_and_without_rights_one_command_is_named(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "find_chromium", lambda: None)
    monkeypatch.setattr(chromium, "_install_packages", lambda: False)
    monkeypatch.setattr(chromium, "_download", lambda: False)
    assert chromium.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"The browser tests need a Chromium, and there is none\. Run: [^\n]+chromium[^\n]*\n", said.err)


def test_a_browser_is_installed_when_there_is_none(tmp_path, monkeypatch, capsys):
    installed: list[Path] = []
    monkeypatch.setattr(chromium, "find_chromium", lambda: installed[0] if installed else None)
    monkeypatch.setattr(chromium, "_install_packages", lambda: installed.append(tmp_path / "chromium") or True)
    monkeypatch.setattr(chromium, "has_fonts", lambda: True)
    assert chromium.main() == 0
    assert capsys.readouterr().out == f"{tmp_path / 'chromium'}\n"


def test_continuous_integration_runs_what_a_person_runs():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text(encoding="utf-8").rstrip().endswith("exec make test")


@pytest.mark.skipif(os.name == "nt", reason="There is no make.")
def test_every_target_is_documented():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.M)
    assert {"site", "serve", "test", "test-long", "reference", "bench", "clean"} == set(targets)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"`make {target}`" not in contributing] == []
