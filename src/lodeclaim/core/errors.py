"""The errors of lodeclaim. Every message says what, where, and what to do next.

LodeclaimError
├── DocumentError           one document could not be used; the batch goes on
│   ├── DocumentNotFound    no such file, folder or address        (FileNotFoundError)
│   ├── DocumentUnreadable  bytes that hold no text                (ValueError)
│   └── FetchError          an address that did not answer well    (OSError)
├── VocabularyError         a vocabulary file that breaks a rule   (ValueError)
├── UnknownName             a name that the vocabulary lacks       (LookupError)
├── StatisticsError         a table that is not what it should be  (ValueError)
├── LedgerError             the ledger file is missing or not one  (OSError)
│   └── ConflictingDecision somebody decided on it in between
├── ClaimNotFound           no claim with that id                  (LookupError)
└── BasisError              gross, contained and oxide were mixed  (ValueError)
"""

from __future__ import annotations

__all__ = [
    "BasisError",
    "ClaimNotFound",
    "ConflictingDecision",
    "DocumentError",
    "DocumentNotFound",
    "DocumentUnreadable",
    "FetchError",
    "LedgerError",
    "LodeclaimError",
    "StatisticsError",
    "UnknownName",
    "VocabularyError",
]


class LodeclaimError(Exception):
    """What went wrong, where, and what to do next.

    ``what`` is a sentence without its full stop, ``where`` names the document and span, the file and row
    or the setting, ``remedy`` is what the reader of the message can do.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f". {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{advice}"


class DocumentError(LodeclaimError):
    """One document could not be used."""


class DocumentNotFound(DocumentError, FileNotFoundError):
    """There is no such file, folder or address."""


class DocumentUnreadable(DocumentError, ValueError):
    """The bytes are there, but hold no text that can be read."""


class FetchError(DocumentError, OSError):
    """An address did not answer, or answered with something that is no document."""


class VocabularyError(LodeclaimError, ValueError):
    """A vocabulary file breaks a rule; ``where`` is ``file:line``."""


class UnknownName(LodeclaimError, LookupError):
    """The vocabulary has no such material, country, actor or site."""


class StatisticsError(LodeclaimError, ValueError):
    """A statistical table is not what its layout says; ``where`` is file and row."""


class LedgerError(LodeclaimError, OSError):
    """The ledger cannot be opened, or is not a ledger."""


class ConflictingDecision(LedgerError):
    """Somebody decided on the same claim, slot or names after the caller looked; ``number`` is that decision."""

    number: int = 0


class ClaimNotFound(LodeclaimError, LookupError):
    """The ledger and the bundled statistics hold no claim with that id."""


class BasisError(LodeclaimError, ValueError):
    """Quantities of different basis were to be added or compared without a factor."""
