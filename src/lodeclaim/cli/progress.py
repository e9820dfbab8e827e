"""Progress on standard error: one line that renews itself on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

__all__ = ["Progress"]

#: Below this many documents progress would only flicker.
ENOUGH = 4
#: Seconds between two lines, on a terminal and in a log.
LIVE_EVERY, PLAIN_EVERY = 0.1, 10.0


class Progress:
    """Says how many documents of how many are read, at which rate, and which one it is at."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.begun = self.shown = time.monotonic()
        self.open = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def reached(self, done: int, total: int | None, address: str) -> None:
        """Show that document ``done`` of ``total`` (None where that is not known) has been opened."""
        now = time.monotonic()
        few = total is not None and total < ENOUGH
        if few or now - self.shown < (LIVE_EVERY if self.live else PLAIN_EVERY):
            return
        self.shown = now
        of = f" of {total:,}" if total is not None else ""
        line = f"reading {done:,}{of}, {done / max(now - self.begun, 1e-9):,.1f}/s: {address[-60:]}"
        if not self.live:
            self.say(line)
            return
        self._clear()
        self.stream.write(line)
        self.stream.flush()
        self.open = True

    def say(self, line: str) -> None:
        """Write a line that stays."""
        self._clear()
        self.stream.write(line + "\n")
        self.stream.flush()

    def _clear(self) -> None:
        if self.open:
            self.stream.write("\r\x1b[2K")
            self.open = False
