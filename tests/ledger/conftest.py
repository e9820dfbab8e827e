"""Documents, claims and a small stand-in for the official statistics."""

from __future__ import annotations

import importlib.util
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Reason, Source
from lodeclaim.claims.table import to_frame
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document

MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]


@pytest.fixture
def make_document() -> MakeDocument:
    def make(text: str = "Kazakhstan mined 2,500 t of tungsten in 2025.", **known: object) -> Document:
        sha = content_hash(text.encode())
        return Document(
            id=f"d{sha[:12]}",
            address=str(known.pop("address", "article.txt")),
            text=text,
            sha256=sha,
            media_type="text/plain",
            encoding="utf-8",
            language="en",
            **known,  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def make_claim() -> MakeClaim:
    def make(document: Document, quote: str = "2,500 t", **slots: object) -> Claim:
        start = document.text.index(quote)
        known: dict[str, object] = {
            "predicate": "production",
            "material": "tungsten",
            "stage": "extraction",
            "place": "KAZ",
            "value": 2500.0,
            "unit": "t",
            "comparator": "=",
            "period": "2025",
            "reasons": (
                Reason(slot="material", rule="name", words="tungsten", status="confirmed"),
                Reason(slot="place", rule="name", words="Kazakhstan", status="confirmed"),
            ),
        }
        return identify(
            Claim(
                id="",
                source=document.id,
                locator=f"{start}:{start + len(quote)}",
                quote=quote,
                **(known | slots),  # type: ignore[arg-type]
            )
        )

    return make


@pytest.fixture(autouse=True)
def official(monkeypatch: pytest.MonkeyPatch) -> list[Claim]:
    """Two rows of a table, served in place of the bundled statistics."""
    rows = [
        identify(
            Claim(
                id="",
                source="survey-2026",
                locator=f"row:{number}",
                quote=f"Tungsten, {place}, {value}",
                predicate="production",
                material="tungsten",
                stage="extraction",
                place=place,
                value=value,
                unit="t",
                comparator="=",
                basis="contained",
                period="2025",
                reader="table",
            )
        )
        for number, (place, value) in enumerate([("KAZ", 2400.0), ("CHN", 67000.0)], start=1)
    ]
    vintage = Source(
        id="survey-2026",
        kind="statistics",
        title="Survey",
        publisher="A survey",
        language="en",
        published="2026-02",
        published_basis="imprint",
        address=None,
        licence="public domain",
        citation="A survey, 2026",
        sha256=None,
    )
    module = ModuleType("lodeclaim.statistics.bundled")

    def statistic_claims(vintages: object = None, *, extra: object = None) -> pl.LazyFrame:
        return to_frame(rows).lazy()

    def vintages(extra: object = None) -> tuple[Source, ...]:
        return (vintage,)

    def asked_for(wanted: object, extra: object = None, *, every: bool = False) -> tuple[str, ...]:
        return (vintage.id,)

    module.asked_for = asked_for  # type: ignore[attr-defined]
    module.statistic_claims = statistic_claims  # type: ignore[attr-defined]
    module.vintages = vintages  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lodeclaim.statistics.bundled", module)
    return rows


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that is stopped after the tests; skips where none is installed."""
    path = Path(__file__).parents[2] / "tools" / "postgres_server.py"
    spec = importlib.util.spec_from_file_location("postgres_server", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stack = ExitStack()
    try:
        address = stack.enter_context(module.run_server())
    except module.NoServer as error:
        pytest.skip(str(error))
    with stack:
        yield address


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of its own."""
    from sqlalchemy import create_engine, make_url, text

    name = f"ledger_{uuid.uuid4().hex[:12]}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
