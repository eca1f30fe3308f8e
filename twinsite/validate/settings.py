"""``site.yaml`` to the settings of a site, or all that is wrong with it, placed."""

from __future__ import annotations

from typing import Final

from twinsite.config import Settings
from twinsite.core.problem import Problem
from twinsite.read.front import decode_text, parse_yaml
from twinsite.read.positions import place_problems
from twinsite.validate.model import validate_model

PATH: Final = "site.yaml"


def parse_settings(data: bytes) -> tuple[Settings | None, list[Problem]]:
    """The settings that the bytes of ``site.yaml`` hold, or every problem of theirs. That the file is there is the
    caller's.
    """
    values, problems = parse_yaml(data, PATH)
    if not isinstance(values, dict):
        return None, problems or [_no_fields(values)]
    settings, wrong = validate_model(Settings, values, PATH, "UTC", PATH)
    text, _ = decode_text(data, PATH)
    problems = place_problems([*problems, *wrong], {PATH: text or ""})
    return (None if problems else settings), problems


def _no_fields(values: object) -> Problem:
    message = "site.yaml is empty." if values is None else "site.yaml is not made of settings."
    return Problem(
        "not-fields", PATH, message, "Write at least title:, base_url: and timezone:, each on a line of its own.", 1, 1
    )
