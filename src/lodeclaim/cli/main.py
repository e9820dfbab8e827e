"""The command line: its commands, and how errors end it."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from lodeclaim import __version__
from lodeclaim.core.errors import LodeclaimError

__all__ = ["commands", "main"]

#: Exit codes: all went well; some documents failed and the batch is done; nothing could be done.
FINE, SOME_FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130


class _OutputClosedError(Exception):
    """Whoever read our output has stopped, as `head` does: that is no failure."""


#: Each command's module and what the list of commands says of it, so that the list needs none of the modules.
_COMMANDS = {
    "brief": ("brief", "What is known of one material, with its claims."),
    "claim": ("claim", "One claim in the sentence it comes from."),
    "claims": ("claims", "List and filter claims."),
    "conflicts": ("conflicts", "What does not go together."),
    "deals": ("deals", "Deals, each once, and what they come to."),
    "decide": ("decide", "Decide on a claim, or list decisions."),
    "indicators": ("indicators", "Concentration, reliance, supply risk, CRMA benchmarks."),
    "languages": ("languages", "The languages lodeclaim reads."),
    "ledger": ("ledger", "Make, check, copy and move a ledger."),
    "materials": ("materials", "The materials lodeclaim knows."),
    "read": ("read", "Documents become claims."),
    "review": ("review", "Decide what waits for a person."),
    "settle": ("settle", "What values come to."),
    "sources": ("sources", "Who said what the ledger holds."),
    "statistics": ("statistics", "Official statistics: list, load, compare."),
    "trace": ("trace", "From a value to its sentences, and back."),
    "undo": ("decide", "Lift a decision."),
    "version": ("version", "What is installed."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"lodeclaim.cli.{_COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])

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
