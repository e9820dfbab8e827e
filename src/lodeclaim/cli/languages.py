"""``lodeclaim languages``: the languages that can be read, what each has, and how well its fixtures are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from lodeclaim.cli.options import format_option

if TYPE_CHECKING:
    from lodeclaim.claims.model import Claim
    from lodeclaim.reading.fixture_model import Expected, Gap, LanguageReport

__all__ = ["languages"]

#: A language whose full claims are read less well than this is not ready. Measure: F1 on its fixtures.
FLOOR = 0.6
_COLUMNS = ("finding", "where", "differs", "expected", "read", "text")


@click.group(
    invoke_without_command=True,
    short_help="The languages lodeclaim reads.",
    epilog="""\b
Examples:
  lodeclaim languages
  lodeclaim languages --scores
  lodeclaim languages check sv""",
)
@click.option("--scores", is_flag=True, help="Read the fixtures of every language and show F1 at three levels.")
@format_option("table", "jsonl", "csv")
@click.pass_context
def languages(context: click.Context, scores: bool, form: str) -> None:
    """List the languages with the files they have and the texts that measure the reader.

    Fixtures are short texts with the claims that stand in them. Their scores are development figures: they show
    where the reader fails, and are no estimate of accuracy on other texts.
    """
    if context.invoked_subcommand is not None:
        return
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reading.fixtures import check_language, language_codes, language_name, load_fixtures
    from lodeclaim.reading.language_gaps import FILES, files_of

    rows = []
    for code in language_codes():
        fixtures = load_fixtures(code)
        row: dict[str, Any] = {
            "code": code,
            "name": language_name(code),
            "has": ", ".join(name.removesuffix(".yaml") for name in files_of(code)),
            "lacks": ", ".join(name.removesuffix(".yaml") for name in FILES if name not in files_of(code)),
            "fixtures": len(fixtures),
            "claims": sum(len(one.claims) for one in fixtures),
        }
        rows.append(row | (_f1(check_language(code)) if scores else {}))
    print_rows(rows, form)


@languages.command(
    "check",
    short_help="What a language lacks and misreads.",
    epilog="""\b
Examples:
  lodeclaim languages check de
  lodeclaim languages check fr --format csv > fr.csv
  lodeclaim languages check da --floor 0.7""",
)
@click.argument("code")
@format_option("table", "jsonl", "csv")
@click.option(
    "--floor",
    type=click.FloatRange(0, 1),
    default=FLOOR,
    show_default=True,
    help="Least F1 of full claims on the fixtures.",
)
@click.pass_context
def check(context: click.Context, code: str, form: str, floor: float) -> None:
    """Show which words a language lacks beside the fullest one, and which of its fixtures are not read as expected.

    The exit code is 1 where files or words are missing, or the F1 of full claims on the fixtures is below the
    floor. Words that a language may rightly do without are only named.
    """
    from lodeclaim.cli.tables import print_rows
    from lodeclaim.reading.fixtures import check_language

    report = check_language(code)
    rows = [*(_gap_row(gap) for gap in report.gaps), *_misread_rows(report)]
    if form != "table":
        print_rows(rows, form, columns=_COLUMNS)
    else:
        _show(report, rows)
    full = _f1(report)["full"]
    click.echo(_summary(report), err=True)
    if full is not None and full < floor:
        click.echo(f"F1 of full claims is {full:.2f}, below the floor of {floor:.2f}.", err=True)
    context.exit(0 if report.complete and full is not None and full >= floor else 1)


def _f1(report: LanguageReport) -> dict[str, float | None]:
    from lodeclaim.reading.fixture_model import LEVELS

    values = ((level, report.scores[level].f1 if level in report.scores else None) for level in LEVELS)
    return {level: None if value is None else round(value, 3) for level, value in values}


def _summary(report: LanguageReport) -> str:
    head = f"{report.code} ({report.name}): {report.fixtures} fixtures with {report.claims} claims, "
    if report.unread:
        return f"{head}not read: {report.unread}."
    scores = ", ".join(f"{level} {value:.2f}" for level, value in _f1(report).items() if value is not None)
    return f"{head}{len(report.misread)} not read as expected. F1: {scores}."


def _gap_row(gap: Gap) -> dict[str, Any]:
    return {
        "finding": "missing" if gap.needed else "may be added",
        "where": f"{gap.file} {gap.section}".rstrip(),
        "differs": "",
        "expected": ", ".join(gap.keys),
        "read": "",
        "text": "",
    }


def _misread_rows(report: LanguageReport) -> Iterator[dict[str, Any]]:
    from lodeclaim.reading.fixture_scores import EntityNames, differences

    names = EntityNames()
    for one in report.misread:
        place = {"where": f"fixtures.yaml text {one.number}", "text": one.text}
        for expected, claim in one.missed:
            yield {
                "finding": "not read" if claim is None else "read otherwise",
                "differs": "" if claim is None else ", ".join(differences(expected, claim, names)),
                "expected": _expected(expected),
                "read": _read(claim),
                **place,
            }
        for claim in one.spurious:
            yield {"finding": "read too much", "differs": "", "expected": "", "read": _read(claim), **place}


def _expected(one: Expected) -> str:
    from lodeclaim.cli.printing import amount

    value = amount({"value": one.value, "value_max": one.value_max, "unit": one.unit, "comparator": one.comparator})
    return _line(one.predicate, value, ", ".join(one.about), one.when, one.quote)


def _read(claim: Claim | None) -> str:
    if claim is None:
        return ""
    from lodeclaim.claims.contract import as_object
    from lodeclaim.cli.printing import amount
    from lodeclaim.vocabulary.load import load_vocabulary

    item = as_object(claim, None, load_vocabulary())
    about = ", ".join(entry["name"] for entry in item["about"])
    return _line(claim.predicate, amount(item), about, claim.period, claim.quote)


def _line(predicate: str, value: str, about: str, when: str | None, quote: str) -> str:
    return "; ".join(part for part in (predicate, value, about, when, f"“{quote}”") if part)


def _show(report: LanguageReport, rows: list[dict[str, Any]]) -> None:
    """Print gaps and misread texts for people, the text once above what happened to its claims."""
    text = ""
    for row in rows:
        if not row["text"]:
            click.echo(f"{row['finding']}: {row['where']}" + (f": {row['expected']}" if row["expected"] else ""))
            continue
        if row["text"] != text:
            text = row["text"]
            click.echo(f"\n{row['where']}: {text}")
        click.echo(f"  {row['finding']}" + (f": {row['differs']}" if row["differs"] else ""))
        for label in ("expected", "read"):
            if row[label]:
                click.echo(f"    {label:8}  {row[label]}")
    if not rows:
        click.echo("Nothing is missing, and every fixture is read as expected.")
    if report.predicates:
        _show_predicates(report)


def _show_predicates(report: LanguageReport) -> None:
    from lodeclaim.cli.tables import print_rows

    print_rows(
        [
            {
                "predicate": predicate,
                "precision": "" if score.precision is None else f"{score.precision:.2f}",
                "recall": "" if score.recall is None else f"{score.recall:.2f}",
                "found": f"{score.found} of {score.required}",
                "right": f"{score.right} of {score.reported}",
            }
            for predicate, score in report.predicates.items()
        ],
        "table",
    )
