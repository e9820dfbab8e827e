"""``lodeclaim brief``: what is known of one material, with its claims."""

from __future__ import annotations

from pathlib import Path

import click

from lodeclaim.cli.options import ledger_option, open_ledger

__all__ = ["brief"]

ENDINGS = (".html", ".htm", ".json", ".txt")


def _known_ending(_context: click.Context, _option: click.Parameter, save: Path | None) -> Path | None:
    if save is not None and save.suffix.lower() not in ENDINGS:
        raise click.BadParameter(f"a brief is written as .html, .json or .txt, not as {save.suffix or 'a bare name'}")
    return save


@click.command(
    short_help="What is known of one material, with its claims.",
    epilog="""\b
Examples:
  lodeclaim brief tungsten
  lodeclaim brief tungsten --ledger supply.sqlite --save tungsten.html""",
)
@click.argument("material")
@ledger_option
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    callback=_known_ending,
    help="Also write the brief to this file: .html (needs no network), .json or .txt.",
)
def brief(material: str, ledger: str | None, save: Path | None) -> None:
    """Print the brief on a material: stages, concentration, EU reliance, projects, deals and conflicts.

    Numbers in brackets lead to the claims listed at the end; `lodeclaim claim ID` shows the sentence.
    Without a ledger the brief rests on the official statistics alone.
    """
    from lodeclaim.reports.brief import build_brief

    with open_ledger(ledger) as held:
        made = build_brief(held, material)
    click.echo(str(made))
    if save is not None:
        made.save(save)
        click.echo(f"Written to {save}", err=True)
