"""Says by its exit code whether the Python that runs it was built with profile-guided optimisation.

A Python that was compiled without it, as version managers do unless they are asked, takes a fifth longer for all it
does. Whoever compiled it with it finds the option in its configuration; distributions build theirs (below ``/usr``)
so, although Debian's configuration, which is that of another of its builds, does not say it.
"""

import sys
import sysconfig


def is_built_for_speed() -> bool:
    """Whether this Python was."""
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return "--enable-optimizations" in options or sys.base_prefix == "/usr" or sys.platform == "win32"


if __name__ == "__main__":
    sys.exit(not is_built_for_speed())
