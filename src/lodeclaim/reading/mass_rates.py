"""What a mass is measured per: "2,300 tonnes of concentrate a year", "the annual output is 1,200 tonnes"."""

from __future__ import annotations

import re
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.surroundings import Around, skip_gap

__all__ = ["rate_of"]

_RATES: Final = frozenset({"yr", "day"})
_WEIGHED: Final = re.compile(r"(?:[ \u00a0][^\W\d_][\w'’-]*){1,6}[ \u00a0]")
#: What ends a clause, and numbers: a rate does not reach over either.
_CLAUSE: Final = re.compile(r"[,;:.\d]")
#: "9 000 Tonnen im Jahr 2022": the year that something happened in, no rate.
_YEAR: Final = re.compile(r"[ \u00a0](?:19|20)\d\d(?!\d)")


def rate_of(text: str, start: int, position: int, around: Around) -> tuple[str, int] | None:
    """Return what the mass at ``start`` is per, yr or day, and where it ends with that; None where it is plain.

    ``position`` is where its unit ends.
    """
    rate = around.at(skip_gap(text, position), "per") or _behind(text, position, around)
    if rate is not None and (around.dated.get(rate.start, -1) > rate.end or _YEAR.match(text, rate.end)):
        rate = None
    if rate is not None and rate.value in _RATES:
        return str(rate.value), rate.end
    rate = around.rate_before(start) or _of_noun(text, start, around)
    return (str(rate.value), position) if rate is not None and rate.value in _RATES else None


def _behind(text: str, position: int, around: Around) -> Hit | None:
    """Find "a year" behind what is weighed: "2,300 tonnes of concentrate a year"."""
    match = _WEIGHED.match(text, position)
    at = match.end() if match else position
    while match is not None and at > position:
        if (hit := around.at(at, "per")) is not None:
            return hit
        at = text.rfind(" ", position, at - 1) + 1
    return None


def _of_noun(text: str, start: int, around: Around) -> Hit | None:
    """Find the rate of what is measured: "the annual output of concentrate is 1,200 tonnes", "la producción anual"."""
    rate = around.rate_shortly_before(start)
    if rate is None or _CLAUSE.search(text, rate.end, start):
        return None
    return rate if around.measures(rate) else None
