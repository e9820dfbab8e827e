"""Raw materials seen from a supplier: what part of each stage a country has, what it is worth, and whom it serves.

Volume is the country's share of the world at a stage. Value puts the stage's price on both sides, so that stages can
be compared: a country may extract much and keep little of what processing is worth.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.core.errors import UnknownName
from lodeclaim.indicators.composition import Slots
from lodeclaim.indicators.concentration import concentration_of, production_by_material
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Customer", "SupplierPosition", "supplier_view", "value_kept"]

STAGES = ("extraction", "processing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """An importer that the country serves: the country's share in its imports or sourcing, in percent."""

    place: str
    share: Figure
    stage: str | None
    form: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierPosition:
    """A country at one stage of a material.

    ``share`` in percent of the world and ``quantity`` in the unit of the table; ``price`` in US dollars a tonne;
    ``value`` and ``world_value`` in US dollars a year.
    """

    material: str
    stage: str
    period: str | None
    share: Figure
    quantity: Figure | None
    world: Figure
    price: Figure
    value: Figure
    world_value: Figure
    customers: tuple[Customer, ...]


def supplier_view(
    frame: pl.DataFrame,
    country: str,
    *,
    materials: Sequence[str] | None = None,
    year: int | None = None,
    found: Mapping[str, Slots] | None = None,
) -> list[SupplierPosition]:
    """Return the country's position at every stage where it has a part, the largest share first.

    Without ``materials`` all that the claims tie the country to. Customers are importers whose published supplier
    shares name the country, latest period; they stand at the stage that the shares name. ``found`` is what
    production_by_material returns for ``frame``, where it is at hand. Raises UnknownName for a group of countries.
    """
    import polars as pl

    groups = load_vocabulary().groups
    if country in groups:
        raise UnknownName(f"{groups[country].name} is a group", remedy="Name one supplying country, such as KAZ")
    named = frame.filter(
        (pl.col("place") == country) | (pl.col("counterparty") == country) | (pl.col("actor") == country),
        pl.col("predicate").is_in(["production", "share", "supplier_share"]),
    )
    wanted = list(materials) if materials is not None else sorted(named["material"].drop_nulls().unique().to_list())
    served = named.filter(pl.col("predicate") == "supplier_share", pl.col("counterparty") == country)
    result = []
    own = frame.filter(pl.col("material").is_in(wanted))
    made = found if found is not None else production_by_material(own)
    prices = own.filter(pl.col("predicate") == "price").partition_by("material", as_dict=True)
    none = own.clear()
    buyers = served.partition_by("material", as_dict=True)
    for material in wanted:
        customers = _customers(buyers[material,]) if (material,) in buyers else []
        for stage in STAGES:
            asked = prices.get((material,), none)
            position = _position(asked, made.get(material, {}), country, material, stage, year, customers)
            if position is not None:
                result.append(position)
    return sorted(result, key=lambda one: (one.share.value is None, -(one.share.value or 0.0), one.material, one.stage))


def value_kept(positions: Sequence[SupplierPosition]) -> Figure:
    """Return the country's part in the value of the given stages together, in percent.

    Unknown as long as one of the stages has no value: a sum over some of them would flatter or hurt the country.
    """
    claims = tuple(dict.fromkeys(claim for one in positions for claim in (*one.value.claims, *one.world_value.claims)))
    missing = [
        f"{one.material} {one.stage}: {figure.missing}"
        for one in positions
        for figure in (one.value, one.world_value)
        if figure.value is None
    ]
    if missing or not positions:
        return Figure.unknown("; ".join(missing) or "stages", unit="%", claims=claims)
    whole = sum(one.world_value.value or 0.0 for one in positions)
    if whole <= 0:
        return Figure.unknown("a world value above zero", unit="%", claims=claims)
    part = sum(one.value.value or 0.0 for one in positions)
    return Figure(value=100 * part / whole, unit="%", claims=claims, reasons=("value over the stages' world value",))


