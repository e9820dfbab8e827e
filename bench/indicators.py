"""Measure the indicators: ``python bench/indicators.py``; all materials, the European Union and the United States.

Each run is a fresh process: it reads the bundled statistics and computes concentration, supply risk, economic
importance, reliance, suppliers, N-1, reserve life, days of stock, GeoPolRisk, the benchmarks of the Critical Raw
Materials Act and a supplier's view of every material for five years. Seconds are of the clock on the wall; those of
the processor stand below them, for a machine that does something else as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

YEARS = range(2021, 2026)
STAGES = ("extraction", "processing")
GROUPS = ("EU27", "USA")
LIMITS = {"seconds": 5.0, "peak_mb": 500.0}


def compute() -> dict[str, float]:
    """Compute everything once and return what it took; in bulk, since nearly all that is made stays."""
    begin = time.perf_counter()
    from lodeclaim.reconciliation.bulk import in_bulk

    with in_bulk():
        return computed(begin)


def computed(begin: float) -> dict[str, float]:
    """Compute every indicator; ``begin`` is when the clock was started."""
    from lodeclaim.indicators.composition import Production, Slots
    from lodeclaim.indicators.concentration import concentration, production_by_material
    from lodeclaim.indicators.crma import crma_tracker
    from lodeclaim.indicators.economic_importance import economic_importance_of
    from lodeclaim.indicators.geopolrisk_inputs import geopolrisk_of, members_of
    from lodeclaim.indicators.governance import governance_scores
    from lodeclaim.indicators.n_minus_one import n_minus_one
    from lodeclaim.indicators.net_trade import net_trade
    from lodeclaim.indicators.reliance import supplier_shares_by_table
    from lodeclaim.indicators.reproduction import reproduce_study
    from lodeclaim.indicators.reserve_life import reserve_life
    from lodeclaim.indicators.reserves import reserves_by_material
    from lodeclaim.indicators.stock import days_covered
    from lodeclaim.indicators.study_tables import study_tables
    from lodeclaim.indicators.supplier_view import supplier_view
    from lodeclaim.indicators.supply_risk_inputs import governance_years, supply_risk_by_year
    from lodeclaim.indicators.us_reliance import recompute_us_reliance
    from lodeclaim.ledger.store import Ledger

    with Ledger.memory() as ledger:
        frame, trade = ledger.claims(), ledger.claims(predicate="trade")
    clock = Clock({"read": time.perf_counter() - begin})
    study, latest = governance_years(frame, "2016/2020"), governance_years(frame, None)
    scores = {"study_governance": governance_scores(frame, study), "governance": governance_scores(frame, latest)}
    materials = sorted(frame["material"].drop_nulls().unique().to_list())
    clock("governance", len(scores))
    tables, held, sourced = study_tables(frame), reserves_by_material(frame), supplier_shares_by_table(frame)
    kept: dict[str, Slots] = {one: Production({}) for one in materials} | production_by_material(frame)
    clock("tables", sum(map(len, kept.values())))
    clock("reproduction", len(reproduce_study(frame, tables=tables, governance=scores["study_governance"])))
    clock("US reliance", len(recompute_us_reliance(frame)))
    for material in materials:
        found = kept[material]
        risks = supply_risk_by_year(frame, material, YEARS, found=kept, tables=tables, **scores)
        clock("supply risk", sum(map(len, risks.values())))
        for year in YEARS:
            for stage in STAGES:
                clock("concentration", len(concentration(frame, material, stage, year=year, found=found).shares))
                clock("N-1", n_minus_one(frame, material, stage, year=year, found=found) is not None)
        clock("reserve life", len(reserve_life(frame, material, found=found, held=held.get(material, ()))))
        clock("economic importance", economic_importance_of(frame, material, tables=tables).value is not None)
        for group in GROUPS:
            clock("suppliers", sum(len(sourced.get((material, group, stage, None), ())) for stage in STAGES))
    clock("CRMA benchmarks", len(crma_tracker(frame)))
    for year in YEARS:
        clock("supplier's view", len(supplier_view(frame, "KAZ", year=year, found=kept)))
    traded = sorted(trade["material"].drop_nulls().unique().to_list())
    regions = {group: members_of(group) for group in GROUPS}
    clock("GeoPolRisk", sum(1 for _ in geopolrisk_of(frame, trade, traded, regions, YEARS, found=kept)))
    for group in GROUPS:
        for flows in net_trade(trade, group, members_of(group), years=YEARS):
            clock("stock", days_covered(100.0, flows).unit == "days")
    return {
        "seconds": time.perf_counter() - begin,
        "processor": time.process_time(),
        "materials": len(materials),
        "results": clock.results,
        **clock.spent,
    }


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
