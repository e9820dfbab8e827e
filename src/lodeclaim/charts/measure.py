"""How wide words are, how they break into lines, and where an axis puts its ticks."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

__all__ = ["compact", "ticks", "ticks_log", "width_of", "wrap"]

#: Widths in em of a wide sans-serif face, on the safe side so that no label leaves the canvas.
_NARROW = dict.fromkeys("iljI|!.,:;'`·", 0.32) | dict.fromkeys('ftr()[]/-"* ', 0.4)
_WIDE = dict.fromkeys("mwMW@%", 0.95)
_CAPITAL, _DIGIT, _LOWER = 0.74, 0.64, 0.61


def width_of(words: str, size: float) -> float:
    """Return an upper estimate of the width of a line at a font size, in the unit of the size."""
    total = 0.0
    for sign in words:
        if unicodedata.combining(sign):
            continue
        if sign in _NARROW:
            total += _NARROW[sign]
        elif sign in _WIDE:
            total += _WIDE[sign]
        elif unicodedata.east_asian_width(sign) in "WF":
            total += 1.05
        elif sign.isdigit():
            total += _DIGIT
        elif sign.isupper():
            total += _CAPITAL
        else:
            total += _LOWER if sign.isascii() else 0.72
    return total * size


def wrap(words: str, size: float, width: float) -> list[str]:
    """Break words into lines no wider than ``width``; a single word that is too long breaks inside.

    Nothing is lost: the lines joined hold every visible character in order.
    """
    lines: list[str] = []
    line = ""
    for word in words.split():
        trial = f"{line} {word}" if line else word
        if width_of(trial, size) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size) > width and len(line) > 1:
            cut = next((n for n in range(len(line) - 1, 1, -1) if width_of(line[:n], size) <= width), 1)
            lines.append(line[:cut])
            line = line[cut:]
    if line:
        lines.append(line)
    return lines or [""]


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return round, evenly spaced ticks that cover ``low`` to ``high``, both ends included."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"an axis needs finite ends, got {low} and {high}")
    finest = 1e-12  # what labels can tell apart
    if high - low <= finest * max(abs(low), 1.0):
        high = low + (abs(low) if abs(low) > finest else 1.0)
    raw = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= raw * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def ticks_log(low: float, high: float) -> list[float]:
    """Return powers of ten that cover the positive ``low`` to ``high``."""
    if low <= 0:
        raise ValueError(f"a logarithmic axis needs positive values, got {low}")
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(max(high, low)) - 1e-9)
    return [10.0**n for n in range(first, max(last, first + 1) + 1)]


def compact(value: float, unit: str | None = None) -> str:
    """Return a number short enough for an axis: 2.4 k, 20 M, 1.1 bn.

    >>> compact(20_000_000, "t")
    '20 Mt'
    >>> compact(1_100_000_000, "USD")
    'USD 1.1 bn'
    """
    size = abs(value)
    steps: Sequence[tuple[float, str]] = ((1e12, " tn"), (1e9, " bn"), (1e6, " M"), (1e4, " k"))
    scale, suffix = next(((s, name) for s, name in steps if size >= s * 0.9995), (1.0, ""))
    if suffix == " k":
        scale = 1e3
    shown = f"{value / scale:.3g}"
    if "e" in shown:
        shown = f"{value / scale:,.0f}"
    if unit is None:
        return f"{shown}{suffix}"
    if unit.startswith("t") and suffix == " bn":
        return f"{shown} G{unit}"
    if unit.startswith("t"):
        return f"{shown}{suffix or ' '}{unit}"
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {shown}{suffix}"
    return f"{shown}{suffix} {unit}"
