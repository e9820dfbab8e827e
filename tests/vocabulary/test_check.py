"""The checker finds what is broken, and says on which line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lodeclaim.vocabulary.check import Problem, check
from lodeclaim.vocabulary.load import DATA

Break = Callable[[str], str]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small sound vocabulary that each test breaks in one place."""
    root = tmp_path / "data"
    for name in ("materials", "actors", "sites", "languages/en"):
        (root / name).mkdir(parents=True)
    for name in (
        "forms.yaml",
        "stages.yaml",
        "predicates.yaml",
        "units.yaml",
        "instruments.yaml",
        "countries.csv",
        "groups.yaml",
    ):
        shutil.copy(DATA / name, root / name)
    for path in (DATA / "materials").glob("*.yaml"):
        shutil.copy(path, root / "materials" / path.name)
    for name in ("cldr.yaml", "materials.yaml", "places.yaml"):
        shutil.copy(DATA / "languages" / "en" / name, root / "languages" / "en" / name)
    (root / "actors" / "some.yaml").write_text(
        "- id: mother\n  name: Mother\n  kind: company\n  home: KAZ\n  source: register\n"
        "- id: daughter\n  name: Daughter\n  kind: company\n  home: KAZ\n  parent: mother\n  source: register\n",
        "utf-8",
    )
    (root / "sites" / "some.yaml").write_text(
        "- id: old-lode\n  name: Old Lode\n  kind: mine\n  country: KAZ\n  lat: 48.5\n  lon: 73.1\n"
        "  precision: approximate\n  materials: [tungsten]\n  stages: [extraction]\n  status: operating\n"
        "  operator: daughter\n  owners:\n  - actor: mother\n    share: 60\n    source: register\n"
        "  - actor: name:Some Fund\n    share: 40\n    source: register\n  source: register\n",
        "utf-8",
    )
    return root


def broken(root: Path, name: str, old: str, new: str) -> list[Problem]:
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return check(root)


