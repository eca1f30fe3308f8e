"""The files of jurisdictions and platforms to values, or all that is wrong with them, placed at their lines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from twinsite.core.later import Later
from twinsite.core.law import PLATFORMS_FOLDER, PROFILES_FOLDER, Labels, Packaged, Platform, Profile
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.statements import list_blanks
from twinsite.read.front import decode_text, parse_yaml
from twinsite.read.positions import place_problems
from twinsite.validate.fields import field_names, find_annotation, own_models
from twinsite.validate.model import validate_model

M = TypeVar("M", bound=BaseModel)
Check = Callable[[M, str], Iterator[Problem]]

RELEASE_BLANKS: Final = ("platform", "sponsor")
"""What a release may name in braces."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def parse_profile(data: bytes, path: str) -> tuple[Profile | None, list[Problem]]:
    """The profile that the bytes of a file hold, or every problem of theirs."""
    return _parse(Profile, data, path, _check_profile)


def parse_platform(data: bytes, path: str) -> tuple[Platform | None, list[Problem]]:
    """The platform that the bytes of a file hold, or every problem of theirs."""
    return _parse(Platform, data, path, _check_platform)


def parse_labels(data: bytes, path: str) -> tuple[Labels | None, list[Problem]]:
    """The accepted tags that the bytes of a file hold, or every problem of theirs."""
    return _parse(Labels, data, path, lambda labels, path: iter(()))


def parse_packaged(files: Mapping[str, bytes]) -> Packaged:
    """What comes with Twinsite, from its files by their names in their folder. That they are sound is ours."""
    return Packaged(
        Later(lambda: _parse_folder(files, PROFILES_FOLDER, parse_profile)),
        Later(lambda: _parse_folder(files, PLATFORMS_FOLDER, parse_platform)),
        Later(lambda: _parse_own_labels(files)),
    )


def _parse_folder(
    files: Mapping[str, bytes], folder: str, parse: Callable[[bytes, str], tuple[M | None, list[Problem]]]
) -> dict[str, M]:
    values = {law_name(path): parse(files[path], path)[0] for path in sorted(files) if path.startswith(f"{folder}/")}
    return {name: value for name, value in values.items() if value}


def _parse_own_labels(files: Mapping[str, bytes]) -> Labels:
    labels = parse_labels(files["labels.yaml"], "labels.yaml")[0]
    assert labels is not None
    return labels


def law_name(path: str) -> str:
    """The name that a file gives to what it describes: ``content/jurisdictions/ca.yaml`` → ``ca``."""
    return Path(path).stem


def _parse(model: type[M], data: bytes, path: str, check: Check[M]) -> tuple[M | None, list[Problem]]:
    values, problems = parse_yaml(data, path)
    if problems:
        return None, problems
    if not isinstance(values, dict):
        names = ", ".join(f"{name}: …" for name in field_names(model, (), required=True))
        return None, [Problem("not-fields", path, "This file has no fields.", f"Write at least: {names}", 1, 1)]
    value, problems = validate_model(model, values, path, "UTC", posixpath.basename(path))
    if value is not None:
        problems = [*_check_name(path), *check(value, path)]
    text, _ = decode_text(data, path)
    problems = place_problems(problems, {path: text or ""})
    return (None if problems else value), problems


def _check_name(path: str) -> Iterator[Problem]:
    if not _NAME.fullmatch(law_name(path)):
        message = f'The name of this file is the word that contests write, and "{law_name(path)}" cannot be one.'
        yield Problem("bad-profile", path, message, "Use small letters, figures and hyphens: ca.yaml", 1, 1)


def _check_profile(profile: Profile, path: str) -> Iterator[Problem]:
    yield from _check_ids([line.id for line in profile.lines], path, "lines")
    for index, line in enumerate(profile.lines):
        at: FieldPath = ("lines", index, "need")
        for place, name in enumerate(line.need.one_of):
            yield from _check_field(name, path, (*at, "one_of", place))
        for name in list_blanks(line.need.statement or ""):
            yield from _check_field(name, path, (*at, "statement"), said=True)


def _check_platform(platform: Platform, path: str) -> Iterator[Problem]:
    yield from _check_ids([line.id for line in platform.forbidden], path, "forbidden")
    for name in list_blanks(platform.release):
        if name not in RELEASE_BLANKS:
            hint = "A release may name {platform} and {sponsor}."
            yield Problem("bad-profile", path, f'"{{{name}}}" stands for nothing here.', hint, field=("release",))


def _check_ids(ids: list[str], path: str, where: str) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            message = f'There is another line with the id "{name}".'
            field = (where, index, "id")
            yield Problem("bad-profile", path, message, "Give each line a name of its own.", field=field)


def _check_field(name: str, path: str, field: FieldPath, said: bool = False) -> Iterator[Problem]:
    """A field of a contest that there is not, or in a sentence one that is no plain text."""
    steps: FieldPath = ()
    for step in name.split("."):
        if step == "*":
            steps = (*steps, 0)
            continue
        names = field_names(Contest, steps)
        if step not in names:
            near = nearest_name(step, names)
            guess = f' Did you mean "{near}"?' if near else ""
            where = f' in "{".".join(map(str, steps))}"'.replace(".0", "") if steps else ""
            hint = (
                f"Its fields are: {', '.join(names)}." if names and not near else "See the page of a contest's fields."
            )
            message = f'A contest has no field "{step}"{where}.{guess}'
            yield Problem("bad-profile", path, message, hint, field=field)
            return
        steps = (*steps, step)
    if said and ("*" in name or own_models(find_annotation(Contest, steps))):
        message = f'"{{{name}}}" is no single text, so a sentence cannot name it.'
        yield Problem("bad-profile", path, message, "Name a field that holds words: {sponsor.name}.", field=field)
