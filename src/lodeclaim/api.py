"""The two things most users want from Python: read documents, and get a brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from lodeclaim.core.errors import LodeclaimError

if TYPE_CHECKING:
    from lodeclaim.claims.model import Claim
    from lodeclaim.documents.model import Document, Failure
    from lodeclaim.ledger.store import Ledger
    from lodeclaim.reading.model_reader.model import ModelSettings, Quarantined, UnreadBlock
    from lodeclaim.reports.model import Brief

__all__ = ["Batch", "Reading", "brief", "read", "read_each"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what it says; with a model as second reader also what of its answers was not used."""

    document: Document
    claims: tuple[Claim, ...]
    quarantine: tuple[Quarantined, ...] = ()
    unread: tuple[UnreadBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of reading: the documents, their claims, and what could not be read.

    ``quarantine`` holds drafts of a model that the gate refused, ``unread`` blocks that it did not answer for.
    """

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    failures: tuple[Failure, ...]
    quarantine: tuple[Quarantined, ...] = ()
    unread: tuple[UnreadBlock, ...] = ()

    def __str__(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        return f"{len(self.documents)} documents, {len(self.claims)} claims{failed}"


def read(
    addresses: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    ledger: Ledger | None = None,
    progress: Callable[[int, int | None, str], None] | None = None,
    model: ModelSettings | None = None,
) -> Batch:
    """Return the claims of files, folders and web addresses, and keep them in ``ledger`` where one is given.

    A document that cannot be used does not stop the others: it stands in ``failures`` with the reason and
    what to do. Reading a document twice adds nothing to a ledger. ``progress`` is called with the
    number of documents opened, the number in all and the address. With ``model`` a language model reads too:
    what the text confirms of its drafts is added, and claims that both read are one.

    >>> import lodeclaim as lc
    >>> batch = lc.read("articles/")  # doctest: +SKIP
    >>> batch.claims[0].quote  # doctest: +SKIP
    '1.216 million tonnes'
    """
    from lodeclaim.documents.model import Failure

    several = [addresses] if isinstance(addresses, str | PathLike) else addresses
    documents: list[Document] = []
    claims: list[Claim] = []
    failures: list[Failure] = []
    quarantine: list[Quarantined] = []
    unread: list[UnreadBlock] = []
    for item in read_each([str(address) for address in several], ledger=ledger, progress=progress, model=model):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            documents.append(item.document)
            claims.extend(item.claims)
            quarantine.extend(item.quarantine)
            unread.extend(item.unread)
    return Batch(tuple(documents), tuple(claims), tuple(failures), tuple(quarantine), tuple(unread))


def read_each(
    addresses: Iterable[str],
    *,
    ledger: Ledger | None = None,
    progress: Callable[[int, int | None, str], None] | None = None,
    model: ModelSettings | None = None,
) -> Iterator[Reading | Failure]:
    """Yield a document with its claims, or a Failure, one at a time: for batches larger than the memory.

    Arguments and order are those of ``read``. Raises LedgerError where the ledger cannot be written.
    """
    from lodeclaim.documents.load import load_documents
    from lodeclaim.documents.model import Failure
    from lodeclaim.reading.reader import RuleReader

    reader = RuleReader()
    second = None
    if model is not None:  # without an address of the user's nothing of this is even loaded
        from lodeclaim.reading.model_reader.merging import merge_claims
        from lodeclaim.reading.model_reader.reader import ModelReader

        second = ModelReader(model)
    for item in load_documents(addresses, progress=progress):
        if isinstance(item, Failure):
            yield item
            continue
        drafted = None
        try:
            found = reader.read(item)
            if second is not None:
                drafted = second.read_with_quarantine(item)
                found = merge_claims(found, drafted.claims)
        except LodeclaimError:
            raise
        except Exception as error:  # one text that trips the reader must not cost the rest of the batch
            reason = f"{type(error).__name__}: {error}".replace("\n", " ")
            advice = "The document is left out; please report it as a fault of lodeclaim"
            yield Failure(item.address, f"{item.address}: could not be read for claims ({reason}). {advice}")
            continue
        if ledger is not None:
            ledger.add(item, found)
        if drafted is None:
            yield Reading(item, tuple(found))
        else:
            yield Reading(item, tuple(found), drafted.quarantine, drafted.unread)


def brief(material: str, *, ledger: Ledger | None = None) -> Brief:
    """Return the brief on a material: stages, concentration, EU reliance, projects, deals and conflicts.

    ``material`` is an id or name such as ``tungsten``. Without a ledger the brief rests on the bundled
    statistics alone. ``print`` shows it; ``save("tungsten.html")`` writes a page that needs no network.
    Raises UnknownName where the vocabulary has no such material.
    """
    from lodeclaim.reports.brief import build_brief

    return build_brief(ledger, material)
