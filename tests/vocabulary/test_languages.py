"""The general words of every language."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.core.errors import UnknownName
from lodeclaim.vocabulary.load import DATA, load_vocabulary

WORDS = load_vocabulary()
CODES = WORDS.language_codes()
COMPOUNDING = ("da", "de", "nb", "sv")
TOOL = Path(__file__).parents[2] / "tools" / "generate_cldr.py"


def generator() -> Any:
    pytest.importorskip("babel", reason="Babel is not installed")
    if not TOOL.exists():
        pytest.skip("the tool is not part of this distribution")
    spec = importlib.util.spec_from_file_location("generate_cldr", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate_cldr"] = module
    spec.loader.exec_module(module)
    return module


def test_the_seven_languages_are_there() -> None:
    assert set(CODES) >= {"da", "de", "en", "es", "fr", "nb", "sv"}
    assert WORDS.language("sv") is WORDS.language("sv")
    with pytest.raises(UnknownName, match="tlh"):
        WORDS.language("tlh")


@pytest.mark.parametrize("code", ["da", "de", "en", "es", "fr", "nb", "sv"])
def test_the_cldr_file_is_what_the_tool_writes(code: str) -> None:
    tool = generator()
    text = tool.render(tool.generate(code, WORDS))
    stored = (DATA / "languages" / code / "cldr.yaml").read_text("utf-8")
    if tool.get_cldr_version() not in stored:
        pytest.skip("the files were written from another release of CLDR")
    assert stored == text


@pytest.mark.parametrize("code", CODES)
def test_every_listed_material_has_a_word(code: str) -> None:
    materials = WORDS.language(code).materials.materials
    for name in ("eu-critical-2024", "eu-strategic-2024", "us-critical-2025"):
        for material in WORDS.on_list(name):
            words = [word for word in materials[material.id].words if not word.endswith("=") or word.islower()]
            assert words, f"{material.id} has no word in {code}"
    assert set(materials) == set(WORDS.materials)


@pytest.mark.parametrize("code", CODES)
def test_words_of_materials_are_lower_case_or_marked(code: str) -> None:
    data = WORDS.language(code).materials
    for part in (data.materials, data.forms):
        for entry in part.values():
            for word in (*entry.words, *entry.guarded):
                assert word == word.lower() or word.endswith("="), word
            for stem in (*entry.stems, *entry.guarded_stems):
                assert stem == stem.lower() and not stem.endswith(("=", "*")), stem


@pytest.mark.parametrize("code", CODES)
def test_short_plain_words_are_exact(code: str) -> None:
    """A word of three letters or fewer with free endings would match everywhere."""
    for material, entry in WORDS.language(code).materials.materials.items():
        for word in entry.words:
            assert len(word.rstrip("=")) > 3 or word.endswith("="), f"{material}: {word}"


@pytest.mark.parametrize("code", COMPOUNDING)
def test_short_stems_are_guarded(code: str) -> None:
    for material, entry in WORDS.language(code).materials.materials.items():
        for stem in entry.stems:
            assert len(stem) >= 4, f"{material}: {stem}"
    for trap in ("tenn", "tinn", "zinn", "tin", "bly", "blei", "titan"):
        for entry in WORDS.language(code).materials.materials.values():
            assert trap not in entry.stems


@pytest.mark.parametrize("code", COMPOUNDING)
def test_compounding_languages_have_stems_for_the_main_materials(code: str) -> None:
    for name in (
        "tungsten",
        "cobalt",
        "lithium",
        "copper",
        "graphite",
        "nickel",
        "manganese",
        "rare-earths",
        "antimony",
    ):
        assert WORDS.language(code).materials.materials[name].stems, name


@pytest.mark.parametrize(
    ("code", "word", "material"),
    [
        ("en", "chromite", "chromium"), ("en", "spodumene", "lithium"), ("en", "scheelite", "tungsten"),
        ("en", "tungstate", "tungsten"), ("en", "tungsten carbide", "tungsten"), ("de", "tungsten", "tungsten"),
        ("de", "kromit", None), ("sv", "sällsynta jordartsmetaller", "rare-earths"), ("nb", "kromitt", "chromium"),
        ("nb", "tunge sjeldne jordarter", "heavy-rare-earths"), ("da", "sjældne jordarter", "rare-earths"),
        ("fr", "terres rares", "rare-earths"), ("es", "tierras raras", "rare-earths"), ("es", "wolframio", "tungsten"),
    ],
)  # fmt: skip
def test_a_word_stands_for_its_material(code: str, word: str, material: str | None) -> None:
    found = [name for name, entry in WORDS.language(code).materials.materials.items() if word in entry.words]
    assert found == ([material] if material else [])


@pytest.mark.parametrize("code", CODES)
def test_formulas_are_known_with_and_without_subscripts(code: str) -> None:
    words = WORDS.language(code).materials.materials["tungsten"].words
    assert {"WO3=", "WO₃="} <= set(words)


@pytest.mark.parametrize("code", CODES)
def test_ambiguous_words_are_guarded(code: str) -> None:
    everyday = {"en": ("tin=", "lead="), "fr": ("argent=",), "es": ("plata=", "oro="), "sv": ("tenn=", "bor=")}
    guarded = {word for entry in WORDS.language(code).materials.materials.values() for word in entry.guarded}
    plain = {word for entry in WORDS.language(code).materials.materials.values() for word in entry.words}
    assert set(everyday.get(code, ())) <= guarded
    assert not plain & guarded


@pytest.mark.parametrize("code", CODES)
def test_every_country_has_a_name(code: str) -> None:
    data = WORDS.language(code)
    for country in WORDS.countries:
        entry = data.places.countries.get(country)
        assert data.cldr.countries.get(country) or (entry and entry.names), country


@pytest.mark.parametrize("code", CODES)
def test_a_name_means_one_place(code: str) -> None:
    data = WORDS.language(code)
    meaning: dict[str, str] = {}
    pairs = [(name, key) for key, names in (data.cldr.countries | data.cldr.groups).items() for name in names]
    for part in (data.places.countries, data.places.groups):
        for key, entry in part.items():
            pairs += [(word, key) for word in (*entry.names, *entry.people, *entry.metonyms)]
    for word, key in pairs:
        assert meaning.setdefault(word.rstrip("=*"), key) == key, word


@pytest.mark.parametrize("code", CODES)
def test_producers_have_adjectives_and_capitals(code: str) -> None:
    places = WORDS.language(code).places
    producers = [
        "KAZ",
        "CHN",
        "RUS",
        "USA",
        "CHL",
        "AUS",
        "COD",
        "ZAF",
        "BRA",
        "IDN",
        "VNM",
        "MNG",
        "TUR",
        "UKR",
        "UZB",
        "SWE",
    ]
    for country in producers:
        entry = places.countries[country]
        assert (entry.adjectives or entry.people) and entry.metonyms, country
    assert places.groups["EU27"].names and places.groups["EU27"].metonyms
    assert places.groups["WLD"].names


@pytest.mark.parametrize(
    ("code", "word", "factor"),
    [
        ("en", "billion", 1e9), ("de", "Milliarden", 1e9), ("de", "Billionen", 1e12), ("sv", "miljarder", 1e9),
        ("sv", "biljoner", 1e12), ("nb", "billioner", 1e12), ("nb", "milliard", 1e9), ("da", "milliarder", 1e9),
        ("fr", "milliards", 1e9), ("es", "mil millones", 1e9), ("es", "billones", 1e12), ("en", "trillion", 1e12),
    ],
)  # fmt: skip
def test_scale_words_follow_the_scale_of_the_language(code: str, word: str, factor: float) -> None:
    assert WORDS.language(code).cldr.scale[word] == factor


@pytest.mark.parametrize("code", CODES)
def test_numbers_and_months(code: str) -> None:
    cldr = WORDS.language(code).cldr
    assert cldr.decimal not in cldr.group
    assert sorted(cldr.months) == list(range(1, 13))
    assert "t" not in cldr.scale_short
    assert cldr.currencies["KZT"] and cldr.currencies["EUR"]


@pytest.mark.parametrize("code", CODES)
def test_an_inflected_adjective_meets_no_other_word(code: str) -> None:
    """German must not be found in germanium: four letters may follow the stem of an adjective."""
    data = WORDS.language(code)
    words = {(word, key) for key, entry in data.materials.materials.items() for word in (*entry.words, *entry.guarded)}
    for table in (data.cldr.countries, data.cldr.groups):
        words |= {(word, key) for key, names in table.items() for word in names}
    for part in (data.places.countries, data.places.groups):
        words |= {(word, key) for key, entry in part.items() for word in (*entry.names, *entry.people, *entry.metonyms)}
    plain = {(word.rstrip("=*").lower(), key) for word, key in words}
    for part in (data.places.countries, data.places.groups):
        for place, entry in part.items():
            for stem in entry.adjectives:
                assert not stem.endswith(("=", "*")), stem
                start = stem.rstrip("=").lower()
                met = [w for w, key in plain if key != place and w.startswith(start) and len(w) <= len(start) + 4]
                assert not met, f"{stem} meets {met}"
