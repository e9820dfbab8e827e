"""What is wrong with the general words of one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.vocabulary.language_model import Cldr, LanguageMaterials, LanguagePlaces
from lodeclaim.vocabulary.located import LocatedFile, path_in

__all__ = ["check_language"]

Open = Callable[[Path], LocatedFile | None]
Add = Callable[[Path, int, str], None]


def check_language(folder: Path, open_file: Open, add: Add, ids: Mapping[str, Set[str]]) -> None:
    """Report entries for unknown materials, forms or places, empty words, and words that mean two materials.

    ``open_file`` gives a file or reports why not, ``add`` takes file, line and message, ``ids`` are the known
    ids by part of the vocabulary.
    """
    kinds: dict[str, tuple[type, dict[str, str]]] = {
        "cldr.yaml": (Cldr, {"countries": "country", "groups": "group", "currencies": "unit"}),
        "materials.yaml": (LanguageMaterials, {"materials": "material", "forms": "form"}),
        "places.yaml": (LanguagePlaces, {"countries": "country", "groups": "group"}),
    }
    for name, (kind, parts) in kinds.items():
        path = folder / name
        file = open_file(path)
        if file is None:
            continue
        try:
            msgspec.convert(file.data, kind)
        except msgspec.ValidationError as error:
            add(path, file.line(*path_in(str(error))), str(error))
            continue
        for section, part in parts.items():
            for key, words in (file.data.get(section) or {}).items():
                if key not in ids[part]:
                    add(path, file.line(section, key), f"no {part} has the id {key!r}")
                _check_words(path, file, (section, key), words, add)
        if name == "cldr.yaml":
            if file.data["code"] != folder.name:
                add(path, file.line("code"), f"code {file.data['code']} in the folder {folder.name}")
            for month in range(1, 13):
                if not file.data["months"].get(month):
                    add(path, file.line("months"), f"month {month} has no name")
        elif name == "materials.yaml":
            _check_meaning(path, file, add)


def _check_words(path: Path, file: LocatedFile, place: tuple[str, str], words: Any, add: Add) -> None:
    """Report empty words, and a word that stands twice in one list."""
    lists = words if isinstance(words, dict) else {"": words}
    for label, row in lists.items():
        where = (*place, label) if label else place
        for index, word in enumerate(row):
            if not word.strip("=* "):
                add(path, file.line(*where, index), f"{place[1]}: an empty word")
            elif word in row[:index]:
                add(path, file.line(*where, index), f"{place[1]}: {word!r} is there twice")


def _check_meaning(path: Path, file: LocatedFile, add: Add) -> None:
    """Report a word or stem that stands for two materials."""
    for label in ("words", "stems"):
        meaning: dict[str, str] = {}
        for material, words in file.data["materials"].items():
            for index, word in enumerate(words.get(label, ())):
                other = meaning.setdefault(word.rstrip("=*"), material)
                if other != material:
                    add(
                        path,
                        file.line("materials", material, label, index),
                        f"{word!r} stands for {other} and for {material}",
                    )
