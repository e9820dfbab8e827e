"""Exchange rates by date, from a table with a source for every rate."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from lodeclaim.core.errors import VocabularyError
from lodeclaim.core.period import Period

__all__ = ["RATES", "Rate", "Rates", "bundled_rates"]

RATES = Path(__file__).parent / "data" / "exchange_rates.csv"
#: A rate serves dates so many days outside its period, and is then named as the nearest known.
_REACH = 730


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of ``base`` is worth ``rate`` of ``quote`` on average over ``period``."""

    period: Period
    base: str
    quote: str
    rate: float
    source: str


class Rates:
    """The rates of one table; currencies without a common rate are joined through a third."""

    def __init__(self, rows: tuple[Rate, ...]) -> None:
        self._pairs: dict[tuple[str, str], list[Rate]] = {}
        for row in rows:
            self._pairs.setdefault((row.base, row.quote), []).append(row)
        self._currencies = sorted({currency for pair in self._pairs for currency in pair})

    @classmethod
    def load(cls, path: Path = RATES) -> Rates:
        """Return the rates of a CSV file (period, base, quote, rate, source); raises VocabularyError with the row."""
        rows = []
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(line for line in file if not line.startswith("#")), start=1):
                try:
                    rate = float(row["rate"])
                    if not (rate > 0 and row["source"]):
                        raise ValueError("the rate must be above zero and have a source")
                    rows.append(Rate(Period.parse(row["period"]), row["base"], row["quote"], rate, row["source"]))
                except (KeyError, TypeError, ValueError) as error:
                    raise VocabularyError(
                        f"not an exchange rate ({error})", where=f"{path}: row {number}", remedy="Mend the row"
                    ) from error
        return cls(tuple(rows))

    def at(self, base: str, quote: str, day: date | None) -> tuple[float, str] | None:
        """Return (rate, words that name it with its period and source), or None where none is known.

        Without a day the latest rate is taken. The shortest period that holds the day goes first, then the
        nearest one within two years.
        """
        if base == quote:
            return 1.0, "same currency"
        if (direct := self._direct(base, quote, day)) is not None:
            return direct
        for middle in self._currencies:
            first, second = self._direct(base, middle, day), self._direct(middle, quote, day)
            if first and second:
                return first[0] * second[0], f"{first[1]}; {second[1]}"
        return None

    def _direct(self, base: str, quote: str, day: date | None) -> tuple[float, str] | None:
        rows = self._pairs.get((base, quote))
        if rows is None:
            turned = self._pairs.get((quote, base))
            if turned is None:
                return None
            best = _nearest(turned, day)
            return None if best is None else (1 / best.rate, _named(best))
        best = _nearest(rows, day)
        return None if best is None else (best.rate, _named(best))


@cache
def bundled_rates() -> Rates:
    """Return the bundled rates, read once."""
    return Rates.load()


def _nearest(rows: list[Rate], day: date | None) -> Rate | None:
    if day is None:
        return max(rows, key=lambda row: (row.period.end or date.max, row.period.start or date.min))

    def rank(row: Rate) -> tuple[int, int]:
        start, end = row.period.start or date.min, row.period.end or date.max
        away = max(0, (start - day).days, (day - end).days)
        return away, (end - start).days

    best = min(rows, key=rank)
    return best if rank(best)[0] <= _REACH else None


def _named(rate: Rate) -> str:
    return f"{rate.rate:g} {rate.quote} for one {rate.base} in {rate.period} ({rate.source})"
