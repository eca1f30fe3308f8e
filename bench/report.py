"""Tables in Markdown from the results: ``bench/RESULTS.md``, and the short one of the README.

Pure functions of the results; the README's table stands between two marks and is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

LABELS: Final = MappingProxyType(
    {
        "cold": "cold build",
        "none": "no change",
        "body": "one body edited",
        "title": "one title edited",
        "template": "base template touched",
        "latency": "save to served",
        "memory": "peak memory, cold build",
        "memory-none": "peak memory, no change",
    }
)
BARS: Final = MappingProxyType(
    {"cold": 0.7, "none": 0.12, "body": 0.15, "title": 0.3, "template": 0.5, "latency": 0.3, "memory": 0.5}
)
"""What Twinsite wants to reach on 10,000 records, as a share of Hugo's figure."""
SMALL_BARS: Final = MappingProxyType({"cold": 2, "none": 1.5})
"""The same on 100 records."""
MEMORY: Final = ("memory", "memory-none")
BEGIN: Final = "<!-- This table is made from bench/results.json by: python -m bench report -->"
END: Final = "<!-- end of the table -->"

Results = Mapping[str, Any]
Row = Sequence[str]


def write_report(results: Results) -> str:
    """The whole of ``RESULTS.md``."""
    return "\n\n".join(_list_sections(results)) + "\n"


def _list_sections(results: Results) -> Iterator[str]:
    yield "# Results"
    yield _describe_run(results)
    for size in sorted(results["sizes"], key=int, reverse=True):
        yield from _describe_size(results, size)
    yield from _describe_growth(results)
    yield from _describe_outputs(results)
    yield from _describe_tools(results)
    yield "## How to measure again"
    yield (
        "`make bench` sets up everything by itself and writes this file anew; the README says what can be chosen. "
        "What is finished is kept, so an interrupted run goes on where it stopped."
    )


def _describe_run(results: Results) -> str:
    machine = results["machine"]
    tools = [f"{tool['label']} {tool['version']}" for tool in results["tools"].values()]
    return (
        f"Measured on {results['date']} on a machine with {machine['cores']} cores of {machine['processor']}, "
        f"{machine['memory']} of memory, {machine['system']} and Python {machine['python']}: {', '.join(tools)}.\n\n"
        "All generators get the same records and make the same pages: records, lists in pages of twenty, tag pages, "
        "one feed, a sitemap. Before anything is timed the outputs are compared: number of pages, titles, headings, "
        "every article's text and links, the order of all lists, the feed and the sitemap. After each build its output "
        "is looked at: are the edited words on all the pages where they belong?\n\n"
        "A time is the median over the rounds; tools take turns within a round. A ratio is that to Hugo in the same "
        "round: the median, and in brackets the least and the greatest. Memory is the greatest sum of the proportional "
        "set sizes of all processes, in a build of its own. A figure with a star was measured while other programs "
        "kept the machine busy."
    )


def _describe_tools(results: Results) -> Iterator[str]:
    notes = [f"- {tool['label']}: {tool['note']}" for tool in results["tools"].values() if tool["note"]]
    if notes:
        yield "## How each generator is used"
        yield "\n".join(notes)


def _describe_size(results: Results, size: str) -> Iterator[str]:
    figures = results["sizes"][size]
    tools = [name for name in results["tools"] if any(name in by_tool for by_tool in figures.values())]
    heads = [results["tools"][name]["label"] for name in tools]
    yield f"## {int(size):,} records"
    rows = [
        [label, *(show_value(what, figures[what].get(name)) for name in tools)]
        for what, label in LABELS.items()
        if what in figures
    ]
    yield make_table(["", *heads], rows)
    ratios = [
        [label, *(show_ratio(figures[what].get(name)) for name in tools), _show_bar(what, size)]
        for what, label in LABELS.items()
        if what in figures and any("ratio" in figure for figure in figures[what].values())
    ]
    if ratios:
        yield "Ratio to Hugo:"
        yield make_table(["", *heads, "aim of Twinsite"], ratios)
    processor = [
        [LABELS[what], *(_show_seconds(figures[what].get(name, {}).get("cpu")) for name in tools)]
        for what in ("cold", "none", "body", "title", "template")
        if what in figures
    ]
    if processor:
        yield "Processor time of all processes together:"
        yield make_table(["", *heads], processor)
    yield from _describe_floor(figures)
    yield from _describe_faults(results, figures)


def _show_bar(what: str, size: str) -> str:
    bars = BARS if int(size) >= 10_000 else SMALL_BARS if int(size) <= 100 else {}
    return f"≤ {bars[what]}" if what in bars else ""


def _describe_floor(figures: Results) -> Iterator[str]:
    floor = figures.get("floor", {}).get("floor")
    if floor:
        yield f"The floor, reading all sources and writing the same bytes from plain Python: {floor['median']:.2f} s."


