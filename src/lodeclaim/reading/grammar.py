"""The small words of a language as patterns: what joins numbers, opens names, ends no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lodeclaim.reading.prepositions import Prepositions

__all__ = ["Grammar", "build_grammar"]

_UPPER: Final = "A-ZÄÖÅÆØÉÈÀÁÍÓÚÑÇÊÎÔÂÛ"
#: Company forms and units that are written with a full stop in every language.
_COMPANY_FORM: Final = r"(?:Inc|Corp|Ltd|Co|AG|Plc)"
#: What is left of a formula whose subscript was lost: "WO. Reserven".
_FORMULA: Final = r"\b[A-Z][a-z]?\d?[Oo]"
_EVERYWHERE: Final = (
    "Inc",
    "Corp",
    "Ltd",
    "Co",
    "U.S",
    "St",
    "Dr",
    "Mr",
    "Mrs",
    "Prof",
    "No",
    "Nr",
    "etc",
    "e.g",
    "i.e",
    "vs",
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns made of a language's small words.

    ``before_number`` matches what may stand between a comparator and its number, ``joint`` what joins the ends of a
    range, ``conjunctions`` are its words for "and". ``range_words`` tell what a word of a range is: between, to or and;
    ``placing`` are the words for "in", "from" and "by", ``number_words`` the simple numbers,
    ``amounts_to`` comparators that say what a deal comes to, ``levels`` words for "to" that no range has,
    ``extent`` what stands before a percentage of something told of already: "imports its gallium to 100 percent".
    ``day_before`` and ``year_after`` match around a month, ``month_stretch`` behind one that names a quarter or half
    of so many ``stretch_months``, ``date_joint`` between two dates. ``abbreviation`` matches left of a full stop that
    ends no sentence. No such word has more letters than ``longest_abbreviation``.
    ``separates`` finds what parts two items, ``enumerates`` is all that stands between two names of a list;
    ``opening`` matches words that stand before a name, ``of_which`` finds words before a part of the amount told last
    and ``repeats`` those before an amount of the same kind; ``part_of`` is all that stands between a part and its
    total, and ``prepositions`` tell what they make of a name.
    """

    before_number: re.Pattern[str]
    definite: re.Pattern[str]
    joint: re.Pattern[str]
    range_words: Mapping[str, str]
    placing: frozenset[str]
    number_words: frozenset[str]
    amounts_to: frozenset[str]
    levels: frozenset[str]
    extent: frozenset[str]
    conjunctions: frozenset[str]
    day_before: re.Pattern[str]
    year_after: re.Pattern[str]
    date_joint: re.Pattern[str]
    month_stretch: re.Pattern[str] | None
    stretch_months: dict[str, int]
    abbreviation: re.Pattern[str]
    longest_abbreviation: int
    separates: re.Pattern[str]
    enumerates: re.Pattern[str]
    paired: re.Pattern[str]
    sentence_end: re.Pattern[str]
    article_start: re.Pattern[str]
    name_right: re.Pattern[str]
    opening: re.Pattern[str]
    of_which: re.Pattern[str]
    repeats: re.Pattern[str]
    part_of: re.Pattern[str]
    prepositions: Prepositions


