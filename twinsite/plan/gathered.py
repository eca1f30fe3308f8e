"""Components that show more than their parameters name: a wall of showcases, the average of a table.

Each takes what was filled in (``values``; ``given``, the words as written), and gives what its template finds beside.
Records are chosen by what an ``Entry`` says of itself, so that a page with a wall is planned again when the set
changes and, through the cards, when one of those that it shows does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec.structs import replace

from twinsite.core.convert import make_step
from twinsite.core.fragment import Slot
from twinsite.core.names import nearest_name
from twinsite.core.site import Entry
from twinsite.kinds import kind_named
from twinsite.kinds.showcase.averages import sum_up
from twinsite.kinds.showcase.collection import Collection, Extent, state_extent
from twinsite.plan.body import Filling
from twinsite.plan.claims import describe_claim, find_line, judge_claims, list_claims
from twinsite.plan.narrowed import Narrowed
from twinsite.plan.views import make_card
from twinsite.plan.wall import measure, name_value

Given = Mapping[str, tuple[str, Slot]]

MOST_PICKS = 16
"""How many ways to narrow it a wall offers; the style sheet numbers them."""


def fill_wall(filling: Filling, slot: Slot, given: Given, values: Mapping[str, Any]) -> dict[str, Any]:
    """``{items: [{card, picks}], state, narrowed, facets: [{name, options: [{label, number, count}]}]}``: the cards
    with the numbers of what narrows the wall to them, what it says of itself (``state_extent``), and what narrows it.
    """
    library = filling.library
    found = [entry for entry in library.site.published.get("showcase", ()) if _fits(filling, entry, given)]
    passing = sum(
        1
        for entry in library.site.withheld
        if entry.kind == "showcase" and entry.held and entry.held.passing and _fits(filling, entry, given)
    )
    shown = found[: max(values["limit"], 0)]
    own = _declare(values)
    narrowed = own is None and len(shown) < len(library.site.published.get("showcase", ()))
    extent = Extent(len(shown), len(shown) + (passing if len(shown) == len(found) else 0))
    _check_extent(filling, slot, own or library.settings.policies.showcases, extent, narrowed)
    facets, picks = _make_picks(filling, shown, values["filters"] or [])
    whole = library.site.published.get("showcase", ())
    counted = Extent(len(whole), len(whole)) if narrowed else extent
    if own is None:
        counted = replace(counted, unpermitted=measure(library.site, kind_named("showcase")).unpermitted)
    return {
        "items": [{"card": make_card(library, one), "picks": picks.get(one.path, [])} for one in shown],
        "state": state_extent(own or library.settings.policies.showcases, counted),
        "narrowed": narrowed,
        "facets": facets,
    }


def _fits(filling: Filling, entry: Entry, given: Given) -> bool:
    """Whether a record is of the sort that the parameters ask for."""
    site = filling.library.site
    asked = {name: text for name, (text, _) in given.items()}
    facets = {(facet, value) for facet, value in entry.facets}
    if "medium" in asked and ("medium", asked["medium"]) not in facets:
        return False
    if "region" in asked and ("region", make_step(asked["region"])) not in facets:
        return False
    if "tag" in asked and make_step(asked["tag"]) not in map(make_step, entry.tags):
        return False
    named = [(kind, asked[kind]) for kind in ("product", "campaign", "contest", "twintern") if kind in asked]
    if not named:
        return True
    own = {site.everything[key].key for key in entry.references if key in site.everything}
    return all(key in site.everything and site.everything[key].key in own for key in named)


def _declare(values: Mapping[str, Any]) -> Collection | None:
    """What the wall says of a collection of its own; ``None`` where it says nothing, and the site's settings count."""
    if values["collected"] is None and not values["complete"] and values["chosen"] is None:
        return None
    return Collection.model_construct(
        collected=values["collected"],
        since=None,
        until=None,
        chosen=values["chosen"],
        checked=values["checked"],
        complete=bool(values["complete"]),
    )


