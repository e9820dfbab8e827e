"""Where sources disagree on a value: the part of the findings that a brief shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from lodeclaim.reconciliation.checks import values
from lodeclaim.reconciliation.evidence import gather
from lodeclaim.reconciliation.model import Conflict, Disagreement, SlotKey, Statement

if TYPE_CHECKING:
    import polars as pl

__all__ = ["disagreements", "within_slot"]

_CHECKS = (
    values.same_slot,
    values.lost_bound,
    values.other_class,
    values.other_basis,
    values.undated,
    values.beyond_world,
)


def disagreements(frame: pl.DataFrame) -> list[Disagreement]:
    """Return what does not go together in a table of claims, gravest first.

    Within a slot: values that exclude each other, rounding and bounds allowed for. Between slots: numbers of
    one matter that differ in class, basis or form, or of which one is undated; these are ``several``, never
    conflicts. Official tables alone are compared within slots only. ``conflicts`` runs every check.
    """
    evidence = gather(frame)
    found = [_view(one) for check in _CHECKS for one in check(evidence)]
    return sorted(found, key=lambda one: (-one.severity, one.key.order, one.claims))


def within_slot(key: SlotKey, members: Sequence[Statement]) -> Disagreement | None:
    """Return how the claims of one slot disagree, or None where they go together."""
    found = values.within_slot(key, members)
    return _view(found) if found else None


def _view(found: Conflict) -> Disagreement:
    kind: Literal["conflict", "several", "bound"] = "conflict" if found.kind == "conflict" else "several"
    if found.check == "lost-bound":
        kind = "bound"
    assert found.key is not None
    rank = {"conflict": 3.0, "several": 2.0, "bound": 1.0}[kind]
    return Disagreement(
        kind=kind,
        explanation=found.explanation,
        claims=found.claims,
        key=found.key,
        severity=rank + found.severity % 0.5 if kind != "conflict" else found.severity,
    )
