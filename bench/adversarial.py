"""Check that reading time grows with the text and no faster: ``python bench/adversarial.py [--size BYTES]``.

Each text is one thing over and over, the kind of input that turns careless patterns quadratic. It is read at a
quarter, half and full size; from one to the next, twice the text may take at most ``LIMIT`` times as long.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import pstats
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from lodeclaim.documents.load import load_documents
from lodeclaim.documents.model import Failure
from lodeclaim.reading.reader import RuleReader

SIZE = 10_000_000
LIMIT = 2.6
#: Below this many seconds the clock says nothing about growth.
NOISE = 0.2
TEXTS = {
    "digits": "7",
    "numbers": "1 2 3 ",
    "dashes": "-",
    "letters": "a",
    "one word": "tungsten ",
    "number words": "twenty ",
    "commas": ",",
    "newlines": "\n",
    "spaces": " ",
    "brackets": "(",
    "full stops": "A. ",
    "percentages": "5 % ",
    "a name": "Kairakty ",
    "a claim": "China produced 67,000 tonnes of tungsten in 2024. ",
    "amounts": "$1 million and ",
    "tags": "<p>",
}


def build(folder: Path, unit: str, size: int) -> str:
    """Write a text of the size made of one thing; one sentence on a material makes the reader go on."""
    text = "Tungsten is mined.\n" + (unit * (size // len(unit) + 1))[:size]
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    return str(path)


def seconds(address: str) -> float:
    """Return how long the whole job takes, from the bytes to the claims."""
    gc.collect()
    begin = time.process_time()
    read(address)
    return time.process_time() - begin


def read(address: str) -> None:
    """Read the file as English, whatever language such a text is taken for."""
    for document in load_documents([address]):
        if isinstance(document, Failure):
            sys.exit(f"{address}: {document.message}")
        RuleReader().read(replace(document, language="en"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of the longest text")
    parser.add_argument("--only", default="", help="only the text of this name")
    parser.add_argument("--profile", action="store_true", help="print where the time goes at a quarter of the size")
    parser.add_argument("--patience", type=float, default=60, help="seconds after which a longer text is left out")
    arguments = parser.parse_args()
    sizes = [arguments.size // 4, arguments.size // 2, arguments.size]
    head = "".join(f"{f'{size / 1e6:g} MB':>11}" for size in sizes)
    print(f"{'text':14}{head}{'growth':>18}")
    failed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds(build(folder, "China produced 67,000 tonnes of tungsten. ", 100))  # word lists are loaded first
        for title, unit in TEXTS.items():
            if arguments.only and title != arguments.only:
                continue
            if arguments.profile:
                show_profile(build(folder, unit, sizes[0]))
            times: list[float] = []
            for size in sizes:
                if times and times[-1] > arguments.patience:
                    break
                times.append(seconds(build(folder, unit, size)))
            growth = [later / earlier for earlier, later in pairwise(times) if earlier > NOISE]
            worst = max(growth, default=1.0)
            linear = len(times) == len(sizes) and worst <= LIMIT
            cells = "".join(f"{value:10.2f}s" for value in times) + " " * 11 * (len(sizes) - len(times))
            print(f"{title:14}{cells}{worst:18.2f}{'' if linear else '  FAILS'}", flush=True)
            if not linear:
                failed.append(title)
    if failed:
        sys.exit(f"Reading grows faster than the text for: {', '.join(failed)}")


def show_profile(address: str) -> None:
    """Print the functions that take most of the time."""
    profile = cProfile.Profile()
    profile.runcall(read, address)
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(8)
    print("\n".join(out.getvalue().splitlines()[4:]))


if __name__ == "__main__":
    main()
