"""Numbers that others imply: metal from tonnage and grade, output through recovery, growth from two values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lodeclaim.reconciliation.evidence import Evidence, Item, period_of
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["growth_base", "growth_of_two", "impossible", "ore_behind_metal", "output_of_metal"]

_PLACES = 0.15
#: Ore in one deposit beyond this is beyond anything known; the largest are of a few ten thousand million tonnes.
_ORE = 1e11
#: What is asked of a site beside its claims one by one.
_ASKED = frozenset({"grade", "recovery"})
#: What a grade turns the reserve into, year by year.
_MADE = ("production", "capacity")


def ore_behind_metal(evidence: Evidence) -> Iterator[Conflict]:
    """Metal in the ground over its grade is the ore; where the ore is stated too, the three must fit."""
    beside = _metals_together(evidence)
    for group, index in _sites(evidence):
        ores = [item for item in group if item.predicate == "reserve" and item.value and _is_ore(item)]
        seen: set[tuple[object, ...]] = set()
        for metal in group:
            if metal.predicate != "reserve" or metal.unit != "t" or not metal.value or metal.form == "ore":
                continue
            grade = _one(index, "grade", metal.material, metal.source)
            if grade is None or not (content := _fraction(grade)):
                continue
            said_by = (metal.source, metal.material, metal.value, grade.claim)
            if said_by in seen:
                continue
            seen.add(said_by)
            ore = metal.value / content
            stated = [item for item in ores if item.material in (None, metal.material)][:12]
            said = (
                f"{name_of(metal.site or '')}: {number(metal.value)} t at {number(content * 100)} % are "
                f"{number(_round(ore))} t of ore"
            )
            claims = [metal.claim, grade.claim]
            fits = [item for item in stated if abs((item.value or 0.0) / ore - 1) <= _PLACES]
            if stated and not fits:
                other = stated[0]
                ratio = max((other.value or 1.0) / ore, ore / (other.value or 1.0))
                words = (
                    f"{said}, yet {number(other.value or 0.0)} t of ore are stated, a ratio of {ratio:.3g}; class, "
                    f"basis or a power of ten may differ. {quoted(metal)}; {quoted(grade)}; {quoted(other)}"
                )
                proposal = "Check which of tonnage, grade and metal belongs to another class or slipped."
                yield finding(
                    "ore-behind-metal",
                    "suspicion",
                    [*claims, other.claim],
                    words,
                    proposal=proposal,
                    key=metal.key,
                    ratio=ratio,
                )
                continue
            if ore > _ORE:
                words = f"{said}, more than any deposit holds. {quoted(metal)}; {quoted(grade)}"
                proposal = "Do not use metal and grade together before one is checked."
                yield finding(
                    "ore-behind-metal", "suspicion", claims, words, proposal=proposal, key=metal.key, ratio=ore / _ORE
                )
                continue
            said += ", as stated" if fits else ", a derived value"
            others = [
                item
                for item in beside.get((metal.source, metal.site), ())
                if item.material != metal.material and item.value and item.form != "ore" and evidence.near(metal, item)
            ]
            for other in others:
                said += (
                    f"; the {number(other.value or 0.0)} t of {name_of(other.material or '')} in it are "
                    f"{(other.value or 0.0) / ore * 100:.2g} %"
                )
            rate = _one(index, "ore output", metal.material, metal.source)
            if rate is not None and rate.value:
                said += f", {ore / rate.value:.0f} years at {number(rate.value)} t a year"
            named = [item for item in (*fits[:1], *others, rate) if item is not None]
            claims += [item.claim for item in named]
            listed = "; ".join(quoted(item) for item in [metal, grade, *named])
            yield finding("ore-behind-metal", "compatible", claims, f"{said}. {listed}", key=metal.key)


def output_of_metal(evidence: Evidence) -> Iterator[Conflict]:
    """Ore mined times grade times recovery is the output; where it is stated too, the four must fit."""
    for group, index in _sites(evidence):
        for ore in group:
            if ore.predicate not in _MADE or not _is_ore(ore) or not ore.value:
                continue
            grade = _one(index, "grade", ore.material, ore.source)
            recovery = _one(index, "recovery", ore.material, ore.source)
            if grade is None or recovery is None or not recovery.value or not (content := _fraction(grade)):
                continue
            output = ore.value * content * recovery.value / 100
            said = (
                f"{name_of(ore.site or '')}: {number(ore.value)} t of ore × {number(content * 100)} % × "
                f"{number(recovery.value)} % give {number(_round(output))} t a year"
            )
            for form in _oxides(ore.material):
                said += f" ({number(_round(output * form[1]))} t of the element if the grade counts {form[0]})"
                break
            claims = [ore.claim, grade.claim, recovery.claim]
            stated = [
                item
                for item in group
                if item.predicate in _MADE
                and item.material == ore.material
                and item.form != "ore"
                and item.basis != "gross"
                and item.value
                and item.unit in ("t", "t/yr")
            ]
            factors = [1.0, *(factor for _, factor in _oxides(ore.material))]
            apart = [
                item
                for item in stated
                if all(abs((item.value or 0.0) / (output * factor) - 1) > _PLACES * 2 for factor in factors)
                and (item.value or 0.0) > output
            ]
            listed = "; ".join(quoted(item) for item in (ore, grade, recovery, *apart))
            if apart:
                ratio = max((item.value or 0.0) / output for item in apart)
                words = f"{said}, yet more is stated. {listed}"
                proposal = "Check whether the stated output is of concentrate, of several years or slipped."
                claims += [item.claim for item in apart]
                yield finding(
                    "output-of-metal", "suspicion", claims, words, proposal=proposal, key=ore.key, ratio=ratio
                )
            else:
                yield finding(
                    "output-of-metal", "compatible", claims, f"{said}, a derived value. {listed}", key=ore.key
                )


def growth_of_two(evidence: Evidence) -> Iterator[Conflict]:
    """A change in percent beside the two values it connects."""
    for growth in _growths(evidence):
        before = [
            item
            for item in evidence.by_source[growth.source]
            if item.value
            and item.claim != growth.claim
            and item.material == growth.material
            and evidence.near(item, growth)
        ]
        for first, second in pairwise(before):
            if first.unit != second.unit or first.predicate != second.predicate or first.value == second.value:
                continue
            if (
                not first.value
                or not second.value
                or not growth.value
                or (first.place, first.site) != (second.place, second.site)
            ):
                continue
            real = (second.value / first.value - 1) * 100
            said = f"from {number(first.value)} to {number(second.value)} {first.unit} is a change of {real:+.0f} %"
            claims = [first.claim, second.claim, growth.claim]
            listed = "; ".join(quoted(item) for item in (first, second, growth))
            if math.copysign(1, real) == math.copysign(1, growth.value) and abs(real / growth.value - 1) <= 0.03:
                words = f"{said}; the text says {growth.value:+g} %: consistent. {listed}"
                yield finding("growth-of-two", "compatible", claims, words, key=growth.key)
            elif _same_matter(first, second, growth):
                words = f"{said}; the text says {growth.value:+g} %. {listed}"
                proposal = "Check which of the two values and the change was read or written wrongly."
                ratio = max(abs(real / growth.value), abs(growth.value / real)) if real else 2.0
                yield finding(
                    "growth-of-two", "suspicion", claims, words, proposal=proposal, key=growth.key, ratio=ratio
                )


def growth_base(evidence: Evidence) -> Iterator[Conflict]:
    """A value and its change give the value of the year before; together they must fit the world's."""
    found: dict[tuple[str, str | None], list[tuple[Item, Item]]] = {}
    for growth in _growths(evidence):
        if growth.value is None or growth.value <= -100:
            continue
        before = [
            item
            for item in evidence.by_source[growth.source]
            if item.predicate in ("production", "demand", "trade")
            and item.value
            and item.unit in ("t", "t/yr")
            and item.material == growth.material
            and item.start < growth.start
            and growth.start - item.end <= 100
            and evidence.near(item, growth)
        ]
        if before:
            found.setdefault((growth.source, growth.material), []).append((before[-1], growth))
    for (source, material), pairs in found.items():
        world = _world(evidence, source, material)
        parts = []
        for value, growth in pairs:
            base = (value.value or 0.0) / (1 + (growth.value or 0.0) / 100)
            parts.append(
                f"{number(value.value or 0.0)} t after {growth.value or 0.0:+g} % means {number(_round(base))} t before"
            )
        claims = [one.claim for pair in pairs for one in pair]
        listed = "; ".join(quoted(one) for pair in pairs for one in pair)
        total = sum(value.value or 0.0 for value, _ in pairs)
        words = "; ".join(parts)
        if world is None:
            yield finding("growth-base", "compatible", claims, f"{words}. {listed}", key=pairs[0][0].key)
            continue
        claim, amount = world
        share = total / amount
        words += f"; together {share:.0%} of the world's {number(amount)} t"
        kind = "compatible" if share <= 1 else "suspicion"
        verdict = "plausible" if share <= 1 else "more than there is"
        yield finding(
            "growth-base",
            "compatible" if kind == "compatible" else "suspicion",
            [*claims, claim],
            f"{words}: {verdict}. {listed}",
            key=pairs[0][0].key,
            ratio=max(share, 1.0),
        )


