"""A claim as other programs get it: one flat object with English names and verbatim quote."""

from __future__ import annotations

from typing import Any, Final, Protocol

from lodeclaim.claims.model import Claim, is_linked, plain_name
from lodeclaim.core.errors import UnknownName
from lodeclaim.core.period import Period

__all__ = ["FIELDS", "Names", "as_object", "as_text_row"]

#: Keys of the object in their order. The first block is the contract; the second adds what the ledger holds.
FIELDS: Final[tuple[str, ...]] = (
    "document",
    "start",
    "end",
    "quote",
    "predicate",
    "about",
    "value",
    "value_max",
    "unit",
    "comparator",
    "when",
    "modality",
    "instrument",
    "attributed_to",
    "confidence",
    "reader",
    "id",
    "material",
    "form",
    "stage",
    "kind",
    "basis",
    "flags",
)


class Names(Protocol):
    """What gives an entity its English name, such as a Vocabulary."""

    def name(self, entity: str) -> str:
        """Return the name; raises UnknownName where there is none."""
        ...


def as_object(claim: Claim, document: str | None, names: Names) -> dict[str, Any]:
    """Return the claim as an object with the keys of FIELDS, ready for JSON.

    ``document`` is the address as the user gave it. ``start`` and ``end`` count characters of the document's
    untouched text, and are None for a row of a table. ``about`` lists every linked thing once as
    ``{id, name, role}``; ``id`` is None for a name the vocabulary lacks. ``when`` is the claim's period: a date, year
    or range, with quarters and half-years as their months.
    """
    start, end = claim.span or (None, None)
    return {
        "document": document,
        "start": start,
        "end": end,
        "quote": claim.quote,
        "predicate": claim.predicate,
        "about": _about(claim, names),
        "value": claim.value,
        "value_max": claim.value_max,
        "unit": claim.unit,
        "comparator": claim.comparator,
        "when": None if claim.period is None else Period.parse(claim.period).in_months,
        "modality": claim.modality,
        "instrument": claim.instrument,
        "attributed_to": None if claim.attributed_to is None else _name(claim.attributed_to, names),
        "confidence": claim.confidence,
        "reader": claim.reader,
        "id": claim.id,
        "material": claim.material,
        "form": claim.form,
        "stage": claim.stage,
        "kind": claim.kind,
        "basis": claim.basis,
        "flags": list(claim.flags),
    }


def as_text_row(item: dict[str, Any]) -> dict[str, Any]:
    """Return the object with its lists written out: names joined by ``; ``, flags by a blank. For CSV."""
    return item | {"about": "; ".join(entry["name"] for entry in item["about"]), "flags": " ".join(item["flags"])}


def _about(claim: Claim, names: Names) -> list[dict[str, str | None]]:
    seen: dict[str, dict[str, str | None]] = {}
    for role, entity in claim.entities:
        if entity not in seen:
            identity = entity if is_linked(entity) else None
            seen[entity] = {"id": identity, "name": _name(entity, names), "role": role}
    return list(seen.values())


def _name(entity: str, names: Names) -> str:
    try:
        return names.name(entity)
    except UnknownName:  # a ledger may be older or newer than the vocabulary: show the id rather than fail
        return plain_name(entity)
