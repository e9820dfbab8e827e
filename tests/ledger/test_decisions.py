from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from lodeclaim.core.errors import ClaimNotFound, ConflictingDecision, LedgerError
from lodeclaim.ledger.store import Ledger

ANN, BEN = "Ann", "Ben"


@pytest.fixture
def held(make_document, make_claim):
    document = make_document()
    claims = [make_claim(document, value=float(value)) for value in (2500, 2400, 25000)]
    with Ledger.memory() as ledger:
        ledger.add(document, claims)
        yield ledger, [claim.id for claim in claims]


def standing(ledger: Ledger, claim: str, **known: str) -> tuple[str, str | None, str | None]:
    frame = ledger.claims(**known)
    return next(frame.filter(id=claim).select("standing", "standing_reason", "merged").iter_rows())


def test_standing_follows_decisions_and_their_undoing(held):
    ledger, (first, *_) = held
    assert standing(ledger, first) == ("normal", None, None)
    rejected = ledger.decide("reject", claim=first, reason="a slip of ten", by=ANN)
    rank, why, _ = standing(ledger, first)
    assert rank == "deprecated"
    assert why == f"rejected by Ann on {rejected.at[:10]}: a slip of ten"
    preferred = ledger.decide("prefer", claim=first[:9], reason="the original", by=BEN)
    assert (preferred.number, preferred.claim) == (2, first)
    assert standing(ledger, first)[0] == "preferred"
    undone = ledger.undo(preferred.number, by=BEN, reason="was no original")
    assert (undone.kind, undone.undoes, undone.claim) == ("undo", 2, first)
    assert standing(ledger, first)[0] == "deprecated"
    ledger.undo(undone.number, by=BEN, reason="it was")
    assert standing(ledger, first)[0] == "preferred"
    assert [one.number for one in ledger.decisions(claim=first)] == [1, 2, 3, 4]
    assert [one.number for one in ledger.decisions(effective=True)] == [1, 2, 4]


def test_a_corrected_slot_is_shown_and_selected(held, official):
    ledger, (first, *_) = held
    ledger.decide("correct", claim=first, slot="place", value="UZB", reason="the mine lies there", by=ANN)
    ledger.decide("correct", claim=first, slot="value", value="2.5e3", reason="unit", by=ANN)
    ledger.decide("correct", claim=first, slot="period", value=None, reason="not said", by=ANN)
    claim = ledger.claim(first)
    assert (claim.place, claim.value, claim.period) == ("UZB", 2500.0, None)
    assert ledger.claim(first, as_read=True).place == "KAZ"
    assert ledger.claims(place="UZB")["id"].to_list() == [first]
    assert first not in ledger.claims(place="KAZ")["id"].to_list()
    assert "place corrected by Ann" in (standing(ledger, first)[1] or "")
    ledger.decide("correct", claim=official[1].id, slot="place", value="MNG", reason="row shifted", by=ANN)
    assert ledger.claims(place="MNG")["id"].to_list() == [official[1].id]
    assert ledger.claims(place="CHN").is_empty()


def test_merge_and_split(held):
    ledger, (first, second, third) = held
    ledger.decide("merge", claim=first, other=second, reason="one statement", by=ANN)
    ledger.decide("merge", claim=second, other=third, reason="one statement", by=ANN)
    assert standing(ledger, first)[::2] == ("deprecated", third)
    with pytest.raises(LedgerError, match="other way round"):
        ledger.decide("merge", claim=third, other=first, reason="in a circle", by=ANN)
    with pytest.raises(LedgerError, match="split"):
        ledger.decide("prefer", claim=first, reason="it is merged", by=ANN)
    ledger.decide("split", claim=second, other=third, reason="another year", by=BEN)
    assert standing(ledger, first)[::2] == ("deprecated", second)
    assert standing(ledger, second) == ("normal", None, None)


def test_opposite_merges_brought_back_make_no_circle(held):
    ledger, (first, second, _) = held
    one = ledger.decide("merge", claim=first, other=second, reason="same", by=ANN)
    lifted = ledger.undo(one.number, by=ANN, reason="no")
    ledger.decide("merge", claim=second, other=first, reason="same", by=ANN)
    ledger.undo(lifted.number, by=ANN, reason="yes")
    assert standing(ledger, first)[2] == second
    assert standing(ledger, second)[2] is None


