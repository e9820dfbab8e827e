"""lodeclaim: what is said about critical raw materials, with the sentence it came from.

>>> import lodeclaim as lc
>>> claims = lc.read(["articles/"], ledger=lc.Ledger.open("supply.sqlite"))  # doctest: +SKIP
>>> print(lc.brief("tungsten"))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lodeclaim.api import Batch, Reading, brief, read, read_each
    from lodeclaim.claims.figure import Figure
    from lodeclaim.claims.model import Claim, Source
    from lodeclaim.core.errors import LodeclaimError
    from lodeclaim.documents.model import Document, Failure
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reports.model import Brief
    from lodeclaim.vocabulary.load import Vocabulary, load_vocabulary

__version__ = "0.1.0"

__all__ = [
    "Batch",
    "Brief",
    "Claim",
    "Document",
    "Failure",
    "Figure",
    "Ledger",
    "LodeclaimError",
    "Reading",
    "Source",
    "Vocabulary",
    "__version__",
    "brief",
    "load_vocabulary",
    "read",
    "read_each",
]

_HOMES = {
    "Batch": "lodeclaim.api",
    "Brief": "lodeclaim.reports.model",
    "Claim": "lodeclaim.claims.model",
    "Document": "lodeclaim.documents.model",
    "Failure": "lodeclaim.documents.model",
    "Figure": "lodeclaim.claims.figure",
    "Ledger": "lodeclaim.ledger.store",
    "LodeclaimError": "lodeclaim.core.errors",
    "Reading": "lodeclaim.api",
    "Source": "lodeclaim.claims.model",
    "Vocabulary": "lodeclaim.vocabulary.load",
    "brief": "lodeclaim.api",
    "load_vocabulary": "lodeclaim.vocabulary.load",
    "read": "lodeclaim.api",
    "read_each": "lodeclaim.api",
}


def __getattr__(name: str) -> Any:
    """Bring in a public name when it is first asked for, so that importing lodeclaim costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
