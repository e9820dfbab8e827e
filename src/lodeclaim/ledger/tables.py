"""The tables of the ledger, in SQL that SQLite and PostgreSQL both understand.

Append-only: no row is updated or deleted. Times are ISO 8601 strings in UTC, periods EDTF strings. Text sorts
by its bytes in both databases, so that times compare and ids are found by their beginning.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text

from lodeclaim.claims.table import COLUMNS

__all__ = [
    "SCHEMA_VERSION",
    "claims",
    "copies",
    "decisions",
    "documents",
    "identities",
    "meta",
    "metadata",
    "readings",
    "shingles",
    "sources",
]

#: Raised by one with every migration; a ledger of a newer version is not opened.
SCHEMA_VERSION = 2

metadata = MetaData()

#: Text in the order of its bytes.
Words = Text().with_variant(Text(collation="C"), "postgresql")

meta = Table(
    "lodeclaim_meta",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("title", Words),
    Column("publisher", Words),
    Column("language", Words),
    Column("published", Words),
    Column("published_basis", Words),
    Column("address", Words, nullable=False),
    Column("sha256", Words, nullable=False, unique=True),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Words, ForeignKey("sources.id"), primary_key=True),
    Column("text", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("encoding", Words),
    Column("notes", Words, nullable=False),
    Column("voice", Words, nullable=False),
    Column("added", Words, nullable=False),
    Column("text_sha256", Words, nullable=False, server_default=""),
)

#: Each reading of a document that brought something new: by which readers of which version.
readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", Words, ForeignKey("documents.id"), nullable=False),
    Column("readers", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("read_at", Words, nullable=False),
)

#: A few of the smallest hashes of each text: what finds the documents it may copy.
shingles = Table(
    "shingles",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("document", Words, ForeignKey("documents.id"), primary_key=True),
    sqlite_with_rowid=False,
)

#: Pairs of documents that share their text, found when the second was added.
copies = Table(
    "copies",
    metadata,
    Column("document", Words, ForeignKey("documents.id"), primary_key=True),
    Column("other", Words, ForeignKey("documents.id"), primary_key=True),
    Column("found", Words, nullable=False),
)

_NUMBERS = ("value", "value_max", "confidence")
_ALWAYS = ("source", "locator", "quote", "predicate", "modality", "reader", "confidence")


def _claim_column(name: str) -> Column[object]:
    kind = Double if name in _NUMBERS else Words
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
    Column("first_seen", Words, nullable=False),
)

#: ``author`` is reader (the link of the reading itself), machine or person.
identities = Table(
    "identities",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("claim", Words, ForeignKey("claims.id"), nullable=False),
    Column("slot", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("entity", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("judged_by", Words, nullable=False),
    Column("judged_at", Words, nullable=False),
    Column("author", Words, nullable=False, server_default="person"),
    Column("score", Double),
    Column("reason", Words, nullable=False, server_default=""),
)

#: ``claim`` and ``other`` may be rows of the bundled statistics, so they are no foreign keys.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("claim", Words),
    Column("slot", Words),
    Column("value", Words),
    Column("other", Words),
    Column("reason", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Words, nullable=False),
    Column("undoes", Integer, ForeignKey("decisions.number")),
)

for _name in ("site", "actor", "counterparty", "source", "predicate", "batch"):
    Index(f"claims_by_{_name}", claims.c[_name])
# Each pair that is asked for often finds an index of its own: SQLite guesses badly between two single ones.
Index("claims_by_slot", claims.c.material, claims.c.predicate, claims.c.place)
Index("claims_by_place", claims.c.place, claims.c.material)
Index("identities_by_claim", identities.c.claim, identities.c.slot)
Index("identities_by_author", identities.c.author)
Index("readings_by_document", readings.c.document)
Index("shingles_by_document", shingles.c.document)
for _name in ("claim", "other", "value"):
    Index(f"decisions_by_{_name}", decisions.c[_name])
