"""Releases with rules of their own: the data release of the Mineral Commodity Summaries, WGI, the EC study."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Source
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.ec_crm import read_ec_crm
from lodeclaim.statistics.originals import BuildReport
from lodeclaim.statistics.places import LAYOUTS
from lodeclaim.statistics.table_file import header_of, sha256_of
from lodeclaim.statistics.usgs_mcs import read_mcs
from lodeclaim.statistics.wgi import read_wgi
from lodeclaim.vocabulary.load import read_yaml

__all__ = ["RELEASES", "read_release", "release_of"]

_READERS: dict[str, Any] = {"usgs_mcs": read_mcs, "wgi": read_wgi, "ec_crm_2023": read_ec_crm}
#: Layout of a release → what it reads.
RELEASES = {
    "usgs_mcs": "Mineral Commodity Summaries: data release in one table (from 2026)",
    "wgi": "Worldwide Governance Indicators in five columns",
    "ec_crm_2023": "Study on the critical raw materials for the EU 2023: a table, or the folder of all three",
}


def release_of(path: Path) -> str | None:
    """Return which release a file (or the folder of the criticality study) is, by its header; None for others."""
    if path.is_dir():
        files = [table["file"] for table in read_yaml(LAYOUTS / "ec_crm_2023.yaml")["tables"].values()]
        return "ec_crm_2023" if any((path / name).is_file() for name in files) else None
    kind, tables = header_of(path)
    if kind != "csv":
        return None
    header = [" ".join(cell.split()) for cell in tables[0][1][0]]
    for name in ("usgs_mcs", "wgi"):
        if header == read_yaml(LAYOUTS / f"{name}.yaml")["columns"]:
            return name
    for table in read_yaml(LAYOUTS / "ec_crm_2023.yaml")["tables"].values():
        if header == table["columns"]:
            return "ec_crm_2023"
    return None


def read_release(name: str, path: Path, vintage: str | None) -> tuple[list[Claim], BuildReport, Source]:
    """Return the claims, the report and the source of a release; ``vintage`` where it is not the bundled one.

    Raises StatisticsError as its reader does, and for a file that is not there.
    """
    if not path.exists():
        raise StatisticsError("the file is not there", where=str(path), remedy="Check the path")
    claims, report, originals, layout = _READERS[name](path)
    entry = dict(layout["source"])
    if vintage is not None:
        year = str(entry["published"])
        entry |= {key: entry[key].replace(year, vintage) for key in ("id", "title", "citation", "published")}
        claims = [identify(replace(claim, source=entry["id"])) for claim in claims]
        report = dataclasses.replace(report, source=entry["id"])
    files = originals if isinstance(originals, list) else [originals]
    digest = sha256_of(files[0].path) if len(files) == 1 else None
    return claims, report, Source(**entry, sha256=digest)
