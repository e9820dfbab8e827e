"""Put a file in its place only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lodeclaim.core.errors import LedgerError

__all__ = ["placed"]


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give the path of a file to write that takes the place of ``path`` when the block ends well.

    Raises LedgerError where there is no such folder or no room; what was there then stays.
    """
    if not path.parent.is_dir():
        raise LedgerError("the folder does not exist", where=str(path), remedy=f"Make {path.parent} first")
    if path.is_dir():
        raise LedgerError("this is a folder", where=str(path), remedy="Give the name of a file in it")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerError(
            f"the file cannot be written ({error.strerror or error})",
            where=str(path),
            remedy="Check permissions and free space, or give another file",
        ) from error
    finally:
        part.unlink(missing_ok=True)
