"""Measure start-up and reading: ``python bench/run.py [--json FILE]``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "articles"
#: Where ``make compile`` puts the package with its reader as machine code.
COMPILED = ROOT / "build" / "compiled"
SHARED = Path(os.environ.get("LODECLAIM_SHARED", ROOT.parent / "shared"))
RUNS = 10
SIZE = 2_000_000
PASSES = 3
#: More than there are different texts in either set.
WARM = 10


def wall_times(command: list[str], runs: int = RUNS) -> list[float]:
    """Seconds that each run of a command took; one run before does not count."""
    times = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return times[1:]


def corpus(folder: Path, texts: Iterable[Path], size: int = SIZE) -> list[str]:
    """Copies of the texts, each its own file, until ``size`` bytes are there."""
    contents = [path.read_bytes() for path in sorted(texts)]
    made: list[str] = []
    written = 0
    while contents and written < size:
        data = contents[len(made) % len(contents)]
        path = folder / f"{len(made):05}.txt"
        path.write_bytes(data)
        made.append(str(path))
        written += len(data)
    return made


def builds() -> dict[str, Path | None]:
    """What there is to measure → where it lies, None for the package as installed."""
    return {"Python source": None} | ({"compiled": COMPILED} if (COMPILED / ".made").exists() else {})


def read_by(build: Path | None, folder: Path) -> dict[str, float]:
    """The throughput of a build for the files of a folder, measured in a process of its own."""
    settings = dict(os.environ) | ({"PYTHONPATH": str(build)} if build else {})
    command = [sys.executable, __file__, "--measure", str(folder)]
    done = subprocess.run(command, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def throughput(addresses: list[str]) -> dict[str, float]:
    """Megabytes a second of one core and claims for reading the files, in this process.

    ``seconds`` is the median processor time of some passes, ``wall_seconds`` the mean on the clock: other programs slow
    the second, and on shared cores the first as well.
    """
    import lodeclaim

    lodeclaim.read(addresses[:WARM])  # the word lists of every language are loaded before the clock starts
    begin, work = time.perf_counter(), []
    for _ in range(PASSES):
        start = time.process_time()
        batch = lodeclaim.read(addresses)
        work.append(time.process_time() - start)
    wall = (time.perf_counter() - begin) / PASSES
    seconds = statistics.median(work)
    megabytes = sum(Path(address).stat().st_size for address in addresses) / 1e6
    return {
        "documents": len(batch.documents),
        "claims": len(batch.claims),
        "megabytes": round(megabytes, 3),
        "seconds": round(seconds, 3),
        "wall_seconds": round(wall, 3),
        "megabytes_per_second": round(megabytes / seconds, 3),
    }


def measure(size: int = SIZE, runs: int = RUNS, say: Callable[[str], None] = print) -> dict[str, object]:
    """Run every measurement and return its figures."""
    results: dict[str, object] = {"python": platform.python_version(), "cores": os.cpu_count()}
    starts = {
        "lodeclaim --help": [sys.executable, "-m", "lodeclaim", "--help"],
        "import lodeclaim": [sys.executable, "-c", "import lodeclaim"],
        "python alone": [sys.executable, "-c", "pass"],
    }
    say(f"{'start-up, median of ' + str(runs):34}{'ms':>10}{'min':>10}{'max':>10}")
    for name, command in starts.items():
        times = [1000 * seconds for seconds in wall_times(command, runs)]
        results[name] = {"median_ms": round(statistics.median(times), 1), "runs": runs}
        say(f"{name:34}{statistics.median(times):10.1f}{min(times):10.1f}{max(times):10.1f}")
    say("")
    say(f"{'reading, one core':40}{'MB':>10}{'s':>10}{'MB/s':>10}{'claims':>10}{'wall s':>10}")
    sets = {"sample articles": ARTICLES.glob("*.txt")}
    if (SHARED / "seeds").is_dir():
        sets["seed documents"] = (SHARED / "seeds").glob("*.txt")
    for name, texts in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            corpus(Path(folder), texts, size)
            for build, place in builds().items():
                one = read_by(place, Path(folder))
                results[f"{name}, {build}"] = one
                say(
                    f"{f'{name}, {build}':40}{one['megabytes']:10.2f}{one['seconds']:10.2f}"
                    f"{one['megabytes_per_second']:10.2f}{one['claims']:10,.0f}{one['wall_seconds']:10.2f}"
                )
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures here, such as bench/results.json")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes to read for each measurement")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(throughput(sorted(map(str, arguments.measure.iterdir())))))
        return
    results = measure(arguments.size)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
