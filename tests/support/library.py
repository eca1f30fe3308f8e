"""The library from which a site is planned: what tests of single parts of a plan need."""

from __future__ import annotations

from datetime import datetime

from tests.support.site import NOW, Site
from twinsite.core.request import BuildRequest
from twinsite.inputs import open_cache
from twinsite.plan.library import Library
from twinsite.plan.plan import make_library
from twinsite.stages import Stopwatch
from twinsite.survey import survey_site


def read_library(site: Site, now: datetime = NOW, *, drafts: bool = False) -> Library:
    """The library of a site as it is at ``now``."""
    request = BuildRequest(site=site.folder, now=now, drafts=drafts, use_cache=False, jobs=1)
    with open_cache(request) as cache:
        survey = survey_site(request, cache, Stopwatch())
        assert survey.site is not None
        assert survey.inputs.settings is not None
        assert survey.inputs.theme is not None
        for entry in survey.site.by_path.values():
            _ = entry.draft.body  # the cache may be asked for it, and is closed here
        return make_library(survey.site, survey.inputs.settings, survey.inputs.theme)
