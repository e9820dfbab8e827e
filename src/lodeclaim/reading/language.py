"""A language as the reader uses it: its words compiled, its separators and grammar words at hand."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from lodeclaim.core.errors import VocabularyError
from lodeclaim.reading.grammar import Grammar, build_grammar
from lodeclaim.reading.lexicon import Lexicon, LexiconBuilder
from lodeclaim.reading.mentions import COMPANY_FORMS
from lodeclaim.vocabulary.load import DATA, Vocabulary, load_vocabulary, read_yaml

__all__ = ["ReaderLanguage", "load_language", "readable_languages"]

_EXACT: Final = ("",)
#: So many years are counted from a date; one year has words of its own.
_YEARS: Final = (*range(2, 21), 25, 30, 40, 50)
_NAME_ENDINGS: Final = ("", "s")


@dataclass(frozen=True, slots=True)
class ReaderLanguage:
    """What the reader needs of one language.

    ``thousand_millions`` says that "1.300 millones" are 1.3 billion, where others would write 1,3 before a scale word.
    """

    code: str
    decimal: str
    group: tuple[str, ...]
    lexicon: Lexicon
    glued_scales: Mapping[str, float]
    grammar: Grammar
    thousand_millions: bool
    nouns_capitalised: bool


@cache
def readable_languages() -> tuple[str, ...]:
    """Return the codes of the languages that claims can be read in."""
    return tuple(sorted(path.parent.name for path in (DATA / "languages").glob("*/field.yaml")))


@cache
def load_language(code: str) -> ReaderLanguage:
    """Return the language, compiled at the first call; raises VocabularyError where it has no files."""
    folder = DATA / "languages" / code
    if not (folder / "field.yaml").exists():
        raise VocabularyError(
            f"there is no reader for the language {code!r}",
            where=str(folder),
            remedy=f"Languages that can be read: {', '.join(readable_languages())}",
        )
    # tens of thousands of small records that all stay: looking among them for garbage doubles the time
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _compiled(code, folder)
    finally:
        if collecting:
            gc.enable()


def _compiled(code: str, folder: Path) -> ReaderLanguage:
    vocabulary = load_vocabulary()
    field = read_yaml(folder / "field.yaml")
    cldr = read_yaml(folder / "cldr.yaml")
    materials = read_yaml(folder / "materials.yaml")
    places = read_yaml(folder / "places.yaml")
    builder = LexiconBuilder(field["endings"])
    _add_grammar(builder, field, cldr)
    _add_companies(builder)
    _add_frames(builder, field)
    _add_materials(builder, materials, vocabulary, compounds=len(field["linking"]) > 1)
    _add_places(builder, cldr, places)
    _add_names(builder, vocabulary)
    return ReaderLanguage(
        code=code,
        decimal=cldr["decimal"],
        group=tuple(cldr["group"]),
        lexicon=builder.build(),
        glued_scales=field.get("glued_scales") or {},
        grammar=build_grammar(field),
        thousand_millions=bool(field.get("thousand_millions")),
        nouns_capitalised=bool(field.get("nouns_capitalised")),
    )


#: Letters at least of a material that ends a compound: "Blei" and "Zinn" end many other words.
_COMPOUND_HEAD: Final = 6


def _pairs(table: Mapping[Any, Iterable[str]] | None) -> Iterator[tuple[Any, str]]:
    for value, words in (table or {}).items():
        for word in words or ():
            yield value, word


def _add_grammar(builder: LexiconBuilder, field: dict[str, Any], cldr: dict[str, Any]) -> None:
    for word, value in {**cldr["scale"], **cldr.get("scale_short", {}), **field["scales"]}.items():
        builder.add(word, "scale", float(value), endings=_EXACT)
    for unit, word in _pairs(field["units"]):
        builder.add(word, "unit", unit)
    for currency, word in [*_pairs(cldr["currencies"]), *_pairs(field.get("currencies"))]:
        builder.add(word, "currency", currency, endings=("", "s", "n", "en"))
    for iso in cldr["currencies"]:
        builder.add(f"{iso}=", "currency", iso)
    for category in ("per", "price_per", "after_comparators", "comparators"):
        for value, word in _pairs(field[category]):
            builder.add(word, category, value, endings=_EXACT)
    for value, word in _pairs(field["count_nouns"]):
        builder.add(word, "count_noun", value)
    for value, word in _pairs(field.get("fractions")):
        builder.add(word, "fraction", float(value), endings=_EXACT)
    for word in field["percent_points"]:
        builder.add(word, "unit", "points")
    for month, word in [*_pairs(cldr["months"]), *_pairs(field.get("months"))]:
        builder.add(word if len(word) > 3 else f"{word}=", "month", int(month), endings=_EXACT)
    _add_dates(builder, field["dates"])
    _add_counted_years(builder, field)
    for value, word in _pairs(field.get("comparatives")):
        builder.add(word, "comparative", value, endings=_EXACT)
    for value, word in _pairs(field["modality"]):
        builder.add(word, "modality", value, endings=_EXACT)
    for value, word in _pairs(field["anaphora"]):
        builder.add(word, "anaphora", value, endings=_EXACT)
    for value, word in _pairs(field["directions"]):
        builder.add(word, "direction", value, endings=_EXACT)
    for category in (
        "another",
        "aside",
        "attribution",
        "belongs",
        "boilerplate",
        "changing",
        "commission",
        "contrasts",
        "country_nouns",
        "covers",
        "data_words",
        "delivered",
        "delivers",
        "metadata_line",
        "off_topic",
        "refer_not_quantity",
        "pledges",
        "publication_title",
        "records",
        "site_words",
        "than",
        "company_forms",
        "growth_down",
        "limits",
        "negation",
        "not_names",
        "numbered",
        "offices",
        "other_money",
        "other_percent",
        "person_words",
        "relatives",
        "respective",
        "sells",
        "state_words",
        "wants",
    ):
        endings = None if category in ("aside", "site_words", "off_topic", "not_names", "person_words") else _EXACT
        for word in field.get(category) or ():
            builder.add(word, category, word.strip("=*-"), endings=endings)


def _add_companies(builder: LexiconBuilder) -> None:
    for word in COMPANY_FORMS:
        builder.add(word, "company_forms", word, endings=_EXACT)


def _add_dates(builder: LexiconBuilder, dates: dict[str, Any]) -> None:
    for value, words in dates.items():
        if isinstance(words, dict):
            for number, word in _pairs(words):
                builder.add(word, "date", f"{value}{number}", endings=_EXACT)
        else:
            for word in words:
                builder.add(word, "date", value, endings=_EXACT)


def _add_counted_years(builder: LexiconBuilder, field: dict[str, Any]) -> None:
    """Add "five years ago", "5 years earlier" and the like for every number that is told so."""
    numbers = [*((str(number), number) for number in _YEARS), *((str(word), n) for word, n in field["numbers"].items())]
    for kind, pattern in _pairs(field.get("counted_years")):
        for word, number in numbers:
            if number in _YEARS:
                builder.add(pattern.replace("#", word), "date", f"years_{kind}{number}", endings=_EXACT)


def _add_frames(builder: LexiconBuilder, field: dict[str, Any]) -> None:
    for stage, word in _pairs(field["stages"]):
        builder.add(word, "stage", stage)
    for predicate, kinds in field["kinds"].items():
        for kind, word in _pairs(kinds):
            builder.add(word, "kind", (predicate, kind))
    for predicate, strengths in field["triggers"].items():
        for strength, word in _pairs(strengths):
            builder.add(word, "trigger", (predicate, 1.0 if strength == "strong" else 0.5))
    for predicate, instruments in field["instruments"].items():
        for instrument, word in _pairs(instruments):
            builder.add(word, "instrument", (predicate, instrument))
    for predicate, kinds in field["events"].items():
        for kind, word in _pairs(kinds):
            builder.add(word, "event", (predicate, kind))


def _add_materials(
    builder: LexiconBuilder, materials: dict[str, Any], vocabulary: Vocabulary, *, compounds: bool
) -> None:
    for material, entry in materials["materials"].items():
        whole = compounds and (vocabulary.materials[material].kind == "element" or material == "graphite")
        for word in entry.get("words") or ():
            builder.add(word, "material", material)
            if whole and word.isalpha() and len(word) >= _COMPOUND_HEAD:
                # "Primärgallium", "naturgrafit"
                builder.add(f"-{word}", "material", material)
        for word in entry.get("guarded") or ():
            builder.add(word, "guarded_material", material)
        for stem in entry.get("stems") or ():
            builder.add_stem(stem, "material", material)
        for stem in entry.get("guarded_stems") or ():
            builder.add_stem(stem, "material", material, guarded=True)
    for form, entry in (materials.get("forms") or {}).items():
        for word in entry.get("words") or ():
            builder.add(word, "form", form)
        for stem in entry.get("stems") or ():
            builder.add(f"-{stem}", "form", form)
    for material_id, item in vocabulary.materials.items():
        for form_entry in item.forms:
            if any(char.isdigit() for char in form_entry.id):
                builder.add(f"{form_entry.id}=", "formula", (material_id, form_entry.id))


def _add_places(builder: LexiconBuilder, cldr: dict[str, Any], places: dict[str, Any]) -> None:
    for table in (cldr["countries"], cldr.get("groups") or {}):
        for place, name in _pairs(table):
            builder.add(name, "place", place, endings=_NAME_ENDINGS, proper=name[:1].isupper())
    for place, entry in [*places["countries"].items(), *(places.get("groups") or {}).items()]:
        for name in entry.get("names") or ():
            builder.add(name, "place", place, endings=_NAME_ENDINGS, proper=name[:1].isupper())
        for name in entry.get("metonyms") or ():
            builder.add(name, "metonym", place, endings=_NAME_ENDINGS, proper=name[:1].isupper())
        for name in entry.get("people") or ():
            builder.add(name, "place_adjective", place)
        for stem in entry.get("adjectives") or ():
            builder.add_adjective(stem, "place_adjective", place)


def _declined(name: str) -> tuple[str, ...]:
    """The cases of a name that begins with an adjective: "Europäische Investitionsbank" is "Europäischen …" as well.

    Only German writes both words with capitals.
    """
    first, _, rest = name.partition(" ")
    if not (first.endswith("ische") and rest[:1].isupper()):
        return (name,)
    return name, f"{first}n {rest}", f"{first}r {rest}"


def _add_names(builder: LexiconBuilder, vocabulary: Vocabulary) -> None:
    materials = {material.name.lower() for material in vocabulary.materials.values()}
    for actor in vocabulary.actors.values():
        for name in (actor.name, *actor.aliases):
            first, _, last = name.rpartition(" ")
            if first and last.lower() in materials:
                # "US antimony" is the antimony of a country
                builder.add(f"{name}=", "actor", actor.id, proper=True)
                continue
            for form in _declined(name):
                builder.add(form, "actor", actor.id, endings=_NAME_ENDINGS, proper=name[:1].isupper())
        for holder in actor.office_holders:
            for name in (holder.name, *holder.aliases):
                builder.add(name, "office_holder", actor.id, endings=_NAME_ENDINGS, proper=True)
    for site in vocabulary.sites.values():
        names = [site.name, *(alias for aliases in site.aliases.values() for alias in aliases)]
        for name in names:
            builder.add(name, "site", site.id, endings=_NAME_ENDINGS, proper=name[:1].isupper())
    for site in vocabulary.sites.values():
        if site.region:
            for name in (site.region, *site.region_aliases):
                builder.add(
                    name, "region", (site.country, site.region), endings=_NAME_ENDINGS, proper=name[:1].isupper()
                )
