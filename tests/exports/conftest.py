"""A small ledger with everything in it: copies, judgements, decisions, and claims of every kind that is exported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Participant, Reason
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.ledger.store import Ledger

TEXTS = (
    "Kazakhstan mined 2,500 t of tungsten in 2025. Holder AG owns 70 % of the pit at Hochberg, =1+1 notes say.",
    "Ännderung «钨»: 40 kt\r\nlie in the ground; the bank wants to lend USD 900 million to Cove Metals.",
)


def claim_at(document: Document, quote: str, **slots: object) -> Claim:
    start = document.text.index(quote)
    known: dict[str, object] = {"material": "tungsten", "comparator": "=", "unit": "t"}
    return identify(
        Claim(
            id="",
            source=document.id,
            locator=f"{start}:{start + len(quote)}",
            quote=quote,
            **(known | slots),  # type: ignore[arg-type]
        )
    )


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.memory() as held:
        documents = []
        for number, text in enumerate(TEXTS):
            sha = content_hash(text.encode())
            known = {"published": "2026-01-05", "published_basis": "dateline", "publisher": "The Daily"}
            documents.append(
                Document(
                    id=f"d{sha[:12]}",
                    address=("article.txt", "https://example.org/news")[number],
                    text=text,
                    sha256=sha,
                    media_type="text/plain",
                    encoding="utf-8",
                    language="en",
                    title=("Mining grows", None)[number],
                    notes=("repaired",),
                    **known,  # type: ignore[arg-type]
                )
            )
        first, second = documents
        linked = (Reason(slot="place", rule="name", words="Kazakhstan", status="confirmed"),)
        made = claim_at(
            first, "2,500 t", predicate="production", place="KAZ", value=2500.0, period="2025", reasons=linked,
            stage="extraction", flags=("rounded", "headline"), others=(Participant(role="operator", entity="name:X"),),
        )  # fmt: skip
        stake = claim_at(
            first, "70 %", predicate="stake", actor="name:Holder AG", site="name:Hochberg", value=70.0, unit="%",
        )  # fmt: skip
        held.add(first, [made, stake])
        reserve = claim_at(
            second, "40 kt", predicate="reserve", value=40000.0, value_max=0.1 + 40000.2, kind="resource"
        )
        loan = claim_at(
            second, "USD 900 million", predicate="financing", actor="name:the bank", value=9e8, unit="USD",
            counterparty="name:Cove Metals", instrument="letter-of-interest", modality="planned",
        )  # fmt: skip
        held.add(second, [reserve, loan])
        held.judge(made.id, "place", "UZB", "probable", by="machine:names", score=0.75, reason="context")
        rejected = held.decide("reject", claim=reserve.id, reason="no class is named", by="Ann")
        held.decide("correct", claim=made.id, slot="value", value="2400", reason="misread", by="Ben")
        held.undo(rejected.number, by="Ann", reason="named below")
        held.decide("same-as", value="name:Holder AG", other="name:Holder", reason="one firm", by="Ann")
        yield held
