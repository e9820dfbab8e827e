"""The records of a language: what CLDR gives, and the words for materials and places.

Notation of words, the same in every list:

- a plain word or phrase also matches with the regular endings of its language;
- a trailing ``=`` means exactly this form, a trailing ``*`` any continuation;
- entries in capitals, and entries with capitals that end in ``=``, are case-sensitive.
"""

from __future__ import annotations

from msgspec import Struct, field

__all__ = ["Cldr", "LanguageData", "LanguageMaterials", "LanguagePlaces", "MaterialWords", "PlaceWords"]


class _Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Strict: a key that is not a field is an error, not a silent loss."""


class Cldr(_Part, frozen=True):
    """What the Unicode Common Locale Data Repository says about a language.

    ``group`` holds every separator of digit groups in use, the usual one first. ``months`` maps 1–12 to names
    and abbreviations in lower case as well as their usual case. ``scale`` and ``scale_short`` map words and
    abbreviations to factors (long or short scale as the language has it).
    """

    code: str
    name: str
    source: str
    decimal: str
    group: tuple[str, ...]
    scale: dict[str, float]
    scale_short: dict[str, float]
    months: dict[int, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    currencies: dict[str, tuple[str, ...]]
    currency_symbols: dict[str, tuple[str, ...]]


class MaterialWords(_Part, frozen=True):
    """The words of one material or form.

    ``words`` stand alone; ``stems`` begin a compound. What is ``guarded`` counts only near other words of the
    field, a guarded stem only before a known stage or form.
    """

    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    guarded_stems: tuple[str, ...] = ()


class LanguageMaterials(_Part, frozen=True):
    """Words by id of material and by id of form."""

    materials: dict[str, MaterialWords]
    forms: dict[str, MaterialWords] = field(default_factory=dict)


class PlaceWords(_Part, frozen=True):
    """Names of a country or group beyond those of CLDR; capitals and governments as ``metonyms``.

    ``adjectives`` are stems: up to four letters of inflection may follow, whatever their case. An adjective that
    would then meet another word (German, germanium) stands under ``people``, the words for inhabitants.
    """

    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()


class LanguagePlaces(_Part, frozen=True):
    """Words by ISO 3166-1 alpha-3 code and by id of group."""

    countries: dict[str, PlaceWords]
    groups: dict[str, PlaceWords] = field(default_factory=dict)


class LanguageData(_Part, frozen=True):
    """All general words of one language; the triggers of claims are with the reader."""

    code: str
    cldr: Cldr
    materials: LanguageMaterials
    places: LanguagePlaces
