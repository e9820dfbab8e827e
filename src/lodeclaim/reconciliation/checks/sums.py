"""Parts and wholes: shares and stakes that add up or do not, sites against their country, parts of a package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lodeclaim.core.quantity import Interval
from lodeclaim.reconciliation.checks.matters import MONEY
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, ConflictKind
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Form

__all__ = ["part_over_whole", "parts_of_money", "share_of_world", "shares_sum", "sites_sum", "stakes_sum"]

#: Shares are rounded to whole numbers: so much may a sum be off for each part.
_ROUNDING = 0.5
_TOLERANCE = 0.03


def shares_sum(evidence: Evidence) -> Iterator[Conflict]:
    """Shares of one whole in one source: they add up to 100 %, or to more than there is."""
    shares = [
        item
        for item in evidence.numbers_on("share", "supplier_share")
        if item.unit == "%" and not item.value_max and item.key
    ]

    def whole(item: Item) -> tuple[object, ...]:
        assert item.key is not None
        key = item.key
        return (item.source, key.predicate, key.material, key.place, key.stage, key.kind, key.period)

    for group in evidence.grouped(shares, whole).values():
        holders: dict[object, Item] = {}
        for item in group:
            assert item.key is not None
            holder = (item.key.site, item.key.actor, item.key.counterparty)
            holders.setdefault(holder if any(holder) else item.claim, item)
        parts = list(holders.values())
        if len(parts) >= 2 and all(_plain(item) for item in parts):
            yield from _hundred("shares-sum", parts, "shares of one whole")


def stakes_sum(evidence: Evidence) -> Iterator[Conflict]:
    """Stakes named together: they add up to 100 %, or to more than there is."""
    stakes = [item for item in evidence.numbers_on("stake") if item.unit == "%"]
    for run in evidence.runs(stakes):
        holders: dict[object, Item] = {}
        for item in run:
            holders.setdefault(item.actor or item.claim, item)
        parts = list(holders.values())
        if len(parts) >= 2 and all(_plain(item) for item in parts) and len({item.site for item in parts}) == 1:
            yield from _hundred("stakes-sum", parts, "stakes in one thing")


def _hundred(check: str, parts: Sequence[Item], what: str) -> Iterator[Conflict]:
    total = sum(item.value or 0.0 for item in parts)
    room = _ROUNDING * len(parts)
    listed = "; ".join(quoted(item) for item in parts)
    claims = [item.claim for item in parts]
    terms = " + ".join(number(item.value or 0.0) for item in parts)
    if abs(total - 100) <= room:
        yield finding(check, "compatible", claims, f"{len(parts)} {what}: {terms} = {number(total)} %. {listed}")
    elif total > 100 + room and all(item.comparator in ("=", "~", ">", ">=") for item in parts):
        words = f"{len(parts)} {what} come to {number(total)} %, more than there is: {terms}. {listed}"
        proposal = "Find out which whole, period or kind each part refers to."
        kind: ConflictKind = "suspicion" if check == "shares-sum" else "conflict"
        yield finding(check, kind, claims, words, proposal=proposal, key=parts[0].key, ratio=total / 100)


def sites_sum(evidence: Evidence) -> Iterator[Conflict]:
    """The sites of a country that one source lists, against the country's total in that source."""
    reserves = [
        item for item in evidence.numbers_on("reserve") if item.unit == "t" and not _outlook(item) and _value(item)
    ]
    for group in evidence.grouped(reserves, lambda item: (item.source, item.material)).values():
        for total in group:
            if total.site or not total.place or total.kind == "find":
                continue
            parts: dict[str, Item] = {}
            for item in group:
                if item.site and _country(item.site) == total.place:
                    parts.setdefault(item.site, item)
            if len(parts) < 2:
                continue
            basis = total.basis
            amounts = [_in_basis(item, basis) for item in parts.values()]
            if None in amounts:
                continue
            allowed = _allowed(total)
            high = sum(one.high for one in amounts if one)
            low = sum(one.low for one in amounts if one)
            claims = [total.claim, *(item.claim for item in parts.values())]
            listed = "; ".join(quoted(item) for item in [total, *parts.values()])
            terms = " + ".join(number(_value(item)) for item in parts.values())
            said = f"{terms} = {number(sum(_value(item) for item in parts.values()))} t at {len(parts)} sites"
            if low > allowed.high * (1 + _TOLERANCE):
                words = f"{said} is more than the {number(_value(total))} t of {name_of(total.place)}. {listed}"
                proposal = "Look for a part of another class or basis, or one that slipped."
                ratio = low / allowed.high
                yield finding("sites-sum", "suspicion", claims, words, proposal=proposal, key=total.key, ratio=ratio)
            else:
                lower = " as a lower bound" if total.comparator in (">", ">=") else ""
                rest = "" if high >= allowed.low else "; the sites named are not all"
                whole = f"{number(_value(total))} t of {name_of(total.place)}{lower}"
                words = f"{said}; consistent with {whole}{rest}. {listed}"
                yield finding("sites-sum", "compatible", claims, words, key=total.key)


