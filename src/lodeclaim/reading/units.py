"""Units as the contract counts them: class, canonical unit and factor of each unit id."""

from __future__ import annotations

from typing import Final, NamedTuple

from lodeclaim.reading.model import UnitClass

__all__ = ["GLUED_UNITS", "UNITS", "UnitFactor"]


class UnitFactor(NamedTuple):
    """What a unit of the text becomes: class, canonical unit, and the factor to it."""

    unit_class: UnitClass
    unit: str
    factor: float


#: Factors of the international avoirdupois pound (0.45359237 kg), its tons and the troy ounce; the rest are decimal.
UNITS: Final[dict[str, UnitFactor]] = {
    "t": UnitFactor("mass", "t", 1),
    "kt": UnitFactor("mass", "t", 1e3),
    "Mt": UnitFactor("mass", "t", 1e6),
    "kg": UnitFactor("mass", "t", 1e-3),
    "g": UnitFactor("mass", "t", 1e-6),
    "lb": UnitFactor("mass", "t", 0.45359237e-3),
    "Mlb": UnitFactor("mass", "t", 453.59237),
    "ozt": UnitFactor("mass", "t", 3.11034768e-5),
    "koz": UnitFactor("mass", "t", 3.11034768e-2),
    "Moz": UnitFactor("mass", "t", 31.1034768),
    "mtu": UnitFactor("mass", "t", 0.01),
    "short-ton": UnitFactor("mass", "t", 0.90718474),
    "long-ton": UnitFactor("mass", "t", 1.0160469088),
    "t/yr": UnitFactor("mass-rate", "t/yr", 1),
    "kt/yr": UnitFactor("mass-rate", "t/yr", 1e3),
    "Mt/yr": UnitFactor("mass-rate", "t/yr", 1e6),
    "t/day": UnitFactor("mass-rate", "t/day", 1),
    "%": UnitFactor("percent", "%", 1),
    "points": UnitFactor("points", "%", 1),
    "g/t": UnitFactor("grade", "g/t", 1),
    "ppm": UnitFactor("grade", "ppm", 1),
    "yr": UnitFactor("time", "yr", 1),
    "decade": UnitFactor("time", "yr", 10),
    "month": UnitFactor("time", "yr", 1 / 12),
    "km2": UnitFactor("area", "km2", 1),
    "ha": UnitFactor("area", "km2", 0.01),
}

#: Units written right behind the digits, in their exact spelling: "20kt", "5Mt".
GLUED_UNITS: Final = {
    "t": "t",
    "kt": "kt",
    "Mt": "Mt",
    "mt": "t",
    "kg": "kg",
    "g": "g",
    "lb": "lb",
    "lbs": "lb",
    "oz": "ozt",
    "koz": "koz",
    "Moz": "Moz",
    "Mlb": "Mlb",
    "ppm": "ppm",
    "tpa": "t/yr",
    "tpy": "t/yr",
    "ktpa": "kt/yr",
    "Mtpa": "Mt/yr",
    "tpd": "t/day",
    "ha": "ha",
    "km2": "km2",
}
