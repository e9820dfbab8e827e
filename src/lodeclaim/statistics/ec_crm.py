"""The European Commission's 2023 criticality study as claims: supply shares, trade restrictions and results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.originals import BuildReport, Original, read_original
from lodeclaim.statistics.places import LAYOUTS, place_of
from lodeclaim.statistics.tokens import Token, read_share, read_token
from lodeclaim.vocabulary.load import read_yaml

__all__ = ["read_ec_crm"]

_REMEDY = "Check the original table, and statistics/layouts/ec_crm_2023.yaml"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of one of the tables, with what its material means."""

    table: str
    number: int
    cells: dict[str, str]
    known: dict[str, str]
    where: str


def read_ec_crm(path: Path) -> tuple[list[Claim], BuildReport, list[Original], dict[str, Any]]:
    """Return the claims of the three tables, with the report, the files and their layout.

    Predicates: ``share`` (global supply, place the country) and ``supplier_share`` (EU sourcing, place EU27,
    counterparty the country), in %, period 2016/2020; ``trade_restriction`` (kind global or eu, place the
    country, t of the study); ``supply_risk`` and ``economic_importance`` by year of the study. The quote begins
    with the name of the table, and ``row:N`` counts its data rows. Raises StatisticsError for an unknown
    material, stage, country or number, and where one slot would have two values.
    """
    layout = read_yaml(LAYOUTS / "ec_crm_2023.yaml")
    skipped: Counter[str] = Counter()
    claims: list[Claim] = []
    originals = []
    for key, file in _files(path, layout).items():
        table = layout["tables"][key]
        original = read_original(file, table["columns"], layout["encoding"])
        originals.append(original)
        seen: dict[tuple[object, ...], Claim] = {}
        for number, row in enumerate(original.rows, start=1):
            where = original.where(number)
            known, name = _material(row["Material"], layout, where)
            if known is None:
                skipped[f"material outside the vocabulary: {name}"] += 1
                continue
            reader = _results if key == "results" else _shares
            for claim in reader(_Row(key, number, row, known, where), layout):
                slot = (claim.predicate, claim.kind, claim.material, claim.form, claim.stage, claim.place,
                        claim.counterparty, claim.period)  # fmt: skip
                if slot in seen:
                    raise StatisticsError(f"{claim.quote!r} repeats {seen[slot].quote!r}", where=where, remedy=_REMEDY)
                seen[slot] = claim
                claims.append(identify(claim))
    report = BuildReport(
        source=layout["source"]["id"],
        rows=sum(len(original.rows) for original in originals),
        claims=len(claims),
        skipped=dict(sorted(skipped.items())),
    )
    return claims, report, originals, layout


def _files(path: Path, layout: dict[str, Any]) -> dict[str, Path]:
    """Which table lies where: all three in a folder, or the one that a file is by its name."""
    tables = layout["tables"]
    if path.is_dir():
        return {key: path / table["file"] for key, table in tables.items()}
    for key, table in tables.items():
        if re.search(table["known_by"], path.name, re.IGNORECASE):
            return {key: path}
    raise StatisticsError(
        "the table is known by its name, and this name is none of the study",
        where=path.name,
        remedy=f"Name it as published: {', '.join(table['file'] for table in tables.values())}",
    )


def _material(spelling: str, layout: dict[str, Any], where: str) -> tuple[dict[str, str] | None, str]:
    name = " ".join(spelling.split())
    if name not in layout["materials"]:
        raise StatisticsError(f"unknown material {name!r}", where=where, remedy=_REMEDY)
    return layout["materials"][name], name


def _shares(row: _Row, layout: dict[str, Any]) -> Iterator[Claim]:
    cells = row.cells
    country = place_of(layout["publisher"], cells["Country"], row.where)
    if cells["Stage"] not in layout["stages"]:
        raise StatisticsError(f"unknown stage {cells['Stage']!r}", where=row.where, remedy=_REMEDY)
    share = _number(cells["Share"], row.where, share=True)
    restriction = _number(cells["t"], row.where)
    if restriction.value is None or not 0 < restriction.value <= layout["highest_restriction"]:
        raise StatisticsError(f"t of {cells['t']!r} is beyond the scale", where=row.where, remedy=_REMEDY)
    table = layout["tables"][row.table]["name"]
    quote = " | ".join((table, cells["Material"], cells["Stage"], cells["Country"], cells["Share"]))
    common = _common(row, layout) | {"stage": layout["stages"][cells["Stage"]], "period": layout["period"]}
    sourcing = row.table == "eu"
    yield Claim(
        **common,
        quote=quote,
        predicate="supplier_share" if sourcing else "share",
        place=layout["region"] if sourcing else country,
        counterparty=country if sourcing else None,
        kind="sourcing" if sourcing else None,
        value=share.value,
        unit="%",
        comparator=share.comparator,
        flags=share.flags,
    )
    yield Claim(
        **common,
        quote=f"{quote} | t | {cells['t']}",
        predicate="trade_restriction",
        place=country,
        kind=row.table,
        value=restriction.value,
        unit="score",
        comparator="=",
    )


def _results(row: _Row, layout: dict[str, Any]) -> Iterator[Claim]:
    cells = row.cells
    table, name = layout["tables"][row.table]["name"], " ".join(cells["Material"].split())
    for column, predicate in (("SR", "supply_risk"), ("EI", "economic_importance")):
        token = _number(cells[column], row.where, share=True)
        yield Claim(
            **_common(row, layout),
            quote=" | ".join((table, name, cells["Year"], column, cells[column])),
            predicate=predicate,
            place=layout["region"],
            value=token.value,
            unit="score",
            comparator=token.comparator,
            period=cells["Year"],
            flags=(*token.flags, *(("includes-uk",) if cells["Year"] in layout["with_uk"] else ())),
        )


def _common(row: _Row, layout: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "",
        "source": layout["source"]["id"],
        "locator": f"row:{row.number}",
        "material": row.known["material"],
        "form": row.known.get("form"),
        "reader": "statistics",
    }


def _number(text: str, where: str, *, share: bool = False) -> Token:
    try:
        return read_share(text) if share else read_token(text)
    except ValueError as error:
        raise StatisticsError(str(error), where=where, remedy=_REMEDY) from error
