"""What the words in a cell of an official table mean: numbers, bounds, ranges, and the many kinds of no number."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Token", "plain_float", "read_share", "read_token"]

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"(-?)({_NUMBER})$")
_BOUND = re.compile(rf"([<>])\s*({_NUMBER})$")
_RANGE = re.compile(rf"({_NUMBER})\s*[–-]\s*({_NUMBER})$")
_LOST_SIGN = re.compile(rf"\?({_NUMBER})$")

#: Words that stand in place of a number, and the flag that keeps their meaning. None of them is a zero.
_WORDS = {
    "w": "withheld",
    "na": "not-available",
    "xx": "not-applicable",
    "large": "large",
    "moderate": "moderate",
    "moderate to large": "moderate-to-large",
    "small": "small",
    "very small": "very-small",
}


@dataclass(frozen=True, slots=True)
class Token:
    """The number in a cell, as the table gives it, before any unit.

    ``value`` is None where the cell holds no number; ``flags`` then say why. ``comparator`` is None with it.
    """

    value: float | None
    value_max: float | None = None
    comparator: str | None = "="
    flags: tuple[str, ...] = ()

    def scaled(self, factor: float) -> Token:
        """Return the token in another unit."""

        def times(value: float | None) -> float | None:
            return None if value is None else plain_float(value * factor)

        return Token(times(self.value), times(self.value_max), self.comparator, self.flags)


def plain_float(value: float) -> float:
    """Return the number to 12 significant digits, free of the dust of binary multiplication."""
    return float(f"{value:.12g}")


def read_token(text: str, notes: str = "") -> Token:
    """Return what a cell of the Mineral Commodity Summaries says; ``notes`` are the footnotes of its row.

    ``—`` is nil, a true zero. ``W`` is withheld, ``NA`` not available, ``XX`` not applicable. ``E`` is a net
    exporter, whose import reliance is at most zero. ``s`` refers to the footnote: less than half a unit, counted
    elsewhere, or not meaningful. ``>50`` and ``<25`` are bounds, ``10–20`` a range. ``?1`` is a minus sign that
    the file's encoding could not hold, read as such only where the footnote speaks of negative numbers.
    Raises ValueError for anything else.
    """
    cell = text.strip()
    if cell == "—":
        return Token(0.0, flags=("nil",))
    if cell == "E":
        return Token(0.0, comparator="<=", flags=("net-exporter",))
    if cell == "s":
        return _small(notes)
    if match := _PLAIN.match(cell):
        return Token(_signed(match[2], match[1] == "-"))
    if match := _BOUND.match(cell):
        return Token(_signed(match[2]), comparator=match[1])
    if match := _RANGE.match(cell):
        low, high = _signed(match[1]), _signed(match[2])
        if low > high:
            raise ValueError(f"the range {cell!r} runs from high to low")
        return Token(low, high)
    if match := _LOST_SIGN.match(cell):
        if "if negative" not in notes.lower():
            raise ValueError(f"{cell!r} may have lost its minus sign, but no footnote speaks of negative numbers")
        return Token(_signed(match[1], negative=True), flags=("lost-sign",))
    flag = "variable" if cell.lower().startswith("variable") else _WORDS.get(cell.lower())
    if flag is None:
        raise ValueError(f"{cell!r} is no number, bound, range or known word")
    return Token(None, comparator=None, flags=(flag,))


def read_share(text: str) -> Token:
    """Return a share in percent from ``12%``, ``<0.1%`` or a bare number; ``-`` is not assessed.

    Raises ValueError for anything else, and for more than 100 %.
    """
    cell = text.strip()
    if cell == "-":
        return Token(None, comparator=None, flags=("not-assessed",))
    token = read_token(cell.removesuffix("%"))
    if token.value is None or token.value_max is not None or not 0 <= token.value <= 100 or token.flags:
        raise ValueError(f"{cell!r} is no share between 0 and 100 %")
    return token


def _signed(digits: str, negative: bool = False) -> float:
    number = float(digits.replace(",", ""))
    return -number if negative else number


def _small(notes: str) -> Token:
    note = notes.lower()
    if re.search(r"less than ½ ?unit", note):
        return Token(0.5, comparator="<", flags=("insignificant",))
    if "less than" in note:
        return Token(None, comparator=None, flags=("insignificant",))
    if "included in" in note or "included with" in note:
        return Token(None, comparator=None, flags=("included-elsewhere",))
    return Token(None, comparator=None, flags=("footnoted",))
