"""What the checks look at: the claims of a table, put into slots, grouped and with the texts beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from lodeclaim.claims.model import Participant, Reason
from lodeclaim.core.period import Period
from lodeclaim.reconciliation.bulk import Cells, in_bulk
from lodeclaim.reconciliation.model import SlotKey, Statement
from lodeclaim.reconciliation.slots import slots
from lodeclaim.reconciliation.standing import credible_of
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Evidence", "Item", "gather", "period_of"]

#: Claims of one text within so many characters speak of one matter, where no sentence end parts them.
NEAR = 250

#: So many claims are all made into items at once.
_FEW = 2000
#: The slot and the statement of a claim that has none.
_NOWHERE: tuple[SlotKey | None, Statement | None] = (None, None)

#: No two claims share an id, and few a quote.
_DIFFERENT = ("id", "quote")

#: The cells of a row that an item takes over as they are, in the order of its fields.
_CELLS = (
    *("id", "source", "publisher", "published", "quote", "predicate", "material", "form", "stage", "place", "site"),
    *("actor", "counterparty", "kind", "value", "value_max", "unit", "comparator", "basis", "period", "modality"),
    *("instrument", "attributed_to"),
)


# One for each claim, so it must be cheap to make.
class Item(msgspec.Struct, frozen=True, gc=False):
    """One claim of a document as the checks see it: its slots, its place, and its statement if it has a number."""

    claim: str
    source: str
    publisher: str | None
    published: str | None
    quote: str
    predicate: str
    material: str | None
    form: str | None
    stage: str | None
    place: str | None
    site: str | None
    actor: str | None
    counterparty: str | None
    kind: str | None
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: str | None
    basis: str | None
    period: str | None
    modality: str
    instrument: str | None
    attributed_to: str | None
    voice: str
    start: int
    end: int
    flags: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    key: SlotKey | None
    statement: Statement | None

    @property
    def actors(self) -> frozenset[str]:
        """Who holds, pays, agrees: every actor and counterparty, countries among them."""
        named = [one for one in (self.actor, self.counterparty) if one]
        return frozenset(named + [entity for role, entity in self.others if role in ("actor", "counterparty")])

    @property
    def places(self) -> frozenset[str]:
        """Every country or region of the claim, its site's and its state parties included."""
        found = {self.place} | {entity for role, entity in self.others if role == "place"}
        site = load_vocabulary().sites.get(self.site or "")
        if site is not None:
            found.add(site.country)
        countries = load_vocabulary().countries
        found |= {one for one in self.actors if one in countries}
        return frozenset(one for one in found if one)

    @property
    def sites(self) -> frozenset[str]:
        """Every site of the claim."""
        return frozenset([self.site] if self.site else []) | {one for role, one in self.others if role == "site"}


