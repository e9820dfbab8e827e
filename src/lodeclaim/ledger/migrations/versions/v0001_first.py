"""Version 1: sources, documents, claims and judgements on names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

_CLAIM = (
    *("id", "source", "locator", "quote", "predicate", "material", "form", "stage", "place", "site", "actor"),
    *("counterparty", "kind", "value", "value_max", "unit", "comparator", "basis", "period", "modality"),
    *("instrument", "attributed_to", "reader", "confidence", "flags", "others", "reasons"),
)
_NUMBERS = ("value", "value_max", "confidence")
_ALWAYS = ("source", "locator", "quote", "predicate", "modality", "reader", "confidence")
_INDEXED = ("material", "place", "site", "actor", "counterparty", "source", "predicate")


def upgrade() -> None:
    """Make the first tables and write the version beside them."""
    text = sa.Text
    op.create_table(
        "lodeclaim_meta",
        sa.Column("key", text, primary_key=True),
        sa.Column("value", text, nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("id", text, primary_key=True),
        sa.Column("kind", text, nullable=False),
        *(sa.Column(name, text) for name in ("title", "publisher", "language", "published", "published_basis")),
        sa.Column("address", text, nullable=False),
        sa.Column("sha256", text, nullable=False, unique=True),
    )
    op.create_table(
        "documents",
        sa.Column("id", text, sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("text", text, nullable=False),
        sa.Column("media_type", text, nullable=False),
        sa.Column("encoding", text),
        sa.Column("notes", text, nullable=False),
        sa.Column("voice", text, nullable=False),
        sa.Column("added", text, nullable=False),
    )
    op.create_table(
        "claims",
        *(_claim_column(name) for name in _CLAIM),
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("first_seen", text, nullable=False),
    )
    op.create_table(
        "identities",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("claim", text, sa.ForeignKey("claims.id"), nullable=False),
        *(
            sa.Column(name, text, nullable=False)
            for name in ("slot", "words", "entity", "status", "rule", "judged_by", "judged_at")
        ),
    )
    for name in _INDEXED:
        op.create_index(f"claims_by_{name}", "claims", [name])
    op.create_index("identities_by_claim", "identities", ["claim", "slot"])
    op.execute("INSERT INTO lodeclaim_meta (key, value) VALUES ('schema', '1')")


def _claim_column(name: str) -> sa.Column[object]:
    kind = sa.Double if name in _NUMBERS else sa.Text
    if name == "id":
        return sa.Column(name, kind, primary_key=True)
    if name == "source":
        return sa.Column(name, kind, sa.ForeignKey("documents.id"), nullable=False)
    return sa.Column(name, kind, nullable=name not in _ALWAYS)
