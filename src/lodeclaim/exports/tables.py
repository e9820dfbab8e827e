"""Claims as CSV and Parquet, and as a Data Package with everything that explains them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError
from lodeclaim.exports.placing import placed

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["decisions_frame", "sources_frame", "write_csv", "write_package", "write_parquet"]

#: What the columns mean, for readers without this program.
_MEANING = {
    "id": "claim id: a hash of source, place and content",
    "source": "id of the source in sources.csv",
    "locator": "start:end in characters of the document's text, or row:N of a table",
    "quote": "the words of the source, verbatim",
    "predicate": "what is said: production, reserve, share …",
    "place": "ISO 3166 alpha-3 code or group of countries",
    "value": "the number in `unit`; the lower end of a range",
    "value_max": "the upper end of a range",
    "comparator": "= ~ > >= < <=",
    "basis": "gross, contained, or the compound that the mass is counted in; empty: not said",
    "period": "the time it speaks of (EDTF)",
    "modality": "actual, planned, forecast, estimated, conditional, opinion",
    "published": "when the source was published (EDTF)",
    "voice": "the source, or the first of the documents that copy one text",
    "standing": "preferred, normal or deprecated",
    "standing_reason": "who decided so, when and why",
    "merged": "the claim that this one was merged into",
}


def write_csv(frame: pl.DataFrame, path: Path) -> int:
    """Write a table as CSV (UTF-8, commas, a header) and return its number of rows."""
    with placed(path) as part:
        frame.write_csv(part)
    return frame.height


def write_parquet(frame: pl.DataFrame, path: Path) -> int:
    """Write a table as Parquet and return its number of rows."""
    with placed(path) as part:
        frame.write_parquet(part)
    return frame.height


def sources_frame(ledger: Ledger, ids: pl.Series | None = None) -> pl.DataFrame:
    """Return the sources, all or those with an id among ``ids``, one row each."""
    from dataclasses import asdict, fields

    import polars as pl

    from lodeclaim.claims.model import Source

    wanted = None if ids is None else set(ids)
    rows = [asdict(one) for one in ledger.sources() if wanted is None or one.id in wanted]
    return pl.DataFrame(rows, schema={one.name: pl.String() for one in fields(Source)})


def decisions_frame(ledger: Ledger) -> pl.DataFrame:
    """Return the decisions, one row each by number."""
    from dataclasses import asdict, fields

    import polars as pl

    from lodeclaim.ledger.model import Decision

    numbers = ("number", "undoes")
    schema: dict[str, Any] = {one.name: pl.Int64() if one.name in numbers else pl.String() for one in fields(Decision)}
    return pl.DataFrame([asdict(one) for one in ledger.decisions()], schema=schema)


def write_package(ledger: Ledger, frame: pl.DataFrame, folder: Path) -> int:
    """Write claims.csv, sources.csv, decisions.csv and datapackage.json (Data Package v2) into a folder.

    The folder is made where it is missing. Returns the number of claims. Raises LedgerError.
    """
    import msgspec

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"the folder cannot be made ({error.strerror})", where=str(folder), remedy="Give another folder"
        ) from error
    parts = {
        "claims": frame,
        "sources": sources_frame(ledger, frame["source"].unique()),
        "decisions": decisions_frame(ledger),
    }
    resources = []
    for name, table in parts.items():
        write_csv(table, folder / f"{name}.csv")
        resources.append(_resource(name, table, folder / f"{name}.csv"))
    licences = parts["sources"]["licence"].drop_nulls().unique().sort().to_list()
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "lodeclaim-claims",
        "title": "Claims about raw-material supply, with the words they come from",
        "description": "One row a claim. Quotes belong to their sources, whose licences stand in sources.csv.",
        "version": ledger.content_hash()[:12],
        "licenses": [{"name": "other", "title": title} for title in licences],
        "sources": [{"title": row["title"] or row["id"]} for row in parts["sources"].iter_rows(named=True)],
        "resources": resources,
    }
    if not licences:
        del package["licenses"]  # an empty list is not valid, and nothing is known
    if not package["sources"]:
        del package["sources"]
    with placed(folder / "datapackage.json") as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n")
    return frame.height


def _resource(name: str, table: pl.DataFrame, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    keys = {"claims": "id", "sources": "id", "decisions": "number"}
    schema: dict[str, Any] = {
        "fields": [_field(column, str(kind)) for column, kind in table.schema.items()],
        "primaryKey": [keys[name]],
    }
    if name == "claims":
        schema["foreignKeys"] = [{"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}}]
    return {
        "name": name,
        "type": "table",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def _field(column: str, kind: str) -> dict[str, str]:
    types = {"Float64": "number", "Int64": "integer"}
    field = {"name": column, "type": types.get(kind, "string")}
    if column in _MEANING:
        field["description"] = _MEANING[column]
    return field
