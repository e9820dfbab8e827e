"""Ways to read a sentence in a test, and where the shared development set lies."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.reading.reader import RuleReader

Read = Callable[..., list[Claim]]


def document(text: str, language: str = "en", published: str | None = "2025-11-20") -> Document:
    """A plain text document with the text."""
    digest = content_hash(text.encode())
    return Document(
        id=f"d{digest[:12]}",
        address="test.txt",
        text=text,
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        language=language,
        published=published,
    )


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text as its claims."""
    reader = RuleReader()

    def read_text(text: str, language: str = "en", published: str | None = "2025-11-20") -> list[Claim]:
        return reader.read(document(text, language, published))

    return read_text


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development set beside the checkout."""
    root = Path(os.environ.get("LODECLAIM_SHARED", Path(__file__).parents[3] / "shared"))
    if not (root / "gold" / "gold.jsonl").exists():
        pytest.skip("the shared development set is not beside this checkout")
    return root
