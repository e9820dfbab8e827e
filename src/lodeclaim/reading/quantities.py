"""Quantities in a text: number, scale, unit, range and comparator put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from lodeclaim.reading.found import Hit, Hits
from lodeclaim.reading.gapped_lists import gapped
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.language import ReaderLanguage, load_language
from lodeclaim.reading.mass_rates import rate_of
from lodeclaim.reading.model import Quantity, UnitClass
from lodeclaim.reading.money_signs import ends_in_code, minor_part, sign_after, sign_before
from lodeclaim.reading.number_forms import find_forms, from_digits
from lodeclaim.reading.number_words import load_number_words
from lodeclaim.reading.numbers import BARE_YEAR, Runs, digit_runs, find_digits, parse_number, tidy, writes_commas
from lodeclaim.reading.quantity_lists import (
    BareNumber,
    continues_money,
    join_fractions,
    joins_range,
    like_before,
    out_of,
    share_money,
    share_rate,
    share_unit,
)
from lodeclaim.reading.spans import Spans
from lodeclaim.reading.surroundings import Around, comparator_of, skip_gap
from lodeclaim.reading.units import GLUED_UNITS, UNITS

__all__ = ["find_quantities"]

_GLUED: Final = re.compile(r"[A-Za-zµ]+")
#: "75 millions de dollars": what stands between a scale and its unit.
_OF: Final = re.compile(r"[ \u00a0](?:(?:de|of)[ \u00a0]|d['’])")
_PERCENT: Final = re.compile(r"[\s\u00a0\u202f]{0,2}%")
_TEMPERATURE: Final = re.compile(r"\s*°")
_SIGN: Final = re.compile(r"(?<![\w)%])[-−–]$")
_ABBREVIATED: Final = re.compile(r"\.[ \u00a0]?[\w€$£¥₸₽]")
_SLASH: Final = re.compile(r"[ \u00a0]?/[ \u00a0]?")
#: "20 (kg)", "5 [%]": a unit in brackets.
_OPENING: Final = re.compile(r"[ \u00a0]?[(\[{<][ \u00a0]?")
_CLOSING: Final = re.compile(r"[ \u00a0]?[)\]}>]")
#: Where nothing is counted or measured behind a number.
_CLAUSE_END: Final = re.compile(r"[ \u00a0]?(?:$|[;:!?)\]|\r\n]|[.,](?!\d))")
_WORD: Final = re.compile(r"[^\W\d_]+")
#: More letters than any abbreviation of a scale has.
_WRITTEN_OUT: Final = 9
#: How far behind a change stands the level that it leads to.
_REACHES: Final = 16
#: Units that prices are quoted for.
_PRICED: Final = ("t", "kg", "lb", "ozt", "mtu")
#: What is counted stands at most three words behind its number.
_COUNT_REACH: Final = 200
#: A sign that gives a number its unit, or opens brackets around one.
_MARKED: Final = re.compile(r"\s*[%°]|[ \u00a0]?[(\[{<]")


def find_quantities(
    text: str,
    hits: Hits,
    language: ReaderLanguage,
    folded: str | None = None,
    runs: Runs | None = None,
) -> list[Quantity]:
    """Return the quantities of the text in order; numbers without a unit and bare years are left out.

    ``folded`` is the folded text, ``runs`` are its runs of digits, where the caller has them already.
    """
    runs = digit_runs(text) if runs is None else runs
    around = Around(hits)
    around.points = not (language.decimal == "," and writes_commas(text))
    found: list[Quantity] = []
    bare: list[BareNumber] = []
    loose: list[BareNumber] = []
    last = -1
    for start, end, word_value, word_scale in _numbers(text, language, folded, runs):
        if start < last:
            continue
        quantity = _quantity(text, start, end, word_value, word_scale, around, language)
        if quantity is None:
            quantity = _percent_before(text, start, end, word_value, found[-1].end if found else 0, around, language)
        if quantity is None and found and continues_money(text, found[-1], start, end, around, language.grammar):
            quantity = _quantity(text, start, end, word_value, word_scale, around, language, found[-1].unit)
        if quantity is None:
            number = BareNumber(start, end, None if word_value is None else word_value * word_scale)
            if found and (like := like_before(text, number, found[-1], around, language)) is not None:
                found.append(like)
                last = like.end
                continue
            if word_value is None and (hit := around.at(skip_gap(text, end), "scale")) is not None:
                value = parse_number(text[start:end], language.decimal, scaled=True)
                number = BareNumber(start, hit.end, value, float(hit.value))
            bare.append(number)
            loose.append(number)
            last = max(last, end) if word_value is None else last
            continue
        found += share_unit(text, bare, quantity, around, language)
        out_of(text, bare, quantity, language)
        bare.clear()
        last = quantity.end
        if found:
            share_money(text, found[-1], quantity, language.grammar)
        if not (found and joins_range(text, found[-1], quantity, around, language.grammar)):
            found.append(quantity)
    taken = Spans((other.start, other.end) for other in found)
    found.extend(one for one in _fractions(text, around, language.grammar) if not taken.touches(one.start, one.end))
    found = join_fractions(text, sorted(found, key=lambda quantity: quantity.start), around, language.grammar)
    if loose:
        taken = Spans((other.start, other.end) for other in found)
        loose = [number for number in loose if not taken.touches(number.start, number.end)]
        found = sorted([*found, *gapped(text, loose, found, around, language)], key=lambda quantity: quantity.start)
    share_rate(text, found, language.grammar)
    for first, second in pairwise(found):
        at = second.comparator_words
        if at is not None and first.unit_class == "percent" and 0 <= at[0] - first.end <= 2:
            # "81 percent more than the 8.8 million tonnes" bounds nothing
            second.comparator, second.comparator_words = "=", None
        elif (
            at is not None
            and language.grammar.range_words.get(text[at[0] : at[1]].lower()) == "to"
            and (
                (first.unit_class == "percent" and at[0] - first.end <= _REACHES)
                or (first.unit == second.unit and around.change_before(first.start) is not None)
            )
        ):
            # "creció un 26 % en 2025, hasta 1,4 millones", "subió de 10 dólares a hasta": the level that is reached
            second.comparator, second.comparator_words = "=", None
    return found


def _fractions(text: str, around: Around, grammar: Grammar) -> Iterator[Quantity]:
    for hit in around.fractions:
        if around.dates.touches(hit.start, hit.end):
            # "the first half of 2025" is no share
            continue
        comparator, words = comparator_of(text, hit.start, hit.end, around, grammar)
        yield Quantity(hit.start, hit.end, float(hit.value), None, "%", "percent", comparator, words)


def _numbers(
    text: str, language: ReaderLanguage, folded: str | None, runs: Runs
) -> Iterator[tuple[int, int, float | None, float]]:
    """Yield start, end, value of words and the scale at their end; digits are evaluated with their unit in view."""
    known = load_number_words(language.code)
    written = [from_digits(text, number, known) for number in known.find(text, folded)]
    words: list[tuple[int, int, float | None, float]] = [
        (number.start, number.end, number.value / number.multiplier, number.multiplier) for number in written
    ]
    words += [
        (form.start, form.end, form.value, 1.0) for form in find_forms(text, language.decimal, runs) if form.proper
    ]
    digits = [(start, end, None, 1.0) for start, end in find_digits(text, ends_in_code, runs)]
    yield from sorted([*words, *digits], key=lambda item: (item[0], -item[1]))


@lru_cache(maxsize=1024)
def _glued_word(letters: str, code: str) -> tuple[str, str] | None:
    """Return category and value of a unit or currency written right behind its digits: "10kronor"."""
    for hit in load_language(code).lexicon.scan(letters):
        if hit.category in ("unit", "currency") and hit.start == 0 and hit.end == len(letters):
            return hit.category, str(hit.value)
    return None


def _quantity(
    text: str,
    start: int,
    end: int,
    word_value: float | None,
    word_scale: float,
    around: Around,
    language: ReaderLanguage,
    money: str | None = None,
) -> Quantity | None:
    """Return the quantity that a number begins; ``money`` is the currency of a range whose upper end it is."""
    if word_value is None and any(edge in around.refers for edge in (start - 1, start - 2)):
        return None
    number_end, position = end, end
    scale, scaled, scale_letters = word_scale, word_scale > 1, _WRITTEN_OUT
    unit: str | None = None
    currency = money
    glued = _GLUED.match(text, end) if word_value is None and text[end : end + 1].isalpha() else None
    if not scaled and glued is None and money is None and _stands_bare(text, start, end, around):
        return None
    if glued:
        letters = glued.group()
        if letters in GLUED_UNITS:
            unit, position = GLUED_UNITS[letters], glued.end()
        elif letters.lower() in language.glued_scales:
            scale, scaled, position = language.glued_scales[letters.lower()], True, glued.end()
        elif (word := _glued_word(letters, language.code)) is not None:
            unit, currency = (word[1], None) if word[0] == "unit" else (None, word[1])
            position = glued.end()
        elif around.at(end, "scale", "unit", "currency") is None and sign_after(text, end) is None:
            return None
    if unit is None:
        while (hit := around.at(skip_gap(text, position), "scale")) is not None:
            scale, scaled, position = scale * float(hit.value), True, hit.end
            scale_letters = hit.end - hit.start
            if _ABBREVIATED.match(text, position):
                position += 1
    more, position = _smaller_part(text, position, scale, language) if scaled else (0.0, position)
    begin = start
    if currency is None and (sign := sign_before(text, start)) is not None:
        currency, begin, scale = sign.currency, sign.start, scale * sign.scale
    joint = _OF.match(text, position) if scaled else None
    if joint and (around.at(joint.end(), "unit", "currency") or sign_after(text, joint.end())):
        position = joint.end()
    unit_class: UnitClass
    factor = 1.0
    small = False
    hundredths = 0.0
    noun: tuple[str, int, int] | None = None
    percent = _PERCENT.match(text, position)
    tail = around.measure_at(skip_gap(text, position)) if unit is None else None
    closing = None
    if tail is None and unit is None and percent is None and (opening := _OPENING.match(text, position)):
        percent = _PERCENT.match(text, opening.end())
        tail = None if percent else around.at(opening.end(), "unit", "currency")
        inner = percent.end() if percent else tail.end if tail else position
        closing = _CLOSING.match(text, inner)
        if closing is None:
            percent = tail = None
    if unit is None and currency is None and percent:
        unit, position = "%", percent.end()
    elif unit is None and currency is None and tail is None and (sign := sign_after(text, position)):
        currency, position, scale = sign.currency, sign.end, scale * sign.scale
        if not scaled and (hit := around.at(skip_gap(text, position), "scale")) is not None:
            # "75 USD million"
            scale, position = scale * float(hit.value), hit.end
    elif unit is None and tail is not None and (currency is None or tail.category == "currency"):
        if tail.category == "currency":
            currency = str(tail.value) if currency in (None, "USD") else currency
            if not scaled and (hit := around.at(skip_gap(text, tail.end), "scale")) is not None:
                scale, tail = scale * float(hit.value), hit
        else:
            unit = str(tail.value)
        position = tail.end
    if closing is not None:
        position = closing.end()
    if _TEMPERATURE.match(text, number_end):
        return None
    if currency is not None:
        if scale == 1 and (minor := minor_part(text, position, load_number_words(language.code))) is not None:
            hundredths, position = minor
        unit_class, unit, factor, position = _money(text, position, currency, around)
    elif unit is not None:
        if unit not in UNITS:
            return None
        unit_class, unit, factor = UNITS[unit]
        small = unit_class in ("percent", "points")
        if unit_class == "mass":
            rate = rate_of(text, start, position, around)
            if rate is not None:
                unit_class, unit, position = "mass-rate", f"t/{rate[0]}", rate[1]
    else:
        counted = _counted(text, position, around, language.grammar)
        if start - 1 in around.named_by_number:
            # "Phase 1 will mine": the number is a name
            return None
        if counted is None or (word_value is None and not scaled and BARE_YEAR.match(text[start:end])):
            return None
        if word_value is not None and word_value <= 2 and not scaled:
            return None
        unit_class, unit, noun = "count", "count", (str(counted.value), counted.start, counted.end)
        position = counted.end
    if word_value == 1 and not scaled and unit_class not in ("money", "percent"):
        # an article, not a number
        return None
    digits = text[start:end]
    # "1.185 Mio." is a thousand where decimals follow commas; machine translation writes "1.185 Millionen" for one
    decimals = scaled and around.has_decimal_points(scale_letters, scale, language.thousand_millions)
    value = (
        word_value if word_value is not None else parse_number(digits, language.decimal, scaled=decimals, small=small)
    )
    value += hundredths + more / scale
    if unit_class in ("percent", "points") and begin == start and _negative(text, start, language):
        value = -value
    comparator, words = comparator_of(text, begin, position, around, language.grammar)
    return Quantity(
        start=begin,
        end=position,
        value=tidy(value * scale * factor),
        value_max=None,
        unit=unit,
        unit_class=unit_class,
        comparator=comparator,
        comparator_words=words,
        noun=noun,
        multiplier=scale * factor,
    )


def _smaller_part(text: str, position: int, scale: float, language: ReaderLanguage) -> tuple[float, int]:
    """Return what a second, smaller number adds and where it ends: "1 million 300 thousand", "2 millones 500.000"."""
    at = skip_gap(text, position)
    if at == position or not text[at : at + 1].isdigit() or "-" in text[position:at]:
        return 0.0, position
    number = load_number_words(language.code).number_at(text, at)
    if number is None or not 0 < number.value < scale or BARE_YEAR.match(text[at : number.end]):
        return 0.0, position
    if number.multiplier == 1 and number.value < (100 if scale == 1e3 else 1000):
        return 0.0, position
    return number.value, number.end


def _stands_bare(text: str, start: int, end: int, around: Around) -> bool:
    """Tell at once of a number that it has no unit, no sign and nothing to count, as most numbers and all years."""
    return (
        skip_gap(text, end) not in around.starts
        and not around.counts_within(end, _COUNT_REACH)
        and not _MARKED.match(text, end)
        and sign_after(text, end) is None
        and sign_before(text, start) is None
    )


def _percent_before(
    text: str,
    start: int,
    end: int,
    word_value: float | None,
    taken: int,
    around: Around,
    language: ReaderLanguage,
) -> Quantity | None:
    """Return a number behind "percent of" where none stands before and nothing behind: "percentage of twenty"."""
    joint = load_number_words(language.code).percent_of
    match = joint.search(text, max(0, start - 12), start) if joint and around.percents else None
    word = around.percents.get(match.start()) if match else None
    if word is None or word.start < taken or not _CLAUSE_END.match(text, end):
        return None
    if text[max(0, word.start - 3) : word.start].strip()[-1:].isdigit():
        return None
    if word_value is None and BARE_YEAR.match(text[start:end]):
        return None
    value = parse_number(text[start:end], language.decimal, small=True) if word_value is None else word_value
    return Quantity(word.start, end, tidy(value), None, "%", "percent", "=", None)


def _negative(text: str, start: int, language: ReaderLanguage) -> bool:
    minus = load_number_words(language.code).minus
    if _SIGN.search(text, max(0, start - 2), start):
        return True
    return minus is not None and minus.search(text, max(0, start - 12), start) is not None


def _money(text: str, position: int, currency: str, around: Around) -> tuple[UnitClass, str, float, int]:
    per = around.at(skip_gap(text, position), "price_per")
    if per is None and (slash := _SLASH.match(text, position)):
        per = around.at(slash.end(), "price_per") or around.at(slash.end(), "unit")
        per = per if per is not None and per.value in _PRICED else None
    if per is None:
        return "money", currency, 1.0, position
    if per.value in ("kg", "lb", "ozt"):
        # a price per kilogram, pound or ounce is told per tonne
        return "price", f"{currency}/t", 1 / UNITS[per.value].factor, per.end
    return "price", f"{currency}/{per.value}", 1.0, per.end


def _counted(text: str, position: int, around: Around, grammar: Grammar) -> Hit | None:
    """Return the noun that a bare number counts, at most three words to the right and not behind "in" or "to"."""
    at = position
    for _ in range(4):
        at = skip_gap(text, at)
        if (hit := around.at(at, "count_noun")) is not None:
            return hit
        match = _WORD.match(text, at)
        word = match.group().lower() if match is not None else ""
        joins = word in grammar.range_words or word in grammar.placing
        if match is None or joins or around.at(at, "month") is not None or text[at - 1] == "-":
            # "10 August", "30-årig": the number belongs to that word
            return None
        at = match.end()
        if not text[at : at + 1].isspace() and text[at : at + 1] != "-":
            return None
    return None
