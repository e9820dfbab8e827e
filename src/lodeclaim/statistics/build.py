"""Build the bundled vintages anew from the original files of the publishers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from lodeclaim.claims.model import Claim, is_linked
from lodeclaim.claims.table import to_frame
from lodeclaim.core.errors import StatisticsError
from lodeclaim.core.ids import content_hash
from lodeclaim.statistics.ec_crm import read_ec_crm
from lodeclaim.statistics.originals import BuildReport, Original
from lodeclaim.statistics.usgs_mcs import read_mcs
from lodeclaim.statistics.wgi import read_wgi
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["BuildReport", "build"]

#: Folder of the originals, and the reader of what is in it.
_READERS = (("usgs_mcs", read_mcs), ("wgi", read_wgi), ("ec_crm_2023", read_ec_crm))


def build(source_dir: Path, out_dir: Path | None) -> list[BuildReport]:
    """Return what became of each original table under ``source_dir``, and write the vintages to ``out_dir``.

    ``source_dir`` holds the folders ``usgs_mcs``, ``wgi`` and ``ec_crm_2023`` with the files as published.
    Written are ``<vintage>.parquet`` (columns of the claims table without ``reasons``) and ``sources.yaml``;
    building twice gives equal tables. With None nothing is written: the originals are only checked.
    Raises StatisticsError naming file, row and remedy where an original is not what its layout says.
    """
    reports, entries = [], []
    for folder, reader in _READERS:
        claims, report, originals, layout = reader(source_dir / folder)
        files = originals if isinstance(originals, list) else [originals]
        _check_ids(claims, report.source)
        _check_words(claims, report.source)
        reports.append(report)
        entries.append(_entry(layout["source"], files))
        if out_dir is not None:
            out_dir.mkdir(parents=True, exist_ok=True)
            to_frame(claims).drop("reasons").write_parquet(
                out_dir / f"{report.source}.parquet", compression="zstd", compression_level=19
            )
    if out_dir is not None:
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
        (out_dir / "sources.yaml").write_text(f"# Written by statistics/build.py.\n{text}", "utf-8")
    return reports


def _entry(source: dict[str, Any], files: Sequence[Original]) -> dict[str, Any]:
    """Return the source with the hash of its file; of several files, the hash of their hashes in order."""
    hashes = [original.sha256 for original in files]
    digest = hashes[0] if len(hashes) == 1 else content_hash("".join(hashes).encode())
    return source | {"sha256": digest}


def _check_ids(claims: Iterable[Claim], source: str) -> None:
    seen: dict[str, Claim] = {}
    for claim in claims:
        if (first := seen.setdefault(claim.id, claim)) is not claim:
            raise StatisticsError(
                f"{claim.locator} and {first.locator} have one id {claim.id}",
                where=source,
                remedy="Tell the two apart by form or kind in the layout file",
            )


def _check_words(claims: Iterable[Claim], source: str) -> None:
    """Refuse materials, places, stages and predicates that the vocabulary does not have."""
    vocabulary = load_vocabulary()
    places = vocabulary.countries.keys() | vocabulary.groups.keys()
    for claim in claims:
        for slot, value, known in (
            ("material", claim.material, vocabulary.materials),
            ("stage", claim.stage, vocabulary.stages),
            ("predicate", claim.predicate, vocabulary.predicates),
            ("place", claim.place, places),
            ("counterparty", claim.counterparty, places),
        ):
            if value is not None and is_linked(value) and value not in known:
                raise StatisticsError(
                    f"the vocabulary has no {slot} {value!r} ({claim.quote!r})",
                    where=f"{source}, {claim.locator}",
                    remedy="Add it to the vocabulary, or change the layout file",
                )
