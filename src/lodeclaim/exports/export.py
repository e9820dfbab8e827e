"""Write what a ledger holds to a file, in the format asked for or the one that its name ends in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.core.errors import LedgerError

if TYPE_CHECKING:
    from lodeclaim.ledger.dump import Restored
    from lodeclaim.ledger.store import Ledger

__all__ = ["FORMATS", "export", "format_of", "import_ledger"]

#: Format → the ending of its files.
FORMATS: dict[str, str] = {
    "jsonl": ".jsonl",
    "csv": ".csv",
    "parquet": ".parquet",
    "xlsx": ".xlsx",
    "jsonld": ".jsonld",
    "ftm": ".ftm.json",
    "ftm-statements": ".ftm.csv",
    "datapackage": "",
}
#: Formats that hold the ledger itself, which filters cannot narrow.
_WHOLE = ("jsonl", "jsonld")


def format_of(path: str | Path) -> str:
    """Return the format that the name of a file ends in; a name without an ending is a Data Package folder.

    >>> format_of("tungsten.ftm.json")
    'ftm'
    """
    name = Path(path).name.lower()
    for form, ending in sorted(FORMATS.items(), key=lambda item: -len(item[1])):
        if ending and name.endswith(ending):
            return form
    if "." not in name:
        return "datapackage"
    endings = ", ".join(ending for ending in FORMATS.values() if ending)
    raise LedgerError(
        "no format has this ending", where=str(path), remedy=f"Use {endings}, a folder's name, or name the format"
    )


def export(ledger: Ledger, path: str | Path, form: str | None = None, **claims: Any) -> int:
    """Write the ledger to ``path`` and return the number of records, claims, nodes or statements written.

    ``form`` is one of FORMATS, by default that of the path's ending. jsonl holds the whole ledger and is what
    ``import_ledger`` reads; jsonld holds it as linked data. The others hold the claims that ``ledger.claims(**claims)``
    returns (by default those of documents alone), as decided. Raises LedgerError.
    """
    target = Path(path).expanduser()
    chosen = form or format_of(target)
    if chosen not in FORMATS:
        raise LedgerError(f"no format is called {chosen!r}", remedy=f"Use one of {', '.join(FORMATS)}")
    if chosen in _WHOLE:
        if any(value is not None for value in claims.values()):
            raise LedgerError(
                f"{chosen} holds the whole ledger", where=str(target), remedy="Leave the filters out, or use csv"
            )
        from lodeclaim.exports.jsonl import write_jsonl
        from lodeclaim.exports.jsonld import write_jsonld

        return write_jsonl(ledger, target) if chosen == "jsonl" else write_jsonld(ledger, target)
    frame = ledger.claims(**({"statistics": False} | claims))
    if chosen == "xlsx":
        from lodeclaim.exports.xlsx import write_xlsx

        return write_xlsx(ledger, frame, target)
    if chosen in ("ftm", "ftm-statements"):
        from lodeclaim.exports.ftm import write_ftm_entities, write_ftm_statements

        return (write_ftm_entities if chosen == "ftm" else write_ftm_statements)(ledger, frame, target)
    from lodeclaim.exports.tables import write_csv, write_package, write_parquet

    if chosen == "datapackage":
        return write_package(ledger, frame, target)
    return (write_csv if chosen == "csv" else write_parquet)(frame, target)


def import_ledger(ledger: Ledger, path: str | Path) -> Restored:
    """Read a JSONL export into the ledger, all or nothing: exactly into an empty one, what is new into another.

    Raises LedgerError naming the line that is wrong.
    """
    from lodeclaim.exports.jsonl import read_jsonl

    return read_jsonl(ledger, Path(path).expanduser())
