"""How concentrated a stage of a material is: shares, HHI and its bounds, by territory or by control."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from lodeclaim.claims.figure import Figure
from lodeclaim.core.period import Period
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.composition import Production, Slots, competing_shares, compose
from lodeclaim.indicators.control import by_control
from lodeclaim.indicators.herfindahl import herfindahl, herfindahl_bounds
from lodeclaim.indicators.model import By, Composition, Concentration, Share
from lodeclaim.reconciliation.bulk import in_bulk
from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.words import cited, name_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["concentration", "concentration_of", "production_by_material", "production_slots"]

_READ = ("production", "share")
_SPREAD = "the residual counts as many small producers in the value and the low end, as one in the high end"


def concentration(
    frame: pl.DataFrame,
    material: str,
    stage: str,
    *,
    year: int | None = None,
    by: By = "territory",
    found: Slots | None = None,
) -> Concentration:
    """Return shares (in percent), HHI (0 to 1), total and residual of a stage.

    ``frame`` holds claims as ``Ledger.claims()`` returns them. Production quantities of the latest year with
    data (or of ``year``) go before published shares, such as those of the European Commission for 2016–2020,
    which are labelled with their period. What documents say of a country's share stands beside and widens its
    interval, with a reason. Withheld numbers, residuals, rounding and conflicts give intervals.

    By control, quantities go to the countries that control the owners of sites, by stake, as far as the output
    of sites is known; the rest stays ``control not known`` and is not taken for domestic. ``found`` is what
    production_slots returned for the material, to save finding it again for each stage and year.

    HHI = Σ share²; U.S. DoJ and FTC Merger Guidelines (2023), and European Commission, Study on the critical
    raw materials for the EU (2023). Thresholds of the former: above 0.18 highly concentrated.
    """
    found = production_slots(frame, material) if found is None else found
    return concentration_of(found, material, stage, year=year, by=by)


def concentration_of(
    found: Slots, material: str, stage: str, *, year: int | None = None, by: By = "territory"
) -> Concentration:
    """Return what concentration returns, from the slots of production and shares; a Production keeps it."""
    kept = found.kept if isinstance(found, Production) else {}
    key = (material, stage, year, by)
    if key not in kept:
        kept[key] = _concentration(found, material, stage, year, by)
    result: Concentration = kept[key]
    return result


def _concentration(found: Slots, material: str, stage: str, year: int | None, by: By) -> Concentration:
    composition = compose(found, stage, year)
    if isinstance(composition, str):
        return _nothing(material, stage, by, f"{composition} of {material}")
    if not any(figure.value for figure in composition.parts.values()):
        return _nothing(material, stage, by, f"a country with production of {material} above zero")
    if by == "control":
        return by_control(found, composition, material, stage)
    spoken = competing_shares(found, stage, composition.period)
    shares, ranges, notes = _shares(composition, spoken)
    residual = _residual_range(composition, ranges)
    return Concentration(
        material=material,
        stage=stage,
        by=by,
        shares=tuple(sorted(shares, key=lambda one: (-(one.figure.value or -1.0), one.place))),
        hhi=_hhi(composition, shares, ranges, residual),
        total=composition.total,
        residual=_residual_share(composition),
        year=_year(composition.period),
        period=composition.period,
        basis=composition.basis,
        notes=(*composition.notes, *notes),
    )


def production_slots(frame: pl.DataFrame, material: str) -> Production:
    """Return the slots of production and shares of a material, as concentration reads them from a frame."""
    import polars as pl

    return Production(slots(frame.filter(pl.col("material") == material, pl.col("predicate").is_in(_READ))))


@in_bulk()
def production_by_material(frame: pl.DataFrame) -> dict[str, Production]:
    """Return material → what production_slots returns for it, for every material that has any, in one pass."""
    import polars as pl

    found: dict[str, dict[SlotKey, tuple[Statement, ...]]] = {}
    rows = frame.filter(pl.col("material").is_not_null(), pl.col("predicate").is_in(_READ))
    for key, members in slots(rows).items():
        found.setdefault(str(key.material), {})[key] = members
    return {material: Production(held) for material, held in found.items()}


def _shares(
    composition: Composition, spoken: dict[str, list[Statement]]
) -> tuple[list[Share], dict[str, Interval], list[str]]:
    """Shares, the quantities behind their intervals, and notes."""
    parts = {place: figure for place, figure in composition.parts.items() if figure.value is not None}
    whole = _whole(composition)
    box = {place: _range(figure, ceiling=_ceiling(composition)) for place, figure in parts.items()}
    rest = _range(composition.residual) if composition.residual.value is not None else Interval(0.0, math.inf)
    notes: list[str] = []
    shares: list[Share] = []
    ranges: dict[str, Interval] = {}
    lows, highs = sum(one.low for one in box.values()) + rest.low, sum(one.high for one in box.values()) + rest.high
    for place, figure in composition.parts.items():
        if figure.value is None:
            shares.append(Share(place=place, figure=_withheld(composition, figure), quantity=figure))
            continue
        mine = box[place]
        low = _ratio(mine.low, mine.low + highs - mine.high)
        high = _ratio(mine.high, mine.high + lows - mine.low)
        if composition.kind == "shares":
            low, high = mine.low / 100, min(1.0, mine.high / 100)
        share = Figure(
            value=100 * figure.value / whole,
            low=100 * low,
            high=100 * high,
            unit="%",
            period=composition.period,
            basis=composition.basis,
            claims=tuple(dict.fromkeys((*figure.claims, *composition.total.claims))),
            reasons=figure.reasons,
        )
        widened = _widened(share, spoken.get(place, []))
        notes += [reason for reason in widened.reasons if reason not in share.reasons and "set by" in reason]
        shares.append(Share(place=place, figure=widened, quantity=figure))
        ranges[place] = (
            _moved(mine, share, widened, whole)
            if composition.kind == "quantities"
            else Interval(widened.low or 0.0, mine.high if widened.high is None else widened.high)
        )
    for place in sorted(set(spoken) - set(composition.parts)):
        only = ", ".join(cited(one, "%") for one in spoken[place])
        notes.append(f"a share of {place} is stated, but no quantity in the table: {only}")
    return shares, ranges, notes


def _widened(share: Figure, spoken: list[Statement]) -> Figure:
    """Let what documents say of the share move its ends; the value stays that of the quantities."""
    low, high = share.low or 0.0, share.high if share.high is not None else 100.0
    reasons, claims = list(share.reasons), list(share.claims)
    for one in sorted(spoken, key=lambda each: each.claim):
        assert one.allows is not None
        # A bound moves an end only to its nearest value; a number is to lie inside.
        to_low = one.allows.high if one.is_bound else one.allows.low
        to_high = one.allows.low if one.is_bound else one.allows.high
        if to_low < low:
            low = to_low
            reasons.append(f"low set by {cited(one, '%')}")
        if to_high > high:
            high = to_high
            reasons.append(f"high set by {cited(one, '%')}")
        if one.allows.overlaps(Interval(share.low or 0.0, share.high if share.high is not None else 100.0)):
            reasons.append(f"agrees with {cited(one, '%')}")
        claims.append(one.claim)
        reasons += [f"{one.claim}: {note}" for note in one.notes]
    return dataclasses.replace(share, low=low, high=high, reasons=tuple(reasons), claims=tuple(dict.fromkeys(claims)))


def _moved(mine: Interval, share: Figure, widened: Figure, whole: float) -> Interval:
    """The quantities that a widened share allows, the rest of the world held as it is."""

    def quantity(percent: float) -> float:
        rest = whole * (1 - (share.value or 0.0) / 100)
        return math.inf if percent >= 100 else rest * percent / (100 - percent)

    low, high = mine.low, mine.high
    if widened.low is not None and share.low is not None and widened.low < share.low:
        low = min(low, quantity(widened.low))
    if widened.high is not None and share.high is not None and widened.high > share.high:
        high = max(high, min(quantity(widened.high), 1e4 * whole))
    return Interval(low, high)


def _hhi(composition: Composition, shares: Sequence[Share], ranges: dict[str, Interval], residual: Interval) -> Figure:
    parts = [figure for figure in composition.parts.values() if figure.value is not None]
    used = [share.figure for share in shares if share.figure.value is not None]
    claims = tuple(dict.fromkeys(chain.from_iterable(figure.claims for figure in (*used, composition.total))))
    known = {"unit": "0–1", "period": composition.period, "basis": composition.basis, "claims": claims}
    unbounded = any(math.isinf(one.high) for one in (residual, *ranges.values()))
    if composition.residual.value is None or unbounded:
        return Figure.unknown("a world total or a bounded residual", **known)
    bounds = herfindahl_bounds(list(ranges.values()), residual)
    value = (
        herfindahl([figure.value or 0.0 for figure in parts], composition.residual.value)
        if composition.kind == "quantities"
        else sum(((figure.value or 0.0) / 100) ** 2 for figure in parts)
    )
    reasons = [
        "sum of squared shares on the scale 0 to 1; times 10 000 on that of competition authorities",
        *([_SPREAD] if residual.high else []),
        *(
            f"{name_of(share.place)}: {reason}"
            for share in sorted(shares, key=lambda one: one.place)
            for reason in share.figure.reasons
            if reason.startswith(("low set by", "high set by"))
        ),
    ]
    return Figure(
        value=value,
        low=min(bounds.low, value),
        high=max(bounds.high, value),
        unit="0–1",
        period=composition.period,
        basis=composition.basis,
        claims=claims,
        reasons=tuple(reasons),
    )


def _residual_range(composition: Composition, ranges: dict[str, Interval]) -> Interval:
    if composition.residual.value is None:
        return Interval(0.0, math.inf)
    rest = _range(composition.residual)
    if composition.kind == "shares":  # the whole is 100: what the parts leave
        rest = Interval(
            max(0.0, 100 - sum(one.high for one in ranges.values())),
            max(0.0, 100 - sum(one.low for one in ranges.values())),
        )
    return rest


def _residual_share(composition: Composition) -> Figure:
    residual = composition.residual
    if residual.value is None:
        return residual
    whole = _whole(composition)
    return dataclasses.replace(
        residual,
        value=100 * residual.value / whole,
        low=None if residual.low is None else min(100.0, 100 * residual.low / whole),
        high=None if residual.high is None else min(100.0, 100 * residual.high / whole),
        unit="%",
    )


def _withheld(composition: Composition, figure: Figure) -> Figure:
    """The share of a country that publishes nothing: at most what the named ones leave, if it is in the total."""
    return Figure.unknown(
        figure.missing or "no number is published",
        unit="%",
        period=composition.period,
        low=0.0,
        high=_residual_share(composition).high,
        claims=figure.claims,
    )


def _ceiling(composition: Composition) -> float:
    """What an unbounded quantity cannot exceed: the published total."""
    high = composition.total.high
    return high if high is not None else math.inf


def _whole(composition: Composition) -> float:
    """Parts and residual; the published total is rounded and may be less than its parts. Shares: 100."""
    if composition.kind == "shares":
        return 100.0
    return sum(one.value or 0.0 for one in (*composition.parts.values(), composition.residual))


def _range(figure: Figure, *, ceiling: float = math.inf) -> Interval:
    low = max(0.0, figure.low if figure.low is not None else 0.0)
    return Interval(low, max(low, figure.high if figure.high is not None else ceiling))


def _ratio(part: float, whole: float) -> float:
    if math.isinf(part):
        return 1.0
    return 0.0 if part <= 0 or math.isinf(whole) else part / whole


def _year(period: str) -> int | None:
    try:
        return Period.parse(period).year
    except ValueError:
        return None


def _nothing(material: str, stage: str, by: By, missing: str) -> Concentration:
    unknown = Figure.unknown(missing)
    return Concentration(
        material=material,
        stage=stage,
        by=by,
        shares=(),
        hhi=Figure.unknown(missing, unit="0–1"),
        total=unknown,
        residual=unknown,
        year=None,
        period=None,
        basis=None,
        missing=missing,
    )
