"""Vintages that a person loaded, kept as Parquet in a folder beside their ledger."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from lodeclaim.claims.model import Source
from lodeclaim.core.errors import StatisticsError
from lodeclaim.vocabulary.load import read_yaml

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.statistics.loading import Loaded

__all__ = ["Vintage", "folder_of", "forget", "keep", "kept"]

_LIST = "sources.yaml"


@dataclasses.dataclass(frozen=True, slots=True)
class Vintage:
    """A source of statistics and the file of its claims; a ``bulk`` one is read only where it is asked for."""

    source: Source
    path: Path
    bulk: bool = False


def folder_of(ledger: str | Path) -> Path:
    """Return the folder of loaded vintages that belongs to a ledger file: its name and ``.statistics``.

    Raises StatisticsError for a ledger on a server, which has no folder beside it.
    """
    if "://" in str(ledger):
        raise StatisticsError(
            "vintages are kept beside a ledger file, and this ledger is on a server",
            where=str(ledger).partition("://")[0],
            remedy="Give a file, such as --ledger supply.sqlite",
        )
    path = Path(ledger).expanduser()
    return path.with_name(path.name + ".statistics")


def kept(folder: Path) -> tuple[Vintage, ...]:
    """Return the vintages in a folder in the order they came; none where there is no folder.

    Raises StatisticsError where the folder names a vintage whose file is missing.
    """
    listed = folder / _LIST
    if not listed.is_file():
        return ()
    found = []
    for entry in read_yaml(listed) or ():
        source = msgspec.convert(entry, Source)
        path = folder / f"{source.id}.parquet"
        if not path.is_file():
            raise StatisticsError(
                f"the claims of {source.id} are missing",
                where=str(path),
                remedy="Load its file again, or take it off with `lodeclaim statistics forget`",
            )
        found.append(Vintage(source, path, bool(entry.get("bulk"))))
    return tuple(found)


def keep(loaded: Loaded, folder: Path, *, replace: bool = False) -> Path:
    """Write the claims of a loaded file into the folder, and return where they are.

    The same file twice changes nothing. Raises StatisticsError where another file is kept under the same name,
    unless ``replace``.
    """
    before = {one.source.id: one for one in kept(folder)}
    held = before.get(loaded.source.id)
    if held is not None and held.source.sha256 != loaded.source.sha256 and not replace:
        raise StatisticsError(
            f"another file is kept as {loaded.source.id}",
            where=str(folder),
            remedy="Name the edition with --vintage, or take its place with --replace",
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{loaded.source.id}.parquet"
    _write(loaded.claims, path)
    entries = [_entry(one.source, one.bulk) for key, one in before.items() if key != loaded.source.id]
    _write_list(folder, [*entries, _entry(loaded.source, loaded.bulk)])
    return path


def forget(name: str, folder: Path) -> None:
    """Take a vintage out of the folder; raises StatisticsError where it is not there."""
    listed = read_yaml(folder / _LIST) if (folder / _LIST).is_file() else []
    left = [entry for entry in listed or () if entry["id"] != name]
    if len(left) == len(listed or ()):
        names = ", ".join(str(entry["id"]) for entry in left) or "none"
        raise StatisticsError(f"no vintage {name!r} is kept", where=str(folder), remedy=f"There are {names}")
    _write_list(folder, left)
    (folder / f"{name}.parquet").unlink(missing_ok=True)


def _entry(source: Source, bulk: bool) -> dict[str, Any]:
    return dataclasses.asdict(source) | ({"bulk": True} if bulk else {})


def _write(claims: pl.DataFrame, path: Path) -> None:
    unfinished = path.with_suffix(".part")
    claims.drop("reasons").write_parquet(unfinished, compression="zstd")
    unfinished.replace(path)


def _write_list(folder: Path, entries: list[dict[str, Any]]) -> None:
    unfinished = folder / "sources.part"
    unfinished.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110), "utf-8")
    unfinished.replace(folder / _LIST)
