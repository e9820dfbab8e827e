"""Kill a reading batch at random moments and look at what is left: ``python bench/kill.py [--kills N]``.

Each trial forks a process that reads a small corpus into a new ledger, kills it with SIGKILL, and then holds the
ledger against one that was read in peace: every document it reported as kept is there, every document that is
there is whole, the check finds nothing, and reading on comes to the same content hash.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "articles"


@dataclass
class Outcome:
    """What came of the kills: the faults are the point, and there must be none."""

    trials: int = 0
    killed_at_work: int = 0
    documents_kept: int = 0
    stopped_between: int = 0
    faults: list[str] = field(default_factory=list)


class Corpus:
    """Documents with their claims, and the ledger that they make in peace."""

    def __init__(self, folder: Path, documents: int = 12) -> None:
        import lodeclaim
        from lodeclaim.ledger.store import Ledger

        texts = [path.read_bytes() for path in sorted(ARTICLES.glob("*.txt"))]
        for number in range(documents):
            (folder / f"{number:03}.txt").write_bytes(texts[number % len(texts)] + f"\n\n{number}.\n".encode())
        self.addresses = [str(path) for path in sorted(folder.glob("*.txt"))]
        with Ledger.memory() as ledger:
            batch = lodeclaim.read(self.addresses, ledger=ledger)
            self.hash = ledger.content_hash()
            self.claims = claims_by_document(ledger)
        by_source: dict[str, list[Any]] = {document.id: [] for document in batch.documents}
        for claim in batch.claims:
            by_source[claim.source].append(claim)
        self.read = [(document, by_source[document.id]) for document in batch.documents]


def claims_by_document(ledger: Any) -> dict[str, frozenset[str]]:
    """The ids of the claims that each document of a ledger has."""
    from sqlalchemy import select

    from lodeclaim.ledger.tables import claims, documents

    found: dict[str, set[str]] = {}
    with ledger.database.reading() as connection:
        for one in connection.execute(select(documents.c.id)).scalars():
            found[one] = set()
        for row in connection.execute(select(claims.c.source, claims.c.id)):
            found[row.source].add(row.id)
    return {document: frozenset(ids) for document, ids in found.items()}


def read_into(address: str, corpus: Corpus, *, whole: bool, say: Callable[[str], object] = lambda _: None) -> None:
    """Read the corpus into a ledger, from the texts on or (not ``whole``) only the writing of what was read."""
    from lodeclaim.api import read_each
    from lodeclaim.ledger.store import Ledger

    with Ledger.open(address, timeout=30) as ledger:
        if whole:
            for item in read_each(corpus.addresses, ledger=ledger):
                say(item.document.id)  # type: ignore[union-attr]
        else:
            for document, claims in corpus.read:
                ledger.add(document, claims)
                say(document.id)


def killed(address: str, corpus: Corpus, *, whole: bool, after: float) -> tuple[list[str], bool]:
    """Start the batch in a process of its own, kill it, and return what it reported and whether it was at work."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        code = 1
        try:
            read_into(address, corpus, whole=whole, say=lambda one: os.write(send, f"{one}\n".encode()))
            code = 0
        finally:
            os._exit(code)
    os.close(send)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(receive, "rb") as pipe:
        reported = pipe.read().decode().split("\n")[:-1]
    return reported, os.WIFSIGNALED(status)


