"""Version 2: decisions, readings, copies found on adding; who wrote a judgement, its score and reason."""

from __future__ import annotations

import hashlib
import heapq
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SIEVE, _KEEP, _COPY = 16, 128, 0.6


def upgrade() -> None:
    """Make the new tables, fill them from what is held, and raise the version."""
    text: Any = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    _sort_by_bytes()
    op.create_table(
        "readings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", text, sa.ForeignKey("documents.id"), nullable=False),
        *(sa.Column(name, text, nullable=False) for name in ("readers", "version", "read_at")),
    )
    op.create_table(
        "shingles",
        sa.Column("hash", text, primary_key=True),
        sa.Column("document", text, sa.ForeignKey("documents.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("document", text, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("other", text, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("found", text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", text, nullable=False),
        *(sa.Column(name, text) for name in ("claim", "slot", "value", "other")),
        *(sa.Column(name, text, nullable=False) for name in ("reason", "decided_by", "decided_at")),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decisions.number")),
    )
    op.add_column("documents", sa.Column("text_sha256", text, nullable=False, server_default=""))
    op.add_column("identities", sa.Column("author", text, nullable=False, server_default="person"))
    op.add_column("identities", sa.Column("score", sa.Double))
    op.add_column("identities", sa.Column("reason", text, nullable=False, server_default=""))
    op.create_index("claims_by_batch", "claims", ["batch"])
    op.drop_index("claims_by_material", "claims")
    op.drop_index("claims_by_place", "claims")
    op.create_index("claims_by_slot", "claims", ["material", "predicate", "place"])
    op.create_index("claims_by_place", "claims", ["place", "material"])
    op.create_index("identities_by_author", "identities", ["author"])
    op.create_index("readings_by_document", "readings", ["document"])
    op.create_index("shingles_by_document", "shingles", ["document"])
    for name in ("claim", "other", "value"):
        op.create_index(f"decisions_by_{name}", "decisions", [name])
    op.execute(
        "UPDATE identities SET author = 'reader' WHERE judged_by ="
        " (SELECT reader FROM claims WHERE claims.id = identities.claim)"
    )
    _fill(op.get_bind())
    op.execute("UPDATE lodeclaim_meta SET value = '2' WHERE key = 'schema'")


def _sort_by_bytes() -> None:
    """Times and ids compare by their bytes on PostgreSQL, too, whatever the language of its server."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    inspector = sa.inspect(connection)
    for table in ("lodeclaim_meta", "sources", "documents", "claims", "identities"):
        for column in inspector.get_columns(table):
            if isinstance(column["type"], sa.Text | sa.String):
                op.alter_column(table, column["name"], type_=sa.Text(collation="C"))


def _fill(connection: sa.Connection) -> None:
    """A reading and the hashes of each document, and the pairs that share their text.

    Row by row: a ledger of years fits into no memory.
    """
    for (document,) in connection.execute(sa.text("SELECT id FROM documents ORDER BY id")).all():
        held = connection.execute(sa.text("SELECT text FROM documents WHERE id = :id"), {"id": document}).scalar_one()
        connection.execute(
            sa.text("UPDATE documents SET text_sha256 = :hash WHERE id = :id"),
            {"hash": hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest(), "id": document},
        )
    rows = connection.execute(sa.text("SELECT id, voice, added FROM documents ORDER BY id")).all()
    holders: dict[str, list[str]] = {}
    voices: dict[str, list[str]] = {}
    for document, voice, added in rows:
        hashes = voice.split()
        readers = connection.execute(
            sa.text("SELECT DISTINCT reader FROM claims WHERE source = :document"), {"document": document}
        ).scalars()
        names = sorted({name for reader in readers for name in reader.split("+")})
        connection.execute(
            sa.text(
                "INSERT INTO readings (document, readers, version, read_at) VALUES (:document, :readers, '0', :added)"
            ),
            {"document": document, "readers": "+".join(names), "added": added},
        )
        near = {other for one in hashes[:_SIEVE] for other in holders.get(one, ())}
        for other in sorted(near):
            if _alike(hashes, voices[other]):
                connection.execute(
                    sa.text("INSERT INTO copies (document, other, found) VALUES (:document, :other, :added)"),
                    {"document": document, "other": other, "added": added},
                )
        for one in hashes[:_SIEVE]:
            holders.setdefault(one, []).append(document)
            connection.execute(
                sa.text("INSERT INTO shingles (hash, document) VALUES (:hash, :document)"),
                {"hash": one, "document": document},
            )
        voices[document] = hashes


def _alike(left: list[str], right: list[str]) -> bool:
    first, second = set(left), set(right)
    union = heapq.nsmallest(min(_KEEP, max(len(first), len(second))), first | second)
    return sum(value in first and value in second for value in union) >= _COPY * len(union)
