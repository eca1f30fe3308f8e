"""What is published: a wheel that works alone in an empty environment, made the same each time, themes and all."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import twinsite

ROOT = Path(__file__).parents[1]
LAW = ROOT / "twinsite" / "law"
OURS = ("PYTHON", "VIRTUAL_ENV")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command as a stranger would: in another folder, with nothing of this environment that could help it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(words)}\nended with {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def environment(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "env"
    run(sys.executable, "-m", "venv", folder, cwd=packages)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    locked = ("--constraint", ROOT / "requirements.lock")
    run(commands / "python", "-m", "pip", "install", "--quiet", *locked, *packages.glob("*.whl"), cwd=packages)
    return commands


def find_themes() -> set[str]:
    """The theme files of the repository, as a wheel names them."""
    files = (path for path in (ROOT / "themes").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"twinsite/_themes/{path.relative_to(ROOT / 'themes').as_posix()}" for path in files}


def test_the_wheel_carries_the_themes_and_the_types(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert find_themes() - names == set()
    assert "twinsite/py.typed" in names
    law = {f"twinsite/law/{path.relative_to(LAW).as_posix()}" for path in LAW.rglob("*.yaml")}
    assert len(law) > 10
    assert law - names == set()
    assert [name for name in names if name.startswith(("tests/", "content/", "themes/"))] == []


def test_the_wheel_from_a_checkout_is_that_from_the_sdist(packages: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (one,) = packages.glob("*.whl")
    (other,) = tmp_path.glob("*.whl")
    assert one.read_bytes() == other.read_bytes()


def test_the_sdist_holds_nothing_private(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    kept = {"twinsite", "themes", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "DESIGN.md"}
    assert tops - kept <= {"CONTRIBUTING.md", "PKG-INFO", ".gitignore"}
    assert kept - tops == set()


def test_the_wheel_says_its_version(environment: Path, tmp_path: Path) -> None:
    assert twinsite.__version__ in run(environment / "twinsite", "--version", cwd=tmp_path).stdout
    assert twinsite.__version__ in run(environment / "python", "-m", "twinsite", "--version", cwd=tmp_path).stdout


def test_a_first_site_builds_from_the_wheel_alone(environment: Path, tmp_path: Path) -> None:
    run(environment / "twinsite", "init", "demo", cwd=tmp_path)
    run(environment / "twinsite", "build", "--strict", "--site", "demo", cwd=tmp_path)
    home = (tmp_path / "demo" / "public" / "index.html").read_text(encoding="utf-8")
    assert "<h1" in home
    assert list((tmp_path / "demo" / "public").rglob("*.css"))


def test_the_commands_need_no_locale_and_no_terminal(environment: Path, tmp_path: Path) -> None:
    run(environment / "twinsite", "init", "demo", cwd=tmp_path)
    bare = {"PATH": os.defpath, "LC_ALL": "C"}
    command = [environment / "twinsite", "build", "--site", "demo"]
    done = subprocess.run(command, cwd=tmp_path, env=bare, stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
