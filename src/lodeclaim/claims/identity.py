"""The id of a claim: the same source, place and slots give the same id, whoever read them."""

from __future__ import annotations

import dataclasses

from lodeclaim.claims.model import Claim
from lodeclaim.core.ids import short_id

__all__ = ["identify"]

#: How a claim was read is no part of what it says.
_NOT_IDENTITY = {"id", "quote", "reader", "confidence", "reasons", "flags"}
_SLOTS = tuple(field.name for field in dataclasses.fields(Claim) if field.name not in _NOT_IDENTITY)


def identify(claim: Claim) -> Claim:
    """Return the claim with its id: ``c`` and 12 hexadecimal digits over source, locator, predicate and slots."""
    parts: list[object] = []
    for slot in _SLOTS:
        value = getattr(claim, slot)
        if slot == "others":
            value = ";".join(f"{other.role}={other.entity}" for other in value)
        elif isinstance(value, float):
            value = f"{value:.12g}"
        parts.append(value)
    return dataclasses.replace(claim, id=short_id("c", parts))