def test_names_are_joined_and_parted(held):
    ledger, (first, second, _) = held
    ledger.judge(first, "site", "name:Upper Kairak", "possible", by="machine:names", score=0.7, reason="spelling")
    joined = ledger.decide("same-as", value="name:Upper Kairak", other="upper-kairakty", reason="map", by=ANN)
    assert ledger.claim(first).site == "upper-kairakty"
    assert ledger.claims(site="upper-kairakty")["id"].to_list() == [first]
    ledger.decide("not-same", value="upper-kairakty", other="name:Upper Kairak", reason="another one", by=BEN)
    assert ledger.claim(first).site == "name:Upper Kairak"
    assert joined.claim is None
    ledger.decide("not-same", claim=second, slot="place", other="KAZ", reason="a ship", by=ANN)
    assert ledger.claim(second).place == "name:Kazakhstan"
    assert second not in ledger.claims(place="KAZ")["id"].to_list()
    ledger.decide("same-as", claim=second, slot="place", other="UZB", reason="context", by=ANN)
    assert ledger.claim(second).place == "UZB"
    assert second in ledger.claims(place="UZB")["id"].to_list()


def test_programs_yield_to_people(held):
    ledger, (first, *_) = held
    ledger.decide("accept", claim=first, reason="checked", by=ANN)
    ledger.decide("retract", claim=first, reason="not found", by="reader:rules")
    assert standing(ledger, first)[0] == "normal"
    ledger.judge(first, "place", "UZB", "confirmed", by=ANN)
    ledger.judge(first, "place", "CHN", "probable", by="machine:names", score=0.8, reason="context")
    assert ledger.claim(first).place == "UZB"
    last = ledger.judgements(first)[-1]
    assert (last.score, last.reason) == (0.8, "context")
    ledger.decide("not-same", claim=first, slot="place", other="UZB", reason="neither", by=BEN)
    assert ledger.claim(first).place == "name:Kazakhstan"


def test_the_second_of_two_is_told(held):
    ledger, (first, second, _) = held
    seen = ledger.decide("accept", claim=first, reason="fine", by=ANN, expects=0)
    ledger.decide("reject", claim=first, reason="a slip", by=ANN, expects=seen.number)
    before = ledger.decisions()
    with pytest.raises(ConflictingDecision, match=r"Ann decided reject \(a slip\)") as caught:
        ledger.decide("prefer", claim=first, reason="best", by=BEN, expects=seen.number)
    assert caught.value.number == 2
    with pytest.raises(ConflictingDecision):
        ledger.decide("merge", claim=second, other=first, reason="same", by=BEN, expects=seen.number)
    with pytest.raises(ConflictingDecision):
        ledger.decide("correct", claim=first, slot="unit", value="kg", reason="unit", by=BEN, expects=0)
    assert ledger.decisions() == before
    ledger.undo(2, by=ANN, reason="mistaken")
    with pytest.raises(ConflictingDecision, match="undone already"):
        ledger.undo(2, by=BEN, reason="mistaken")
    with pytest.raises(ConflictingDecision, match="decided undo"):
        ledger.decide("prefer", claim=first, reason="best", by=BEN, expects=2)
    ledger.decide("correct", claim=second, slot="unit", value="kg", reason="unit", by=ANN, expects=0)
    ledger.decide("correct", claim=second, slot="place", value="UZB", reason="place", by=BEN, expects=0)
    ledger.decide("same-as", value="name:x", other="y", reason="map", by=ANN, expects=0)
    ledger.decide("same-as", value="name:x", other="z", reason="map", by=BEN, expects=0)
    with pytest.raises(ConflictingDecision):
        ledger.decide("not-same", value="y", other="name:x", reason="map", by=BEN, expects=0)


