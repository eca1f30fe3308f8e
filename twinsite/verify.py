"""``build --verify``: the same site built clean beside, and every byte compared."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from twinsite.build import BuildRequest, BuildResult, build_site
from twinsite.core.problem import Problem
from twinsite.write.manifest import read_manifest


def verify_output(request: BuildRequest, result: BuildResult) -> BuildResult:
    """The result with a problem for each file that a clean build would have made otherwise."""
    assert result.output is not None
    with TemporaryDirectory(prefix="twinsite-verify-") as folder:
        clean = Path(folder) / "site"
        build_site(replace(request, output=clean, use_cache=False, jobs=1, force=False))
        problems = compare_outputs(result.output, clean)
    return replace(result, problems=(*result.problems, *problems), ok=not problems)


def compare_outputs(output: Path, clean: Path) -> list[Problem]:
    """A problem for each of our files that differs between two output folders, byte for byte."""
    ours, theirs = set(read_manifest(output).files), set(read_manifest(clean).files)
    differing = sorted(
        path
        for path in ours | theirs
        if path not in ours or path not in theirs or (output / path).read_bytes() != (clean / path).read_bytes()
    )
    hint = "This is a bug of Twinsite: please report it. Until then build with --no-cache."
    return [
        Problem("not-reproducible", path, "A clean build makes other bytes of this file.", hint) for path in differing
    ]
