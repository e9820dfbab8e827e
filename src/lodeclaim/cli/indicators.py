"""``lodeclaim indicators``: what the claims add up to, each number with the claims behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.indicator_output import FORMATS
from lodeclaim.cli.options import format_option, ledger_option

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.cli.indicator_input import Held

__all__ = ["indicators"]


@click.group(
    short_help="Concentration, reliance, supply risk, CRMA benchmarks.",
    epilog="""\b
Examples:
  lodeclaim indicators concentration tungsten
  lodeclaim indicators sr tungsten --with article.txt --explain
  lodeclaim indicators sr --all --save scatter.svg
  lodeclaim indicators crma --all --format xlsx --save crma.xlsx""",
)
def indicators() -> None:
    """Compute the indicators of the field from the claims of a ledger and the official statistics.

    Where a number cannot be computed, the row says what is missing. docs/indicators.md has every formula.
    """


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """The argument and options that every indicator has."""
    options = (
        click.argument("materials", nargs=-1, metavar="[MATERIAL]..."),
        click.option("--all", "every", is_flag=True, help="Every material that has the data."),
        click.option(
            "--without", "left_out", multiple=True, metavar="CLAIM", help="Compute as if this claim were not there."
        ),
        click.option(
            "--with",
            "files",
            multiple=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Read this file for this answer only, as if it were in the ledger.",
        ),
        click.option("--explain", is_flag=True, help="What each claim of a document does to the number."),
        click.option(
            "--save",
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to a file: the rows (.xlsx, .parquet), or a drawing (.svg) where there is one.",
        ),
        format_option(*FORMATS),
        ledger_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


_year = click.option("--year", "years", multiple=True, type=int, help="Year, several allowed. [default: the latest]")
_group = click.option("--group", default="EU27", show_default=True, help="Country or group, by name or code.")


@indicators.command(
    short_help="Shares, HHI and the largest countries of each stage.",
    epilog="""\b
Examples:
  lodeclaim indicators concentration tungsten --year 2024 --year 2025
  lodeclaim indicators concentration --all --format csv
  lodeclaim indicators concentration --all --save heat.svg""",
)
@_shared
@_year
@click.option(
    "--by", type=click.Choice(["territory", "control"]), default="territory", show_default=True,
    help="Where it is produced, or which country controls the producers.",
)  # fmt: skip
@click.option("--at-capacity", is_flag=True, help="Also with countries at the capacity claims give, planned too.")
def concentration(years: tuple[int, ...], by: str, at_capacity: bool, **asked: Any) -> None:
    """Show how concentrated extraction and processing are. A drawing (.svg) is a heat map of shares."""
    from lodeclaim.reports.indicator_tables import concentration_rows, materials_with

    held, wanted = _asked(asked, lambda frame: materials_with(frame, "production", "share"))
    if asked["explain"]:
        _explain(held, "control" if by == "control" else "concentration", wanted, years, asked)
        return
    rows = list(concentration_rows(held.frame, wanted, years or (None,), by=by, at_capacity=at_capacity))  # type: ignore[arg-type]
    _out(rows, asked, drawing="heatmap")


@indicators.command(
    short_help="Import reliance and suppliers of a country or group.",
    epilog="""\b
Examples:
  lodeclaim indicators reliance antimony --group US --year 2024
  lodeclaim indicators reliance --all --group EU27 --format csv""",
)
@_shared
@_year
@_group
def reliance(years: tuple[int, ...], group: str, **asked: Any) -> None:
    """Show how far a country or group depends on imports, and on whom."""
    from lodeclaim.reports.dependence_tables import reliance_rows
    from lodeclaim.reports.indicator_tables import materials_with

    held, wanted = _asked(asked, lambda frame: materials_with(frame, "supplier_share", "import_reliance"))
    _figures_only(asked)
    _out(reliance_rows(held.frame, wanted, years or (None,), _place(group)), asked)


@indicators.command(
    short_help="Supply risk of the EU method, moved by measures.",
    epilog="""\b
