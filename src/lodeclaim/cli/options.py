"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger

__all__ = ["format_option", "ledger_option", "open_ledger"]

Command = TypeVar("Command", bound=Callable[..., Any])

VARIABLE = "LODECLAIM_LEDGER"
DEFAULT = "lodeclaim.sqlite"


def ledger_option(command: Command) -> Command:
    """Add ``--ledger``: the option, else the environment, else the default file of this folder."""
    return click.option(
        "--ledger",
        metavar="FILE",
        default=None,
        help=f"Ledger to read from. [default: ${VARIABLE} or ./{DEFAULT}]",
    )(command)


def format_option(*formats: str, default: str = "table") -> Callable[[Command], Command]:
    """Add ``--format`` with the given choices."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help="How to print the result.",
    )


def open_ledger(ledger: str | None) -> Ledger:
    """Return the ledger that is meant; an empty one in memory where none is named and the default is not there.

    The official statistics are part of every ledger, so the empty one answers too. Raises LedgerError where a
    ledger is named and cannot be opened.
    """
    from lodeclaim.ledger.store import Ledger

    named = ledger or os.environ.get(VARIABLE)
    if named is None and not Path(DEFAULT).is_file():
        return Ledger.memory()
    return Ledger.open(named or DEFAULT, create=False)
