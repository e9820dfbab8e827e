"""The fixtures of every language: well formed, read well enough, and what a language lacks is found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import UnknownName, VocabularyError
from lodeclaim.reading.fixture_model import LEVELS, Expected, Fixture, LanguageReport, Score
from lodeclaim.reading.fixture_scores import EntityNames, differences, reached, score_fixtures
from lodeclaim.reading.fixtures import check_language, language_codes, load_fixtures
from lodeclaim.reading.language import readable_languages
from lodeclaim.reading.language_gaps import FILES, find_gaps, fullest
from lodeclaim.vocabulary.load import DATA, load_vocabulary

#: Least F1 at the claim level on each language's fixtures: what was measured, less 0.03.
FLOORS = {"da": 0.83, "de": 0.89, "en": 0.93, "es": 0.87, "fr": 0.9, "nb": 0.87, "sv": 0.88}
LEAST_FIXTURES = 40
TEXT = "China mined 81,000 tonnes of tungsten in 2024."


@cache
def report(code: str) -> LanguageReport:
    return check_language(code)


def expected(**changes: object) -> Expected:
    values: dict[str, object] = {
        "quote": "81,000 tonnes",
        "predicate": "production",
        "about": ("China", "tungsten"),
        "value": 81000.0,
        "unit": "t",
        "when": "2024",
        "start": 12,
    }
    return Expected(**(values | changes))  # type: ignore[arg-type]


def claim(**changes: object) -> Claim:
    values: dict[str, object] = {
        "id": "c1",
        "source": "d1",
        "locator": "12:25",
        "quote": "81,000 tonnes",
        "predicate": "production",
        "material": "tungsten",
        "place": "CHN",
        "value": 81000.0,
        "unit": "t",
        "comparator": "=",
        "period": "2024",
    }
    return Claim(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", readable_languages())
def test_every_readable_language_is_measured(code: str) -> None:
    assert code in FLOORS, f"measure {code} with `lodeclaim languages check {code}` and add its floor"
    assert len(load_fixtures(code)) >= LEAST_FIXTURES


@pytest.mark.parametrize("code", sorted(FLOORS))
def test_the_fixtures_are_read_as_well_as_before(code: str) -> None:
    found = report(code)
    assert found.unread is None
    f1 = found.scores["claim"].f1
    assert f1 is not None
    assert f1 >= FLOORS[code]


@pytest.mark.parametrize("code", language_codes())
def test_every_quote_stands_at_its_place(code: str) -> None:
    for fixture in load_fixtures(code):
        for one in fixture.claims:
            assert fixture.text[one.start : one.start + len(one.quote)] == one.quote


@pytest.mark.parametrize("code", sorted(FLOORS))
def test_fixtures_cover_the_field(code: str) -> None:
    fixtures = load_fixtures(code)
    predicates = {one.predicate for fixture in fixtures for one in fixture.claims}
    assert len(predicates) == 23
    assert sum(not fixture.claims for fixture in fixtures) >= 3
    names = EntityNames()
    unknown = {n for fixture in fixtures for one in fixture.claims for n in one.about if not names.knows(n)}
    assert not unknown


@pytest.mark.parametrize("code", readable_languages())
def test_no_language_lacks_a_file_or_a_country(code: str) -> None:
    assert [gap for gap in report(code).gaps if gap.needed] == []


def test_an_unknown_language_is_an_error_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"There are .*en"):
        check_language("tlh")


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 3),
        ({"value": 81050.0}, 3),
        ({"value": 82000.0}, 0),
        ({"unit": "t/yr"}, 0),
        ({"locator": "30:40"}, 0),
        ({"predicate": "demand"}, 1),
        ({"place": None, "material": None}, 2),
        ({"period": "2023"}, 2),
        ({"period": None}, 2),
        ({"period": "2024-05"}, 3),
        ({"comparator": ">"}, 2),
        ({"comparator": "~"}, 3),
        ({"place": None, "others": (), "actor": "name:china"}, 3),
    ],
)
def test_levels(changes: dict[str, object], level: int) -> None:
    assert reached(expected(), claim(**changes), EntityNames()) == level


@pytest.mark.parametrize(
    ("changes", "slots"),
    [
        ({}, ()),
        ({"unit": "t/yr", "period": None}, ("unit", "when")),
        ({"locator": "30:40", "value": 1.0, "predicate": "share"}, ("place", "value", "predicate")),
        ({"place": None, "comparator": "<"}, ("about", "comparator")),
    ],
)
def test_differences_name_the_slots(changes: dict[str, object], slots: tuple[str, ...]) -> None:
    assert differences(expected(), claim(**changes), EntityNames()) == slots


def test_a_range_needs_both_ends() -> None:
    names = EntityNames()
    assert reached(expected(value_max=90000.0), claim(), names) == 0
    assert reached(expected(value_max=90000.0), claim(value_max=90000.0), names) == 3


@pytest.mark.parametrize(("locator", "level"), [("20:30", 3), ("172:180", 3), ("173:180", 0)])
def test_a_claim_without_number_is_met_nearby(locator: str, level: int) -> None:
    event = expected(value=None, unit=None, predicate="milestone")
    read = claim(locator=locator, predicate="milestone", value=None, unit=None, comparator=None)
    assert reached(event, read, EntityNames()) == level


def score(required: Sequence[Expected], read: Sequence[Claim]) -> dict[str, Score]:
    scored = score_fixtures([Fixture(text=TEXT, claims=tuple(required))], [read], EntityNames())
    return {level: scored.levels[level] for level in LEVELS} | scored.predicates


def test_a_claim_meets_one_expected_claim_only() -> None:
    assert score([expected()], [claim(), claim(id="c2")])["full"] == Score(1, 1, 1, 2)
    assert score([expected(), expected()], [claim()])["full"] == Score(1, 2, 1, 1)


def test_the_better_claim_is_taken() -> None:
    found = score([expected()], [claim(predicate="demand"), claim(id="c2")])
    assert found["full"] == Score(1, 1, 1, 2)
    assert found["production"] == Score(1, 1, 1, 1)
    assert found["demand"] == Score(0, 0, 0, 1)


def test_an_optional_claim_counts_neither_way() -> None:
    assert score([expected(optional=True)], [claim()])["full"] == Score()
    assert score([expected(optional=True)], [])["full"] == Score()
    assert score([expected(alt_predicates=("demand",))], [claim(predicate="demand")])["claim"] == Score(1, 1, 1, 1)


def test_misread_texts_say_what_was_expected_and_read() -> None:
    stray = claim(id="c3", locator="0:5", predicate="share")
    (one,) = score_fixtures(
        [Fixture(text=TEXT, claims=(expected(),))], [[claim(unit="t/yr"), stray]], EntityNames()
    ).misread
    assert one.missed == ((expected(), claim(unit="t/yr")),)
    assert one.spurious == (stray,)
    assert score_fixtures([Fixture(text=TEXT, claims=(expected(),))], [[claim()]], EntityNames()).misread == ()


@given(st.lists(st.builds(Score, *(st.integers(0, 9) for _ in range(4))), max_size=5))
def test_scores_add_up_and_stay_unknown_where_there_is_nothing(parts: list[Score]) -> None:
    total = sum(parts, Score())
    assert total.required == sum(part.required for part in parts)
    assert (total.recall is None) == (total.required == 0)
    assert (total.precision is None) == (total.reported == 0)
    assert (total.f1 is None) == (total.required == total.reported == 0)


def write(root: Path, text: str) -> None:
    folder = root / "languages" / "xx"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fixtures.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ("[{quote: 8 t, predicate: production}]", "text 1.*'8 t' does not stand"),
        ("[{quote: 18 t, predicate: output}]", "text 1.*'output'.*predicates.yaml"),
        ("[{quote: 18 t, predicate: production, number: 18}]", "text 1.*number"),
        ("[{quote: 18 t, predicate: production, comparator: about}]", "text 1.*about"),
    ],
)
def test_a_fixture_that_breaks_a_rule_is_an_error(tmp_path: Path, claims: str, message: str) -> None:
    write(tmp_path, f"- text: China mined 18 t.\n  claims: {claims}\n")
    with pytest.raises(VocabularyError, match=message):
        load_fixtures("xx", tmp_path)


def test_dates_need_no_quotation_marks(tmp_path: Path) -> None:
    claims = (
        "[{quote: 18 t, predicate: production, when: 2024}, {quote: 18 t, predicate: production, when: 2024-05-01}]"
    )
    write(tmp_path, f"- text: 18 t in May, 18 t in all.\n  published: 2024-06-01\n  claims: {claims}\n")
    (one,) = load_fixtures("xx", tmp_path)
    assert one.published == "2024-06-01"
    assert [(c.start, c.when) for c in one.claims] == [(0, "2024"), (13, "2024-05-01")]


def test_a_language_without_fixtures_has_none(tmp_path: Path) -> None:
    assert load_fixtures("xx", tmp_path) == ()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A vocabulary with English and a second language that is English so far."""
    for code in ("en", "xx"):
        shutil.copytree(DATA / "languages" / "en", tmp_path / "languages" / code)
    return tmp_path


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "languages" / "xx" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (name, old, text.count(old))
    path.write_text(text.replace(old, new), "utf-8")


