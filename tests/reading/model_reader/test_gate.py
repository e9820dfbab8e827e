"""What the gate lets through, and what it sends into quarantine with which reason."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.claims.model import Claim
from lodeclaim.reading.language import load_language
from lodeclaim.reading.model_reader.gate import CEILING, CEILING_OF_WORDS, Gate
from lodeclaim.reading.model_reader.model import ClaimDraft, Piece, Quarantined
from lodeclaim.reading.model_reader.prompt import PREDICATES
from lodeclaim.reading.model_reader.scanned import ScannedDocument
from lodeclaim.reading.reader import RuleReader

from .conftest import SHARE, TEXT, document

READER = "model:stub"


def judge(text: str, language: str = "en", **draft: Any) -> Claim | Quarantined:
    scanned = ScannedDocument(document(text, language), load_language(language))
    quote = str(draft.get("quote", ""))
    block = next((b for b in scanned.blocks if quote in text[b.start : b.end]), scanned.blocks[-1])
    return Gate(scanned).judge(ClaimDraft(**draft), Piece(block.start, block.end), READER)


def accepted(text: str, language: str = "en", **draft: Any) -> Claim:
    found = judge(text, language, **draft)
    assert isinstance(found, Claim), found
    assert text[slice(*found.span or (0, 0))] == found.quote
    return found


def refused(text: str, language: str = "en", **draft: Any) -> Quarantined:
    found = judge(text, language, **draft)
    assert isinstance(found, Quarantined), found
    assert found.draft is not None
    return found


def test_a_draft_that_holds_is_the_claim_of_the_rules() -> None:
    claim = accepted(TEXT, **SHARE)
    ours = next(c for c in RuleReader().read(document()) if c.predicate == "share")
    assert claim.id == ours.id
    assert claim.quote == "83%"
    assert claim.reader == READER
    assert claim.confidence <= CEILING < ours.confidence


@pytest.mark.parametrize(
    ("change", "step", "reason"),
    [
        ({"quote": "China accounted for 90% of world tungsten production"}, "quote", "does not stand"),
        ({"quote": "tungsten production in 2024"}, "number", "no quantity in the quote"),
        ({"value": 8.3}, "number", "the text reads 83 %, the draft says 8.3 %"),
        ({"value": 38}, "number", "the text reads 83 %"),
        ({"unit": "t"}, "number", "the draft says 83 t"),
        ({"unit": None}, "number", "without unit"),
        ({"value": float("inf")}, "number", "finite"),
        ({"value_max": 90}, "number", "83 to 90 %"),
        ({"value": None}, "number", "means nothing without one"),
        ({"predicate": "production"}, "fit", "production is not counted in %"),
        ({"predicate": "prophecy"}, "fit", "no predicate"),
        ({"predicate": "governance"}, "fit", "no predicate"),
        ({"material": "gold", "place": "Chile"}, "slots", "none of the names"),
    ],
)
def test_a_draft_that_does_not_hold(change: dict[str, Any], step: str, reason: str) -> None:
    found = refused(TEXT, **(SHARE | change))
    assert found.step == step
    assert reason in found.reason


def test_units_are_compared_after_conversion() -> None:
    text = "The tungsten deposit in Kazakhstan holds 1.216 million tonnes of ore."
    draft = {"quote": "1.216 million tonnes", "predicate": "reserve", "material": "tungsten", "place": "Kazakhstan"}
    claim = accepted(text, value=1.216, unit="Mt", **draft)
    assert (claim.value, claim.unit) == (1_216_000, "t")
    assert refused(text, value=12_160_000, unit="t", **draft).step == "number"
    assert refused(text, value=1_216_000, unit="t/yr", **draft).step == "number"


def test_the_number_is_read_as_its_language_writes_it() -> None:
    text = "Die Wolframlagerstätte in Kasachstan verfügt über 1.216 Tonnen Reserven."
    draft = {"quote": "1.216 Tonnen", "predicate": "reserve", "unit": "t", "material": "Wolfram"}
    assert accepted(text, "de", value=1216, **draft).place is None
    assert refused(text, "de", value=1.216, **draft).step == "number"


def test_a_range_needs_both_ends() -> None:
    text = "Lithium demand in China will rise to between 400 and 500 tonnes in 2030."
    draft = {"quote": "400 and 500 tonnes", "predicate": "demand", "unit": "t", "material": "lithium"}
    claim = accepted(text, value=400, value_max=500, **draft)
    assert (claim.value, claim.value_max, claim.period) == (400, 500, "2030")
    assert refused(text, value=400, **draft).step == "number"


def test_a_fall_is_below_zero_only_where_the_words_say_so() -> None:
    down = "Cobalt output in Indonesia fell by 12% in 2024."
    up = "Cobalt output in Indonesia rose by 12% in 2024."
    draft = {"quote": "by 12%", "predicate": "growth", "unit": "%", "material": "cobalt", "place": "Indonesia"}
    assert accepted(down, value=-12, **draft).value == -12
    assert refused(down, value=12, **draft).step == "number"
    assert accepted(up, value=12, **draft).value == 12
    assert refused(up, value=-12, **draft).step == "number"


@pytest.mark.parametrize(
    ("text", "draft", "reason"),
    [
        ("China holds 130% of world tungsten output.", {"quote": "130%", "predicate": "share"}, "0 to 100"),
        ("Tungsten output in China fell by 130%.", {"quote": "130%", "predicate": "growth", "value": -130}, "-100"),
    ],
)
def test_what_cannot_be_is_refused(text: str, draft: dict[str, Any], reason: str) -> None:
    found = refused(text, **({"value": 130, "unit": "%", "material": "tungsten", "place": "China"} | draft))
    assert found.step == "fit"
    assert reason in found.reason


def test_a_quantity_twice_in_the_quote_is_refused() -> None:
    text = "Tungsten from China made up 30% of imports and from Vietnam 30% of imports."
    found = refused(
        text, quote="30% of imports and from Vietnam 30%", predicate="share", value=30, unit="%", material="tungsten"
    )
    assert found.step == "number"
    assert "more than once" in found.reason


def test_a_name_the_text_lacks_leaves_its_slot_empty_and_says_so() -> None:
    claim = accepted(TEXT, **(SHARE | {"place": "Mongolia", "stage": "recycling", "actor": "Acme Mining"}))
    assert (claim.place, claim.stage, claim.actor) == (None, None, None)
    notes = {reason.slot: reason.note for reason in claim.reasons if reason.rule == "not in the text"}
    assert set(notes) == {"place", "stage", "actor"}
    assert "Mongolia" in notes["place"]
    assert claim.confidence < accepted(TEXT, **SHARE).confidence


def test_a_name_may_be_the_canonical_one() -> None:
    text = "Chinese smelters produced 700 tonnes of tungsten in 2024."
    claim = accepted(
        text, quote="700 tonnes", predicate="production", value=700, unit="t", material="Tungsten", place="China"
    )
    assert (claim.material, claim.place) == ("tungsten", "CHN")


def test_a_company_the_vocabulary_lacks_is_kept_as_a_name() -> None:
    text = "Zinnwerk Beispielberg invests 40 million euros in a tungsten plant in Germany."
    draft = {
        "quote": "40 million euros",
        "predicate": "investment",
        "value": 40e6,
        "unit": "EUR",
        "material": "tungsten",
    }
    claim = accepted(text, actor="Zinnwerk Beispielberg", **draft)
    assert claim.actor == "name:Zinnwerk Beispielberg"
    assert next(reason for reason in claim.reasons if reason.slot == "actor").status == "possible"


def test_names_come_from_the_headline_last() -> None:
    text = "Tungsten in China\n\nIts share of world output reached 83% in 2024, more than ever before in its history.\n"
    claim = accepted(text, quote="83%", predicate="share", value=83, unit="%", material="tungsten", place="China")
    assert (claim.material, claim.place) == ("tungsten", "CHN")
    assert all("headline" in reason.rule for reason in claim.reasons if reason.slot in ("material", "place"))


def test_time_and_firmness_need_words_of_the_sentence() -> None:
    claim = accepted(TEXT, **(SHARE | {"when": "2019", "modality": "planned", "attributed_to": "Jane Nobody"}))
    assert (claim.period, claim.modality, claim.attributed_to) == ("2024", "actual", None)
    assert {r.slot for r in claim.reasons if r.rule == "not in the text"} == {"period", "modality", "attributed_to"}


def test_an_event_of_ours_is_the_claim_of_the_rules() -> None:
    claim = accepted(
        TEXT,
        quote="China placed tungsten under export controls",
        predicate="measure",
        actor="China",
        material="tungsten",
    )
    ours = next(c for c in RuleReader().read(document()) if c.predicate == "measure")
    assert claim.id == ours.id
    assert claim.kind == "export-control"


def test_an_event_in_words_we_do_not_know_is_trusted_less() -> None:
    text = "Chile and Bolivia have shaken hands over lithium from the salt flats."
    claim = accepted(
        text,
        quote="have shaken hands",
        predicate="agreement",
        actor="Chile",
        counterparty="Bolivia",
        material="lithium",
    )
    assert (claim.actor, claim.counterparty, claim.material) == ("CHL", "BOL", "lithium")
    assert (claim.kind, claim.instrument) == (None, None)
    assert claim.confidence <= CEILING_OF_WORDS
    lonely = refused(text, quote="have shaken hands", predicate="agreement", actor="Chile")
    assert lonely.step == "slots"


def test_what_is_not_about_raw_materials_is_refused() -> None:
    paragraphs = (
        "Lithium is mined in Chile.",
        "Now to something else entirely.",
        "Schools in Spain spent 40 million euros on new kitchens this summer.",
    )
    text = "\n\n".join(paragraphs)
    found = refused(
        text, quote="40 million euros", predicate="investment", value=40e6, unit="EUR", place="Spain", modality="actual"
    )
    assert found.step == "slots"


def test_a_refusal_names_the_block() -> None:
    found = refused(TEXT, **(SHARE | {"value": 8.3}))
    assert TEXT[found.start : found.end].startswith("China accounted for 83%")
    assert (found.reader, found.address) == (READER, "test.txt")
    assert dataclasses.asdict(found)["draft"]["value"] == 8.3


def test_a_listing_or_an_opening_is_of_one_thing() -> None:
    text = "Tungsten was added to the list of critical minerals."
    assert accepted(text, quote=text, predicate="status", material="tungsten").kind == "critical-list"
    found = refused(
        "Tungsten news.\n\nIt went into production in Portugal in 2024, it is said, and all is well.\n",
        quote="went into production",
        predicate="milestone",
        place="Portugal",
    )
    assert found.step == "slots"


_NAMES = st.none() | st.sampled_from(["China", "tungsten", "Panasqueira", "Portugal", "Atlantis", "", "the", "2024"])
_SCANNED = ScannedDocument(document(), load_language("en"))


@settings(max_examples=300, deadline=None)
@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 80),
    predicate=st.sampled_from([*PREDICATES, "nonsense"]),
    value=st.none() | st.sampled_from([83.0, 550.0, 8.3, 2024.0, -83.0]) | st.floats(),
    unit=st.none() | st.sampled_from(["%", "t", "kt", "t/yr", "USD", "parsec"]),
    names=st.tuples(_NAMES, _NAMES, _NAMES, _NAMES),
    when=st.none() | st.text(max_size=8),
    others=st.lists(st.sampled_from(["China", "Portugal", "Nowhere"]), max_size=3),
)
def test_no_draft_can_put_a_number_into_the_ledger_that_the_text_lacks(
    start: int,
    length: int,
    predicate: str,
    value: float | None,
    unit: str | None,
    names: tuple[str | None, ...],
    when: str | None,
    others: list[str],
) -> None:
    material, place, actor, site = names
    draft = ClaimDraft(
        predicate=predicate,
        quote=TEXT[start : start + length],
        value=value,
        unit=unit,
        material=material,
        place=place,
        actor=actor,
        site=site,
        when=when,
        others=tuple(others),
    )
    found = Gate(_SCANNED).judge(draft, Piece(0, len(TEXT)), READER)
    if isinstance(found, Quarantined):
        assert found.reason
        return
    assert TEXT[slice(*found.span or (0, 0))] == found.quote
    assert found.confidence <= CEILING
    assert (found.value, found.unit) in {(None, None), (83.0, "%"), (550.0, "t")}
    assert found.period in {None, "2024", "2023", "2025-02"}
    assert "Atlantis" not in str(found.entities)
