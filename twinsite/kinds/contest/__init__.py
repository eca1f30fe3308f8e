"""Contests: what an entrant must know, and where the contest stands at any instant.

Winners' names never reach a view by themselves: ``winners`` is marked ``public: False``, so the planner must leave it
out of the record's public values, and links between records come from ``shown_references``. What may be shown of each
winner is in ``computed.shown_winners``, by that winner's own choice, once the contest is announced.
"""

from __future__ import annotations

from twinsite.kinds.contest.calendar import FAMILY as CALENDAR
from twinsite.kinds.contest.checks import check
from twinsite.kinds.contest.draw import check_draw_files, check_draw_shown, list_public_texts
from twinsite.kinds.contest.job import describe_job
from twinsite.kinds.contest.jurisdictions import check_law
from twinsite.kinds.contest.life import (
    compute,
    compute_card,
    find_day,
    list_contacts,
    note_overdue,
    order_in_lists,
)
from twinsite.kinds.contest.linter.figures import may_hold_figures
from twinsite.kinds.contest.linter.lint import lint
from twinsite.kinds.contest.locked import check_lock, check_unlocked, list_locked
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.results import check_tables, check_weight_of_votes, keeps_back
from twinsite.kinds.contest.rules.page import FAMILY as RULES
from twinsite.kinds.contest.share import share_contest
from twinsite.kinds.contest.statements import list_owed
from twinsite.kinds.contest.states import STATES, find_state, list_changes
from twinsite.kinds.contest.ways import list_form_addresses
from twinsite.kinds.contest.winners import name_openly
from twinsite.kinds.kind import Kind

KIND = Kind(
    name="contest",
    folder="contests",
    label="Contest",
    plural="Contests",
    load_model=lambda: Contest,
    about="A contest, a draw or a vote with prizes, from its announcement to its winners.",
    states=STATES,
    dated=True,
    card=("kind_of", "opens", "closes", "voting", "judging_ends", "winners_announced", "status_override"),
    day=find_day,
    state=find_state,
    changes=list_changes,
    order=order_in_lists,
    check=check,
    check_law=check_law,
    owes=list_owed,
    check_policies=check_weight_of_votes,
    check_tables=check_tables,
    keeps_back=keeps_back,
    notices=note_overdue,
    check_files=check_draw_files,
    read_fields=("draw", "draw_list"),
    check_beside=check_draw_shown,
    compute=compute,
    structure=describe_job,
    compute_card=compute_card,
    also_names=name_openly,
    families=(CALENDAR, RULES),
    lint=lint,
    may_tell=may_hold_figures,
    locked=list_locked,
    check_lock=check_lock,
    check_unlocked=check_unlocked,
    contacts=list_contacts,
    share=share_contest,
    public_texts=list_public_texts,
    form_addresses=list_form_addresses,
    draws_images=True,
)
