"""What a build would find wrong with a showcase that is not written yet: so an import writes nothing that stops one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from twinsite.config import Settings
from twinsite.core.law import PLATFORMS_FOLDER, PROFILES_FOLDER, Law
from twinsite.core.problem import FieldPath, Problem, has_errors
from twinsite.core.record import Record
from twinsite.core.request import BuildRequest
from twinsite.inputs import open_cache, read_law
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.defaults import no_insiders
from twinsite.kinds.kind import check_body
from twinsite.read.front import parse_front, split_front
from twinsite.scaffold.imported import guess, list_names
from twinsite.scaffold.showcase_values import nest
from twinsite.validate.model import validate_model

REFERENCES: Final = (
    ("author.twintern", "twinterns"), ("product", "products"), ("contest", "contests"), ("campaign", "campaigns"),
    ("twintern", "twinterns"),
)  # fmt: skip
"""The fields that name other records, with the folders of these."""

_NOWHERE: Final = "content/showcases/x.md"


class Checker:
    """All that the values of a new showcase are held against: its kind, the settings, the law, the other records."""

    def __init__(self, request: BuildRequest, settings: Settings) -> None:
        self._kind = kind_named("showcase")
        self._zone = settings.timezone
        self._policies = settings.policies.model_dump(mode="json")
        self._terms = {name: taxonomy.vocabulary() for name, taxonomy in settings.taxonomies.items()}
        self._law = _read_law(request)
        content = request.site / "content"
        self._names = {name: frozenset(list_names(content / folder)) for name, folder in REFERENCES}
        self._insiders = _list_insiders(content, settings.timezone)

    def find(self, values: Mapping[str, Any]) -> list[Problem]:
        """The errors in a record of these values (by dotted names), each with its field; the first sort of them that
        there is.
        """
        model = self._kind.model
        record, problems = validate_model(model, nest(values), _NOWHERE, self._zone, "showcase")
        if record is not None:
            problems = list(self._check_record(record))
        problems = [problem for problem in problems if has_errors([problem])]
        return problems or [*self._check_terms(values), *self._check_names(values)]

    def _check_record(self, record: Record) -> Iterator[Problem]:
        kind = self._kind
        yield from check_body(kind, record, _NOWHERE, False)
        yield from kind.check(record, _NOWHERE)
        yield from kind.check_law(record, _NOWHERE, self._law)
        yield from kind.check_policies(record, _NOWHERE, self._policies)
        for _, key, written in kind.outsiders(record):
            if key in self._insiders:
                message = (
                    f'"{written}" is the person of {self._insiders[key]}, who is connected with the brand, so the '
                )
                message += "relationship cannot be none."
                hint = "Write by hand what connects them, or import the row without that name."
                yield Problem("hidden-relationship", _NOWHERE, message, hint, field=("author",))

    def _check_terms(self, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Words that the site's settings do not allow."""
        for name, terms in self._terms.items():
            for word in values.get(name, ()):
                if terms and word not in terms:
                    message = f'"{word}" is not one of the declared {name}.{guess(word, terms)}'
                    hint = f"Declared in site.yaml: {', '.join(terms)}. Use one of them, or add this one there."
                    yield Problem("undeclared-term", _NOWHERE, message, hint, field=(name,))

    def _check_names(self, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Records that are not there."""
        for name, known in self._names.items():
            if values.get(name) and values[name] not in known:
                message = f'There is no {name.rpartition(".")[2]} "{values[name]}".{guess(values[name], known)}'
                hint = 'Write the name of its file without .md; or say under "words:" what the export means.'
                field: FieldPath = tuple(name.split("."))
                yield Problem("unknown-reference", _NOWHERE, message, hint, field=field)


def _read_law(request: BuildRequest) -> Law:
    """What jurisdictions and platforms ask, those of the site included. What is wrong with its files a build says."""
    folders = (request.site / "content" / folder for folder in (PROFILES_FOLDER, PLATFORMS_FOLDER))
    paths = sorted(path for folder in folders for path in folder.glob("*.yaml"))
    with open_cache(request) as cache:
        law, _, _ = read_law(request.site, tuple(path.relative_to(request.site).as_posix() for path in paths), cache)
    return law


def _list_insiders(content: Path, zone: str) -> dict[str, str]:
    """The keys of all whom a record connects with the brand, each with the file that says so."""
    found: dict[str, str] = {}
    for kind in KINDS:
        if kind.insiders is no_insiders:
            continue
        for path in sorted((content / kind.folder).rglob("*.md")):
            name = path.relative_to(content.parent).as_posix()
            front, _ = split_front(path.read_bytes(), name)
            values = parse_front(front.text, name)[0] if front else {}
            record, _ = validate_model(kind.model, values, name, zone, kind.label)
            for key in kind.insiders(record) if record is not None else ():
                found.setdefault(key, name)
    return found
