"""How a written-out number grows: what it becomes with one more word, or that the word is none of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Atom", "NumberState", "first_state", "grow"]


class Atom(NamedTuple):
    """What one word does to a number: add, multiply, divide."""

    kind: Literal["value", "digits", "article", "hundred", "scale", "fraction"]
    value: float


class NumberState(Struct, frozen=True, gc=False):
    """A number while it is read: finished groups from a million up, thousands, the open group, what it still takes."""

    total: float = 0.0
    thousands: float = 0.0
    high: float | None = None
    top: float | None = None
    group: float | None = None
    room: float = 0.0
    unit: float = 0.0
    article: bool = False
    products: int = 0
    fraction: bool = False
    written: bool = False
    #: What a fraction of the last scale added, while a smaller scale may still take it: "and three quarters million".
    part: float = 0.0
    #: The open group before a word for "and"; below zero where there was none.
    before: float | None = None

    @property
    def value(self) -> float:
        """What the number is if no more words follow."""
        return self.total + self.thousands + (self.group or 0.0)


def first_state(atom: Atom, twenties: frozenset[float]) -> NumberState | None:
    """Return the number that a first word opens; ``twenties`` are the tens that take up to nineteen."""
    if atom.kind == "scale":
        return _scaled(NumberState(), "plain", atom.value)
    if atom.kind == "hundred":
        return NumberState(group=atom.value, room=atom.value, written=True)
    if atom.kind == "fraction":
        return NumberState(group=1.0 / atom.value, fraction=True, written=True)
    if atom.kind == "article":
        return NumberState(group=1.0, article=True, written=True)
    if atom.kind == "digits":
        return NumberState(group=atom.value)
    return NumberState(
        group=atom.value,
        room=_room(atom.value, twenties),
        unit=atom.value if 0 < atom.value < 10 else 0.0,
        written=True,
    )


def grow(state: NumberState, kind: str, atom: Atom, twenties: frozenset[float]) -> NumberState | None:
    """Return the number with one more atom, or None where it does not belong to it."""
    value = atom.value
    if atom.kind == "fraction":
        return _fraction(state, kind, value)
    if kind == "with":
        if 0 < value < 1 and not state.fraction and state.unit >= 0:
            return _with_part(state, value)
        # "two and a half": the article waits for its fraction
        if atom.kind == "article" or (atom.kind == "value" and value < 100):
            return replace(state, article=True, unit=-value, room=0.0) if state.unit >= 0 else None
        return None
    if state.unit < 0:
        # "two and fifty-four hundredths"
        waits = (
            -state.unit >= 20
            and state.unit % 10 == 0
            and kind in ("plain", "dash", "tens")
            and atom.kind == "value"
            and 0 < value < 10
        )
        return replace(state, unit=state.unit - value) if waits else None
    if atom.kind == "hundred":
        if kind not in ("plain", "after"):
            return None
        if state.group is None:
            return replace(state, group=value, room=value, unit=0.0, article=False, written=True)
        if state.group >= 100 and state.written and value >= 100:
            return None
        return replace(state, group=state.group * value, room=value, unit=0.0, article=False, written=True)
    if atom.kind == "scale":
        return _scaled(state, kind, value)
    if atom.kind == "article" or state.article or kind == "of":
        return None
    if kind == "reverse":
        fits = state.unit and 20 <= value < 100 and value % 10 == 0
        return replace(state, group=(state.group or 0) + value, room=0.0, unit=0.0) if fits else None
    if atom.kind == "digits" and (not state.written or value != int(value)):
        return None
    if atom.kind == "digits" and kind != "plain" and not (kind == "after" and state.room == 100):
        return None
    return _added(state, kind, value, twenties, digits=atom.kind == "digits")


def _added(
    state: NumberState, kind: str, value: float, twenties: frozenset[float], *, digits: bool
) -> NumberState | None:
    room = _room(value, twenties)
    unit = value if 0 < value < 10 and not digits else 0.0
    if state.group is None:
        if state.top is None or value >= state.top or (kind != "plain" and not (kind == "after" and value < 1000)):
            return None
        return replace(state, group=value, room=room, unit=unit, before=-1.0 if kind == "after" else None)
    if not 0 < value < state.room or (kind == "after" and state.room < 100):
        return None
    if kind in ("tens", "dash") and not state.room <= 20:
        return None
    before = state.group if kind == "after" else state.before
    return replace(state, group=state.group + value, room=min(room, state.room), unit=unit, before=before)


def _scaled(state: NumberState, kind: str, value: float) -> NumberState | None:
    """Close the open group: thousands stay open for a greater scale, as in "hundred thousand million"."""
    if kind not in ("plain", "of") or state.unit < 0:
        return None
    if state.part:
        # "one billion and a quarter million"
        top = state.top or 1.0
        total = state.total + state.part * (value - top)
        return replace(state, total=total, part=0.0, high=value, top=value, products=2) if value < top else None
    state = replace(state, room=0.0, unit=0.0, article=False, written=True, before=None, products=state.products + 1)
    if value >= 1e6:
        if state.high is not None and value >= state.high:
            return None
        amount = (state.thousands + (state.group or 0.0)) or 1.0
        return replace(
            state, total=state.total + amount * value, thousands=0.0, group=None, high=value, top=value, fraction=False
        )
    if state.thousands and state.top is not None and value >= state.top:
        return None
    amount = state.group if state.group is not None else 1.0
    return replace(state, thousands=state.thousands + amount * value, group=None, top=value, fraction=False)


def _fraction(state: NumberState, kind: str, denominator: float) -> NumberState | None:
    if state.fraction or denominator <= 1:
        return None
    if kind == "with" or state.unit < 0:
        return _with_part(state, max(1.0, -state.unit) / denominator)
    if kind not in ("plain", "dash"):
        return None
    if state.group is None and state.thousands and not state.total and denominator >= 1000:
        # "a hundred thousand trillionths"
        return NumberState(group=state.thousands / denominator, fraction=True, written=True)
    if state.group is None or state.group != int(state.group):
        return None
    if state.before is not None:
        # "six million and two thirds", "one hundred and three quarters"
        part = (state.group - max(0.0, state.before)) / denominator
        if part >= 1 and state.before >= 0 and not state.total and not state.thousands:
            # "one hundred and thirty fifths"
            return NumberState(group=state.group / denominator, fraction=True, written=True)
        return _with_part(replace(state, group=state.before if state.before >= 0 else None), part)
    if not state.written:
        return None
    value = state.value / denominator
    return NumberState(group=value, fraction=True, written=True)


def _with_part(state: NumberState, part: float) -> NumberState | None:
    """Add a fraction: of one to a plain number, of its scale to a number that ends in one."""
    if part >= 1:
        return None
    state = replace(state, unit=0.0, article=False, room=0.0, fraction=True)
    if state.group is not None:
        return replace(state, group=state.group + part)
    return replace(state, total=state.total + part * (state.top or 1.0), part=part)


def _room(value: float, twenties: frozenset[float]) -> float:
    """Return what may be added to a word: less than a hundred to hundreds, less than ten to tens."""
    if value in twenties:
        return 20.0
    if 100 <= value < 1000 and value % 100 == 0:
        return 100.0
    return 10.0 if 20 <= value < 100 and value % 10 == 0 else 0.0
