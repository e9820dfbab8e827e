"""Words found in one pass: compounds, endings, case, longest names, split triggers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodeclaim.reading.fold import fold
from lodeclaim.reading.language import load_language
from lodeclaim.reading.lexicon import LexiconBuilder


def values(text: str, code: str, category: str) -> list[object]:
    return [hit.value for hit in load_language(code).lexicon.scan(text) if hit.category == category]


def test_material_and_stage_stand_inside_one_compound() -> None:
    for word, material, stage in [
        ("Kobaltverarbeitung", "cobalt", "processing"),
        ("Lithiumaufbereitung", "lithium", "processing"),
        ("Kupferraffination", "copper", "processing"),
        ("Wolframabbau", "tungsten", "extraction"),
    ]:
        assert values(word, "de", "material") == [material]
        assert stage in values(word, "de", "stage")


def test_words_of_other_fields_are_no_materials() -> None:
    for code, word in [("de", "Zinnenkranz"), ("sv", "tennis"), ("sv", "blyertspenna"), ("de", "Goldmann")]:
        assert values(word, code, "material") == []


def test_the_longest_name_counts() -> None:
    assert values("heavy rare earths", "en", "material") == ["heavy-rare-earths"]
    assert values("Export-Import Bank of the United States", "en", "place") == []


def test_capitals_tell_a_country_from_a_pronoun() -> None:
    assert values("It brings us tungsten", "en", "place") == []
    assert values("The US buys tungsten", "en", "place") == ["USA"]


def test_separable_verbs_are_found_across_their_objects() -> None:
    text = "Im Gegensatz dazu stellten die Behörden die Wolframproduktion im Jahr 2015 ein."
    assert ("milestone", "production-stop") in values(text, "de", "event")
    assert values("Sie stellten die Wolframproduktion vor. Wir gingen ein.", "de", "event") == []


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_hits_lie_inside_the_text(text: str) -> None:
    for hit in load_language("sv").lexicon.scan(text):
        assert 0 <= hit.start <= hit.end <= len(text)


@pytest.mark.parametrize("name", ["Mitsui & Co", "Ministry of Economy, Trade and Industry", "Mount Weld (Laverton)"])
def test_names_with_a_sign_beside_a_space_are_found(name: str) -> None:
    builder = LexiconBuilder([])
    builder.add(name, "actor", "one", proper=True)
    text = f"The talks with {name} went on."
    assert [text[hit.start : hit.end] for hit in builder.build().scan(text)] == [name.rstrip(")")]
