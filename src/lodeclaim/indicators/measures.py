"""Measures of states that claims report, and the trade parameter t they lead to.

t stands in the supply risk of Regulation (EU) 2024/1252, Annex II, Section 2. Which value a kind of measure has is
data with its reason: ``data/trade_parameters.yaml``. A measure counts from its date on; several of one country do not
multiply, the strongest counts, and never less than what the study itself gives the country.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.claims.model import Claim, is_linked
from lodeclaim.claims.table import to_claims
from lodeclaim.core.period import Period
from lodeclaim.indicators.control import controlling_country
from lodeclaim.indicators.criticality_model import Supplier, SupplyRiskInputs
from lodeclaim.indicators.supply_risk import what_if
from lodeclaim.vocabulary.load import load_vocabulary, read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Measure", "apply_measures", "measures_on", "trade_parameter", "widened"]

_DATA = Path(__file__).parent / "data" / "trade_parameters.yaml"
UNION = "EU27"
#: Groups so wide that a measure on them does not say which material is meant.
_TOO_WIDE = {"critical-raw-materials"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure that a claim reports: who takes it on what, from when, and its t.

    ``set_aside`` says why it does not count, None where it does.
    """

    claim: str
    source: str
    country: str | None
    material: str
    kind: str | None
    start: date | None
    parameter: Figure
    quote: str
    set_aside: str | None = None


def trade_parameter(kind: str | None, *, rate: float | None = None) -> Figure:
    """Return t of a kind of measure with its interval and reason; ``rate`` in percent for an export tax.

    Unknown for a kind that the scale has no value for, such as a subsidy.

    >>> trade_parameter("export-ban").value
    1.5
    """
    table = _table()
    entry = table["kinds"].get(kind)
    if entry is None:
        return Figure.unknown(f"a trade parameter for the kind {kind!r}", unit="t")
    why = entry["why"]
    if kind == "tariff" and rate is not None:
        step = [one for one in table["export_tax"] if rate >= one["from"]][-1]
        entry, why = step, f"an export tax of {rate:g} %: from {step['from']} % on"
    return Figure(value=entry["value"], low=entry["low"], high=entry["high"], unit="t", reasons=(why,))


def measures_on(
    frame: pl.DataFrame,
    material: str,
    *,
    at: date | None = None,
    planned: bool = False,
    sentences: Mapping[str, str] | None = None,
) -> tuple[Measure, ...]:
    """Return the measures that claims report on a material or on a group it belongs to, oldest first.

    ``at`` leaves out what began later; None counts all. ``planned`` lets announced ones count; one announced for
    a day or month counts in any case ``at`` a later time. ``sentences`` (claim
    id → sentence) tells whether a tax is on exports; without it such a measure is set aside.
    """
    import polars as pl

    rows = frame.filter(pl.col("predicate") == "measure", pl.col("material").is_in(list(widened(material))))
    if "standing" in rows.columns:
        rows = rows.filter(pl.col("standing").fill_null("normal") != "deprecated", pl.col("merged").is_null())
    published = dict(zip(rows["id"], rows["published"], strict=True)) if "published" in rows.columns else {}
    found = [
        _measure(claim, published.get(claim.id), at, planned, (sentences or {}).get(claim.id))
        for claim in to_claims(rows)
    ]
    return tuple(sorted(found, key=lambda one: (one.start or date.min, one.claim)))


def apply_measures(inputs: SupplyRiskInputs, measures: Iterable[Measure]) -> SupplyRiskInputs:
    """Return the inputs with t raised to that of the measures in force, in global supply and in EU sourcing."""
    strongest: dict[str, list[Measure]] = {}
    for one in measures:
        if one.set_aside is None and one.country is not None:
            strongest.setdefault(one.country, []).append(one)
    changed = inputs
    for supply, name in (("global", "global_supply"), ("eu", "eu_sourcing")):
        suppliers: tuple[Supplier, ...] = getattr(inputs, name)
        raised = {
            one.place: _raised(one.restriction, strongest[one.place]) for one in suppliers if one.place in strongest
        }
        if raised:
            changed = what_if(changed, restrictions=raised, supply=supply)  # type: ignore[arg-type]
    return changed


