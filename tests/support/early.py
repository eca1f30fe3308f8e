"""What tests of early rendering share: the marks of orders that other processes did."""

from __future__ import annotations

from pathlib import Path

import pytest

from twinsite.render.early import EarlyMaker


def count_orders(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Have each order that is done, by whatever process, leave a mark in the file that is given back."""
    do, marks = EarlyMaker.do, folder / "marks"
    marks.touch()

    def mark(self: EarlyMaker, order: bytes) -> bytes:
        with marks.open("a") as file:
            file.write("x")
        return do(self, order)

    monkeypatch.setattr(EarlyMaker, "do", mark)
    return marks
