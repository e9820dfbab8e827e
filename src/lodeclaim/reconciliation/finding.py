"""A check and what it finds: name, severity, explanation, and the finding with its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lodeclaim.core.ids import short_id
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.model import Conflict, ConflictKind, Place, SlotKey
from lodeclaim.reconciliation.words import cited, number

__all__ = ["SEVERITY", "Check", "finding", "quoted"]

#: What a kind weighs before its size counts.
SEVERITY: dict[ConflictKind, float] = {
    "conflict": 3.0,
    "suspicion": 2.5,
    "several": 2.0,
    "refines": 0.8,
    "corroborates": 0.6,
    "copy": 0.4,
    "compatible": 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its name, the kinds of finding it gives, what it tests in a sentence or two, and the test."""

    name: str
    kinds: tuple[ConflictKind, ...]
    explanation: str
    run: Callable[[Evidence], Iterator[Conflict]]

    @property
    def severity(self) -> str:
        """The gravest a finding of it can be: high, medium, low or note."""
        gravest = max(SEVERITY[kind] for kind in self.kinds)
        return "high" if gravest >= 3 else "medium" if gravest >= 2.5 else "low" if gravest >= 2 else "note"


def finding(
    check: str,
    kind: ConflictKind,
    claims: Iterable[str],
    explanation: str | Callable[[], str],
    *,
    proposal: str = "Leave as it is.",
    key: SlotKey | None = None,
    ratio: float = 1.0,
    places: tuple[Place, ...] = (),
) -> Conflict:
    """Return the finding; its id depends on check, kind and claims alone, so the same finding keeps it.

    ``explanation`` may be what words it when it is read, for checks that find much of which little is read.
    ``ratio`` is how far apart the values are; within its kind a finding weighs more the larger it is.
    """
    named = tuple(claims)
    if len(set(named)) < len(named):
        named = tuple(dict.fromkeys(named))
    room = 0.49 if kind in ("several", "suspicion") else 0.999 if kind == "conflict" else 0.1
    weight = 1.0 if ratio == float("inf") else 1 - 1 / max(ratio, 1.0)
    parts = [check, kind, *sorted(named)]
    if places:
        parts += [f"{place.source}:{place.start}:{place.end}" for place in places]
    return Conflict(
        id=short_id("f", parts),
        kind=kind,
        check=check,
        severity=SEVERITY[kind] + min(weight, 0.999) * room,
        told=explanation,
        proposal=proposal,
        claims=named,
        key=key,
        places=places,
    )


def quoted(item: Item) -> str:
    """Return a claim for an explanation: its id, what it says and who says it."""
    if item.statement is not None and item.key is not None:
        return cited(item.statement, item.key.unit)
    amount = "" if item.value is None else f"{number(item.value)}{f' {item.unit}' if item.unit else ''}, "
    return f"{item.claim}: {amount}“{item.quote}” ({item.publisher or item.source}, {item.published or 'no date'})"