def trial(address: str, corpus: Corpus, outcome: Outcome, *, whole: bool, after: float) -> None:
    """One kill and everything that is asked of the ledger afterwards."""
    from lodeclaim.core.errors import LedgerError
    from lodeclaim.ledger.checking import check
    from lodeclaim.ledger.store import Ledger

    reported, at_work = killed(address, corpus, whole=whole, after=after)
    outcome.trials += 1
    outcome.killed_at_work += at_work
    where = f"trial {outcome.trials} ({'reading' if whole else 'writing'}, {1000 * after:.0f} ms)"
    try:
        with Ledger.open(address, timeout=30) as ledger:
            held = claims_by_document(ledger)
            outcome.documents_kept += len(held)
            outcome.stopped_between += at_work and 0 < len(held) < len(corpus.read)
            outcome.faults += [f"{where}: lost {one}" for one in reported if one not in held]
            outcome.faults += [f"{where}: half of {one}" for one, ids in held.items() if ids != corpus.claims.get(one)]
            outcome.faults += [f"{where}: {fault}" for fault in check(ledger)]
        read_into(address, corpus, whole=False)
        with Ledger.open(address) as ledger:
            if ledger.content_hash() != corpus.hash:
                outcome.faults.append(f"{where}: reading on came to another content")
            outcome.faults += [f"{where}: afterwards {fault}" for fault in check(ledger)]
    except LedgerError as error:
        outcome.faults.append(f"{where}: {error}")


def run(kills: int, place: Callable[[int], str], corpus: Corpus, *, seed: int = 7) -> Outcome:
    """Kill batches at work until there were enough, each on the empty ledger that ``place`` names.

    Every second batch starts from the texts. A kill that comes after the batch has ended does not count.
    """
    outcome = Outcome()
    chance = random.Random(seed)
    spans = {whole: undisturbed(place(number), corpus, whole=whole) for number, whole in ((-2, False), (-1, True))}
    while outcome.killed_at_work < kills and outcome.trials < 3 * kills + 10:
        whole = outcome.trials % 2 == 0
        after = chance.uniform(0, spans[whole])
        trial(place(outcome.trials), corpus, outcome, whole=whole, after=after)
    return outcome


def undisturbed(address: str, corpus: Corpus, *, whole: bool) -> float:
    """Seconds that the batch takes in a process of its own that nobody kills."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            read_into(address, corpus, whole=whole)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return time.perf_counter() - begin


def on_files(kills: int, corpus: Corpus, folder: Path) -> Outcome:
    return run(kills, lambda number: str(folder / f"{number}.sqlite"), corpus)


def on_server(kills: int, corpus: Corpus, server: str) -> Outcome:
    """The same on a PostgreSQL server, every ledger in a database of its own."""
    from sqlalchemy import create_engine, make_url, text

    made: list[str] = []

    def place(number: int) -> str:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for old in made[:-1]:
                connection.execute(text(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)"))
            del made[:-1]
            made.append(f"kill_{os.getpid()}_{number + 2}")
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        engine.dispose()
        return make_url(server).set(database=made[-1]).render_as_string(hide_password=False)

    return run(kills, place, corpus)


def load_server() -> ModuleType:
    """The module that starts a PostgreSQL server."""
    spec = importlib.util.spec_from_file_location("postgres_server", ROOT / "tools" / "postgres_server.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kills = int(os.environ.get("LODECLAIM_KILLS", "300"))
    parser.add_argument("--kills", type=int, default=kills, help="on SQLite")
    parser.add_argument("--server-kills", type=int, default=kills // 3, help="on PostgreSQL")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        texts, files = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        corpus = Corpus(texts)
        outcomes = {}
        begin = time.perf_counter()
        if arguments.kills:
            outcomes["SQLite"] = on_files(arguments.kills, corpus, files)
        middle = time.perf_counter()
        if arguments.server_kills:
            module = load_server()
            try:
                outcomes["PostgreSQL"] = on_server(
                    arguments.server_kills, corpus, stack.enter_context(module.run_server())
                )
            except module.NoServer as error:
                print(f"PostgreSQL: skipped, {error}")
        seconds = {"SQLite": middle - begin, "PostgreSQL": time.perf_counter() - middle}
    for name, outcome in outcomes.items():
        print(name, json.dumps(asdict(outcome) | {"seconds": round(seconds[name], 1)}))
    sys.exit(any(outcome.faults for outcome in outcomes.values()))


if __name__ == "__main__":
    main()
