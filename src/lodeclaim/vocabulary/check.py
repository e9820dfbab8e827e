"""What is wrong with the vocabulary, each with its file and line.

A broken reference, a double, a missing source or a value out of range is refused here, before a reader or an
indicator trips over it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.core.errors import VocabularyError
from lodeclaim.vocabulary.check_languages import check_language
from lodeclaim.vocabulary.load import DATA
from lodeclaim.vocabulary.located import LocatedFile, path_in
from lodeclaim.vocabulary.model import Actor, Form, Group, Instrument, Material, Predicate, Site, Stage, Unit

__all__ = ["Problem", "check"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A line of a vocabulary file that breaks a rule; ``file`` is relative to the root."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry with the place it came from; ``record`` is None where the entry itself is broken."""

    id: str
    data: dict[str, Any]
    record: Any
    file: LocatedFile
    index: int


#: Part of the vocabulary: where it lies and what its entries are.
_PARTS: dict[str, tuple[str, type]] = {
    "material": ("materials/*.yaml", Material),
    "form": ("forms.yaml", Form),
    "stage": ("stages.yaml", Stage),
    "predicate": ("predicates.yaml", Predicate),
    "unit": ("units.yaml", Unit),
    "instrument": ("instruments.yaml", Instrument),
    "group": ("groups.yaml", Group),
    "actor": ("actors/*.yaml", Actor),
    "site": ("sites/*.yaml", Site),
}
#: Parts whose ids fill the same slots of a claim, so that one id must mean one thing.
_ENTITIES = ("material", "country", "group", "actor", "site")
_HS = re.compile(r"\d{6}")


