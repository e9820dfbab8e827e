"""Many reviewers decide on the same claims at once: ``python bench/reviewers.py [--decisions N]``.

Each looks up the last decision on a claim, thinks for a moment and decides, saying what was seen. Who is told of
a newer decision looks again. Afterwards every decision made must be there, and none may have been made past
another that its maker had not seen.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = 40


@dataclass
class Report:
    """What the reviewers did, and the faults found in the ledger afterwards."""

    reviewers: int
    decisions: int = 0
    told: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def make_claims(address: str, count: int = CLAIMS) -> list[str]:
    """A ledger with one document and some claims on it."""
    from lodeclaim.claims.identity import identify
    from lodeclaim.claims.model import Claim
    from lodeclaim.core.ids import content_hash
    from lodeclaim.documents.model import Document
    from lodeclaim.ledger.store import Ledger

    text = "The mine gave 2,500 t."
    sha = content_hash(text.encode())
    document = Document(
        id=f"d{sha[:12]}", address="a.txt", text=text, sha256=sha, media_type="text/plain",
        encoding="utf-8", language="en",
    )  # fmt: skip
    claims = [
        identify(
            Claim(id="", source=document.id, locator="14:21", quote=text[14:21], predicate="production",
                  material="tungsten", value=float(number), unit="t")
        )
        for number in range(count)
    ]  # fmt: skip
    with Ledger.open(address, timeout=60) as ledger:
        ledger.add(document, claims)
    return sorted(claim.id for claim in claims)


def review(address: str, name: str, claims: list[str], decisions: int, seed: int) -> dict[str, Any]:
    """Make so many decisions; return (number, claim, seen) of each and how often somebody else was first."""
    from lodeclaim.core.errors import ConflictingDecision
    from lodeclaim.ledger.store import Ledger

    chance = random.Random(seed)
    made: list[tuple[int, str, int]] = []
    told = 0
    with Ledger.open(address, timeout=60) as ledger:
        while len(made) < decisions:
            claim = chance.choice(claims)
            held = ledger.decisions(claim=claim)
            seen = held[-1].number if held else 0
            time.sleep(chance.uniform(0, 0.005))
            try:
                kind = chance.choice(["accept", "reject", "prefer"])
                one = ledger.decide(kind, claim=claim, reason="looked at it", by=name, expects=seen)
            except ConflictingDecision as error:
                if error.number <= seen:
                    raise
                told += 1
            else:
                made.append((one.number, claim, seen))
    return {"name": name, "made": made, "told": told}


def held_against(address: str, results: list[dict[str, Any]], reviewers: int, seconds: float) -> Report:
    """Compare what the reviewers say they did with what the ledger holds."""
    from lodeclaim.ledger.checking import check
    from lodeclaim.ledger.store import Ledger

    report = Report(reviewers, told=sum(one["told"] for one in results), seconds=round(seconds, 1))
    with Ledger.open(address) as ledger:
        held = {one.number: one for one in ledger.decisions()}
        report.faults += check(ledger)
    report.decisions = len(held)
    said = {number: (result["name"], claim, seen) for result in results for number, claim, seen in result["made"]}
    total = sum(len(result["made"]) for result in results)
    if total != len(said):
        report.faults.append(f"{total - len(said)} numbers were given out twice")
    report.faults += [f"decision {number} is lost" for number in said if number not in held]
    report.faults += [f"decision {number} is nobody's" for number in held if number not in said]
    last: dict[str, int] = {}
    for number in sorted(set(said) & set(held)):
        name, claim, seen = said[number]
        if (held[number].by, held[number].claim) != (name, claim):
            report.faults.append(f"decision {number} is another than {name} made")
        if last.get(claim, 0) != seen:
            report.faults.append(f"decision {number} was made past decision {last[claim]}, unseen")
        last[claim] = number
    return report


def with_threads(address: str, reviewers: int, decisions: int) -> Report:
    """Reviewers as threads, each with a connection of its own."""
    claims = make_claims(address)
    results: list[dict[str, Any]] = []

    def work(number: int) -> None:
        share = decisions // reviewers + (number < decisions % reviewers)
        results.append(review(address, f"reviewer {number}", claims, share, number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(reviewers)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = held_against(address, results, reviewers, time.perf_counter() - begin)
    if len(results) != reviewers:
        report.faults.append(f"{reviewers - len(results)} reviewers gave up")
    return report


def with_processes(address: str, reviewers: int, decisions: int) -> Report:
    """Reviewers as processes on one file."""
    make_claims(address)
    begin = time.perf_counter()
    running = []
    for number in range(reviewers):
        share = decisions // reviewers + (number < decisions % reviewers)
        command = [sys.executable, __file__, "--one", address, str(share), str(number)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE))
    outputs = [process.communicate()[0] for process in running]
    seconds = time.perf_counter() - begin
    results = [json.loads(output) for output, process in zip(outputs, running, strict=True) if not process.returncode]
    report = held_against(address, results, reviewers, seconds)
    if len(results) != reviewers:
        report.faults.append(f"{reviewers - len(results)} reviewers gave up")
    return report


def one_process(address: str, decisions: str, number: str) -> None:
    from lodeclaim.ledger.store import Ledger

    with Ledger.open(address, timeout=60) as ledger:
        claims = sorted(ledger.claims(statistics=False)["id"])
    print(json.dumps(review(address, f"reviewer {number}", claims, int(decisions), int(number))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, default=5000)
    parser.add_argument("--writers", type=int, default=8, help="processes on SQLite")
    parser.add_argument("--reviewers", type=int, default=50, help="connections to PostgreSQL")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        one_process(*arguments.one)
        return
    reports = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        reports["SQLite"] = with_processes(str(folder / "ledger.sqlite"), arguments.writers, arguments.decisions)
        spec = importlib.util.spec_from_file_location("postgres_server", ROOT / "tools" / "postgres_server.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        try:
            server = stack.enter_context(module.run_server())
            reports["PostgreSQL"] = with_threads(server, arguments.reviewers, arguments.decisions)
        except module.NoServer as error:
            print(f"PostgreSQL: skipped, {error}")
    for name, report in reports.items():
        print(name, json.dumps(asdict(report)))
    sys.exit(any(report.faults for report in reports.values()))


if __name__ == "__main__":
    main()
