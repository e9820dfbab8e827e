"""``lodeclaim read``: documents become claims."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lodeclaim.cli.options import format_option

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger

__all__ = ["read"]


@click.command(
    short_help="Documents become claims.",
    epilog="""\b
Examples:
  lodeclaim read article.txt
  lodeclaim read articles/ report.pdf --ledger supply.sqlite
  lodeclaim read --format jsonl articles/*.txt > claims.jsonl
  curl -s https://example.org/news.html | lodeclaim read -""",
)
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--ledger", metavar="FILE", default=None, help="Ledger to keep the claims in; made where it is missing.")
@format_option("table", "jsonl", "csv", "none")
@click.pass_context
def read(context: click.Context, addresses: tuple[str, ...], ledger: str | None, form: str) -> None:
    """Read documents and print their claims.

    ADDRESS is a file, a folder, a web address or - for standard input. Texts, HTML pages and PDFs are read.
    A document that cannot be used is named on standard error with the reason, and the others are read.

    Exit code: 0 all were read, 1 some failed, 2 nothing could be read.
    """
    from lodeclaim.api import read_each
    from lodeclaim.cli.printing import printer
    from lodeclaim.cli.progress import Progress
    from lodeclaim.documents.model import Failure

    held: Ledger | None = None
    if ledger is not None:
        from lodeclaim.ledger.store import Ledger

        held = Ledger.open(ledger)
    out = printer(form)
    documents = claims = failures = 0
    with Progress(sys.stderr) as progress:
        for item in read_each(addresses, ledger=held, progress=progress.reached):
            if isinstance(item, Failure):
                failures += 1
                progress.say(f"lodeclaim: {' '.join(item.message.split())}")
                continue
            for note in item.document.notes:
                progress.say(f"lodeclaim: {item.document.address}: {note}")
            documents += 1
            claims += len(item.claims)
            out.document(item.document, item.claims)
    if form in ("table", "none"):
        kept = f" kept in {ledger}" if ledger else ""
        failed = f", {failures} not read" if failures else ""
        click.echo(f"{_count(documents, 'document')} read{failed}, {_count(claims, 'claim')}{kept}", err=True)
    if failures:
        context.exit(1 if documents else 2)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
