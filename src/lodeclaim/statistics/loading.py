"""Load a table as its publisher issues it: the layout found by its header, the rows as claims of a named vintage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lodeclaim.claims.model import Claim, Source
from lodeclaim.claims.table import to_frame
from lodeclaim.core.errors import StatisticsError
from lodeclaim.statistics.claiming import Claiming
from lodeclaim.statistics.detecting import detect
from lodeclaim.statistics.gaps import flag_gaps
from lodeclaim.statistics.layout import Layout, layout_of
from lodeclaim.statistics.originals import BuildReport
from lodeclaim.statistics.products import traded_codes
from lodeclaim.statistics.releases import RELEASES, read_release, release_of
from lodeclaim.statistics.table_file import open_tables, sha256_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Loaded", "layouts", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as claims: who published it, one row a claim (columns of ``claims.table``), what became of its rows."""

    source: Source
    claims: pl.DataFrame
    report: BuildReport
    layout: str
    bulk: bool = False


def layouts() -> dict[str, str]:
    """Return the id of every bundled layout with the title of what it reads."""
    from lodeclaim.statistics.layout import table_layouts

    return dict(sorted({one.id: one.title for one in table_layouts().values()}.items() | RELEASES.items()))


def load(path: str | Path, *, layout: str | Path | None = None, vintage: str | None = None) -> Loaded:
    """Return the claims of one published table, with its source and a report on its rows.

    ``layout`` is the id of a bundled layout or the path of a layout file; None finds it by the header of the file.
    ``vintage`` names the edition (2025, 202601 …) where neither the layout nor the name of the file does. The
    source is ``<series>-<vintage>``, and ``-<part>`` where one edition comes in several files. Every claim has
    ``row:N`` as locator and the cells of its row as quote. Raises StatisticsError, naming file, row and remedy, for
    columns that are missing or have moved, unknown units and countries, rows that repeat others, and cells that
    are no numbers; nothing is loaded then.
    """
    file = Path(path).expanduser()
    named = str(layout) if layout is not None else (release_of(file) or detect(file).id)
    if named in RELEASES:
        claims, report, source = read_release(named, file, vintage)
        _check(claims, source.id)
        return Loaded(source, to_frame(claims), report, named)
    return _load_table(file, layout_of(layout if layout is not None else named), vintage)


def _load_table(file: Path, layout: Layout, vintage: str | None) -> Loaded:
    source = _source(file, layout, vintage)
    edition = _edition(file, layout, vintage)[0]
    left_out: Counter[str] = Counter()
    products = frozenset(traded_codes()) if layout.product is not None else None
    claiming = Claiming(layout, source.id, mark=layout.methods.get(edition))
    tables = open_tables(file, layout, products=products, left_out=left_out)
    claims = list(claiming.claims(tables))
    _check(claims, source.id)
    _check_latest(claims, layout, edition, file.name)
    warnings: tuple[str, ...] = ()
    if layout.whole_years:
        claims, warnings = flag_gaps(claims, claiming.wide)
    if not claims:
        reasons = ", ".join(f"{count:,} {why}" for why, count in claiming.skipped.most_common(3))
        raise StatisticsError(
            f"no row gives a claim ({reasons or 'the table is empty'})",
            where=file.name,
            remedy="Check that the file is what the layout describes, or write a layout that names its materials",
        )
    report = BuildReport(
        source=source.id,
        rows=claiming.rows + sum(left_out.values()),
        claims=len(claims),
        skipped=dict(sorted((claiming.skipped + left_out).items())),
        warnings=warnings,
    )
    return Loaded(source, to_frame(claims), report, layout.id, layout.bulk)


def _edition(file: Path, layout: Layout, vintage: str | None) -> tuple[str, str | None]:
    """The vintage and, where an edition comes in several files, the part of this one."""
    match = re.search(layout.file, file.name, re.IGNORECASE) if layout.file else None
    groups = match.groupdict() if match else {}
    found = vintage or groups.get("vintage") or layout.vintage
    if found is None:
        raise StatisticsError(
            f"the edition of this {layout.title} is not known",
            where=file.name,
            remedy="Name it with --vintage, such as --vintage 2025",
        )
    if not re.fullmatch(r"[\w.-]+", found):
        raise StatisticsError(
            f"{found!r} cannot name an edition", where=file.name, remedy="Use letters, digits, dots and hyphens"
        )
    if layout.methods and found not in layout.methods:
        raise StatisticsError(
            f"it is not known by which method the edition {found} was made",
            where=file.name,
            remedy=f"The layout {layout.id} knows {', '.join(layout.methods)}; add the edition under `methods`",
        )
    return found, groups.get("part")


def _source(file: Path, layout: Layout, vintage: str | None) -> Source:
    edition, part = _edition(file, layout, vintage)
    name = "-".join(one.lower() for one in (layout.series, edition, part) if one)
    year = re.match(r"(?:19|20)\d\d", edition.lstrip("vV"))
    published = layout.published or (year[0] if year else None)
    return Source(
        id=name,
        kind="statistics",
        title=f"{layout.title}, {edition}" + (f", {part}" if part else ""),
        publisher=layout.publisher,
        language=layout.language,
        published=published,
        published_basis="edition" if published else None,
        address=layout.address,
        licence=layout.licence,
        citation=layout.citation.replace("{vintage}", edition),
        sha256=sha256_of(file),
    )


def _check(claims: Iterable[Claim], source: str) -> None:
    """Refuse words that the vocabulary does not have, as layouts may name them, and ids that are there twice."""
    from lodeclaim.statistics.checking import check_ids, check_words

    several: Sequence[Claim] = list(claims)
    check_ids(several, source)
    check_words(several, source)


def _check_latest(claims: Iterable[Claim], layout: Layout, edition: str, file: str) -> None:
    """Refuse years that an edition cannot have: the file is then of another edition, made by another method."""
    last = layout.latest.get(edition)
    if last is None:
        return
    late = sorted({claim.period for claim in claims if claim.period and claim.period > last})
    if late:
        raise StatisticsError(
            f"the file has {late[-1]}, but the edition {edition} ends in {last}",
            where=file,
            remedy="It is a later edition, which must not be spliced onto this one: give its --vintage",
        )
