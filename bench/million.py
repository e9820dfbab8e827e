"""A ledger of a million claims: ``python bench/million.py [--claims N]``.

The claims are those of ``generated.py``, written once and kept under ``build``. Measured are opening, the query of a
slot, all claims of a material, settling and the conflicts of the material with the most claims, one more document,
one decision, and memory. Slots are asked for as often as the claims speak of them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import generated

BUILD = Path(__file__).resolve().parent.parent / "build"
#: Documents that are written in one transaction, and how often what takes long is measured.
_CHUNK = 400
_RUNS = 5

Rows = dict[str, list[tuple[Any, ...]]]


def fill(path: Path, claims: int) -> float:
    """Write the documents as ``Ledger.add`` would, many in one transaction; return the seconds."""
    from lodeclaim.ledger import tables
    from lodeclaim.ledger.store import Ledger

    begin = time.perf_counter()
    fresh = get_context("spawn")  # a fork takes the locks of polars' threads with it
    count = claims // generated.A_DOCUMENT
    chunks = [(claims, first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)]
    with Ledger.open(path) as ledger, ProcessPoolExecutor(os.cpu_count(), fresh) as pool:
        indexes = [index for table in tables.metadata.sorted_tables for index in table.indexes]
        with ledger.database.writing() as connection:
            for index in indexes:
                index.drop(connection)
        spread = pool.map if len(chunks) > 1 else map
        for rows in spread(rows_of, *zip(*chunks, strict=True)):
            with ledger.database.writing() as connection:
                for name, some in rows.items():
                    columns, *values = some
                    marks = ", ".join("?" * len(columns))
                    connection.exec_driver_sql(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", values)
        with ledger.database.writing() as connection:
            for index in indexes:
                index.create(connection)
    return time.perf_counter() - begin


def rows_of(claims: int, first: int, last: int) -> Rows:
    """Some documents as rows: table → the names of its columns, then the rows."""
    from lodeclaim.claims.table import as_row
    from lodeclaim.ledger.adding import document_row, links_of, source_row
    from lodeclaim.ledger.database import utc_now
    from lodeclaim.ledger.superseding import reader_version
    from lodeclaim.ledger.voices import SIEVE

    found: Rows = {name: [] for name in ("sources", "documents", "shingles", "claims", "identities", "readings")}

    def keep(name: str, row: dict[str, Any]) -> None:
        if not found[name]:
            found[name].append(tuple(row))
        found[name].append(tuple(row.values()))

    now, version = utc_now(), reader_version()
    for number, (document, said) in enumerate(generated.documents(claims, first=first, last=last), start=first + 1):
        row = document_row(document, now)
        keep("sources", source_row(document))
        keep("documents", row)
        for one in row["voice"].split()[:SIEVE]:
            keep("shingles", {"hash": one, "document": document.id})
        for claim in said:
            keep("claims", as_row(claim) | {"batch": number, "first_seen": now})
            for link in links_of(claim, now):
                keep("identities", link)
        keep("readings", {"document": document.id, "readers": "rules", "version": version, "read_at": now})
    return found


def timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begin)


def repeated(name: str, action: Callable[[], object]) -> dict[str, float]:
    """The first time, the median of some and the median of the processor's time, in milliseconds."""
    wall, work = [], []
    for _ in range(_RUNS):
        begin = time.process_time()
        wall.append(timed(action))
        work.append(1000 * (time.process_time() - begin))
    return {
        f"{name}_first_ms": wall[0],
        f"{name}_ms": statistics.median(wall),
        f"{name}_processor_ms": statistics.median(work),
    }


