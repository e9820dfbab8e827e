"""The standing of the claims in a slot: which count, which stand aside and why, which only repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lodeclaim.core.period import Period
from lodeclaim.reconciliation.model import Statement

__all__ = ["Standing", "standing_of"]

#: Below this confidence a reading stands aside where there is a better one.
DOUBTFUL = 0.3


@dataclass(frozen=True, slots=True)
class Standing:
    """``credible`` claims carry the figure; ``aside`` is claim → why not; ``copies`` is claim → what it repeats."""

    credible: tuple[Statement, ...]
    aside: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)


def standing_of(members: Sequence[Statement]) -> Standing:
    """Return the standing of each claim of one slot; no claim is ever lost or changed."""
    if len(members) == 1:
        return Standing(tuple(one for one in members if one.value is not None))
    aside: dict[str, str] = {}
    numbers = [one for one in members if one.value is not None]
    aside.update({one.claim: f"no number ({', '.join(one.flags)})" for one in members if one.value is None})
    numbers = _without_superseded(numbers, aside)
    numbers = _without(
        numbers, aside, lambda one: "headline" in one.flags, "a headline, of lower standing than the text"
    )
    numbers = _without(numbers, aside, lambda one: one.confidence < DOUBTFUL, "a doubtful reading")
    numbers = _without(numbers, aside, lambda one: one.modality == "opinion", "an opinion")
    return Standing(tuple(numbers), aside if numbers else {}, _copies(numbers))


def _without(
    numbers: list[Statement], aside: dict[str, str], test: Callable[[Statement], bool], why: str
) -> list[Statement]:
    better = [one for one in numbers if not test(one)]
    if not better:
        return numbers
    aside.update({one.claim: why for one in numbers if test(one)})
    return better


def _without_superseded(numbers: list[Statement], aside: dict[str, str]) -> list[Statement]:
    """A later vintage of one publisher revises the earlier: that is no disagreement."""
    latest: dict[str, str] = {}
    for one in numbers:
        if one.origin == "statistics" and one.publisher and (day := _sortable(one.published)):
            latest[one.publisher] = max(latest.get(one.publisher, ""), day)
    kept: list[Statement] = []
    for one in numbers:
        day = _sortable(one.published)
        if one.origin == "statistics" and one.publisher and day and day < latest[one.publisher]:
            aside[one.claim] = f"an earlier vintage ({one.published}), since revised by its publisher"
        else:
            kept.append(one)
    return kept


@lru_cache(maxsize=1024)
def _sortable(published: str | None) -> str:
    try:
        end = Period.parse(published).end if published else None
    except ValueError:
        return ""
    return end.isoformat() if end else ""


def _copies(numbers: Sequence[Statement]) -> dict[str, str]:
    """One voice that says the same number again is no second witness."""
    first: dict[tuple[object, ...], str] = {}
    copies: dict[str, str] = {}
    for one in sorted(numbers, key=lambda one: one.claim):
        said = (one.voice, one.value, one.value_max, one.comparator)
        if said in first:
            copies[one.claim] = first[said]
        else:
            first[said] = one.claim
    return copies
