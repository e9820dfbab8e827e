"""Measure the indicators: ``python bench/indicators.py``; all materials, the European Union and the United States.

Each run is a fresh process: it reads the bundled statistics and computes concentration, supply risk, economic
importance, reliance, suppliers, N-1 and reserve life of every material for five years.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

YEARS = range(2021, 2026)
STAGES = ("extraction", "processing")
LIMITS = {"seconds": 5.0, "peak_mb": 500.0}


def compute() -> dict[str, float]:
    """Compute everything once and return what it took."""
    begin = time.perf_counter()
    import polars as pl

    from lodeclaim.indicators.composition import Production, Slots
    from lodeclaim.indicators.concentration import concentration, production_by_material
    from lodeclaim.indicators.economic_importance import economic_importance_of
    from lodeclaim.indicators.governance import governance_scores
    from lodeclaim.indicators.n_minus_one import n_minus_one
    from lodeclaim.indicators.reliance import supplier_shares_by_table
    from lodeclaim.indicators.reproduction import reproduce_study
    from lodeclaim.indicators.reserve_life import reserve_life
    from lodeclaim.indicators.reserves import reserves_by_material
    from lodeclaim.indicators.study_tables import study_tables
    from lodeclaim.indicators.supply_risk_inputs import governance_years, supply_risk_by_year
    from lodeclaim.indicators.us_reliance import recompute_us_reliance
    from lodeclaim.ledger.store import Ledger

    with Ledger.memory() as ledger:
        frame = ledger.claims()
    clock = Clock({"read": time.perf_counter() - begin})
    study, latest = governance_years(frame, "2016/2020"), governance_years(frame, None)
    scores = {"study_governance": governance_scores(frame, study), "governance": governance_scores(frame, latest)}
    split = frame.filter(pl.col("material").is_not_null()).partition_by("material", as_dict=True)
    clock("governance", len(scores))
    clock("reproduction", len(reproduce_study(frame)))
    clock("US reliance", len(recompute_us_reliance(frame)))
    tables, held = study_tables(frame), reserves_by_material(frame)
    clock("tables", 0)
    sourced = supplier_shares_by_table(frame)
    clock("suppliers", 0)
    kept: dict[str, Slots] = {one: Production({}) for (one,) in split} | production_by_material(frame)
    clock("slots", sum(map(len, kept.values())))
    for (material,), rows in sorted(split.items()):
        found = kept[material]
        risks = supply_risk_by_year(frame, material, YEARS, found=kept, tables=tables, **scores)
        clock("supply risk", sum(map(len, risks.values())))
        for year in YEARS:
            for stage in STAGES:
                clock("concentration", len(concentration(rows, material, stage, year=year, found=found).shares))
                clock("N-1", n_minus_one(rows, material, stage, year=year, found=found) is not None)
        clock("reserve life", len(reserve_life(rows, material, found=found, held=held.get(material, ()))))
        clock("economic importance", economic_importance_of(rows, material, tables=tables).value is not None)
        for importer in ("EU27", "USA"):
            clock("suppliers", sum(len(sourced.get((material, importer, stage, None), ())) for stage in STAGES))
    return {"seconds": time.perf_counter() - begin, "materials": len(split), "results": clock.results, **clock.spent}


class Clock:
    """Adds up the seconds since it was last called, by name, and how many results there were."""

    def __init__(self, spent: dict[str, float]) -> None:
        self.spent, self.results, self.last = spent, 0, time.perf_counter()

    def __call__(self, name: str, results: int) -> None:
        now = time.perf_counter()
        self.spent[name] = self.spent.get(name, 0.0) + now - self.last
        self.last, self.results = now, self.results + int(results)


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
