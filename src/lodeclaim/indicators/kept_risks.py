"""Supply risks that are asked for again: by other years with the same inputs, or in a group and by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lodeclaim.claims.figure import Figure
from lodeclaim.indicators.criticality_model import Supplier, SupplyRisk, SupplyRiskInputs
from lodeclaim.indicators.supply_risk import supply_risk
from lodeclaim.indicators.weighted_hhi import weighted_hhi

__all__ = ["KeptRisks", "no_score"]

Suppliers = tuple[Supplier, ...]


class KeptRisks:
    """Computes once what rests on the very same inputs; these are told by identity, and kept alive here."""

    def __init__(self) -> None:
        self._risks: dict[tuple[int, ...], tuple[SupplyRisk, SupplyRiskInputs]] = {}
        self._indices: dict[tuple[int, str | None], tuple[Figure, Suppliers]] = {}
        self._scored: dict[tuple[int, int], tuple[Suppliers, Suppliers, Mapping[str, Figure]]] = {}

    def risk(self, inputs: SupplyRiskInputs) -> SupplyRisk:
        """Return supply_risk(inputs); inputs that differ in their notes only share it."""
        key = tuple(id(getattr(inputs, one.name)) for one in dataclasses.fields(inputs) if one.name != "notes")
        if key not in self._risks:
            self._risks[key] = supply_risk(dataclasses.replace(inputs, notes=()), index=self.index), inputs
        risk, _ = self._risks[key]
        return dataclasses.replace(risk, inputs=inputs, notes=(*inputs.notes, *risk.notes))

    def index(self, suppliers: Suppliers, *, period: str | None) -> Figure:
        """Return weighted_hhi(suppliers)."""
        key = (id(suppliers), period)
        if key not in self._indices:
            self._indices[key] = weighted_hhi(suppliers, period=period), suppliers
        return self._indices[key][0]

    def with_scores(self, suppliers: Suppliers, scores: Mapping[str, Figure]) -> Suppliers:
        """Return the suppliers with the governance of other years."""
        key = (id(suppliers), id(scores))
        if key not in self._scored:
            scored = tuple(
                dataclasses.replace(one, governance=scores.get(one.place) or no_score(one.place)) for one in suppliers
            )
            self._scored[key] = scored, suppliers, scores
        return self._scored[key][0]


def no_score(place: str) -> Figure:
    """Return the governance of a country that has no score: anything from best to worst."""
    return Figure.unknown(f"governance of {place}", low=0.0, high=10.0)
