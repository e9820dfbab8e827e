"""What the words around the numbers tell: headlines that promise more, differences that the text itself states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lodeclaim.reconciliation.checks.matters import MONEY
from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict, Place
from lodeclaim.reconciliation.patterns import language_words, one_of
from lodeclaim.reconciliation.rates import bundled_rates
from lodeclaim.reconciliation.words import name_of, number, slot_in_words
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["another_slot", "headline", "stated_difference"]

#: Longer lines are no headlines.
_LINE = 110
#: A text under a headline reaches so far, unless another headline comes first.
_BODY = 2500
#: How near a share must be to that of another slot.
_POINTS = 2.0


def headline(evidence: Evidence) -> Iterator[Conflict]:
    """A headline of bare "billions" over a text whose largest amount stays below."""
    for source, text in sorted(evidence.texts.items()):
        language = evidence.languages.get(source, "en")
        words = language_words().get(language)
        if words is None:
            continue
        lines = list(_headlines(text))
        for at, (start, end) in enumerate(lines):
            match = _vague(language).search(text, start, end)
            if match is None:
                continue
            least = 1e9 if match["billions"] else 1e6
            stop = min(end + _BODY, lines[at + 1][0] if at + 1 < len(lines) else len(text))
            body = [
                item
                for item in evidence.by_source.get(source, ())
                if end <= item.start < stop and item.predicate in MONEY and item.value and _currency(item.unit)
            ]
            amounts = [item for item in body if not (item.comparator or "=").startswith(">")]
            if not body or len(amounts) < len(body) or any(_top(item) >= 2 * least for item in body):
                continue
            largest = max(body, key=lambda item: (_top(item), item.claim))
            over = evidence.nearest(source, match.start(), match.end(), limit=0)
            claims = [item.claim for item in (over, largest) if item is not None]
            said = " ".join(text[start:end].split())
            place = (Place(source=source, start=start, end=end, words=text[start:end]),)
            home = _at_home(largest, words.currency)
            if home is not None and home[0] >= 2 * least:
                explained = (
                    f"“{said}” reads as more than {number(2 * least)}, and no currency is stated; the text has "
                    f"{number(_top(largest))} {largest.unit}, which is {number(_round(home[0]))} {words.currency} at "
                    f"{home[1]}: right in the currency of its readers. {quoted(largest)}"
                )
                proposal = "Use the amount of the text; the headline has the lower standing."
                yield finding(
                    "headline", "compatible", claims, explained, proposal=proposal, key=largest.key, places=place
                )
                continue
            explained = (
                f"“{said}” reads as more than {number(2 * least)}; the currency of the headline is not stated, and the "
                f"largest amount of its text is {number(_top(largest))} {largest.unit}. {quoted(largest)}"
            )
            proposal = "Use the amount of the text; the headline has the lower standing."
            yield finding(
                "headline",
                "suspicion",
                claims,
                explained,
                proposal=proposal,
                key=largest.key,
                ratio=2 * least / max(_top(largest), 1.0),
                places=place,
            )


def stated_difference(evidence: Evidence) -> Iterator[Conflict]:
    """Several values of one slot in one sentence or passage of a source that itself says why they differ."""
    import polars as pl

    at_hand = pl.col("source").is_in(list(evidence.texts))
    read = evidence.where(pl.col("unit") == "%", pl.col("value").is_not_null(), at_hand)
    for group in _several(evidence, read):
        source = group[0].source
        text = evidence.texts.get(source)
        words = language_words().get(evidence.languages.get(source, "en"))
        if text is None or words is None:
            continue
        start, end = group[0].start, group[-1].end
        match = _differ(evidence.languages.get(source, "en")).search(text, max(0, start - 200), end + 200)
        if match is None or group[0].key is None:
            continue
        place = (Place(source=source, start=match.start(), end=match.end(), words=match.group()),)
        explained = (
            f"{slot_in_words(group[0].key)}: {len(group)} values, and the document itself says that they differ "
            f"(“{match.group()}”). {'; '.join(quoted(item) for item in group)}"
        )
        proposal = "Keep all; name the definition of each."
        claims = [item.claim for item in group]
        yield finding(
            "stated-difference", "several", claims, explained, proposal=proposal, key=group[0].key, places=place
        )


def another_slot(evidence: Evidence) -> Iterator[Conflict]:
    """One of several values of a slot that fits another slot better: the share of the largest producer, say."""
    shares = evidence.numbers_on("import_reliance", "share", "supplier_share")
    for group in _several(evidence, (item for item in shares if item.unit == "%")):
        found = _fitting(evidence, group)
        if found is None:
            continue
        place, fitting, said, tables = found
        if not fitting or len(fitting) == len(group):
            continue
        told = [
            item
            for item in evidence.numbers_on("share")
            if item.material == group[0].material
            and item.key is not None
            and item.key.actor == place
            and any(abs((item.value or 0.0) - (one.value or 0.0)) <= _POINTS for one in fitting)
        ]
        explained = (
            f"{name_of(place)} has {said} of the world's production in the statistics: "
            f"{' and '.join(number(item.value or 0.0) for item in fitting)} % may belong to that slot. "
            f"{'; '.join(quoted(item) for item in [*fitting, *told])}"
        )
        proposal = "Read the sentence again and set the slot; until then prefer the value that official tables have."
        involved = [*(item.claim for item in fitting), *(item.claim for item in told), *tables]
        yield finding("another-slot", "suspicion", involved, explained, proposal=proposal, key=fitting[0].key)


def _fitting(evidence: Evidence, group: list[Item]) -> tuple[str, list[Item], str, list[str]] | None:
    """(producer, claims that fit its share of the world in some year, those shares in words, their claims)."""
    name = f"world shares {group[0].material}"
    if name not in evidence.shared:
        evidence.shared[name] = list(_world_shares(evidence, group[0].material))
    shares: list[tuple[float, str, str, tuple[str, str]]] = evidence.shared[name]
    if not shares or any(item.place == shares[0][1] for item in group):
        return None
    fitting = [item for item in group if any(abs((item.value or 0.0) - share) <= _POINTS for share, *_ in shares)]
    said = ", ".join(f"{share:.1f} % ({period})" for share, _, period, _ in shares)
    return shares[0][1], fitting, said, [claim for *_, claims in shares for claim in claims]


def _several(evidence: Evidence, percentages: Iterable[Item]) -> Iterator[list[Item]]:
    """Claims of one slot that one source gives several values for, in order of place."""
    items = (item for item in percentages if item.key is not None)
    # Slots are shared objects, so their identity will do and is quicker than their many fields.
    slots = evidence.grouped(items, lambda item: (item.source, id(item.key)))
    for group in slots.values():
        if len(group) < 2:
            continue
        ordered = sorted({item.value: item for item in reversed(group)}.values(), key=lambda item: item.start)
        if len(ordered) > 1 and ordered[-1].end - ordered[0].start < 800 and ordered[0].unit == "%":
            yield ordered


def _world_shares(evidence: Evidence, material: str | None) -> Iterator[tuple[float, str, str, tuple[str, str]]]:
    """(share in %, largest producer, year, claims) for each year of the statistics, of who has most of the world."""
    totals = {
        (key.period, key.unit, key.stage): one
        for key, one in evidence.official.get(("production", material, "WLD"), ())
        if one.value
    }
    most: dict[str, list[tuple[float, str, tuple[str, str]]]] = {}
    for (predicate, of, place), rows in sorted(evidence.official.items(), key=str):
        if predicate != "production" or of != material or place in (None, "WLD"):
            continue
        for key, one in rows:
            total = totals.get((key.period, key.unit, key.stage))
            if total is not None and total.value and one.value and 0.5 <= one.value / total.value <= 1:
                row = (one.value / total.value * 100, key.period, (one.claim, total.claim))
                most.setdefault(place or "", []).append(row)
    for place in sorted(most, key=lambda name: -len(most[name]))[:1]:
        for share, period, claims in most[place]:
            yield share, place, period, claims


def _headlines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        line = match.group().strip()
        if 0 < len(line) <= _LINE and not line.endswith((".", "!", ":", ",", ";")):
            yield match.span()


@cache
def _vague(language: str) -> re.Pattern[str]:
    words = language_words()[language]
    return re.compile(
        rf"(?<![\d.,] )(?<!\d)\b(?:(?P<billions>{one_of(words.billions)})|(?P<millions>{one_of(words.millions)}))\b",
        re.IGNORECASE,
    )


@cache
def _differ(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(language_words()[language].differ)}\w*", re.IGNORECASE)


def _at_home(item: Item, currency: str | None) -> tuple[float, str] | None:
    """The amount in the currency of the text's readers, with the rate."""
    if currency is None or item.unit is None or item.unit == currency:
        return None
    period = period_of(item.published)
    rate = bundled_rates().at(item.unit, currency, period.end if period else None)
    return None if rate is None else (_top(item) * rate[0], rate[1])


def _currency(unit: str | None) -> bool:
    known = load_vocabulary().units.get(unit or "")
    return known is not None and known.dimension == "money"


def _top(item: Item) -> float:
    return item.value_max or item.value or 0.0


def _round(value: float) -> float:
    return float(f"{value:.3g}")