class _Check:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.rows: dict[str, list[_Row]] = {part: list(self._read(part)) for part in _PARTS}
        self.ids: dict[str, set[str]] = {part: {row.id for row in rows} for part, rows in self.rows.items()}
        self.ids["country"] = self._countries()

    def add(self, path: Path, line: int, message: str) -> None:
        self.problems.append(Problem(path.relative_to(self.root).as_posix(), line, message))

    def at(self, row: _Row, path: tuple[str | int, ...], message: str) -> None:
        self.add(row.file.path, row.file.line(row.index, *path), f"{row.id}: {message}")

    def open(self, path: Path) -> LocatedFile | None:
        """Return the file, or None where it is no YAML or not there, which is a problem of its own."""
        try:
            file = LocatedFile(path)
        except FileNotFoundError:
            self.add(path, 1, "the file is missing")
            return None
        except VocabularyError as error:
            line = error.where.rpartition(":")[2]
            self.add(path, int(line) if line.isdigit() else 1, error.what)
            return None
        for key, line_number in file.repeated_keys():
            self.add(path, line_number, f"{key} stands twice in the same entry")
        return file

    def _read(self, part: str) -> Iterator[_Row]:
        pattern, kind = _PARTS[part]
        paths = sorted(self.root.glob(pattern)) if "*" in pattern else [self.root / pattern]
        for path in paths:
            file = self.open(path)
            if file is None:
                continue
            if not isinstance(file.data, list):
                self.add(path, 1, f"expected a list of entries, got {type(file.data).__name__}")
                continue
            for index, data in enumerate(file.data):
                if not isinstance(data, dict) or not isinstance(data.get("id"), str):
                    self.add(path, file.line(index), "an entry without id")
                    continue
                record: Any = None
                try:
                    record = msgspec.convert(data, kind)
                except msgspec.ValidationError as error:
                    self.add(path, file.line(index, *path_in(str(error))), f"{data['id']}: {error}")
                yield _Row(data["id"], data, record, file, index)

    def _countries(self) -> set[str]:
        path, found = self.root / "countries.csv", set[str]()
        if not path.exists():
            self.add(path, 1, "the file is missing")
            return found
        lines = path.read_text("utf-8").splitlines()
        head = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
        for offset, row in enumerate(csv.DictReader(lines[head:]), head + 2):
            code = row.get("id") or ""
            if not re.fullmatch(r"[A-Z]{3}", code) or not re.fullmatch(r"[A-Z]{2}", row.get("iso2") or ""):
                self.add(path, offset, f"{code or 'a country'}: expected ISO 3166-1 codes of three and two letters")
            if not row.get("name"):
                self.add(path, offset, f"{code}: the name is missing")
            if code in found:
                self.add(path, offset, f"{code} is there twice")
            found.add(code)
        return found

    def refer(
        self, row: _Row, path: tuple[str | int, ...], target: str | None, *parts: str, named: bool = False
    ) -> None:
        """Report a reference that leads nowhere; with ``named`` an unlinked ``name:`` is allowed."""
        if target is None or (named and target.startswith("name:")):
            return
        if not any(target in self.ids[part] for part in parts):
            self.at(row, path, f"no {' or '.join(parts)} has the id {target!r}")

    def doubles(self) -> None:
        seen: dict[str, str] = dict.fromkeys(self.ids["country"], "country")
        for part, rows in self.rows.items():
            own: set[str] = set()
            for row in rows:
                if row.id in own:
                    self.at(row, ("id",), "the id is there twice")
                elif part in _ENTITIES and seen.get(row.id, part) != part:
                    self.at(row, ("id",), f"the id is that of a {seen[row.id]} too")
                own.add(row.id)
                if part in _ENTITIES:
                    seen.setdefault(row.id, part)

    def sources(self) -> None:
        for rows in self.rows.values():
            for row in rows:
                for path, value in _sources(row.data):
                    if not isinstance(value, str) or not value.strip():
                        self.at(row, path, "the source is missing")

    def material(self, row: _Row) -> None:
        entry: Material = row.record
        members = {other.id: other.data.get("part_of") or () for other in self.rows["material"]}
        for name in ("members", "part_of", "byproduct_of"):
            for place, target in enumerate(getattr(entry, name)):
                self.refer(row, (name, place), target, "material")
        for place, target in enumerate(entry.members):
            if target in members and entry.id not in members[target]:
                self.at(row, ("members", place), f"{target} does not name {entry.id} under part_of")
        for name, key in (("forms", "id"), ("lists", "list"), ("hs", "code")):
            keys = [getattr(part, key) for part in getattr(entry, name)]
            for place, value in enumerate(keys):
                if value in keys[:place]:
                    self.at(row, (name, place), f"{value} is there twice")
        for place, form in enumerate(entry.forms):
            if form.factor is not None and not 0 < form.factor <= 1:
                self.at(row, ("forms", place, "factor"), f"{form.id}: a factor lies between 0 and 1, got {form.factor}")
            if (form.factor is None) != (form.of is None):
                self.at(row, ("forms", place), f"{form.id}: factor and of belong together")
        for place, code in enumerate(entry.hs):
            if not _HS.fullmatch(code.code):
                self.at(row, ("hs", place, "code"), f"expected six digits, got {code.code!r}")
            self.refer(row, ("hs", place, "stage"), code.stage, "stage")

    def predicate(self, row: _Row) -> None:
        known = {unit.data.get("dimension") for unit in self.rows["unit"]}
        for place, name in enumerate(row.record.units):
            if name not in known:
                self.at(row, ("units", place), f"no unit has the dimension {name!r}")

    def unit(self, row: _Row) -> None:
        entry: Unit = row.record
        if entry.factor <= 0:
            self.at(row, ("factor",), f"a factor is positive, got {entry.factor}")
        target = next((other.record for other in self.rows["unit"] if other.id == entry.canonical), None)
        if target is None or target.dimension != entry.dimension or target.factor != 1:
            self.at(row, ("canonical",), f"{entry.canonical} is no canonical unit of the dimension {entry.dimension}")

    def instrument(self, row: _Row) -> None:
        if not 1 <= row.record.firmness <= 8:
            self.at(row, ("firmness",), f"firmness runs from 1 to 8, got {row.record.firmness}")

    def group(self, row: _Row) -> None:
        for place, target in enumerate(row.record.members):
            self.refer(row, ("members", place), target, "country")
            if target in row.record.members[:place]:
                self.at(row, ("members", place), f"{target} is there twice")

    def actor(self, row: _Row) -> None:
        entry: Actor = row.record
        self.refer(row, ("home",), entry.home, "country", "group")
        self.refer(row, ("control",), entry.control, "country", "group")
        self.refer(row, ("parent",), entry.parent, "actor")
        for name in ("materials", "uses"):
            for place, target in enumerate(getattr(entry, name)):
                self.refer(row, (name, place), target, "material")
        parents = {other.id: other.data.get("parent") for other in self.rows["actor"]}
        chain: list[str] = []
        above = entry.parent
        while above is not None and above not in chain:
            chain.append(above)
            above = parents.get(above)
        if entry.id in chain:
            self.at(row, ("parent",), f"is its own parent by way of {', '.join(chain)}")

    def site(self, row: _Row) -> None:
        entry: Site = row.record
        self.refer(row, ("country",), entry.country, "country")
        self.refer(row, ("operator",), entry.operator, "actor", "country", named=True)
        for name, part in (("materials", "material"), ("stages", "stage")):
            for place, target in enumerate(getattr(entry, name)):
                self.refer(row, (name, place), target, part)
        for place, owner in enumerate(entry.owners):
            self.refer(row, ("owners", place, "actor"), owner.actor, "actor", "country", named=True)
            if owner.share is not None and not 0 <= owner.share <= 100:
                self.at(row, ("owners", place, "share"), f"a share lies between 0 and 100 %, got {owner.share}")
        latest = {owner.actor: owner.share or 0.0 for owner in sorted(entry.owners, key=lambda o: o.since or "")}
        total = sum(latest.values())
        if total > 100.5:
            self.at(row, ("owners",), f"the shares of the owners add up to {total:g} %")
        if (entry.lat is None) != (entry.lon is None):
            self.at(row, ("lat",) if entry.lat is not None else ("lon",), "lat and lon belong together")
        if entry.lat is not None and not -90 <= entry.lat <= 90:
            self.at(row, ("lat",), f"a latitude lies between -90 and 90, got {entry.lat}")
        if entry.lon is not None and not -180 <= entry.lon <= 180:
            self.at(row, ("lon",), f"a longitude lies between -180 and 180, got {entry.lon}")
        if entry.lat is not None and entry.precision is None:
            self.at(row, ("lat",), "a position needs its precision")

    def run(self) -> list[Problem]:
        self.doubles()
        self.sources()
        for part in ("material", "predicate", "unit", "instrument", "group", "actor", "site"):
            inspect: Callable[[_Row], None] = getattr(self, part)
            for row in self.rows[part]:
                if row.record is not None:
                    inspect(row)
        forms = self.ids["form"] | {form.id for row in self.rows["material"] if row.record for form in row.record.forms}
        for folder in sorted(path for path in (self.root / "languages").glob("*") if path.is_dir()):
            check_language(folder, self.open, self.add, {**self.ids, "form": forms})
        return sorted(set(self.problems))


def _sources(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every ``source`` of an entry and of the records within it."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source":
                yield (*path, key), value
            else:
                yield from _sources(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _sources(value, (*path, index))


def check(root: Path = DATA) -> list[Problem]:
    """Return what is wrong with the vocabulary under a folder, in order of file and line; empty means sound.

    Found are files that are no YAML, unknown and missing fields, doubles, references that lead nowhere, missing
    sources, and shares, positions, factors and codes out of range.
    """
    return _Check(root).run()
