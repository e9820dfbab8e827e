"""Every net import reliance in the data release of the Mineral Commodity Summaries, recomputed from the file itself.

Commodities of the vocabulary go the way of claims; for the others rows are found by the words of the file, as listed in
``data/net_import_reliance_outside.yaml``, and nothing is added to the vocabulary or kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lodeclaim.claims.table import to_frame
from lodeclaim.core.errors import StatisticsError
from lodeclaim.indicators.reliance_rows import Index, Row, Series, checked
from lodeclaim.indicators.us_reliance import recompute_us_reliance, reliance_series, verdict_table
from lodeclaim.statistics.originals import Original
from lodeclaim.statistics.tokens import read_token
from lodeclaim.statistics.usgs_mcs import read_mcs
from lodeclaim.vocabulary.load import read_yaml

if TYPE_CHECKING:
    import polars as pl

__all__ = ["outside_series", "recompute_release"]

_FILE = Path(__file__).parent / "data" / "net_import_reliance_outside.yaml"
_SALIENT = "Salient Statistics"
_PUBLISHED = "Net import reliance"
#: The Statistics column → the predicate and kind under which a row is looked up.
_PLACES = {
    "Production": ("production", None),
    "Sales": ("production", None),
    "Shipment": ("production", None),
    "Sold or used": ("production", None),
    "Import": ("trade", "import"),
    "Export": ("trade", "export"),
    "Consumption": ("demand", None),
    "Stock": ("stocks", None),
    _PUBLISHED: ("import_reliance", None),
}


class _Outside(Series, frozen=True, forbid_unknown_fields=True, kw_only=True):
    chapter: str
    published: str
    nth: int = 1


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    series: tuple[_Outside, ...]


@cache
def outside_series() -> tuple[_Outside, ...]:
    """Return the series of commodities that the vocabulary leaves out."""
    return msgspec.convert(read_yaml(_FILE), _File).series


def recompute_release(path: Path) -> pl.DataFrame:
    """Return every net import reliance that the file publishes beside the one computed from its rows.

    ``path`` is the data release or its folder. The columns are those of recompute_us_reliance. Where a commodity is
    not in the vocabulary, ``material`` is its name in the file and ``claims`` are the rows, as ``row:N``. Raises
    StatisticsError as loading the file does.
    """
    import polars as pl

    claims, _, original, _ = read_mcs(path)
    inside = recompute_us_reliance(to_frame(claims))
    known = {claim.locator for claim in claims}
    outside = verdict_table(list(_verdicts(original, known)))
    return pl.concat([inside, outside])


def _verdicts(original: Original, known: set[str]) -> Iterator[tuple[object, ...]]:
    """The verdict on each published number whose row gave no claim, in the order of the layout and the file."""
    rows = [
        (f"row:{number}", row)
        for number, row in enumerate(original.rows, start=1)
        if row["Section"].startswith(_SALIENT) and row["Statistics"] in _PLACES
    ]
    left = {name for name, row in rows if row["Statistics"] == _PUBLISHED} - known
    terms = reliance_series()
    for series in outside_series():
        index = _index(original, rows, series)
        for (predicate, *_), found in sorted(index.items(), key=lambda one: one[0][3]):
            if predicate != "import_reliance" or found[0]["form"] != series.published:
                continue
            published = found[0] | {"form": series.form}
            if published["id"] in left:
                left.discard(published["id"])
                yield checked(terms, series, published, index)
    cells = dict(rows)
    for name in sorted(left, key=_number):
        published = _row(original, name, cells[name])
        yield checked(terms, None, published, {})


def _index(original: Original, rows: Iterable[tuple[str, dict[str, str]]], series: _Outside) -> Index:
    """The rows of a series' commodity; of several under one detail and year the one that its layout says."""
    found: dict[tuple[str, str | None, str | None, str], list[Row]] = {}
    for name, cells in rows:
        if (cells["MCS chapter"], cells["Commodity"].strip()) == (series.chapter, series.material):
            row = _row(original, name, cells)
            predicate, kind = _PLACES[cells["Statistics"]]
            found.setdefault((predicate, kind, row["form"], row["period"]), []).append(row)
    return {key: [several[min(series.nth, len(several)) - 1]] for key, several in found.items()}


def _row(original: Original, name: str, cells: dict[str, str]) -> Row:
    try:
        token = read_token(cells["Value"], cells["Notes"])
    except ValueError as error:
        raise StatisticsError(
            str(error),
            where=original.where(_number(name)),
            remedy="Teach the word to statistics/tokens.py, if the release is right",
        ) from error
    detail = " ".join(cells["Statistics_detail"].split())
    return {
        "material": cells["Commodity"].strip(),
        "form": detail,
        "period": cells["Year"],
        "locator": name,
        "basis": None,
        "unit": cells["Unit"].strip(),
        "id": name,
        "value": token.value,
        "comparator": token.comparator,
        "flags": " ".join(token.flags) or None,
        "quote": f"{detail} | {cells['Value']}",
    }


def _number(name: str) -> int:
    return int(name.partition(":")[2])
