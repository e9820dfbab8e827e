"""Which material a traded product is: six-digit codes of the Harmonized System, as the vocabulary lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Material

__all__ = ["Product", "product_of", "product_of_form", "traded_codes"]


#: A group stands for a code where it has this share of the elements the code is listed for.
MOST = 0.9


@dataclass(frozen=True, slots=True)
class Product:
    """A code of the Harmonized System, the materials it stands for, and the stage it belongs to.

    Several materials mean that one code holds them all, and that its figures cannot be told apart.
    """

    code: str
    materials: tuple[str, ...]
    stage: str


@cache
def traded_codes() -> dict[str, Product]:
    """Return six-digit code → product for every code that a material of the vocabulary is traded under.

    A code of one element is that element's (711011 platinum, 284610 cerium); a code of many is the smallest listed
    group that has nearly all of them (284690 rare earths, though scandium is traded under it too); else it is
    shared by those listed.
    """
    listed: dict[str, list[tuple[Material, str]]] = {}
    for material in load_vocabulary().materials.values():
        for code in material.hs:
            listed.setdefault(code.code, []).append((material, code.stage))
    return {
        code: Product(code, _materials([material for material, _ in found]), found[0][1])
        for code, found in sorted(listed.items())
    }


def product_of(code: str) -> Product | None:
    """Return the product of a code, whose digits after the sixth are national; None for other goods.

    >>> product_of("26110000").materials
    ('tungsten',)
    """
    return traded_codes().get(code.strip()[:6])


def product_of_form(form: str | None) -> tuple[str, str] | None:
    """Return (edition, code) from the form of a trade claim, such as ``hs92-261100`` or ``cn-26110000``."""
    edition, _, code = (form or "").partition("-")
    return (edition, code) if code.isdigit() and (edition.startswith("hs") or edition == "cn") else None


def _materials(found: list[Material]) -> tuple[str, ...]:
    groups = [one for one in found if one.kind == "group" or one.members]
    single = [one.id for one in found if one not in groups]
    if len(single) == 1:
        return (single[0],)
    if not single:
        return (min(groups, key=lambda one: len(_elements(one.id))).id,)
    several = set(single)
    most = [one for one in groups if len(_elements(one.id) & several) >= MOST * len(several)]
    if most:
        return (min(most, key=lambda one: (-len(_elements(one.id) & several), len(_elements(one.id)))).id,)
    return tuple(sorted(single))


@cache
def _elements(group: str) -> frozenset[str]:
    """The materials of a group, down to the last."""
    known = load_vocabulary().materials
    found: set[str] = set()
    waiting = [group]
    while waiting:
        one = waiting.pop()
        inner = {*known[one].members, *(entry.id for entry in known.values() if one in entry.part_of)}
        waiting += sorted(inner - found)
        found |= inner
    return frozenset(found)
