"""Money over deals: by bloc, country and material, each deal once and never with its own parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.deal_model import Deal, DealTotal
from lodeclaim.reconciliation.words import name_of, number

__all__ = ["FIRM", "deal_totals"]

#: Firmness from which money counts as firm: signed and binding.
FIRM = 5
By = Literal["all", "bloc", "country", "material"]
_KEYS: dict[By, Callable[[Deal], Sequence[str]]] = {
    "all": lambda deal: ("all",),
    "bloc": lambda deal: deal.blocs or ("not stated",),
    "country": lambda deal: deal.countries or ("not stated",),
    "material": lambda deal: deal.materials or ("not stated",),
}


def deal_totals(deals: Sequence[Deal], by: By = "material") -> list[DealTotal]:
    """Return the money in deals by bloc, country, material or over all, largest first in each currency.

    A deal counts with its own total, so a whole is never added to its parts, a report to another, or a sum to its
    restatement. Currencies are not added. Of deals that may be one and the same only the largest counts; the others
    are named. Cancelled deals count nothing. A deal of several countries or materials stands in the row of each,
    so rows are not to be added up; ``by="all"`` gives what all deals come to.
    """
    rows: dict[tuple[str, str], list[Deal]] = {}
    for deal in deals:
        for figure in deal.total if deal.status != "cancelled" else ():
            if figure.value is not None and figure.unit is not None:
                for key in dict.fromkeys(_KEYS[by](deal)):
                    rows.setdefault((figure.unit, key), []).append(deal)
    made = [_row(by, key, currency, members) for (currency, key), members in rows.items()]
    return sorted(made, key=lambda row: (row.currency, -(row.amount.value or 0.0), row.key))


def _row(by: By, key: str, currency: str, members: Sequence[Deal]) -> DealTotal:
    ranked = sorted(members, key=lambda deal: (-(deal.amount(currency) or 0.0), deal.id))
    counted: list[Deal] = []
    once: list[Deal] = []
    for deal in ranked:
        rivals = {other.deal for other in deal.possible}
        twin = any(other.id in rivals or deal.id in {one.deal for one in other.possible} for other in counted)
        (once if twin else counted).append(deal)
    figures = [(deal, next(one for one in deal.total if one.unit == currency)) for deal in counted]
    reasons = [f"{len(counted)} deal{'s' if len(counted) != 1 else ''}, each counted once"]
    reasons += [
        f"{deal.title} ({number(deal.amount(currency) or 0.0)} {currency}) is left out: it may be one of these"
        for deal in once
    ]
    highs = [math.inf if one.high is None else one.high for _, one in figures]
    claims = tuple(dict.fromkeys(claim for _, one in figures for claim in one.claims))
    return DealTotal(
        by=by,
        key=key,
        name=_name(key),
        currency=currency,
        amount=Figure(
            value=math.fsum(one.value or 0.0 for _, one in figures),
            low=math.fsum(one.low or 0.0 for _, one in figures),
            high=None if math.inf in highs else math.fsum(highs),
            unit=currency,
            claims=claims,
            reasons=tuple(reasons),
        ),
        firm=_firm(currency, figures),
        deals=tuple(deal.id for deal in counted),
        once=tuple(deal.id for deal in once),
    )


def _firm(currency: str, figures: Sequence[tuple[Deal, Figure]]) -> Figure:
    """The sums that are signed or further: never more of a deal than its total."""
    value = 0.0
    claims: dict[str, None] = {}
    for deal, total in figures:
        firm = [
            part
            for part in deal.parts
            if part.role != "restated" and part.amount.unit == currency and (part.firmness or 0) >= FIRM
        ]
        pieces = math.fsum(part.amount.value or 0.0 for part in firm if part.role == "part")
        whole = max((part.amount.value or 0.0 for part in firm if part.role == "whole"), default=0.0)
        value += min(max(pieces, whole), total.value or 0.0)
        claims.update(dict.fromkeys(claim for part in firm for claim in part.claims))
    return Figure(value=value, unit=currency, claims=tuple(claims), reasons=(f"firmness {FIRM} of 8 and above",))


def _name(key: str) -> str:
    return {"all": "all deals"}.get(key, name_of(key).removeprefix("name:"))
