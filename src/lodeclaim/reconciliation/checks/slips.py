"""Numbers that slipped: by a power of ten, into another currency, into another basis or ton."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from lodeclaim.reconciliation.checks.matters import matters, pairs_of, sums_of_money
from lodeclaim.reconciliation.checks.ratios import basis_factor, exclude, power_of_ten, ratio, ton_of
from lodeclaim.reconciliation.dependence import translated_from_chinese, unusual
from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, ConflictKind
from lodeclaim.reconciliation.rates import bundled_rates
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["basis_slip", "currency_slip", "scale_slip", "slipped", "ton_slip"]

#: How near the rate of its date a ratio of two amounts must be.
_RATE = 0.03
#: No compound weighs more against its element, and no ton against another, than so many times.
_LARGEST = 20.0


def scale_slip(evidence: Evidence) -> Iterator[Conflict]:
    """One matter, two numbers, and one is 10, 100, 1000 … times the other within 2 %."""
    for matter in matters(evidence):
        for one, other in matter.by_scale:
            power = _power(one, other)
            if not power:
                continue
            words = partial(_by_a_power, one, other, power)
            likely, right = _likely(one, other)
            proposal = (
                f"Prefer {right.claim}; {likely.claim} probably means {number((likely.value or 0) / 10.0**power)} "
                f"{likely.unit or ''}".rstrip()
                if likely is not None and right is not None and (likely.value or 0) > (right.value or 0)
                else "Look up which of the two is right and prefer it; the other keeps its value and falls in standing."
            )
            claims = (one.claim, other.claim)
            yield finding(
                "scale-slip", "conflict", claims, words, proposal=proposal, key=one.key, ratio=_ratio(one, other)
            )


def _by_a_power(one: Item, other: Item, power: int) -> str:
    suspect = translated_from_chinese(one) or translated_from_chinese(other)
    why = ""
    if suspect:
        why = (
            " One of the two was translated from Chinese, where large numbers count in units of 10 000, so "
            f"large round numbers may be off by ten ({suspect})."
        )
    return (
        f"{_matter(one)}: the ratio of two values is {_ratio(one, other):.4g}, near 10^{power}; one of them "
        f"has probably slipped by {number(10.0**power)}.{why}{_apart_in(one, other)} {quoted(one)}; {quoted(other)}"
    )


def slipped(evidence: Evidence) -> dict[str, str]:
    """Return claim → why it has probably slipped by a power of ten, where the sources tell which of two did.

    A text translated from Chinese yields to one that is not. Elsewhere a slip is flagged and both stand.
    """
    found: dict[str, str] = {}
    by_id = evidence.by_id(told.claim for matter in matters(evidence) for told in matter.claims)
    for matter in matters(evidence):
        if not any(translated_from_chinese(by_id[told.claim]) for told in matter.claims):
            continue
        for one, other in matter.by_scale:
            if not (power := _power(one, other)):
                continue
            likely, right = _likely(one, other)
            if likely is None or right is None:
                continue
            reason = f"probably slipped by 10^{power} against {right.claim}; {translated_from_chinese(likely)}"
            for same in matter.claims:
                if likely.statement and same.value == likely.statement.value and same.voice == likely.voice:
                    found.setdefault(same.claim, reason)
    return found


def currency_slip(evidence: Evidence) -> Iterator[Conflict]:
    """One matter, the same number in two currencies, or two amounts that the rate of the date makes one."""
    for group in sums_of_money(evidence):
        money = [item for item in group if _is_currency(item.unit)]
        for one, other in pairs_of(money) if len({item.unit for item in money}) > 1 else ():
            if one.unit == other.unit or not one.value or not other.value or not one.unit or not other.unit:
                continue
            rate = bundled_rates().at(one.unit, other.unit, _day(one) or _day(other))
            if rate is None:
                continue
            if abs(one.value / other.value - 1) <= 0.005:
                third = _converted(group, one, other)
                if _apart(rate[0], 1.0) <= _RATE and third is None:
                    continue
                words = (
                    f"{_matter(one)}: the same number stands in {one.unit} and in {other.unit}, yet {rate[1]}; "
                    f"a currency was probably mistaken for the other. {quoted(one)}; {quoted(other)}"
                )
                if third is not None:
                    words += f". The same matter is also given as {quoted(third)}, which the rate turns into it"
                claims = [item.claim for item in (one, other, third) if item is not None]
                proposal = "Look up the currency of the amount; do not add or compare the two."
                yield finding("currency-slip", "conflict", claims, words, proposal=proposal, key=one.key, ratio=rate[0])
            elif one.source != other.source and _apart(one.value * rate[0], other.value) <= _RATE:
                words = (
                    f"{_matter(one)}: the two amounts are one at the rate of the date, {rate[1]}. "
                    f"{quoted(one)}; {quoted(other)}"
                )
                yield finding("currency-slip", "compatible", (one.claim, other.claim), words, key=one.key)


def basis_slip(evidence: Evidence) -> Iterator[Conflict]:
    """One matter, two masses whose ratio is that of a compound to its element."""
    for matter in matters(evidence):
        for one, other in matter.by_factor:
            if one.statement is None or other.statement is None or _ratio(one, other) > _LARGEST:
                continue
            if not exclude(one.statement, other.statement):
                continue
            found = basis_factor(one.material, one.statement, other.statement)
            if found is None or not _one_period(one, other) or not _exact(one, other):
                continue
            what = f"is that of {found[0]} to {found[1]}; one may count the compound, the other the element."
            words = partial(_of_masses, one, other, what)
            proposal = f"Find out which of the two counts {found[0]} and set its basis."
            yield finding(
                "basis-slip",
                _gravity(one, other),
                (one.claim, other.claim),
                words,
                proposal=proposal,
                key=one.key,
                ratio=_ratio(one, other),
            )


def ton_slip(evidence: Evidence) -> Iterator[Conflict]:
    """One matter, two masses whose ratio is that of a short or long ton to the metric one."""
    for matter in matters(evidence):
        for one, other in matter.by_factor:
            if one.statement is None or other.statement is None or _ratio(one, other) > _LARGEST:
                continue
            if not exclude(one.statement, other.statement):
                continue
            ton = ton_of(one.statement, other.statement)
            if not ton or not _one_period(one, other) or not _exact(one, other):
                continue
            words = partial(_of_masses, one, other, f"is that of {ton} to metric tons.")
            proposal = f"Find out whether the smaller counts {ton} tons."
            kind, claims = _gravity(one, other), (one.claim, other.claim)
            yield finding("ton-slip", kind, claims, words, proposal=proposal, key=one.key)


def _of_masses(one: Item, other: Item, what: str) -> str:
    ratio_of_two = f"the ratio of the two masses, {_ratio(one, other):.4g}"
    return f"{_matter(one)}: {ratio_of_two}, {what} {quoted(one)}; {quoted(other)}"


def _exact(one: Item, other: Item) -> bool:
    """Whether the numbers have digits enough for their ratio to tell anything."""
    return unusual(one.value or 0.0) or unusual(other.value or 0.0)


def _gravity(one: Item, other: Item) -> ConflictKind:
    """Two masses of one slot exclude each other whatever explains it; of two slots it is but a suspicion."""
    return "conflict" if one.key == other.key else "suspicion"


def _power(one: Item, other: Item) -> int:
    if one.statement is None or other.statement is None or one.voice == other.voice:
        return 0
    if not (power := power_of_ten(one.statement, other.statement)):
        return 0
    if not exclude(one.statement, other.statement) and not (one.statement.is_bound or other.statement.is_bound):
        return 0
    return power if _one_period(one, other, years=1) else 0


def _one_period(one: Item, other: Item, years: int = 0) -> bool:
    """Whether two claims can speak of one time; reserves change slowly, so theirs always can."""
    if one.predicate == "reserve":
        return True
    first, second = period_of(one.period), period_of(other.period)
    if first is None or second is None or first.overlaps(second):
        return True
    return bool(years) and first.year is not None and second.year is not None and abs(first.year - second.year) <= years


def _likely(one: Item, other: Item) -> tuple[Item | None, Item | None]:
    """(the claim that has probably slipped, the other), where the sources tell."""
    first, second = bool(translated_from_chinese(one)), bool(translated_from_chinese(other))
    if first != second:
        return (one, other) if first else (other, one)
    return None, None


def _apart_in(one: Item, other: Item) -> str:
    differ = [
        f"{name} {first} against {second}"
        for name, first, second in (
            ("class", one.kind, other.kind),
            ("instrument", one.instrument, other.instrument),
            ("date", one.period, other.period),
        )
        if first and second and first != second
    ]
    return f" They also differ in {', '.join(differ)}." if differ else ""


def _matter(item: Item) -> str:
    predicate = load_vocabulary().predicates.get(item.predicate)
    what = predicate.name if predicate else item.predicate
    what += f" of {name_of(item.material)}" if item.material else ""
    where = item.site or item.actor or item.place
    return f"{what}, {name_of(where)}" if where else what


def _ratio(one: Item, other: Item) -> float:
    return ratio(one.statement, other.statement) if one.statement and other.statement else 1.0


def _is_currency(unit: str | None) -> bool:
    known = load_vocabulary().units.get(unit or "")
    return known is not None and known.dimension == "money"


def _day(item: Item) -> date | None:
    period = period_of(item.period) or period_of(item.published)
    return period.end if period else None


def _apart(one: float, other: float) -> float:
    return abs(one / other - 1)


def _converted(group: Sequence[Item], one: Item, other: Item) -> Item | None:
    """A third amount of the matter in the currency of one that the rate turns into the other's."""
    for third in group:
        for base, target in ((one, other), (other, one)):
            if third is base or third.unit != base.unit or not third.value or not base.unit or not target.unit:
                continue
            rate = bundled_rates().at(base.unit, target.unit, _day(third) or _day(target))
            if rate and target.value and _apart(third.value * rate[0], target.value) <= _RATE:
                return third
    return None
