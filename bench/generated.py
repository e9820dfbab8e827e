"""Documents with claims as large ledgers hold them, drawn at random from a world that is the same for all.

What is drawn, and why:

- A document holds fifty claims on one to four materials, as a market report does. Every material gets the same
  number of documents, so that each has at least a thirtieth of all claims.
- Claims speak of subjects: figures of the official statistics (a quarter, since many texts repeat those), series of
  countries, sites and their deals. How often a subject is spoken of falls with the root of its rank, and the last
  years are spoken of more. So a few slots hold a hundred claims, most a handful, and many one.
- Four fifths of the claims repeat the figure, 15 % round it to two digits, half of these with "about"; 2.5 % are
  estimates of their own, off by some per cent; 2 % have slipped: a power of ten, a short ton, another number. One
  that is off brings all claims of its slot into conflict; in articles that were read, some per cent of claims are.
- 4 % give only a bound, 8 % leave the period unsaid, 8 % the stage and the basis, and some are forecasts.

A document says one thing once and is published in the year of its latest fact at the earliest. None copies the
text of another; voices that share their numbers come about by themselves.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lodeclaim.claims.model import Claim
    from lodeclaim.documents.model import Document

__all__ = ["A_DOCUMENT", "MATERIALS", "documents"]

MATERIALS = (
    *("tungsten", "lithium", "cobalt", "copper", "graphite", "gallium", "germanium", "antimony", "bismuth", "boron"),
    *("magnesium", "manganese", "nickel", "niobium", "phosphorus", "scandium", "silicon", "strontium", "tantalum"),
    *("titanium", "vanadium", "neodymium", "dysprosium", "terbium", "praseodymium", "yttrium", "beryllium", "tin"),
    *("zinc", "lead"),
)
PLACES = (
    *("KAZ", "CHN", "USA", "AUS", "CAN", "CHL", "PER", "BRA", "ZAF", "COD", "RUS", "IND", "VNM", "MNG", "UZB", "TUR"),
    *("IDN", "PHL", "MMR", "THA", "JPN", "KOR", "DEU", "FRA", "ESP", "PRT", "SWE", "FIN", "NOR", "GBR", "POL", "AUT"),
    *("MEX", "ARG", "BOL", "COL", "MAR", "NAM", "ZMB", "ZWE", "TZA", "MOZ", "MDG", "RWA", "NGA", "GHA", "IRN", "SAU"),
    *("UKR", "GRC"),
)
A_DOCUMENT = 50
YEARS = range(2014, 2027)
#: Official figures that texts repeat, and the share of all claims that do.
_REPEATED = ("production", "reserve", "share", "capacity", "demand", "import_reliance")
_OFFICIAL = 0.25


class Subject(NamedTuple):
    """A figure as it is: the slots of a claim, the true value, and how often it is spoken of."""

    predicate: str
    material: str
    form: str | None
    stage: str | None
    place: str | None
    site: str | None
    actor: str | None
    kind: str | None
    unit: str
    basis: str | None
    year: int
    value: float
    weight: float


def documents(
    claims: int, seed: int = 11, first: int = 0, last: int | None = None
) -> Iterator[tuple[Document, list[Claim]]]:
    """Yield the documents from ``first`` to ``last`` of a ledger of so many claims; quotes stand at their places.

    Each document depends on the seed and its number alone.
    """
    end = claims // A_DOCUMENT
    for number in range(first, end if last is None else min(last, end)):
        yield _document(number, random.Random(f"{seed} {number}"))


def _document(number: int, chance: random.Random) -> tuple[Document, list[Claim]]:
    from lodeclaim.claims.identity import identify
    from lodeclaim.claims.model import Claim, Reason
    from lodeclaim.core.ids import content_hash
    from lodeclaim.documents.model import Document

    parts, said = [f"Report {number} of {chance.getrandbits(40):x}."], []
    at = len(parts[0]) + 1
    year = chance.choices(range(2016, 2027), weights=range(2, 13))[0]
    for subject in _subjects(number, year, chance):
        value, comparator, modality = _told(subject, year, chance)
        period = None if chance.random() < 0.08 else str(subject.year)
        unsaid = chance.random() < 0.08
        amount = f"{value:.12g} {subject.unit}"
        who = subject.actor or subject.site or subject.place
        words = f"{who} {subject.predicate} of {subject.material} {amount} in {period}, {chance.getrandbits(24):x}."
        start = at + words.index(amount)
        said.append((subject, value, comparator, modality, period, unsaid, start, amount))
        parts.append(words)
        at += len(words) + 1
    text = " ".join(parts)
    sha = content_hash(text.encode())
    document = Document(
        id=f"d{sha[:12]}", address=f"{number}.txt", text=text, sha256=sha, media_type="text/plain",
        encoding="utf-8", language="en", publisher=f"Paper {number % 97}",
        published=f"{year}-{chance.randrange(1, 13):02}",
    )  # fmt: skip
    return document, [
        identify(
            Claim(
                id="", source=document.id, locator=f"{start}:{start + len(amount)}", quote=amount,
                predicate=one.predicate, material=one.material, form=None if unsaid else one.form,
                stage=None if unsaid else one.stage, place=one.place, site=one.site, actor=one.actor, kind=one.kind,
                unit=one.unit, basis=None if unsaid else one.basis, value=value, period=period,
                comparator=comparator, modality=modality, confidence=round(0.7 + 0.3 * chance.random(), 2),
                reasons=(Reason(slot="material", rule="name", words=one.material, start=start, status="confirmed"),),
            )
        )
        for one, value, comparator, modality, period, unsaid, start, amount in said
    ]  # fmt: skip


def _subjects(number: int, year: int, chance: random.Random) -> Iterator[Subject]:
    """Fifty different subjects of the materials of a document, known in its year."""
    lead = number % len(MATERIALS)
    others = chance.randrange(4)
    # The leading material of a document moves on with its number, and the others follow it, so that none is rare.
    wanted = [MATERIALS[(lead + 7 * step) % len(MATERIALS)] for step in range(others + 1)]
    seen: set[int] = set()
    while len(seen) < A_DOCUMENT:
        known, weights = _known(wanted[len(seen) % len(wanted)], year)
        one = chance.choices(known, cum_weights=weights)[0]
        if id(one) not in seen:
            seen.add(id(one))
            yield one


def _told(subject: Subject, year: int, chance: random.Random) -> tuple[float, str, str]:
    """(value, comparator, modality) as a document of the year gives a subject."""
    modality = "actual" if subject.year < year else chance.choice(("actual", "estimated", "forecast", "planned"))
    value, draw = subject.value, chance.random()
    if draw < 0.04:
        return _below(value), ">", modality
    if draw < 0.805:
        return value, "=", modality
    if draw < 0.955:
        return _digits(value, 2), chance.choice("=~"), modality
    if draw < 0.98:
        return _digits(value * max(0.5, chance.gauss(1, 0.04)), 3), "=", modality
    if subject.unit == "%":
        return round(min(100.0, value * chance.uniform(0.5, 1.6)), 1), "=", modality
    slip = chance.choice((10.0, 10.0, 0.1, 0.001, 1.10231131, 1 / 1.10231131, chance.uniform(0.3, 3)))
    return _digits(value * slip, 4), "=", modality


@cache
def _known(material: str, year: int) -> tuple[list[Subject], list[float]]:
    """The subjects of a material that a document of the year can speak of, and their weights added up."""
    known = [one for one in _world(material) if one.year <= year]
    return known, list(accumulate(one.weight / (1 + year - one.year) for one in known))


@cache
def _world(material: str) -> list[Subject]:
    """All subjects of a material."""
    chance = random.Random(f"world of {material}")
    official = _official(material)
    total = max((one.value for one in official if one.place == "WLD" and one.predicate == "production"), default=1e4)
    told = {(one.predicate, one.place, one.year) for one in official}
    own: list[Subject] = []
    for rank, place in enumerate(chance.sample(PLACES, len(PLACES)), start=1):
        own += (
            one
            for one in _country(material, place, rank, total, chance)
            if (one.predicate, place, one.year) not in told
        )
        for number in range(chance.randrange(6) if rank <= 40 else 0):
            own += _site(material, place, f"{material} {place} {number}", total / rank / 8, chance)
    share = _OFFICIAL / (1 - _OFFICIAL) * sum(one.weight for one in own) / (sum(one.weight for one in official) or 1)
    return [*own, *(one._replace(weight=one.weight * share) for one in official)]


def _official(material: str) -> list[Subject]:
    """Figures of the statistics, the largest spoken of most."""
    import polars as pl

    from lodeclaim.ledger.store import Ledger

    with Ledger.memory() as ledger:
        frame = ledger.claims(material=material, predicate=_REPEATED)
    frame = frame.filter(pl.col("value") > 0, pl.col("comparator") == "=", pl.col("period").str.contains(r"^\d{4}$"))
    ordered = frame.sort(["value", "id"], descending=[True, False]).iter_rows(named=True)
    return [
        Subject(
            *(row[name] for name in Subject._fields[:10]),
            year=int(row["period"]), value=row["value"], weight=rank**-0.5,
        )
        for rank, row in enumerate(ordered, start=1)
    ]  # fmt: skip


def _country(material: str, place: str, rank: int, total: float, chance: random.Random) -> Iterator[Subject]:
    """Production, capacity and share of a country by year, and its resources."""
    part = 0.4 / rank * chance.uniform(0.7, 1.3)
    growth = chance.gauss(1.02, 0.03)
    for year in YEARS:
        grown = part * growth ** (year - 2020) * chance.gauss(1, 0.02)
        for predicate, stage, unit, basis, value in (
            ("production", "extraction", "t", "contained", _digits(total * grown, 3)),
            ("capacity", "processing", "t/yr", None, _digits(total * grown * 1.2, 2)),
            ("share", "processing", "%", None, round(min(99.0, 100 * grown), 1)),
        ):
            yield Subject(
                predicate, material, None, stage, place, None, None, None, unit, basis, year, value, rank**-0.5
            )
    value = _digits(total * part * 40, 3)
    for year in YEARS[::4]:
        yield Subject(
            "reserve",
            material,
            None,
            "extraction",
            place,
            None,
            None,
            "resource",
            "t",
            None,
            year,
            value,
            2 * rank**-0.5,
        )


def _site(material: str, place: str, name: str, size: float, chance: random.Random) -> Iterator[Subject]:
    """Output and capacity of a site in some years, what is in its ground, and a deal or two of its company."""
    site, company = f"name:Mine {name}", f"name:Company {name}"
    grade = round(chance.uniform(0.05, 3), 2)
    begun = chance.choice(YEARS[:8])
    weight = 0.6 * chance.random()
    for year in range(begun, YEARS[-1] + 1):
        for predicate, unit, value in (
            ("production", "t", _digits(size * chance.uniform(0.8, 1), 3)),
            ("capacity", "t/yr", _digits(size, 2)),
        ):
            yield Subject(
                predicate, material, None, "extraction", place, site, None, None, unit, "contained", year, value, weight
            )
    for predicate, kind, unit, value in (
        ("reserve", "proven", "t", _digits(size * 18, 3)),
        ("grade", None, "%", grade),
    ):
        yield Subject(predicate, material, None, None, place, site, None, kind, unit, None, begun, value, weight)
    for _ in range(chance.randrange(3)):
        value, year = _digits(10 ** chance.uniform(7, 9.5), 2), chance.choice(range(begun, YEARS[-1] + 1))
        yield Subject(
            "investment", material, None, None, place, site, company, None, "USD", None, year, value, 2 * weight
        )


def _digits(value: float, digits: int) -> float:
    """The value to so many digits that count."""
    return float(f"{value:.{digits}g}")


def _below(value: float) -> float:
    """The value cut to its first digit, as "over" gives it."""
    step = 10.0 ** math.floor(math.log10(value))
    return float(f"{math.floor(value / step) * step:.12g}")
