"""The money of one deal: parts, stated wholes, restatements, and the total that counts nothing twice."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence

from lodeclaim.claims.figure import Figure
from lodeclaim.core.quantity import Interval, interval_of
from lodeclaim.reconciliation.deal_evidence import same_amount
from lodeclaim.reconciliation.deal_facts import DealFacts, span_of
from lodeclaim.reconciliation.deal_model import DealPart
from lodeclaim.reconciliation.deal_rules import DealRules, Step
from lodeclaim.reconciliation.kinship import kin
from lodeclaim.reconciliation.rates import Rates
from lodeclaim.reconciliation.words import number

__all__ = ["deal_parts", "deal_totals_by_currency", "stated_step"]

#: How far the rate of the day may be off, since newspapers round; and where the day is not known.
_RATE_SLACK, _UNDATED_SLACK = 0.05, 0.15
#: A stated whole equals the sum of its parts within this share.
_SUM_SLACK = 0.02


def deal_parts(members: Sequence[DealFacts], rules: DealRules, rates: Rates) -> tuple[DealPart, ...]:
    """Return the sums of a deal, each once, wholes before parts and large before small.

    A sum is a part where any claim calls it financing or its text has a larger whole, and a whole where it is only
    told as investment, price or value of an agreement. Equal sums are one, unless one source gives them to payers
    that are strangers.
    """
    made: list[DealPart] = []
    for currency in sorted({one.currency for one in members if one.currency}):
        told = sorted((one for one in members if one.currency == currency), key=_by_value)
        for group in _one_sum_each(told):
            made += [_part(some, rules) for some in _by_payer(group)]
    made = _restated(_within(made, members), rates)
    return tuple(sorted(made, key=lambda part: (part.role != "whole", -(part.amount.value or 0), part.claims)))


def deal_totals_by_currency(parts: Sequence[DealPart]) -> tuple[Figure, ...]:
    """Return the total of a deal in each currency: the stated whole, or the sum of the parts where that is more.

    A whole and its parts are never added; a restated sum counts in its first currency only.
    """
    counted = [part for part in parts if part.role != "restated"]
    return tuple(_total(unit, [p for p in counted if p.amount.unit == unit]) for unit in _units(counted))


def stated_step(members: Iterable[DealFacts], rules: DealRules) -> tuple[int | None, Step | None, str | None]:
    """Return (firmness, step, form of money): a step that is said goes before one that a form only implies."""
    said: list[tuple[int, Step | None]] = []
    implied: list[tuple[int, Step | None]] = []
    forms: dict[str, int] = {}
    for one in members:
        if (found := rules.reached(one.instrument, one.modality)) is None:
            continue
        firmness, step, outright = found
        (said if outright else implied).append((firmness, step))
        if not outright and one.instrument:
            forms[one.instrument] = forms.get(one.instrument, 0) + 1
    form = min(forms, key=lambda name: (-forms[name], name)) if forms else None
    ranked = said or implied
    if not ranked:
        return None, None, form
    firmness, step = max(ranked, key=lambda item: (item[0], item[1].step if item[1] else ""))
    return firmness, step, form


def _by_value(one: DealFacts) -> tuple[float, str]:
    return (one.value or 0.0, one.claim)


def _one_sum_each(told: Sequence[DealFacts]) -> list[list[DealFacts]]:
    groups: list[list[DealFacts]] = []
    for one in told:
        if groups and same_amount(groups[-1][0], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _by_payer(group: Sequence[DealFacts]) -> list[list[DealFacts]]:
    """One group, or one a payer where a single source gives the same sum to strangers."""
    payers: list[str] = []
    for source in sorted({one.source for one in group}):
        named = sorted({one.payers[0] for one in group if one.source == source and one.payers})
        strangers = [one for index, one in enumerate(named) if not any(kin(one, other) for other in named[:index])]
        if len(strangers) > len(payers):
            payers = strangers
    if len(payers) < 2:
        return [list(group)]
    split: dict[str, list[DealFacts]] = {payer: [] for payer in payers}
    for one in group:
        fitting = [payer for payer in payers if any(kin(payer, other) for other in one.payers)]
        split[fitting[0] if fitting else payers[0]].append(one)
    return [some for some in split.values() if some]


def _part(group: Sequence[DealFacts], rules: DealRules) -> DealPart:
    best = min(group, key=lambda one: (one.comparator not in ("=", "~"), -one.confidence, one.claim))
    assert best.value is not None
    bounded = [one for one in group if one.comparator in ("<", "<=", ">", ">=")]
    allowed = _allowed(min(bounded, key=lambda one: one.claim) if bounded else best)
    firmness, step, form = stated_step(group, rules)
    financing = any(one.predicate == "financing" for one in group)
    dated = sorted({one.period for one in group if one.period}, key=lambda text: (-len(text), text))
    outlook = all(one.modality in rules.ceiling for one in group)
    voices = {one.voice for one in group}
    reasons = [f"stated by {len(voices)} independent source{'s' if len(voices) != 1 else ''}"]
    if bounded:
        reasons.append(f"only a bound is stated: {bounded[0].comparator} {number(best.value)}")
    claims = tuple(sorted(one.claim for one in group))
    return DealPart(
        role="part" if financing else "whole",
        amount=Figure(
            value=_middle(best),
            low=allowed.low,
            high=None if math.isinf(allowed.high) else allowed.high,
            unit=best.currency,
            period=dated[0] if dated else None,
            claims=claims,
            reasons=tuple(reasons),
        ),
        form=form,
        step=step.step if step else None,
        firmness=firmness,
        payers=tuple(sorted({payer for one in group for payer in one.payers})),
        when=dated[0] if dated else None,
        modality=best.modality if outlook else "actual",
        claims=claims,
        voices=len(voices),
    )


def _middle(one: DealFacts) -> float:
    assert one.value is not None
    return one.value if one.value_max is None else (one.value + one.value_max) / 2


def _allowed(one: DealFacts) -> Interval:
    assert one.value is not None
    return interval_of(one.value, one.value_max, one.comparator, floor=0.0)


def _units(parts: Sequence[DealPart]) -> list[str]:
    return sorted({part.amount.unit for part in parts if part.amount.unit})


def _total(unit: str, parts: Sequence[DealPart]) -> Figure:
    pieces = [part for part in parts if part.role == "part"]
    wholes = [part for part in parts if part.role == "whole"]
    claims = tuple(dict.fromkeys(claim for part in parts for claim in part.claims))
    summed = math.fsum(part.amount.value or 0 for part in pieces)
    summed_low = math.fsum(part.amount.low or 0 for part in pieces)
    words = " + ".join(number(part.amount.value or 0) for part in pieces)
    if not wholes:
        high = math.fsum(_high(part) for part in pieces)
        reasons = [f"sum of {len(pieces)} parts: {words}"] if len(pieces) > 1 else ["the one sum that is stated"]
        return Figure(
            value=summed, low=summed_low, high=None if math.isinf(high) else high, unit=unit, claims=claims,
            reasons=tuple(reasons),
        )  # fmt: skip
    best = min(wholes, key=lambda part: _preferred(part, summed))
    stated = best.amount.value or 0.0
    fits = abs(stated - summed) <= _SUM_SLACK * stated
    reasons = [f"stated whole: {number(stated)} {unit}"]
    if pieces and fits:
        reasons.append(f"equals the sum of its parts ({words}); not added to them")
    elif pieces and summed < stated:
        reasons.append(f"parts of {number(summed)} are known within it ({words}); not added to it")
    elif pieces:
        reasons[0] = f"sum of parts ({words}) is more than the stated {number(stated)}, which may be a first stage"
    value = max(stated, summed) if pieces and not fits else stated
    others = [part for part in wholes if part is not best]
    reasons += [f"another whole is stated: {number(part.amount.value or 0)} {unit}" for part in others]
    lows = [part.amount.low or 0.0 for part in wholes]
    highs = [value, *(_high(part) for part in wholes)]
    high = max(highs)
    return Figure(
        value=value, low=min([value, *lows]), high=None if math.isinf(high) else high, unit=unit, claims=claims,
        reasons=tuple(reasons),
    )  # fmt: skip


def _preferred(part: DealPart, summed: float) -> tuple[object, ...]:
    """A whole that its parts add up to, then one with room for them, then the better witnessed, the firmer."""
    stated = part.amount.value or 0.0
    return (
        not (summed and abs(stated - summed) <= _SUM_SLACK * stated),
        stated < summed * (1 - _SUM_SLACK),
        -part.voices,
        part.modality != "actual",
        -(part.firmness or 0),
        -stated,
        part.claims,
    )


def _high(part: DealPart) -> float:
    return part.amount.high if part.amount.high is not None else math.inf


def _within(parts: Sequence[DealPart], members: Sequence[DealFacts]) -> list[DealPart]:
    """A sum that stands in one text with a larger whole is a part of it."""
    source = {one.claim: one.source for one in members}
    texts = {part.claims: {source[claim] for claim in part.claims} for part in parts}
    made: list[DealPart] = []
    for part in parts:
        larger = (
            one
            for one in parts
            if one.role == "whole"
            and one.amount.unit == part.amount.unit
            and (one.amount.value or 0) > (part.amount.value or 0)
            and texts[one.claims] & texts[part.claims]
        )
        made.append(dataclasses.replace(part, role="part") if part.role == "whole" and any(larger) else part)
    return made


def _restated(parts: Sequence[DealPart], rates: Rates) -> list[DealPart]:
    """Mark sums that tell another sum again in a second currency.

    The currency with most claims is the first. Where no rate is known for the two, a sum in the second currency
    that has no payer of its own is taken as told again: to count it would risk counting it twice.
    """
    units = _units(parts)
    if len(units) < 2:
        return list(parts)
    weight = {unit: sum(len(part.claims) for part in parts if part.amount.unit == unit) for unit in units}
    first = min(units, key=lambda unit: (-weight[unit], unit))
    base = [part for part in parts if part.amount.unit == first]
    made: list[DealPart] = []
    for part in parts:
        twin = next((one for one in base if part.amount.unit != first and _tells_again(one, part, rates)), None)
        if twin is None:
            made.append(part)
            continue
        note = f"told again of {number(twin.amount.value or 0)} {first}; not counted"
        made.append(dataclasses.replace(part, role="restated", note=note))
    return made


def _tells_again(base: DealPart, part: DealPart, rates: Rates) -> bool:
    days = [day for one in (base, part) for day in span_of(one.when) if day]
    known = rates.at(str(base.amount.unit), str(part.amount.unit), max(days, default=None))
    if known is not None:
        converted = (base.amount.value or 0.0) * known[0]
        return abs((part.amount.value or 0.0) - converted) <= (_RATE_SLACK if days else _UNDATED_SLACK) * converted
    strangers = base.payers and part.payers and not any(kin(a, b) for a in base.payers for b in part.payers)
    return not strangers and base.role == part.role
