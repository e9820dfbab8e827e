"""Rows of a published table become claims by its layout, or are counted with the reason why they give none."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import StatisticsError
from lodeclaim.core.period import Period
from lodeclaim.statistics.gaps import Wide
from lodeclaim.statistics.layout import Layout, Measure, PlaceColumn, Rule, WideHeading
from lodeclaim.statistics.places import known_place
from lodeclaim.statistics.products import product_of
from lodeclaim.statistics.table_file import Row, Table, sheet_key
from lodeclaim.statistics.tokens import Token, read_token
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["Claiming"]

Slots = dict[str, Any]
_MASSES = frozenset({"mass", "mass-rate", "mass-per-day"})


@dataclass(frozen=True, slots=True)
class _Rule:
    tests: tuple[tuple[str, re.Pattern[str]], ...]
    rule: Rule

    def fits(self, cells: dict[str, str]) -> bool:
        return all(pattern.search(cells.get(column, "")) for column, pattern in self.tests)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One number of a row: the measure, the column it stands in, its period, and the cells with its names."""

    measure: Measure
    column: str
    period: str | None
    cells: dict[str, str]


@dataclass(slots=True)
class Claiming:
    """Turns the tables of one file into claims of one source; ``skipped`` counts what gave none, by reason.

    ``wide`` holds the rows of headings wider than a material, under which countries may be hidden.
    """

    layout: Layout
    source: str
    mark: str | None = None
    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    wide: list[Wide] = field(default_factory=list)
    _rules: tuple[_Rule, ...] = ()
    _seen: dict[tuple[object, ...], tuple[str, Claim]] = field(default_factory=dict)
    _places: dict[tuple[str, str], str] = field(default_factory=dict)
    _periods: dict[tuple[str | None, str], str | None] = field(default_factory=dict)
    _counted: int = 0

    def __post_init__(self) -> None:
        self._rules = tuple(
            _Rule(tuple((column, re.compile(text, re.IGNORECASE)) for column, text in rule.when.items()), rule)
            for rule in self.layout.rules
        )

    def claims(self, tables: Iterable[Table]) -> Iterator[Claim]:
        """Yield the claims in the order of the rows; rows of several sheets are counted on.

        Raises StatisticsError, naming file, row and remedy, for a country, unit, product or cell that the layout
        does not explain, and for a row that repeats another.
        """
        sheets = {sheet_key(name): slots for name, slots in self.layout.sheets.items()}
        for table in tables:
            shared = sheets.get(sheet_key(table.sheet)) if table.sheet is not None and sheets else {}
            if shared is None or not table.columns:
                self.skipped[f"sheet of no material of the vocabulary: {table.sheet}"] += 1
                continue
            columns = self._columns(table)
            for row in table.rows:
                self._counted += 1
                self.rows += 1
                yield from self._of_row(table, row, shared, columns)

    def _columns(self, table: Table) -> list[tuple[Measure, str, str | None]]:
        """Which columns hold numbers, and the period that the name of a column gives."""
        found = []
        for measure in self.layout.measures:
            matched = False
            for column in table.columns:
                match = re.fullmatch(measure.column, column) if measure.pattern else None
                if match or (not measure.pattern and column == measure.column):
                    matched = True
                    period = match.expand(measure.period) if match and measure.period else measure.period
                    found.append((measure, column, period))
            if not matched and measure.column not in self.layout.optional and not measure.pattern:
                raise StatisticsError(
                    f"no column {measure.column!r} for numbers", where=table.file, remedy="Check the layout"
                )
        if not found:
            raise StatisticsError(
                "no column holds numbers",
                where=table.file,
                remedy=f"The layout {self.layout.id} looks for {', '.join(m.column for m in self.layout.measures)}",
            )
        return found

    def _of_row(
        self, table: Table, row: Row, shared: Slots, columns: list[tuple[Measure, str, str | None]]
    ) -> Iterator[Claim]:
        for column, values in self.layout.keep.items():
            if row.cells.get(column, "").strip() not in values:
                self.skipped[f"{column} is not {' or '.join(values)}"] += 1
                return
        where = table.where(row)
        made, reasons = 0, Counter[str]()
        for measure, column, period in columns:
            cells = row.cells | {
                "@measure": column,
                "@sheet": table.sheet or "",
                "@note": row.cells.get(measure.note or "", ""),
            }
            found = list(self._of_cell(_Cell(measure, column, period, cells), shared, where))
            for one in found:
                if isinstance(one, str):
                    reasons[one] += 1
                else:
                    made += 1
                    yield self._once(one, where)
        if not made:
            self.skipped[min(reasons, key=lambda one: (-reasons[one], one)) if reasons else "no number"] += 1

    def _of_cell(self, one: _Cell, shared: Slots, where: str) -> Iterator[Claim | str]:
        """Yield the claims of one number, one for each material its product stands for, or why there is none."""
        layout = self.layout
        slots, flags = self._slots(one, shared)
        if (why := slots.get("skip")) is not None:
            yield str(why)
            return
        token = self._token(one, where)
        if isinstance(token, str):
            yield token
            return
        materials: tuple[str | None, ...] = (slots.get("material"),)
        if layout.product is not None:
            code = one.cells[layout.product.column].strip()
            product = product_of(code)
            if product is None or not code.isdigit():
                yield "product of no material of the vocabulary"
                return
            materials = product.materials
            slots = {"stage": product.stage, "form": f"{self._edition(one, where)}-{code}"} | slots
            if len(materials) > 1:
                flags.append("shared-code")
        if slots.get("predicate") is None:
            yield "no rule of the layout says what it is"
            return
        if (heading := self._heading(one)) is not None:
            self._note_heading(heading, one, token, where)
        if materials == (None,) and slots["predicate"] != "governance":
            yield f"no material of the vocabulary: {self._subject(one)}"
            return
        unit, factor = self._unit(one, slots, where)
        token = token.scaled(factor)
        self._check(token, one, where)
        place = slots.get("place") or self._place(layout.place, one, where)
        counterparty = self._place(layout.counterparty, one, where)
        if place is None:
            yield f"no place is meant: {one.cells.get(layout.place.column, '') if layout.place else ''}"
            return
        kind = slots.get("kind")
        for material in materials:
            yield Claim(
                id="",
                source=self.source,
                locator=f"row:{self._counted}",
                quote=self._quote(one),
                predicate=slots["predicate"],
                material=material,
                form=slots.get("form"),
                stage=slots.get("stage"),
                place=place,
                counterparty=counterparty,
                kind=f"{kind}@{self.mark}" if self.mark and kind else kind,
                value=token.value,
                value_max=token.value_max,
                unit=unit,
                comparator=token.comparator,
                basis=slots.get("basis") if _weighs(unit) else None,
                period=self._period(one, where),
                modality=slots.get("modality") or "actual",
                reader="statistics",
                flags=tuple(dict.fromkeys((*token.flags, *_place_flags(place), *flags))),
            )

    def _heading(self, one: _Cell) -> WideHeading | None:
        for heading in self.layout.headings:
            if all(re.search(text, one.cells.get(column, ""), re.IGNORECASE) for column, text in heading.when.items()):
                return heading
        return None

    def _note_heading(self, heading: WideHeading, one: _Cell, token: Token, where: str) -> None:
        place, period = self._place(self.layout.place, one, where), self._period(one, where)
        unit, factor = self._unit(one, {}, where)
        if place is not None and period is not None and token.value is not None:
            self.wide.append(Wide(heading.within, heading.name, unit, period, place, token.value * factor))

    def _slots(self, one: _Cell, shared: Slots) -> tuple[Slots, list[str]]:
        """Each slot from the first that names it: measure, rules in their order, sheet, table."""
        slots: Slots = dict(one.measure.set)
        for slot, column in self.layout.read.items():
            if cell := one.cells.get(column, "").strip():
                slots.setdefault(slot, cell)
        flags: list[str] = []
        for rule in self._rules:
            if rule.fits(one.cells):
                for slot, value in rule.rule.set.items():
                    slots.setdefault(slot, value)
                if rule.rule.flag:
                    flags.append(rule.rule.flag)
        return self.layout.set | shared | slots, flags

    def _token(self, one: _Cell, where: str) -> Token | str:
        text = one.cells[one.column].strip()
        note = one.cells["@note"]
        if not text:
            for pattern, flag in self.layout.notes.items():
                if re.search(pattern, note, re.IGNORECASE):
                    return Token(None, comparator=None, flags=(flag,))
            if self.layout.blank == "skip":
                return "blank cell"
            return Token(None, comparator=None, flags=("not-available",))
        if text in self.layout.words:
            flag = self.layout.words[text]
            if flag == "nil":
                return Token(0.0, flags=("nil",))
            return Token(None, comparator=None, flags=(flag,))
        try:
            value = float(text)
        except ValueError:
            try:
                return read_token(text, note)
            except ValueError as error:
                raise StatisticsError(
                    f"column {one.column!r}: {error}",
                    where=where,
                    remedy=f"Mend the cell, or explain the word under `words` in a layout like {self.layout.id}",
                ) from error
        if not math.isfinite(value):
            return Token(None, comparator=None, flags=("not-available",))
        if value == 0 and one.measure.zero == "unknown":
            return Token(None, comparator=None, flags=("not-available",))
        return Token(value)

    def _edition(self, one: _Cell, where: str) -> str:
        product = self.layout.product
        assert product is not None
        if product.edition is not None:
            return product.edition
        cell = one.cells.get(product.edition_column or "", "").strip()
        if cell in product.editions:
            return product.editions[cell]
        raise StatisticsError(
            f"unknown nomenclature {cell!r}",
            where=where,
            remedy=f"The layout {self.layout.id} knows {', '.join(product.editions)}",
        )

    def _unit(self, one: _Cell, slots: Slots, where: str) -> tuple[str, float]:
        factor = one.measure.factor * float(slots.get("factor") or 1.0)
        rate = "/yr" if one.measure.per_year else ""
        if (unit := slots.get("unit") or one.measure.unit) is not None:
            return f"{unit}{rate}", factor
        words = " ".join(one.cells.get(one.measure.unit_column or "", "").split())
        known = self.layout.units.get(words)
        if known is None and (entry := load_vocabulary().units.get(words)) is not None:
            known = {"unit": entry.canonical, "factor": entry.factor}
        if known is None:
            raise StatisticsError(
                f"unknown unit {words!r}",
                where=where,
                remedy=f"The layout {self.layout.id} knows {', '.join(self.layout.units) or 'none'}; add it there",
            )
        return f"{known['unit']}{rate}", factor * float(known.get("factor", 1.0))

    def _check(self, token: Token, one: _Cell, where: str) -> None:
        low, high = self.layout.lowest, self.layout.highest
        for value in (token.value, token.value_max):
            if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
                raise StatisticsError(
                    f"column {one.column!r}: {value:g} is beyond {'…' if low is None else f'{low:g}'} to "
                    f"{'…' if high is None else f'{high:g}'}, the scale of this table",
                    where=where,
                    remedy="The columns may have moved, or the publisher changed the scale: check the file",
                )

    def _place(self, column: PlaceColumn | None, one: _Cell, where: str) -> str | None:
        if column is None:
            return None
        cell = " ".join(one.cells.get(column.column, "").replace("\xa0", " ").split())
        if not cell and column.otherwise is not None:
            column = PlaceColumn(column=column.otherwise, codes="names")
            cell = " ".join(one.cells.get(column.column, "").split())
        key = (column.codes, cell)
        if key not in self._places:
            self._places[key] = self._known(cell, column, where)
        return self._places[key] or None

    def _known(self, cell: str, column: PlaceColumn, where: str) -> str:
        layout = self.layout
        if cell in layout.places:
            return layout.places[cell]
        found = known_place(layout.spellings, cell, column.codes)
        if found is None and layout.trim:
            bare = re.sub(layout.trim, "", cell).strip()
            found = layout.places.get(bare) or known_place(layout.spellings, bare, column.codes)
        if found is None:
            raise StatisticsError(
                f"unknown country {cell!r} in column {column.column!r}",
                where=where,
                remedy=f"Add it under `places` in a layout like {layout.id}, as code or `name:` and its words, "
                "or leave it empty to leave these rows out",
            )
        return found

    def _period(self, one: _Cell, where: str) -> str | None:
        text, column = one.period, self.layout.period
        cell = one.cells.get(column.column, "").strip() if column is not None else ""
        key = (text, cell)
        if key not in self._periods:
            self._periods[key] = self._read_period(text, cell, where)
        return self._periods[key]

    def _read_period(self, text: str | None, cell: str, where: str) -> str | None:
        column = self.layout.period
        if text is None and column is not None:
            for pattern, template in column.read.items():
                if match := re.fullmatch(pattern, cell):
                    text = match.expand(template)
                    break
            else:
                raise StatisticsError(
                    f"{cell!r} in column {column.column!r} is no period", where=where, remedy="Mend the cell"
                )
        if text is not None:
            try:
                Period.parse(text)
            except ValueError as error:
                raise StatisticsError(str(error), where=where, remedy="Check the layout") from error
        return text

    def _quote(self, one: _Cell) -> str:
        shown = (*self.layout.quote, one.column) if one.column not in self.layout.quote else self.layout.quote
        parts = [" ".join(one.cells.get(column, "").split()) for column in shown]
        named = [one.column] if one.column not in self.layout.quote else []
        return " | ".join([*parts[: len(self.layout.quote)], *named, *parts[len(self.layout.quote) :]])

    def _subject(self, one: _Cell) -> str:
        return " ".join(one.cells.get(self.layout.quote[0], "").split()) or "?"

    def _once(self, claim: Claim, where: str) -> Claim:
        slot = (claim.predicate, claim.kind, claim.material, claim.form, claim.stage, claim.place,
                claim.counterparty, claim.basis, claim.unit, claim.period)  # fmt: skip
        if slot in self._seen:
            first, other = self._seen[slot]
            raise StatisticsError(
                f"{claim.quote!r} repeats {first} ({other.quote!r})",
                where=where,
                remedy="Remove one of the two rows, or tell them apart by form or kind in the layout",
            )
        self._seen[slot] = (claim.locator, claim)
        return identify(claim)


def _weighs(unit: str) -> bool:
    known = load_vocabulary().units.get(unit)
    return known is not None and known.dimension in _MASSES


def _place_flags(place: str) -> tuple[str, ...]:
    if place == "WLD":
        return ("total",)
    if place.startswith("name:"):
        return ("residual",) if place.casefold().startswith("name:other") else ("group",)
    return ()
