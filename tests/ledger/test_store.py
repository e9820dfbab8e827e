from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lodeclaim.claims.model import Claim
from lodeclaim.claims.table import COLUMNS, to_claims
from lodeclaim.core.errors import ClaimNotFound, LedgerError
from lodeclaim.documents.model import Document
from lodeclaim.ledger.store import Ledger


def test_adding_twice_changes_nothing(make_document, make_claim):
    document = make_document()
    claim = make_claim(document)
    with Ledger.memory() as ledger:
        first = ledger.add(document, [claim])
        before = ledger.content_hash()
        again = ledger.add(dataclasses.replace(document, address="elsewhere.txt"), [claim, claim])
        assert (first.new_document, first.new_claims, first.known_claims) == (True, 1, 0)
        assert (again.new_document, again.new_claims, again.known_claims) == (False, 0, 1)
        assert ledger.content_hash() == before
        assert ledger.document(document.id) == document


def test_a_better_reader_adds_to_a_known_document(make_document, make_claim):
    document = make_document()
    with Ledger.memory() as ledger:
        ledger.add(document, [make_claim(document)])
        before = ledger.content_hash()
        added = ledger.add(document, [make_claim(document), make_claim(document, value=2400.0)])
        assert (added.new_document, added.new_claims, added.known_claims) == (False, 1, 1)
        assert ledger.content_hash() != before


def test_the_file_keeps_everything(tmp_path: Path, make_document, make_claim):
    path = tmp_path / "ledger.db"
    document = make_document("Ünïcode – 钨: 2,500 t of tungsten\r\n\r\nend", notes=("repaired",), published="2026-01")
    claim = make_claim(document, flags=("rounded",), value_max=2600.0)
    with Ledger.open(path) as ledger:
        ledger.add(document, [claim])
    with Ledger.open(path, create=False) as ledger:
        assert ledger.document(document.id) == document
        assert ledger.claim(claim.id) == claim
        assert list(to_claims(ledger.claims(statistics=False))) == [claim]
    with Ledger.open(f"sqlite:///{path}") as ledger:
        assert ledger.claim(claim.id) == claim


def test_one_table_of_documents_and_statistics(make_document, make_claim, official):
    document = make_document(publisher="The Daily", published="2026-01-05")
    with Ledger.memory() as ledger:
        ledger.add(document, [make_claim(document)])
        frame = ledger.claims(material="tungsten", place="KAZ")
        added = ["origin", "publisher", "published", "voice", "standing", "standing_reason", "merged"]
        assert frame.columns == [*COLUMNS, *added]
        assert frame.select("origin", "publisher", "published", "value").rows() == [
            ("document", "The Daily", "2026-01-05", 2500.0),
            ("statistics", "A survey", "2026-02", 2400.0),
        ]
        assert ledger.claims(statistics=False).height == 1
        assert ledger.claims(source="survey-2026").height == 2
        assert ledger.claims(place=["CHN", "KAZ"], predicate="production", stage="extraction").height == 3
        assert ledger.claims(material="cobalt").is_empty()
        assert [source.id for source in ledger.sources()] == [document.id, "survey-2026"]
        assert ledger.claim(official[1].id) == official[1]


def test_actor_finds_both_sides(make_document, make_claim):
    document = make_document()
    claims = [make_claim(document, actor="a"), make_claim(document, actor="b", counterparty="a")]
    with Ledger.memory() as ledger:
        ledger.add(document, claims)
        assert ledger.claims(actor="a").height == 2
        assert ledger.claims(actor="b").height == 1


def test_claim_by_prefix(make_document, make_claim):
    document = make_document()
    claims = [make_claim(document, value=float(number)) for number in range(300)]
    with Ledger.memory() as ledger:
        ledger.add(document, claims)
        ids = sorted(claim.id for claim in claims)
        assert ledger.claim(ids[0][:11]).id == ids[0]
        shared = next(a[:3] for a, b in itertools.pairwise(ids) if a[:3] == b[:3])
        with pytest.raises(ClaimNotFound, match="more digits"):
            ledger.claim(shared)
        with pytest.raises(ClaimNotFound, match="no claim"):
            ledger.claim("c%%%%%%")
        with pytest.raises(ClaimNotFound, match="too short"):
            ledger.claim("c")


def test_a_document_is_kept_whole_or_not_at_all(make_document, make_claim):
    document = make_document()
    good = make_claim(document)
    broken = [
        replace(good, quote="9,999 t"),
        replace(good, source="dother"),
        replace(good, locator="row:3"),
    ]
    with Ledger.memory() as ledger:
        before = ledger.content_hash()
        for claim in broken:
            with pytest.raises(LedgerError):
                ledger.add(document, [good, claim])
        assert ledger.content_hash() == before
        other = dataclasses.replace(document, sha256="0" * 64)
        ledger.add(document, [good])
        with pytest.raises(LedgerError, match="another document"):
            ledger.add(other, [good])


