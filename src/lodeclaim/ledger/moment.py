"""The moment that a day or time names: what the ledger knew until its end."""

from __future__ import annotations

from datetime import UTC, datetime

from lodeclaim.core.errors import LedgerError
from lodeclaim.core.period import Period

__all__ = ["until_of"]


def until_of(as_of: str | None) -> str | None:
    """Return the last moment of a day, month, year or time as the ledger writes times, so that text compares.

    A time without an offset is UTC. Raises LedgerError for anything else.

    >>> until_of("2026-02")
    '2026-02-28T23:59:59.999999+00:00'
    """
    if as_of is None:
        return None
    text = as_of.strip()
    try:
        if "T" in text or " " in text or ":" in text:
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
            return moment.isoformat(timespec="microseconds")
        end = Period.parse(text).end
    except ValueError:
        end = None
    if end is None:
        raise LedgerError(f"{as_of!r} is no day or time", remedy="Give it as 2026-02-28 or 2026-02-28T12:00")
    return f"{end.isoformat()}T23:59:59.999999+00:00"
