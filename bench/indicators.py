"""Measure the indicators: ``python bench/indicators.py``; all materials, the European Union and the United States.

Each run is a fresh process: it reads the bundled statistics and computes concentration, supply risk, economic
importance, reliance, suppliers, N-1 and reserve life of every material for five years.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

YEARS = range(2021, 2026)
STAGES = ("extraction", "processing")
LIMITS = {"seconds": 5.0, "peak_mb": 500.0}


def compute() -> dict[str, float]:
    """Compute everything once and return what it took."""
    begin = time.perf_counter()
    import polars as pl

    from lodeclaim.indicators.economic_importance import economic_importance_of
    from lodeclaim.indicators.governance import governance_scores
    from lodeclaim.indicators.n_minus_one import n_minus_one
    from lodeclaim.indicators.reliance import supplier_shares_of
    from lodeclaim.indicators.reproduction import reproduce_study
    from lodeclaim.indicators.reserve_life import reserve_life
    from lodeclaim.indicators.supply_risk_inputs import governance_years, supply_risk_of
    from lodeclaim.indicators.us_reliance import recompute_us_reliance
    from lodeclaim.ledger.store import Ledger

    with Ledger.memory() as ledger:
        frame = ledger.claims()
    spent: dict[str, float] = {"read": time.perf_counter() - begin}
    numbers = 0

    def timed(name: str, work: Callable[[], int]) -> None:
        nonlocal numbers
        start = time.perf_counter()
        numbers += work()
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    years = governance_years(frame, None)
    scores = governance_scores(frame, years)
    split = frame.filter(pl.col("material").is_not_null()).partition_by("material", as_dict=True)
    rest = frame.filter(pl.col("predicate") == "governance")
    timed("reproduction", lambda: len(reproduce_study(frame)))
    timed("US reliance", lambda: len(recompute_us_reliance(frame)))
    for (material,), rows in sorted(split.items()):
        own = pl.concat([rows, rest])
        for year in YEARS:
            timed("supply risk", lambda: len(supply_risk_of(own, material, year, governance=scores)))
            timed("N-1", lambda: sum(n_minus_one(rows, material, stage, year=year) is not None for stage in STAGES))
            timed("reserve life", lambda: len(reserve_life(rows, material, year=year)))
        timed("economic importance", lambda: int(economic_importance_of(rows, material).value is not None))
        for importer in ("EU27", "USA"):
            timed("suppliers", lambda: sum(len(supplier_shares_of(rows, material, importer, stage=s)) for s in STAGES))
    return {"seconds": time.perf_counter() - begin, "materials": len(split), "results": numbers, **spent}


def main() -> int:
    if "--once" in sys.argv:
        cost = compute()
        status = Path("/proc/self/status")
        line = next((one for one in status.read_text().splitlines() if one.startswith("VmHWM")), "VmHWM: 0 kB")
        print(json.dumps(cost | {"peak_mb": int(line.split()[1]) / 1024}))
        return 0
    out = subprocess.run([sys.executable, __file__, "--once"], check=True, capture_output=True, text=True).stdout
    cost = json.loads(out)
    for name, value in cost.items():
        print(f"{name:22}{value:>10,.2f}")
    failed = [name for name, limit in LIMITS.items() if cost[name] > limit]
    if failed:
        print(f"Beyond its limit: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
