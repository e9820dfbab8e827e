"""A ledger of a million claims: ``python bench/million.py [--claims N] [--keep FILE]``.

The claims are generated: documents of fifty claims each over thirty materials and fifty countries. Measured are
opening, the query of a slot, all claims of a material, settling and the conflicts of a material, one more document,
one decision, and memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MATERIALS = (
    *("tungsten", "lithium", "cobalt", "copper", "graphite", "gallium", "germanium", "antimony", "bismuth", "boron"),
    *("magnesium", "manganese", "nickel", "niobium", "phosphorus", "scandium", "silicon", "strontium", "tantalum"),
    *("titanium", "vanadium", "neodymium", "dysprosium", "terbium", "praseodymium", "yttrium", "beryllium", "tin"),
    *("zinc", "lead"),
)
PLACES = (
    *("KAZ", "CHN", "USA", "AUS", "CAN", "CHL", "PER", "BRA", "ZAF", "COD", "RUS", "IND", "VNM", "MNG", "UZB", "TUR"),
    *("IDN", "PHL", "MMR", "THA", "JPN", "KOR", "DEU", "FRA", "ESP", "PRT", "SWE", "FIN", "NOR", "GBR", "POL", "AUT"),
    *("MEX", "ARG", "BOL", "COL", "MAR", "NAM", "ZMB", "ZWE", "TZA", "MOZ", "MDG", "RWA", "NGA", "GHA", "IRN", "SAU"),
    *("UKR", "GRC"),
)
A_DOCUMENT = 50
KINDS = (
    ("production", "extraction", "t"),
    ("capacity", "processing", "t/yr"),
    ("reserve", None, "t"),
    ("share", "extraction", "%"),
    ("investment", None, "USD"),
)


def documents(claims: int, seed: int = 11) -> Iterator[tuple[Any, list[Any]]]:
    """Generated documents with their claims; every claim's quote stands at its place."""
    from lodeclaim.claims.identity import identify
    from lodeclaim.claims.model import Claim, Reason
    from lodeclaim.core.ids import content_hash
    from lodeclaim.documents.model import Document

    chance = random.Random(seed)
    for number in range(claims // A_DOCUMENT):
        parts, slots = [f"Report {number} of {chance.getrandbits(40):x}."], []
        at = len(parts[0]) + 1
        for _ in range(A_DOCUMENT):
            material, place = chance.choice(MATERIALS), chance.choice(PLACES)
            predicate, stage, unit = chance.choice(KINDS)
            value = float(chance.randrange(1, 100) if unit == "%" else chance.randrange(10, 10**6))
            year = str(chance.randrange(2015, 2027))
            sentence = f"{place} {predicate} of {material} {value:.0f} {unit} in {year}, {chance.getrandbits(24):x}."
            start = at + sentence.index(f"{value:.0f} {unit}")
            slots.append((material, place, predicate, stage, unit, value, year, start, f"{value:.0f} {unit}"))
            parts.append(sentence)
            at += len(sentence) + 1
        text = " ".join(parts)
        sha = content_hash(text.encode())
        document = Document(
            id=f"d{sha[:12]}", address=f"{number}.txt", text=text, sha256=sha, media_type="text/plain",
            encoding="utf-8", language="en", publisher=f"Paper {number % 97}", published=f"{2016 + number % 10}-05",
        )  # fmt: skip
        yield document, [
            identify(
                Claim(
                    id="", source=document.id, locator=f"{start}:{start + len(quote)}", quote=quote,
                    predicate=predicate, material=material, place=place, stage=stage, unit=unit, value=value,
                    period=year, comparator="=", confidence=0.9,
                    reasons=(Reason(slot="material", rule="name", words=material, start=start, status="confirmed"),),
                )
            )
            for material, place, predicate, stage, unit, value, year, start, quote in slots
        ]  # fmt: skip


def fill(path: Path, claims: int) -> float:
    """Write the documents through the ledger, one transaction each; return the seconds."""
    from lodeclaim.ledger.store import Ledger

    begin = time.perf_counter()
    with Ledger.open(path) as ledger:
        for document, found in documents(claims):
            ledger.add(document, found)
    return time.perf_counter() - begin


def timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begin)


def measure(path: Path, queries: int = 200) -> dict[str, float]:
    """Milliseconds for what users do with a large ledger, in this process; memory in MB."""
    from lodeclaim.ledger.store import Ledger

    figures: dict[str, float] = {}
    begin, work = time.perf_counter(), time.process_time()
    ledger = Ledger.open(path, create=False)  # loads the database library, too
    figures["open_ms"] = 1000 * (time.perf_counter() - begin)
    figures["open_processor_ms"] = 1000 * (time.process_time() - work)
    figures["first_query_ms"] = timed(lambda: ledger.claims(material="tungsten", predicate="reserve", place="KAZ"))
    chance = random.Random(3)
    slots: list[float] = []
    own: list[float] = []
    for _ in range(queries):
        asked = {
            "material": chance.choice(MATERIALS),
            "predicate": chance.choice(KINDS)[0],
            "place": chance.choice(PLACES),
        }
        slots.append(timed(lambda: ledger.claims(**asked)))  # noqa: B023
        own.append(timed(lambda: ledger.claims(**asked, statistics=False)))  # noqa: B023
    figures["slot_query_median_ms"] = statistics.median(slots)
    figures["slot_query_p95_ms"] = statistics.quantiles(slots, n=20)[-1]
    figures["slot_query_documents_p95_ms"] = statistics.quantiles(own, n=20)[-1]
    some = ledger.claims(material="tungsten", statistics=False)["id"][0]
    figures["one_claim_ms"] = timed(lambda: ledger.claim(some[:9]))
    figures["decide_ms"] = timed(lambda: ledger.decide("accept", claim=some, reason="measured", by="bench"))
    figures["material_and_predicate_ms"] = timed(lambda: ledger.claims(material="tin", predicate="share"))
    figures["material_and_place_ms"] = timed(lambda: ledger.claims(material="tin", place="KAZ"))
    document, found = next(documents(A_DOCUMENT, seed=random.randrange(10**9)))
    figures["add_document_ms"] = timed(lambda: ledger.add(document, found))
    frame = ledger.claims(material="cobalt")
    figures["material_claims"] = frame.height
    figures["material_ms"] = timed(lambda: ledger.claims(material="lithium"))
    figures["memory_before_settling_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from lodeclaim.reconciliation.settle import settle

    figures["settle_material_ms"] = timed(lambda: settle(frame))
    try:
        from lodeclaim.reconciliation.conflicts import conflicts
    except ImportError:
        pass
    else:
        figures["conflicts_material_ms"] = timed(lambda: conflicts(frame))
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ledger.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="make the ledger here, or use the one that is here")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps({name: round(value, 1) for name, value in measure(arguments.measure).items()}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "million.sqlite"
        if not path.exists():
            seconds = fill(path, arguments.claims)
            print(f"{arguments.claims:,} claims written in {seconds:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
        # In a process of its own, so that the memory is that of asking alone.
        done = subprocess.run([sys.executable, __file__, "--measure", path], capture_output=True, text=True, check=True)
        for name, value in json.loads(done.stdout).items():
            print(f"{name:34}{value:12,.1f}")


if __name__ == "__main__":
    main()
