"""Finds a Chromium for the browser tests, and as a command also installs one where that is possible.

Gives the path of an executable. Looks in this order: the variable ``CHROMIUM``, the usual commands on the path, the
usual places of macOS, what Playwright has downloaded. ``python tests/support/chromium.py`` prints the path; when there
is none, it installs Debian's package (as root, or with a ``sudo`` that asks nothing), else lets Playwright download
one, else says in one sentence what to run. It never asks anything and reads no input.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
PACKAGES = ("chromium", "fonts-liberation")


def find_chromium() -> Path | None:
    """The path of a Chromium that starts, or ``None``."""
    for candidate in _candidates():
        if candidate.is_file() and _starts(candidate):
            return candidate
    return None


def _candidates() -> list[Path]:
    named = os.environ.get("CHROMIUM")
    if named:
        return [Path(shutil.which(named) or named)]
    commands = [Path(found) for found in map(shutil.which, COMMANDS) if found]
    return [*commands, *map(Path, APPLICATIONS), *_downloaded()]


def _downloaded() -> list[Path]:
    """What Playwright would use by itself, whether or not it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [Path(playwright.chromium.executable_path)]


def _starts(executable: Path) -> bool:
    """Ubuntu's ``chromium`` package is only a pointer to a snap, which does not start in a container: so try."""
    return _run([str(executable), "--version"], timeout=60)


def has_fonts() -> bool:
    """Whether there is any font for text; without one a page is a page of boxes."""
    if sys.platform != "linux":
        return True
    files = (path for folder in FONT_FOLDERS for path in Path(folder).expanduser().rglob("*"))
    return any(path.suffix.lower() in {".ttf", ".otf", ".ttc", ".pfb"} for path in files)


def _run(command: Sequence[str], timeout: float | None = None) -> bool:
    """Whether a command succeeds; what it says goes to our standard error."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=timeout, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root without a question; ``None`` where that cannot be."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _run(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def _is_ubuntu() -> bool:
    """Ubuntu has no Chromium among its packages, only a pointer to a snap."""
    release = Path("/etc/os-release")
    return release.is_file() and "ID=ubuntu" in release.read_text(encoding="utf-8").splitlines()


def _install_packages() -> bool:
    """Installs Debian's packages; false when there is no right to, or no apt-get."""
    root = _as_root()
    if root is None or not shutil.which("apt-get"):
        return False
    names = ["fonts-liberation"] if _is_ubuntu() or find_chromium() else list(PACKAGES)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *names]
    print(f"Installing {' and '.join(names)} ...", file=sys.stderr)
    return _run([*root, "apt-get", "update", "-q"]) and _run([*root, *install])


def _download() -> bool:
    """Lets Playwright download its own Chromium."""
    print("Letting Playwright download a Chromium ...", file=sys.stderr)
    return _run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=600)


def _advice() -> str:
    """The one command that helps on this system."""
    if shutil.which("apt-get") and not _is_ubuntu():
        return f"sudo apt-get install {' '.join(PACKAGES)}"
    return f"{sys.executable} -m playwright install --with-deps chromium"


def main() -> int:
    """Prints the path of a Chromium, installing it first if need be. 0 when there is one."""
    found = find_chromium()
    if found is None or not has_fonts():
        _install_packages()
        found = found or find_chromium()
    if found is None and _download():
        found = find_chromium()
    if found is None:
        print(f"The browser tests need a Chromium, and there is none. Run: {_advice()}", file=sys.stderr)
        return 1
    if not has_fonts():
        print("The browser tests need a font. Run: sudo apt-get install fonts-liberation", file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
