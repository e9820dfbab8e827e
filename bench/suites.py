"""Measure the reading of quantities on public suites: ``python bench/suites.py FOLDER [--show N] [--write]``.

FOLDER holds checkouts, each optional: ``Recognizers-Text`` (microsoft), ``duckling`` (facebook) and
``CQE_Evaluation`` (satya77). A value counts as recovered where the reader gives it inside the span that the suite
names. Percent, money, and units of the trade must come from ``find_quantities`` with the right unit. Units that no
claim can have, such as km/h or cups, and plain numbers ask for the value alone, from ``find_numbers``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from suite_cases import Case, Expected, cases

from lodeclaim.core.errors import LodeclaimError
from lodeclaim.reading.bare_numbers import find_numbers
from lodeclaim.reading.language import ReaderLanguage, load_language, readable_languages
from lodeclaim.reading.model import Quantity
from lodeclaim.reading.quantities import find_quantities
from lodeclaim.reading.units import UNITS
from lodeclaim.vocabulary.load import DATA, read_yaml

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- suites: begin -->", "<!-- suites: end -->"
#: Names that the suites use for units of the contract.
MASSES = {
    "t": "ton, metric ton, tonne, tonne métrique, tonelada, tonelada métrica, metriskt ton, kubikmeter ton",
    "kg": "kilogram, kilogramm, kilogramme, kilogramo",
    "g": "gram, gramm, gramme, gramo",
    "lb": "pound, pfund, livre, libra",
    "km2": "square kilometer, square kilometre, quadratkilometer, kilomètre carré, kilómetro cuadrado",
    "ha": "hectare, hektar, hectárea",
}
TRADE = {name.strip(): unit for unit, names in MASSES.items() for name in names.split(",")}
#: Names of money that say no country: any currency of that name is right.
FAMILIES = {
    "dollar": "USD AUD CAD NZD HKD SGD TWD",
    "dólar": "USD AUD CAD NZD HKD SGD TWD",
    "euro": "EUR",
    "pound": "GBP EGP",
    "livre": "GBP EGP",
    "libra": "GBP EGP",
    "krone": "SEK NOK DKK",
    "krona": "SEK NOK DKK",
    "yen": "JPY",
    "yen japonais": "JPY",
    "rupee": "INR PKR LKR",
    "rupie": "INR PKR LKR",
    "united states dollar": "USD",
    "dólar estadounidense": "USD",
    "dollar états-unis": "USD",
    "canadian dollar": "CAD",
    "dólar canadiense": "CAD",
    "dollar canadien": "CAD",
    "dollar australien": "AUD",
    "british pound": "GBP",
    "indian rupee": "INR",
    "yuan chino": "CNY",
}


@dataclass(slots=True)
class Score:
    """How many of the values a suite asks for were recovered, and why the others were not."""

    wanted: int = 0
    recovered: int = 0
    with_unit: int = 0
    beyond: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)


def currencies_of(code: str) -> dict[str, frozenset[str]]:
    """Return the currencies of the contract by their codes and the names CLDR has for them in the language."""
    known: dict[str, set[str]] = defaultdict(set)
    for language in (code, "en"):
        for iso, names in read_yaml(DATA / "languages" / language / "cldr.yaml")["currencies"].items():
            for name in (iso, *names):
                known[name.casefold()].add(iso)
    contract = {iso for group in known.values() for iso in group}
    families = {name: frozenset(isos.split()) & contract for name, isos in FAMILIES.items()}
    return {**{name: frozenset(isos) for name, isos in known.items()}, **families}


def judge(
    expected: Expected,
    case: Case,
    found: Sequence[Quantity],
    language: ReaderLanguage,
    money: dict[str, frozenset[str]],
) -> tuple[str | None, bool]:
    """Return why the value was missed, or None, and whether a unit of the contract was asked for."""
    start, end = expected.start or 0, expected.end or len(case.text)
    numbers = [
        number.value for number in find_numbers(case.text, language) if number.start < end and start < number.end
    ]
    near = [quantity for quantity in found if quantity.start < end and start < quantity.end]
    unit = (expected.unit or "").casefold()
    allowed: frozenset[str] = frozenset()
    factor = 1.0
    if case.mode == "percent":
        allowed = frozenset({"%"})
    elif case.mode == "money":
        allowed = money.get(unit, frozenset())
    elif case.mode == "dimension" and unit in TRADE:
        kind = UNITS[TRADE[unit]]
        allowed, factor = frozenset({kind.unit}), kind.factor
    same = any(_close(value, expected.value) for value in numbers)
    if not allowed:
        if same or any(_close(value, expected.value) for quantity in near for value in _ends(quantity)):
            return None, False
        return ("other value" if numbers else "not found"), False
    right = [q for q in near if any(_close(value, expected.value * factor) for value in _ends(q))]
    if any(quantity.unit.split("/")[0] in allowed for quantity in right):
        return None, True
    if right:
        return "value, other unit", True
    if same:
        return "number, but no quantity", True
    return ("other value" if near or numbers else "not found"), True


def _ends(quantity: Quantity) -> Iterable[float]:
    return (quantity.value,) if quantity.value_max is None else (quantity.value, quantity.value_max)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 + 1e-6 * abs(other)


def shape(text: str) -> str:
    """Return how a number is written, for the count of failures."""
    if re.search(r"\d\s*/\s*\d|[½⅓⅔¼¾⅕-⅞]", text):
        return "fraction in digits"
    if re.search(r"\d[eE^][+-]?\d|\^", text):
        return "power"
    if re.search(r"[-−–]\s?[\d.,]", text):
        return "sign"
    if re.search(r"\d", text):
        return "digits"
    return "words"


def measure(folder: Path) -> tuple[dict[tuple[str, str], Score], list[str]]:
    """Return the scores by suite and language, and what was left out with the reason."""
    scores: dict[tuple[str, str], Score] = {}
    skipped: dict[str, str] = {}
    languages: dict[str, tuple[ReaderLanguage, dict[str, frozenset[str]]]] = {}
    for case in cases(folder):
        if case.language in skipped:
            continue
        if case.language not in languages:
            try:
                if case.language not in readable_languages():
                    raise LodeclaimError("its field words are missing")
                languages[case.language] = load_language(case.language), currencies_of(case.language)
            except (LodeclaimError, KeyError) as error:
                skipped[case.language] = f"{case.language}: {error}"
                continue
        language, money = languages[case.language]
        score = scores.setdefault((case.suite, case.language), Score())
        found = find_quantities(case.text, language.lexicon.scan(case.text), language)
        for expected in case.expected:
            reason, unit = judge(expected, case, found, language, money)
            score.wanted += 1
            score.with_unit += unit
            if reason is None:
                score.recovered += 1
                continue
            passage = case.text[expected.start or 0 : expected.end]
            kind = reason if expected.start is None else f"{reason} ({shape(passage)})"
            score.failures[kind] += 1
            score.shown.append(f"{reason}: {passage!r} is {expected.value:g} {expected.unit or ''}  in: {case.text}")
        if case.mode == "number":
            score.beyond += sum(
                not any((e.start or 0) < n.end and n.start < (e.end or len(case.text)) for e in case.expected)
                for n in find_numbers(case.text, language)
            )
    return scores, list(skipped.values())


def table(scores: dict[tuple[str, str], Score]) -> str:
    """Return the scores as a table in Markdown."""
    lines = [
        "| suite | language | values | with a unit of the contract | recovered | share |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {suite} | {language} | {score.wanted} | {score.with_unit} | {score.recovered} |"
        f" {100 * score.recovered / max(1, score.wanted):.1f} % |"
        for (suite, language), score in scores.items()
    ]
    return "\n".join(lines)


def write(page: Path, text: str) -> None:
    """Put the table between its marks in the page."""
    content = page.read_text("utf-8")
    if BEGIN not in content:
        raise SystemExit(f"{page} has no line {BEGIN}")
    head, rest = content.split(BEGIN, 1)
    page.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END, 1)[1]}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with the checkouts of the suites")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N misses of each suite")
    parser.add_argument("--only", default="", metavar="TEXT", help="only show suites whose line contains this")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    arguments = parser.parse_args()
    scores, skipped = measure(arguments.folder)
    if not scores:
        raise SystemExit(
            f"No suite in {arguments.folder}: it needs a folder Recognizers-Text, duckling or CQE_Evaluation"
        )
    print(f"{'suite':26}{'':4}{'values':>8}{'found':>8}{'share':>9}{'beyond':>8}  misses by kind")
    for (suite, language), score in scores.items():
        if arguments.only not in f"{suite} {language}":
            continue
        kinds = ", ".join(f"{kind} {count}" for kind, count in score.failures.most_common())
        share = 100 * score.recovered / max(1, score.wanted)
        print(f"{suite:26}{language:4}{score.wanted:8}{score.recovered:8}{share:8.1f}%{score.beyond:8}  {kinds}")
        for line in score.shown[: arguments.show]:
            print(f"      {line}")
    for line in skipped:
        print(f"left out {line}", file=sys.stderr)
    if arguments.write:
        write(PAGE, table(scores))


if __name__ == "__main__":
    main()