def build_grammar(field: Mapping[str, Any]) -> Grammar:
    """Return the patterns for the words of a language's field file."""
    small = _any(field["small_words"])
    conjunctions = tuple(_bare(field["range"]["and"]))
    to = tuple(_bare(field["range"]["to"]))
    links = _any(field["date_links"]) if field["date_links"] else "(?!)"
    ordinal = _any(field["ordinal_suffixes"])
    stretches = {str(word): int(n) for n, words in (field.get("month_stretch") or {}).items() for word in words}
    articles, of = tuple(field["articles"]), tuple(_bare(field["roles"]["of"]))
    capital = _any(article.capitalize() for article in articles) if articles else "(?!)"
    word = rf"[{_UPPER}][\w’'-]+"
    name = rf"{word}(?:(?: (?:de|del|do|da|di|la|el))?[ -]{{1,3}}{word}){{0,3}}"
    article = rf"(?:(?:{_any((*articles, *_bare(field['roles']['in']), *of))})\s)?"
    return Grammar(
        before_number=re.compile(rf"\.?[\s(\[„“”\"'’«»:–—-]*(?:(?:{small})(?:\s+|[’']))?"),
        definite=re.compile(rf"[\s\u00a0](?:{_any(field.get('definite') or ())})[\s\u00a0]"),
        joint=re.compile(rf"\s?[-–—]\s?|\s(?:{_any((*to, *conjunctions))})\s"),
        range_words={word: kind for kind in ("and", "to", "between") for word in _bare(field["range"][kind])},
        placing=frozenset(word for role in ("in", "from", "by") for word in _bare(field["roles"][role])) - {*of},
        number_words=frozenset(str(word).lower() for word in field["numbers"]),
        amounts_to=frozenset(field.get("amounts_to") or ()),
        levels=frozenset(field.get("levels") or ()),
        extent=frozenset(field.get("extent") or ()),
        conjunctions=frozenset(conjunctions),
        day_before=re.compile(rf"(?<!\d)(\d{{1,2}})(?:{ordinal})?(?:\s|\u00a0)(?:(?:{links})\s)?$"),
        year_after=re.compile(rf"[\s\u00a0]+(?:(?:{links})\s)?((?:19|20)\d\d)(?!\d)"),
        date_joint=re.compile(rf"\s*(?:{_any((*to, *conjunctions))}|–|-)\s*$"),
        month_stretch=re.compile(rf"[\s\u00a0-]({_any(stretches)})(?:\s((?:19|20)\d\d))?(?!\w)") if stretches else None,
        stretch_months=stretches,
        abbreviation=re.compile(
            rf"(?:^|[\s(])(?:\w|\w\.\w|\d{{1,2}}|{_any((*_EVERYWHERE, *field['abbreviations']))})$"
            rf"|{_COMPANY_FORM}$|{_FORMULA}$"
        ),
        longest_abbreviation=max(map(len, (*_EVERYWHERE, *field["abbreviations"]))),
        separates=re.compile(rf"[,;]| (?:{_any(conjunctions)}) "),
        paired=re.compile(rf"\s(?:{_any(_bare(field.get('respective') or ()))})\s"),
        enumerates=re.compile(rf"(?:\s?,\s|,?\s(?:{_any(conjunctions)})\s)(?:(?:{_any((*of, *articles))})[\s'’])?"),
        sentence_end=re.compile(
            rf"[.!?…;:](?:(?<=[;:])(?<![{_UPPER}].)(?=[{_UPPER}])"
            rf"|(?<![;:])[\"'”»“’)]*\s+(?=[\"'„“”«»(\[]*[{_UPPER}\d¿¡]))"
        ),
        article_start=re.compile(rf"(?:{capital})\s"),
        name_right=re.compile(rf"[\s,:„“\"«(-]*{article}({name})(?:\s(?:{_any(conjunctions)}|,)\s?{article}({name}))?"),
        opening=re.compile(rf"(?:{capital}|{_any(word.capitalize() for word in _bare(field['region_words']))})[ -]+"),
        of_which=_shortly_before(_bare(field.get("of_which") or ())),
        repeats=_shortly_before(_bare((*(field.get("of_which") or ()), *(field.get("another") or ())))),
        part_of=re.compile(rf"\s(?:{_any(of)})\s(?:(?:{small})\s){{1,3}}"),
        prepositions=Prepositions(field["roles"], articles),
    )


def _shortly_before(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,;(])(?:{_any(words)})[\s\u00a0](?:[^,.;:()]{{0,40}}[\s\u00a0])?$")


def _bare(words: Iterable[str]) -> list[str]:
    return [str(word).strip("=*-") for word in words]


def _any(words: Iterable[str]) -> str:
    ordered = sorted(dict.fromkeys(words), key=len, reverse=True)
    return "|".join(re.escape(word) for word in ordered) or "(?!)"