def widened(material: str) -> tuple[str, ...]:
    """Return the material and the groups that hold it: a measure on rare earths is one on neodymium."""
    known = load_vocabulary().materials
    found: dict[str, None] = {}
    waiting = [material]
    while waiting:
        one = waiting.pop()
        if one in found or one in _TOO_WIDE or one not in known:
            continue
        found[one] = None
        waiting += [*known[one].part_of, *(group.id for group in known.values() if one in group.members)]
    return tuple(found)


def _raised(base: Figure, measures: Iterable[Measure]) -> Figure:
    """The greatest t, end by end; a measure never lowers what the study gives."""
    parts = [base, *(one.parameter for one in measures)]
    values = [one.value for one in parts if one.value is not None]
    lows = [one.low if one.low is not None else one.value for one in parts]
    highs = [one.high if one.high is not None else one.value for one in parts]
    return Figure(
        value=max(values),
        low=max(low for low in lows if low is not None),
        high=max(high for high in highs if high is not None),
        unit="t",
        period=base.period,
        claims=tuple(dict.fromkeys(chain.from_iterable(one.claims for one in parts))),
        reasons=tuple(reason for one in parts for reason in one.reasons),
    )


def _measure(claim: Claim, published: str | None, at: date | None, planned: bool, sentence: str | None) -> Measure:
    country = _country(claim)
    start = _start(claim.period) or _start(published)
    kind, why = _kind(claim, sentence)
    rate = claim.value if claim.unit == "%" else None
    parameter = dataclasses.replace(trade_parameter(kind, rate=rate), claims=(claim.id,))
    if claim.modality == "planned" and _dated(claim.period):
        reasons = (*parameter.reasons, f"announced for {claim.period}; that it began is not reported")
        parameter = dataclasses.replace(parameter, reasons=reasons)
    if why is None:
        why = _set_aside(claim, country, parameter, start, at, planned)
    return Measure(
        claim=claim.id,
        source=claim.source,
        country=country,
        material=claim.material or "",
        kind=kind,
        start=start,
        parameter=parameter,
        quote=claim.quote,
        set_aside=why,
    )


def _set_aside(
    claim: Claim, country: str | None, parameter: Figure, start: date | None, at: date | None, planned: bool
) -> str | None:
    known = load_vocabulary()
    members = set(known.groups[UNION].members)
    target = claim.counterparty
    if country is None:
        return "who takes the measure is not known"
    if country in members or country == UNION:
        return "a measure of the Union or a member does not restrict its own supply"
    if parameter.value is None:
        return f"missing {parameter.missing}"
    if target is not None and target in known.countries and target not in members:
        return f"aimed at {known.countries[target].name} only"
    if claim.modality == "planned" and not planned and _dated(claim.period):
        if at is None:
            return f"announced for {claim.period}: counts in a year from then on, or with what is planned"
    elif claim.modality != "actual" and not (planned and claim.modality == "planned"):
        return f"{claim.modality}, not in force"
    if at is not None and start is not None and start > at:
        return f"begins {start.isoformat()}, after {at.isoformat()}"
    return None


def _kind(claim: Claim, sentence: str | None) -> tuple[str | None, str | None]:
    """The kind, and why it cannot count: a tax or a control may be on imports."""
    table = _table()
    words = " ".join([claim.quote, *(one.words for one in claim.reasons), sentence or ""]).casefold()
    outward = any(word in words for word in table["export_words"])
    inward = any(word in words for word in table["import_words"])
    if claim.kind in ("tariff", None):
        if claim.kind is None and claim.unit != "%":
            return None, "what kind of measure it is, is not known"
        if not outward or inward:
            return claim.kind, "whether it is on exports is not known" if not inward else "it may be on imports"
        return "tariff", None
    own = " ".join([claim.quote, *(one.words for one in claim.reasons if one.slot == "predicate")]).casefold()
    if any(word in own for word in table["import_words"]):
        return claim.kind, "it is on imports"
    return claim.kind, None


def _country(claim: Claim) -> str | None:
    known = load_vocabulary()
    for entity in (claim.actor, claim.place):
        if entity is None or not is_linked(entity):
            continue
        if entity in known.countries or entity == UNION:
            return entity
        if (country := controlling_country(entity)) is not None:
            return country
    return None


def _dated(period: str | None) -> bool:
    """Whether a day or a month is named, from which an announced rule applies; a year is an intention."""
    try:
        return period is not None and Period.parse(period).granularity in ("day", "month")
    except ValueError:
        return False


def _start(period: str | None) -> date | None:
    try:
        return Period.parse(period).start if period else None
    except ValueError:
        return None


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(_DATA)
    return loaded
