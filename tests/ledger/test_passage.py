from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodeclaim.ledger.passage import LENGTH, passage
from lodeclaim.ledger.store import Ledger


def test_the_paragraph_around_the_quote(make_document, make_claim):
    document = make_document("Headline\n\nIn 2025 the mine gave 2,500 t. More later.\n\nElsewhere.")
    claim = make_claim(document)
    with Ledger.memory() as ledger:
        ledger.add(document, [claim])
        found = passage(ledger, claim)
    assert (found.before, found.quote, found.after) == ("In 2025 the mine gave ", "2,500 t", ". More later.")
    assert document.text[found.start : found.end] == "2,500 t"
    assert found.opens and found.closes
    assert found.source.id == document.id


def test_a_long_paragraph_is_cut_at_sentences(make_document, make_claim):
    filler = "This sentence says nothing of use. " * 40
    document = make_document(f"{filler}The mine gave 2,500 t of ore. {filler}")
    claim = make_claim(document)
    with Ledger.memory() as ledger:
        ledger.add(document, [claim])
        found = passage(ledger, claim)
    assert found.before.startswith("This sentence") and found.before.endswith("The mine gave ")
    assert found.after.endswith("use.")
    assert not found.opens and not found.closes
    assert 300 < len(found.before + found.quote + found.after) <= LENGTH


def test_a_row_of_a_table(official):
    with Ledger.memory() as ledger:
        found = passage(ledger, official[0])
    assert found.quote == "Tungsten, KAZ, 2400.0"
    assert (found.start, found.locator, found.source.publisher) == (None, "row:1", "A survey")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("ab. \n。", max_size=1500), st.text("ab. \n。", max_size=1500), st.integers(0, 900))
def test_a_passage_is_verbatim_and_bounded(make_document, make_claim, before, after, length):
    document = make_document(f"{before}2,500 t{after}")
    claim = make_claim(document)
    with Ledger.memory() as ledger:
        ledger.add(document, [claim])
        found = passage(ledger, claim, length=length)
    whole = found.before + found.quote + found.after
    assert document.text[found.start - len(found.before) : found.end + len(found.after)] == whole
    assert found.quote == "2,500 t"
    assert len(whole) <= max(length, len(found.quote))
    assert "\n" not in whole
