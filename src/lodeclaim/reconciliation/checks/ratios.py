"""What the ratio of two numbers tells: a power of ten, a compound for its element, a ton for a tonne."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["basis_factor", "exclude", "first_slip", "power_of_ten", "ratio", "slip", "ton_of", "windows"]

#: How near a power of ten a ratio must be.
SCALE = 0.02
_NEAR = 0.005
_TONS = {"short": 1.10231131, "long": 1.0160469088}


def exclude(one: Statement, other: Statement) -> bool:
    """Tell whether two claims have no value in common, rounding and bounds allowed for."""
    return one.tolerant is not None and other.tolerant is not None and not one.tolerant.overlaps(other.tolerant)


def ratio(one: Statement, other: Statement) -> float:
    """Return the larger value over the smaller; infinite where that is zero."""
    small, large = abs(one.value or 0.0), abs(other.value or 0.0)
    if small > large:
        small, large = large, small
    return large / small if small > 0 else math.inf if large > 0 else 1.0


def power_of_ten(one: Statement, other: Statement) -> int:
    """Return k where the larger is 10^k times the smaller within 2 %, else 0.

    Two approximate numbers may be off by as much as "about" allows, so their range of ratios counts.
    """
    plain = ratio(one, other)
    if not math.isfinite(plain) or plain < 5:
        return 0
    power = round(math.log10(plain))
    low = high = plain
    if "~" in (one.comparator, other.comparator) and one.tolerant and other.tolerant:
        small, large = sorted((one, other), key=lambda item: abs(item.value or 0.0))
        assert small.tolerant is not None and large.tolerant is not None
        if small.tolerant.low > 0:
            low, high = large.tolerant.low / small.tolerant.high, large.tolerant.high / small.tolerant.low
    target = 10.0**power
    return power if power >= 1 and low <= target * (1 + SCALE) and high >= target * (1 - SCALE) else 0


def ton_of(one: Statement, other: Statement) -> str:
    """Return ``short`` or ``long`` where two masses differ by that ton against the metric one."""
    plain = ratio(one, other)
    return next((name for name, factor in _TONS.items() if abs(plain / factor - 1) <= _NEAR), "")


def basis_factor(material: str | None, one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return (compound, element) where the ratio of two masses is their stoichiometric factor."""
    plain = ratio(one, other)
    known = load_vocabulary().materials.get(material or "")
    for form in known.forms if known else ():
        if form.factor and 0 < form.factor < 1 and abs(plain * form.factor - 1) <= _NEAR:
            return form.id, form.of or "its element"
    return None


@lru_cache(maxsize=1024)
def windows(material: str | None) -> tuple[tuple[float, float], ...]:
    """Return the ratios, a little wider than the checks of them, that a ton or a compound of a material may explain."""
    known = load_vocabulary().materials.get(material or "")
    compounds = [1 / form.factor for form in (known.forms if known else ()) if form.factor and 0 < form.factor < 1]
    room = 1.2 * _NEAR
    return tuple((factor * (1 - room), factor * (1 + room)) for factor in sorted({*_TONS.values(), *compounds}))


def first_slip(key: SlotKey, pairs: Iterable[tuple[Statement, Statement]]) -> str:
    """Return in words the slip that the first of the pairs suggests for which there is any, or nothing."""
    near = windows(key.material) if key.unit in ("t", "t/yr") else ()
    for one, other in pairs:
        small, large = abs(one.value or 0.0), abs(other.value or 0.0)
        if small > large:
            small, large = large, small
        # Most pairs are neither five times apart nor near a factor, which one division tells.
        if (
            small
            and ((plain := large / small) >= 5 or any(low <= plain <= high for low, high in near))
            and (words := slip(key, one, other))
        ):
            return words
    return ""


def slip(key: SlotKey, one: Statement, other: Statement) -> str:
    """Return in words which slip the ratio of two claims that exclude each other suggests, or nothing."""
    plain = ratio(one, other)
    if not math.isfinite(plain) or plain < 1.01 or not exclude(one, other):
        return ""
    if power_of_ten(one, other):
        return f"ratio {plain:.3g}: a scale slip is possible"
    if key.unit not in ("t", "t/yr"):
        return ""
    if ton := ton_of(one, other):
        return f"ratio {plain:.4g}: {ton} against metric tons is possible"
    if found := basis_factor(key.material, one, other):
        return f"ratio {plain:.4g} is that of {found[0]} to {found[1]}: the basis may differ"
    return ""
