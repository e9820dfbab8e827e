"""The id of a claim: the same source, place and slots give the same id, whoever read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import fields, replace

from lodeclaim.claims.model import Claim
from lodeclaim.core.ids import short_id

__all__ = ["claim_id", "identify"]

#: How a claim was read is no part of what it says.
_NOT_IDENTITY: Final = {"id", "quote", "reader", "confidence", "reasons", "flags"}
_SLOTS: Final = tuple((field.name, field.default) for field in fields(Claim) if field.name not in _NOT_IDENTITY)
_OTHERS: Final = [slot for slot, _ in _SLOTS].index("others")


def claim_id(values: Mapping[str, Any]) -> str:
    """Return the id for the fields of a claim: ``c`` and 12 hexadecimal digits over source, locator and slots.

    Fields that are left out have their default.
    """
    get = values.get
    parts = [get(slot, default) for slot, default in _SLOTS]
    parts[_OTHERS] = ";".join([f"{other.role}={other.entity}" for other in parts[_OTHERS]])
    return short_id("c", [f"{part:.12g}" if type(part) is float else part for part in parts])


def identify(claim: Claim) -> Claim:
    """Return the claim with its id."""
    values = {slot: getattr(claim, slot) for slot, _ in _SLOTS}
    return replace(claim, id=claim_id(values))
