"""Countries that drop out of a world: a large producer of one year that is not in the table of the next."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from msgspec.structs import replace

from lodeclaim.claims.model import Claim
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Wide", "flag_gaps"]

#: A country with at least this share of the countries' sum in one of so many years before is missed.
LARGE = 0.05
BACK = 3
FLAG = "incomplete-world"


@dataclasses.dataclass(frozen=True, slots=True)
class Wide:
    """A quantity under a heading wider than a material; ``within`` finds the quotes of what it may hold."""

    within: str
    name: str
    unit: str
    period: str
    place: str
    value: float


def flag_gaps(claims: Sequence[Claim], wide: Sequence[Wide] = ()) -> tuple[list[Claim], tuple[str, ...]]:
    """Return the claims, those of incomplete years with the flag ``incomplete-world``, and what is missing in words.

    A year of a production table is incomplete where a country that had at least 5 % in one of three years before has
    no row at all (not a nil, not a withheld figure), or has as much under a ``wide`` heading instead. The shares of all
    others would be too high. The figures stand, but they are no world.
    """
    countries = load_vocabulary().countries
    years: dict[tuple[object, ...], dict[int, dict[str, Claim]]] = {}
    for claim in claims:
        if claim.predicate != "production" or claim.place not in countries or not (claim.period or "").isdigit():
            continue
        key = (claim.material, claim.form, claim.stage, claim.kind, claim.basis, claim.unit)
        years.setdefault(key, {}).setdefault(int(claim.period or 0), {})[claim.place] = claim
    incomplete: set[str] = set()
    warnings: list[str] = []
    for series, by_year in years.items():
        for year in sorted(by_year):
            now = by_year[year]
            missed = {
                place
                for before in range(year - BACK, year)
                for place, share in _shares(by_year.get(before, {})).items()
                if share >= LARGE and place not in now
            }
            hidden = _hidden(now, year, wide)
            missed |= hidden.keys()
            if missed:
                incomplete.update(one.id for one in now.values())
                words = " ".join(str(part) for part in series[:3] if part)
                names = ", ".join(_named(place, hidden) for place in sorted(missed))
                warnings.append(f"{words}, {year}: no row for {names}; the table is no world")
    marked = [replace(claim, flags=(*claim.flags, FLAG)) if claim.id in incomplete else claim for claim in claims]
    return marked, tuple(warnings)


def _hidden(year: dict[str, Claim], number: int, wide: Sequence[Wide]) -> dict[str, str]:
    """Country → the wider heading it is counted under, where that is large beside the year."""
    if not wide or not year:
        return {}
    total = sum(one.value or 0.0 for one in year.values())
    quote, unit = next((one.quote, one.unit) for one in year.values())
    return {
        one.place: one.name
        for one in wide
        if one.period == str(number)
        and one.unit == unit
        and one.place not in year
        and one.value >= LARGE * total
        and re.search(one.within, quote, re.IGNORECASE)
    }


def _named(place: str, hidden: dict[str, str]) -> str:
    countries = load_vocabulary().countries
    name = countries[place].name if place in countries else place.removeprefix("name:")
    return f"{name} (counted under {hidden[place]})" if place in hidden else name


def _shares(year: dict[str, Claim]) -> dict[str, float]:
    total = sum(one.value or 0.0 for one in year.values())
    return {place: (one.value or 0.0) / total for place, one in year.items()} if total > 0 else {}