def _position(
    prices: pl.DataFrame,
    made: Slots,
    country: str,
    material: str,
    stage: str,
    year: int | None,
    customers: Sequence[Customer],
) -> SupplierPosition | None:
    found = concentration_of(made, material, stage, year=year)
    own = next((one for one in found.shares if one.place == country), None)
    here = tuple(one for one in customers if one.stage == stage)
    if own is None and not here:
        return None
    if own is None:
        none = Figure.unknown(found.missing or f"the share of {country}", unit="%", period=found.period)
        share, quantity = none, None
    else:
        share, quantity = own.figure, own.quantity
    price = _price(prices, stage, found.period, found.basis)
    nothing = Figure.unknown(f"the quantity of {country}", unit="t")
    return SupplierPosition(
        material=material,
        stage=stage,
        period=found.period,
        share=share,
        quantity=quantity,
        world=found.total,
        price=price,
        value=_value(quantity or nothing, price),
        world_value=_value(found.total, price),
        customers=here,
    )


def _price(rows: pl.DataFrame, stage: str, period: str | None, basis: str | None) -> Figure:
    """The prices of a stage in the year: their middle and their range."""
    import polars as pl

    found = rows.filter(
        pl.col("stage") == stage,
        pl.col("unit") == "USD/t",
        pl.col("value").is_not_null(),
    ).filter(pl.col("period").eq_missing(pl.lit(period)))
    known: dict[str, Any] = {"unit": "USD/t", "period": period}
    if found.is_empty():
        return Figure.unknown(f"a price in US dollars a tonne at the stage {stage}", **known)
    fits = found.filter(pl.col("basis").is_null() | pl.col("basis").eq_missing(pl.lit(basis)))
    claims = tuple(fits["id"].to_list())
    if fits.is_empty():
        return Figure.unknown(f"a price in the basis {basis} at the stage {stage}", **known, claims=claims)
    values = fits["value"].to_list()
    return Figure(
        value=statistics.median(values),
        low=min(values),
        high=max(values),
        basis=basis,
        claims=claims,
        reasons=(f"median of {len(values)} published prices of the stage, their range as the interval",),
        **known,
    )


def _value(quantity: Figure, price: Figure) -> Figure:
    claims = tuple(dict.fromkeys((*quantity.claims, *price.claims)))
    known: dict[str, Any] = {"unit": "USD", "period": quantity.period, "claims": claims}
    if quantity.unit not in ("t", "t/yr"):
        return Figure.unknown(f"a quantity in tonnes; it is in {quantity.unit or 'no unit'}", **known)
    missing = quantity.missing or price.missing
    if quantity.value is None or price.value is None:
        return Figure.unknown(missing or "quantity and price", **known)
    mass, money = interval_of_figure(quantity, floor=0.0), interval_of_figure(price, floor=0.0)
    return Figure(
        value=quantity.value * price.value,
        low=mass.low * money.low,
        high=mass.high * money.high,
        reasons=("quantity times price", "interval: exact bounds"),
        **known,
    )


def _customers(rows: pl.DataFrame) -> list[Customer]:
    newest: dict[tuple[str, str | None, str | None], Customer] = {}
    columns = ("place", "stage", "form", "value", "unit", "period", "id")
    for place, stage, form, value, unit, period, claim in rows.sort("period", nulls_last=False).select(columns).rows():
        if place is None or unit != "%":
            continue
        known: dict[str, Any] = {"unit": "%", "period": period, "claims": (claim,)}
        share = (
            Figure.unknown(f"the share in the imports of {place}", **known)
            if value is None
            else Figure(value=value, low=value, high=value, **known)
        )
        newest[place, stage, form] = Customer(place=place, share=share, stage=stage, form=form)
    return sorted(newest.values(), key=lambda one: (-(one.share.value or 0.0), one.place, one.form or ""))