def part_over_whole(evidence: Evidence) -> Iterator[Conflict]:
    """A site's amount and its share of a whole give that whole; other parts of it must fit in."""
    reserves = [
        item for item in evidence.numbers_on("reserve") if item.unit == "t" and _value(item) and not _outlook(item)
    ]
    by_matter = evidence.grouped(reserves, lambda item: (item.source, item.material))
    for share in evidence.numbers_on("share"):
        if share.unit != "%" or not share.site or not share.value:
            continue
        group = by_matter.get((share.source, share.material), [])
        own = [item for item in group if item.site == share.site]
        country = _country(share.site)
        if not own or country is None:
            continue
        amount = own[0]
        part = _allowed(amount)
        slack = 0.05 if share.comparator == "~" else _ROUNDING / share.value
        whole = part.high / (share.value / 100 * (1 - slack))
        above = [
            item
            for item in group
            if (not item.site and item.place == country and _allowed(item).low > whole)
            or (
                item.site not in (None, share.site)
                and _country(item.site or "") == country
                and _allowed(item).low > whole - part.low
            )
        ]
        if not above:
            continue
        left = _value(amount) / share.value * 100 - _value(amount)
        words = (
            f"{name_of(share.site)} holds {number(share.value)} % of a whole and {number(_value(amount))} t, so the "
            f"whole is {number(round(_value(amount) / share.value * 100))} t and {number(round(left))} t are left for "
            f"the rest; yet parts of it are said to be larger. Years and bases may differ, or the share is of another "
            f"whole. {'; '.join(quoted(item) for item in [share, amount, *above])}"
        )
        ratio = max(_value(item) / (whole if not item.site else max(left, 1.0)) for item in above)
        claims = [share.claim, amount.claim, *(item.claim for item in above)]
        proposal = "Find out of which whole the share is; a part that does not fit may have slipped by a power of ten."
        yield finding("part-over-whole", "suspicion", claims, words, proposal=proposal, key=amount.key, ratio=ratio)


def share_of_world(evidence: Evidence) -> Iterator[Conflict]:
    """A holder's amount and its share of the world give a world total, to be held against the statistics."""
    shares = [
        item
        for item in evidence.numbers_on("share")
        if item.unit == "%"
        and item.value
        and item.key
        and item.key.place == "WLD"
        and any((predicate, item.material, "WLD") in evidence.official for predicate in ("reserve", "production"))
    ]
    if not shares:
        return
    sources = {share.source for share in shares}
    amounts = evidence.grouped(
        [
            item
            for item in evidence.numbers_on("reserve", "production")
            if item.source in sources and not item.site and _value(item)
        ],
        lambda item: (item.source, item.material, item.place or item.actor),
    )
    for share in shares:
        assert share.key is not None and share.value is not None
        holders = dict.fromkeys((share.key.actor, share.place))
        for amount in (one for who in holders for one in amounts.get((share.source, share.material, who), ())):
            if amount.unit not in ("t", "t/yr") or amount.statement is None or not evidence.near(amount, share):
                continue
            official = evidence.official.get((amount.predicate, amount.material, "WLD"))
            if not official or amount.key is None:
                continue
            key, world = official[-1]
            if world.value is None or key.unit != amount.key.unit:
                continue
            implied = (amount.statement.value or 0.0) / share.value * 100
            if not world.value or abs(implied / world.value - 1) <= 0.1:
                continue
            notes = f" ({'; '.join(amount.statement.notes)})" if amount.statement.notes else ""
            mine = amount.statement.value or 0.0
            words = (
                f"{number(mine)} {key.unit}{notes} and {number(share.value)} % imply a world of "
                f"{number(round(implied))} {key.unit}; the statistics have {number(world.value)} {key.unit}, of which "
                f"it would be {number(round(mine / world.value * 100, 1))} %. The two rest on different world totals "
                f"or classes. {quoted(amount)}; {quoted(share)}"
            )
            ratio = max(implied / world.value, world.value / implied)
            claims = [amount.claim, share.claim, world.claim]
            proposal = "Keep both; do not compute a share from one source and a total from the other."
            yield finding("share-of-world", "several", claims, words, proposal=proposal, key=amount.key, ratio=ratio)


