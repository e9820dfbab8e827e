"""Projects: sites of the vocabulary and of documents, with status and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import is_linked
from lodeclaim.reports.model import ProjectRow
from lodeclaim.reports.statements import document_rows, statements, surfaces
from lodeclaim.reports.wording import name_of
from lodeclaim.vocabulary.load import load_vocabulary
from lodeclaim.vocabulary.model import Site

if TYPE_CHECKING:
    import polars as pl

__all__ = ["project_rows"]

_ORDER = ("operating", "construction", "development", "exploration", "announced", "suspended", "closed")


def project_rows(frame: pl.DataFrame, material: str) -> tuple[ProjectRow, ...]:
    """Return the sites of a material: those documents speak of first, then by how far they have come.

    A site that the vocabulary lacks is kept under the words of the document.
    """
    words = load_vocabulary()
    members = {material, *words.materials[material].members}
    spoken: dict[str, list[dict[str, Any]]] = {}
    for row in document_rows(frame):
        if row["site"]:
            spoken.setdefault(row["site"], []).append(row)
    known = {site.id: site for site in words.sites.values() if members & set(site.materials)}
    known |= {site: words.sites[site] for site in spoken if site in words.sites}
    rows = [_row(site, known.get(site), spoken.get(site, [])) for site in dict.fromkeys([*spoken, *known])]
    return tuple(sorted(rows, key=_rank))


def _rank(row: ProjectRow) -> tuple[object, ...]:
    step = _ORDER.index(row.status) if row.status in _ORDER else len(_ORDER)
    return (not row.statements, not row.linked, step, row.country or "", row.name)


def _row(site: str, entry: Site | None, said: list[dict[str, Any]]) -> ProjectRow:
    name = entry.name if entry else name_of(site)
    read_as = dict.fromkeys(words for row in said for words in surfaces(row, "site"))
    country = entry.country if entry else next((row["place"] for row in said if row["place"]), None)
    return ProjectRow(
        site=site,
        name=name,
        linked=is_linked(site),
        country=name_of(country) if country else None,
        kind=entry.kind if entry else None,
        status=entry.status if entry else None,
        status_as_of=entry.status_as_of if entry else None,
        operator=name_of(entry.operator) if entry and entry.operator else None,
        listings=tuple(one.name for one in entry.lists) if entry else (),
        read_as=tuple(words for words in read_as if words.casefold() != name.casefold()),
        statements=statements(said),
        source=entry.source if entry else None,
    )
