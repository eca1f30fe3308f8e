"""The half of a build that always runs whole: read, validate, link, plan. ``build``, ``explain`` and ``due`` start
here.
"""

from __future__ import annotations

from dataclasses import dataclass

from twinsite.cache.store import Cache
from twinsite.core.page import Plan
from twinsite.core.problem import Problem, sort_problems
from twinsite.core.request import BuildRequest
from twinsite.core.site import Site
from twinsite.read.front import place_problems
from twinsite.stages import Inputs, Stopwatch, link_inputs, plan_inputs, read_inputs


@dataclass(frozen=True, slots=True)
class Survey:
    """What was worked out. ``site`` is ``None`` without a ``site.yaml``, ``plan`` also where settings or theme are
    wrong.
    """

    inputs: Inputs
    problems: list[Problem]
    site: Site | None = None
    plan: Plan | None = None

    def place(self, problems: list[Problem]) -> tuple[Problem, ...]:
        """Problems with their lines and columns, each once, in the order of a report."""
        return tuple(sort_problems(place_problems(problems, self.inputs.texts)))


def survey_site(request: BuildRequest, cache: Cache, watch: Stopwatch) -> Survey:
    """Everything known of a site before anything is rendered, and all problems found so far."""
    inputs = read_inputs(request, cache, watch)
    if inputs.settings is None:
        return Survey(inputs, inputs.problems)
    site, problems = link_inputs(request, inputs, watch)
    if not inputs.sound:
        return Survey(inputs, [*inputs.problems, *problems], site)
    plan, more = plan_inputs(request, inputs, site, watch)
    return Survey(inputs, [*inputs.problems, *problems, *more], site, plan)