def test_a_failing_write_leaves_nothing(make_document, make_claim, monkeypatch):
    document = make_document()
    with Ledger.memory() as ledger:
        before = ledger.content_hash()

        def fail(*_: object) -> None:
            raise RuntimeError("stopped half-way")

        monkeypatch.setattr("lodeclaim.ledger.adding.links_of", fail)
        with pytest.raises(RuntimeError):
            ledger.add(document, [make_claim(document)])
        assert ledger.content_hash() == before
        with pytest.raises(LedgerError, match="no document"):
            ledger.document(document.id)


def test_judgement_can_be_made_and_undone(make_document, make_claim, official):
    document = make_document()
    claim = make_claim(document)
    with Ledger.memory() as ledger:
        ledger.add(document, [claim])
        ledger.judge(claim.id, "place", "UZB", "confirmed", by="reviewer")
        assert ledger.claim(claim.id).place == "UZB"
        assert ledger.claims(place="UZB", statistics=False)["id"].to_list() == [claim.id]
        assert ledger.claims(place="KAZ", statistics=False).is_empty()
        ledger.judge(claim.id, "place", "UZB", "rejected", by="reviewer")
        assert ledger.claim(claim.id).place == "name:Kazakhstan"
        ledger.judge(claim.id, "place", "KAZ", "confirmed", by="reviewer")
        assert ledger.claim(claim.id) == claim
        story = ledger.judgements(claim.id)
        assert [(one.slot, one.entity, one.status) for one in story] == [
            ("material", "tungsten", "confirmed"),
            ("place", "KAZ", "confirmed"),
            ("place", "UZB", "confirmed"),
            ("place", "UZB", "rejected"),
            ("place", "KAZ", "confirmed"),
        ]
        with pytest.raises(LedgerError, match="not judged"):
            ledger.judge(official[0].id, "place", "KAZ", "confirmed", by="reviewer")
        with pytest.raises(LedgerError, match="slot"):
            ledger.judge(claim.id, "value", "KAZ", "confirmed", by="reviewer")


def test_copies_have_one_voice(make_document, make_claim):
    words = " ".join(f"word{number}" for number in range(200))
    first, second = make_document(f"2,500 t {words}"), make_document(f"Reprint! 2,500 t {words.upper()}.")
    third = make_document("2,500 t " + " ".join(f"other{number}" for number in range(200)))
    with Ledger.memory() as ledger:
        for document in (first, second, third):
            ledger.add(document, [make_claim(document)])
        voices = dict(ledger.claims(statistics=False).select("source", "voice").iter_rows())
        assert voices[first.id] == voices[second.id] == min(first.id, second.id)
        assert voices[third.id] == third.id


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=4))
def test_order_and_repetition_of_additions_do_not_matter(make_document, make_claim, order, repeated):
    documents = [make_document(f"Mine {number}: 2,500 t of tungsten.") for number in range(4)]
    with Ledger.memory() as one, Ledger.memory() as other:
        for document in documents:
            one.add(document, [make_claim(document)])
        for number in [*order, *repeated]:
            other.add(documents[number], [make_claim(documents[number])])
        assert one.content_hash() == other.content_hash()


def test_many_claims_are_fast(make_document, make_claim):
    import time

    document = make_document()
    base = make_claim(document)
    claims = [replace(base, id=f"c{number:012x}", value=float(number)) for number in range(5_000)]
    with Ledger.memory() as ledger:
        start = time.perf_counter()
        ledger.add(document, claims)
        assert ledger.claims(statistics=False).height == 5_000
        assert time.perf_counter() - start < 5


def test_records_are_those_of_the_claim(make_document, make_claim):
    document: Document = make_document()
    claim: Claim = make_claim(document)
    with Ledger.memory() as ledger:
        ledger.add(document, [replace(claim, id="")])
        assert ledger.claim(claim.id) == claim


def test_two_writers_of_one_file_lose_nothing(tmp_path: Path, make_document, make_claim):
    from concurrent.futures import ThreadPoolExecutor

    documents = [make_document(f"Mine {number}: 2,500 t of tungsten.") for number in range(12)]
    path = tmp_path / "ledger.db"

    def add_all(order: list[Document]) -> int:
        with Ledger.open(path, timeout=30) as ledger:
            return sum(ledger.add(document, [make_claim(document)]).new_claims for document in order)

    Ledger.open(path).close()
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(add_all, [documents, documents[::-1]]))
    assert sum(counts) == len(documents)
    with Ledger.open(path) as held, Ledger.memory() as alone:
        for document in documents:
            alone.add(document, [make_claim(document)])
        assert held.content_hash() == alone.content_hash()


def test_groups_with_their_members(make_document, make_claim):
    document = make_document()
    claims = [make_claim(document, material="rare-earths"), make_claim(document, material="neodymium")]
    with Ledger.memory() as ledger:
        ledger.add(document, claims)
        assert ledger.claims(material="rare-earths", statistics=False).height == 1
        assert ledger.claims(material="rare-earths", statistics=False, with_members=True).height == 2
