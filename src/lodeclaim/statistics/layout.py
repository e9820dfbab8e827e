"""The layout of a published table: where its file keeps what, as data from a YAML file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from lodeclaim.core.errors import StatisticsError, VocabularyError
from lodeclaim.statistics.places import LAYOUTS
from lodeclaim.vocabulary.load import read_yaml

__all__ = [
    "Layout",
    "Measure",
    "PeriodColumn",
    "PlaceColumn",
    "ProductColumn",
    "Rule",
    "WideHeading",
    "layout_of",
    "table_layouts",
]

#: Slots of a claim that a rule, a sheet or a measure may set; ``skip`` leaves the row out and says why.
SLOTS = frozenset(
    {"predicate", "material", "form", "stage", "place", "kind", "basis", "unit", "factor", "modality", "skip"}
)


class _Strict(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A key that means nothing here is a mistake in the layout."""


class Rule(_Strict, frozen=True, kw_only=True):
    """What holds for the rows whose cells match: ``when`` is column → regular expression (any case).

    ``@measure`` is the name of the measure, ``@sheet`` that of the sheet, ``@note`` the note of the measure.
    """

    when: dict[str, str] = {}
    set: dict[str, str | float | None] = {}
    flag: str | None = None


class PlaceColumn(_Strict, frozen=True, kw_only=True):
    """Which column names a place, and how: alpha-3, alpha-2 or numeric codes of ISO 3166-1, or names.

    The spellings of the layout and of its publisher go first.
    """

    column: str
    codes: Literal["iso3", "iso2", "numeric", "names"] = "names"
    otherwise: str | None = None


class PeriodColumn(_Strict, frozen=True, kw_only=True):
    """Which column names the period: ``read`` is regular expression → EDTF with its groups."""

    column: str
    read: dict[str, str]


class ProductColumn(_Strict, frozen=True, kw_only=True):
    """Which column holds the code of a traded product. ``edition`` names the nomenclature, as in ``hs92``.

    ``editions`` is value of ``edition_column`` → edition. The first six digits are of the Harmonized System.
    """

    column: str
    edition: str | None = None
    edition_column: str | None = None
    editions: dict[str, str] = {}


class WideHeading(_Strict, frozen=True, kw_only=True):
    """Rows of a heading wider than a material, such as "Ferro-alloys": a country under it may have no narrower row.

    ``when`` is column → regular expression; ``within`` one on the quotes of the narrower rows; ``name`` the words.
    """

    when: dict[str, str]
    within: str
    name: str


class Measure(_Strict, frozen=True, kw_only=True):
    """Columns that hold numbers: ``column`` is a name, or with ``pattern`` a regular expression for names.

    ``period`` may use the groups of the pattern. ``unit`` is one of the vocabulary, ``unit_column`` a column whose
    words ``units`` of the layout explain; a unit of the vocabulary explains itself. ``note`` is the column of
    footnotes. ``per_year`` makes a quantity a rate. ``zero`` tells what a 0 means: ``nil`` a true zero, ``unknown``
    that the publisher fills in a missing quantity with it.
    """

    column: str
    pattern: bool = False
    period: str | None = None
    unit: str | None = None
    unit_column: str | None = None
    factor: float = 1.0
    per_year: bool = False
    note: str | None = None
    zero: Literal["nil", "unknown"] = "nil"
    set: dict[str, str | float | None] = {}


