"""The results as one plain value: what ``bench/results.json`` holds, and all tables are written from.

Takes the ledger; asks the tools for their versions. Numbers are cut to three significant digits.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.figures import Figure, summarize
from bench.ledger import Measured
from bench.machine import describe_machine
from bench.tools import Tool

FILE: Final = Path(__file__).parent / "results.json"


def make_results(
    measured: Iterable[Measured], tools: Mapping[str, Tool], outputs: list[dict[str, Any]], day: date
) -> dict[str, Any]:
    """Everything that is known, by size, quantity and tool."""
    figures = summarize(measured)
    names = {figure.tool for figure in figures}
    sizes: dict[str, dict[str, dict[str, Any]]] = {}
    for figure in sorted(figures, key=lambda figure: figure.records):
        by_what = sizes.setdefault(str(figure.records), {})
        by_what.setdefault(figure.what, {})[figure.tool] = describe_figure(figure)
    shown = [tool for tool in tools.values() if tool.name in names]
    return {
        "date": day.isoformat(),
        "machine": describe_machine(),
        "tools": {
            tool.name: {"label": tool.label, "version": find_version(tool), "note": tool.note} for tool in shown
        },
        "sizes": sizes,
        "outputs": outputs,
    }


def describe_figure(figure: Figure) -> dict[str, Any]:
    """A figure as plain values; what is not known is left out."""
    values = {
        "median": significant(figure.median),
        "count": figure.count,
        "cpu": significant(figure.cpu) or None,
        "system": significant(figure.system) or None,
        "ratio": significant(figure.ratio),
        "least": significant(figure.least),
        "greatest": significant(figure.greatest),
        "disturbed": figure.disturbed or None,
        "faults": list(figure.faults) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def significant(number: float | None) -> float | None:
    """Three significant digits."""
    return None if number is None else float(f"{number:.3g}")


def find_version(tool: Tool) -> str:
    """The first number with a full stop in what the tool says of itself."""
    said = subprocess.run(tool.version(), capture_output=True, text=True, check=False)
    match = re.search(r"\d+\.\d+(?:\.\d+)?", said.stdout + said.stderr)
    return match.group(0) if match else "unknown"


def write_results(results: Mapping[str, Any], path: Path = FILE) -> None:
    """The value as JSON."""
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_results(path: Path = FILE) -> dict[str, Any]:
    """The value that was written."""
    results: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return results
