from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators import bases
from lodeclaim.indicators.bases import content_of_trade_line, convert, convert_trade
from lodeclaim.vocabulary.load import load_vocabulary


def mass(value: float, basis: str | None, spread: float = 0.0) -> Figure:
    return Figure(value=value, low=value - spread, high=value + spread, unit="t", basis=basis, claims=("c",))


def grade(value: float, unit: str = "%", basis: str | None = None) -> Figure:
    return Figure(value=value, low=value, high=value, unit=unit, basis=basis, claims=("g",))


@pytest.mark.parametrize(
    ("material", "start", "to", "factor"),
    [
        ("tungsten", "WO3", "contained", 0.7930),
        ("lithium", "Li2O", "contained", 0.4645),
        ("lithium", "contained", "LCE", 1 / 0.1879),
        ("chromium", "Cr2O3", "contained", 0.6842),
        ("lithium", "Li2O", "LCE", 0.4645 / 0.1879),
    ],
)
def test_factors_between_compounds(material, start, to, factor):
    result = convert(mass(1000.0, start, 10), material, to)
    assert result.value == pytest.approx(1000 * factor)
    assert (result.low, result.high) == (pytest.approx(990 * factor), pytest.approx(1010 * factor))
    assert result.basis == to and result.claims == ("c",) and any("IUPAC" in reason for reason in result.reasons)


def test_chromite_by_gross_weight_and_by_oxide_are_not_one_number():
    """Two statistics of one country's chromite differ threefold because one weighs the ore and one the oxide."""
    ore, oxide = mass(6.1e6, "gross"), mass(1.995e6, "Cr2O3")
    assert convert(ore, "chromium", "Cr2O3").value is None
    assert "grade" in convert(ore, "chromium", "Cr2O3").missing
    of_grade = convert(ore, "chromium", "Cr2O3", grade=grade(32.7, basis="Cr2O3"))
    assert of_grade.value == pytest.approx(oxide.value, rel=0.01) and set(of_grade.claims) == {"c", "g"}


def test_a_gross_weight_of_a_pure_compound_needs_no_grade():
    assert convert(mass(100, "gross"), "antimony", "contained", form="Sb2O3").value == pytest.approx(83.54)


@pytest.mark.parametrize(
    ("figure", "material", "to", "words"),
    [
        (mass(1, None), "tungsten", "contained", "the basis of the quantity"),
        (mass(1, "REO"), "rare-earths", "contained", "its composition varies"),
        (mass(1, "K2O"), "tungsten", "contained", "known for K only"),
        (mass(1, "Xx2O9"), "tungsten", "contained", "no such form"),
        (mass(1, "gross"), "tungsten", "WO3", "the grade or the form"),
    ],
)
def test_refusals_say_what_is_missing(figure, material, to, words):
    result = convert(figure, material, to)
    assert result.value is None and words in result.missing and result.claims == figure.claims


def test_grades_in_all_their_units():
    tonnes = mass(1e6, "gross")
    assert convert(tonnes, "gold", "contained", grade=grade(5, "g/t")).value == pytest.approx(5)
    assert convert(tonnes, "tungsten", "contained", grade=grade(0.5, "%", "WO3")).value == pytest.approx(5000 * 0.793)
    assert "in ct" in convert(tonnes, "gold", "contained", grade=grade(5, "ct")).missing
    assert convert(tonnes, "gold", "contained", grade=grade(5, "%", "gross")).value is None


@given(st.floats(1, 1e6), st.sampled_from([("tungsten", "WO3"), ("lithium", "LCE"), ("cobalt", "CoO")]))
def test_there_and_back_is_the_same(value, pair):
    material, compound = pair
    there = convert(mass(value, "contained", value / 10), material, compound)
    back = convert(there, material, "contained")
    assert back.value == pytest.approx(value) and back.low == pytest.approx(0.9 * value)


def test_cobalt_by_oxide_is_an_interval_because_most_is_crude_hydroxide():
    content = content_of_trade_line("cobalt", "282200")
    assert content.low < 0.4 < content.value < content.high == 0.7865
    result = convert_trade(mass(1000, None), "cobalt", "282200")
    assert result.low == pytest.approx(200) and result.high == pytest.approx(786.5) and result.basis == "contained"


def test_a_shared_or_unknown_trade_line_is_refused():
    assert "six metals" in convert_trade(mass(10, "gross"), "gallium", "811292").missing
    assert "not in the table" in content_of_trade_line("gallium", "999999").missing
    from_claim = convert_trade(mass(10, "gross"), "gallium", "811292", grade=grade(99, "%"))
    assert from_claim.value == pytest.approx(9.9)


def test_the_table_of_contents_is_sound():
    words = load_vocabulary()
    listed = {(code.code, m.id) for m in words.materials.values() for code in m.hs}
    path = Path(bases.__file__).parent / "data" / "trade_content.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len({(row["code"], row["material"]) for row in table}) == len(table) > 90
    for row in table:
        assert (row["code"], row["material"]) in listed, row
        assert row["source"]
        if row["low"]:
            assert 0 <= float(row["low"]) <= float(row["high"]) <= 1
            known = row["basis"] in ("contained",) or bases.factor_of(row["material"], row["basis"]) is not None
            assert known, row
        else:
            assert row["source"].startswith("refused: ")
