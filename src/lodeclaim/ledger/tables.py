"""The tables of the ledger, in SQL that SQLite and PostgreSQL both understand.

Append-only: no row is updated or deleted. Times are ISO 8601 strings in UTC, periods EDTF strings.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text

from lodeclaim.claims.model import LINKED
from lodeclaim.claims.table import COLUMNS

__all__ = ["SCHEMA_VERSION", "claims", "documents", "identities", "meta", "metadata", "sources"]

#: Raised by one with every change of the tables; a ledger of a newer version is not opened.
SCHEMA_VERSION = 1

metadata = MetaData()

meta = Table(
    "lodeclaim_meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("language", Text),
    Column("published", Text),
    Column("published_basis", Text),
    Column("address", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, ForeignKey("sources.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text),
    Column("notes", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("added", Text, nullable=False),
)

_NUMBERS = ("value", "value_max", "confidence")
_ALWAYS = ("source", "locator", "quote", "predicate", "modality", "reader", "confidence")


def _claim_column(name: str) -> Column[object]:
    kind = Double if name in _NUMBERS else Text
    if name == "id":
        return Column(name, kind, primary_key=True)
    if name == "source":
        return Column(name, kind, ForeignKey("documents.id"), nullable=False)
    return Column(name, kind, nullable=name not in _ALWAYS)


claims = Table(
    "claims",
    metadata,
    *(_claim_column(name) for name in COLUMNS),
    Column("batch", Integer, nullable=False),
    Column("first_seen", Text, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("claim", Text, ForeignKey("claims.id"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("judged_by", Text, nullable=False),
    Column("judged_at", Text, nullable=False),
)

for _name in (*LINKED, "source", "predicate"):
    Index(f"claims_by_{_name}", claims.c[_name])
Index("identities_by_claim", identities.c.claim, identities.c.slot)
