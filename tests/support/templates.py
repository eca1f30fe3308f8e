"""Templates are parsed and compiled once for all sites that the tests of one process build.

Nearly all of these sites have the default theme, and hardly any test has a cache that knows it yet. What is made of a
text follows from the text, its name and its path, and, because constants are worked out when compiling, from the
language of the site. So what the first site made of it is taken for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

import pytest


def share_templates(patch: pytest.MonkeyPatch) -> None:
    """Lets every environment of this process know what others have made of the same text."""
    from twinsite.render import closures
    from twinsite.render.environment import SealedEnvironment

    patch.setattr(closures, "_find_named", _once(closures._find_named, lambda environment, text: text))
    patch.setattr(SealedEnvironment, "compile", _once(SealedEnvironment.compile, _tell_compilation))


def _tell_compilation(environment: Any, *values: Any, **options: Any) -> Hashable:
    """All that the code of a template follows from."""
    locale = environment.filters["money"].__self__._locale
    return (type(environment), str(locale), values, tuple(sorted(options.items())))


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
