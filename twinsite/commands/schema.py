"""``schema``: JSON Schemas of the front matter and of ``site.yaml``, for editors that know them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from twinsite.commands.options import FOLDER, common_options, refuse_and_exit


@click.command()
@click.argument("name", required=False)
@click.option(
    "--output", type=FOLDER, default=None, help="Write every schema into this folder instead of printing one."
)
@common_options
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a kind, of "site", "playbook", "jurisdiction" or "platform", or write all of them."""
    from twinsite.core.names import nearest_name
    from twinsite.schema import make_schemas

    schemas = make_schemas()
    if output:
        try:
            _write_all(schemas, output)
        except OSError as error:
            refuse_and_exit(error, output)
        click.echo(f"{len(schemas)} schemas written to {output}.")
        return
    if name not in schemas:
        near = nearest_name(name, schemas) if name else None
        wrong = f'There is no schema "{name}".' if name else "Name a schema, or a folder for all of them (--output)."
        guess = f' Did you mean "{near}"?' if near else ""
        raise click.UsageError(f"{wrong}{guess} Schemas: {', '.join(schemas)}.")
    click.echo(_write(schemas[name]), nl=False)


def _write_all(schemas: Mapping[str, object], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for own, value in schemas.items():
        (output / f"{own}.schema.json").write_text(_write(value), encoding="utf-8")


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
