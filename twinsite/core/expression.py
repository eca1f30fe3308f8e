"""Regular expressions that are compiled when they are first used.

To compile one takes as long as to render half a page, and many of ours say what is wrong with rare values or look at
rare texts: most builds never use them. Those that every build uses are compiled where they stand, as ever.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Expression:
    """Answers as the compiled expression does. What was asked for once is found as any attribute is."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def express(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, but compiled when it is first used. An expression that is wrong raises only then."""
    return cast(re.Pattern[str], _Expression(pattern, flags))