def parts_of_money(evidence: Evidence) -> Iterator[Conflict]:
    """Sums of money named together for one project: their total, derived, beside the parts."""
    money = [item for item in evidence.numbers_on("financing") if item.value and not item.value_max]
    sums = [item for item in evidence.numbers_on(*MONEY) if item.value]
    by_matter = evidence.grouped(sums, lambda item: (item.material, item.unit, f"{item.value or 0.0:.2g}"))
    for run in evidence.runs(money, limit=120):
        group = [item for item in run if (item.material, item.unit) == (run[0].material, run[0].unit)]
        if len(group) < 2 or not run[0].material or len({item.value for item in group}) < len(group):
            continue
        if len({item.site for item in group}) > 1 or not frozenset.intersection(*(item.places for item in group)):
            continue
        total = sum(item.value or 0.0 for item in group)
        terms = " + ".join(number(item.value or 0.0) for item in group)
        words = (
            f"Named together for one matter: {terms} = {number(total)} {group[0].unit}, a derived total; count "
            f"either the parts or the total. {'; '.join(quoted(item) for item in group)}"
        )
        yield finding("parts-of-money", "compatible", [item.claim for item in group], words, key=group[0].key)
        for item in by_matter.get((group[0].material, group[0].unit, f"{total:.2g}"), []):
            if item not in group and item.places & group[0].places and abs((item.value or 0.0) / total - 1) <= 0.005:
                words = f"{terms} = {number(total)} {item.unit}, which another claim gives as the total. {quoted(item)}"
                claims = [item.claim, *(one.claim for one in group)]
                yield finding("parts-of-money", "corroborates", claims, words, key=item.key)


def _plain(item: Item) -> bool:
    return item.modality in ("actual", "estimated") and (item.comparator or "=") in ("=", "~", ">", ">=")


def _outlook(item: Item) -> bool:
    return item.modality not in ("actual", "estimated")


def _value(item: Item) -> float:
    return item.value or 0.0


def _allowed(item: Item) -> Interval:
    """What a claim allows in the unit it is given in; the whole of the statement's basis is not touched."""
    value = _value(item)
    if item.comparator in (">", ">="):
        return Interval(value, float("inf"))
    if item.comparator in ("<", "<="):
        return Interval(0.0, value)
    slack = value * 0.05 if item.comparator == "~" else 0.0
    return Interval(value - slack, (item.value_max or value) + slack)


def _in_basis(item: Item, basis: str | None) -> Interval | None:
    """The claim in the basis of the total: a basis that is not stated is that of the list it stands in."""
    allowed = _allowed(item)
    if item.basis in (None, basis) or basis is None:
        return allowed
    factors = {form.id: form.factor for form in _forms(item.material)} | {"contained": 1.0}
    mine, theirs = factors.get(item.basis or ""), factors.get(basis)
    return allowed.scaled(mine / theirs) if mine and theirs else None


def _forms(material: str | None) -> tuple[Form, ...]:
    known = load_vocabulary().materials.get(material or "")
    return known.forms if known else ()


def _country(site: str) -> str | None:
    known = load_vocabulary().sites.get(site)
    return known.country if known else None
