"""A preview in a process of its own, around a build that copies one file: run with the site's folder as argument."""

from __future__ import annotations

import sys
from pathlib import Path

from twinsite.serve import Preview, ServeOptions, serve_site


def main(root: Path) -> int:
    output = root / "out"

    def build(_changed: object, _pause: object) -> Preview:
        output.mkdir(exist_ok=True)
        (output / "index.html").write_text((root / "page.html").read_text())
        return Preview(output, True)

    def say(text: object) -> None:
        print(text, flush=True)

    return serve_site(build, [root / "page.html"], ServeOptions(port=0, site=root), lambda preview: say("built"), say)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
