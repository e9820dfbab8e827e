from __future__ import annotations

import pytest

from lodeclaim.reading.bare_numbers import find_numbers
from lodeclaim.reading.language import load_language


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "3 1/2 cups, 2½ miles and 3/4 of them", [3.5, 2.5, 0.75]),
        ("en", "1/2 million", [500_000]),
        ("en", "-5 degrees, minus six, from 2 - 3", [-5, -6, 2, 3]),
        ("en", "USD115.5, 20K and 1e3", [115.5, 20_000, 1_000]),
        ("en", "5 thousand and 10 bn", [5_000, 1e10]),
        ("en", "1,250 and .75", [1_250, 0.75]),
        ("en", "WO3, ISO9001", []),
        ("de", "2.300 und 2,3 Millionen", [2_300, 2.3e6]),
        ("sv", "10 000 och tolv", [10_000, 12]),
    ],
)
def test_numbers_of_every_form(code: str, text: str, values: list[float]) -> None:
    assert [number.value for number in find_numbers(text, load_language(code))] == pytest.approx(values)
