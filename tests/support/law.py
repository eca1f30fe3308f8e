"""What comes with Twinsite of law and networks, as the checks and pages of contests ask it; own files beside it."""

from __future__ import annotations

from functools import cache

from twinsite.core.later import Later
from twinsite.core.law import Law, Packaged, Platform, Profile
from twinsite.installed import read_package_law
from twinsite.validate.law import parse_packaged


@cache
def read_packaged() -> Packaged:
    """The profiles, platforms and tags of the package."""
    return parse_packaged(read_package_law())


def make_law(profiles: dict[str, Profile] | None = None, platforms: dict[str, Platform] | None = None) -> Law:
    """The law of the package, with some profiles and platforms of a site's own."""
    return Law(Later(read_packaged), profiles or {}, platforms or {})
