"""Originals are read as they are, or refused with file, row and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.originals import read_original
from lodeclaim.statistics.places import place_of
from lodeclaim.vocabulary.load import load_vocabulary


def test_rows_are_numbered_from_one_and_cells_untouched(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes('name,value\r\n" Türkiye ","1,000"\r\n"two\nlines",—\r\n'.encode("cp1252"))
    original = read_original(path, ["name", "value"], "cp1252")
    assert original.rows == ({"name": " Türkiye ", "value": "1,000"}, {"name": "two\nlines", "value": "—"})
    assert original.where(2) == "table.csv, row 2"


def test_a_moved_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("value,name\n1,a\n")
    with pytest.raises(StatisticsError, match=r"table.csv: the columns are value, name; expected name, value\. Check"):
        read_original(path, ["name", "value"], "utf-8")


def test_a_row_with_too_few_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,value\na,1\nb\n")
    with pytest.raises(StatisticsError, match="row 2: 1 cells where 2 are expected"):
        read_original(path, ["name", "value"], "utf-8")


def test_a_missing_file_and_wrong_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(StatisticsError, match="not there"):
        read_original(tmp_path / "none.csv", ["a"], "utf-8")
    (tmp_path / "table.csv").write_bytes(b"a\n\xe9\n")
    with pytest.raises(StatisticsError, match="not utf-8 at byte 2"):
        read_original(tmp_path / "table.csv", ["a"], "utf-8")


@pytest.mark.parametrize(
    ("publisher", "spelling", "place"),
    [
        ("usgs", "Burma", "MMR"),
        ("usgs", "Congo (Kinshasa)", "COD"),
        ("usgs", "Korea, Republic of", "KOR"),
        ("usgs", "Korea, North", "PRK"),
        ("usgs", "Turkey", "TUR"),
        ("usgs", "Côte d’Ivoire", "CIV"),
        ("usgs", "World total", "WLD"),
        ("usgs", "Other countries", "name:Other countries"),
        ("ec", "Brasil", "BRA"),
        ("ec", "Brasilia", "BRA"),
        ("ec", "Turkyie", "TUR"),
        ("ec", "Libanon", "LBN"),
        ("ec", "Surinam", "SUR"),
        ("ec", "Congo", "COG"),
        ("ec", "Congo, D.R.", "COD"),
        ("wb", "ADO", "AND"),
        ("wb", "ZAR", "COD"),
        ("wb", "ROM", "ROU"),
        ("wb", "TMP", "TLS"),
        ("wb", "WBG", "PSE"),
        ("wb", "KSV", "XKX"),
    ],
)
def test_spellings_of_publishers(publisher: str, spelling: str, place: str) -> None:
    assert place_of(publisher, spelling, "here") == place


def test_every_place_of_the_harmonisation_table_is_in_the_vocabulary() -> None:
    from lodeclaim.statistics.places import _spellings

    vocabulary = load_vocabulary()
    known = vocabulary.countries.keys() | vocabulary.groups.keys()
    assert {place for place in _spellings().values() if not place.startswith("name:") and place not in known} == set()


def test_an_unknown_country_names_row_and_remedy() -> None:
    with pytest.raises(StatisticsError, match=r"t.csv, row 4: unknown country 'Atlantis'.*country_names.csv"):
        place_of("usgs", "Atlantis", "t.csv, row 4")