Examples:
  lodeclaim indicators sr tungsten --ledger supply.sqlite --explain
  lodeclaim indicators sr tungsten --with article.txt
  lodeclaim indicators sr --all --save scatter.svg""",
)
@_shared
@_year
@click.option("--planned", is_flag=True, help="Count announced measures too.")
def sr(years: tuple[int, ...], planned: bool, **asked: Any) -> None:
    """Show supply risk (Regulation (EU) 2024/1252, Annex II) with the measures that claims report.

    Without --year the supply is that of the Commission's study. A drawing (.svg) sets it against economic
    importance.
    """
    from lodeclaim.indicators.supply_risk_inputs import STUDY
    from lodeclaim.reports.indicator_tables import materials_with, sr_rows

    held, wanted = _asked(asked, lambda frame: materials_with(frame, "supply_risk", source=STUDY))
    if asked["explain"]:
        _explain(held, "sr", wanted, years, asked, planned=planned)
        return
    rows = list(sr_rows(held.frame, wanted, years or (None,), planned=planned, sentences=held.sentences))
    _out(rows, asked, drawing="scatter", frame=held.frame, materials=wanted)


@indicators.command(
    short_help="Economic importance of the EU method.",
    epilog="""\b
Examples:
  lodeclaim indicators ei tungsten
  lodeclaim indicators ei --all --format csv""",
)
@_shared
def ei(**asked: Any) -> None:
    """Show economic importance (Regulation (EU) 2024/1252, Annex II)."""
    from lodeclaim.indicators.supply_risk_inputs import STUDY
    from lodeclaim.reports.indicator_tables import ei_rows, materials_with

    held, wanted = _asked(asked, lambda frame: materials_with(frame, "economic_importance", source=STUDY))
    _figures_only(asked)
    _out(ei_rows(held.frame, wanted), asked)


@indicators.command(
    short_help="GeoPolRisk score, corrected and as published.",
    epilog="""\b
Examples:
  lodeclaim indicators geopolrisk cobalt --group EU27 --year 2024
  lodeclaim indicators geopolrisk --all --group US --format csv""",
)
@_shared
@_year
@_group
def geopolrisk(years: tuple[int, ...], group: str, **asked: Any) -> None:
    """Show the GeoPolRisk score of a country or group. Years need production, trade and governance."""
    from lodeclaim.cli.indicator_input import trade_claims
    from lodeclaim.reports.dependence_tables import geopolrisk_rows
    from lodeclaim.reports.indicator_tables import materials_with

    trade = trade_claims(asked["ledger"])
    held, wanted = _asked(asked, lambda _: materials_with(trade, "trade"))
    _figures_only(asked)
    when = years or tuple(_trade_years(trade)[-1:])
    _out(geopolrisk_rows(held.frame, trade, wanted, when, _place(group)), asked)


@indicators.command(
    short_help="Benchmarks of the EU Critical Raw Materials Act.",
    epilog="""\b
Examples:
  lodeclaim indicators crma tungsten
  lodeclaim indicators crma --all --format csv""",
)
@_shared
def crma(**asked: Any) -> None:
    """Show where the Union stands against Article 5(1): 10 %, 40 %, 25 %, and 65 % from one third country.

    `status` is what the law asks for; `indicated` what the study's sourcing of 2016 to 2020 points to.
    """
    from lodeclaim.indicators.crma import strategic_materials
    from lodeclaim.reports.indicator_tables import crma_rows

    held, wanted = _asked(asked, lambda _: list(strategic_materials()))
    _figures_only(asked)
    _out(crma_rows(held.frame, None if asked["every"] else wanted), asked)


@indicators.command(
    short_help="Days of net imports that a stock covers.",
    epilog="""\b
Examples:
  lodeclaim indicators stock tungsten --stock 500 --group US
  lodeclaim indicators stock cobalt --stock 2000 --basis gross --group EU27 --year 2024""",
)
@_shared
@_year
@_group
@click.option("--stock", "amount", type=float, help="Stock in tonnes.")
@click.option("--basis", help="What the stock is counted in: gross, contained or a compound. [default: as the trade]")
def stock(years: tuple[int, ...], group: str, amount: float | None, basis: str | None, **asked: Any) -> None:
    """Show how many days of net imports a stock covers (Article 23(2)), for each form that trade is given in."""
    from lodeclaim.cli.indicator_input import trade_claims
    from lodeclaim.reports.dependence_tables import stock_rows
    from lodeclaim.reports.indicator_tables import materials_with

    trade = trade_claims(asked["ledger"])
    _, wanted = _asked(asked, lambda _: materials_with(trade, "trade"))
    _figures_only(asked)
    _out(stock_rows(trade, wanted, years or (None,), _place(group), stock=amount, basis=basis), asked)


@indicators.command(
    "n-1",
    short_help="Supply without its largest country.",
    epilog="""\b
