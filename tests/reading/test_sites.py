"""Garbled site names: linked by country, material and likeness, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodeclaim.reading.blocks import split_blocks
from lodeclaim.reading.fold import fold
from lodeclaim.reading.language import load_language
from lodeclaim.reading.model import Link
from lodeclaim.reading.sites import link_sites
from lodeclaim.reading.spelling import similarity, spell
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Site
from reading.garbling import garbles


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


TEMPLATES = {
    "de": "{material} in {country}: die Lagerstätte {name} gehört zu den größten des Landes.\n",
    "en": "In {country} the {name} deposit holds {material}, according to the company.\n",
    "sv": "I {country} ligger fyndigheten {name} med {material}.\n",
    "nb": "I {country} ligger forekomsten {name} med {material}.\n",
}


def garbled_text(site: Site, name: str, code: str) -> str | None:
    """A sentence in the language that names the site wrongly, and its country and material rightly."""
    words = load_vocabulary().language(code)
    material = words.materials.materials.get(site.materials[0])
    if material is None or not material.words or site.country not in words.cldr.countries:
        return None
    plain = material.words[0].rstrip("=*")
    return TEMPLATES[code].format(
        material=plain.capitalize() if code == "de" else plain,
        country=words.cldr.countries[site.country][0],
        name=name,
    )


def test_many_garbles_are_linked_rightly_and_few_wrongly() -> None:
    right = wrong = 0
    total = 0
    for seed, code in enumerate(TEMPLATES):
        for site, name in garbles(seed):
            text = garbled_text(site, name, code)
            if text is None:
                continue
            exact = [str(hit.value) for hit in load_language(code).lexicon.scan(text) if hit.category == "site"]
            found = {link.entity for link in links(text, code)} | set(exact)
            total += 1
            right += found == {site.id}
            wrong += bool(found) and site.id not in found
    assert total >= 1000
    assert right / total >= 0.85, right / total
    assert wrong / total <= 0.03, wrong / total


def test_the_garbled_names_of_the_development_set(shared: Path) -> None:
    text = (shared / "seeds" / "002_32a445571d979070.txt").read_text("utf-8")
    found = {text[link.start : link.end]: link for link in links(text, "de")}
    exact = {
        text[hit.start : hit.end]: str(hit.value)
        for hit in load_language("de").lexicon.scan(text)
        if hit.category == "site"
    }
    expected = {
        "Oberen Kairadjinskoye": "upper-kairakty",
        "Ust-Khakaljinzhenskoye": "upper-kairakty",
        "Shchekaljin Gzhatskoye": "upper-kairakty",
        "Nordkatpal": "north-katpar",
        "North Katapar": "north-katpar",
        "North Karteminers": "north-katpar",
        "Baku-Ta": "bakuta",
        "Baku-Tau": "bakuta",
    }
    assert {name: link.entity for name, link in found.items()} == expected
    assert all(link.note and link.status in ("probable", "possible") for link in found.values())
    assert exact["Kuyrektykol"] == "kuirektykol"
    assert exact["Mirolyubovsky"] == "mirolyubovskoye"
