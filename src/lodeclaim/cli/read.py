"""``lodeclaim read``: documents become claims."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from lodeclaim.cli.options import format_option

if TYPE_CHECKING:
    from lodeclaim.api import Reading
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reading.model_reader.model import ModelSettings

__all__ = ["read"]

Command = TypeVar("Command", bound=Callable[..., Any])


def _model_options(command: Command) -> Command:
    """Add the options of a language model as second reader; without an address none is asked."""
    options = [
        click.option(
            "--model-address",
            metavar="URL",
            default=None,
            help="OpenAI-compatible service whose model reads too. Key: $LODECLAIM_MODEL_KEY. [default: no model]",
        ),
        click.option("--model", metavar="NAME", default=None, help="Name of the model at that address."),
        click.option(
            "--model-timeout",
            metavar="SECONDS",
            type=click.FloatRange(min=0, min_open=True),
            default=60.0,
            show_default=True,
            help="How long to wait for one answer of the model.",
        ),
        click.option(
            "--model-cache",
            metavar="FOLDER",
            type=click.Path(path_type=Path, file_okay=False),
            default=None,
            help="Folder that keeps the model's answers, so that none is asked for twice.",
        ),
        click.option(
            "--model-budget",
            metavar="TOKENS",
            type=click.IntRange(min=1),
            default=None,
            help="Stop asking the model after this many tokens.",
        ),
        click.option(
            "--quarantine",
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            default=None,
            help="JSON lines of the model's drafts that the text does not bear out, and of blocks it did not read.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    short_help="Documents become claims.",
    epilog="""\b
Examples:
  lodeclaim read article.txt
  lodeclaim read articles/ report.pdf --ledger supply.sqlite
  lodeclaim read --format jsonl articles/*.txt > claims.jsonl
  curl -s https://example.org/news.html | lodeclaim read -
  lodeclaim read articles/ --model-address http://localhost:8080/v1 --model NAME --quarantine refused.jsonl""",
)
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--ledger", metavar="FILE", default=None, help="Ledger to keep the claims in; made where it is missing.")
@format_option("table", "jsonl", "csv", "none")
@_model_options
@click.pass_context
def read(
    context: click.Context,
    /,
    addresses: tuple[str, ...],
    ledger: str | None,
    form: str,
    quarantine: Path | None,
    **model: Any,
) -> None:
    """Read documents and print their claims.

    ADDRESS is a file, a folder, a web address or - for standard input. Texts, HTML pages and PDFs are read.
    A document that cannot be used is named on standard error with the reason, and the others are read.

    Exit code: 0 all were read, 1 some failed, 2 nothing could be read.
    """
    from lodeclaim.api import read_each
    from lodeclaim.cli.printing import printer
    from lodeclaim.cli.progress import Progress
    from lodeclaim.documents.model import Failure

    settings = _settings(quarantine=quarantine, **model)
    held: Ledger | None = None
    if ledger is not None:
        from lodeclaim.ledger.store import Ledger

        held = Ledger.open(ledger)
    out = printer(form)
    documents = claims = failures = refused = unread = 0
    with _writable(quarantine) as kept_apart, Progress(sys.stderr) as progress:
        for item in read_each(addresses, ledger=held, progress=progress.reached, model=settings):
            if isinstance(item, Failure):
                failures += 1
                progress.say(f"lodeclaim: {' '.join(item.message.split())}")
                continue
            for note in item.document.notes:
                progress.say(f"lodeclaim: {item.document.address}: {note}")
            documents += 1
            claims += len(item.claims)
            refused += len(item.quarantine)
            unread += len(item.unread)
            for reason in dict.fromkeys(block.reason for block in item.unread):
                progress.say(f"lodeclaim: {item.document.address}: model: {' '.join(reason.split())}")
            if kept_apart is not None:
                _keep_apart(item, kept_apart)
            out.document(item.document, item.claims)
    if form in ("table", "none"):
        kept = f" kept in {ledger}" if ledger else ""
        failed = f", {failures} not read" if failures else ""
        click.echo(f"{_count(documents, 'document')} read{failed}, {_count(claims, 'claim')}{kept}", err=True)
        if settings is not None:
            told = f"{_count(refused, 'draft')} of the model refused, {_count(unread, 'block')} not read by it"
            click.echo(told + (f"; see {quarantine}" if quarantine and refused + unread else ""), err=True)
    if failures:
        context.exit(1 if documents else 2)


def _settings(
    *,
    model_address: str | None,
    model: str | None,
    model_timeout: float,
    model_cache: Path | None,
    model_budget: int | None,
    quarantine: Path | None,
) -> ModelSettings | None:
    """Return the settings of the model; None where no model is to be asked."""
    if model_address is None and model is None:
        if quarantine is not None or model_cache is not None or model_budget is not None:
            raise click.UsageError("--quarantine, --model-cache and --model-budget need --model-address and --model")
        return None
    if model_address is None or model is None:
        raise click.UsageError("--model-address and --model belong together: give both, or neither for no model")
    from lodeclaim.reading.model_reader.model import ModelSettings

    return ModelSettings(
        address=model_address, model=model, timeout=model_timeout, cache=model_cache, budget=model_budget
    )


def _writable(path: Path | None) -> Any:
    return nullcontext() if path is None else path.open("wb")


def _keep_apart(item: Reading, file: IO[bytes]) -> None:
    """Write what the model said of a document and was not used, one JSON object a line."""
    import msgspec

    for record in (*item.quarantine, *item.unread):
        kind = "unread" if not hasattr(record, "step") else "refused"
        file.write(msgspec.json.encode({"kind": kind} | msgspec.to_builtins(record)) + b"\n")
    file.flush()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
