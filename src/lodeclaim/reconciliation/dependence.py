"""Which claims are of one voice: copies, translations, one stated source, or the same unusual numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from lodeclaim.reconciliation.evidence import Evidence, Item
from lodeclaim.reconciliation.model import Statement
from lodeclaim.vocabulary.load import load_vocabulary

_DATE = attrgetter("published")
#: A claim as it was told, or as its slot sees it.
Said = TypeVar("Said", Item, Statement)

__all__ = ["chinese_publisher", "independent", "translated_from_chinese", "unusual", "voices"]

#: From so many unusual numbers in common two documents count as one voice …
SHARED = 4
#: … where these are that share of the unusual numbers of the shorter one.
SHARE = 0.6
#: A number that more voices than this give is no sign of a copy.
_EVERYBODY = 50
#: A number with so many digits that count is unusual: two authors do not come to it by chance.
_DIGITS = 3
_CHINA = frozenset({"CHN", "HKG", "MAC", "TWN"})


def voices(evidence: Evidence) -> dict[str, str]:
    """Return source → its voice: the first of the documents that share their text or their unusual numbers.

    The ledger finds shared text (8-word shingles); here documents join that have at least four unusual numbers
    with unit and matter in common, and these are most of what the shorter one has: a translation or a retelling.
    """
    import polars as pl

    if (known := evidence.shared.get("voices")) is not None:
        return known  # type: ignore[no-any-return]
    by_source = evidence.rows.group_by("source").agg(pl.col("voice").first())
    root: dict[str, str] = dict(by_source.iter_rows())
    said = evidence.rows.select("voice", "value", "unit", "material").drop_nulls("value").unique()
    odd = [value for value in said["value"].unique().to_list() if unusual(value)]
    alike = said.filter(pl.col("value").is_in(odd)).group_by("value", "unit", "material").agg("voice")
    numbers: dict[str, set[int]] = {}
    for number, heard in enumerate(alike["voice"].to_list()):  # a count stands for a number: quicker to look up
        for voice in heard:
            numbers.setdefault(voice, set()).add(number)
    parent = {voice: voice for voice in set(root.values())}
    for first, second in _sharing(numbers):
        low, high = sorted((_root(parent, first), _root(parent, second)))
        parent[high] = low
    found = {source: _root(parent, voice) for source, voice in root.items()}
    evidence.shared["voices"] = found
    return found


def _sharing(numbers: Mapping[str, set[int]]) -> Iterator[tuple[str, str]]:
    """Pairs of voices that have enough numbers in common.

    Such a pair shares one of the rarest numbers of the one that has fewer: all but as many as it may lack. So only
    voices that hold one of these are compared with it.
    """
    everybody = Counter(chain.from_iterable(numbers.values()))
    # What everybody says tells nothing of who copied whom.
    telling = {
        voice: {one for one in own if everybody[one] <= _EVERYBODY}
        for voice, own in numbers.items()
        if len(own) >= SHARED
    }
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for voice, own in telling.items():
        for one in own:
            holders[one].append(voice)
    for voice, own in telling.items():
        size = len(numbers[voice])
        needed = max(SHARED, math.ceil(SHARE * size))
        rarest = sorted(own, key=everybody.__getitem__)[: max(0, len(own) - needed + 1)]
        for other in {other for one in rarest for other in holders[one]}:
            # Of two that have as many either may be the one that has fewer.
            if other != voice and len(numbers[other]) >= size and len(own & telling[other]) >= needed:
                yield voice, other


def independent(claims: Sequence[Said], voice_of: Mapping[str, str]) -> dict[str, Said]:
    """Return voice → the claim that speaks for it, the earliest; two that name one source of theirs are one voice.

    The claims come in order of their ids, which decides between those of one date.
    """
    found: dict[str, Said] = {}
    # Where every claim has its date, which is so for most, the date itself sorts them.
    for one in sorted(claims, key=_DATE if all(map(_DATE, claims)) else _earliest):
        voice = f"according to {one.attributed_to}" if one.attributed_to else voice_of.get(one.source, one.voice)
        found.setdefault(voice, one)
    return found


def _earliest(one: Item | Statement) -> str:
    return one.published or "9"


@lru_cache(maxsize=65536)
def unusual(value: float) -> bool:
    """Tell whether a number has three or more digits that count.

    >>> unusual(17.36), unusual(900000000.0)
    (True, False)
    """
    if value == 0 or not math.isfinite(value):
        return False
    return len(f"{value:.11e}".partition("e")[0].lstrip("-").replace(".", "").rstrip("0")) >= _DIGITS


def translated_from_chinese(item: Item) -> str:
    """Return how it is known that a claim comes from a Chinese text in translation, or nothing.

    Known it is where the publisher is Chinese by the vocabulary and the quote is not in Chinese characters.
    """
    if any("\u4e00" <= sign <= "\u9fff" for sign in item.quote):
        return ""
    return chinese_publisher(item.publisher)


def chinese_publisher(publisher: str | None) -> str:
    """Return in words that a publisher is Chinese by the vocabulary, or nothing."""
    chinese = publisher and publisher.casefold() in _chinese_names()
    return f"its publisher {publisher} is Chinese and the text is not" if chinese else ""


@cache
def _chinese_names() -> frozenset[str]:
    """The ids and names of the actors at home in China."""
    actors = [actor for actor in load_vocabulary().actors.values() if actor.home in _CHINA]
    return frozenset(name.casefold() for actor in actors for name in (actor.id, actor.name, *actor.aliases))


def _root(parent: dict[str, str], voice: str) -> str:
    while parent[voice] != voice:
        voice = parent[voice]
    return voice
