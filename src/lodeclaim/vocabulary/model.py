"""The records of the vocabulary. Each is one entry of a YAML or CSV file under ``data``."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

__all__ = [
    "Actor",
    "Country",
    "Form",
    "Group",
    "HsCode",
    "Instrument",
    "Listing",
    "Material",
    "OfficeHolder",
    "Owner",
    "Predicate",
    "Site",
    "Stage",
    "Unit",
]


class _Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Strict: a key that is not a field is an error, not a silent loss."""


class Form(_Entry, frozen=True, kw_only=True):
    """A chemical or trade form of a material.

    ``factor`` is the mass of contained element per mass of the form (WO3 → W 0.7930); None where it varies,
    as for ores and concentrates. ``of`` names the element or compound the factor leads to.
    """

    id: str
    name: str
    factor: float | None = None
    of: str | None = None
    source: str


class HsCode(_Entry, frozen=True, kw_only=True):
    """A six-digit Harmonized System code in which the material is traded."""

    code: str
    stage: str
    description: str
    source: str


class Listing(_Entry, frozen=True, kw_only=True):
    """Membership of a legal list, with the name that the list uses."""

    list: str
    name: str
    source: str


class Material(_Entry, frozen=True, kw_only=True):
    """A raw material or a group of them. ``members`` and ``part_of`` hold material ids."""

    id: str
    name: str
    symbol: str | None = None
    kind: Literal["element", "mineral", "group", "product"] = "element"
    members: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    hs: tuple[HsCode, ...] = ()
    lists: tuple[Listing, ...] = ()
    byproduct_of: tuple[str, ...] = ()
    source: str


class Stage(_Entry, frozen=True, kw_only=True):
    """A stage of the chain, from extraction to recycling."""

    id: str
    name: str
    definition: str
    source: str


class Predicate(_Entry, frozen=True, kw_only=True):
    """What a claim can say. ``units`` are unit classes; ``kinds`` refine the predicate."""

    id: str
    name: str
    definition: str
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    source: str


class Unit(_Entry, frozen=True, kw_only=True):
    """A unit and its factor to the canonical unit of its class (t, t/yr, %, USD …)."""

    id: str
    name: str
    dimension: str
    canonical: str
    factor: float
    source: str


class Instrument(_Entry, frozen=True, kw_only=True):
    """A form of money or bond between parties; ``firmness`` runs from 1 (talks) to 8 (disbursed)."""

    id: str
    name: str
    definition: str
    firmness: int
    source: str


class Country(_Entry, frozen=True, kw_only=True):
    """A country or territory of ISO 3166-1."""

    id: str
    iso2: str
    numeric: str
    name: str


class Group(_Entry, frozen=True, kw_only=True):
    """A group of countries; ``members`` are ISO 3166 alpha-3 codes."""

    id: str
    name: str
    members: tuple[str, ...]
    source: str


class OfficeHolder(_Entry, frozen=True, kw_only=True):
    """Who held an office and when; ``until`` is None while it lasts (as of the source)."""

    name: str
    office: str
    since: str | None = None
    until: str | None = None
    aliases: tuple[str, ...] = ()
    source: str


class Actor(_Entry, frozen=True, kw_only=True):
    """A company, ministry, bank or institution.

    ``home`` is where it is registered, ``control`` the country that controls it, directly or through its
    parents; None where that is not known. ``parent`` is an actor id. ``materials`` are what it extracts, processes,
    recycles or trades, ``uses`` what it only buys for what it makes: news of a carmaker is none of raw materials.
    """

    id: str
    name: str
    kind: Literal[
        "company",
        "state-company",
        "government",
        "ministry",
        "agency",
        "development-bank",
        "export-credit-agency",
        "fund",
        "institution",
        "exchange",
        "media",
    ]
    home: str
    control: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    office_holders: tuple[OfficeHolder, ...] = ()
    source: str


class Owner(_Entry, frozen=True, kw_only=True):
    """A stake in a site, in percent; None where it is held but its size is not known."""

    actor: str
    share: float | None = None
    since: str | None = None
    source: str


class Site(_Entry, frozen=True, kw_only=True):
    """A deposit, mine, plant or project. ``aliases`` are per language code."""

    id: str
    name: str
    kind: Literal["deposit", "mine", "plant", "refinery", "smelter", "project"]
    country: str
    region: str | None = None
    region_aliases: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    precision: Literal["exact", "approximate", "region"] | None = None
    materials: tuple[str, ...]
    stages: tuple[str, ...]
    status: Literal["operating", "construction", "development", "exploration", "suspended", "closed", "announced"]
    status_as_of: str | None = None
    operator: str | None = None
    owners: tuple[Owner, ...] = ()
    lists: tuple[Listing, ...] = ()
    source: str
