"""Lists of names and lists of numbers that "respectively" pairs."""

from __future__ import annotations

import pytest

from lodeclaim.documents.model import Document
from lodeclaim.reading.reader import RuleReader


def told(language: str, text: str) -> list[tuple[str, float | None, str | None, str | None]]:
    document = Document(
        id="d0",
        address="t.txt",
        text=text,
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        language=language,
        published="2025-06-30",
    )
    return [(claim.predicate, claim.value, claim.material, claim.place) for claim in RuleReader().read(document)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 2024 output of copper and zinc fell by 10 and 5 percent, respectively."),
        ("en", "In 2024 output of copper and zinc fell by 10 percent and 5 percent respectively."),
        ("sv", "Produktionen av koppar och zink minskade med 10 respektive 5 procent under 2024."),
        ("nb", "Produksjonen av kobber og sink falt med henholdsvis 10 og 5 prosent i 2024."),
        ("da", "Produktionen af kobber og zink faldt med henholdsvis 10 og 5 procent i 2024."),
        ("es", "La producción de cobre y zinc cayó un 10 % y un 5 %, respectivamente, en 2024."),
        ("fr", "La production de cuivre et de zinc a reculé de 10 % et 5 % respectivement en 2024."),
    ],
)
def test_each_number_goes_with_its_own_material(language: str, text: str) -> None:
    assert told(language, text) == [("growth", -10.0, "copper", None), ("growth", -5.0, "zinc", None)]


def test_countries_are_paired_too() -> None:
    text = "Tungsten output in Kazakhstan and Uzbekistan reached 2,400 tonnes and 900 tonnes in 2024, respectively."
    assert told("en", text) == [("production", 2400.0, "tungsten", "KAZ"), ("production", 900.0, "tungsten", "UZB")]


def test_lists_of_other_lengths_pair_nothing() -> None:
    text = "Output of copper, zinc and lead fell by 10 and 5 percent, respectively."
    assert [value for _, value, _, _ in told("en", text)] == [-10.0, -5.0]
