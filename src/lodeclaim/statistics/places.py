"""Which country the spelling of a publisher means, by the harmonisation table in ``layouts/country_names.csv``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from lodeclaim.core.errors import StatisticsError
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["LAYOUTS", "known_place", "place_of"]

LAYOUTS = Path(__file__).parent / "layouts"


@cache
def _spellings() -> dict[tuple[str, str], str]:
    with (LAYOUTS / "country_names.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["publisher"], row["spelling"]): row["place"] for row in rows}


def place_of(publisher: str, spelling: str, where: str) -> str:
    """Return the place id that ``publisher`` (usgs, ec, wb, un, bgs …) means by a spelling.

    A group of countries without an id of its own is kept as ``name:`` and its words. Raises StatisticsError,
    naming ``where``, for a spelling the table lacks.
    """
    try:
        return _spellings()[publisher, spelling.strip()]
    except KeyError:
        raise StatisticsError(
            f"unknown country {spelling!r}",
            where=where,
            remedy=f"Add the spelling for publisher {publisher} to statistics/layouts/country_names.csv",
        ) from None


def known_place(publisher: str | None, spelling: str, codes: str) -> str | None:
    """Return the place id of a spelling or code, or None: first the publisher's own, then the standard.

    ``codes`` is iso3, iso2, numeric or names; names are those of the vocabulary in English, any case.
    """
    cell = " ".join(spelling.split())
    if publisher is not None and (found := _spellings().get((publisher, cell))):
        return found
    if codes == "numeric":
        cell = cell.zfill(3)
    return _standard(codes).get(cell.casefold() if codes == "names" else cell.upper())


@cache
def _standard(codes: str) -> dict[str, str]:
    vocabulary = load_vocabulary()
    countries = vocabulary.countries.values()
    if codes == "iso3":
        return {one.id: one.id for one in countries} | {group: group for group in vocabulary.groups}
    if codes == "iso2":
        return {one.iso2: one.id for one in countries}
    if codes == "numeric":
        return {one.numeric: one.id for one in countries}
    names = {one.name.casefold(): one.id for one in vocabulary.groups.values()}
    for place, spellings in vocabulary.language("en").cldr.countries.items():
        names |= {spelling.casefold(): place for spelling in spellings}
    return names | {one.name.casefold(): one.id for one in countries}