@pytest.mark.parametrize(
    ("kind", "known", "message"),
    [
        ("bless", {}, "no decision"),
        ("undo", {}, "no decision"),
        ("accept", {"slot": "value"}, "no slot"),
        ("accept", {"other": "tungsten"}, "one claim"),
        ("merge", {}, "merge into"),
        ("correct", {"slot": "quote", "value": "x"}, "not corrected"),
        ("correct", {"slot": "value", "value": "many"}, "cannot stand"),
        ("correct", {"slot": "value", "value": "inf"}, "cannot stand"),
        ("correct", {"slot": "period", "value": "soon"}, "cannot stand"),
        ("correct", {"slot": "modality", "value": "maybe"}, "no modality"),
        ("correct", {"slot": "predicate", "value": " "}, "cannot be empty"),
        ("same-as", {"slot": "unit", "other": "KAZ"}, "no entity"),
        ("same-as", {"slot": "place"}, "two names"),
        ("accept", {"reason": " "}, "reason"),
        ("accept", {"by": ""}, "name under it"),
    ],
)
def test_decisions_that_make_no_sense(held, kind, known, message):
    ledger, (first, *_) = held
    with pytest.raises(LedgerError, match=message):
        ledger.decide(kind, **({"claim": first, "reason": "why", "by": ANN} | known))
    assert ledger.decisions() == ()


def test_decisions_on_nothing(held):
    ledger, (first, *_) = held
    with pytest.raises(ClaimNotFound):
        ledger.decide("accept", claim="cffffffffffff", reason="why", by=ANN)
    with pytest.raises(LedgerError, match="needs the claim"):
        ledger.decide("reject", reason="why", by=ANN)
    with pytest.raises(LedgerError, match="two names"):
        ledger.decide("same-as", value="x", reason="why", by=ANN)
    with pytest.raises(LedgerError, match="no decision 7"):
        ledger.undo(7, by=ANN, reason="why")
    with pytest.raises(LedgerError, match="one claim already"):
        ledger.decide("merge", claim=first, other=first, reason="why", by=ANN)


def test_what_the_ledger_would_have_said(make_document, make_claim, monkeypatch):
    clock = (f"2026-0{month}-01T12:00:00.000000+00:00" for month in itertools.count(1))
    for module in ("adding", "decisions", "judging"):
        monkeypatch.setattr(f"lodeclaim.ledger.{module}.utc_now", lambda: next(clock))
    words = " ".join(f"word{number}" for number in range(60))
    first, second = make_document(f"2,500 t {words}"), make_document(f"Again: 2,500 t {words}")
    one, two = make_claim(first), make_claim(second, period="2024")
    with Ledger.memory() as ledger:
        ledger.add(first, [one])  # January
        ledger.decide("correct", claim=one.id, slot="place", value="UZB", reason="x", by=ANN)  # February
        ledger.judge(one.id, "material", "tin", "confirmed", by=ANN)  # March
        ledger.add(second, [two])  # April
        rejected = ledger.decide("reject", claim=one.id, reason="x", by=ANN)  # May
        ledger.undo(rejected.number, by=ANN, reason="x")  # June
        assert ledger.claims(as_of="2025", statistics=False).is_empty()

        def then(day: str) -> list[tuple[object, ...]]:
            frame = ledger.claims(as_of=day, statistics=False)
            return frame.filter(id=one.id).select("place", "material", "standing").rows()

        assert then("2026-01-01T11:59:59") == []
        assert then("2026-01-01") == [("KAZ", "tungsten", "normal")]
        assert then("2026-02-01T12:00") == [("UZB", "tungsten", "normal")]
        assert then("2026-03") == [("UZB", "tin", "normal")]
        assert ledger.claims(as_of="2026-03", statistics=False)["voice"].to_list() == [first.id]
        assert ledger.claims(as_of="2026-04", statistics=False)["voice"].n_unique() == 1
        assert then("2026-05-31") == [("UZB", "tin", "deprecated")]
        assert then("2026-06") == then("2026-04") == [("UZB", "tin", "normal")]
        assert [len(ledger.decisions(as_of=f"2026-0{month}")) for month in range(1, 7)] == [0, 1, 1, 1, 2, 3]
        assert ledger.claims(as_of="2026-01").filter(origin="statistics").is_empty()
        assert ledger.claims(as_of="2026-02").filter(origin="statistics").height == 2
        with pytest.raises(LedgerError, match="no day or time"):
            ledger.claims(as_of="yesterday")


