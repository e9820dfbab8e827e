"""What commands that write decisions share: whose name goes under them, and the ledger they go into."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodeclaim.cli.options import DEFAULT, VARIABLE
from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from lodeclaim.ledger.model import Decision
    from lodeclaim.ledger.store import Ledger

__all__ = ["as_of_option", "by_option", "decided", "material_option", "open_own_ledger", "own_ledger_name", "signature"]

Command = TypeVar("Command", bound=Callable[..., Any])
USER = "LODECLAIM_USER"


def by_option(command: Command) -> Command:
    """Add ``--by``: whose name goes under a decision."""
    return click.option("--by", metavar="NAME", default=None, help=f"Who decides. [default: ${USER} or your login]")(
        command
    )


def as_of_option(command: Command) -> Command:
    """Add ``--as-of``: what the ledger would have said then."""
    return click.option(
        "--as-of", metavar="DATE", default=None, help="What the ledger would have said then (2026-02-28)."
    )(command)


def material_option(command: Command) -> Command:
    """Add ``--material``: by id, name or symbol; members of a group are included."""
    return click.option(
        "--material", metavar="NAME", default=None, help="Only this material, members of a group included."
    )(command)


def signature(by: str | None) -> str:
    """Return the name under a decision: the option, the environment, or the login."""
    import getpass

    return by or os.environ.get(USER) or getpass.getuser()


def own_ledger_name(ledger: str | None) -> str:
    """Return the file or address of the ledger that is meant, whether or not it is there yet."""
    return ledger or os.environ.get(VARIABLE) or DEFAULT


def open_own_ledger(ledger: str | None) -> Ledger:
    """Return the ledger that decisions go into; raises LedgerError where there is none to keep them."""
    from lodeclaim.ledger.store import Ledger

    name = own_ledger_name(ledger)
    if "://" not in name and not Path(name).expanduser().is_file():
        raise LedgerError(
            "there is no ledger", where=name, remedy="Name one with --ledger, or make it with `lodeclaim ledger init`"
        )
    return Ledger.open(name, create=False)


def decided(one: Decision) -> dict[str, Any]:
    """Return a decision as an object for printing."""
    return {
        "number": one.number,
        "kind": one.kind,
        "claim": one.claim,
        "slot": one.slot,
        "value": one.value,
        "other": one.other,
        "reason": one.reason,
        "by": one.by,
        "at": one.at,
        "undoes": one.undoes,
    }