def _check_extent(filling: Filling, slot: Slot, own: Collection, extent: Extent, narrowed: bool) -> None:
    """A wall that says it is complete and is not, or shows more than there are; and a page that says so."""
    if not narrowed and own.complete and own.collected != extent.ever:
        counted = "nothing says how many were collected" if own.collected is None else f"{own.collected} were collected"
        message = f"This wall is not complete: {counted}, and it shows {extent.ever}."
        filling.report(slot, "set-not-complete", message, 'Remove "complete", or show what is missing.', width=8)
    elif not narrowed and own.collected is not None and own.collected < extent.ever:
        message = f"{own.collected} were collected, it says here, but this wall shows {extent.ever}."
        filling.report(slot, "collected-too-few", message, "Write how many were collected in all.", width=8)
    severity = "error" if narrowed else judge_claims(own, extent)
    if severity:
        for field, claim in list_claims(filling.entry):
            words = describe_claim(claim, own, extent, severity)
            origin = None if field else find_line(filling.entry, claim)
            filling.library.report(filling.entry, origin, field or None, **words)


def _make_picks(
    filling: Filling, shown: Sequence[Entry], names: Sequence[str]
) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """The ways to narrow some records by the named facets, and for each record (by its file) the numbers of those that
    keep it. A facet of which all have one value narrows nothing; one with too many values is left out.
    """
    library = filling.library
    facets: list[dict[str, Any]] = []
    picks: dict[str, list[int]] = {}
    number = 0
    for name in names:
        groups: dict[str, list[Entry]] = {}
        for entry in shown:
            for facet, value in entry.facets:
                if facet == name:
                    groups.setdefault(value, []).append(entry)
        if len(groups) < 2 or number + len(groups) > MOST_PICKS:
            continue
        options = []
        for value, entries in sorted(groups.items()):
            number += 1
            label = name_value(library, Narrowed(name, value, "", entries))
            options.append({"label": label, "number": number, "count": len(entries)})
            for entry in entries:
                picks.setdefault(entry.path, []).append(number)
        facets.append({"name": name, "options": options})
    return facets, picks


def fill_average(filling: Filling, slot: Slot, given: Given, values: Mapping[str, Any]) -> dict[str, Any]:
    """``{average}``: see ``sum_up``, with ``source`` and ``unrated``, how many rows have no rating; ``None`` where it
    cannot be worked out, which is reported.
    """
    table = filling.library.site.tables[given["table"][0]]
    names = [column.name for column in table.columns]
    column = values["column"]
    if column not in names:
        near = nearest_name(column, names)
        message = f'The table has no column "{column}".' + (f' Did you mean "{near}"?' if near else "")
        filling.report(given["column"][1], "unknown-column", message, f"Its columns are: {', '.join(names)}.")
        return {"average": None}
    cells = [row[names.index(column)] for row in table.rows]
    best, worst = Decimal(values["best"]), Decimal(values["worst"])
    ratings = [_read(cell) for cell in cells if cell not in (None, "")]
    wrong = next((str(cell) for cell in cells if cell not in (None, "") and not _lies(_read(cell), worst, best)), None)
    source = values["source"] or table.source
    if wrong is not None or not ratings or not source:
        message = (
            f'The rating "{wrong}" does not lie between {worst} (worst) and {best} (best).'
            if wrong is not None
            else "There is no rating in this column."
            if not ratings
            else "Nothing says where these ratings are from."
        )
        hint = "Correct the table, or write source=, best= and worst= of the scale that was used."
        filling.report(slot, "rating-out-of-range" if wrong is not None else "bad-parameter", message, hint, width=11)
        return {"average": None}
    found = sum_up([one for one in ratings if one is not None], best, worst)
    return {"average": {**found, "source": source, "unrated": len(cells) - len(ratings)}}


def _read(cell: object) -> Decimal | None:
    try:
        value = Decimal(str(cell))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _lies(value: Decimal | None, worst: Decimal, best: Decimal) -> bool:
    return value is not None and worst <= value <= best


Fill = Callable[[Filling, Slot, Given, Mapping[str, Any]], dict[str, Any]]

PLANNED: Mapping[str, Fill] = {"wall": fill_wall, "average": fill_average}
"""What a component's ``planned`` may name."""
