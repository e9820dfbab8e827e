"""Garbled site names: linked by country, material and likeness, or left alone."""

from __future__ import annotations

import pytest

from lodeclaim.reading.blocks import split_blocks
from lodeclaim.reading.fold import fold
from lodeclaim.reading.language import load_language
from lodeclaim.reading.model import Link
from lodeclaim.reading.sites import link_sites
from lodeclaim.reading.spelling import similarity, spell
from lodeclaim.vocabulary.load import load_vocabulary


def links(text: str, code: str) -> list[Link]:
    language = load_language(code)
    hits = language.lexicon.scan(text)
    return link_sites(text, fold(text), hits, split_blocks(text, hits), load_vocabulary(), language.grammar)


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("Nordkatpal", "Северный Катпар", "Акчатау"),
        ("Kairadjinskoye", "Верхне-Кайрактинское", "Караоба"),
        ("Kuyrektikolj", "Куйректыколь", "Коктенколь"),
    ],
)
def test_a_garbled_name_is_nearer_to_its_own_site(first: str, second: str, third: str) -> None:
    assert similarity(spell(first), spell(second)) > similarity(spell(first), spell(third)) + 0.05


def test_contrary_directions_keep_names_apart() -> None:
    assert similarity(spell("North Katpar"), spell("South Katpar")) < similarity(
        spell("North Katpar"), spell("Nordkatpar")
    )


def test_a_site_is_linked_inside_its_country_and_material() -> None:
    text = "In Kasachstan liegt die Lagerstätte Nordkatpal mit Wolfram.\n"
    found = links(text, "de")
    assert [link.entity for link in found] == ["north-katpar"]
    assert found[0].status in ("probable", "possible")
    assert "~" in found[0].note
    assert text[found[0].start : found[0].end] == "Nordkatpal"


def test_the_same_name_in_another_country_is_left_alone() -> None:
    assert links("In Portugal liegt die Lagerstätte Nordkatpal mit Wolfram.\n", "de") == []


def test_a_name_that_nothing_is_near_to_is_left_alone() -> None:
    assert links("In Kasachstan liegt die Lagerstätte Brunnenfeld mit Wolfram.\n", "de") == []


def test_a_pair_named_before_decides_its_garbled_repetition() -> None:
    text = (
        "Wolfram in Kasachstan: es geht um die Lagerstätten Oberen Kairadjinskoye und Nordkatpal.\n"
        "Die Erzvorkommen Shchekaljin Gzhatskoye und North Karteminers liegen in Kasachstan und enthalten Wolfram.\n"
    )
    assert [link.entity for link in links(text, "de")] == ["upper-kairakty", "north-katpar"] * 2
