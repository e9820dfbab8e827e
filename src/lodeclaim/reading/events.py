"""Claims without a number: agreements, measures, listings, starts and stops, from their trigger phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lodeclaim.reading.found import Hit
from lodeclaim.reading.model import Sentence

__all__ = ["Event", "find_events"]

#: Predicates whose event is already told by a quantity of the same sentence.
_TOLD_BY: Final[dict[str, frozenset[str]]] = {
    "agreement": frozenset({"agreement", "financing", "transaction"}),
    "measure": frozenset({"measure", "growth"}),
    "transaction": frozenset({"transaction", "stake"}),
    "stake": frozenset({"stake"}),
    "status": frozenset(),
    "milestone": frozenset(),
}
#: Kinds that undo what the words inside their phrase name.
_ENDS: Final = ("lifted",)
_SAME_SPAN: Final = 60
_DENIED: Final = 40
_GENERIC: Final = "definitive agreement"
_TOLD_NEAR: Final = 60
_PART_NEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger phrase of a predicate; ``kind`` is its kind or instrument."""

    predicate: str
    kind: str
    start: int
    end: int


def find_events(text: str, sentence: Sentence, told: Sequence[tuple[str, int, int]]) -> Iterator[Event]:
    """Yield the events of a sentence; ``told`` holds what its quantities say already, with their spans."""
    last: dict[tuple[str, str], int] = {}
    covered: dict[str, int] = {}
    hits = sentence.of("event")
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        predicate, kind = hit.value
        if any(
            name in _TOLD_BY[predicate] and hit.start - end < _TOLD_NEAR and start - hit.end < _TOLD_NEAR
            for name, start, end in told
        ):
            continue
        if any(
            name == "stake" and hit.start - end < _PART_NEAR and start - hit.end < _PART_NEAR
            for name, start, end in told
        ):
            # "51 percent of the joint venture" speaks of one that is there
            continue
        if hit.start - last.get((predicate, kind), -1000) < _SAME_SPAN:
            continue
        if _denied(hit, sentence) or hit.start < covered.get(predicate, -1):
            continue
        if _says_less(text, hit, hits) or (kind == _GENERIC and _beside_exact(hit, hits)):
            continue
        last[predicate, kind] = covered[predicate] = hit.end
        yield Event(predicate, kind, hit.start, hit.end)


def _denied(hit: Hit, sentence: Sentence) -> bool:
    """Tell whether "not" stands before or inside the phrase; one that begins with it means what it says."""
    return any(
        other.start != hit.start and (hit.start < other.start < hit.end or 0 <= hit.start - other.end <= _DENIED)
        for other in sentence.of("negation")
    )


def _beside_exact(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell whether a more exact word for the same kind of bond stands near."""
    return any(
        other.value[0] == hit.value[0]
        and other.value[1] != _GENERIC
        and other.start - hit.end < _SAME_SPAN
        and hit.start - other.end < _SAME_SPAN
        for other in hits
    )


def _says_less(text: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell whether a longer phrase covers this one, or this is a frame around a more exact word for the same."""
    for other in hits:
        if other is hit:
            continue
        whole = other.how != "split" or other.value[1] in _ENDS
        inside = other.start <= hit.start and hit.end <= other.end and whole
        around = hit.how == "split" and hit.start <= other.start and other.end <= hit.end
        longer = other.end - other.start > hit.end - hit.start
        # "hob das Exportverbot auf" says of the ban that it is over
        if hit.how == other.how == "split" and other.end == hit.end and hit.value[1] not in _ENDS:
            # "stellte die Kobaltproduktion, hatte die Exporte ausgesetzt": the verb is that of the nearer word, unless
            # that stands in brackets of commas: "the plant, with an output of 24,000 tonnes, will start"
            nearest, furthest = max(hit.start, other.start), min(hit.start, other.start)
            if nearest != furthest and hit.start == (nearest if "," in text[nearest : hit.end] else furthest):
                return True
        exact = other.value[0] == hit.value[0] and other.how != "split" and hit.value[1] not in _ENDS
        if (inside and longer) or (around and exact):
            return True
    return False
