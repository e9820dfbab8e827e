"""What stands around a number: the hits of scales, units, rates and comparators by their place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import Final

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.spans import Spans

__all__ = ["Around", "comparator_of", "skip_gap"]

_SHORT_WORD: Final = 5
_GAP: Final = re.compile(r"[ \t\u00a0\u202f\u2009]{0,2}-?[ \t\u00a0\u202f]?")
_GAPS: Final = frozenset("- \t\u00a0\u202f\u2009")
_COMPARING: Final = re.compile(r"([<>≥≤~≈])\s?$")
#: How far before a mass "annual" stands, and the predicates that have rates.
_RATE: Final = 70
_MEASURED_WORD: Final = 30
_MEASURED: Final = frozenset({"production", "capacity", "demand", "measure"})
#: How far before a quantity a word tells that it changed.
_CHANGE: Final = 90
#: How far a comparator stands before its number.
_BOUND: Final = 16
#: How far before what it amounts to a deal ends, a preposition between.
_DEAL: Final = 6
#: The longest abbreviation of a scale: "Mio", "mill".
_SHORT_SCALE: Final = 4
#: How far "respectively" stands from the numbers that it pairs with names.
_PAIRED: Final = 40
_GRAMMAR: Final = {
    "scale",
    "unit",
    "currency",
    "per",
    "price_per",
    "count_noun",
    "after_comparators",
    "month",
    "refer_not_quantity",
}


class Around:
    """The hits of the grammar's own categories by where they start and end."""

    def __init__(self, hits: Hits) -> None:
        self.starts: dict[int, list[Hit]] = defaultdict(list)
        self.comparators: dict[int, Hit] = {}
        self.refers: set[int] = set()
        self.rates = {hit.end: hit for hit in hits.of("per")}
        self._rate_ends = sorted(self.rates)
        self._hits = hits
        self.fractions = hits.of("fraction")
        self.dates = Spans((hit.start, hit.end) for hit in hits.of("date") if hit.end - hit.start > _SHORT_WORD)
        for hit in hits.of(*_GRAMMAR):
            self.starts[hit.start].append(hit)
        self._changes = sorted(
            hit.start
            for hit in (*hits.of("growth_down"), *hits.of("changing"), *hits.of("trigger"))
            if hit.category != "trigger" or hit.value[0] == "growth"
        )
        #: Where verbs of change end.
        self.change_ends = {hit.end for hit in hits.of("trigger") if hit.value == ("growth", 1.0)}
        self._falls = {hit.start for hit in hits.of("growth_down")}
        #: Where a date begins and ends: "last year" is no rate.
        self.dated = {hit.start: hit.end for hit in hits.of("date")}
        #: Whether a point can be a decimal sign in a language whose own is the comma.
        self.points = True
        self._paired = [hit.start for hit in hits.of("respective")]
        self._counts = [hit.start for hit in hits.of("count_noun")]
        #: Words for percent by where they end: "percent of 20".
        self.percents = {hit.end: hit for hit in hits.of("unit") if hit.value == "%"}
        for hit in hits.of("refer_not_quantity"):
            self.refers.add(hit.end)
        #: Where words end that a number names one of: "phase 2".
        self.named_by_number = {hit.end for hit in hits.of("numbered")}
        for hit in hits.of("comparators"):
            # the longest of those that end here: "no more than", not "more than"
            self.comparators.setdefault(hit.end, hit)
        self._bounds = sorted(self.comparators)
        #: Where words for loans, contracts and other deals end.
        self.deals = {hit.end for hit in hits.of("instrument")}
        #: Where words for lending and paying end.
        self.paid = {hit.end for hit in hits.of("trigger") if hit.value == ("financing", 1.0)}

    def counts_within(self, position: int, reach: int) -> bool:
        """Tell whether a noun for what is counted starts at the position or less than ``reach`` behind it."""
        at = bisect_left(self._counts, position)
        return at < len(self._counts) and self._counts[at] < position + reach

    def change_before(self, position: int) -> int | None:
        """Return where the last word for rising or falling begins that stands shortly before the position."""
        at = bisect_left(self._changes, position) - 1
        return self._changes[at] if at >= 0 and self._changes[at] >= position - _CHANGE else None

    def fell_before(self, position: int) -> bool:
        """Tell whether the last word for a change before the position is one for falling."""
        at = bisect_left(self._changes, position)
        return at > 0 and self._changes[at - 1] in self._falls

    def paired_near(self, start: int, end: int) -> bool:
        """Tell whether a word such as "respectively" stands beside a list of numbers."""
        return any(start - _PAIRED <= at <= end + _PAIRED for at in self._paired)

    def comparator_before(self, start: int) -> Hit | None:
        """Return the comparator that ends nearest before a number, a few characters away at most."""
        at = bisect_right(self._bounds, start) - 1
        near = at >= 0 and self._bounds[at] > start - _BOUND
        return self.comparators[self._bounds[at]] if near else None

    def has_decimal_points(self, letters: int, scale: float, thousand_millions: bool) -> bool:
        """Tell whether the point of a number before a scale is a decimal sign: "1.216 Millionen", but "1.185 Mio.".

        ``letters`` are those of the scale. Where a thousand millions have no word of their own, "1.030 millones" are.
        """
        return not thousand_millions and (self.points or not (letters <= _SHORT_SCALE and scale <= 1e6))

    def deal_before(self, start: int) -> bool:
        """Tell whether a loan or another deal stands right before a number: "a loan of 40 million"."""
        return any(end in self.deals or end in self.paid for end in range(start - _DEAL, start))

    def rate_before(self, start: int) -> Hit | None:
        """Return "yearly" before a number; a comparator may stand between."""
        for edge in (start - 1, start - 2):
            if edge in self.rates:
                return self.rates[edge]
            word = self.comparators.get(edge)
            if word is not None and word.start - 1 in self.rates:
                return self.rates[word.start - 1]
        return None

    def rate_shortly_before(self, start: int) -> Hit | None:
        """Return the last word for a rate in the clause before a number."""
        at = bisect_left(self._rate_ends, start) - 1
        near = at >= 0 and self._rate_ends[at] > start - _RATE
        return self.rates[self._rate_ends[at]] if near else None

    def measures(self, rate: Hit) -> bool:
        """Tell whether a word for production, capacity or demand stands right before or behind a word for a rate."""
        near = self._hits.within("trigger", rate.start - _MEASURED_WORD, rate.end + 2)
        return any(
            hit.value[0] in _MEASURED and (hit.start == rate.end + 1 or hit.end == rate.start - 1) for hit in near
        )

    def at(self, position: int, *categories: str) -> Hit | None:
        """Return the longest hit of the categories that starts at the position."""
        found = [hit for hit in self.starts.get(position, ()) if hit.category in categories]
        return max(found, key=lambda hit: hit.end) if found else None

    def measure_at(self, position: int) -> Hit | None:
        """Return the unit or currency that starts at the position: of "870 t a year later" the tonnes alone."""
        found = self.at(position, "unit", "currency")
        if found is None or not str(found.value).endswith("/yr"):
            return found
        if not any(self.dated.get(start, -1) > found.end for start in range(found.start + 1, found.end)):
            return found
        mass = str(found.value).removesuffix("/yr")
        return Hit(found.start, found.start + len(mass), found.category, mass, found.how)


