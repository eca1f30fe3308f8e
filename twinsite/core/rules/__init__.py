"""Every rule by its name, with what an editor should know of it. The page of all rules is generated from this.

A room that reports a problem names a rule that is registered here; a test reads the source and fails where one is not,
or where a registered one is never reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from twinsite.core.rules.bodies import COMPONENTS, LINKS
from twinsite.core.rules.claims import CLAIMS
from twinsite.core.rules.draws import DRAWS
from twinsite.core.rules.earned import EARNED
from twinsite.core.rules.entries import ENTRY_FORMS, RESULTS
from twinsite.core.rules.fields import FIELDS
from twinsite.core.rules.files import FILES
from twinsite.core.rules.kinds import CONTESTS, MEDIA, PEOPLE
from twinsite.core.rules.law import LAW
from twinsite.core.rules.locks import LOCKS
from twinsite.core.rules.output import COMMANDS, OUTPUT
from twinsite.core.rules.privacy import PRIVACY
from twinsite.core.rules.rule import Group, Rule
from twinsite.core.rules.site import SITE
from twinsite.core.rules.tables import TABLES
from twinsite.core.rules.themes import THEMES
from twinsite.core.rules.tracking import TRACKING
from twinsite.core.rules.values import VALUES
from twinsite.core.rules.yaml import YAML

__all__ = ("GROUPS", "RULES", "Group", "Rule")

GROUPS: Final[tuple[Group, ...]] = (
    FILES,
    YAML,
    FIELDS,
    VALUES,
    CONTESTS,
    LAW,
    LOCKS,
    DRAWS,
    ENTRY_FORMS,
    RESULTS,
    CLAIMS,
    PEOPLE,
    MEDIA,
    EARNED,
    LINKS,
    COMPONENTS,
    TABLES,
    SITE,
    TRACKING,
    PRIVACY,
    THEMES,
    OUTPUT,
    COMMANDS,
)
"""All groups, in the order in which an editor is likely to meet them."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.name: rule for group in GROUPS for rule in group.rules})
"""All rules by name."""
