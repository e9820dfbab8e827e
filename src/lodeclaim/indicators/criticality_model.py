"""The records of the criticality assessment: who supplies, what else enters supply risk, and the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lodeclaim.claims.figure import Figure

__all__ = ["Contribution", "EconomicImportance", "EndUse", "Supplier", "SupplyRisk", "SupplyRiskInputs", "SupplyUsed"]

#: Which supply enters: the world's and the Union's, or one of them where the other is not known well enough.
SupplyUsed = Literal["both", "global", "eu"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """One country in a supply: its share in percent, its governance (0–10, 10 worst) and its trade parameter t.

    t is 1 where no measure restricts exports, above 1 where one does, below 1 within the Union.
    """

    place: str
    share: Figure
    governance: Figure
    restriction: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRiskInputs:
    """Every term of the supply risk of one material at one stage; each can be replaced.

    ``global_supply`` and ``eu_sourcing`` give the weighted indices; where only the indices are known they stand in
    ``hhi_global`` and ``hhi_eu``. ``import_reliance`` (IR) and ``recycling`` (EoL-RIR) are in percent,
    ``substitution`` (SI_SR) on 0 to 1. ``mitigation`` is (1 - EoL-RIR) · SI_SR as one number, used where the two
    are not known apart. ``supply_used`` None lets the formula decide.
    """

    material: str
    stage: str | None
    period: str | None = None
    form: str | None = None
    global_supply: tuple[Supplier, ...] = ()
    eu_sourcing: tuple[Supplier, ...] = ()
    hhi_global: Figure | None = None
    hhi_eu: Figure | None = None
    import_reliance: Figure | None = None
    recycling: Figure | None = None
    substitution: Figure | None = None
    mitigation: Figure | None = None
    supply_used: SupplyUsed | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one country adds to a supply risk; all contributions of a result add up to its value."""

    supply: Literal["global", "eu"]
    place: str
    amount: float
    share: float
    restriction: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRisk:
    """The supply risk of a material at one stage, with every term it was computed from.

    ``terms`` holds, by name: hhi_global, hhi_eu, import_reliance, core (the bracket of the formula), recycling,
    substitution, mitigation. ``critical`` tells whether the value reaches the legal threshold; None where it is
    not known, which includes an interval that lies on both sides while there is no value.
    """

    material: str
    stage: str | None
    figure: Figure
    terms: Mapping[str, Figure]
    supply_used: SupplyUsed
    contributions: tuple[Contribution, ...] = ()
    inputs: SupplyRiskInputs | None = None
    notes: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """The supply risk, None where it cannot be computed."""
        return self.figure.value

    @property
    def low(self) -> float | None:
        """The least the inputs allow."""
        return self.figure.low

    @property
    def high(self) -> float | None:
        """The most the inputs allow."""
        return self.figure.high

    @property
    def missing(self) -> str | None:
        """What is lacking, where there is no value."""
        return self.figure.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUse:
    """A use of a material: its share of consumption in percent, and the value added of its sector (NACE division)."""

    application: str
    share: Figure
    sector: str
    value_added: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicImportance:
    """The economic importance of a material: the result, the sum before substitution, and its uses."""

    material: str
    figure: Figure
    before_substitution: Figure
    uses: tuple[EndUse, ...]

    @property
    def value(self) -> float | None:
        """The economic importance, None where it cannot be computed."""
        return self.figure.value
