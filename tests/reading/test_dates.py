"""Dates as EDTF, with the granularity of the words."""

from __future__ import annotations

import pytest

from lodeclaim.reading.dates import find_dates
from lodeclaim.reading.language import load_language


def periods(text: str, code: str, published: str | None = "2026-02-25") -> list[str]:
    language = load_language(code)
    return [mention.period for mention in find_dates(text, language.lexicon.scan(text), published, language.grammar)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "Von 2020 bis 2023 betrug der Anteil", ["2020/2023"]),
        ("de", "Im April 2025 und am 7. November 2025", ["2025-04", "2025-11-07"]),
        ("de", "im vierten Quartal 2024", ["2024-36"]),
        ("sv", "ett avtal i november", ["2025-11"]),
        ("sv", "senast 2029", ["2029"]),
        ("sv", "i fjol", ["2025"]),
        ("nb", "trer i kraft 1. juli 2025", ["2025-07-01"]),
        ("nb", "Allerede i mai kjøpte banken", ["2025-05"]),
        ("nb", "innen 2030", ["2030"]),
        ("en", "on July 1, 2025", ["2025-07-01"]),
        ("en", "in May 2025", ["2025-05"]),
        ("en", "the first half of 2024", ["2024-40"]),
        ("en", "2018–2024", ["2018/2024"]),
        ("en", "2025-06-04", ["2025-06-04"]),
        ("en", "it may rise", []),
        ("en", "1,950 tonnes", []),
    ],
)
def test_dates(code: str, text: str, expected: list[str]) -> None:
    assert periods(text, code) == expected


def test_relative_dates_need_the_date_of_the_document() -> None:
    assert periods("i fjol och i november", "sv", None) == []


def test_the_year_of_a_cited_publication_is_no_date() -> None:
    assert periods('According to the "Mineral Commodity Summaries 2025" half', "en") == []
