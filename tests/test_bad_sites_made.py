"""The rules whose bad sites need a hand: links, sizes, other programs, a full disk. Each is made by code.

A test named ``test_<rule>`` stands for the rule's folder in ``tests/bad_sites``. One test makes sure that every rule
has one or the other.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.commands import test_import_entries, test_import_showcases
from tests.draw import test_draw_mistakes
from tests.support.bad_sites import FOLDER, NOW, build_bad_site
from tests.support.command import Outcome, run_command
from tests.support.site import SETTINGS, Site
from twinsite.core.problem import Problem
from twinsite.core.rules import RULES

PAGE = "---\ntitle: About\n---\nHello.\n"
Build = Callable[..., Outcome]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with one good page, not built yet."""
    made = Site(tmp_path / "site", tmp_path / "public")
    made.write("site.yaml", SETTINGS)
    made.write("content/pages/about.md", PAGE)
    return made


@pytest.fixture
def build(site: Site) -> Build:
    """Builds that site over an earlier build, checks that errors leave the earlier one alone, and gives the outcome."""

    def run(*options: str) -> Outcome:
        before = site.files() if site.output.is_dir() else {}
        outcome = build_bad_site(site.folder, site.output, *options)
        if outcome.code == 1 and site.output.is_dir():
            assert site.files() == before
        assert "Traceback" not in outcome.err
        return outcome

    assert build_bad_site(site.folder, site.output).code == 0
    return run


def tell(*lines: str) -> str:
    """The problem of which these are the lines, as the build prints it when it is the only one."""
    severity = lines[0].split("  ")[1]
    return "\n".join([lines[0], *(f"   {line}" for line in lines[1:])]) + f"\n\n1 {severity}\n"


def test_every_rule_has_a_bad_site():
    modules = (test_draw_mistakes, test_import_entries, test_import_showcases)
    tests = (*globals(), *(name for module in modules for name in vars(module)))
    made = {name.removeprefix("test_").replace("_", "-") for name in tests if name.startswith("test_")}
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert sorted(set(RULES) - made - folders) == []
    assert sorted(folders - set(RULES)) == []
    assert sorted(folders & made) == []


def test_no_settings(tmp_path):
    outcome = run_command("build", "--site", tmp_path, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith(
        "site.yaml  error  no-settings\n   There is no site.yaml here, so this is not the folder of a site.\n"
    )
    assert outcome.err.endswith("\n\n1 error\n")


def test_no_content(site, build):
    site.delete("content/pages/about.md")
    (site.folder / "content" / "pages").rmdir()
    (site.folder / "content").rmdir()
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith('content  error  no-content\n   There is no folder "content" here')


def test_broken_symlink(site, build):
    (site.folder / "content/pages/team.md").symlink_to("nowhere.md")
    assert build() == Outcome(
        1,
        "Nothing was written; the site is as it was.\n",
        tell(
            "content/pages/team.md  error  broken-symlink",
            "This symbolic link leads to nothing.",
            "Remove the link or mend it.",
        ),
    )


def test_link_outside_site(site, build, tmp_path):
    (tmp_path / "secret.md").write_text(PAGE)
    (site.folder / "content/pages/team.md").symlink_to(tmp_path / "secret.md")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/team.md  error  link-outside-site",
        "This symbolic link leads out of the site's folder, so its target could be published by accident.",
        "Copy the file into the site instead.",
    )


@pytest.mark.parametrize("target", ["..", "loop", "../pages"])
def test_symlink_loop(site, build, target):
    (site.folder / "content/pages/loop").symlink_to(target)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/loop  error  symlink-loop",
        "This symbolic link leads back to a folder above it, so the folder has no end.",
        "Remove the link.",
    )