def test_a_new_reading_supersedes_what_it_no_longer_finds(make_document, make_claim, monkeypatch):
    document = make_document()
    old, kept, new = (make_claim(document, value=float(value)) for value in (1, 2, 3))
    other = make_claim(document, value=4.0, reader="model:x")
    with Ledger.memory() as ledger:
        ledger.add(document, [old, kept, other])
        added = ledger.add(document, [kept, new])
        assert (added.new_claims, added.known_claims, added.superseded_claims) == (1, 1, 1)
        ranks = dict(ledger.claims(statistics=False).select("id", "standing").iter_rows())
        assert ranks == {old.id: "deprecated", kept.id: "normal", new.id: "normal", other.id: "normal"}
        (made,) = ledger.decisions()
        assert (made.kind, made.claim, made.by) == ("retract", old.id, "reader:rules")
        content = ledger.content_hash()
        assert ledger.add(document, [kept, new]).superseded_claims == 0
        assert ledger.content_hash() == content
        ledger.add(document, [old, kept, new])
        assert standing(ledger, old.id)[0] == "normal"
        monkeypatch.setattr("lodeclaim.ledger.superseding.reader_version", lambda: "0.0.9")
        assert ledger.add(document, [kept]).superseded_claims == 0
        monkeypatch.setattr("lodeclaim.ledger.superseding.reader_version", lambda: "0.10.0")
        assert ledger.add(document, [kept]).superseded_claims == 2
        retracted = [one for one in ledger.decisions(claim=old.id, effective=True) if one.kind == "retract"]
        ledger.undo(retracted[-1].number, by=ANN, reason="it stands there")
        assert standing(ledger, old.id)[0] == "normal"
        assert ledger.add(document, [kept]).superseded_claims == 0
        assert standing(ledger, old.id)[0] == "normal"


SLOTS = [("place", "UZB"), ("place", "CHN"), ("value", "7"), ("material", "tin"), ("period", None)]
ACTS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject", "prefer", "retract"]), st.integers(0, 2)),
    st.tuples(st.just("correct"), st.integers(0, 2), st.sampled_from(SLOTS)),
    st.tuples(st.sampled_from(["merge", "split"]), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.sampled_from(["same-as", "not-same"]), st.sampled_from(["KAZ", "UZB", "name:z", "CHN"])),
    st.tuples(st.sampled_from(["same-as", "not-same"]), st.integers(0, 2), st.sampled_from(["KAZ", "UZB"])),
)


def act(ledger: Ledger, ids: list[str], one: tuple) -> int | None:
    """Make the decision and return its number, or None where the ledger refuses it."""
    kind, *rest = one
    known: dict[str, str | None] = {}
    if kind == "correct":
        known = {"claim": ids[rest[0]], "slot": rest[1][0], "value": rest[1][1]}
    elif kind in ("merge", "split"):
        known = {"claim": ids[rest[0]], "other": ids[rest[1]]}
    elif len(rest) == 2:
        known = {"claim": ids[rest[0]], "slot": "place", "other": rest[1]}
    elif kind in ("same-as", "not-same"):
        known = {"value": rest[0], "other": "MNG"}
    else:
        known = {"claim": ids[rest[0]]}
    try:
        return ledger.decide(kind, **known, reason="why", by=ANN).number
    except LedgerError:
        return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(ACTS, max_size=4), acts=st.lists(ACTS, min_size=1, max_size=8), data=st.data())
def test_undoing_every_decision_gives_back_the_same_claims(make_document, make_claim, before, acts, data):
    document = make_document()
    claims = [make_claim(document, value=float(value)) for value in range(3)]
    ids = [claim.id for claim in claims]
    with Ledger.memory() as ledger:
        ledger.add(document, claims)
        for one in before:
            act(ledger, ids, one)
        then = ledger.claims()
        made = [number for one in acts if (number := act(ledger, ids, one)) is not None]
        for number in data.draw(st.permutations(made)):
            ledger.undo(number, by=BEN, reason="back")
        assert_frame_equal(ledger.claims(), then)


def test_decisions_count_in_the_content_hash(held, make_document, make_claim):
    ledger, (first, second, _) = held
    seen = {ledger.content_hash()}
    ledger.decide("accept", claim=first, reason="why", by=ANN)
    seen.add(ledger.content_hash())
    ledger.decide("accept", claim=second, reason="why", by=ANN)
    seen.add(ledger.content_hash())
    ledger.undo(2, by=ANN, reason="why")
    seen.add(ledger.content_hash())
    assert len(seen) == 4
    assert dataclasses.asdict(ledger.decisions()[2])["undoes"] == 2
