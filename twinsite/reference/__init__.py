"""The pages of the guide that are made from the code: rules, fields, settings, commands, components, law.

Takes the registry of rules, the models, the commands and the default theme; gives Markdown. ``python -m
twinsite.reference FOLDER`` writes it; only that touches the disk.
"""

from __future__ import annotations

from twinsite.reference.commands import write_commands
from twinsite.reference.components import write_components
from twinsite.reference.fields import write_common_fields, write_kind, write_playbook, write_settings
from twinsite.reference.law import write_law
from twinsite.reference.rules import write_rules

__all__ = ("make_pages",)


def make_pages() -> dict[str, str]:
    """Every generated page: its file's name and its text."""
    from twinsite.kinds import KINDS

    return {
        "fields.md": write_common_fields(),
        **{f"fields-{kind.name}.md": write_kind(kind) for kind in KINDS},
        "settings.md": write_settings(),
        "fields-playbook.md": write_playbook(),
        "commands.md": write_commands(),
        "components-reference.md": write_components(),
        "rules.md": write_rules(),
        "contest-law.md": write_law(),
    }