Examples:
  lodeclaim indicators n-1 gallium
  lodeclaim indicators n-1 --all --format csv""",
)
@_shared
@_year
def n_minus_one(years: tuple[int, ...], **asked: Any) -> None:
    """Show what is left of each stage's supply without its largest country."""
    from lodeclaim.reports.indicator_tables import materials_with, n_minus_one_rows

    held, wanted = _asked(asked, lambda frame: materials_with(frame, "production", "share"))
    if asked["explain"]:
        _explain(held, "n-1", wanted, years, asked)
        return
    _out(n_minus_one_rows(held.frame, wanted, years or (None,)), asked)


@indicators.command(
    short_help="What part of each stage a country has, and whom it serves.",
    epilog="""\b
Examples:
  lodeclaim indicators supplier --all --group Kazakhstan
  lodeclaim indicators supplier titanium --group KAZ --format csv""",
)
@_shared
@_year
@click.option("--group", default="KAZ", show_default=True, help="The supplying country, by name or code.")
def supplier(years: tuple[int, ...], group: str, **asked: Any) -> None:
    """Show raw materials from the side of a supplying country: its share, its value, its customers."""
    from lodeclaim.reports.indicator_tables import supplier_rows

    held, wanted = _asked(asked, lambda _: [])
    _figures_only(asked)
    _out(supplier_rows(held.frame, _place(group), wanted or None, years or (None,)), asked)


def _asked(asked: Mapping[str, Any], every: Callable[[pl.DataFrame], list[str]]) -> tuple[Held, list[str]]:
    """The claims to compute from, and the materials that are meant."""
    from lodeclaim.cli.indicator_input import held_claims
    from lodeclaim.cli.naming import resolve

    if bool(asked["materials"]) == asked["every"]:
        raise click.UsageError("name a MATERIAL, or give --all (not both)")
    wanted = list(resolve("material", asked["materials"]))
    held = held_claims(asked["ledger"], asked["left_out"], asked["files"])
    return held, wanted or every(held.frame)


def _place(name: str) -> str:
    """A country or group by name or code; the usual short forms count too."""
    from lodeclaim.cli.naming import resolve

    short = {"us": "USA", "eu": "EU27", "uk": "GBR"}
    return resolve("place", [short.get(name.casefold(), name)])[0]


def _figures_only(asked: Mapping[str, Any]) -> None:
    if asked["explain"]:
        raise click.UsageError(
            "--explain is there for concentration, n-1 and sr; --format jsonl lists the claims behind any"
        )


def _trade_years(trade: pl.DataFrame) -> list[int]:
    bilateral = trade.filter(trade["counterparty"].is_not_null() & (trade["kind"] == "export"))
    found = bilateral["period"].drop_nulls().unique().to_list()
    return sorted(int(one) for one in found if one.isdigit())


def _explain(
    held: Held, indicator: str, materials: Sequence[str], years: Sequence[int], asked: Mapping[str, Any], **more: Any
) -> None:
    from lodeclaim.cli.indicator_output import print_explanation
    from lodeclaim.indicators.moves import explain

    if asked["form"] not in ("table", "jsonl", "csv"):
        raise click.UsageError("--explain prints table, jsonl or csv")
    for material in materials:
        for year in years or (None,):
            stages = ("extraction",) if indicator == "sr" else ("extraction", "processing")
            for stage in stages:
                found = explain(
                    held.frame, indicator, material, year=year, stage=stage, sentences=held.sentences, **more
                )
                if asked["form"] == "table":
                    where = "" if indicator == "sr" else f", {stage}"
                    click.echo(f"\n{material}{where}" + (f", {year}" if year else ""))
                print_explanation(found, asked["form"])


def _out(
    rows: Iterable[Mapping[str, Any]],
    asked: Mapping[str, Any],
    *,
    drawing: str | None = None,
    frame: pl.DataFrame | None = None,
    materials: Sequence[str] = (),
) -> None:
    from lodeclaim.cli.indicator_output import print_indicator

    save: Path | None = asked["save"]
    form = asked["form"]
    if save is not None and save.suffix.lower() == ".svg":
        if drawing is None:
            raise click.UsageError("there is a drawing of sr and of concentration only")
        from lodeclaim.exports.placing import placed
        from lodeclaim.reports.indicator_pictures import heat_map_of, scatter_of

        found = list(rows)
        made = heat_map_of(found) if drawing == "heatmap" else scatter_of(found, frame, materials)  # type: ignore[arg-type]
        with placed(save) as part:
            part.write_text(made, "utf-8")
        click.echo(f"Written to {save}", err=True)
        return
    if save is not None and form == "table":
        form = save.suffix.lower().lstrip(".")
        if form not in ("xlsx", "parquet"):
            raise click.UsageError("--save takes FILE.svg, FILE.xlsx or FILE.parquet")
    print_indicator(rows, form, save)
