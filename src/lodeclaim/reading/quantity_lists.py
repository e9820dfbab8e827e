"""What a number takes from its neighbours: the other end of a range, the unit of a list, the unit it repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.language import ReaderLanguage
from lodeclaim.reading.model import Quantity
from lodeclaim.reading.number_words import load_number_words
from lodeclaim.reading.numbers import BARE_YEAR, parse_number, tidy
from lodeclaim.reading.surroundings import Around, comparator_of, skip_gap

__all__ = [
    "BareNumber",
    "continues_money",
    "joins_range",
    "like_before",
    "out_of",
    "share_money",
    "share_rate",
    "share_unit",
]

#: How small the lower end of a range is that is written out beside an upper end with a scale.
_LEAST_PART: Final = 0.1
#: What a unit that is counted as it stands is multiplied by: its scale alone.
_SCALES: Final = (1.0, 1e3, 1e6, 1e9)
_COMMA: Final = re.compile(r",?\s")
_ENDS: Final = re.compile(r"[ \u00a0]?(?:$|[;:!?)\]\r\n]|[.,](?!\d))")
#: How far a number may stand from the quantity whose unit it repeats.
_REPEATS: Final = 90
#: The longest word that joins the ends of a range, with a space on either side.
_JOINT: Final = 12
#: How far the money stands whose currency a loan has that names none: "a loan of 40 million".
_PARAGRAPH: Final = 300
#: What a price before another can be of it: "rose by $5 to $75 per kilogram" tells one price.
_LOWEST, _HIGHEST = 0.2, 20.0
#: "eight out of ten": more parts than a hundred are no way of speaking.
_MOST_PARTS: Final = 100
#: "One in ten": what one is said to be a part of.
_SPOKEN_PARTS: Final = 10
#: What stands between the items of a list: a material, a stage, a comma.
_LIST_GAP: Final = 45
#: What ends a list, or dates an item of its own.
_DIVIDES: Final = re.compile(r"[.;:()\d]")
_SENTENCE_END: Final = re.compile(r"(?<!\d)[.!?]\s|\n")


class BareNumber(NamedTuple):
    """A number at ``start:end`` without a unit; ``value`` is set where it is written in words or has a ``scale``."""

    start: int
    end: int
    value: float | None
    scale: float = 1.0


def share_unit(
    text: str, bare: Sequence[BareNumber], quantity: Quantity, around: Around, language: ReaderLanguage
) -> list[Quantity]:
    """Return the quantities that numbers right before one make with its unit; a range extends it instead.

    A dash or "to" joins the ends of a range, unless the words tell of a change from one to the other. "14.2, 9.8 and
    6.1 percent" are three.
    """
    if not bare or bare[-1].end > quantity.start:
        return []
    last = bare[-1]
    joint = text[last.end : quantity.start]
    paired = language.grammar.paired.fullmatch(joint) is not None
    if not paired and not language.grammar.joint.fullmatch(joint):
        return []
    if last.value is None and BARE_YEAR.match(text[last.start : last.end]):
        return []
    if paired or (
        joint.strip() in language.grammar.conjunctions and not _opens_between(text, last.start, language.grammar)
    ):
        return _listed(text, bare, quantity, around, language)
    low = _valued(text, last, quantity, language)
    if quantity.value_max is not None or (last.value is not None and last.value < 1 and last.scale == 1):
        # "by a fifth to 400 tonnes"
        return []
    rises = low < quantity.value and around.fell_before(last.start)
    plain = _plain_value(text, last, language)
    if last.scale == 1 and low > quantity.value > plain >= _LEAST_PART * quantity.value:
        # "850,000 and 1.1 million": only the second has the scale
        low = plain
    # what fell "from 5 to 10 percent" fell by so much
    if not rises and _is_change(text, last.start, joint, around, language.grammar):
        return [_like(text, last, low, quantity, around, language.grammar)]
    if low < quantity.value:
        quantity.value, quantity.value_max, quantity.start = low, quantity.value, last.start
        quantity.comparator, quantity.comparator_words = comparator_of(
            text, last.start, quantity.end, around, language.grammar
        )
    return []


def out_of(text: str, bare: Sequence[BareNumber], quantity: Quantity, language: ReaderLanguage) -> None:
    """Make "eight out of ten tonnes" the share that it is; ``quantity`` is the ten tonnes or the eight of them."""
    words = load_number_words(language.code)
    if words.ratio is None or quantity.unit_class not in ("mass", "count"):
        return
    part, whole, start, end = 0.0, 0.0, quantity.start, quantity.end
    before = bool(bare) and words.ratio.fullmatch(text, bare[-1].end, quantity.start) is not None
    joint = None if before else words.ratio.match(text, quantity.end)
    own = words.number_at(text, quantity.start) if before or joint else None
    if own is None:
        return
    if before:
        part, whole, start = _plain_value(text, bare[-1], language), own.value, bare[-1].start
    elif joint and (number := words.number_at(text, joint.end())):
        part, whole, end = own.value, number.value, number.end
    if part == 1 and whole > _SPOKEN_PARTS:
        # "one of 47 projects" is one of them
        return
    if 0 < part < whole <= _MOST_PARTS and part == int(part) and whole == int(whole):
        quantity.start, quantity.end, quantity.value, quantity.value_max = start, end, tidy(100 * part / whole), None
        quantity.unit, quantity.unit_class, quantity.noun, quantity.parts = "%", "percent", None, True


def share_rate(text: str, found: Sequence[Quantity], grammar: Grammar) -> None:
    """Let the items of a list share the rate at its end: "92 t of nickel, 39 t of copper and 5 t of cobalt a year"."""
    for n in range(len(found) - 1, 0, -1):
        first, second = found[n - 1], found[n]
        between = text[first.end : second.start]
        if first.unit != "t" or second.unit not in ("t/yr", "t/day") or len(between) > _LIST_GAP:
            continue
        words = between.split()
        # "recycles 2,000 t of magnets and refines 5,000 t of concentrate a year"
        joined = any(word in grammar.conjunctions for word in words[-2:])
        listed = bool(words) and (words[-1].endswith(",") or joined)
        if listed and not _DIVIDES.search(between):
            first.unit, first.unit_class = second.unit, "mass-rate"


def join_fractions(text: str, found: Sequence[Quantity], around: Around, grammar: Grammar) -> list[Quantity]:
    """Return the quantities with "between a quarter and a third" as one range."""
    kept: list[Quantity] = []
    for quantity in found:
        first = kept[-1] if kept and quantity.unit_class == "percent" and text[quantity.start].isalpha() else None
        if (
            first is None
            or not text[first.start].isalpha()
            or text[first.end : quantity.start].strip() not in grammar.conjunctions
            or not joins_range(text, first, quantity, around, grammar)
        ):
            kept.append(quantity)
    return kept


def joins_range(text: str, first: Quantity, second: Quantity, around: Around, grammar: Grammar) -> bool:
    """Merge ``second`` into ``first`` where only a dash or "to" stands between them and the units agree."""
    if first.value_max is not None or first.unit_class != second.unit_class or first.unit != second.unit:
        return False
    between = text[first.end : second.start]
    if not grammar.joint.fullmatch(between) or second.value <= first.value:
        return False
    if between.strip() in grammar.conjunctions and not _opens_between(text, first.start, grammar):
        return False
    if _is_change(text, first.start, between, around, grammar):
        return False
    first.value_max, first.end = second.value, second.end
    return True


def continues_money(text: str, first: Quantity, start: int, end: int, around: Around, grammar: Grammar) -> bool:
    """Tell whether a number is the upper end of a range of money whose sign stands before its lower end."""
    if first.unit_class != "money" or first.value_max is not None or text[first.start].isdigit():
        return False
    if not _joined(text, first, start, grammar) or around.at(skip_gap(text, end), "month") is not None:
        return False
    return not BARE_YEAR.match(text[start:end])


def share_money(text: str, first: Quantity, second: Quantity, grammar: Grammar) -> None:
    """Give the lower end of a range of money the scale or the measure of its upper end: "$5-10 million"."""
    if first.unit_class != "money" or first.multiplier != 1 or not _joined(text, first, second.start, grammar):
        return
    if second.unit.partition("/")[0] != first.unit or second.unit_class not in ("money", "price"):
        return
    value = tidy(first.value * second.multiplier)
    if second.unit_class == "price":
        fits = second.value > 0 and _LOWEST <= value / second.value <= _HIGHEST
    else:
        fits = second.multiplier > 1 and value < second.value
    if fits:
        first.value, first.multiplier = value, second.multiplier
        first.unit, first.unit_class = second.unit, second.unit_class


def _joined(text: str, first: Quantity, start: int, grammar: Grammar) -> bool:
    """Tell whether only what joins the ends of a range stands between a quantity and a position."""
    joint = text[first.end : start]
    if len(joint) > _JOINT or not grammar.joint.fullmatch(joint):
        return False
    return joint.strip() not in grammar.conjunctions or _opens_between(text, first.start, grammar)


def like_before(
    text: str, number: BareNumber, before: Quantity, around: Around, language: ReaderLanguage
) -> Quantity | None:
    """Return "9.9 million" as what the quantity before it in the sentence is: it repeats all but the unit."""
    scale = around.at(skip_gap(text, number.end), "scale") if number.value is None else None
    if scale is None or before.unit_class not in ("mass", "money") or before.multiplier < 1e3:
        return None
    between = text[before.end : number.start]
    if len(between) > _REPEATS or _SENTENCE_END.search(between):
        lent = before.unit_class == "money" and around.deal_before(number.start) and "\n" not in between
        if not lent or len(between) > _PARAGRAPH:
            return None
    if not _stands_free(text, scale.end, around, language) and not _goes_on(text, before, between, scale.end, language):
        return None
    points = around.has_decimal_points(scale.end - scale.start, float(scale.value), language.thousand_millions)
    value = tidy(parse_number(text[number.start : number.end], language.decimal, scaled=points) * float(scale.value))
    comparator, words = comparator_of(text, number.start, scale.end, around, language.grammar)
    like = before.like(number.start, scale.end, value, comparator, words)
    like.multiplier = float(scale.value)
    return like


def _goes_on(text: str, before: Quantity, between: str, position: int, language: ReaderLanguage) -> bool:
    """Tell whether words say that more of the same money follows: "of which 110 million came from the state"."""
    if before.unit_class != "money" or language.grammar.repeats.search(between) is None:
        return False
    return "of" not in language.grammar.prepositions.at(text, position)


def _stands_free(text: str, position: int, around: Around, language: ReaderLanguage) -> bool:
    """Tell whether no noun follows that would be counted: the clause ends, or a preposition or a date goes on."""
    if _ENDS.match(text, position):
        return True
    behind = skip_gap(text, position)
    return behind in around.dated or bool(language.grammar.prepositions.at(text, position))


def _changed(text: str, start: int, around: Around) -> bool:
    """Tell whether a word for rising or falling stands shortly before in the same sentence."""
    at = around.change_before(start)
    return at is not None and _SENTENCE_END.search(text, at, start) is None


def _is_change(text: str, start: int, joint: str, around: Around, grammar: Grammar) -> bool:
    """Tell whether "from … to" are two levels of what rose or fell, or "by … to" a step and where it leads to."""
    word = joint.strip()
    if not word.isalpha() or word in grammar.conjunctions:
        return False
    if word not in grammar.levels and not _changed(text, start, around):
        return False
    # French and Spanish say "de" for both
    return not {"from", "of", "by", "with", "in"}.isdisjoint(grammar.prepositions.before(text, start))


def _listed(
    text: str, bare: Sequence[BareNumber], quantity: Quantity, around: Around, language: ReaderLanguage
) -> list[Quantity]:
    """Return the numbers of a list whose last item alone has the unit.

    Two items are too few to be sure, unless they are percentages or a word such as "respectively" says that they go
    with two names.
    """
    items = [bare[-1]]
    for earlier, later in pairwise(reversed(bare)):
        joint = text[later.end : earlier.start]
        year = later.value is None and BARE_YEAR.match(text[later.start : later.end])
        if year or not _COMMA.fullmatch(joint) or "," not in joint:
            break
        items.insert(0, later)
    named = items[0].start - 1 in around.refers or items[0].start - 1 in around.named_by_number
    sure = (quantity.unit_class == "percent" and not named) or around.paired_near(items[0].start, quantity.end)
    if len(items) < 2 and not sure:
        return []
    if quantity.unit_class in ("count", "time"):
        return []
    return [
        _like(text, item, _valued(text, item, quantity, language), quantity, around, language.grammar) for item in items
    ]


def _valued(text: str, number: BareNumber, quantity: Quantity, language: ReaderLanguage) -> float:
    value = number.value
    if value is None:
        small = quantity.unit_class == "percent"
        written = text[number.start : number.end]
        value = parse_number(written, language.decimal, scaled=quantity.multiplier >= 1e3, small=small)
    if number.scale > 1 and quantity.multiplier in _SCALES:
        # "900,000 to 1.2 million tonnes": each has a scale of its own
        return tidy(value * number.scale)
    return tidy(value * quantity.multiplier)


def _plain_value(text: str, number: BareNumber, language: ReaderLanguage) -> float:
    if number.value is not None:
        return number.value
    return parse_number(text[number.start : number.end], language.decimal)


def _like(
    text: str, number: BareNumber, value: float, quantity: Quantity, around: Around, grammar: Grammar
) -> Quantity:
    comparator, words = comparator_of(text, number.start, number.end, around, grammar)
    return quantity.like(number.start, number.end, value, comparator, words)


def _opens_between(text: str, start: int, grammar: Grammar) -> bool:
    word = text[max(0, start - 12) : start].rstrip().rsplit(" ", 1)[-1]
    return grammar.range_words.get(word.lower()) == "between"
