"""Two small articles written for these tests, one of them hostile, with claims set by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Reason
from lodeclaim.documents.model import Document
from lodeclaim.ledger.store import Ledger
from lodeclaim.reports.brief import build_brief
from lodeclaim.reports.model import Brief

ENGLISH = (
    "A state bank signed a letter of interest for 900 million dollars for tungsten in Kazakhstan.\n"
    "The deposit Upper Qairaqty holds 1.2 million tonnes, the ministry says. "
    '<script>alert(1)</script> & "quotes" stand in this sentence of 30 percent.\n'
    "Kazakhstan mined 4,800 tonnes of tungsten in 2025. China has over 85 percent of world extraction. "
    "Construction starts by 2029. An export ban was announced in 2026."
)
GERMAN = (
    "Die Lagerstätte Ober-Kairakty enthält 8 Millionen Tonnen Wolfram.\n"
    "Kasachstan förderte 2025 rund 2400 Tonnen Wolfram."
)


def document(text: str, **known: str | None) -> Document:
    """A document of plain text."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=f"d{sha[:12]}", address=known.pop("address", None) or "articles/one.txt", text=text, sha256=sha,
        media_type="text/plain", encoding="utf-8", language=known.pop("language", None), **known,
    )  # fmt: skip


def said(where: Document, quote: str, **slots: object) -> Claim:
    """A claim on the first occurrence of the quote."""
    start = where.text.index(quote)
    base = Claim(id="", source=where.id, locator=f"{start}:{start + len(quote)}", quote=quote, predicate="production")
    return identify(replace(base, **slots))  # type: ignore[arg-type]


def english_claims(paper: Document) -> list[Claim]:
    tungsten = {"material": "tungsten", "confidence": 0.9}
    site = (Reason(slot="site", rule="alias", words="Upper Qairaqty", start=96, end=110, status="probable"),)
    return [
        said(paper, "900 million dollars", predicate="financing", place="KAZ", actor="name:A state bank", value=9e8,
             unit="USD", comparator="<=", instrument="letter of interest", period="2025-11", modality="planned",
             **tungsten),
        said(paper, "1.2 million tonnes", predicate="reserve", site="upper-kairakty", place="KAZ", value=1.2e6,
             unit="t", comparator="=", kind="reserve", attributed_to="the ministry", reasons=site, **tungsten),
        said(paper, '<script>alert(1)</script> & "quotes" stand in this sentence of 30 percent',
             predicate="stake", site="name:<b>Mine</b> & Sons", actor="name:<script>x</script>", value=30.0, unit="%",
             comparator="=", **tungsten),
        said(paper, "4,800 tonnes", predicate="production", place="KAZ", stage="extraction", value=4800.0, unit="t",
             comparator="=", period="2025", **tungsten),
        said(paper, "over 85 percent", predicate="share", actor="CHN", place="WLD", stage="extraction", value=85.0,
             unit="%", comparator=">", period="2025", kind="production", **tungsten),
        said(paper, "Construction starts by 2029", predicate="milestone", site="upper-kairakty",
             kind="construction-start", period="../2029", modality="planned", **tungsten),
        said(paper, "An export ban was announced in 2026", predicate="measure", actor="CHN", kind="export-ban",
             period="2026", modality="planned", **tungsten),
    ]  # fmt: skip


def german_claims(paper: Document) -> list[Claim]:
    return [
        said(paper, "8 Millionen Tonnen", predicate="reserve", material="tungsten", site="upper-kairakty", place="KAZ",
             value=8e6, unit="t", comparator="=", kind="reserve"),
        said(paper, "rund 2400 Tonnen", predicate="production", material="tungsten", place="KAZ", stage="extraction",
             value=2400.0, unit="t", comparator="~", period="2025"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def ledger() -> Iterator[Ledger]:
    with Ledger.memory() as held:
        paper = document(ENGLISH, language="en", publisher="The <i>Test</i> Gazette", published="2026-02-25",
                         published_basis="date line", title="A letter",
                         address="https://example.org/a?b=1&c=2")  # fmt: skip
        held.add(paper, english_claims(paper))
        other = document(GERMAN, language="de", publisher="Prüfblatt", published="2025-11-21", title="Wolfram")
        held.add(other, german_claims(other))
        yield held


@pytest.fixture(scope="session")
def brief(ledger: Ledger) -> Brief:
    return build_brief(ledger, "tungsten")


@pytest.fixture(scope="session")
def bare() -> Brief:
    return build_brief(None, "gallium")


@pytest.fixture(scope="session")
def nameless() -> Brief:
    """A brief from one document of which only the title is known."""
    with Ledger.memory() as held:
        paper = document(GERMAN, language="de", title="Wolfram heute")
        held.add(paper, german_claims(paper))
        return build_brief(held, "tungsten")
