"""``lodeclaim read``: the contract of its lines, its exit codes, and what bad documents do."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from fpdf import FPDF

from lodeclaim.claims.contract import FIELDS
from lodeclaim.vocabulary.load import load_vocabulary

Lines = list[dict[str, Any]]


def lines(text: str) -> Lines:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_is_a_claim_of_the_contract(run: Any, article: Path) -> None:
    found = lines(run("read", "--format", "jsonl", article, check=0).stdout)
    text = article.read_text("utf-8")
    words = load_vocabulary()
    assert found
    for item in found:
        assert tuple(item) == FIELDS
        assert item["document"] == str(article)
        assert text[item["start"] : item["end"]] == item["quote"]
        assert item["predicate"] in words.predicates
        assert 0 < item["confidence"] <= 1
        for entry in item["about"]:
            assert set(entry) == {"id", "name", "role"}
            assert entry["id"] is None or words.name(entry["id"]) == entry["name"]
    chromite = next(item for item in found if item["value"] == 6_100_000)
    assert chromite["predicate"] == "production"
    assert {"Kazakhstan", "chromium"} <= {entry["name"] for entry in chromite["about"]}
    assert chromite["when"] == "2024"


def test_csv_holds_the_same_claims(run: Any, article: Path) -> None:
    found = lines(run("read", "--format", "jsonl", article).stdout)
    rows = list(csv.DictReader(io.StringIO(run("read", "--format", "csv", article, check=0).stdout)))
    assert [row["id"] for row in rows] == [item["id"] for item in found]
    assert tuple(rows[0]) == FIELDS


def test_the_table_names_the_document_and_its_claims(run: Any, article: Path) -> None:
    done = run("read", article, check=0)
    assert f"{article} (en" in done.stdout
    assert "production" in done.stdout
    assert "1 document read" in done.stderr


def test_standard_input(article: Path) -> None:
    command = [sys.executable, "-m", "lodeclaim", "read", "--format", "jsonl", "-"]
    done = subprocess.run(command, input=article.read_bytes(), capture_output=True, check=True)
    found = lines(done.stdout.decode())
    assert found
    assert all(item["document"] == "-" for item in found)


def test_one_bad_document_costs_the_others_nothing(run: Any, article: Path, tmp_path: Path) -> None:
    """Seven kinds of bad input and a good file in one batch: a line for each, the good one read, exit code 1."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    scan = FPDF()
    scan.add_page()
    scan.output(str(tmp_path / "scan.pdf"))
    (tmp_path / "broken.txt").write_bytes(b"Kazakhstan produced 5 million tonnes \xff\xfe\xfa of chromite in 2023.\n")
    (tmp_path / "line.txt").write_bytes(b"a" * 50_000_000)
    bad = ["empty.txt", "picture.txt", "scan.pdf", "missing.txt", "http://127.0.0.1:9/article.html"]
    done = run(
        "read", "--format", "jsonl", *bad, "broken.txt", "line.txt", article, LODECLAIM_ALLOW_PRIVATE="1", check=1
    )
    for name in [*bad, "broken.txt"]:
        told = [line for line in done.stderr.splitlines() if name in line]
        assert len(told) == 1, (name, done.stderr[-2000:])
        assert len(told[0]) < 400
    assert "Traceback" not in done.stderr
    found = lines(done.stdout)
    assert {item["document"] for item in found} <= {str(article), "broken.txt"}
    alone = lines(run("read", "--format", "jsonl", article).stdout)
    assert [item for item in found if item["document"] == str(article)] == alone != []


def test_quotes_keep_their_script_whatever_the_locale_says(run: Any, tmp_path: Path) -> None:
    (tmp_path / "sv.txt").write_text("Kazakstan bröt 6,1 miljoner ton kromit under 2024 – mer än väntat.\n", "utf-8")
    done = run("read", "sv.txt", check=0, PYTHONIOENCODING="ascii")
    assert "miljoner" in done.stdout
    jsonl = run("read", "--format", "jsonl", "sv.txt", check=0, PYTHONIOENCODING="ascii").stdout
    assert jsonl == run("read", "--format", "jsonl", "sv.txt", check=0).stdout


def test_nothing_read_is_exit_code_2(run: Any) -> None:
    done = run("read", "missing.txt", "gone/", check=2)
    assert len([line for line in done.stderr.splitlines() if line.startswith("lodeclaim: ")]) == 2
    assert "0 documents read, 2 not read" in done.stderr


def test_reading_twice_adds_nothing(run: Any, article: Path, ledger: Path) -> None:
    before = run("claims", "--documents", "--format", "jsonl", "--ledger", ledger, check=0).stdout
    run("read", article, "--ledger", ledger, "--format", "none", check=0)
    assert run("claims", "--documents", "--format", "jsonl", "--ledger", ledger, check=0).stdout == before


def test_a_ledger_that_cannot_be_made_is_one_clear_line(run: Any, article: Path) -> None:
    done = run("read", article, "--ledger", "no/such/folder/x.sqlite", check=2)
    assert done.stderr.startswith("lodeclaim: ")
    assert len(done.stderr.splitlines()) == 1


def test_reading_without_a_ledger_loads_no_database_and_no_tables(article: Path) -> None:
    script = (
        "import sys\n"
        "from lodeclaim.cli.main import commands\n"
        f"commands(['read', '--format', 'jsonl', {str(article)!r}], standalone_mode=False)\n"
        "print(*sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "polars", "rich", "httpx", "trafilatura", "pypdf"} & set(done.stderr.split())


def test_whoever_stops_listening_ends_it_quietly(article: Path, tmp_path: Path) -> None:
    many = [str(article)] * 400
    command = [sys.executable, "-m", "lodeclaim", "read", "--format", "jsonl", *many]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=os.environ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        told = run.stderr.read()
    assert told == b""
    assert run.returncode == 0
