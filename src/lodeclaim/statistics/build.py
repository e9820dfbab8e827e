"""Build the bundled vintages anew from the original files of the publishers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from lodeclaim.claims.model import Source
from lodeclaim.claims.table import to_frame
from lodeclaim.core.ids import content_hash
from lodeclaim.statistics.checking import check_ids, check_words
from lodeclaim.statistics.ec_crm import read_ec_crm
from lodeclaim.statistics.loading import Loaded, load
from lodeclaim.statistics.originals import BuildReport, Original
from lodeclaim.statistics.usgs_mcs import read_mcs
from lodeclaim.statistics.wgi import read_wgi

__all__ = ["BuildReport", "build"]

#: Folder of the originals, and the reader of what is in it.
_READERS = (("usgs_mcs", read_mcs), ("wgi", read_wgi), ("ec_crm_2023", read_ec_crm))
#: File, layout and edition of the tables that a layout alone explains, and what is said of the edition.
_TABLES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "usgs_mcs/MCS2025_World_Data.csv",
        "usgs_mcs_world",
        "2025",
        {"title": "Mineral Commodity Summaries 2025: world data", "published": "2025"},
    ),
    (
        "baci/baci_hs92_subset_2018_2024.csv.gz",
        "baci",
        "hs92-2018-2024",
        {
            "title": "BACI, 20 six-digit products of the Harmonized System 1992, 2018–2024",
            "published": "2026",
            "published_basis": "edition",
            "citation": "CEPII, BACI (HS92), 2018–2024",
        },
    ),
)


def build(source_dir: Path, out_dir: Path | None) -> list[BuildReport]:
    """Return what became of each original table under ``source_dir``, and write the vintages to ``out_dir``.

    ``source_dir`` holds the folders ``usgs_mcs``, ``wgi``, ``ec_crm_2023`` and ``baci`` with the files as published.
    Written are ``<vintage>.parquet`` (columns of the claims table without ``reasons``) and ``sources.yaml``;
    building twice gives equal tables. With None nothing is written: the originals are only checked.
    Raises StatisticsError naming file, row and remedy where an original is not what its layout says.
    """
    reports, entries = [], []
    for loaded in _all(source_dir):
        reports.append(loaded.report)
        entries.append(dataclasses.asdict(loaded.source) | ({"bulk": True} if loaded.bulk else {}))
        if out_dir is not None:
            out_dir.mkdir(parents=True, exist_ok=True)
            loaded.claims.drop("reasons").write_parquet(
                out_dir / f"{loaded.source.id}.parquet", compression="zstd", compression_level=19
            )
    if out_dir is not None:
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
        (out_dir / "sources.yaml").write_text(f"# Written by statistics/build.py.\n{text}", "utf-8")
    return reports


def _all(source_dir: Path) -> Iterator[Loaded]:
    for folder, reader in _READERS:
        claims, report, originals, layout = reader(source_dir / folder)
        files = originals if isinstance(originals, list) else [originals]
        check_ids(claims, report.source)
        check_words(claims, report.source)
        yield Loaded(Source(**_entry(layout["source"], files)), to_frame(claims), report, folder)
    for path, layout_id, vintage, said in _TABLES:
        loaded = load(source_dir / path, layout=layout_id, vintage=vintage)
        yield dataclasses.replace(loaded, source=dataclasses.replace(loaded.source, **said))  # type: ignore[arg-type]


def _entry(source: dict[str, Any], files: Sequence[Original]) -> dict[str, Any]:
    """Return the source with the hash of its file; of several files, the hash of their hashes in order."""
    hashes = [original.sha256 for original in files]
    digest = hashes[0] if len(hashes) == 1 else content_hash("".join(hashes).encode())
    return source | {"sha256": digest}
