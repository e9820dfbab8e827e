"""The vocabulary, read once from its files and kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import ryaml

from lodeclaim.core.errors import UnknownName, VocabularyError
from lodeclaim.vocabulary.language_model import Cldr, LanguageData, LanguageMaterials, LanguagePlaces
from lodeclaim.vocabulary.model import (
    Actor,
    Country,
    Form,
    Group,
    Instrument,
    Listing,
    Material,
    Predicate,
    Site,
    Stage,
    Unit,
)

__all__ = ["DATA", "Vocabulary", "load_vocabulary", "read_yaml"]

DATA = Path(__file__).parent / "data"
_LINE: Final = re.compile(r"\bat line (\d+)")
Entry = TypeVar("Entry")
_LANGUAGE_FILES = ("cldr.yaml", "materials.yaml", "places.yaml")


def read_yaml(path: Path) -> Any:
    """Return what the YAML 1.2 file holds; raises VocabularyError with its line where it is no YAML."""
    try:
        return ryaml.loads(path.read_text("utf-8"))
    except ryaml.InvalidYamlError as error:
        line = _LINE.search(str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise VocabularyError(f"not valid YAML ({error})", where=where, remedy="Mend the file") from error


def _record(kind: type[Entry], path: Path) -> Entry:
    try:
        return msgspec.convert(read_yaml(path), kind)
    except msgspec.ValidationError as error:
        raise VocabularyError(str(error), where=str(path), remedy="Mend the file") from error


def _entries(kind: type[Entry], paths: Iterable[Path]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in paths:
        for item in read_yaml(path) or ():
            try:
                entry = msgspec.convert(item, kind)
            except msgspec.ValidationError as error:
                name = item.get("id", "without id") if isinstance(item, dict) else item
                raise VocabularyError(
                    f"{kind.__name__.lower()} {name}: {error}",
                    where=str(path),
                    remedy="Run `lodeclaim materials --check` for the line",
                ) from error
            key: str = entry.id  # type: ignore[attr-defined]
            if key in found:
                raise VocabularyError(f"{key} is there twice", where=str(path), remedy="Remove one of the two")
            found[key] = entry
    return found


class Vocabulary:
    """All words of the field from one folder; each part is read when it is first asked for."""

    def __init__(self, root: Path = DATA) -> None:
        self.root = root
        self._languages: dict[str, LanguageData] = {}

    @cached_property
    def materials(self) -> dict[str, Material]:
        """Materials by id, groups included."""
        return _entries(Material, sorted((self.root / "materials").glob("*.yaml")))

    @cached_property
    def forms(self) -> dict[str, Form]:
        """Forms by id: the generic ones (ore, concentrate …) and the compounds of all materials."""
        found = dict(_entries(Form, [self.root / "forms.yaml"]))
        for material in self.materials.values():
            for form in material.forms:
                found.setdefault(form.id, form)
        return found

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Stages by id in the order of the chain."""
        return _entries(Stage, [self.root / "stages.yaml"])

    @cached_property
    def predicates(self) -> dict[str, Predicate]:
        """Predicates by id."""
        return _entries(Predicate, [self.root / "predicates.yaml"])

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by id."""
        return _entries(Unit, [self.root / "units.yaml"])

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Instruments by id."""
        return _entries(Instrument, [self.root / "instruments.yaml"])

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Countries by ISO 3166-1 alpha-3 code."""
        with (self.root / "countries.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            return {row["id"]: msgspec.convert(row, Country) for row in rows}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Groups of countries by id; ``WLD`` is the world."""
        return _entries(Group, [self.root / "groups.yaml"])

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return _entries(Actor, sorted((self.root / "actors").glob("*.yaml")))

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Sites by id."""
        return _entries(Site, sorted((self.root / "sites").glob("*.yaml")))

    def language_codes(self) -> tuple[str, ...]:
        """Return the codes of the languages that have all their general files."""
        folders = sorted((self.root / "languages").glob("*"))
        return tuple(f.name for f in folders if all((f / name).is_file() for name in _LANGUAGE_FILES))

    def language(self, code: str) -> LanguageData:
        """Return the general words of a language; raises UnknownName where there is no such language."""
        if code not in self._languages:
            folder = self.root / "languages" / code
            if code not in self.language_codes():
                known = ", ".join(self.language_codes())
                raise UnknownName(f"no words for the language {code!r}", remedy=f"There are {known}")
            cldr, materials, places = (folder / name for name in _LANGUAGE_FILES)
            self._languages[code] = LanguageData(
                code=code,
                cldr=_record(Cldr, cldr),
                materials=_record(LanguageMaterials, materials),
                places=_record(LanguagePlaces, places),
            )
        return self._languages[code]

    def unit(self, unit: str) -> Unit:
        """Return the unit of an id, prices in any currency included: ``EUR/lb`` is ``money/lb`` in euro.

        Raises UnknownName where there is no such unit.
        """
        if (found := self.units.get(unit)) is not None:
            return found
        currency, _, per = unit.partition("/")
        money, price = self.units.get(currency), self.units.get(f"money/{per}")
        if money is None or price is None or money.dimension != "money":
            raise UnknownName(f"no unit has the id {unit!r}", remedy="Units are listed in units.yaml")
        canonical = price.canonical.replace("money", currency)
        name = price.name.replace("money", money.name)
        return msgspec.structs.replace(price, id=unit, name=name, canonical=canonical)

    def listings(self, material: str) -> tuple[Listing, ...]:
        """Return the legal lists a material is on, itself or through a group it is part of.

        A group whose members are all on a list is on it too.
        """
        found: dict[str, Listing] = {}
        queue = [material]
        for entry in queue:
            for listing in self.materials[entry].lists:
                found.setdefault(listing.list, listing)
            queue += [group for group in self.materials[entry].part_of if group not in queue]
        members = self.materials[material].members
        if members:
            shared = [self.listings(member) for member in members]
            for listing in shared[0]:
                if all(any(other.list == listing.list for other in row) for row in shared):
                    found.setdefault(listing.list, listing)
        return tuple(found.values())

    def on_list(self, name: str) -> tuple[Material, ...]:
        """Return the materials and groups that a legal list names, in the order of the vocabulary."""
        return tuple(m for m in self.materials.values() if any(entry.list == name for entry in m.lists))

    def name(self, entity: str) -> str:
        """Return the canonical English name of any id, or the words of an unlinked mention.

        Raises UnknownName where no part of the vocabulary has the id.
        """
        if entity.startswith("name:"):
            return entity.removeprefix("name:")
        for part in (self.materials, self.countries, self.groups, self.sites, self.actors):
            if (entry := part.get(entity)) is not None:
                return entry.name
        raise UnknownName(f"no entity has the id {entity!r}", remedy="See `lodeclaim materials` for what there is")


@cache
def load_vocabulary() -> Vocabulary:
    """Return the bundled vocabulary, the same object each time."""
    return Vocabulary()
