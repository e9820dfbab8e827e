"""Write the scores of the reader into docs/benchmarks.md, between its two markers.

    score_table.py [--shared DIR] [--print]

The fixtures of every language are always scored. Where DIR (the environment variable LODECLAIM_SHARED, or the
folder ``shared`` beside the checkout) holds the development set, its documents are scored too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.claims.model import Claim
from lodeclaim.reading.fixture_model import LEVELS, Expected, Fixture, Score
from lodeclaim.reading.fixture_scores import EntityNames, Scored, score_fixtures
from lodeclaim.reading.fixtures import check_language, language_codes, language_name
from lodeclaim.vocabulary.load import load_vocabulary

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"
NOTE = """Development figures: the texts were at hand while the reader was made, so a score shows what broke and what is
still misread, and is no estimate of accuracy on other texts. A *quantity* is right when its place, value and unit
are; a *claim* when its predicate is, too; a *full* claim when also two thirds of its names, its year and its bound
are."""


def section(shared: Path) -> str:
    """What stands between the markers."""
    scored = _fixtures()
    parts = [
        NOTE,
        "### Fixtures",
        "Short texts in each language with the claims that stand in them; `lodeclaim languages check CODE` shows every"
        " one that is misread.",
        *_tables(scored),
    ]
    gold = _gold(shared)
    if gold:
        parts += [
            "### Development set",
            "Five published articles, annotated by hand. They are not part of the project, so the table can be renewed"
            " only where they are present.",
            *_tables(gold),
        ]
    return "\n\n".join(parts)


def _fixtures() -> dict[str, tuple[int, Scored]]:
    found = {}
    for code in language_codes():
        report = check_language(code)
        if report.unread is None:
            found[code] = (report.fixtures, Scored(dict(report.scores), dict(report.predicates), report.misread))
    return found


def _tables(scored: Mapping[str, tuple[int, Scored]]) -> Iterable[str]:
    rows = []
    for code, (texts, one) in scored.items():
        required = one.levels["full"].required
        rows.append((language_name(code), str(texts), str(required), *(_levels(one.levels[level]) for level in LEVELS)))
    yield "Precision / recall / F1 by language:"
    yield _table(("language", "texts", "claims", *LEVELS), rows)
    yield "Precision / recall at the claim level by predicate, and the number of claims to find:"
    predicates = sorted({predicate for _, one in scored.values() for predicate in one.predicates})
    yield _table(
        ("predicate", *(language_name(code) for code in scored)),
        ((f"`{p}`", *(_cell(one.predicates.get(p, Score())) for _, one in scored.values())) for p in predicates),
    )


def _gold(shared: Path) -> dict[str, tuple[int, Scored]]:
    """Scores of the development set by language; empty where it is absent."""
    from lodeclaim.documents.load import load_document
    from lodeclaim.reading.reader import RuleReader

    folder = shared / "gold"
    if not (folder / "gold.jsonl").is_file():
        return {}
    aliases = json.loads((folder / "aliases.json").read_text("utf-8"))
    names = EntityNames(aliases={other: name for name, others in aliases.items() for other in others})
    claims: dict[str, list[Expected]] = defaultdict(list)
    known = load_vocabulary().predicates
    for row in _rows(folder / "gold.jsonl"):
        if row["predicate"] in known or row.get("optional"):
            claims[row.pop("doc")].append(msgspec.convert({**row, "about": tuple(row["about"])}, Expected))
    texts: dict[str, list[Fixture]] = defaultdict(list)
    read: dict[str, list[list[Claim]]] = defaultdict(list)
    reader = RuleReader()
    for row in _rows(folder / "docs.jsonl"):
        document = load_document(str(shared / "seeds" / row["id"]))
        texts[row["lang"]].append(Fixture(text=document.text, claims=tuple(claims[row["id"]])))
        read[row["lang"]].append(reader.read(document))
    return {code: (len(texts[code]), score_fixtures(texts[code], read[code], names)) for code in sorted(texts)}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _levels(score: Score) -> str:
    return " / ".join(_two(value) for value in (score.precision, score.recall, score.f1))


def _cell(score: Score) -> str:
    if not score.required and not score.reported:
        return ""
    return f"{_two(score.precision)} / {_two(score.recall)} ({score.required})"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def renew(page: str, body: str) -> str:
    """The page with the text between its markers replaced; raises ValueError where it lacks them."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} lacks the markers {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{body}\n\n{END}{after}"


def main(write: Callable[[str], object] = sys.stdout.write) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = os.environ.get("LODECLAIM_SHARED") or str(ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=Path(beside), help="folder of the development set")
    parser.add_argument("--print", action="store_true", help="print the section and change nothing")
    options = parser.parse_args()
    body = section(options.shared)
    if options.print:
        write(body + "\n")
    else:
        PAGE.write_text(renew(PAGE.read_text("utf-8"), body), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
