"""The Worldwide Governance Indicators of the World Bank as claims: six dimensions, each country and year."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.originals import BuildReport, Original, read_original
from lodeclaim.statistics.places import LAYOUTS, place_of
from lodeclaim.vocabulary.load import read_yaml

__all__ = ["read_wgi"]


def read_wgi(path: Path) -> tuple[list[Claim], BuildReport, Original, dict[str, Any]]:
    """Return one claim for each estimate, in the order of the rows, with the report, the file and its layout.

    ``kind`` is the dimension (va, pv, ge, rq, rl, cc), ``unit`` is ``score``: about -2.5 (weak) to 2.5 (strong).
    The mean of the six is not stored. Raises StatisticsError for an unknown dimension, code or estimate.
    """
    layout = read_yaml(LAYOUTS / "wgi.yaml")
    original = read_original(path / layout["file"] if path.is_dir() else path, layout["columns"], layout["encoding"])
    claims = []
    for number, row in enumerate(original.rows, start=1):
        where = original.where(number)
        if row["indicator"] not in layout["indicators"]:
            raise StatisticsError(
                f"unknown dimension {row['indicator']!r}", where=where, remedy="See statistics/layouts/wgi.yaml"
            )
        claims.append(
            identify(
                Claim(
                    id="",
                    source=layout["source"]["id"],
                    locator=f"row:{number}",
                    quote=" | ".join((row["iso3"], row["country"], row["year"], row["indicator"], row["estimate"])),
                    predicate="governance",
                    place=place_of(layout["publisher"], row["iso3"], where),
                    kind=row["indicator"],
                    value=_estimate(row["estimate"], layout, where),
                    unit="score",
                    comparator="=",
                    period=row["year"],
                    reader="statistics",
                )
            )
        )
    report = BuildReport(source=layout["source"]["id"], rows=len(original.rows), claims=len(claims))
    return claims, report, original, layout


def _estimate(text: str, layout: dict[str, Any], where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not layout["lowest"] <= value <= layout["highest"]:
        raise StatisticsError(
            f"{text!r} is no estimate on the scale of this release",
            where=where,
            remedy="Releases from 2025 on use a 0–100 score and need a layout of their own",
        )
    return value
