"""Write data/languages/<code>/cldr.yaml from the Unicode Common Locale Data Repository, as Babel ships it.

Run `python tools/generate_cldr.py` after a new release of Babel, or with `--check` to see what would change.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_cldr_version
from babel.localedata import locale_identifiers

from lodeclaim.vocabulary.load import DATA, Vocabulary

LANGUAGES = ("da", "de", "en", "es", "fr", "nb", "sv")
#: CLDR territory codes for the groups of groups.yaml.
GROUPS = {
    "WLD": "001", "EU27": "EU", "africa": "002", "asia": "142", "europe": "150", "oceania": "009",
    "north-america": "003", "south-america": "005", "latin-america": "419", "central-asia": "143",
    "east-asia": "030", "southeast-asia": "035", "south-asia": "034", "north-africa": "015", "west-africa": "011",
    "east-africa": "014", "central-africa": "017", "southern-africa": "018", "sub-saharan-africa": "202",
}  # fmt: skip
#: Forms in everyday use that the repository's patterns do not show.
SCALE_IN_USE: dict[str, dict[str, float]] = {
    "en": {"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12},
    "de": {"Tausende": 1e3, "Billiarde": 1e15, "Billiarden": 1e15},
    "sv": {"tusentals": 1e3, "biljard": 1e15, "biljarder": 1e15},
    "nb": {"billiard": 1e15, "billiarder": 1e15},
    "da": {"tusinde": 1e3, "billiard": 1e15, "billiarder": 1e15},
    "fr": {"milliers": 1e3, "billiard": 1e15, "billiards": 1e15},
    "es": {"miles": 1e3, "millardo": 1e9, "millardos": 1e9, "billon": 1e12, "millon": 1e6},
}
SHORT_IN_USE: dict[str, dict[str, float]] = {
    "en": {"k": 1e3, "mn": 1e6, "mln": 1e6, "m": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12},
    "de": {"Tsd.": 1e3, "Tsd": 1e3, "Mio": 1e6, "Mill.": 1e6, "Mrd": 1e9, "Mia.": 1e9, "Mrd.": 1e9, "Bill.": 1e12},
    "sv": {"milj.": 1e6, "milj": 1e6, "mdr": 1e9, "mdr.": 1e9, "mrd": 1e9},
    "nb": {"mill": 1e6, "mio.": 1e6, "mrd": 1e9, "md.": 1e9, "mill.": 1e6},
    "da": {"mio": 1e6, "mill.": 1e6, "mia": 1e9, "mia.": 1e9, "mrd.": 1e9},
    "fr": {"Mio": 1e6, "Mds": 1e9, "Mrd": 1e9, "mds": 1e9},
    "es": {"mill.": 1e6, "MM": 1e6},
}
#: Abbreviations that a unit of mass or length has already taken.
TAKEN = {"t"}
SPACES = ["\u00a0", "\u202f", "\u2009", " "]


def scale_words(formats: Any) -> dict[str, float]:
    """Return the words of compact number patterns with their factors."""
    found: dict[str, float] = {}
    for patterns in formats.values():
        for magnitude, pattern in patterns.items():
            text = getattr(pattern, "pattern", pattern)
            zeros = text.count("0")
            word = re.sub(r"['0]", "", text).replace("\u00a0", " ").strip()
            if word and zeros and word not in TAKEN:
                found[word] = float(int(magnitude) // 10 ** (zeros - 1))
    return found


def unique(names: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the names without those that two entries share: an ambiguous name names nothing."""
    count = Counter(name for row in names.values() for name in set(row))
    own = {key: [name for name in dict.fromkeys(row) if count[name] == 1] for key, row in sorted(names.items())}
    return {key: row for key, row in own.items() if row}


def month_names(locale: Locale) -> Iterator[tuple[int, str]]:
    """Yield the months of a locale by number, written out and abbreviated."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from locale.months[context][width].items()


def territory_names(text: str) -> tuple[str, ...]:
    """Return the name and the one in brackets: Myanmar (Burma) is both. A bracketed owner is no name."""
    text = text.replace("’", "'")
    match = re.fullmatch(r"(.+?) \((.+)\)", text)
    names = (match[1], match[2]) if match and match[2] in ALSO_CALLED else (match[1],) if match else (text,)
    return tuple(form for name in names for form in dict.fromkeys((name, name.replace("'", "’"))))


#: Abbreviations of one region that are no longer than this are other words elsewhere.
SHORT_MONTH = 3
ALSO_CALLED = {"Burma", "Birmanie", "Birmania"}


def generate(code: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the data of one language."""
    locale = Locale(code)
    data: Any = locale._data
    symbols = locale.number_symbols["latn"]
    months: dict[int, dict[str, None]] = {number: {} for number in range(1, 13)}
    for number, name in month_names(locale):
        months[number].update(dict.fromkeys((name, name.rstrip("."))))
    for region in sorted(one for one in locale_identifiers() if re.fullmatch(rf"{code}_[A-Z]{{2}}", one)):
        # Jänner, setiembre, "Sept." as it is written in London
        for number, name in month_names(Locale.parse(region)):
            if len(name.rstrip(".")) > SHORT_MONTH and name.lower() not in map(str.lower, months[number]):
                months[number].update(dict.fromkeys((name, name.rstrip("."))))
    currencies: dict[str, tuple[str, ...]] = {}
    signs: dict[str, tuple[str, ...]] = {}
    for unit in vocabulary.units.values():
        if unit.dimension != "money":
            continue
        plural = dict(data["currency_names_plural"].get(unit.id, {}))
        names = [locale.currencies.get(unit.id), plural.get("one"), plural.get("many"), plural.get("other")]
        currencies[unit.id] = tuple(dict.fromkeys(name for name in names if name))
        if (sign := locale.currency_symbols.get(unit.id)) and sign != unit.id:
            signs[unit.id] = (sign.replace("\u00a0", " "),)
    group = symbols["group"]
    spaced = [space for space in SPACES if space != group] if group in SPACES else SPACES
    return {
        "code": code,
        "name": locale.get_display_name("en") or code,
        "source": f"Unicode Common Locale Data Repository {get_cldr_version()}",
        "decimal": symbols["decimal"],
        "group": [group, *spaced],
        "scale": scale_words(data["compact_decimal_formats"]["long"]) | SCALE_IN_USE[code],
        "scale_short": scale_words(data["compact_decimal_formats"]["short"]) | SHORT_IN_USE[code],
        "months": {number: list(names) for number, names in months.items()},
        "countries": unique({
            country.id: territory_names(locale.territories[country.iso2])
            for country in vocabulary.countries.values()
            if country.iso2 in locale.territories
        }),
        "groups": {key: list(territory_names(locale.territories[value])) for key, value in GROUPS.items()},
        "currencies": unique(currencies),
        "currency_symbols": unique(signs),
    }  # fmt: skip


def render(content: dict[str, Any]) -> str:
    """Return the YAML text of one language."""
    head = "# Written by tools/generate_cldr.py; do not edit. Source: Unicode CLDR, Unicode License v3.\n"
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=118)


def main(arguments: list[str]) -> int:
    """Write the files, or with --check say which differ."""
    vocabulary = Vocabulary()
    stale = 0
    for code in LANGUAGES:
        path: Path = DATA / "languages" / code / "cldr.yaml"
        text = render(generate(code, vocabulary))
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        print(f"{path.relative_to(DATA)} {'differs' if '--check' in arguments else 'written'}")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
