"""Compare speed with the usual libraries: ``python bench/peers.py [--seconds N]``.

The chain of peers is what one would put together without lodeclaim: lingua for the language, quantulum3 for the
quantities and ``search_dates`` of dateparser for the dates. It reads the same texts in the same run, each paragraph
for itself, until its time is up; lodeclaim reads them repeated to ten megabytes, from the bytes to finished claims,
which is more than the chain delivers: it links no quantity to a material, a country or a role. The peers live in an
environment of their own under ``build/``, made at the first run, and are no dependency of lodeclaim.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from run import ARTICLES, ROOT, SHARED, builds, corpus

HOME = ROOT / "build" / "peers"
PACKAGES = ("quantulum3==0.10.0", "dateparser==1.5.0", "lingua-language-detector==2.1.1")
SIZE = 10_000_000
SECONDS = 60.0
#: Runs inside the peers' environment: reads {"texts": [...], "seconds": n} and answers with counts.
CHAIN = r"""
import json, sys, time, warnings
warnings.simplefilter("ignore")
job = json.load(sys.stdin)
from lingua import LanguageDetectorBuilder
from dateparser.search import search_dates
from quantulum3 import parser
detector = LanguageDetectorBuilder.from_all_languages().build()
detector.detect_language_of("word lists and models are loaded before the clock starts")
parser.parse("5 kg")
search_dates("May 2024", languages=["en"])
clock = {"lingua": 0.0, "dateparser": 0.0, "quantulum3": 0.0}
count = {"paragraphs": 0, "bytes": 0, "quantities": 0, "dates": 0, "errors": 0}
begin = time.process_time()
done = False
while not done:
    for text in job["texts"]:
        for paragraph in text.splitlines():
            if not paragraph.strip():
                continue
            start = time.process_time()
            language = detector.detect_language_of(paragraph)
            code = language.iso_code_639_1.name.lower() if language else "en"
            found = time.process_time()
            try:
                dates = search_dates(paragraph, languages=[code]) or []
            except Exception:
                dates, count["errors"] = [], count["errors"] + 1
            dated = time.process_time()
            try:
                quantities = parser.parse(paragraph)
            except Exception:
                quantities, count["errors"] = [], count["errors"] + 1
            end = time.process_time()
            clock["lingua"] += found - start
            clock["dateparser"] += dated - found
            clock["quantulum3"] += end - dated
            count["paragraphs"] += 1
            count["bytes"] += len(paragraph.encode()) + 1
            count["quantities"] += len(quantities)
            count["dates"] += len(dates)
            done = end - begin >= job["seconds"]
            if done:
                break
        if done:
            break
print(json.dumps({"seconds": time.process_time() - begin, "clock": clock, **count}))
"""


def environment() -> Path:
    """Return the interpreter of the peers' environment, made and filled where it is missing."""
    python = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (HOME / "ready").exists():
        print(f"Making {HOME.relative_to(ROOT)} with {', '.join(PACKAGES)}", file=sys.stderr)
        venv.create(HOME, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *PACKAGES]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        (HOME / "ready").touch()
    return python


def texts() -> list[Path]:
    """Return the development texts beside the checkout, or else the sample articles."""
    return sorted((SHARED / "seeds").glob("*.txt")) or sorted(ARTICLES.glob("*.txt"))


def whole_job(paths: list[Path], size: int) -> dict[str, float]:
    """Megabytes, processor seconds and their ratio for lodeclaim, from the files to the claims."""
    if (place := builds().get("compiled")) is not None:
        sys.path.insert(0, str(place))
    import lodeclaim

    with tempfile.TemporaryDirectory() as folder:
        addresses = corpus(Path(folder), paths, size)
        lodeclaim.read(addresses[: len(paths)])  # word lists are loaded before the clock starts
        megabytes = sum(Path(address).stat().st_size for address in addresses) / 1e6
        begin = time.process_time()
        claims = len(lodeclaim.read(addresses).claims)
        seconds = time.process_time() - begin
    return {
        "megabytes": megabytes,
        "seconds": seconds,
        "megabytes_per_second": megabytes / seconds,
        "claims": claims,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long the peers may read")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes that lodeclaim reads")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    paths = texts()
    job = json.dumps({"texts": [path.read_text("utf-8", "replace") for path in paths], "seconds": arguments.seconds})
    answer = subprocess.run(
        [str(environment()), "-c", CHAIN], input=job, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if answer.returncode:
        sys.exit(f"The peers failed:\n{answer.stderr[-2000:]}")
    peers = json.loads(answer.stdout)
    own = whole_job(paths, arguments.size)
    rate = peers["bytes"] / 1e6 / peers["seconds"]
    parts = ", ".join(f"{name} {100 * spent / peers['seconds']:.0f} %" for name, spent in peers["clock"].items())
    print(f"{len(paths)} texts, seconds of processor time, word lists and models loaded before the clock starts\n")
    print(f"{'':44}{'MB':>9}{'s':>9}{'MB/s':>10}")
    print(f"{'lingua + dateparser + quantulum3':44}{peers['bytes'] / 1e6:9.3f}{peers['seconds']:9.1f}{rate:10.4f}")
    build = list(builds())[-1]
    print(
        f"{f'lodeclaim, from bytes to claims, {build}':44}{own['megabytes']:9.3f}{own['seconds']:9.1f}"
        f"{own['megabytes_per_second']:10.4f}"
    )
    print(f"\nratio {own['megabytes_per_second'] / rate:.0f}; time of the chain: {parts}")
    print(f"the chain found {peers['quantities']} quantities and {peers['dates']} dates, {peers['errors']} errors")
    if arguments.json:
        figures = {"peers": peers, "lodeclaim": own, "ratio": own["megabytes_per_second"] / rate}
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
