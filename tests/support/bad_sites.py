"""The sites of ``tests/bad_sites``: one for each rule, broken in exactly the way that the rule is about.

A folder holds only the files that matter; the usual ``site.yaml`` and an empty ``content`` are added. ``expected.txt``
is what the build prints of the problem. ``python -m tests.support.bad_sites`` writes it anew for all; read the
difference before you commit it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.support.command import Outcome, run_command
from tests.support.site import SETTINGS

FOLDER = Path(__file__).parents[1] / "bad_sites"
NOW = "2026-06-01T12:00:00Z"


def copy_bad_site(rule: str, target: Path) -> None:
    """The site of a rule, made whole, in the folder ``target``."""
    shutil.copytree(FOLDER / rule, target, ignore=shutil.ignore_patterns("expected.txt"))
    (target / "content").mkdir(exist_ok=True)
    if not (target / "site.yaml").exists():
        (target / "site.yaml").write_text(SETTINGS, encoding="utf-8")


def build_bad_site(site: Path, output: Path, *options: str) -> Outcome:
    """What ``twinsite build`` does with it."""
    return run_command("build", "--site", site, "--output", output, "--now", NOW, "--jobs", 1, *options)


def main() -> None:
    """Writes every ``expected.txt`` as the build prints it now."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as place:
            copy_bad_site(folder.name, Path(place) / "site")
            outcome = build_bad_site(Path(place) / "site", Path(place) / "public")
        (folder / "expected.txt").write_text(outcome.err, encoding="utf-8")


if __name__ == "__main__":
    main()
