"""Prices that leave out what they are for: "a kilogram of gallium cost 1,100 dollars; in January it was 575"."""

from __future__ import annotations

import re
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.model import Quantity, Sentence
from lodeclaim.reading.numbers import tidy
from lodeclaim.reading.units import UNITS

__all__ = ["Prices"]

#: Units that prices are quoted for.
_PRICED: Final = ("t", "kg", "lb", "ozt")
#: How far before its amount the unit stands.
_REACH: Final = 70
#: A price of the same thing moves within this factor.
_MOVES: Final = 8.0
_MOVING: Final = ("price", "growth")
#: Scales that prices are written with: "80 mil dólares".
_PLAIN: Final = (1, 1e3)
#: How far behind an amount "a month" stands.
_RATE: Final = 3
_COUNTED: Final = re.compile(r"(?:\d[\d.,]|(?<![\d.,])[02-9]|[½¼¾])[\s\u00a0]?$")


class Prices:
    """The prices of a paragraph: each completes the amounts that follow it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: tuple[str, str, float, float] | None = None
        self._told = -1

    def forget(self) -> None:
        """Begin a new paragraph."""
        self._last = None

    def complete(self, sentence: Sentence, quantity: Quantity) -> None:
        """Make an amount of money the price that it is, by a unit before it or the price told before."""
        if quantity.unit_class == "price":
            currency, _, per = quantity.unit.partition("/")
            self._last, self._told = (currency, per, quantity.multiplier, quantity.value), sentence.start
            return
        if quantity.unit_class != "money" or quantity.multiplier not in _PLAIN:
            return
        unit = self._unit_before(sentence, quantity) if quantity.multiplier == 1 else None
        if unit is not None:
            self._set(quantity, "t", 1 / UNITS[unit].factor)
            self._last = (quantity.unit.partition("/")[0], "t", quantity.multiplier, quantity.value)
            self._told = sentence.start
        elif self._last is not None:
            currency, per, factor, value = self._last
            same = currency == quantity.unit and 1 / _MOVES <= quantity.value * factor / value <= _MOVES
            if same and self._goes_on(sentence, quantity) and not _funds(sentence):
                self._set(quantity, per, factor)

    def _set(self, quantity: Quantity, per: str, factor: float) -> None:
        quantity.value = tidy(quantity.value * factor)
        if quantity.value_max is not None:
            quantity.value_max = tidy(quantity.value_max * factor)
        quantity.unit, quantity.unit_class, quantity.multiplier = f"{quantity.unit}/{per}", "price", factor

    def _unit_before(self, sentence: Sentence, quantity: Quantity) -> str | None:
        """Return the unit that a verb of price puts before its amount: "kostete das Kilogramm Gallium 575 Dollar".

        So does a verb of change: "la tonelada saltó de 8.900 a 11.300 dólares".
        """
        start = max(sentence.start, quantity.start - _REACH)
        if not any(hit.value[0] in _MOVING for hit in sentence.every.within("trigger", start, quantity.start)):
            return None
        units = sentence.every.within("unit", start, quantity.start)
        return next((str(hit.value) for hit in reversed(units) if hit.value in _PRICED and self._alone(hit)), None)

    def _goes_on(self, sentence: Sentence, quantity: Quantity) -> bool:
        """Tell whether the sentence speaks of the price: it told one, or names a material, a date or a change.

        "She earns 2,000 dollars a month" and "the fine is 5,000 dollars" do not.
        """
        if sentence.every.within("per", quantity.end, quantity.end + _RATE):
            return False
        if self._told == sentence.start or sentence.dates or sentence.of("material"):
            return True
        return any(hit.value in (("price", 1.0), ("growth", 1.0)) for hit in sentence.of("trigger"))

    def _alone(self, hit: Hit) -> bool:
        """Tell whether no number but 1 stands before the unit."""
        return _COUNTED.search(self._text, max(0, hit.start - 4), hit.start) is None


def _funds(sentence: Sentence) -> bool:
    """Tell whether the sentence speaks of money that is paid or lent."""
    return any(
        hit.value[0] in ("investment", "financing", "transaction") and hit.value[1] == 1.0
        for hit in sentence.of("trigger")
    )