def impossible(evidence: Evidence) -> Iterator[Conflict]:
    """A number that cannot be: a share, grade or recovery above 100 %, a quantity below nothing."""
    import polars as pl

    beyond = (pl.col("value") < 0) | ((pl.col("value") > 100) & (pl.col("unit") == "%"))
    for item in evidence.where(beyond):
        value = item.value or 0.0
        bounded = item.predicate in ("share", "supplier_share", "import_reliance", "grade", "recovery", "stake")
        if bounded and item.unit == "%" and value > 100 and item.comparator not in ("<", "<="):
            words = f"More than the whole: {number(value)} %. {quoted(item)}"
        elif item.predicate in ("production", "capacity", "reserve", "demand", "stocks", "grade") and value < 0:
            words = f"A quantity below nothing. {quoted(item)}"
        else:
            continue
        proposal = "Read the sentence again: the number may belong to another slot."
        yield finding(
            "impossible", "suspicion", [item.claim], words, proposal=proposal, key=item.key, ratio=max(value / 100, 1)
        )


def _metals_together(evidence: Evidence) -> dict[tuple[str, str | None], list[Item]]:
    """(source, site) → what a document says of several materials of one deposit."""
    import polars as pl

    said = pl.col("predicate").is_in(("reserve", "production")) & (pl.col("unit") == "t") & (pl.col("site") != "")
    several = pl.col("material").n_unique().over("source", "site") > 1
    return evidence.grouped(
        evidence.where(said, several, pl.col("material").is_not_null()), lambda item: (item.source, item.site)
    )


