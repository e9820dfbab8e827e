"""Sentences become claims with the right slots; every quote stands at its span, whatever the text."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.claims.model import Claim
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.reading.reader import RuleReader

Read = Callable[..., list[Claim]]
ARTICLES = Path(__file__).parents[2] / "examples" / "articles"


def only(claims: list[Claim], predicate: str) -> Claim:
    found = [claim for claim in claims if claim.predicate == predicate]
    assert len(found) == 1, [(claim.predicate, claim.quote) for claim in claims]
    return found[0]


def test_share_with_carried_material(read: Read) -> None:
    text = "Satsningen gäller wolfram. Idag kontrollerar Kina över 80 procent av den globala produktionen."
    claim = only(read(text, "sv", "2026-02-25"), "share")
    assert (claim.material, claim.place, claim.value, claim.unit, claim.comparator) == ("tungsten", "CHN", 80, "%", ">")
    assert claim.period == "2026"
    assert any(reason.slot == "material" and "earlier" in reason.rule for reason in claim.reasons)


def test_a_list_shares_its_holder_and_comparator(read: Read) -> None:
    text = (
        "China kontrolliert rund 92 % der Produktion von Seltenen Erden, 77 % der Kobaltverarbeitung "
        "und 65 % der Lithiumaufbereitung."
    )
    claims = read(text, "de")
    assert [(claim.material, claim.value) for claim in claims] == [("rare-earths", 92), ("cobalt", 77), ("lithium", 65)]
    assert {claim.place for claim in claims} == {"CHN"}
    assert {claim.comparator for claim in claims} == {"~"}
    assert claims[1].stage == claims[2].stage == "processing"


def test_origins_and_importer(read: Read) -> None:
    text = (
        "The United States imports tungsten: 27 percent from China, 14 percent from Germany and 8 percent from Bolivia."
    )
    claims = read(text)
    assert [claim.counterparty for claim in claims] == ["CHN", "DEU", "BOL"]
    assert {claim.place for claim in claims} == {"USA"}
    assert {claim.predicate for claim in claims} == {"supplier_share"}


def test_venture_stakes(read: Read) -> None:
    text = (
        "Cove Kaz Capital Group will hold 70 percent of the joint venture for tungsten "
        "and Tau-Ken Samruk the remaining 30 percent."
    )
    claims = [claim for claim in read(text) if claim.predicate == "stake"]
    assert [(claim.actor, claim.value) for claim in claims] == [("cove-kaz-capital-group", 70), ("tau-ken-samruk", 30)]


def test_brackets_take_the_name_to_their_left(read: Read) -> None:
    text = "Produksjonen av kromitt var størst i Sør-Afrika (16 millioner tonn) og Tyrkia (6,5 millioner tonn) i 2018."
    claims = [claim for claim in read(text, "nb") if claim.predicate == "production"]
    assert [(claim.place, claim.value) for claim in claims] == [("ZAF", 16e6), ("TUR", 6.5e6)]
    assert {claim.material for claim in claims} == {"chromium"}


def test_declines_are_negative(read: Read) -> None:
    claim = only(read("Die Wolframproduktion Chinas sank 2024 um 6,45 %.", "de"), "growth")
    assert claim.value == -6.45


def test_law_and_stop_are_milestones(read: Read) -> None:
    claims = read("Loven om gruvedrift i Kina, som gjelder wolfram, trer i kraft 1. juli 2025.", "nb")
    assert [(claim.predicate, claim.kind, claim.period) for claim in claims] == [
        ("milestone", "law-in-force", "2025-07-01")
    ]


def test_other_topics_are_left_out(read: Read) -> None:
    assert read("Kasakhstan eksporterte 8,7 millioner tonn korn, en økning på 58,7 prosent.", "nb") == []


def test_news_of_a_buyer_is_none_of_raw_materials(read: Read) -> None:
    cars = "Volkswagen will invest 2 billion euros in its plant in Wolfsburg and holds 12 percent of the market."
    assert not read(cars)
    assert [claim.predicate for claim in read(f"{cars} Volkswagen also bought 10,000 tonnes of lithium hydroxide.")]


def test_a_language_without_words_gives_nothing(read: Read) -> None:
    assert read("Produkcja wolframu wyniosła 5 ton.", "pl") == []


def test_reasons_point_at_their_words(read: Read) -> None:
    text = "Kazakhstan produced about 2,400 tonnes of tungsten in 2025."
    claim = only(read(text), "production")
    assert {reason.slot for reason in claim.reasons} >= {
        "predicate",
        "value",
        "comparator",
        "material",
        "place",
        "period",
    }
    for reason in claim.reasons:
        if reason.start is not None and reason.end is not None:
            assert text[reason.start : reason.end] == reason.words


def test_reading_twice_gives_the_same_claims(read: Read) -> None:
    text = (ARTICLES / "en-tungsten-venture.txt").read_text("utf-8")
    assert read(text) == read(text)


_NOISE = ["\u200b", "â", "\u00a0", "\ufeff", "1.216", "0,5", "%", "\n", "(", "Milliarden", " - ", "İ", "ß", "𝟛"]


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_damage_never_moves_a_quote(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    text = path.read_text("utf-8")
    for _ in range(12):
        at = chance.randrange(len(text))
        cut = at + chance.choice([0, 0, 1, 3])
        text = text[:at] + chance.choice(_NOISE) + text[cut:]
    digest = content_hash(text.encode())
    document = Document(
        id="d" + digest[:12],
        address="damaged",
        text=text,
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        language=path.stem[:2],
        published="2025-11-20",
    )
    for claim in RuleReader().read(document):
        assert claim.span is not None
        start, end = claim.span
        assert text[start:end] == claim.quote
