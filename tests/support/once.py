"""What follows from its arguments alone is worked out once for all sites that the tests of one process build.

Nearly all of these sites have the default theme and the packaged law, and hardly any test has a cache that knows them
yet; many are built twice, and held against themselves. So the first site's work is taken for the others: templates
parsed and compiled, pictures drawn and made smaller, the packaged law, the digest of our own source. Each is known by
everything that it is made of, so that a build that asks for the wrong thing still gets, and shows, the wrong thing.
What a test calls by itself, and what other processes do, is worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from hashlib import sha256
from typing import Any

import pytest


def work_once(patch: pytest.MonkeyPatch) -> None:
    """Lets every build of this process know what others have made of the same."""
    from twinsite import imprint, inputs
    from twinsite.render import card, closures, pictures
    from twinsite.render.environment import SealedEnvironment
    from twinsite.validate.law import parse_packaged

    patch.setattr(closures, "_find_named", _once(closures._find_named, lambda environment, text, trees: text))
    patch.setattr(SealedEnvironment, "compile", _once(SealedEnvironment.compile, _tell_compilation))
    patch.setattr(card, "draw_share_image", _once(card.draw_share_image, _tell_picture))
    patch.setattr(pictures, "render_picture", _once(pictures.render_picture, _tell_picture))
    patch.setattr(inputs, "parse_packaged", _once(parse_packaged, lambda files: tuple(files.items())))
    for module in (imprint, inputs):
        patch.setattr(module, "read_salt", _once(module.read_salt, lambda: ""))


def _tell_compilation(environment: Any, *values: Any, **options: Any) -> Hashable:
    """All that the code of a template follows from: constants are worked out in the language of the site."""
    locale = environment.filters["money"].__self__._locale
    return (type(environment), str(locale), values, tuple(sorted(options.items())))


def _tell_picture(recipe: Hashable, data: bytes | None) -> Hashable:
    return (recipe, None if data is None else sha256(data).digest())


def _once(function: Callable[..., Any], key: Callable[..., Hashable]) -> Callable[..., Any]:
    """The function, asked once for each key; what it raises is not kept."""
    known: dict[Hashable, Any] = {}

    @wraps(function)
    def ask(*values: Any, **options: Any) -> Any:
        name = key(*values, **options)
        if name not in known:
            known[name] = function(*values, **options)
        return known[name]

    return ask
