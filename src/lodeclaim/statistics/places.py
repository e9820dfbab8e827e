"""Which country the spelling of a publisher means, by the harmonisation table in ``layouts/country_names.csv``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from lodeclaim.core.errors import StatisticsError

__all__ = ["LAYOUTS", "place_of"]

LAYOUTS = Path(__file__).parent / "layouts"


@cache
def _spellings() -> dict[tuple[str, str], str]:
    with (LAYOUTS / "country_names.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["publisher"], row["spelling"]): row["place"] for row in rows}


def place_of(publisher: str, spelling: str, where: str) -> str:
    """Return the place id that ``publisher`` (usgs, ec, wb) means by a spelling.

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
