"""Stoichiometric factors, computed again from atomic weights."""

from __future__ import annotations

import pytest

from lodeclaim.vocabulary.load import load_vocabulary

#: Standard atomic weights, abridged to five digits (IUPAC 2021).
WEIGHTS = {
    "H": 1.0080, "Li": 6.94, "Be": 9.0122, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998,
    "Na": 22.990, "Mg": 24.305, "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Cl": 35.45, "K": 39.098,
    "Ca": 40.078, "Sc": 44.956, "Ti": 47.867, "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845, "Co": 58.933,
    "Ni": 58.693, "Cu": 63.546, "Zn": 65.38, "Ga": 69.723, "Ge": 72.630, "As": 74.922, "Se": 78.971, "Rb": 85.468,
    "Sr": 87.62, "Y": 88.906, "Zr": 91.224, "Nb": 92.906, "Mo": 95.95, "Cd": 112.41, "In": 114.82, "Sn": 118.71,
    "Sb": 121.76, "Te": 127.60, "Cs": 132.91, "Ba": 137.33, "La": 138.91, "Ce": 140.12, "Pr": 140.91, "Nd": 144.24,
    "Sm": 150.36, "Eu": 151.96, "Gd": 157.25, "Tb": 158.93, "Dy": 162.50, "Ho": 164.93, "Er": 167.26, "Tm": 168.93,
    "Yb": 173.05, "Lu": 174.97, "Hf": 178.49, "Ta": 180.95, "W": 183.84, "Re": 186.21, "Hg": 200.59, "Pb": 207.2,
    "Bi": 208.98, "Th": 232.04, "U": 238.03,
}  # fmt: skip
#: Forms whose id is no formula.
FORMULAS = {
    "LCE": "Li2CO3", "APT": "(NH4)10(H2W12O42).4H2O", "borax": "Na2B4O7.10H2O", "beryl": "Be3Al2(SiO3)6",
    "APR": "NH4ReO4",
}  # fmt: skip


class Formula:
    """A recursive-descent reader of formulas: groups in brackets, a dot before water with its number."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def number(self) -> int:
        start = self.at
        while self.at < len(self.text) and self.text[self.at].isdigit():
            self.at += 1
        return int(self.text[start : self.at] or 1)

    def group(self) -> dict[str, float]:
        total: dict[str, float] = {}
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == ".":
                self.at += 1
                times, part = self.number(), self.group()
            elif self.text[self.at] == "(":
                self.at += 1
                part = self.group()
                self.at += 1
                times = self.number()
            else:
                end = self.at + 1
                while end < len(self.text) and self.text[end].islower():
                    end += 1
                part, self.at = {self.text[self.at : end]: 1.0}, end
                times = self.number()
            for element, count in part.items():
                total[element] = total.get(element, 0) + count * times
        return total


def content(formula: str, element: str) -> float:
    """Mass of the element per mass of the compound."""
    atoms = Formula(formula).group()
    return atoms[element] * WEIGHTS[element] / sum(WEIGHTS[name] * count for name, count in atoms.items())


FORMS = [(material, form) for material in load_vocabulary().materials.values() for form in material.forms]


def test_the_reader_of_formulas() -> None:
    assert Formula("(NH4)10(H2W12O42).4H2O").group() == {"N": 10, "H": 50, "W": 12, "O": 46}
    assert Formula("Co(OH)2").group() == {"Co": 1, "O": 2, "H": 2}


@pytest.mark.parametrize(
    ("form", "factor"),
    [
        ("WO3", 0.7930),
        ("Li2O", 0.4645),
        ("LCE", 0.1879),
        ("Cr2O3", 0.6842),
        ("Nd2O3", 0.8574),
        ("U3O8", 0.8480),
        ("V2O5", 0.5602),
    ],
)
def test_factors_that_the_trade_quotes(form: str, factor: float) -> None:
    assert load_vocabulary().forms[form].factor == factor


@pytest.mark.parametrize(
    ("material", "form"),
    [
        pytest.param(material, form, id=f"{material.id}-{form.id}")
        for material, form in FORMS
        if form.factor is not None
    ],
)
def test_every_factor_follows_from_atomic_weights(material, form) -> None:  # type: ignore[no-untyped-def]
    assert form.of == material.symbol
    assert form.factor == pytest.approx(content(FORMULAS.get(form.id, form.id), form.of), abs=0.00006)


def test_many_forms_have_factors_and_ores_have_none() -> None:
    forms = load_vocabulary().forms
    assert sum(form.factor is not None for form in forms.values()) > 100
    for varying in ("ore", "concentrate", "chromite", "REO", "bauxite", "spodumene", "ferrotungsten"):
        assert forms[varying].factor is None
