"""A whole ledger as JSON lines, and a ledger from them: equal to the last character."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError
from lodeclaim.exports.placing import placed
from lodeclaim.ledger.dump import Restored, restore, snapshot
from lodeclaim.ledger.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from lodeclaim.ledger.store import Ledger

__all__ = ["read_jsonl", "write_jsonl"]


def write_jsonl(ledger: Ledger, path: Path) -> int:
    """Write the ledger as one JSON object a line and return the number of records.

    The first line is ``{"record": "ledger", "version", "content_hash"}``, the last counts the records; between
    them every row with its ``record``: source, document, reading, claim, identity, decision, in this order.
    """
    import msgspec

    encoder = msgspec.json.Encoder()
    written = 0
    with placed(path) as part, part.open("wb") as file, snapshot(ledger) as (content, records):
        head = {"record": "ledger", "version": SCHEMA_VERSION, "content_hash": content}
        file.write(encoder.encode(head) + b"\n")
        for kind, row in records:
            # ``kind`` is also a column, so the kind of record has a name of its own.
            file.write(encoder.encode({"record": kind} | row) + b"\n")
            written += 1
        file.write(encoder.encode({"record": "end", "records": written}) + b"\n")
    return written


def read_jsonl(ledger: Ledger, path: Path) -> Restored:
    """Put the records of such a file into the ledger, all or none, and return how many were new.

    An empty ledger is restored exactly, which its content hash proves. Another ledger keeps what it has and
    gets what it lacks. Raises LedgerError naming the line.
    """
    import msgspec

    try:
        with path.open("rb") as file:
            where = f"{path}:1"
            head = _object(file.readline(), where)
            version = head.get("version")
            if head.get("record") != "ledger" or not isinstance(version, int):
                raise LedgerError("the file is no export of a ledger", where=where, remedy="Give a file made by export")
            if version > SCHEMA_VERSION:
                raise LedgerError(
                    f"the file was written from version {version}, this lodeclaim knows up to {SCHEMA_VERSION}",
                    where=where,
                    remedy="Update lodeclaim",
                )
            expected = head.get("content_hash") if version == SCHEMA_VERSION else None
            return restore(ledger, _records(file, path), expected=expected)
    except OSError as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerError(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Give another file"
        ) from error
    except msgspec.DecodeError as error:
        raise LedgerError(f"the file is damaged ({error})", where=str(path), remedy="Export again") from error


def _records(file: IO[bytes], path: Path) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for found, line in enumerate(file):
        where = f"{path}:{found + 2}"
        row = _object(line, where)
        kind = str(row.pop("record", ""))
        if kind == "end":
            if row.get("records") != found:
                raise LedgerError(
                    f"{found} records stand in the file, {row.get('records')} were written",
                    where=where,
                    remedy="Nothing was imported; export the ledger again",
                )
            return
        yield where, (kind, row)
    raise LedgerError(
        "the file ends too early", where=str(path), remedy="Nothing was imported; export the ledger again"
    )


def _object(line: bytes, where: str) -> dict[str, Any]:
    import msgspec

    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LedgerError(
            f"the line is no JSON object ({error})", where=where, remedy="Nothing was imported; export again"
        ) from error
