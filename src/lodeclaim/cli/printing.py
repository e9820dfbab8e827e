"""Claims on standard output, as tables for people or as lines for programs."""

from __future__ import annotations

import csv
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.claims.contract import FIELDS, as_object, as_text_row
from lodeclaim.claims.model import Claim
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    from rich.table import Table

    from lodeclaim.documents.model import Document

__all__ = ["Printer", "amount", "claims_table", "printer", "show"]


class Printer(ABC):
    """Takes documents with their claims one after the other."""

    def document(self, document: Document, claims: Sequence[Claim]) -> None:
        """Print the claims of one document."""
        self.claims(document.address, claims)

    @abstractmethod
    def claims(self, address: str | None, claims: Iterable[Claim]) -> None:
        """Print claims of one address."""


def printer(form: str) -> Printer:
    """Return the printer for ``table``, ``jsonl``, ``csv`` or ``none``."""
    kinds: dict[str, type[Printer]] = {"table": _Tables, "jsonl": _Lines, "csv": _Rows, "none": _Nothing}
    return kinds[form]()


class _Nothing(Printer):
    def claims(self, address: str | None, claims: Iterable[Claim]) -> None:
        pass


class _Lines(Printer):
    def __init__(self) -> None:
        import msgspec

        self.encode = msgspec.json.Encoder().encode
        self.names = load_vocabulary()

    def claims(self, address: str | None, claims: Iterable[Claim]) -> None:
        out = sys.stdout
        for claim in claims:
            out.write(self.encode(as_object(claim, address, self.names)).decode() + "\n")


class _Rows(Printer):
    def __init__(self) -> None:
        self.writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        self.writer.writeheader()
        self.names = load_vocabulary()

    def claims(self, address: str | None, claims: Iterable[Claim]) -> None:
        self.writer.writerows(as_text_row(as_object(claim, address, self.names)) for claim in claims)


class _Tables(Printer):
    def __init__(self) -> None:
        self.names = load_vocabulary()

    def document(self, document: Document, claims: Sequence[Claim]) -> None:
        facts = [document.language, document.publisher, document.published]
        known = ", ".join(fact for fact in facts if fact)
        click.echo(f"\n{document.address}" + (f" ({known})" if known else ""))
        self.claims(document.address, claims)

    def claims(self, address: str | None, claims: Iterable[Claim]) -> None:
        items = [as_object(claim, address, self.names) for claim in claims]
        if items:
            show(claims_table(items))
        else:
            click.echo("  no claims found")


def claims_table(items: Iterable[dict[str, Any]], *, with_id: bool = False) -> Table:
    """Return a table of claim objects, one a row."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    if with_id:
        table.add_column("id", no_wrap=True)
    table.add_column("predicate", no_wrap=True)
    table.add_column("about", ratio=3)
    table.add_column("value", justify="right")
    table.add_column("when", no_wrap=True)
    table.add_column("modality", no_wrap=True)
    table.add_column("quote", ratio=4)
    for item in items:
        kind = f" ({item['kind']})" if item["kind"] else ""
        cells = [
            item["predicate"] + kind,
            ", ".join(entry["name"] for entry in item["about"]),
            amount(item),
            item["when"] or "",
            item["modality"],
            " ".join(item["quote"].split()),
        ]
        table.add_row(*(Text(cell) for cell in ([item["id"], *cells] if with_id else cells)))
    return table


def amount(item: dict[str, Any]) -> str:
    """Return the value of a claim object in words: comparator, number or range, unit."""
    if item["value"] is None:
        return ""
    sign = "" if item["comparator"] in (None, "=") else f"{item['comparator']} "
    top = "" if item["value_max"] is None else f"–{item['value_max']:,.10g}"
    return f"{sign}{item['value']:,.10g}{top} {item['unit'] or ''}".rstrip()


def show(renderable: Any) -> None:
    """Print something of rich to standard output; as wide as the terminal, or 160 columns into a file."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = 160
    console.print(renderable)
