"""A number for display, with the claims it rests on; or what is missing for it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value with its interval, and the ids of the claims behind it.

    ``value`` is None where it cannot be computed; ``missing`` then says what is lacking. ``low`` and ``high``
    bound what the claims allow (None: no bound known). ``period`` is EDTF. ``basis`` is gross, contained, a
    compound, or None. ``reasons`` say in words how the value came about, most important first.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    period: str | None = None
    basis: str | None = None
    claims: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: str | None = None

    @classmethod
    def unknown(cls, missing: str, **known: object) -> Figure:
        """Return a figure that cannot be computed, saying what is missing."""
        return cls(value=None, missing=missing, **known)  # type: ignore[arg-type]