class Layout(_Strict, frozen=True, kw_only=True):
    """One kind of published table.

    ``columns`` must all be there, in this order where ``exact``; ``optional`` may be. ``header_rows`` above the
    data are joined by a blank, where a table has two; the last of them is the first row with all ``columns``.
    ``sheets`` is sheet → slots (xlsx); ``rows`` the path to the rows in JSON, as in ``features[].properties``.
    ``set`` holds for every row, ``read`` is slot → column that holds an id of the vocabulary.
    ``keep`` is column → values: other rows are counted and left out. ``file`` is a regular expression on the name
    of the file with the groups ``vintage`` and ``part``. ``words`` are cells that stand for no number → flag;
    ``notes`` is a regular expression on the note of a blank cell → flag. ``methods`` is vintage → mark that keeps
    figures of another method apart, appended to the kind as ``@mark``; ``latest`` is vintage → its last period.
    ``whole_years`` looks for countries that drop out of a year. ``bulk`` claims are read only where asked for.
    """

    id: str
    title: str
    publisher: str
    series: str
    licence: str
    citation: str
    address: str
    language: str = "en"
    format: Literal["csv", "xlsx", "json"]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    aliases: dict[str, str] = {}
    exact: bool = False
    header_rows: int = 1
    rows: str | None = None
    sheets: dict[str, dict[str, str | float | None] | None] = {}
    keep: dict[str, tuple[str, ...]] = {}
    file: str | None = None
    vintage: str | None = None
    published: str | None = None
    spellings: str | None = None
    places: dict[str, str] = {}
    trim: str | None = None
    place: PlaceColumn | None = None
    counterparty: PlaceColumn | None = None
    period: PeriodColumn | None = None
    product: ProductColumn | None = None
    set: dict[str, str | float | None] = {}
    read: dict[str, str] = {}
    rules: tuple[Rule, ...] = ()
    measures: tuple[Measure, ...]
    units: dict[str, dict[str, str | float]] = {}
    words: dict[str, str] = {}
    notes: dict[str, str] = {}
    blank: Literal["skip", "unknown"] = "skip"
    lowest: float | None = None
    highest: float | None = None
    quote: tuple[str, ...]
    methods: dict[str, str] = {}
    latest: dict[str, str] = {}
    whole_years: bool = False
    headings: tuple[WideHeading, ...] = ()
    bulk: bool = False


def layout_of(name: str | Path) -> Layout:
    """Return the bundled layout of that id, or the one a path of a YAML file names.

    Raises StatisticsError naming the file and what is wrong in it.
    """
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml"):
        known = table_layouts()
        if str(name) not in known:
            raise StatisticsError(
                f"no layout {str(name)!r}",
                where="statistics/layouts",
                remedy=f"There are {', '.join(known)}; or give the path of a layout file (.yaml)",
            )
        return known[str(name)]
    try:
        data = read_yaml(path)
    except FileNotFoundError as error:
        raise StatisticsError(
            "the layout file is not there", where=str(path), remedy="Check the path of the layout"
        ) from error
    except VocabularyError as error:
        raise StatisticsError(error.what, where=error.where, remedy="Mend the layout file") from error
    return _checked(data, str(path))


@cache
def table_layouts() -> dict[str, Layout]:
    """Return the bundled layouts by id, in alphabetical order."""
    paths = sorted((LAYOUTS / "tables").glob("*.yaml"))
    return {path.stem: _checked(read_yaml(path), path.name) for path in paths}


def _checked(data: Any, where: str) -> Layout:
    try:
        layout = msgspec.convert(data, Layout)
    except msgspec.ValidationError as error:
        raise StatisticsError(
            f"the layout is not well formed: {error}",
            where=where,
            remedy="The fields are those of lodeclaim.statistics.layout.Layout; docs show an example",
        ) from error
    setters: list[dict[str, Any]] = [
        layout.set,
        dict(layout.read),
        *(rule.set for rule in layout.rules),
        *(one.set for one in layout.measures),
    ]
    setters += [slots for slots in layout.sheets.values() if slots]
    for slots in setters:
        if unknown := sorted(slots.keys() - SLOTS):
            raise StatisticsError(
                f"the layout sets {', '.join(unknown)}",
                where=where,
                remedy=f"A layout may set {', '.join(sorted(SLOTS))}",
            )
    patterns = [
        layout.file,
        layout.trim,
        *layout.notes,
        *(text for rule in layout.rules for text in rule.when.values()),
    ]
    patterns += [one.column for one in layout.measures if one.pattern]
    patterns += list(layout.period.read) if layout.period else []
    for pattern in patterns:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise StatisticsError(
                f"{pattern!r} is no regular expression ({error})", where=where, remedy="Mend the layout file"
            ) from error
    return layout
