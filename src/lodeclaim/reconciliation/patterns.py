"""The words of each language by which checks find ranks, countdowns and vague amounts, and the legal benchmarks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.core.errors import VocabularyError
from lodeclaim.vocabulary.load import load_vocabulary, read_yaml

__all__ = ["Benchmark", "Words", "benchmarks", "country_names", "language_words", "one_of"]

_DATA = Path(__file__).parent / "data"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of one language; ``currency`` is that of most of its readers, where there is one."""

    currency: str | None
    ordinals: dict[str, int]
    largest: tuple[str, ...]
    after: tuple[str, ...]
    conjunction: tuple[str, ...]
    next: tuple[str, ...]
    months: tuple[str, ...]
    years: tuple[str, ...]
    before: tuple[str, ...]
    billions: tuple[str, ...]
    millions: tuple[str, ...]
    differ: tuple[str, ...]


class Benchmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A benchmark of a law: the share that capacity must reach or imports must not exceed."""

    id: str
    place: str
    stage: str | None
    value: float
    comparator: str
    period: str
    scope: str
    source: str


@cache
def language_words() -> dict[str, Words]:
    """Return language code → words."""
    found: dict[str, Words] = _read("words.yaml", dict[str, Words])
    return found


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return the legal benchmarks."""
    found: tuple[Benchmark, ...] = _read("benchmarks.yaml", tuple[Benchmark, ...])
    return found


@cache
def country_names(language: str) -> dict[str, str]:
    """Return folded name → country code in a language, English names included."""
    words = load_vocabulary()
    names = {country.name.casefold(): code for code, country in words.countries.items()}
    if language in words.language_codes():
        data = words.language(language)
        for code, entries in data.cldr.countries.items():
            names.update((name.rstrip("=*").casefold(), code) for name in entries)
        for code, place in data.places.countries.items():
            names.update((name.rstrip("=*").casefold(), code) for name in place.names)
    return names


def one_of(words: tuple[str, ...]) -> str:
    """Return the regular expression for any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _read(name: str, kind: Any) -> Any:
    path = _DATA / name
    try:
        return msgspec.convert(read_yaml(path), kind)
    except msgspec.ValidationError as error:
        raise VocabularyError(str(error), where=str(path), remedy="Mend the file") from error
