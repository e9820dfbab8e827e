"""The command line: its commands, and how errors end it."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

from lodeclaim import __version__
from lodeclaim.cli.brief import brief
from lodeclaim.cli.claim import claim
from lodeclaim.cli.claims import claims
from lodeclaim.cli.conflicts import conflicts
from lodeclaim.cli.deals import deals
from lodeclaim.cli.decide import decide, undo
from lodeclaim.cli.indicators import indicators
from lodeclaim.cli.languages import languages
from lodeclaim.cli.ledger import ledger
from lodeclaim.cli.materials import materials
from lodeclaim.cli.read import read
from lodeclaim.cli.review import review
from lodeclaim.cli.settle import settle
from lodeclaim.cli.sources import sources
from lodeclaim.cli.statistics import statistics
from lodeclaim.cli.trace import trace
from lodeclaim.cli.version import version
from lodeclaim.core.errors import LodeclaimError

__all__ = ["commands", "main"]

#: Exit codes: all went well; some documents failed and the batch is done; nothing could be done.
FINE, SOME_FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130


class _OutputClosedError(Exception):
    """Whoever read our output has stopped, as `head` does: that is no failure."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click would end a closed output with exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _OutputClosedError from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  lodeclaim read articles/ --ledger supply.sqlite
  lodeclaim brief tungsten --ledger supply.sqlite --save tungsten.html
  lodeclaim claims --material tungsten --predicate reserve""",
)
@click.version_option(__version__, message="lodeclaim %(version)s")
def commands() -> None:
    """Read what is said about critical raw materials, and see what it adds up to.

    Every number opens the sentence or table row it came from.
    """


_COMMANDS = (
    *(read, brief, claims, claim, sources, settle, conflicts, deals, trace),
    *(review, decide, undo, ledger, indicators, statistics, materials, languages, version),
)
for command in _COMMANDS:
    commands.add_command(command)


def main() -> None:
    """Run the command line; every known error ends it with one clear line and exit code 2."""
    _speak_unicode()
    try:
        code = commands.main(prog_name="lodeclaim", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = INTERRUPTED
    except LodeclaimError as error:
        click.echo(f"lodeclaim: {error}", err=True)
        code = USAGE
    except (_OutputClosedError, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except OSError as error:
        click.echo(f"lodeclaim: {error.filename or 'output'}: {error.strerror or error}", err=True)
        code = USAGE
    sys.exit(code or FINE)


def _speak_unicode() -> None:
    """Quotes are in any script: files and pipes get UTF-8, a terminal without it gets question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
