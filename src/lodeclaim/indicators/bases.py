"""One quantity in another basis: gross, contained, oxide or carbonate equivalent; or a refusal that says why.

Masses in different bases never add. Factors between compounds and the contained element are those of the vocabulary
(stoichiometry, IUPAC atomic weights). A gross weight needs more: a form of fixed composition, a grade from a claim,
or, for trade, the content that a tariff line allows (``data/trade_content.csv``, an interval with its source).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval
from lodeclaim.indicators.uncertainty import interval_of_figure
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Form

__all__ = ["content_of_trade_line", "convert", "convert_trade", "factor_of"]

GROSS, CONTAINED = "gross", "contained"
_FILE = Path(__file__).parent / "data" / "trade_content.csv"
#: A grade as a fraction of the mass, by its unit.
_GRADES = {"%": 0.01, "g/t": 1e-6, "ppm": 1e-6, "fraction": 1.0}


def convert(figure: Figure, material: str, to: str, *, form: str | None = None, grade: Figure | None = None) -> Figure:
    """Return the figure in the basis ``to``, with its interval, the claims of the grade and the factors as reasons.

    ``to`` is ``gross``, ``contained`` or the id of a compound such as WO3, Li2O or LCE. ``form`` is what a gross
    weight is made of, where its composition is fixed. ``grade`` is the content of the gross weight in %, g/t or
    ppm, in its own basis. The result is unknown where the basis is not said, or a factor or grade is missing.

    >>> round(convert(Figure(value=100.0, unit="t", basis="Li2CO3"), "lithium", "contained").value, 2)
    18.79
    """
    if figure.basis == to:
        return figure
    known = {"unit": figure.unit, "period": figure.period, "basis": to}
    if figure.basis is None:
        return Figure.unknown(f"the basis of the quantity ({material})", claims=figure.claims, **known)
    down = _factor(material, figure.basis, form, grade)
    up = _factor(material, to, form, grade)
    for side in (down, up):
        if isinstance(side, str):
            return Figure.unknown(side, claims=figure.claims, **known)
    assert isinstance(down, Figure) and isinstance(up, Figure)
    return _scaled(figure, down, up, to)


def factor_of(material: str, compound: str) -> Form | None:
    """Return the compound with its factor to the contained element; the material's own before another's."""
    words = load_vocabulary()
    own = words.materials[material].forms if material in words.materials else ()
    return next((one for one in own if one.id == compound), None) or words.forms.get(compound)


def content_of_trade_line(material: str, code: str) -> Figure:
    """Return what a tonne traded under a six-digit code contains, as a fraction with its interval and basis.

    There is no likeliest value: ``value`` is the middle of the interval, and the reasons say so. Unknown where the
    line is refused, with the reason, or is not in the table.
    """
    row = _lines().get((code, material))
    name = f"the content of {material} in trade under {code}"
    if row is None:
        return Figure.unknown(f"{name}: not in the table of contents", unit="fraction")
    if not row["low"]:
        return Figure.unknown(f"{name}, {row['source']}", unit="fraction")
    low, high = float(row["low"]), float(row["high"])
    reasons = (row["source"], *((row["note"],) if row["note"] else ()), "value: middle of the interval")
    return Figure(value=(low + high) / 2, low=low, high=high, unit="fraction", basis=row["basis"], reasons=reasons)


def convert_trade(
    figure: Figure, material: str, code: str, to: str = CONTAINED, *, grade: Figure | None = None
) -> Figure:
    """Return the content of a traded gross weight, by the grade of a claim or by what the tariff line allows."""
    content = grade if grade is not None else content_of_trade_line(material, code)
    if content.value is None:
        known = {"unit": figure.unit, "period": figure.period, "basis": to, "claims": figure.claims}
        return Figure.unknown(content.missing or f"the content of trade under {code}", **known)
    if figure.basis not in (None, GROSS):
        return convert(figure, material, to)
    weighed = Figure(
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        period=figure.period,
        basis=GROSS,
        claims=figure.claims,
        reasons=figure.reasons,
        missing=figure.missing,
    )
    return convert(weighed, material, to, grade=content)


def _factor(material: str, basis: str, form: str | None, grade: Figure | None) -> Figure | str:
    """Mass of contained element in a mass of the basis; in words what is missing for it."""
    if basis == CONTAINED:
        return Figure(value=1.0, low=1.0, high=1.0)
    if basis == GROSS:
        if grade is not None:
            return _of_grade(material, grade)
        if form is None:
            return f"the grade or the form of a gross weight of {material}"
        fixed = factor_of(material, form)
        if fixed is None or fixed.factor is None:
            return f"the content of {form}: it varies, so a grade is needed"
        return _fixed(fixed)
    compound = factor_of(material, basis)
    if compound is None:
        return f"a factor from {basis} to the content of {material}: the vocabulary has no such form"
    if compound.factor is None:
        return f"a factor from {basis} to the content of {material}: its composition varies"
    symbol = load_vocabulary().materials[material].symbol if material in load_vocabulary().materials else None
    if symbol is not None and compound.of is not None and compound.of != symbol:
        return f"a factor from {basis} to the content of {material}: it is known for {compound.of} only"
    return _fixed(compound)


def _fixed(form: Form) -> Figure:
    assert form.factor is not None
    why = f"{form.id} to {form.of}: {form.factor:g} ({form.source})"
    return Figure(value=form.factor, low=form.factor, high=form.factor, reasons=(why,))


def _of_grade(material: str, grade: Figure) -> Figure | str:
    if grade.value is None:
        return grade.missing or f"the grade of {material}"
    scale = _GRADES.get(grade.unit or "")
    if scale is None:
        return f"a grade of {material} in %, g/t or ppm; it is in {grade.unit or 'no unit'}"
    if grade.basis in (None, CONTAINED):
        inner: Figure | str = Figure(value=1.0, low=1.0, high=1.0)
    elif grade.basis == GROSS:
        return f"the basis of the grade of {material}"
    else:
        inner = _factor(material, grade.basis, None, None)
    if isinstance(inner, str):
        return inner
    box = interval_of_figure(grade, floor=0.0, ceiling=1 / scale)
    part = inner.value or 0.0
    why = f"grade {grade.value:g} {grade.unit}" + (f" {grade.basis}" if grade.basis else "")
    return Figure(
        value=grade.value * scale * part,
        low=box.low * scale * part,
        high=box.high * scale * part,
        claims=grade.claims,
        reasons=(why, *grade.reasons, *inner.reasons),
    )


def _scaled(figure: Figure, down: Figure, up: Figure, to: str) -> Figure:
    box = interval_of_figure(figure, floor=0.0)
    first, second = interval_of_figure(down), interval_of_figure(up)
    claims = tuple(dict.fromkeys((*figure.claims, *down.claims, *up.claims)))
    reasons = (*figure.reasons, *down.reasons, *(f"divided by {why}" for why in up.reasons))
    known = {"unit": figure.unit, "period": figure.period, "basis": to, "claims": claims, "reasons": reasons}
    low, high = box.low * first.low / second.high if second.high else 0.0, _top(box, first, second)
    if figure.value is None:
        return Figure.unknown(figure.missing or "the quantity", low=low, high=high, **known)
    if not up.value:
        return Figure.unknown(f"a content above zero to express it in {to}", **known)
    return Figure(value=figure.value * (down.value or 0.0) / up.value, low=low, high=high, **known)  # type: ignore[arg-type]


def _top(box: Interval, first: Interval, second: Interval) -> float | None:
    if second.low <= 0 or box.high == float("inf"):
        return None
    return box.high * first.high / second.low


@cache
def _lines() -> dict[tuple[str, str], dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {(row["code"], row["material"]): row for row in csv.DictReader(file)}