def line_of(root: Path, name: str, words: str) -> int:
    lines = (root / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_bundled_vocabulary_is_sound() -> None:
    assert [str(problem) for problem in check()] == []


def test_the_small_copy_is_sound(copy: Path) -> None:
    assert check(copy) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("actors/some.yaml", "parent: mother", "parent: nobody", "no actor has the id 'nobody'"),
        ("actors/some.yaml", "parent: mother", "parent: daughter", "is its own parent"),
        ("actors/some.yaml", "home: KAZ", "home: KZ", "no country or group has the id 'KZ'"),
        ("actors/some.yaml", "kind: company", "kind: kiosk", "Invalid enum value 'kiosk'"),
        ("actors/some.yaml", "  source: register", "  source: ''", "the source is missing"),
        ("actors/some.yaml", "  home: KAZ", "  home: KAZ\n  hoem: KAZ", "unknown field `hoem`"),
        ("actors/some.yaml", "  home: KAZ", "  home: KAZ\n  name: Again", "name stands twice"),
        ("sites/some.yaml", "country: KAZ", "country: QQQ", "no country has the id 'QQQ'"),
        ("sites/some.yaml", "[tungsten]", "[tungsten, kryptonite]", "no material has the id 'kryptonite'"),
        ("sites/some.yaml", "stages: [extraction]", "stages: [digging]", "no stage has the id 'digging'"),
        ("sites/some.yaml", "operator: daughter", "operator: sister", "no actor or country has the id 'sister'"),
        ("sites/some.yaml", "- actor: mother", "- actor: aunt", "no actor or country has the id 'aunt'"),
        ("sites/some.yaml", "share: 60", "share: 160", "a share lies between 0 and 100 %"),
        ("sites/some.yaml", "  owners:", "  owners:\n  - {actor: KAZ, share: 30, source: s}", "add up to 130 %"),
        ("sites/some.yaml", "lat: 48.5", "lat: 148.5", "a latitude lies between"),
        ("sites/some.yaml", "lon: 73.1", "lon: 273.1", "a longitude lies between"),
        ("sites/some.yaml", "  precision: approximate\n", "", "a position needs its precision"),
        ("sites/some.yaml", "  lon: 73.1\n", "", "lat and lon belong together"),
        ("sites/some.yaml", "id: old-lode", "id: tungsten", "the id is that of a material too"),
        ("groups.yaml", "[KAZ, KGZ", "[KAZ, KZZ", "no country has the id 'KZZ'"),
        ("units.yaml", "canonical: km2, factor: 0.01", "canonical: t, factor: 0.01", "t is no canonical unit"),
        ("units.yaml", "factor: 0.01", "factor: -1", "a factor is positive"),
        ("predicates.yaml", "units: [percent, grade]", "units: [percent, taste]", "no unit has the dimension 'taste'"),
        ("instruments.yaml", "firmness: 8", "firmness: 9", "firmness runs from 1 to 8"),
        ("materials/strategic.yaml", "[lead, tungsten]", "[lead, wolfram]", "no material has the id 'wolfram'"),
        ("materials/strategic.yaml", "code: '261100'", "code: '2611'", "expected six digits"),
        ("materials/strategic.yaml", "stage: recycling", "stage: reuse", "no stage has the id 'reuse'"),
        ("materials/strategic.yaml", "factor: 0.5293", "factor: 5.293", "a factor lies between 0 and 1"),
        ("materials/rare-earths.yaml", "[rare-earths, light-rare-earths]", "[rare-earths]", "does not name light-"),
        ("countries.csv", "KAZ,KZ,", "KAZ,KZX,", "expected ISO 3166-1 codes"),
        ("languages/en/materials.yaml", "  tungsten:", "  wolfram:", "no material has the id 'wolfram'"),
        ("languages/en/materials.yaml", "[lanthanum", "[dysprosium, lanthanum", "stands for lanthanum and for"),
        ("languages/en/places.yaml", "  KAZ:", "  KZX:", "no country has the id 'KZX'"),
        ("languages/en/places.yaml", "  EU27:", "  EU:", "no group has the id 'EU'"),
        ("languages/en/cldr.yaml", "code: en", "code: xx", "code xx in the folder en"),
    ],
)  # fmt: skip
def test_a_break_is_found_on_its_line(copy: Path, name: str, old: str, new: str, message: str) -> None:
    found = broken(copy, name, old, new)
    matching = [problem for problem in found if message in problem.message]
    assert matching, [str(problem) for problem in found]
    assert all((copy / problem.file).exists() for problem in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "marker"),
    [
        ("actors/some.yaml", "parent: mother", "parent: nobody", "parent: nobody"),
        ("actors/some.yaml", "  home: KAZ", "  home: KAZ\n  hoem: KAZ", "hoem"),
        ("sites/some.yaml", "share: 40", "share: 140", "share: 140"),
        ("sites/some.yaml", "lat: 48.5", "lat: 148.5", "lat: 148.5"),
        ("sites/some.yaml", "[tungsten]", "[kryptonite]", "kryptonite"),
        ("materials/strategic.yaml", "code: '261100'", "code: '2611'", "'2611'"),
        ("materials/strategic.yaml", "stage: recycling", "stage: reuse", "reuse"),
        ("countries.csv", "KAZ,KZ,", "KAZ,KZX,", "KAZ,KZX"),
        ("languages/en/places.yaml", "  KAZ:", "  KZX:", "KZX"),
    ],
)
def test_the_line_is_exact(copy: Path, name: str, old: str, new: str, marker: str) -> None:
    found = broken(copy, name, old, new)
    assert (name, line_of(copy, name, marker)) in {(problem.file, problem.line) for problem in found}


def test_a_double_is_found_across_files(copy: Path) -> None:
    (copy / "actors" / "zz.yaml").write_text(
        "# one more\n- {id: mother, name: M, kind: company, home: KAZ, source: s}\n", "utf-8"
    )
    assert check(copy) == [Problem("actors/zz.yaml", 2, "mother: the id is there twice")]


def test_a_file_that_is_no_yaml_is_one_problem(copy: Path) -> None:
    (copy / "actors" / "zz.yaml").write_text("- id: x\n  name: [y\n- id: z\n", "utf-8")
    found = check(copy)
    assert [problem.file for problem in found] == ["actors/zz.yaml"]
    assert found[0].line > 1
    assert "not valid YAML" in found[0].message


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "languages" / "en" / "places.yaml").unlink()
    assert check(copy) == [Problem("languages/en/places.yaml", 1, "the file is missing")]


def test_an_entry_without_id(copy: Path) -> None:
    (copy / "sites" / "zz.yaml").write_text("- {name: nameless}\n", "utf-8")
    assert check(copy) == [Problem("sites/zz.yaml", 1, "an entry without id")]
