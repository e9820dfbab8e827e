"""Slots, numbers and claims in the words of a reason or an explanation."""

from __future__ import annotations

from functools import lru_cache

from lodeclaim.core.errors import UnknownName
from lodeclaim.reconciliation.model import UNDATED, SlotKey, Statement
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["cited", "name_of", "number", "slot_in_words", "stated"]


#: How a comparator is said.
_SIGNS = {"=": "", "~": "about ", ">": "> ", ">=": ">= ", "<": "< ", "<=": "<= "}


@lru_cache(maxsize=65536)
def number(value: float) -> str:
    """Return the number with spaces between thousands and at most six significant digits below one million.

    >>> number(1500)
    '1 500'
    """
    return (f"{value:,.6g}" if -1e6 < value < 1e6 else f"{value:,.15g}").replace(",", " ")


def stated(one: Statement, unit: str | None) -> str:
    """Return what a claim states: ``> 50 %``, ``1 500 t``, ``about 3 to 4 yr``."""
    if one.value is None:
        return ", ".join(one.flags) or "no number"
    sign = _SIGNS.get(one.comparator) if one.comparator in _SIGNS else f"{one.comparator} "
    upper = f" to {number(one.value_max)}" if one.value_max is not None else ""
    return f"{sign}{number(one.value)}{upper}{f' {unit}' if unit else ''}"


def cited(one: Statement, unit: str | None) -> str:
    """Return ``c…: 1 500 t (publisher, date)``."""
    if one.comparator == "=" and one.value_max is None and one.value is not None and unit:
        amount = f"{number(one.value)} {unit}"
        return f"{one.claim}: {amount} ({one.publisher or one.source}, {one.published or 'no date'})"
    return f"{one.claim}: {stated(one, unit)} ({one.publisher or one.source}, {one.published or 'no date'})"


@lru_cache(maxsize=8192)
def name_of(entity: str) -> str:
    """Return the English name of an entity, or its id where the vocabulary lacks it."""
    try:
        return load_vocabulary().name(entity)
    except UnknownName:
        return entity


def slot_in_words(key: SlotKey) -> str:
    """Return the slot in one line: ``production of tungsten, extraction, Kazakhstan, 2025``."""
    whose = _whose(key.predicate, key.material, key.site, key.actor, key.place, key.counterparty)
    rest = [part for part in (key.stage, key.kind, key.instrument, key.form, key.basis) if part]
    when = "undated" if key.period == UNDATED else key.period
    return ", ".join([whose, *rest, when, *(["outlook"] if key.tense == "outlook" else [])])


# the slots of one matter differ in their years
@lru_cache(maxsize=8192)
def _whose(predicate: str, material: str | None, *entities: str | None) -> str:
    known = load_vocabulary().predicates.get(predicate)
    first = known.name if known else predicate
    if material:
        first += f" of {name_of(material)}"
    return ", ".join([first, *(name_of(entity) for entity in entities if entity)])
