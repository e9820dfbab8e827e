"""Claims that differ in what they are about: stage, scope of a target, an unnamed find, a name spelled in many ways."""

from __future__ import annotations

from collections.abc import Iterator

from lodeclaim.reconciliation.checks.ratios import exclude
from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.finding import finding, quoted
from lodeclaim.reconciliation.model import Conflict
from lodeclaim.reconciliation.words import name_of, number
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["other_stage", "spellings", "target_scope", "unnamed_find"]

_STAGE_OF_KIND = {"production": "extraction", "processing": "processing", "reserve": "extraction", "export": "trade"}


def other_stage(evidence: Evidence) -> Iterator[Conflict]:
    """Shares of one holder in one material at two stages: both may hold."""
    import polars as pl

    shares = evidence.where(pl.col("predicate") == "share", pl.col("material") != "")
    for (holder, material), group in evidence.grouped(shares, lambda item: (_holder(item), item.material)).items():
        stages: dict[str | None, Item] = {}
        for item in group:
            stages.setdefault(item.stage or _STAGE_OF_KIND.get(item.kind or ""), item)
        named = {stage: item for stage, item in stages.items() if stage is not None}
        if holder is None or len(stages) < 2 or not named or len({item.source for item in stages.values()}) < 2:
            continue
        listed = "; ".join(f"[{stage or 'stage not stated'}] {quoted(item)}" for stage, item in stages.items())
        whose = f"{name_of(holder)}, {name_of(material)}"
        words = f"{whose}: shares at different stages, which do not exclude each other. {listed}"
        yield finding("other-stage", "compatible", [item.claim for item in stages.values()], words)


def target_scope(evidence: Evidence) -> Iterator[Conflict]:
    """One target told with two scopes: in the Union, with partners, in a third country."""
    targets = [item for item in evidence.numbers_on("target") if item.stage]
    for group in evidence.grouped(targets, lambda item: (item.stage, item.value, item.unit)).values():
        scopes: dict[frozenset[str], Item] = {}
        for item in group:
            if where := frozenset("EU27" if place == "europe" else place for place in item.places):
                scopes.setdefault(where, item)
        if len(scopes) < 2:
            continue
        first, *rest = scopes.values()
        for other in rest:
            words = (
                f"One target, {number(first.value or 0.0)} {first.unit} for {first.stage}, with two scopes: "
                f"{_scope(first)} and {_scope(other)}. {quoted(first)}; {quoted(other)}"
            )
            proposal = "Take the scope from the text that sets the target."
            claims = (first.claim, other.claim)
            yield finding("target-scope", "several", claims, words, proposal=proposal, key=first.key)
            if first.source == other.source:
                words = (
                    f"The target is told twice in one document, which is one voice. {quoted(first)}; {quoted(other)}"
                )
                yield finding("target-scope", "copy", claims, words, proposal="Count it once.", key=first.key)


def unnamed_find(evidence: Evidence) -> Iterator[Conflict]:
    """A find that names a country only, beside the sites of that country it may mean."""
    reserves = [item for item in evidence.numbers_on("reserve") if item.statement]
    by_country = evidence.grouped(
        (item for item in reserves if item.site), lambda item: (item.material, _country(item.site or ""))
    )
    for find in reserves:
        if find.site or find.kind != "find" or find.statement is None or find.material is None:
            continue
        sites = evidence.grouped(
            (item for item in by_country.get((find.material, find.place), []) if item.source != find.source),
            lambda item: item.site,
        )
        if len(sites) != 1:
            continue
        (site, members) = next(iter(sites.items()))
        apart = [item for item in members if item.statement and _differ(find, item)]
        if not apart:
            continue
        listed = "; ".join(f"[{item.kind or 'class not stated'}] {quoted(item)}" for item in [find, *members])
        words = (
            f"A find of {name_of(find.material)} in {name_of(find.place or '')} that names no site may be "
            f"{name_of(site)}, the only one with such claims; that is possible, not "
            f"known. {len(members) + 1} values, none of them "
            f"settled. {listed}"
        )
        proposal = "Judge whether the find is that site; keep the values apart by class and area."
        claims = [find.claim, *(item.claim for item in members)]
        yield finding("unnamed-find", "several", claims, words, proposal=proposal, key=find.key)


def spellings(evidence: Evidence) -> Iterator[Conflict]:
    """One site under several garbled spellings: taken as one, by evidence that can be undone."""
    import polars as pl

    found: dict[str, dict[str, Item]] = {}
    # Most links are sure: a look at the words of the reasons spares the reading of them.
    words_of = pl.col("reasons").str
    unsure = words_of.contains("probable", literal=True) | words_of.contains("possible", literal=True)
    for item, reasons in evidence.whys(pl.col("site") != "", words_of.contains('"site"', literal=True), unsure):
        for reason in reasons:
            if reason.slot.endswith("site") and reason.words and reason.status in ("probable", "possible"):
                site = item.site if reason.slot == "site" else None
                if site is not None:
                    found.setdefault(site, {}).setdefault(reason.words, item)
    for site, words in found.items():
        if len(words) > 1:
            listed = ", ".join(f"“{one}”" for one in words)
            explained = f"{listed} are taken as {name_of(site)}, each by its own evidence."
            proposal = "Confirm or reject the links; each can be undone."
            claims = [item.claim for item in words.values()]
            yield finding("spellings", "compatible", claims, explained, proposal=proposal)


def _holder(item: Item) -> str | None:
    return item.key.actor if item.key is not None else item.actor or item.place


def _scope(item: Item) -> str:
    where = ", ".join(name_of(place) for place in sorted(item.places)) or "no place"
    return f"{where}{f', {name_of(item.material)}' if item.material else ''}"


def _differ(one: Item, other: Item) -> bool:
    if one.statement is None or other.statement is None:
        return False
    return one.kind != other.kind or exclude(one.statement, other.statement)


def _country(site: str) -> str | None:
    known = load_vocabulary().sites.get(site)
    return known.country if known else None
