"""The benchmark can be run, and measures what it says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def bench(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_run", root / "bench" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_corpus_is_at_least_as_large_as_asked_for(bench: ModuleType, tmp_path: Path, root: Path) -> None:
    made = bench.corpus(tmp_path, (root / "examples" / "articles").glob("*.txt"), 20_000)
    sizes = [Path(address).stat().st_size for address in made]
    assert sum(sizes[:-1]) < 20_000 <= sum(sizes)


def test_one_small_measurement(bench: ModuleType, tmp_path: Path, root: Path) -> None:
    made = bench.corpus(tmp_path, (root / "examples" / "articles").glob("*.txt"), 3_000)
    result = bench.throughput(made)
    assert result["documents"] == len(made)
    assert result["claims"] > 0
    assert result["megabytes_per_second"] > 0
