"""What the sourcing of the Union in the Commission's study points to, where the law asks for more than there is.

The study's sourcing is imports plus domestic production at a stage, average of 2016–2020. The part of member states in
it is what the Union covers itself; the part of a third country is the nearest public number to its part in consumption.
Both differ from the law by exports and changes of stocks, which no table gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.model import Share
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Sourced", "domestic_cover", "largest_third_country"]

#: (material, importer, stage, form) → shares of suppliers, as supplier_shares_by_table returns them.
Sourced = Mapping[tuple[str, str, str | None, str | None], tuple[Share, ...]]
UNION = "EU27"
STAGES = ("extraction", "processing")


def domestic_cover(sourced: Sourced, materials: Sequence[str], stage: str, entry: Mapping[str, Any]) -> Figure:
    """Return what part of the Union's sourcing the Union produces itself, in percent.

    At extraction this is the domestic part of ore times that of processed material: what domestic ore could cover,
    were all of it processed at home and no scrap used. ``materials`` is the material and its members; of several
    with numbers the least covered speaks. ``entry`` holds the forms that the strategic list means.
    """
    found = []
    for material in materials:
        own = {one: _domestic(_shares(sourced, material, one, entry)) for one in STAGES}
        if stage == "extraction" and own["extraction"] and own["processing"]:
            found.append(_product(own["extraction"], own["processing"]))
        elif stage == "processing" and own["processing"]:
            found.append(own["processing"])
    if not found:
        what = "extraction and processing" if stage == "extraction" else stage
        return Figure.unknown(f"sourcing of the Union of {materials[0]} at {what}", unit="%")
    return min(found, key=lambda one: one.value or 0.0)


def largest_third_country(
    sourced: Sourced, materials: Sequence[str], stage: str, entry: Mapping[str, Any], limit: float
) -> tuple[str | None, Figure, tuple[str, ...]]:
    """Return the third country with the largest part of the Union's sourcing, that part in percent, and notes.

    The notes say what the part is of imports alone, and how much of the sourcing would have to be exported for the
    law's share of consumption to lie on the other side of the limit, were no export from that country (or all).
    """
    members = set(load_vocabulary().groups[UNION].members)
    best: tuple[str, Figure, tuple[str, ...]] | None = None
    for material in materials:
        shares = _shares(sourced, material, stage, entry)
        abroad = [one for one in shares if one.place not in members and one.figure.value is not None]
        if not shares:
            continue
        if not abroad:
            continue
        top = abroad[0]
        if best is None or (top.figure.value or 0.0) > (best[1].value or 0.0):
            best = (top.place, top.figure, tuple(_notes(material, top, abroad, limit)))
    if best is None:
        return None, Figure.unknown(f"sourcing of the Union of {materials[0]} at {stage}", unit="%"), ()
    return best


def _notes(material: str, top: Share, abroad: Sequence[Share], limit: float) -> list[str]:
    share = (top.figure.value or 0.0) / 100
    line = limit / 100
    name = load_vocabulary().countries[top.place].name if top.place in load_vocabulary().countries else top.place
    outside = sum(one.figure.value or 0.0 for one in abroad) / 100
    notes = [f"{material}: {name} has {100 * share:g} % of sourcing (imports and domestic production)"]
    if outside:
        notes.append(f"of imports alone it has {100 * share / outside:.0f} %")
    turning = (share - line) / (1 - line) if share > line else 1 - share / line
    side = "below" if share > line else "above"
    notes.append(f"{side} {limit:g} % of consumption only if more than {100 * turning:.0f} % of sourcing were exported")
    return notes


def _shares(sourced: Sourced, material: str, stage: str, entry: Mapping[str, Any]) -> tuple[Share, ...]:
    form = entry.get("extraction_form") if stage == "extraction" else entry.get("form")
    if form == "none":
        return ()
    return sourced.get((material, UNION, stage, form), ())


def _domestic(shares: Sequence[Share]) -> Figure | None:
    if not shares:
        return None
    members = set(load_vocabulary().groups[UNION].members)
    inside = [one.figure for one in shares if one.place in members]
    boxes = [interval_of_figure(one, floor=0.0, ceiling=100.0) for one in inside]
    named = sum(one.figure.value or 0.0 for one in shares)
    value = sum(one.value or 0.0 for one in inside)
    # What the table does not name (below 1 %) may be domestic.
    return Figure(
        value=value,
        low=min(value, sum(box.low for box in boxes)),
        high=min(100.0, max(value, sum(box.high for box in boxes) + max(0.0, 100 - named))),
        unit="%",
        period=shares[0].figure.period,
        claims=tuple(dict.fromkeys(claim for one in (inside or [shares[0].figure]) for claim in one.claims)),
        reasons=("domestic part of imports and domestic production; production is not capacity",),
    )


def _product(ore: Figure, processed: Figure) -> Figure:
    spans = [interval_of_figure(one, floor=0.0, ceiling=100.0) for one in (ore, processed)]
    return Figure(
        value=(ore.value or 0.0) * (processed.value or 0.0) / 100,
        low=spans[0].low * spans[1].low / 100,
        high=spans[0].high * spans[1].high / 100,
        unit="%",
        period=ore.period,
        claims=tuple(dict.fromkeys((*ore.claims, *processed.claims))),
        reasons=("domestic part of ore times domestic part of processed material", "without scrap in processing"),
    )
