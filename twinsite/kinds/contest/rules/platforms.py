"""What social networks and the law of some places ask official rules to say, as clauses of their own."""

from __future__ import annotations

from twinsite.kinds.contest.model import Contest


def list_releases(record: Contest) -> tuple[str, ...]:
    """For each network on which one may enter, its release and the statement that it has no part in the contest."""
    methods = record.entry.methods if record.entry else ()
    networks = dict.fromkeys(method.platform for method in methods if method.platform)
    return tuple(
        f"This contest is in no way sponsored, endorsed or administered by, or associated with, {name}. "
        f"By entering there you release {name} from any claim that has to do with it."
        for name in networks
    )


def list_statements(record: Contest) -> tuple[str, ...]:
    """What the places under whose rules the contest stands want to be said."""
    return ()