class Evidence:
    """The claims of documents one by one, the official statistics by slot, and the texts where given."""

    def __init__(
        self,
        rows: pl.DataFrame,
        placed: Mapping[SlotKey, tuple[Statement, ...]],
        credible: dict[SlotKey, tuple[Statement, ...]],
        texts: Mapping[str, str],
        languages: Mapping[str, str],
    ) -> None:
        #: The claims as a table in order of source and place, in which some are found sooner than one by one.
        self.rows = rows
        #: Each row as an item, once it was asked for: of a large ledger the checks look at a part only.
        self._made: list[Item | None] = [None] * rows.height
        self.placed = placed
        self.credible = credible
        self.texts = texts
        self.languages = languages
        #: What checks have worked out of it and share, by name.
        self.shared: dict[str, Any] = {}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every claim, in order of source and place."""
        return tuple(self._at(range(self.rows.height)))

    def _at(self, places: Sequence[int]) -> list[Item]:
        """The items of some rows; those not asked for before are made in one go."""
        made = self._made
        lacking = [at for at in places if made[at] is None]
        if lacking:
            if len(made) <= _FEW:
                lacking = [at for at, item in enumerate(made) if item is None]
            for at, item in zip(lacking, self._items(lacking), strict=True):
                made[at] = item
        return [made[at] for at in places]  # type: ignore[misc]

    def _items(self, rows: Sequence[int]) -> list[Item]:
        """Make some rows into items, each with its slot and statement."""
        import numpy

        at = numpy.array(rows) if len(rows) < len(self._made) else None
        *cells, flags, others = (column.take(at) for column in self._columns)
        cells.append([tuple(words.split()) if words else () for words in flags])
        cells.append([_participants(words) if words else () for words in others])
        # what has no number stands in no slot
        places = [self._spots.get(claim, _NOWHERE) for claim in cells[0]]
        cells += [key for key, _ in places], [statement for _, statement in places]
        return list(map(Item, *cells))

    @cached_property
    def _columns(self) -> list[Cells]:
        """The columns that items are made of, in the order of their fields."""
        names = [name for name in self.rows.columns if name != "reasons"]
        return [Cells(self.rows[name], alike=name not in _DIFFERENT) for name in names]

    @cached_property
    def _spots(self) -> dict[str, tuple[SlotKey, Statement]]:
        """Claim → its slot and its statement."""
        return {one.claim: (key, one) for key, members in self.placed.items() for one in members}

    def where(self, *conditions: pl.Expr) -> list[Item]:
        """Return the claims whose rows meet all the conditions, in their order."""
        import polars as pl

        return self._at(self.rows.select(pl.all_horizontal(*conditions).arg_true()).to_series().to_list())

    def whys(self, *conditions: pl.Expr) -> Iterator[tuple[Item, tuple[Reason, ...]]]:
        """Yield the claims whose rows meet all the conditions, each with the reasons behind its slots.

        The reasons are long and few checks ask for them, so they stay in the table; a condition may search their text.
        """
        import polars as pl

        found = self.rows.select(pl.all_horizontal(*conditions).arg_true()).to_series()
        for item, text in zip(self._at(found.to_list()), self.rows["reasons"][found].to_list(), strict=True):
            yield item, msgspec.json.decode(text, type=tuple[Reason, ...]) if text else ()

    def numbers_on(self, *predicates: str) -> Sequence[Item]:
        """Return the claims of some predicates that give a number, in their order."""
        import polars as pl

        name = f"numbers on {' '.join(predicates)}"
        if name not in self.shared:
            self.shared[name] = self.where(pl.col("predicate").is_in(predicates), pl.col("value").is_not_null())
        found: list[Item] = self.shared[name]
        return found

    def by_id(self, claims: Iterable[str]) -> dict[str, Item]:
        """Return claim of a document → item for those of the claims that are there."""
        import polars as pl

        return {item.claim: item for item in self.where(pl.col("id").is_in(list(claims)))}

    @cached_property
    def by_source(self) -> dict[str, list[Item]]:
        """Source → its claims in order of place."""
        return {source: list(own) for source, own in groupby(self.items, attrgetter("source"))}

    @cached_property
    def official(self) -> dict[tuple[str, str | None, str | None], list[tuple[SlotKey, Statement]]]:
        """(predicate, material, place) → the statistics on it, latest period last."""
        found: dict[tuple[str, str | None, str | None], list[tuple[SlotKey, Statement]]] = {}
        for key, members in self.credible.items():
            for one in members:
                if one.origin == "statistics":
                    found.setdefault((key.predicate, key.material, key.place), []).append((key, one))
        for rows in found.values():
            rows.sort(key=lambda row: (row[0].period, row[1].claim))
        return found

    @staticmethod
    def grouped(items: Iterable[Item], by: Callable[[Item], Any]) -> dict[Any, list[Item]]:
        """Return the items by what ``by`` gives, each group in order of source and place."""
        groups: defaultdict[Hashable, list[Item]] = defaultdict(list)
        for item in items:
            groups[by(item)].append(item)
        return dict(groups)

    def near(self, one: Item, other: Item, limit: int = NEAR) -> bool:
        """Whether two claims stand in one sentence, or within ``limit`` characters where the text is not at hand."""
        if one.source != other.source:
            return False
        first, second = (one, other) if one.start <= other.start else (other, one)
        if second.start - first.end > limit:
            return False
        text = self.texts.get(one.source)
        return text is None or not _parted(text[first.end : second.start])

    def runs(self, items: Iterable[Item], limit: int = NEAR) -> list[list[Item]]:
        """Return the items cut into runs of which each stands near the one before it."""
        found: list[list[Item]] = []
        ordered = sorted(items, key=lambda item: (item.source, item.start, item.claim))
        if ordered:
            found.append([ordered[0]])
        for before, item in pairwise(ordered):
            if self.near(before, item, limit):
                found[-1].append(item)
            else:
                found.append([item])
        return found

    def nearest(self, source: str, start: int, end: int, limit: int = 600) -> Item | None:
        """Return the claim of a text at, or else nearest to, the words at ``start:end``."""
        best: tuple[int, str, Item] | None = None
        for item in self.by_source.get(source, ()):
            gap = max(0, item.start - end, start - item.end)
            if gap <= limit and (best is None or (gap, item.claim) < best[:2]):
                best = (gap, item.claim, item)
        return best[2] if best else None


def gather(
    frame: pl.DataFrame,
    texts: Mapping[str, str] | None = None,
    languages: Mapping[str, str] | None = None,
    placed: Mapping[SlotKey, tuple[Statement, ...]] | None = None,
) -> Evidence:
    """Return the evidence in a table of claims (columns of ``claims.table`` and those the ledger adds).

    Claims that a person rejected or that were merged into others are left out; slots whose official vintage
    has been revised keep the latest one. ``placed`` are the slots of the table where they are known already.
    """
    import polars as pl

    if placed is None:
        placed = slots(frame)
    if "standing" in frame.columns:
        frame = frame.filter(pl.col("standing").is_null() | (pl.col("standing") != "deprecated"))
    if "merged" in frame.columns:
        frame = frame.filter(pl.col("merged").is_null())
    credible = {key: kept for key, members in placed.items() if (kept := credible_of(members))}
    documents = frame
    if "origin" in frame.columns:
        documents = frame.filter(pl.col("origin").is_null() | (pl.col("origin") != "statistics"))
    with in_bulk():
        rows = _ordered(documents)
        return Evidence(rows, placed, credible, texts or {}, languages or {})


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """The claims in order of source and place, with the columns that items have."""
    import polars as pl

    spots = [
        pl.col("locator").str.extract(r"^(\d+):(\d+)$", group).cast(pl.Int64).fill_null(0).alias(name)
        for group, name in ((1, "start"), (2, "end"))
    ]
    lacking = [
        pl.lit(None, pl.String).alias(name) for name in ("publisher", "published", "voice") if name not in rows.columns
    ]
    rows = rows.rechunk().with_columns(*spots, *lacking)
    # The order is found on the few columns that make it, and the wide rows are moved but once.
    order = rows.select("id", "source", "start").with_row_index("_at").unique("id").sort("source", "start", "id")["_at"]
    voice = pl.coalesce("voice", "source").alias("voice")
    return rows.select(*_CELLS, voice, "start", "end", "flags", "others", "reasons")[order]


def _participants(others: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.role, one.entity) for one in msgspec.json.decode(others, type=tuple[Participant, ...]))


def _parted(between: str) -> bool:
    """Whether a sentence or paragraph ends in the words between two claims."""
    if "\n" in between:
        return True
    return any(
        sign in ".!?" and between[at + 1 : at + 2] == " " and between[at + 2 : at + 3].isupper() and at > 2
        for at, sign in enumerate(between)
    )


@lru_cache(maxsize=4096)
def period_of(text: str | None) -> Period | None:
    """Return the period a slot names, or None where it names none that is understood."""
    try:
        return Period.parse(text) if text else None
    except ValueError:
        return None
