"""What a language lacks beside the fullest one: files, categories, triggers, materials, countries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from lodeclaim.reading.fixture_model import Gap
from lodeclaim.vocabulary.load import DATA, Vocabulary, load_vocabulary, read_yaml

__all__ = ["EXTRA_FILES", "FILES", "files_of", "find_gaps", "fullest"]

#: The files of a language, in the order in which they are best written.
FILES: Final = ("cldr.yaml", "materials.yaml", "places.yaml", "field.yaml", "fixtures.yaml")
#: Files that a language is read without, only less well.
EXTRA_FILES: Final = ("number_words.yaml",)

#: Categories of field.yaml in which languages differ: words that another one has may rightly be absent.
_VARYING: Final = frozenset(
    [
        "after_comparators",
        "articles",
        "count_nouns",
        "currencies",
        "date_links",
        "definite",
        "fractions",
        "glued_scales",
        "headline_stop",
        "linking",
        "month_stretch",
        "months",
        "not_names",
        "ordinal_suffixes",
        "respective",
        "units",
    ]
)
#: Categories that the reader does without.
_OPTIONAL: Final = frozenset(
    [
        *(
            "another",
            "aside",
            "belongs",
            "changing",
            "comparatives",
            "contrasts",
            "counted_years",
            "country_nouns",
            "covers",
            "currencies",
            "definite",
            "delivered",
            "fractions",
            "glued_scales",
            "headline_stop",
            "limits",
            "month_stretch",
            "months",
            "not_names",
            "numbered",
            "offices",
            "other_money",
            "other_percent",
        ),
        *("of_which", "pledges", "records", "relatives", "respective", "sells", "state_words", "than", "wants"),
    ]
)
#: Units without which next to nothing can be read.
_UNITS: Final = ("t", "kg", "%", "yr")
#: Numbers that every language writes as words, and scale words it counts mass and money in.
_NUMBERS: Final = (*range(1, 13), *range(20, 100, 10))
_SCALES: Final = (1e3, 1e6, 1e9)
#: Keyed by the words themselves, so their keys cannot be compared.
_BY_WORD: Final = ("numbers", "scales", "glued_scales")


def files_of(code: str, root: Path = DATA) -> tuple[str, ...]:
    """Return which of FILES and EXTRA_FILES the language has."""
    folder = root / "languages" / code
    return tuple(name for name in (*FILES, *EXTRA_FILES) if (folder / name).is_file())


@cache
def fullest(root: Path = DATA, *, beside: str = "") -> str | None:
    """Return the code of the language whose field.yaml has the most keys with words, other than ``beside``."""
    counts = {
        path.parent.name: sum(1 for words in _leaves(read_yaml(path)).values() if words)
        for path in sorted((root / "languages").glob("*/field.yaml"))
        if path.parent.name != beside
    }
    return max(counts, key=lambda code: (counts[code], code), default=None)


def find_gaps(code: str, root: Path = DATA) -> tuple[Gap, ...]:
    """Return what the language lacks beside the fullest other one, needed things first."""
    vocabulary = load_vocabulary()
    folder = root / "languages" / code
    present = files_of(code, root)
    gaps = [Gap(name, "", (), name in FILES) for name in (*FILES, *EXTRA_FILES) if name not in present]
    data = {name: read_yaml(folder / name) or {} for name in present if name in FILES[:-1]}
    if "cldr.yaml" in data:
        gaps += _general(data["cldr.yaml"], data.get("places.yaml", {}), vocabulary)
    if "materials.yaml" in data:
        gaps += _materials(data["materials.yaml"], vocabulary)
    if "field.yaml" in data:
        gaps += _field(code, data["field.yaml"], data.get("cldr.yaml", {}), root)
    return tuple(sorted(gaps, key=lambda gap: not gap.needed))


def _general(cldr: Mapping[str, Any], places: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Gap]:
    for needed, part, known in ((True, "countries", vocabulary.countries), (False, "groups", vocabulary.groups)):
        names, more = cldr.get(part) or {}, places.get(part) or {}
        yield from _gap("places.yaml", part, (e for e in known if not names.get(e) and not _words(more.get(e))), needed)
    months = cldr.get("months") or {}
    yield from _gap("cldr.yaml", "months", (str(month) for month in range(1, 13) if not months.get(month)))


def _materials(materials: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Gap]:
    words = materials.get("materials") or {}
    yield from _gap("materials.yaml", "materials", (one for one in vocabulary.materials if not _words(words.get(one))))


def _field(code: str, field: Mapping[str, Any], cldr: Mapping[str, Any], root: Path) -> Iterator[Gap]:
    other = fullest(root, beside=code)
    best = read_yaml(root / "languages" / other / "field.yaml") if other else {}
    for category in best:
        if category not in field:
            yield Gap("field.yaml", category, (), category not in _OPTIONAL)
    own = _leaves(field)
    lacking: dict[tuple[str, bool], list[str]] = {}
    for path, words in _leaves(best).items():
        category, *inner = path
        if not words or own.get(path) or category not in field:
            continue
        needed = category not in _VARYING
        if not inner:
            yield Gap("field.yaml", category, ("any word",), needed)
        else:
            lacking.setdefault((".".join((category, *inner[:-1])), needed), []).append(inner[-1])
    for (section, needed), keys in lacking.items():
        yield Gap("field.yaml", section, tuple(keys), needed)
    if "units" in field:
        yield from _gap("field.yaml", "units", (unit for unit in _UNITS if not own.get(("units", unit))))
    if "numbers" in field:
        yield from _gap("field.yaml", "numbers", _absent(_NUMBERS, field["numbers"]))
    if "scales" in field:
        scales = {**(cldr.get("scale") or {}), **(field["scales"] or {})}
        yield from _gap("field.yaml", "scales", _absent(_SCALES, scales))


def _absent(values: tuple[float, ...], words: Mapping[str, float] | None) -> Iterator[str]:
    have = {float(value) for value in (words or {}).values()}
    return (f"{value:,.10g}" for value in values if float(value) not in have)


def _leaves(field: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """Paths of the lists of words. The strengths of a trigger are one: which words are weak differs."""
    found: dict[tuple[str, ...], Any] = {}
    for category, table in field.items():
        if category in _BY_WORD or category == "code" or isinstance(table, bool):
            continue
        for path, words in _walk(table, (category,)):
            place = path[:2] if category == "triggers" else path
            found[place] = found.get(place) or words
    return found


def _walk(table: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(table, dict):
        yield path, table
        return
    for key, inner in table.items():
        yield from _walk(inner, (*path, str(key)))


def _words(entry: Mapping[str, Any] | None) -> bool:
    return any((entry or {}).values())


def _gap(file: str, section: str, keys: Iterator[str], needed: bool = True) -> Iterator[Gap]:
    lacking = tuple(keys)
    if lacking:
        yield Gap(file, section, lacking, needed)
