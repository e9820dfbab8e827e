"""The records of the indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.figure import Figure
from lodeclaim.reconciliation.model import Disagreement

__all__ = ["UNKNOWN_CONTROL", "By", "Composition", "Concentration", "Holding", "Reserve", "Share"]

By = Literal["territory", "control"]

#: Stands in a share's ``place`` for production whose controlling country is not known.
UNKNOWN_CONTROL = "control not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of one country in the world, in percent, and the quantity it was computed from, where there is one."""

    place: str
    figure: Figure
    quantity: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a site: ``control`` is the country that controls the actor, None where that is not known.

    ``stake`` in percent, None where its size is not known; ``quantity`` the site's output, where claims give it.
    """

    site: str
    place: str
    actor: str
    control: str | None
    stake: float | None
    quantity: Figure | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A world total and its parts in one unit, basis and period: what shares are computed from.

    ``residual`` is what belongs to no named country. ``kind`` tells quantities from published shares.
    """

    kind: Literal["quantities", "shares"]
    parts: dict[str, Figure]
    total: Figure
    residual: Figure
    period: str
    basis: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How concentrated a stage is.

    ``shares`` in percent, largest first. ``hhi``: sum of squared shares on the scale 0 to 1 (1: one country
    has all; times 10,000 on the scale of competition authorities). ``total`` in its own unit. ``period`` is
    EDTF, ``year`` its year where it is one. ``missing`` says why there is no result.
    """

    material: str
    stage: str
    by: By
    shares: tuple[Share, ...]
    hhi: Figure
    total: Figure
    residual: Figure
    year: int | None
    period: str | None
    basis: str | None
    notes: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()
    missing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Reserves or resources of one country or site, with the disagreement on them, if any.

    ``kind`` is the class (reserve, resource, proven …), None where no source states it. ``world_share`` in
    percent, for countries where the world total is known in the same basis and class.
    """

    place: str | None
    site: str | None
    kind: str | None
    figure: Figure
    world_share: Figure | None = None
    disagreement: Disagreement | None = None