def measure(path: Path, material: str, asked: list[dict[str, str]]) -> dict[str, float]:
    """Milliseconds for what users do with a large ledger, in this process; memory in MB."""
    from lodeclaim.ledger.store import Ledger

    figures: dict[str, float] = {}
    begin, work = time.perf_counter(), time.process_time()
    ledger = Ledger.open(path, create=False)  # loads the database library, too
    figures["open_ms"] = 1000 * (time.perf_counter() - begin)
    figures["open_processor_ms"] = 1000 * (time.process_time() - work)
    figures["first_query_ms"] = timed(lambda: ledger.claims(material="tungsten", predicate="reserve", place="KAZ"))
    slots = [timed(lambda: ledger.claims(**slot)) for slot in asked]  # noqa: B023
    own = [timed(lambda: ledger.claims(**slot, statistics=False)) for slot in asked]  # noqa: B023
    figures["slot_query_median_ms"] = statistics.median(slots)
    figures["slot_query_p95_ms"] = statistics.quantiles(slots, n=20)[-1]
    figures["slot_query_documents_p95_ms"] = statistics.quantiles(own, n=20)[-1]
    some = ledger.claims(material="tungsten", statistics=False)["id"][0]
    figures["one_claim_ms"] = timed(lambda: ledger.claim(some[:9]))
    figures["decide_ms"] = timed(lambda: ledger.decide("accept", claim=some, reason="measured", by="bench"))
    figures["material_and_predicate_ms"] = timed(lambda: ledger.claims(material="tin", predicate="share"))
    figures["material_and_place_ms"] = timed(lambda: ledger.claims(material="tin", place="KAZ"))
    figures["material_ms"] = timed(lambda: ledger.claims(material="lithium"))
    frame = ledger.claims(material=material)
    figures["material_claims"] = frame.height
    figures["memory_before_settling_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from lodeclaim.reconciliation.conflicts import conflicts
    from lodeclaim.reconciliation.settle import settle

    figures |= repeated("settle_material", lambda: settle(frame))
    figures |= repeated("conflicts_material", lambda: conflicts(frame))
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = conflicts(frame)
    figures["material_slots"] = len(settle(frame))
    figures["material_findings"] = len(found)
    disputed = {claim for one in found if one.kind == "conflict" for claim in one.claims}
    figures["material_claims_in_conflict_percent"] = 100 * len(disputed) / frame.height
    document, said = next(generated.documents(generated.A_DOCUMENT, seed=len(slots)))
    figures["add_document_ms"] = timed(lambda: ledger.add(document, said))
    ledger.close()
    return figures


def questions(path: Path) -> tuple[str, list[dict[str, str]]]:
    """(the material with the most claims, the slots of some two hundred claims)."""
    connection = sqlite3.connect(path)
    (material,) = connection.execute(
        "SELECT material FROM claims GROUP BY material ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    (count,) = connection.execute("SELECT max(rowid) FROM claims").fetchone()
    slots = connection.execute(
        "SELECT material, predicate, place FROM claims WHERE rowid % ? = 0", (max(1, count // 200),)
    ).fetchall()
    connection.close()
    return material, [dict(zip(("material", "predicate", "place"), slot, strict=True)) for slot in slots]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        figures = measure(arguments.measure, **json.load(sys.stdin))
        print(json.dumps({name: round(value, 1) for name, value in figures.items()}))
        return
    made = sha256(Path(generated.__file__).read_bytes()).hexdigest()[:8]
    path = BUILD / f"claims-{arguments.claims}-{made}.sqlite"
    if not path.exists():
        BUILD.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            seconds = fill(Path(folder) / path.name, arguments.claims)
            (Path(folder) / path.name).rename(path)
        print(f"{arguments.claims:,} claims written in {seconds:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    material, asked = questions(path)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        copy = shutil.copy(path, folder)  # measuring adds a document and a decision
        # In a process of its own, so that the memory is that of asking alone.
        command = [sys.executable, __file__, "--measure", copy]
        told = json.dumps({"material": material, "asked": asked})
        done = subprocess.run(command, input=told, stdout=subprocess.PIPE, text=True, check=True)
    for name, value in json.loads(done.stdout).items():
        print(f"{name:38}{value:12,.1f}")


if __name__ == "__main__":
    main()
