"""Which parts of a brief rest on a claim: its sections, indicators and rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.figure import Figure
from lodeclaim.claims.model import Claim
from lodeclaim.reports.brief import build_brief
from lodeclaim.reports.model import Brief
from lodeclaim.reports.wording import say

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger

__all__ = ["Resting", "resting_on"]

#: Parts of a brief that only list what others rest on.
_LISTS = frozenset({"claims", "sources", "material", "title", "as_of", "documents", "missing"})
#: Attributes that name a row, the first that is there.
_NAMES = ("name", "title", "question", "words", "parties", "matter", "site", "stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A place in the brief that a claim carries: its section, what it is, and the value as the brief says it."""

    section: str
    what: str
    value: str | None


def resting_on(ledger: Ledger, claim: Claim) -> list[Resting]:
    """Return what of the brief on the claim's material rests on it, in the order of the brief.

    Empty for a claim without a material, and for one that no figure, table or sentence of the brief takes up.
    """
    if claim.material is None:
        return []
    made = build_brief(ledger, claim.material)
    found: dict[Resting, None] = {}
    for field in dataclasses.fields(Brief):
        if field.name not in _LISTS:
            for one in _carried(getattr(made, field.name), claim.id, f"brief: {field.name}", ""):
                found.setdefault(one)
    return list(found)


def _carried(part: Any, claim: str, section: str, what: str) -> Iterator[Resting]:
    """Every figure or row below ``part`` that names the claim, with the words that lead to it."""
    if isinstance(part, tuple | list):
        for one in part:
            yield from _carried(one, claim, section, what)
    elif isinstance(part, Figure):
        if claim in part.claims:
            yield Resting(section=section, what=what, value=say(part))
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        name = next((str(value) for key in _NAMES if (value := getattr(part, key, None))), "")
        here = ", ".join(dict.fromkeys(filter(None, (what, name))))
        below: list[Resting] = []
        for field in dataclasses.fields(part):
            value = getattr(part, field.name)
            label = here if field.name in ("value", "amount", "share") else f"{here}, {field.name.replace('_', ' ')}"
            nested = isinstance(value, Figure | tuple | list) or dataclasses.is_dataclass(value)
            if nested and field.name not in ("claims", "reasons"):
                below += _carried(value, claim, section, label.removeprefix(", "))
        yield from below
        if not below and claim in getattr(part, "claims", ()):
            yield Resting(section=section, what=here, value=None)
