"""The brief as plain text, with claims as numbered footnotes that give their ids."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from lodeclaim.claims.figure import Figure
from lodeclaim.reports.model import Brief, ClaimEntry, Phrase, ShareRow, StageSection, StatementRow
from lodeclaim.reports.wording import basis_words, estimated, range_words, say, share_words, when_words

__all__ = ["render_text"]

_NARROWEST = 40


def render_text(brief: Brief, width: int = 100) -> str:
    """Return the brief as text of at most ``width`` columns (at least 40), except where a single word is longer.

    Numbers in brackets are the footnotes; each footnote gives the claim's id, publisher, date and quote.
    """
    return "\n".join(_Writer(brief, max(width, _NARROWEST)).lines()).rstrip()


class _Writer:
    def __init__(self, brief: Brief, width: int) -> None:
        self.brief, self.width = brief, width
        self.number = {entry.id: n for n, entry in enumerate(brief.claims, start=1)}
        self.out: list[str] = []

    def lines(self) -> list[str]:
        brief = self.brief
        listed = (
            ", ".join(dict.fromkeys(one.title for one in brief.listings)) or "on no list of critical materials held"
        )
        self.out += [brief.title.upper(), *self._wrapped(f"{listed}. {_held(brief)}"), ""]
        for answer in brief.answers:
            words = "; ".join(self._phrase(phrase) for phrase in answer.phrases)
            self.out += [answer.question, *self._wrapped(words, indent="  ")]
        for stage in brief.stages:
            self._stage(stage)
        self._reserves()
        self._reliance()
        self._projects()
        self._deals()
        self._statements("Milestones", brief.milestones)
        self._statements("Measures", brief.measures)
        self._statements("Targets and designations", brief.targets)
        self._disagreements()
        self._statements("Further statements of documents", brief.further)
        if brief.missing:
            self._heading("What is missing")
            for words in brief.missing:
                self._item(words)
        self._footnotes()
        return self.out

    def _heading(self, words: str) -> None:
        self.out += ["", words, "─" * min(len(words), self.width)]

    def _wrapped(self, words: str, indent: str = "", hanging: str | None = None) -> list[str]:
        rest = indent if hanging is None else hanging
        flat = " ".join(words.split())
        return textwrap.wrap(flat, self.width, initial_indent=indent, subsequent_indent=rest) or [indent.rstrip()]

    def _item(self, words: str) -> None:
        self.out += self._wrapped(words, "  · ", "    ")

    def _refs(self, claims: Iterable[str]) -> str:
        numbers = [self.number[one] for one in dict.fromkeys(claims) if one in self.number]
        if not numbers:
            return ""
        shown = ",".join(map(str, numbers[:4])) + (f"+{len(numbers) - 4}" if len(numbers) > 4 else "")
        return f" [{shown}]"

    def _phrase(self, phrase: Phrase) -> str:
        return f"{phrase.words}{self._refs(phrase.claims)}"

    def _say(self, figure: Figure) -> str:
        spread = range_words(figure)
        return f"{say(figure)}{f' ({spread})' if spread else ''}{self._refs(figure.claims)}"

    def _share(self, figure: Figure) -> str:
        words, spread = share_words(figure)
        return f"{words}{f' ({spread})' if spread else ''}{self._refs(figure.claims)}"

    def _quantity(self, figure: Figure) -> str:
        if figure.value is None:
            return f"unknown{self._refs(figure.claims)}"
        mark = " e" if estimated(figure) else ""
        return f"{say(figure)}{mark}{self._refs(figure.claims)}"

    def _table(self, head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Columns side by side where they fit the width, else one block a row."""
        widths = [max(_columns(row[n]) for row in (head, *rows)) for n in range(len(head))]
        if 2 + sum(widths) + 2 * (len(widths) - 1) <= self.width:
            for row in (head, *rows):
                cells = [_padded(cell, widths[n], left=n == 0) for n, cell in enumerate(row)]
                self.out.append(("  " + "  ".join(cells)).rstrip())
            return
        for row in rows:
            cells = [f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], row[1:], strict=True) if cell]
            self.out += self._wrapped(f"{row[0]}: {'; '.join(cells)}", "  ", "    ")

    def _stage(self, stage: StageSection) -> None:
        when = f", {when_words(stage.period)}" if stage.period else ""
        self._heading(f"{stage.name.capitalize()}{when}")
        if stage.total.value is not None and stage.total.unit != "%":
            basis = f", {basis_words(stage.basis, self.brief.material)}" if stage.basis else ""
            self.out += self._wrapped(f"World: {self._say(stage.total)}{basis}", "  ", "    ")
        self.out += self._wrapped(f"HHI by territory: {self._say(stage.hhi_territory)}", "  ", "    ")
        self.out += self._wrapped(f"HHI by control: {self._say(stage.hhi_control)}", "  ", "    ")
        if stage.shares:
            self._shares(stage.shares, "by territory")
        if any(row.entity for row in stage.control):
            self._shares(stage.control, "by control")
        if stage.holdings:
            self.out += ["", "  holders of working sites"]
            for held in stage.holdings:
                stake = f"{held.stake:g} %" if held.stake is not None else "stake not known"
                self._item(f"{held.site}, {held.place}: {held.actor}, {stake}, control {held.control or 'not known'}")
        if stage.production:
            self.out.append("")
            rows: list[tuple[str, ...]] = [
                (one.name, *(self._quantity(figure) for figure in one.figures), _signed(one.change))
                for one in stage.production
            ]
            self._table((stage.measure, *(when_words(one) for one in stage.periods), "change"), rows)
            if any(estimated(figure) for one in stage.production for figure in one.figures):
                self.out.append("  e: the source calls it an estimate")
        moved = [(row.name, row.moved) for row in stage.shares] + [(row.name, row.moved) for row in stage.production]
        for name, phrases in dict.fromkeys(moved):
            for phrase in phrases:
                self._item(f"{name}: {self._phrase(phrase)}")
        for one in stage.said:
            self._statement(one)
        for note in stage.notes:
            self._item(note)

    def _shares(self, rows: Sequence[ShareRow], title: str) -> None:
        self.out.append("")
        self._table((title, "share"), [(row.name, self._share(row.share)) for row in rows])

    def _reserves(self) -> None:
        found = self.brief.reserves
        self._heading("Reserves" + (f", {when_words(found.period)}" if found.period else ""))
        self.out += self._wrapped(f"World: {self._say(found.total)}", "  ", "    ")
        if found.rows:
            self._table(
                ("country", "reserves", "share"),
                [
                    (row.name, self._say(row.amount) if row.amount else "", share_words(row.share)[0])
                    for row in found.rows
                ],
            )
        for row in found.rows:
            for phrase in row.moved:
                self._item(f"{row.name}: {self._phrase(phrase)}")
        for one in found.said:
            self._statement(one)

    def _reliance(self) -> None:
        found = self.brief.reliance
        self._heading("Reliance and criticality")
        for listing in found.listings:
            self._item(f"{listing.title}: {listing.name} ({listing.source})")
        for gauge in found.gauges:
            self._item(
                f"{gauge.name}: {self._say(gauge.value)}, {gauge.verdict} ({gauge.threshold_words}; {gauge.article})"
            )
        for table in (*found.sourcing, *found.reliance):
            self.out.append("")
            self._table((f"{table.title}, {when_words(table.period)}", "share"),
                        [(row.name, self._share(row.share)) for row in table.rows])  # fmt: skip
            for note in table.notes:
                self._item(note)
        if not found.sourcing:
            self._item("EU sourcing by country: cannot be computed: missing sourcing shares")
        for one in found.said:
            self._statement(one)

    def _projects(self) -> None:
        if not self.brief.projects:
            return
        self._heading("Projects and sites")
        for row in self.brief.projects:
            facts = [
                row.kind,
                row.country,
                row.status and f"{row.status} ({row.status_as_of or 'no date'})",
                row.operator,
            ]
            facts += [f"read as {', '.join(row.read_as)}"] if row.read_as else []
            facts += [] if row.linked else ["not in the vocabulary"]
            self._item(f"{row.name}: {', '.join(fact for fact in facts if fact)}")
            for one in row.statements:
                self.out += self._wrapped(self._statement_words(one), "      ", "        ")

    def _deals(self) -> None:
        if not self.brief.deals:
            return
        self._heading("Deals")
        for row in self.brief.deals:
            firm = f"{row.instrument}, firmness {row.firmness} of 8" if row.firmness else row.instrument or row.kind
            mood = "" if row.modality == "actual" else f", {row.modality}"
            figure = self._say(row.amount) if row.amount.value is not None else f"no sum{self._refs(row.claims)}"
            self._item(f"{row.when}: {row.parties}: {figure}; {firm}{mood}; {row.subject} ({row.said_by})")
            for part in row.parts:
                firm = f", firmness {part.firmness} of 8" if part.firmness else ""
                self.out += self._wrapped(f"{part.words}: {self._say(part.amount)}{firm}", "      ", "        ")
            for note in row.notes:
                self.out += self._wrapped(note, "      ", "        ")

    def _statements(self, title: str, rows: Sequence[StatementRow]) -> None:
        if rows:
            self._heading(title)
        for row in rows:
            self._statement(row)

    def _statement(self, row: StatementRow) -> None:
        self._item(self._statement_words(row))

    def _statement_words(self, row: StatementRow) -> str:
        value = f": {self._say(row.value)}" if row.value else self._refs(row.claims)
        mood = "" if row.modality == "actual" else f", {row.modality}"
        return f"{row.words}{value} ({row.when}{mood}; {row.said_by})"

    def _disagreements(self) -> None:
        self._heading("Disagreements")
        if not self.brief.disagreements:
            self._item("none found among the claims held")
        for row in self.brief.disagreements:
            self._item(f"{row.kind.upper()} {row.matter}: {row.explanation}")
            for voice in row.voices:
                qualifier = f", {voice.qualifier}" if voice.qualifier else ""
                who = f"{voice.publisher}, {when_words(voice.published)}"
                self.out += self._wrapped(
                    f"{voice.words}{qualifier}: {who}{self._refs([voice.claim])}", "      ", "        "
                )
            if row.settled is not None:
                self.out += self._wrapped(f"settled: {self._say(row.settled)}", "      ", "        ")

    def _footnotes(self) -> None:
        self._heading("Claims")
        for entry in self.brief.claims:
            self.out += self._wrapped(f"[{self.number[entry.id]}] {_footnote(entry)}", "", "    ")
        self._heading("Sources")
        for source in self.brief.sources:
            words = source.citation or ", ".join(part for part in (source.publisher, source.title) if part) or source.id
            when = when_words(source.published) if source.published else "no date"
            self._item(f"{words} ({when}; {source.licence or 'licence not stated'}; {source.address or 'no address'})")


def _footnote(entry: ClaimEntry) -> str:
    who = f"{entry.publisher or entry.source}, {when_words(entry.published) if entry.published else 'no date'}"
    return f"{entry.id} {who}, {entry.locator}: «{' '.join(entry.quote.split())}»"


def _held(brief: Brief) -> str:
    tables = len(brief.sources) - brief.documents
    as_of = f", newest of {when_words(brief.as_of)}" if brief.as_of else ""
    return (
        f"From {brief.documents} documents and {tables} statistical sources{as_of}; {len(brief.claims)} claims cited."
    )


def _signed(figure: Figure) -> str:
    if figure.value is None:
        return "unknown"
    return f"+{say(figure)}" if figure.value > 0 else say(figure).replace("-", "−") if figure.value else "0"


def _columns(words: str) -> int:
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words
    )


def _padded(words: str, width: int, *, left: bool) -> str:
    space = " " * (width - _columns(words))
    return words + space if left else space + words