@pytest.mark.parametrize("depth", [101, 300])
def test_folder_too_deep(site, build, depth):
    (site.folder / "content/pages" / "/".join("d" * depth)).mkdir(parents=True)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/d/d  error  folder-too-deep",
        "There are more than 100 folders inside each other here.",
        "Move what is in them further up; a copy of a folder into itself is the usual cause.",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_cannot_read(site, build):
    os.mkfifo(site.folder / "content/pages/team.md")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/team.md  error  cannot-read",
        "This is neither a file nor a folder, so it cannot be read.",
        "Remove it from the content folder.",
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("path", ["content/pages/team.md", "content/static/team.pdf", "content/data/team.csv"])
def test_cannot_read_without_permission(site, build, path):
    site.write(path, PAGE)
    (site.folder / path).chmod(0)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith(f"{path}  error  cannot-read\n   This file cannot be read: Permission denied.\n")


def test_a_folder_with_the_name_of_a_record(site, build):
    (site.folder / "content/pages/team.md").mkdir()
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/team.md  error  wrong-ending",
        "This is a folder, but its name ends in .md, as only the names of records do.",
        "Rename the folder to team; the record itself is then the file team/index.md.",
    )


def test_file_too_large(site, build):
    with (site.folder / "content/pages/team.md").open("wb") as file:
        file.truncate(60_000_000)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("content/pages/team.md  error  file-too-large\n   This file has 60,000,000 bytes")


def test_front_matter_too_large(site, build):
    site.write("content/pages/team.md", f"---\ntitle: Team\nsummary: {'word ' * 400_000}\n---\n")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/team.md:1:1  error  front-matter-too-large",
        *("1 | ---", "  | ^"),
        "The front matter has 2,000,022 bytes; it may have 1,000,000.",
        "Move long texts below the second line ---.",
    )


