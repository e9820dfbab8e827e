"""The fixtures of a language: short texts with the claims in them, and how well the reader finds those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.claims.model import Claim
from lodeclaim.core.errors import UnknownName, VocabularyError
from lodeclaim.core.ids import content_hash
from lodeclaim.documents.model import Document
from lodeclaim.reading.fixture_model import Expected, Fixture, Gap, LanguageReport
from lodeclaim.reading.fixture_scores import EntityNames, Scored, score_fixtures
from lodeclaim.reading.language_gaps import find_gaps
from lodeclaim.vocabulary.load import DATA, load_vocabulary, read_yaml

__all__ = ["check_language", "language_codes", "language_name", "load_fixtures", "read_fixtures"]


def language_codes(root: Path = DATA) -> tuple[str, ...]:
    """Return the codes of all languages that have any file, finished or not."""
    return tuple(sorted(folder.name for folder in (root / "languages").iterdir() if folder.is_dir()))


def language_name(code: str, root: Path = DATA) -> str:
    """Return the English name of a language, or its code where no file tells it."""
    file = root / "languages" / code / "cldr.yaml"
    return str(read_yaml(file).get("name", code)) if file.is_file() else code


def load_fixtures(code: str, root: Path = DATA) -> tuple[Fixture, ...]:
    """Return the fixtures of a language with the offset of every quote; none where there is no file.

    Raises VocabularyError with the number of the text where a key is unknown, a predicate is none of the
    vocabulary, or a quote does not stand in its text.
    """
    path = root / "languages" / code / "fixtures.yaml"
    if not path.is_file():
        return ()
    return tuple(_fixture(item, f"{path}: text {number}") for number, item in enumerate(read_yaml(path) or (), 1))


def read_fixtures(code: str, fixtures: Sequence[Fixture]) -> list[list[Claim]]:
    """Return the claims that the rules read from each fixture."""
    from lodeclaim.reading.reader import RuleReader

    reader = RuleReader()
    return [reader.read(_document(code, fixture)) for fixture in fixtures]


def check_language(code: str) -> LanguageReport:
    """Return what the language lacks beside the fullest one, and how well its fixtures are read.

    A language with needed gaps in its files is not read; ``unread`` names the first. Raises UnknownName where
    there is no such language, VocabularyError where a file is not what it should be.
    """
    if code not in language_codes():
        raise UnknownName(f"no language has the code {code!r}", remedy=f"There are {', '.join(language_codes())}")
    gaps = find_gaps(code)
    names = EntityNames()
    fixtures = load_fixtures(code)
    unknown = sorted(
        {name for one in fixtures for claim in one.claims for name in claim.about if not names.knows(name)}
    )
    if unknown:
        gaps = (*gaps, Gap("fixtures.yaml", "names that the vocabulary lacks", tuple(unknown), needed=False))
    unread = _unreadable(gaps, fixtures)
    scored = Scored({}, {}, ()) if unread else score_fixtures(fixtures, read_fixtures(code, fixtures), names)
    return LanguageReport(
        code=code,
        name=language_name(code),
        gaps=gaps,
        fixtures=len(fixtures),
        claims=sum(len(one.claims) for one in fixtures),
        scores=scored.levels,
        predicates=scored.predicates,
        misread=scored.misread,
        unread=unread,
    )


def _unreadable(gaps: Sequence[Gap], fixtures: Sequence[Fixture]) -> str | None:
    """What keeps the reader from the fixtures: a file, or a whole category of field.yaml."""
    for gap in gaps:
        if gap.needed and not gap.keys:
            return f"missing {gap.file} {gap.section}".rstrip()
    return None if fixtures else "missing texts in fixtures.yaml"


def _fixture(item: Any, where: str) -> Fixture:
    try:
        fixture = msgspec.convert(_plain(item), Fixture)
    except msgspec.ValidationError as error:
        raise VocabularyError(str(error), where=where, remedy="Keys are those of reading/fixture_model.py") from error
    taken: dict[str, int] = {}
    claims = [_placed(claim, fixture.text, taken, where) for claim in fixture.claims]
    return msgspec.structs.replace(fixture, claims=tuple(claims))


def _placed(claim: Expected, text: str, taken: dict[str, int], where: str) -> Expected:
    """Set the offset: a quote that is given twice means its first and its second place."""
    for predicate in (claim.predicate, *claim.alt_predicates):
        if predicate not in load_vocabulary().predicates:
            raise VocabularyError(f"no predicate has the id {predicate!r}", where=where, remedy="See predicates.yaml")
    key = f"{claim.predicate} {claim.about} {claim.quote}"
    places = list(_places(claim.quote, text))
    if not places:
        raise VocabularyError(
            f"the quote {claim.quote!r} does not stand in the text", where=where, remedy="Copy it from the text"
        )
    turn = taken.get(key, 0)
    taken[key] = turn + 1
    return msgspec.structs.replace(claim, start=places[min(turn, len(places) - 1)])


def _places(quote: str, text: str) -> Iterator[int]:
    """Yield where the quote stands as a whole: "8 %" is no quote of "18 %"."""
    whole = r"(?<![\w.,])" if quote[:1].isalnum() else ""
    yield from (match.start() for match in re.finditer(whole + re.escape(quote), text))


def _plain(item: Any) -> Any:
    """Dates and years that YAML reads as such become the text they were."""
    if isinstance(item, dict):
        dated = ("published", "when")
        return {k: str(v) if k in dated and isinstance(v, date | int) else _plain(v) for k, v in item.items()}
    return [_plain(one) for one in item] if isinstance(item, list) else item


def _document(code: str, fixture: Fixture) -> Document:
    digest = content_hash(fixture.text.encode())
    return Document(
        id=f"d{digest[:12]}",
        address="fixture",
        text=fixture.text,
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        language=code,
        published=fixture.published,
    )