def gaps(root: Path) -> dict[str, tuple[str, ...]]:
    return {f"{gap.file} {gap.section}".strip(): gap.keys for gap in find_gaps("xx", root) if gap.needed}


def test_a_copy_of_english_lacks_nothing(copy: Path) -> None:
    assert gaps(copy) == {}
    assert fullest(copy, beside="xx") == "en"
    assert fullest(copy, beside="en") == "xx"


def test_the_only_language_is_compared_with_none(tmp_path: Path) -> None:
    shutil.copytree(DATA / "languages" / "en", tmp_path / "languages" / "xx")
    assert fullest(tmp_path, beside="xx") is None
    assert gaps(tmp_path) == {}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_found(copy: Path, name: str) -> None:
    (copy / "languages" / "xx" / name).unlink()
    assert gaps(copy) == {name: ()}


def test_a_file_that_is_no_must_is_only_named(copy: Path) -> None:
    (copy / "languages" / "xx" / "number_words.yaml").unlink()
    assert gaps(copy) == {}
    assert "number_words.yaml" in {gap.file for gap in find_gaps("xx", copy)}


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "keys"),
    [
        ("field.yaml", "\ncomparators:", "\nother_comparators:", "field.yaml comparators", ()),
        ("field.yaml", "\nnumbers:", "\nother_numbers:", "field.yaml numbers", ()),
        ("field.yaml", "  seven: 7\n", "", "field.yaml numbers", ("7",)),
        ("field.yaml", "    restart: [", "    resumed: [", "field.yaml events.milestone", ("restart",)),
        ("field.yaml", "\n  recovery: {strong", "\n  refund: {strong", "field.yaml triggers", ("recovery",)),
        ("field.yaml", "  conditional: [", "  if: [", "field.yaml modality", ("conditional",)),
        ("field.yaml", "respective: [", "not_respective: [", "", ()),
    ],
)
def test_missing_words_of_the_field_are_found(
    copy: Path, name: str, old: str, new: str, place: str, keys: tuple[str, ...]
) -> None:
    change(copy, name, old, new)
    assert gaps(copy) == ({place: keys} if place else {})


def test_missing_materials_and_countries_are_found(copy: Path) -> None:
    change(copy, "materials.yaml", "  tungsten:\n", "  wolframite:\n")
    assert gaps(copy) == {"materials.yaml materials": ("tungsten",)}
    for name in ("cldr.yaml", "places.yaml"):
        path = copy / "languages" / "xx" / name
        path.write_text(path.read_text("utf-8").replace("  KAZ:", "  KZX:"), "utf-8")
    assert gaps(copy)["places.yaml countries"] == ("KAZ",)


def test_every_material_and_country_is_looked_for(copy: Path) -> None:
    folder = copy / "languages" / "xx"
    (folder / "materials.yaml").write_text("materials: {}\n", "utf-8")
    assert gaps(copy)["materials.yaml materials"] == tuple(load_vocabulary().materials)