def write_png(width: int, height: int) -> bytes:
    """The bytes of a PNG that says it has this size, with hardly anything in it."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0"))]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in [*parts, (b"IEND", b"")]
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_picture_too_large(site, build):
    site.write("content/pages/team.md", "---\ntitle: Team\nimage: {src: team.png, alt: The team}\n---\n")
    site.write("content/pages/team.png", write_png(8000, 8000))
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "content/pages/team.png  error  picture-too-large",
        "This picture is too large: it is 8000 × 8000 pixels, that is 64 megapixels, and at most 50 are allowed.",
        "Save it smaller: 4000 pixels wide is plenty for a page.",
    )


def test_markdown_failed(site, build, monkeypatch):
    from twinsite.read.markdown import body

    def fail(*values: object) -> None:
        raise ValueError("no idea")

    monkeypatch.setattr(body, "_render_quickly", lambda *_: None)
    monkeypatch.setattr(body, "_convert", fail)
    site.write("content/pages/team.md", "---\ntitle: Team\n---\nHello, all.\n")
    outcome = build("--no-cache")
    assert outcome.code == 1
    assert "content/pages/team.md:4:1  error  markdown-failed\n" in outcome.err
    assert "The Markdown engine could not read this text: no idea\n" in outcome.err


def test_not_valid():
    from pydantic import field_validator

    from twinsite.core.record import Model
    from twinsite.core.values import Text
    from twinsite.validate.model import validate_model

    class Odd(Model):
        word: Text

        @field_validator("word", mode="after")
        @classmethod
        def refuse(cls, word: str) -> str:
            raise ValueError("no word is good enough")

    _, problems = validate_model(Odd, {"word": "x"}, "content/pages/about.md", "UTC", "page")
    assert problems == [
        Problem(
            "not-valid",
            "content/pages/about.md",
            "This value does not fit: no word is good enough.",
            field=("word",),
        )
    ]


def test_foreign_file(site, build):
    site.write("content/pages/team.md", "---\ntitle: Team\n---\n")
    (site.output / "team").mkdir()
    (site.output / "team" / "index.html").write_text("mine")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "command line  error  foreign-file",
        '"public/team/index.html" is a file that Twinsite did not write.',
        "Move it away or remove it, or build with --force to let Twinsite take its place.",
    )
    assert build("--force").code == 0
    assert "Team" in site.text("team/")


def test_cannot_write(site, tmp_path):
    (tmp_path / "taken").write_text("a file")
    words = f'Twinsite could not write the output folder "{tmp_path}/taken/public"'
    outcome = build_bad_site(site.folder, tmp_path / "taken" / "public")
    assert outcome.code == 1
    assert outcome.err == tell(
        "command line  error  cannot-write",
        f"{words}: a file stands where a folder is needed.",
        "Move that file away, or choose another output folder.",
    )
    assert (tmp_path / "taken").read_text() == "a file"


def test_output_busy(site, build, monkeypatch):
    from twinsite.write import lock

    def never(folder: Path) -> None:
        raise BlockingIOError

    monkeypatch.setattr(lock, "_try_lock", never)
    monkeypatch.setattr(lock.time, "monotonic", iter(range(0, 1000, 10)).__next__)
    site.write("content/pages/about.md", f"{PAGE}\nOne more line.\n")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err == tell(
        "command line  error  output-busy",
        f'Another build is writing "{site.output}" and did not finish within 30 seconds.',
        "Wait until it is done, or build into another folder with --output.",
    )


def test_manifest_damaged(site, build):
    (site.output / ".twinsite-manifest").write_text("nonsense")
    outcome = build()
    assert outcome.code == 0
    assert outcome.err == tell(
        "command line  warning  manifest-damaged",
        'The list of written files in "public" was damaged: files of an old build may remain.',
        "Empty the output folder once, then build again.",
    )


def test_not_reproducible(site, build, monkeypatch):
    from twinsite import verify

    def build_otherwise(request):
        other = Site(request.site, request.output)
        other.write("content/pages/about.md", PAGE.replace("Hello", "Good-bye"))
        return other.build(output=request.output)

    monkeypatch.setattr(verify, "build_site", build_otherwise)
    outcome = build_bad_site(site.folder, site.output, "--verify")
    assert outcome.code == 1
    assert "about/index.html  error  not-reproducible\n   A clean build makes other bytes of this file." in outcome.err


def test_unknown_path(site):
    outcome = run_command("explain", "/abuot/", "--site", site.folder, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith('command line  error  unknown-path\n   There is no record or page "/abuot/".')
    assert 'Did you mean "/about/"?' in outcome.err


def test_nothing_to_lock(site):
    outcome = run_command("lock", "sprnig", "--site", site.folder, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith('command line  error  nothing-to-lock\n   There is no contest or claim "sprnig".\n')


def test_no_playbook(site):
    outcome = run_command("new", "claim", "Our coffee", "--level", "high", "--site", site.folder, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith(
        "playbook.yaml  error  no-playbook\n   There is no playbook.yaml beside site.yaml.\n   Copy the one"
    )


def test_not_approved(site):
    decider = "{name: Noor Haddad}"
    levels = "{medium: {means: M, statement: S, what_to_do: W}}"
    site.write("playbook.yaml", f"approver: {decider}\nbackup: {{name: Ann Lee}}\nlevels: {levels}\n")
    asked = ("Our coffee", "--claim", "A post says that it is bad.", "--publish", "Kim")
    outcome = run_command("new", "claim", *asked, "--site", site.folder, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith(
        'playbook.yaml  error  not-approved\n   "Kim" may not publish a claim.\n'
        "   The playbook names Noor Haddad, else Ann Lee. Leave out --publish"
    )


def test_a_claim_about_a_product_that_is_not_there_is_not_written(site):
    decider = "{name: Noor Haddad}"
    levels = "{medium: {means: M, statement: S, what_to_do: W}}"
    site.write("playbook.yaml", f"approver: {decider}\nbackup: {{name: Ann Lee}}\nlevels: {levels}\n")
    asked = ("What we know", "--claim", "A post says that it is bad.", "--publish", "Noor Haddad", "--product", "larq")
    outcome = run_command("new", "claim", *asked, "--site", site.folder, "--now", NOW)
    assert outcome.code == 1
    assert 'unknown-reference\n   There is no product "larq".' in outcome.err
    assert not list((site.folder / "content").rglob("what-we-know.md"))


def test_unknown_kind(site):
    outcome = run_command("new", "contst", "Spring", "--site", site.folder)
    assert outcome.code == 1
    assert outcome.err.startswith(
        'command line  error  unknown-kind\n   There is no kind "contst". Did you mean "contest"?\n'
    )


def test_empty_title(site):
    outcome = run_command("new", "contest", " ", "--site", site.folder)
    assert outcome.code == 1
    assert outcome.err == tell(
        "command line  error  empty-title",
        "The title is empty.",
        'Write it in quotes: twinsite new contest "A title"',
    )


def test_record_exists(site):
    outcome = run_command("new", "page", "About", "--site", site.folder)
    assert outcome.code == 1
    assert outcome.err.startswith("content/pages/about.md  error  record-exists\n   There is already a page")
    assert (site.folder / "content/pages/about.md").read_text() == PAGE


@pytest.fixture
def port() -> int:
    """A port on which another program listens."""
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    yield server.server_port
    server.server_close()


def test_port_in_use(site, port):
    outcome = run_command("serve", "--site", site.folder, "--port", port, "--now", NOW)
    assert outcome.code == 1
    message = f"command line  error  port-in-use\n   Port {port} is in use, perhaps by another preview.\n"
    assert outcome.err.startswith(message)


def test_port_not_allowed():
    from twinsite.serve.address import open_sockets

    found = open_sockets("127.0.0.1", 70000)
    assert found == Problem("port-not-allowed", "", "70000 is no port.", "Write a number from 1024 to 65535.")


def test_unknown_host(site):
    outcome = run_command("serve", "--site", site.folder, "--host", "192.0.2.1", "--port", 0, "--now", NOW)
    assert outcome.code == 1
    assert outcome.err.startswith('command line  error  unknown-host\n   This computer has no address "192.0.2.1".\n')


def test_changed_while_building():
    from twinsite.core.source import SourceChangedError

    assert SourceChangedError("content/pages/about.md").problem() == Problem(
        "changed-while-building",
        "content/pages/about.md",
        "This file was changed while the site was being built.",
        "Build again, once no program is writing to the folder of the site.",
    )


def test_build_crashed():
    from twinsite.serve.session import _fault

    assert _fault(ValueError("oh")) == Problem(
        "build-crashed",
        "",
        "Twinsite itself failed: ValueError: oh",
        "This is a fault of Twinsite. Please report it with the text below.",
    )


class Answer(BaseHTTPRequestHandler):
    """Answers every question with the number in its path."""

    def do_HEAD(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *values: object) -> None:
        pass


@pytest.fixture
def asked(site: Site) -> Callable[[int], str]:
    """What ``check --external`` prints of a link whose server answers with a number."""
    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()

    def ask(number: int) -> str:
        address = f"http://127.0.0.1:{server.server_port}/{number}"
        site.write("content/pages/about.md", f"---\ntitle: About\n---\n[Elsewhere]({address})\n")
        outcome = run_command("check", "--external", "--site", site.folder, "--now", NOW)
        assert outcome.code == 0
        return outcome.err.replace(address, "ADDRESS")

    yield ask
    server.shutdown()
    server.server_close()


def test_external_link(asked):
    assert asked(404) == tell(
        "content/pages/about.md:4:1  warning  external-link",
        *("4 | [Elsewhere](ADDRESS)", "  | ^"),
        "The link to ADDRESS answers 404.",
        "Correct the address, or link to an archived copy.",
    )
    assert asked(200) == ""


def test_external_link_untold(asked):
    assert "  notice  external-link-untold\n" in asked(403)
