"""The cells of one row of an export, checked and brought into the forms that records have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from twinsite.core.problem import Problem
from twinsite.core.values import Place, Wrong, convert
from twinsite.read.rows import Cell

_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
_FORMULA: Final = re.compile(r"=|[@+-][A-Za-z_ ]+[(!|]")
_YES: Final = frozenset({"true", "yes", "y", "1", "on", "x"})
_NO: Final = frozenset({"false", "no", "n", "0", "off"})


def check_row(
    cells: Mapping[str, Cell], path: str, number: int, columns: Mapping[str, str]
) -> tuple[dict[str, str], Problem | None]:
    """The values of a row by field, empty ones left out; or the first thing that is wrong with it.

    Problems: ``formula-cell``, ``not-a-code``, ``not-a-date``, ``not-a-flag``, ``not-a-url``, ``not-a-picture``.
    """
    values: dict[str, str] = {}
    for name, cell in cells.items():
        value = _read_cell(name, cell.text or "")
        if isinstance(value, Wrong):
            text = f'Row {number}, column "{columns[name]}": {value.message}'
            width = max(1, len((cell.text or "").split("\n")[0]))
            return {}, Problem(value.rule, path, text, value.hint, cell.line, cell.column, width)
        if value:
            values[name] = value
    if values.get("consent.given") == "true" and not values.keys() & {"consent.given_on", "date"}:
        cell = cells["consent.given"]
        text = f"Row {number}: the consent has no day."
        hint = 'Name the column that has it: --map "Column=consent.given_on"'
        return {}, Problem("consent-without-record", path, text, hint, cell.line, cell.column)
    return values, None


def _read_cell(name: str, text: str) -> str | Wrong:
    if _FORMULA.match(text):
        hint = "Find out how it came there; put a space before it if it is meant as it is."
        return Wrong("formula-cell", f'"{text[:40]}" is a formula, which a spreadsheet would carry out.', hint)
    if name == "code":
        return _read_code(text)
    if not text:
        return ""
    if name in ("date", "consent.given_on"):
        return _convert("date", text[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]", text) else text)
    if name == "video":
        return _convert("url", text)
    if name == "consent.given":
        return _read_flag(text)
    return text


def _read_code(text: str) -> str | Wrong:
    if _CODE.fullmatch(text):
        return text
    message = f'"{text}" is no code for an entry.' if text else "The entry has no code."
    hint = "Write letters, digits and hyphens that say nothing about a person, such as: K7Q2M9. It becomes the address."
    return Wrong("not-an-entry-code", message, hint)


def _read_flag(text: str) -> str | Wrong:
    if text.lower() in _YES:
        return "true"
    if text.lower() in _NO:
        return ""
    return Wrong("not-a-flag", f'"{text}" does not say whether they agreed.', "Write yes or no.")


def _convert(kind: str, text: str) -> str | Wrong:
    value: Any = convert(kind, text, Place("UTC", "content"))
    return value if isinstance(value, Wrong) else str(value)
