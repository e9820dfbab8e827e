"""The review queue: what would move figures most comes first; decisions act and come back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import ClaimNotFound, ConflictingDecision, LedgerError
from lodeclaim.documents.model import Document
from lodeclaim.ledger.store import Ledger
from lodeclaim.reconciliation.impact import Impacts
from lodeclaim.reconciliation.review import Review, review_queue
from lodeclaim.reconciliation.settle import settle
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.trace import slot_id, trace_claim, trace_deal, trace_slot


def paper(text: str) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=f"d{sha[:12]}", address=f"{sha[:4]}.txt", text=text, sha256=sha, media_type="text/plain", encoding="utf-8",
        language="en", published="2025-12-01",
    )  # fmt: skip


def said(where: Document, quote: str, **slots_: object) -> Claim:
    start = where.text.index(quote)
    base = Claim(
        id="", source=where.id, locator=f"{start}:{start + len(quote)}", quote=quote, predicate="production",
        material="tungsten", comparator="=", confidence=0.9,
    )  # fmt: skip
    return identify(replace(base, **slots_))  # type: ignore[arg-type]


ONE = "Vietnam mined 3,000 tonnes of tungsten in 2031. North Katpar holds 90,000 tonnes. A lender gives 10 million."
TWO = "Vietnam mined 30,000 tonnes of tungsten in 2031. North Katpar holds 91,500 tonnes, some say."
MINED = {"place": "VNM", "stage": "extraction", "unit": "t", "basis": "contained", "period": "2031"}
HELD = {"predicate": "reserve", "site": "north-katpar", "unit": "t", "basis": "contained", "kind": "reserve"}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.memory() as held:
        one, two = paper(ONE), paper(TWO)
        lent = {"predicate": "financing", "actor": "kfw-ipex-bank", "unit": "USD", "site": "north-katpar"}
        held.add(
            one,
            [
                said(one, "3,000 tonnes", value=3000.0, **MINED),
                said(one, "90,000 tonnes", value=90_000.0, **HELD),
                said(one, "10 million", value=1e7, **lent),
            ],
        )
        held.add(
            two,
            [
                said(two, "30,000 tonnes", value=30_000.0, **MINED),
                said(two, "91,500 tonnes", value=91_500.0, **(HELD | {"confidence": 0.4})),
            ],
        )
        yield held


def claim_of(ledger: Ledger, value: float) -> str:
    frame = ledger.claims(statistics=False)
    return str(frame.filter(frame["value"] == value)["id"].item())


def test_conflicts_come_first_and_every_item_can_be_decided(ledger: Ledger) -> None:
    queue = review_queue(ledger, material="tungsten")
    assert [item.priority for item in queue] == sorted((item.priority for item in queue), reverse=True)
    first = queue[0]
    assert first.matter == "conflict"
    assert {claim_of(ledger, 3000.0), claim_of(ledger, 30_000.0)} <= set(first.claims)
    assert "would become" in first.impact
    for item in queue:
        assert item.actions
        assert item.explanation
        assert {action.claim for action in item.actions if action.claim} <= set(item.claims)
    assert len({item.id for item in queue}) == len(queue)


def test_a_claim_that_moves_more_has_the_larger_impact(ledger: Ledger) -> None:
    impacts = Impacts(slots(ledger.claims(material="tungsten")))
    large, small = (impacts.without(claim_of(ledger, value)) for value in (30_000.0, 91_500.0))
    assert large.size > small.size > 0
    assert impacts.without("c-nowhere").size == 0


def test_concentration_moves_with_a_producer_of_the_statistics() -> None:
    with Ledger.memory() as empty:
        frame = empty.claims(material="tungsten", predicate="production")
    impacts = Impacts(slots(frame))
    chinese = frame.filter(frame["place"] == "CHN")
    # one edition tells of 2025; 2024 stands in two, so that either can go without moving it
    (only,) = chinese.filter(chinese["period"] == "2025")["id"]
    assert impacts.without(only).concentration > 1000
    assert all(impacts.without(claim).concentration == 0 for claim in chinese.filter(chinese["period"] == "2024")["id"])


def test_rejecting_settles_the_conflict_and_undo_brings_it_back(ledger: Ledger) -> None:
    desk = Review(ledger, "A")
    before = settle(ledger.claims(material="tungsten"))
    first = desk.queue(material="tungsten")[0]
    wrong = claim_of(ledger, 30_000.0)
    action = next(one for one in first.actions if one.kind == "reject" and one.claim == wrong)
    made = desk.apply(first, action, reason="off by ten")
    assert first.id not in {item.id for item in desk.queue(material="tungsten")}
    desk.undo(made.number, reason="it is right")
    assert settle(ledger.claims(material="tungsten")) == before
    assert first.id in {item.id for item in desk.queue(material="tungsten")}


def test_what_was_accepted_does_not_wait_any_more(ledger: Ledger) -> None:
    desk = Review(ledger, "A")
    doubtful = claim_of(ledger, 91_500.0)
    assert any(item.matter == "doubtful" and item.claims == (doubtful,) for item in desk.queue(material="tungsten"))
    desk.accept(doubtful, reason="read twice")
    assert not any(item.claims == (doubtful,) for item in desk.queue(material="tungsten"))


def test_the_second_reviewer_is_told_and_the_first_is_not_in_his_own_way(ledger: Ledger) -> None:
    mine, theirs = Review(ledger, "A"), Review(ledger, "B")
    item = mine.queue(material="tungsten")[0]
    claim = claim_of(ledger, 3000.0)
    chosen = {one.kind: one for one in item.actions if one.claim == claim}
    mine.apply(item, chosen["reject"], reason="no")
    with pytest.raises(ConflictingDecision, match="A decided reject"):
        theirs.apply(item, chosen["prefer"], reason="yes")
    assert mine.apply(item, chosen["accept"], reason="on second thoughts").number == 2


def test_a_nameless_reviewer_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="needs a name"):
        Review(ledger, " ")


def test_a_value_leads_to_its_quotes_and_a_claim_to_what_rests_on_it(ledger: Ledger) -> None:
    claim = claim_of(ledger, 3000.0)
    above = trace_claim(ledger, claim)
    assert above.cited.quote == "3,000 tonnes"
    key = next(one.key for one in above.slots if one.key.place == "VNM")
    assert above.conflicts
    below = trace_slot(ledger, slot_id(key), material="tungsten")
    assert {"3,000 tonnes", "30,000 tonnes"} <= {one.quote for one in below.claims}
    for one in below.claims:
        if one.start is not None:
            text = next(text for text in (ONE, TWO) if one.document == paper(text).address)
            assert text[one.start : one.end] == one.quote
    lent = trace_claim(ledger, claim_of(ledger, 1e7))
    assert len(lent.deals) == 1
    assert trace_deal(ledger, lent.deals[0].id).claims[0].quote == "10 million"


def test_a_decision_on_a_claim_is_part_of_its_trace(ledger: Ledger) -> None:
    claim = claim_of(ledger, 3000.0)
    Review(ledger, "A").prefer(claim, reason="the ministry")
    traced = trace_claim(ledger, claim)
    assert [one.kind for one in traced.decisions] == ["prefer"]
    assert traced.cited.standing == "preferred"


def test_ids_that_fit_nothing_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ClaimNotFound, match="no settled value"):
        trace_slot(ledger, "v00000000000", material="tungsten")
    with pytest.raises(ClaimNotFound, match="no deal"):
        trace_deal(ledger, "deal-nothing")
