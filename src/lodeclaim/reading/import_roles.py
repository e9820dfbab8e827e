"""Who imports and from where: shares of suppliers and reliance on imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lodeclaim.reading.model import Link
from lodeclaim.reading.numbered_countries import stands_before
from lodeclaim.reading.slots import Filled, Filler

__all__ = ["rely", "supply"]

#: How far behind "depends on" the country stands.
_RIGHT_BEHIND: Final = 5
#: Words that speak of imports are triggers of these and of trade.
_OF_IMPORTS: Final = ("supplier_share", "import_reliance")
#: How far behind a percentage of imports the country stands that it falls to, and the roles that say so.
_OF_WHOLE: Final = 45
_ALLOTTED: Final = ("on", "to", "by")
#: How far behind "needs" their owner begins: "besoins en uranium de l'Union européenne".
_OWNED: Final = 26
#: How far the imports stand from the country that buys them: "U.S. rare earth imports", "Importe Deutschlands".
_IMPORTS_BEHIND, _IMPORTS_BEFORE = 14, 4


def _importer(filler: Filler, filled: Filled, exclude: str | None = None) -> None:
    countries = [link for link in filler.countries() if link.entity != exclude]
    origins = [link for link in countries if _numbered(filler, link)]
    if len(origins) > 1:
        # of a list of origins none imports
        countries = [link for link in countries if link not in origins]
    own = [link for link in countries if filler.role(link) != "from"]
    link = filler.left(own) or filler.nearest([link for link in own if filler.role(link) is not None])
    if link is not None:
        filled.put(filler.text, "place", link)
    elif not filler.recall(filled, "place", "place", exclude=(exclude,)) and own:
        # "it relies on imports for 85 percent …, and China supplied most": the country before, not the one behind
        filled.put(filler.text, "place", own[0])


def supply(filler: Filler, filled: Filled) -> None:
    """Supplier share: who imports (place) and from where (counterparty)."""
    filler.material(filled)
    filler.stage(filled)
    countries = filler.countries()
    if filler.paired and len({link.entity for link in countries}) == 1:
        # "Israel and Turkey followed with 3 and 2 percent respectively"
        filled.put(filler.text, "counterparty", countries[0])
        filler.recall(filled, "place", "importer", exclude=(countries[0].entity,))
        return
    if _part_of_whole(filler, filled, countries):
        return
    user = _used_by(filler, countries)
    source = filler.left([link for link in countries if user is None or link.entity != user.entity])
    if user is not None and source is not None:
        filled.put(filler.text, "counterparty", source)
        filled.put(filler.text, "place", user)
        return
    importer = _whose_imports(filler, countries)
    if _delivers(filler, filled, countries) or _alone(filler, countries):
        return
    listed = _listed_origin(filler, countries) if importer is None else None
    if listed is not None:
        filled.put(filler.text, "counterparty", listed)
        buyer = filler.left(filler.mentions.actors)
        if buyer is not None:
            filled.put(filler.text, "actor", buyer)
        if buyer is None or not filler.home_of([buyer], filled, "place", "country of the buyer"):
            filler.recall(filled, "place", "place", exclude=tuple(link.entity for link in countries))
        return
    near = filler.right(countries, within=40)
    from_elsewhere = "from" in filler.grammar.prepositions.at(filler.text, filler.end)
    if (before := _right_before(filler, countries)) is not None:
        origin: Link | None = before
    elif importer is not None and (near is None or filler.role(near) != "from"):
        # "China supplied 21 percent of U.S. imports": what is left is where they come from
        others = [link for link in countries if link.entity != importer.entity]
        sources = [link for link in others if filler.role(link) == "from"]
        origin = filler.nearest(sources) or (None if from_elsewhere else filler.left(others))
    elif near is None and from_elsewhere:
        origin = None
    elif near is not None and filler.role(near) == "from":
        origin = near
    else:
        sources = [link for link in countries if filler.role(link) == "from"]
        origin = filler.nearest(sources) if len(sources) == 1 or not near else near
        if origin is None and near is None:
            origin = filler.left(countries) if len(countries) > 1 else None
    if origin is not None and len({link.entity for link in countries}) >= 1:
        filled.put(filler.text, "counterparty", origin)
    if importer is not None and (origin is None or origin.entity != importer.entity):
        filled.put(filler.text, "place", importer)
    else:
        _importer(filler, filled, origin.entity if origin else None)


def _part_of_whole(filler: Filler, filled: Filled, countries: Sequence[Link]) -> bool:
    """Fill who has how much of imports or needs named as such: "China accounted for 65 percent of the imports".

    Tell whether it is told so; where a country stands behind "from" it is told otherwise.
    """
    if any(filler.role(link) == "from" for link in countries):
        return False
    deliverer = _delivered_by(filler, countries)
    wholes = _wholes(filler)
    if deliverer is None and not wholes:
        return False
    owner = _owner(filler, wholes, countries)
    rest = [link for link in countries if owner is None or link.entity != owner.entity]
    behind = filler.right(rest, within=_OF_WHOLE)
    if behind is not None and filler.role(behind) not in _ALLOTTED:
        behind = None
    origin = deliverer or behind or filler.left(rest)
    if origin is not None:
        filled.put(filler.text, "counterparty", origin)
    elif owner is None or not filler.recall(filled, "counterparty", "place", exclude=(owner.entity,)):
        return False
    if owner is not None and (origin is None or origin.entity != owner.entity):
        filled.put(filler.text, "place", owner)
    elif deliverer is not None and (buyer := filler.nearest(rest, exclude=(deliverer.entity,))) is not None:
        filled.put(filler.text, "place", buyer)
    else:
        filler.recall(filled, "place", "place", exclude=(filled.slots.get("counterparty"),))
    return True


def _delivered_by(filler: Filler, countries: Sequence[Link]) -> Link | None:
    """Return the country that delivers in the passive: "89 percent was supplied by China"."""
    words = filler.sentence.of("delivered")
    by = next((link for link in countries if link.start >= filler.end and filler.role(link) == "by"), None)
    if by is None or not any(hit.end <= by.start for hit in words):
        return None
    return None if filler.beyond_other(by) else by


def _wholes(filler: Filler) -> list[tuple[int, int]]:
    """Where imports or needs are named that shares are of, or that somebody covers."""
    sentence = filler.sentence
    covered = bool(sentence.of("covers"))
    shares = any(hit.value == ("share", 1.0) for hit in sentence.of("trigger"))
    imports = [hit for hit in sentence.of("kind") if hit.value == ("trade", "import")] if shares else []
    needs = [hit for hit in sentence.of("trigger") if hit.value == ("demand", 1.0)] if covered else []
    return sorted({(hit.start, hit.end) for hit in (*imports, *needs)})


def _owner(filler: Filler, wholes: Sequence[tuple[int, int]], countries: Sequence[Link]) -> Link | None:
    """Return the country whose imports or needs they are: "the EU's uranium needs", "besoins en uranium de l'Union"."""
    for start, end in wholes:
        for link in countries:
            if 0 <= start - link.end <= _IMPORTS_BEHIND:
                return link
            if 0 < link.start - end <= _OWNED and filler.role(link) == "of":
                return link
    return None


def _right_before(filler: Filler, countries: Sequence[Link]) -> Link | None:
    """Return the origin that stands right before the percentage: "from Australia 61%", "from Chile (61%), Peru (18%)".

    Of a list the first item alone says "from".
    """
    link = filler.left(countries)
    if link is None or not stands_before(filler.text, filler.grammar, link.end, filler.start):
        return None
    first = next((other for other in countries if filler.role(other) == "from"), None)
    listed = first is not None and first.start < link.start and _numbered(filler, first)
    return link if listed or filler.role(link) == "from" else None


def _numbered(filler: Filler, link: Link) -> bool:
    """Tell whether a percentage stands right behind a country: "Australia (61%)"."""
    return any(
        stands_before(filler.text, filler.grammar, link.end, other.start)
        for other in filler.sentence.quantities
        if other.unit_class == "percent"
    )


def _listed_origin(filler: Filler, countries: Sequence[Link]) -> Link | None:
    """Return the country right before the percentage in a list of suppliers: "Brazil – 45%, Rwanda – 30%".

    Nothing in the sentence says "from": either the list has several countries, or the sentence before spoke of imports.
    """
    link = filler.left(countries)
    if link is None or any(filler.role(other) == "from" for other in countries):
        return None
    if any(sign.isdigit() for sign in filler.text[link.end : filler.start]):
        return None
    told = any(hit.value == ("supplier_share", 1.0) for hit in filler.sentence.of("trigger"))
    percentages = sum(quantity.unit_class == "percent" for quantity in filler.sentence.quantities)
    several = percentages > 1 and len({other.entity for other in countries}) > 1
    return link if several or not told else None


def _delivers(filler: Filler, filled: Filled, countries: Sequence[Link]) -> bool:
    """Fill who delivers and to whom: "the country delivers 65 percent of the Union's phosphorus".

    Tell whether the sentence says so.
    """
    verbs = filler.sentence.every.within("delivers", filler.sentence.start, filler.start)
    buyers = [link for link in countries if link.start >= filler.end]
    if not verbs or filler.left(countries) is not None or len({link.entity for link in buyers}) != 1:
        return False
    if not filler.recall(filled, "counterparty", "place", exclude=(buyers[0].entity,)):
        return False
    filled.put(filler.text, "place", buyers[0])
    return True


def _alone(filler: Filler, countries: Sequence[Link]) -> bool:
    """Tell of "Indonesia supplied 65 percent of mined nickel" that nobody imports: it is a share.

    Unless the sentence before told of imports, which this one goes on with.
    """
    verbs = filler.sentence.every.within("delivers", filler.sentence.start, filler.start)
    told = filler.discourse.predicates.get("percent") in ("supplier_share", "import_reliance")
    several = len({link.entity for link in countries}) != 1
    return bool(verbs) and not told and not several and all(link.end <= filler.start for link in countries)


def _used_by(filler: Filler, countries: Sequence[Link]) -> Link | None:
    """Return the country behind "by" that uses what another delivers: "97 % du magnésium utilisé par l'UE"."""
    return next((link for link in countries if link.start >= filler.end and filler.role(link) == "by"), None)


def _whose_imports(filler: Filler, countries: Sequence[Link]) -> Link | None:
    """Return the country whose imports the sentence speaks of: "U.S. gallium imports", "las importaciones alemanas"."""
    triggers = filler.sentence.of("trigger")
    # what is delivered is that of the supplier
    traded = {hit.start for hit in triggers if hit.value[0] == "trade"}
    traded -= {hit.start for hit in filler.sentence.of("delivers")}
    imports = [hit for hit in triggers if hit.value[0] in _OF_IMPORTS and hit.start in traded]
    imports += [hit for hit in filler.sentence.of("kind") if hit.value == ("trade", "import") and hit.start in traded]
    for link in countries:
        if filler.role(link) != "from" and any(
            0 <= hit.start - link.end <= _IMPORTS_BEHIND or 0 <= link.start - hit.end <= _IMPORTS_BEFORE
            for hit in imports
        ):
            return link
    return None


def rely(filler: Filler, filled: Filled) -> None:
    """Import reliance: the importer, and the origin where one is named."""
    filler.material(filled)
    sources = [link for link in filler.countries() if filler.role(link) == "from"]
    origin = filler.nearest(sources) or _depended_on(filler)
    _importer(filler, filled, origin.entity if origin else None)
    if origin is not None and origin.entity != filled.slots.get("place"):
        filled.put(filler.text, "counterparty", origin)


def _depended_on(filler: Filler) -> Link | None:
    """Return the country right behind "depends on" where another stands before it."""
    words = [hit for hit in filler.sentence.of("trigger") if hit.value == ("import_reliance", 1.0)]
    countries = filler.countries()
    return next(
        (
            link
            for hit in words
            for link in countries
            if 0 < link.start - hit.end <= _RIGHT_BEHIND
            and any(other.end <= hit.start and other.entity != link.entity for other in countries)
        ),
        None,
    )