def _describe_faults(results: Results, figures: Results) -> Iterator[str]:
    """What the comparison of the outputs found."""
    pages = figures.get("pages", {})
    equal = [results["tools"][name]["label"] for name, figure in pages.items() if "faults" not in figure]
    if equal:
        yield f"The outputs say the same: {', '.join(equal)}."
    found = [
        f"- {results['tools'][name]['label']}, {LABELS.get(what, 'comparison')}: {figure['faults'][0]}"
        for what, by_tool in figures.items()
        for name, figure in by_tool.items()
        if "faults" in figure and name in results["tools"]
    ]
    if found:
        yield "What was wrong with outputs:\n\n" + "\n".join(found)


def _describe_growth(results: Results) -> Iterator[str]:
    sizes = [size for size in sorted(results["sizes"], key=int) if "twinsite" in results["sizes"][size].get("cold", {})]
    if len(sizes) < 2:
        return
    yield "## Growth"
    yield "Twinsite alone, milliseconds for each record, and beside them the floor:"
    heads = ["records", "cold", "floor", "no change", "one body edited"]
    yield make_table(heads, [_grow(results["sizes"][size], int(size)) for size in sizes])
    yield (
        "The processor time of a cold build, milliseconds for each record, as Twinsite used it and the system for it; "
        "kilobytes of memory for each record; and the seconds from a saved record to its page:"
    )
    heads = ["records", "Twinsite", "the system", "memory, cold", "memory, no change", "save to served"]
    yield make_table(heads, [_weigh(results["sizes"][size], int(size)) for size in sizes])


def _grow(figures: Results, records: int) -> Row:
    """Times for each record."""
    floor = _share(figures.get("floor", {}).get("floor"), 1000 / records)
    cold, none, body = (_share(_own(figures, what), 1000 / records) for what in ("cold", "none", "body"))
    return [f"{records:,}", cold, floor, none, body]


def _weigh(figures: Results, records: int) -> Row:
    """What a cold build takes for each record, and how long a save takes."""
    cold = _own(figures, "cold")
    system = cold.get("system", 0.0)
    own = {"median": cold["cpu"] - system} if system else {}
    times = [_share(time, 1000 / records) for time in (own, {"median": system} if system else {})]
    memory = [_share(_own(figures, what), 1024 / records) for what in MEMORY]
    return [f"{records:,}", *times, *memory, _share(_own(figures, "latency"), 1)]


def _own(figures: Results, what: str) -> Results:
    found: Results = figures.get(what, {}).get("twinsite", {})
    return found


def _share(figure: Results | None, factor: float) -> str:
    return f"{figure['median'] * factor:.3g}" if figure else ""


def _describe_outputs(results: Results) -> Iterator[str]:
    for run in results["outputs"]:
        yield "## Every output family"
        yield (
            f"Twinsite with its default theme and nothing switched off, {run['records']:,} records, cold: "
            f"{run['seconds']:.2f} s for {run['files']:,} files, {run['seconds'] * 1000 / run['files']:.2f} ms each; "
            f"processor {run['cpu']:.2f} s. A family's time is the processor time that a build without it saves."
        )
        rows = [
            [family["label"], f"{family['files']:,}", _show_number(family.get("ms")), _show_number(family.get("kb"))]
            for family in run["families"]
        ]
        yield make_table(["family", "files", "processor ms each", "KB each"], rows)
        stages = [[name, f"{seconds:.2f}"] for name, seconds in run["stages"].items()]
        yield make_table(["stage", "seconds"], stages)


def _show_number(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def make_table(heads: Row, rows: Sequence[Row]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def show_value(what: str, figure: Results | None) -> str:
    """A figure with its unit, a star where it was disturbed; a dash for what never came."""
    if figure is None:
        return ""
    star = "*" if figure.get("disturbed") else ""
    if what in MEMORY:
        return f"{figure['median']:.0f} MB"
    return (_show_seconds(figure["median"]) if figure["median"] else "–") + star


def _show_seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds:.2f} s"


def show_ratio(figure: Results | None) -> str:
    """``0.45 (0.43–0.47)``."""
    if figure is None or "ratio" not in figure:
        return ""
    spread = f" ({figure['least']:.2g}–{figure['greatest']:.2g})" if figure["count"] > 1 else ""
    return f"{figure['ratio']:.2g}{spread}"


def write_short_table(results: Results) -> str:
    """The README's table: the largest size that has been compared with Hugo."""
    compared = [size for size in results["sizes"] if "hugo" in results["sizes"][size].get("cold", {})]
    if not compared:
        return ""
    size = max(compared, key=int)
    figures = results["sizes"][size]
    tools = [name for name in results["tools"] if name in figures["cold"]]
    heads = [f"{int(size):,} records", *(results["tools"][name]["label"] for name in tools), "Twinsite to Hugo"]
    rows = [
        [
            label,
            *(show_value(what, figures[what].get(name)) for name in tools),
            show_ratio(figures[what].get("twinsite")),
        ]
        for what, label in LABELS.items()
        if what in figures and what != "memory-none"
    ]
    return make_table(heads, rows)


def replace_table(text: str, table: str) -> str:
    """A text with the table between its two marks replaced; ``ValueError`` where the marks are missing."""
    head, mark, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not mark or not end:
        raise ValueError("there is no place for the table")
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}"
