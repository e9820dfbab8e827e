"""The standing of the claims in a slot: which count, which stand aside and why, which only repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from lodeclaim.core.period import Period
from lodeclaim.reconciliation.model import Statement
from lodeclaim.reconciliation.policy import Policy, load_policy

__all__ = ["Standing", "credible_of", "standing_of"]

_PLAIN = attrgetter("plain")
_CONFIDENCE = attrgetter("confidence")

#: What a policy may set aside → (the claims that are of it, why).
_WORSE: dict[str, tuple[Callable[[Sequence[Statement], Policy], set[str]], str]] = {
    "headline": (
        lambda numbers, rules: {one.claim for one in numbers if "headline" in one.flags},
        "a headline, of lower standing than the text",
    ),
    "doubtful": (
        lambda numbers, rules: {one.claim for one in numbers if one.confidence < rules.doubtful},
        "a doubtful reading",
    ),
    "opinion": (lambda numbers, rules: {one.claim for one in numbers if one.modality == "opinion"}, "an opinion"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``credible`` claims carry the figure; ``aside`` is claim → why not; ``copies`` is claim → what it repeats."""

    credible: tuple[Statement, ...]
    aside: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)


def standing_of(
    members: Sequence[Statement], policy: Policy | None = None, slipped: Mapping[str, str] | None = None
) -> Standing:
    """Return the standing of each claim of one slot; no claim is ever lost or changed.

    What people rejected or merged stands aside whatever else there is; what they prefer never does. ``slipped``
    is claim → why it has probably slipped by a power of ten.
    """
    numbers, aside, forced = _sifted(members, policy or load_policy(), slipped)
    return Standing(tuple(numbers), aside if numbers or forced else {}, _copies(numbers))


def credible_of(members: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the claims of one slot that carry its figure by the bundled policy: ``standing_of`` without the rest."""
    rules = load_policy()
    return tuple(members) if _all_count(members, rules.doubtful) else tuple(_sifted(members, rules, None)[0])


def _sifted(
    members: Sequence[Statement], rules: Policy, slipped: Mapping[str, str] | None
) -> tuple[list[Statement], dict[str, str], bool]:
    """(credible claims, claim → why it stands aside, whether people or slips put any aside)."""
    if not slipped and _all_count(members, rules.doubtful):
        return list(members), {}, False
    aside: dict[str, str] = {}
    numbers = [one for one in members if one.value is not None]
    if len(numbers) < len(members):
        aside.update({one.claim: f"no number ({', '.join(one.flags)})" for one in members if one.value is None})
    rejected = [one for one in numbers if one.standing == "deprecated"]
    forced = bool(rejected)
    if rejected:
        aside.update({one.claim: one.standing_reason or "rejected" for one in rejected})
        numbers = [one for one in numbers if one.standing != "deprecated"]
    if slipped and "slipped" in rules.aside:
        gone = {one.claim for one in numbers if one.claim in slipped and one.standing != "preferred"}
        if len(gone) < len(numbers) or rules.withhold_slipped:
            aside.update({claim: slipped[claim] for claim in sorted(gone)})
            numbers = [one for one in numbers if one.claim not in gone]
            forced = forced or bool(gone)
    if "revised" in rules.aside:
        numbers = _without_superseded(numbers, aside)
    for name in rules.aside:
        if name in _WORSE:
            worse, why = _WORSE[name]
            numbers = _without(numbers, aside, worse(numbers, rules), why)
    return numbers, aside, forced


def _all_count(members: Sequence[Statement], doubtful: float) -> bool:
    """Whether there is nothing in any claim that could put it aside: so it is in most slots, told in one look."""
    return all(map(_PLAIN, members)) and min(map(_CONFIDENCE, members), default=doubtful) >= doubtful


def _without(numbers: list[Statement], aside: dict[str, str], worse: set[str], why: str) -> list[Statement]:
    if not worse:
        return numbers
    better = [one for one in numbers if one.standing == "preferred" or one.claim not in worse]
    if not better:
        return numbers
    kept = {one.claim for one in better}
    aside.update({one.claim: why for one in numbers if one.claim not in kept})
    return better


def _without_superseded(numbers: list[Statement], aside: dict[str, str]) -> list[Statement]:
    """A later vintage of one publisher revises the earlier: that is no disagreement."""
    if not any(one.origin == "statistics" for one in numbers):
        return numbers
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
    if len({one.voice for one in numbers}) == len(numbers):
        return {}
    first: dict[tuple[object, ...], str] = {}
    copies: dict[str, str] = {}
    for one in sorted(numbers, key=lambda one: one.claim):
        said = (one.voice, one.value, one.value_max, one.comparator)
        if said in first:
            copies[one.claim] = first[said]
        else:
            first[said] = one.claim
    return copies
