"""Which claims speak of the same slot, each brought to the slot's unit and basis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from lodeclaim.core.period import Period
from lodeclaim.core.quantity import ABOUT, Interval, interval_of
from lodeclaim.reconciliation.bulk import Cells, in_bulk
from lodeclaim.reconciliation.model import UNDATED, SlotKey, Statement
from lodeclaim.reconciliation.variants import Family, by_order, joined
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FLOWS", "half_last_digit", "slots"]

#: Quantities per period: a tonne a year and the tonnes of a year are the same.
FLOWS = frozenset({"production", "demand", "trade"})
#: Read for the very period: flows add up over it, prices hold at it.
_BY_DATE = FLOWS | {"price"}
_MASSES = FLOWS | {"capacity", "reserve", "stocks"}
#: Percentages that lie between nothing and the whole.
_FRACTIONS = frozenset({"share", "import_reliance", "supplier_share", "grade", "recovery", "stake", "recycling_rate"})
#: Of a site itself, not of its holder.
_OF_THE_GROUND = frozenset({"reserve", "grade"})
#: May be below zero.
_SIGNED = frozenset({"growth", "governance"})
_OUTLOOK = frozenset({"planned", "forecast", "conditional", "opinion"})
_WITHOUT_NUMBER = frozenset({"withheld", "not-available", "insignificant", "included-elsewhere"})
#: Deals: letter of interest, loan and grant over one sum are different things.
_DEALS = frozenset({"investment", "financing", "transaction", "agreement"})

#: What a statement is made of beside its slot; the ledger adds the second line.
_STATED = (
    *("id", "source", "value", "value_max", "comparator", "modality", "confidence", "flags"),
    *("origin", "publisher", "published", "voice", "standing", "standing_reason", "merged", "attributed_to"),
)

#: Where the kind is a class that must not be guessed.
_CLASSED = frozenset({"reserve", "milestone", "measure", "target", "share", "trade"})

#: Percentages of a form are not those of the material, so a form is not guessed for them.
_BY_FORM = frozenset({"import_reliance", "supplier_share", "share"})

_CLAIM = attrgetter("claim")
_SLOT = (
    *("predicate", "material", "form", "stage", "place", "site", "actor", "counterparty", "kind", "unit", "basis"),
    *("period", "instrument"),
)


def slots(frame: pl.DataFrame) -> dict[SlotKey, tuple[Statement, ...]]:
    """Return slot → the claims that speak of it, both in a fixed order whatever the order of the rows.

    ``frame`` has the columns of ``claims.table`` and may have those the ledger adds. Masses in a compound of
    known factor are counted as contained. A document that leaves kind, stage, form or basis unsaid joins
    the one that others state, with a note; where several fit it stays apart. Classes of reserves are not guessed.
    """
    import polars as pl

    lacking = [pl.lit(None, pl.String).alias(name) for name in _STATED if name not in frame.columns]
    needed = [name for name in dict.fromkeys((*_STATED, *_SLOT)) if name in frame.columns]
    counts = pl.col("value").is_not_null() | _has_word("flags", *sorted(_WITHOUT_NUMBER))
    frame = frame.rechunk()  # rows are taken from one piece of memory several times as fast
    # Which rows to take is found on the ids alone, and the wide rows are moved but once.
    once = frame.select("id").with_row_index("_at").filter(frame.select(counts).to_series()).unique("id")
    rows = frame.select(needed)[once.sort("id")["_at"]].with_columns(*lacking)
    with in_bulk():
        return _gathered(rows)


def _has_word(column: str, *words: str) -> pl.Expr:
    """Whether one of the words stands among those of a column."""
    import polars as pl

    return pl.col(column).str.contains(rf"(?:^|\s)(?:{'|'.join(words)})(?:\s|$)").fill_null(False)


def _gathered(rows: pl.DataFrame) -> dict[SlotKey, tuple[Statement, ...]]:
    """The slots of rows in order of their ids: rows alike in all that places them are placed once."""
    import polars as pl

    outlook = pl.col("modality").is_in(list(_OUTLOOK)).fill_null(False).alias("_outlook")
    official = (pl.col("origin") == "statistics").fill_null(False).alias("_official")
    groups = rows.select(pl.int_range(pl.len()).alias("_row"), *_SLOT, outlook, official)
    # What is empty in all rows parts none of them.
    parting = [name for name in _SLOT if groups[name].null_count() < groups.height]
    empty = [pl.lit(None, pl.String).alias(name) for name in _SLOT if name not in parting]
    alike = groups.group_by(*parting, "_outlook", maintain_order=True).agg("_row", pl.col("_official").any())
    # Claims of one slot are put side by side: what is looked at together is then near in memory.
    rows = rows[alike["_row"].explode()]
    alike = alike.with_columns(pl.col("_row").list.len(), *empty)
    placed: list[_Placed] = []
    families: dict[SlotKey, Family] = {}
    stated: set[SlotKey] = set()
    for *slot, count, tables in alike.select(*_SLOT, "_outlook", "_row", "_official").iter_rows():
        here = _slot(*slot)
        at = (len(placed), len(placed) + count)
        placed += [here] * count
        families.setdefault(here.family, {}).setdefault(here.key, []).append(at)
        if tables:
            stated.add(here.key)
    statements = _statements(rows, placed)
    found: dict[SlotKey, tuple[Statement, ...]] = {}
    for family_key in sorted(families, key=by_order):
        for key, several in joined(families[family_key], stated, statements).items():
            members = [one for start, end in several for one in statements[start:end]]
            if len(several) > 1:
                members.sort(key=_CLAIM)
            found[key] = tuple(members)
    return found


def _family(key: SlotKey) -> SlotKey:
    """The slot without what a document may leave unsaid."""
    return SlotKey(
        predicate=key.predicate,
        material=key.material,
        place=key.place,
        site=key.site,
        actor=key.actor,
        counterparty=key.counterparty,
        kind=key.kind if key.predicate in _CLASSED else None,
        instrument=key.instrument,
        unit=key.unit,
        form=key.form if key.predicate in _BY_FORM else None,
    )


@lru_cache(maxsize=8192)
def half_last_digit(value: float) -> float:
    """Return half a unit of the last digit that is not zero, at most 5 % of the value.

    How many zeros at the end are exact is not known, so the share that "about" means bounds it.

    >>> half_last_digit(67000)
    500.0
    """
    if value == 0 or not math.isfinite(value):
        return 0.0
    digits, _, power = f"{value:.11e}".partition("e")
    exponent = int(power) - len(digits.partition(".")[2].rstrip("0"))
    return float(min(10.0**exponent / 2, abs(value) * ABOUT))


class _Placed(NamedTuple):
    """A slot, what it shares with others, the factor of its numbers to its unit and basis, and how it came about."""

    key: SlotKey
    family: SlotKey
    scale: float
    notes: tuple[str, ...]


# a year of statistics has many rows and few slots
@lru_cache(maxsize=65536)
def _slot(
    predicate: str,
    material: str | None,
    form: str | None,
    stage: str | None,
    place: str | None,
    site: str | None,
    actor: str | None,
    counterparty: str | None,
    kind: str | None,
    unit: str | None,
    basis: str | None,
    period: str | None,
    instrument: str | None,
    outlook: bool,
) -> _Placed:
    notes: list[str] = []
    place, actor, counterparty = _participants(predicate, place, site, actor, counterparty)
    unit, factor = _unit(unit, predicate)
    form, basis, content = _basis(predicate, material, form, basis, unit, notes)
    if site and place == "WLD" and predicate != "share":
        notes.append(f"a total of the world, so not of {site}")
        site = None
    if site and predicate in _OF_THE_GROUND:
        actor = None  # what lies in the ground is the same whoever holds it
    key = SlotKey(
        predicate=predicate,
        material=material,
        stage=stage,
        place=None if site and predicate != "share" else place,
        site=site,
        actor=actor,
        counterparty=counterparty,
        kind=kind,
        instrument=instrument if predicate in _DEALS else None,
        unit=unit,
        form=form,
        basis=basis,
        period=_period(period, predicate),
        tense="outlook" if outlook else "actual",
    )
    return _Placed(key, _family(key), factor * content, tuple(notes))


def _statements(rows: pl.DataFrame, placed: Sequence[_Placed]) -> list[Statement]:
    """Each claim as its slot sees it, made column by column."""
    import polars as pl

    def stated(name: str, otherwise: str | pl.Expr) -> pl.Expr:
        other = pl.lit(otherwise) if isinstance(otherwise, str) else otherwise
        return pl.when(pl.col(name).str.len_bytes() > 0).then(pl.col(name)).otherwise(other).alias(name)

    merged = pl.col("merged").str.len_bytes() > 0
    rows = rows.with_columns(
        stated("voice", pl.col("source")),
        stated("origin", "document"),
        stated("comparator", "="),
        stated("modality", "actual"),
        pl.col("confidence").fill_null(1.0),
        pl.when(merged).then(pl.lit("deprecated")).otherwise("standing").alias("standing"),
        pl.when(merged).then("merged into " + pl.col("merged")).otherwise("standing_reason").alias("standing_reason"),
    ).with_columns(((pl.col("origin") == "statistics") | _has_word("flags", "rounded")).alias("_official"))
    plain = (
        (pl.col("flags").str.len_bytes().fill_null(0) == 0)
        & pl.col("value").is_not_null()
        & (pl.col("origin") != "statistics")
        & (pl.col("modality") != "opinion")
        & pl.col("standing").ne_missing("deprecated")
    )
    rows = rows.with_columns(plain.alias("_plain"))
    # no two claims share an id
    column = {name: Cells(rows[name], alike=name != "id").take() for name in (*_STATED, "_official", "_plain")}
    # (value, its upper end, what it allows, what it allows where every number may be rounded)
    counted = [
        (None, top, None, None)
        if value is None
        else _number(value, top, sign, here.key.predicate, here.key.unit, official, here.scale)
        for value, top, sign, official, here in zip(
            *(column[name] for name in ("value", "value_max", "comparator", "_official")), placed, strict=True
        )
    ]
    values, tops, allows, tolerant = zip(*counted, strict=True) if counted else [()] * 4
    flags = [tuple(words.split()) if words else () for words in column["flags"]]
    notes = [
        (*here.notes, f"period not stated; published {published}")
        if here.key.period == UNDATED and published
        else here.notes
        for here, published in zip(placed, column["published"], strict=True)
    ]
    cells: list[Sequence[Any]] = [
        column[name] for name in ("id", "source", "voice", "origin", "publisher", "published")
    ]
    cells += [values, tops, column["comparator"], allows, tolerant, column["modality"], column["confidence"], flags]
    cells += [notes] + [column[name] for name in ("standing", "standing_reason", "attributed_to", "_plain")]
    return list(map(Statement, *cells))


# texts repeat one number many times
@lru_cache(maxsize=65536)
def _number(
    value: float,
    value_max: float | None,
    comparator: str,
    predicate: str,
    unit: str | None,
    official: bool,
    scale: float,
) -> tuple[float, float | None, Interval, Interval]:
    """(value, its upper end, what it allows, what it allows where it may be rounded), in the unit of the slot."""
    allows, tolerant = _intervals(value, value_max, comparator, predicate, unit, official)
    if scale == 1.0:
        return value, value_max, allows, tolerant
    top = None if value_max is None else _plain(value_max * scale)
    return _plain(value * scale), top, _scaled(allows, scale), _scaled(tolerant, scale)


def _scaled(interval: Interval, scale: float) -> Interval:
    return Interval(_plain(interval.low * scale), _plain(interval.high * scale))


def _plain(value: float) -> float:
    """Twelve significant digits: free of the dust of binary arithmetic."""
    return float(f"{value:.12g}")


def _participants(
    predicate: str, place: str | None, site: str | None, actor: str | None, counterparty: str | None
) -> tuple[str | None, str | None, str | None]:
    """(place, actor, counterparty) in the roles of the slot, whichever column the reader used."""
    regions = _regions()
    if predicate == "share":
        if actor is None and place not in (None, "WLD") and not site:
            return "WLD", place, counterparty
        return place or "WLD", actor, counterparty
    if predicate == "supplier_share":
        if counterparty is None and actor is not None and actor != place:
            return place, None, actor
        return place or actor, None, counterparty
    if actor in regions and predicate not in _DEALS and predicate not in ("measure", "stake"):
        if place is None and not site:
            return actor, None, counterparty
        if place == actor:
            return place, None, counterparty
    return place, actor, counterparty


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    words = load_vocabulary()
    return frozenset(words.countries) | frozenset(words.groups)


@lru_cache(maxsize=512)
def _unit(unit: str | None, predicate: str) -> tuple[str | None, float]:
    """(unit of the slot, factor to it)."""
    if unit is None:
        return None, 1.0
    factor = 1.0
    if (known := load_vocabulary().units.get(unit)) is not None:
        unit, factor = known.canonical, known.factor
    if predicate in FLOWS and unit.endswith("/yr"):
        return unit.removesuffix("/yr"), factor
    if predicate == "capacity" and unit == "t":
        return "t/yr", factor
    if predicate == "grade" and unit in ("g/t", "ppm"):
        return "%", factor * 1e-4
    return unit, factor


def _basis(
    predicate: str, material: str | None, form: str | None, basis: str | None, unit: str | None, notes: list[str]
) -> tuple[str | None, str | None, float]:
    """(form, basis, factor) of the slot; masses in a compound of known factor count as contained."""
    if predicate not in _MASSES or unit not in ("t", "t/yr", "t/day"):
        return form, basis, 1.0
    compound = basis if basis not in (None, "gross", "contained") else form if basis != "contained" else None
    factor = _factor(material, compound)
    if factor is not None:
        stated = "" if basis else " (basis not stated, taken from the form)"
        notes.append(f"converted from {compound} with factor {factor:g}{stated}")
        # In trade the compound is the product itself, and two products are never one flow.
        return (None if form == compound and predicate != "trade" else form), "contained", factor
    return form, basis, 1.0


@lru_cache(maxsize=4096)
def _factor(material: str | None, form: str | None) -> float | None:
    known = load_vocabulary().materials.get(material or "")
    if known is None or form is None:
        return None
    return next((one.factor for one in known.forms if one.id == form), None)


@lru_cache(maxsize=4096)
def _period(text: str | None, predicate: str) -> str:
    if not text:
        return UNDATED
    try:
        period = Period.parse(text)
    except ValueError:
        return text
    if period.granularity != "year" and period.year is not None and predicate not in _BY_DATE:
        return f"{period.year:04d}"
    return text


def _intervals(
    value: float, value_max: float | None, comparator: str, predicate: str, unit: str | None, official: bool
) -> tuple[Interval, Interval]:
    floor = -math.inf if predicate in _SIGNED else 0.0
    ceiling = 100.0 if predicate in _FRACTIONS and unit == "%" else math.inf
    if comparator in (">", ">=", "<", "<="):
        bound = interval_of(value, value_max, comparator, floor=floor, ceiling=ceiling)
        return bound, bound
    stated = interval_of(value, value_max, comparator, floor=floor, ceiling=ceiling)
    low_slack, high_slack = half_last_digit(stated.low), half_last_digit(stated.high)
    if comparator == "=":
        low_slack, high_slack = half_last_digit(value), half_last_digit(value if value_max is None else value_max)
    tolerant = Interval(
        min(stated.low, max(floor, _plain(stated.low - low_slack))),
        max(stated.high, min(ceiling, _plain(stated.high + high_slack))),
    )
    return (tolerant if official and comparator == "=" else stated), tolerant
