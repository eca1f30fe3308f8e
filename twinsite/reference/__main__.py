"""``python -m twinsite.reference FOLDER``: write the generated pages of the guide into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from twinsite.reference import make_pages


def main(arguments: list[str]) -> int:
    """Write every page that differs from its file. 0 when done, 2 without exactly one folder."""
    if len(arguments) != 1:
        print("Write: python -m twinsite.reference FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    pages = make_pages()
    for name, text in pages.items():
        data = text.encode()
        if not (folder / name).is_file() or (folder / name).read_bytes() != data:
            (folder / name).write_bytes(data)
            print(folder / name)
    print(f"{len(pages)} pages are as the code says.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
