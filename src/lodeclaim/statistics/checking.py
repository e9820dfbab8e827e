"""Refuse claims of a table that the rest of lodeclaim could not understand: unknown words, ids that clash."""

from __future__ import annotations

from collections.abc import Iterable

from lodeclaim.claims.model import Claim, is_linked
from lodeclaim.core.errors import StatisticsError, UnknownName
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["check_ids", "check_words"]


def check_ids(claims: Iterable[Claim], source: str) -> None:
    """Raise StatisticsError where two claims have one id."""
    seen: dict[str, Claim] = {}
    for claim in claims:
        if (first := seen.setdefault(claim.id, claim)) is not claim:
            raise StatisticsError(
                f"{claim.locator} and {first.locator} have one id {claim.id}",
                where=source,
                remedy="Tell the two apart by form or kind in the layout file",
            )


def check_words(claims: Iterable[Claim], source: str) -> None:
    """Raise StatisticsError for materials, places, stages, predicates and units that the vocabulary does not have."""
    vocabulary = load_vocabulary()
    places = vocabulary.countries.keys() | vocabulary.groups.keys()
    units: set[str] = set()
    for claim in claims:
        for slot, value, known in (
            ("material", claim.material, vocabulary.materials),
            ("stage", claim.stage, vocabulary.stages),
            ("predicate", claim.predicate, vocabulary.predicates),
            ("place", claim.place, places),
            ("counterparty", claim.counterparty, places),
        ):
            if value is not None and is_linked(value) and value not in known:
                raise StatisticsError(
                    f"the vocabulary has no {slot} {value!r} ({claim.quote!r})",
                    where=f"{source}, {claim.locator}",
                    remedy="Add it to the vocabulary, or change the layout file",
                )
        if claim.unit is not None and claim.unit not in units:
            try:
                vocabulary.unit(claim.unit)
            except UnknownName as error:
                raise StatisticsError(
                    f"the vocabulary has no unit {claim.unit!r}",
                    where=f"{source}, {claim.locator}",
                    remedy="Add it to units.yaml, or change the layout file",
                ) from error
            units.add(claim.unit)
