"""News told in seven languages, written apart from the reader: what was learned from it stays learned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lodeclaim.claims.model import Claim
from lodeclaim.reading.language import readable_languages
from lodeclaim.vocabulary.load import load_vocabulary, read_yaml

Read = Callable[..., list[Claim]]
FOLDER = Path(__file__).parents[1] / "data" / "told_in_seven"
#: Of the claims of each file so many are read with every part that the file names; a little less than they are now.
SHARES = {"supply": 0.74, "mines": 0.69, "deals": 0.58, "policy": 0.68}
BOUNDS = {">=": ">", "<=": "<"}


def parts(claim: Claim, name: str) -> set[object]:
    """What the claim has for a part; a share is held by a place or an actor, a bound is one with its end or without."""
    if name == "holder":
        return {claim.actor, claim.place} - {None, "WLD"}
    found = {getattr(claim, name), *(other.entity for other in claim.others if other.role == name)}
    if name == "comparator":
        return {BOUNDS.get(str(one), one) for one in found}
    return found | {"t", "t/yr"} if name == "unit" and found & {"t", "t/yr"} else found


def is_read(wanted: dict[str, Any], claims: list[Claim]) -> bool:
    return any(
        claim.predicate == wanted["predicate"]
        and claim.value == pytest.approx(wanted.get("value"))
        and all(
            (BOUNDS.get(value, value) if name == "comparator" else value) in parts(claim, name)
            for name, value in wanted.items()
            if name not in ("predicate", "value")
        )
        for claim in claims
    )


@pytest.mark.parametrize("name", sorted(SHARES))
def test_what_was_learned_stays(read: Read, name: str) -> None:
    right, told = 0, 0
    for entry in read_yaml(FOLDER / f"{name}.yaml"):
        for code, text in entry["texts"].items():
            claims = read(text, code, "2025-09-23")
            assert all(text[slice(*claim.span)] == claim.quote for claim in claims if claim.span)
            told += len(entry["claims"])
            right += sum(is_read(wanted, claims) for wanted in entry["claims"])
    assert right >= SHARES[name] * told, f"{right} of {told}"


@pytest.mark.parametrize("name", sorted(SHARES))
def test_every_entry_is_in_each_language_and_names_what_there_is(name: str) -> None:
    vocabulary = load_vocabulary()
    known = vocabulary.actors.keys() | vocabulary.countries.keys() | vocabulary.groups.keys() | vocabulary.sites.keys()
    for entry in read_yaml(FOLDER / f"{name}.yaml"):
        assert set(entry["texts"]) == set(readable_languages()), entry["name"]
        for claim in entry["claims"]:
            assert claim["predicate"] in vocabulary.predicates
            named = {claim[part] for part in ("actor", "counterparty", "place", "site", "holder") if part in claim}
            assert named <= known, (entry["name"], named - known)
