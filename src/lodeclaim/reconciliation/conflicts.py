"""Run the checks over a table of claims: what does not go together, what does, and who only repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lodeclaim.core.errors import UnknownName
from lodeclaim.reconciliation.bulk import in_bulk
from lodeclaim.reconciliation.evidence import Evidence, gather
from lodeclaim.reconciliation.finding import SEVERITY, Check
from lodeclaim.reconciliation.model import Conflict

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["conflicts", "conflicts_in"]

#: Texts read closely in one go.
_TEXTS = 200
#: Checks that say no more than that values differ; they yield where one of the telling checks says why.
_PLAIN = frozenset({"same-slot", "other-class", "other-basis", "undated"})
_TELLING = frozenset({"scale-slip", "basis-slip", "ton-slip", "stated-difference"})


def conflicts(
    frame: pl.DataFrame,
    *,
    ledger_texts: Mapping[str, str] | None = None,
    languages: Mapping[str, str] | None = None,
    checks: Iterable[str] | None = None,
) -> list[Conflict]:
    """Return every finding of the checks in a table of claims, gravest first, in a fixed order.

    ``frame`` is what ``Ledger.claims`` returns; with the official statistics in it the checks against world
    totals run too. ``ledger_texts`` is source → untouched text, ``languages`` source → language code; checks of
    ranks, countdowns, headlines and stated differences read them and find nothing without. ``checks`` are names
    of checks to run, all by default. The order of rows does not matter. Raises UnknownName for a check that
    is none.
    """
    from lodeclaim.reconciliation.checks.registry import CHECKS

    wanted = None if checks is None else set(checks)
    known = {check.name for check in CHECKS}
    if wanted is not None and (unknown := sorted(wanted - known)):
        raise UnknownName(f"no check has the name {unknown[0]!r}", remedy=f"There are {', '.join(sorted(known))}")
    chosen = [check for check in CHECKS if wanted is None or check.name in wanted]
    with in_bulk():
        return _found(gather(frame, ledger_texts, _languages(ledger_texts or {}, languages or {})), chosen)


def _found(evidence: Evidence, checks: Iterable[Check]) -> list[Conflict]:
    """What the checks find, gravest first, less what another finding tells better."""
    found: dict[str, Conflict] = {}
    for check in checks:
        for one in check.run(evidence):
            found.setdefault(one.id, one)
    telling: dict[str, list[Conflict]] = {}
    for one in found.values():
        if one.check in _TELLING:
            for claim in one.claims:
                telling.setdefault(claim, []).append(one)
    kept = [one for one in found.values() if one.check not in _PLAIN or not _told_better(one, telling)]
    return sorted(kept, key=lambda one: (-one.severity, one.check, one.claims, one.id))


def _told_better(plain: Conflict, telling: Mapping[str, list[Conflict]]) -> bool:
    """Whether a check that says why has as grave a finding on all of the claims."""
    return any(
        set(plain.claims) <= set(one.claims) and SEVERITY[one.kind] >= SEVERITY[plain.kind]
        for one in telling.get(plain.claims[0], ())
    )


def conflicts_in(
    ledger: Ledger,
    *,
    material: str | Iterable[str] | None = None,
    checks: Iterable[str] | None = None,
    as_of: str | None = None,
) -> list[Conflict]:
    """Return the findings among the claims of a ledger on a material, or on all of them, with texts at hand.

    ``as_of`` asks what would have been found then. Of more than 200 documents the texts of the first are read.
    """
    import polars as pl

    when = {} if as_of is None else {"as_of": as_of}
    frame = ledger.claims(material=material, with_members=material is not None, **when)  # type: ignore[arg-type]
    documents = frame.filter(pl.col("origin") == "document")["source"].unique().sort().to_list()
    known = {source.id: source.language for source in ledger.sources()} if documents else {}
    # Texts are for reading a few articles closely; in a mass of documents the claims alone are compared.
    few = documents[:_TEXTS]
    texts = {source: ledger.document(source).text for source in few}
    languages = {source: language for source in few if (language := known.get(source))}
    return conflicts(frame, ledger_texts=texts, languages=languages, checks=checks)


def _languages(texts: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, str]:
    """The language of every text; where it is not stated it is detected."""
    from lodeclaim.documents.language import detect_language
    from lodeclaim.reconciliation.patterns import language_words

    found = dict(stated)
    for source, text in texts.items():
        if source not in found and (code := detect_language(text, tuple(language_words()))) is not None:
            found[source] = code
    return found