def _sites(evidence: Evidence) -> list[tuple[list[Item], Index]]:
    """The claims on each site with their index, worked out once; without a grade they are not asked for."""
    if "sites" not in evidence.shared:
        import polars as pl

        told = pl.col("predicate")
        graded, recovered = ((told == name).any().over("site") for name in ("grade", "recovery"))
        ore = (pl.col("form") == "ore") | (pl.col("basis") == "gross")
        # What is made of the ore is asked for only where it is known how much of the metal is recovered.
        asked = told.is_in([*_ASKED, "reserve"]) | (told.is_in(_MADE) & (ore | recovered))
        numbers = evidence.where(asked, pl.col("value").is_not_null(), graded, pl.col("site") != "")
        groups = evidence.grouped(numbers, lambda item: item.site).values()
        evidence.shared["sites"] = [(group, _index(group)) for group in groups]
    found: list[tuple[list[Item], Index]] = evidence.shared["sites"]
    return found


Index = dict[tuple[str, str | None, str], list[Item]]


def _index(group: list[Item]) -> Index:
    """(predicate, material, source) → claims of one site; the source is empty for those of all."""
    found: defaultdict[tuple[str, str | None, str], list[Item]] = defaultdict(list)
    for item in group:
        name = item.predicate
        if name in _ASKED:
            found[name, item.material, item.source].append(item)
            found[name, item.material, ""].append(item)
        elif name == "production" and _is_ore(item):
            found["ore output", item.material, item.source].append(item)
            found["ore output", item.material, ""].append(item)
    return dict(found)


def _one(index: Index, predicate: str, material: str | None, source: str) -> Item | None:
    """The first claim of the source itself, else of any."""
    found = index.get((predicate, material, source)) or index.get((predicate, material, ""))
    return found[0] if found else None


def _is_ore(item: Item) -> bool:
    return item.form == "ore" or item.basis == "gross"


def _fraction(grade: Item) -> float:
    if grade.statement is None or grade.key is None or grade.key.unit != "%" or grade.statement.is_bound:
        return 0.0
    value = grade.statement.value or 0.0
    upper = grade.statement.value_max
    return (value if upper is None else (value + upper) / 2) / 100


def _oxides(material: str | None) -> list[tuple[str, float]]:
    known = load_vocabulary().materials.get(material or "")
    return [(form.id, form.factor) for form in (known.forms if known else ()) if form.factor and form.factor < 1]


def _growths(evidence: Evidence) -> Iterator[Item]:
    for item in evidence.numbers_on("growth"):
        if item.unit == "%" and item.value and item.material:
            yield item


def _same_matter(first: Item, second: Item, growth: Item) -> bool:
    one, other = period_of(first.period), period_of(second.period)
    years = one.year if one else None, other.year if other else None
    successive = years[0] is not None and years[1] is not None and years[1] - years[0] == 1
    return successive and growth.kind == first.predicate and (growth.place or None) == (first.place or None)


def _world(evidence: Evidence, source: str, material: str | None) -> tuple[str, float] | None:
    for item in evidence.by_source[source]:
        if item.predicate == "production" and item.material == material and item.place == "WLD" and item.value:
            return item.claim, item.value
    official = evidence.official.get(("production", material, "WLD"))
    if official and official[-1][1].value:
        return official[-1][1].claim, official[-1][1].value
    return None


def _round(value: float) -> float:
    return float(f"{value:.4g}")
