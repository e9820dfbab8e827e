"""Build the brief on a material: choose what to show and collect the claims behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lodeclaim.core.errors import UnknownName
from lodeclaim.reconciliation.deals import decided_pairs
from lodeclaim.reconciliation.disagreements import disagreements
from lodeclaim.reconciliation.settle import settle
from lodeclaim.reports.answers import answers
from lodeclaim.reports.appendix import cited_claims, claim_entries, source_entries
from lodeclaim.reports.deals import deal_rows
from lodeclaim.reports.disputes import disagreement_notes
from lodeclaim.reports.model import Brief, RelianceSection, ReservesSection, StageSection
from lodeclaim.reports.projects import project_rows
from lodeclaim.reports.reliance import reliance_section
from lodeclaim.reports.reserves import reserves_section
from lodeclaim.reports.stages import stage_sections
from lodeclaim.reports.statements import document_rows, statements
from lodeclaim.vocabulary.load import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger

__all__ = ["build_brief", "material_of"]


def material_of(words: str) -> str:
    """Return the id of the material that is called so: by id, name or symbol, whatever the case.

    Raises UnknownName with the nearest names.

    >>> material_of("Tungsten")
    'tungsten'
    """
    from rapidfuzz import fuzz, process

    known = load_vocabulary().materials
    named: dict[str, str] = {}
    for attribute in ("id", "name", "symbol"):
        for entry in known.values():
            if name := getattr(entry, attribute):
                named.setdefault(name.casefold(), entry.id)
    wanted = " ".join(words.split()).casefold()
    if (found := named.get(wanted)) is not None:
        return found
    near = process.extract(wanted, list(named), scorer=fuzz.WRatio, limit=5, score_cutoff=60)
    names = list(dict.fromkeys(known[named[name]].name for name, _, _ in near))[:3]
    remedy = f"Did you mean {', '.join(names)}?" if names else "`lodeclaim materials` lists what there is"
    raise UnknownName(f"no material is called {words!r}", remedy=remedy)


def build_brief(ledger: Ledger | None, material: str) -> Brief:
    """Return the brief on a material from a ledger, or from the bundled statistics alone where it is None.

    ``material`` is an id, name or symbol. A group such as rare earths shows its own figures and what is said of its
    members. Whatever cannot be computed says what is missing. Raises UnknownName.
    """
    if ledger is None:
        from lodeclaim.ledger.store import Ledger as Store

        with Store.memory() as empty:
            return build_brief(empty, material)
    name = material_of(material)
    frame = _with_names(ledger, ledger.claims(material=name, with_members=True))
    settled = settle(frame)
    stages = stage_sections(frame, settled, name)
    reserves = reserves_section(frame, [one for one in settled if one.key.material == name], name)
    reliance = reliance_section(frame, settled, name)
    projects = project_rows(frame, name)
    same, apart = decided_pairs(ledger.decisions(effective=True))
    deals = deal_rows(frame, same=same, apart=apart)
    milestones = statements(document_rows(frame, "milestone"))
    measures = statements(document_rows(frame, "measure"), with_material=True)
    targets = statements(document_rows(frame, "target", "status"), with_material=True)
    disputes = disagreement_notes(disagreements(frame), settled, frame)
    shown: Sequence[object] = (stages, reserves, reliance, projects, deals, milestones, measures, targets, disputes)
    cited = set(cited_claims(tuple(shown)))
    further = statements((row for row in document_rows(frame) if row["id"] not in cited), with_material=True)
    first = answers(stages, reliance, disputes)
    ordered = (first, stages, reserves, reliance, projects, deals, milestones, measures, targets, disputes, further)
    entries = claim_entries(ledger, frame, cited_claims(ordered))
    sources = source_entries(ledger, entries)
    return Brief(
        material=name,
        title=load_vocabulary().materials[name].name,
        as_of=max((source.published for source in sources if source.published), default=None),
        documents=sum(source.kind == "document" for source in sources),
        listings=reliance.listings,
        answers=first,
        stages=stages,
        reserves=reserves,
        reliance=reliance,
        projects=projects,
        deals=deals,
        milestones=milestones,
        measures=measures,
        targets=targets,
        disagreements=disputes,
        further=further,
        missing=tuple(_missing(stages, reserves, reliance, documents=any(one.kind == "document" for one in sources))),
        claims=entries,
        sources=sources,
    )


def _with_names(ledger: Ledger, frame: pl.DataFrame) -> pl.DataFrame:
    """Name documents of unknown publisher by their title or address, so that no row shows a bare id."""
    import polars as pl

    names = {
        source.id: f"“{source.title}”" if source.title else source.address or source.id
        for source in ledger.sources()
        if source.publisher is None
    }
    if not names:
        return frame
    named = pl.col("source").replace_strict(names, default=None, return_dtype=pl.String)
    return frame.with_columns(pl.coalesce("publisher", named).alias("publisher"))


def _missing(
    stages: Sequence[StageSection], reserves: ReservesSection, reliance: RelianceSection, *, documents: bool
) -> Iterator[str]:
    for stage in stages:
        if not stage.shares:
            yield f"{stage.name}: shares by country ({stage.hhi_territory.missing or 'no figures'})"
        if stage.hhi_control.value is None:
            yield f"{stage.name}: concentration by control ({stage.hhi_control.missing or 'no owners known'})"
    if not reserves.rows:
        yield "reserves by country in an official table"
    for gauge in reliance.gauges:
        if gauge.value.value is None:
            yield f"{gauge.name}: {gauge.value.missing}"
    if not reliance.sourcing:
        yield "sourcing of the European Union by country"
    if not reliance.reliance:
        yield "net import reliance of any country"
    if not documents:
        yield "documents: none read, so projects, deals and measures rest on the vocabulary alone"