def skip_gap(text: str, position: int) -> int:
    """Return where the word behind the position begins, at most a hyphen and a few spaces away."""
    sign = text[position : position + 1]
    if sign not in _GAPS:
        return position
    if sign == " " and text[position + 1 : position + 2] not in _GAPS:
        return position + 1
    match = _GAP.match(text, position)
    return match.end() if match else position


def comparator_of(
    text: str, start: int, end: int, around: Around, grammar: Grammar
) -> tuple[str, tuple[int, int] | None]:
    """Return the comparator that the words around a quantity give it, and where they stand; ``=`` without any."""
    hit = around.comparator_before(start)
    if hit is not None and hit.start - 1 in around.deals and text[hit.start : hit.end] in grammar.amounts_to:
        # "ein Darlehen über 250 Millionen": that is what it amounts to
        return "=", None
    if (
        hit is not None
        and hit.value == "<="
        and any(end in around.change_ends for end in range(hit.start - 1, hit.end))
    ):
        # "edged up to $3,065": the level that is reached
        return "=", None
    if hit is not None and grammar.before_number.fullmatch(text, hit.end, start):
        if hit.value in ("<", ">") and grammar.definite.fullmatch(text, hit.end, start) and not text[start].isalpha():
            # "far below the $60,000 seen in June": the two are compared
            return "=", None
        return str(hit.value), (hit.start, hit.end)
    after = around.at(skip_gap(text, end), "after_comparators")
    if after is not None:
        return str(after.value), (after.start, after.end)
    sign = _COMPARING.search(text, max(0, start - 2), start)
    if sign:
        return {"≥": ">=", "≤": "<=", "≈": "~"}.get(sign.group(1), sign.group(1)), (start - 2, start)
    return "=", None
