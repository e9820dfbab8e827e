"""The answers of the first page: who extracts, who processes, how concentrated, what disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lodeclaim.reports.model import Answer, DisagreementNote, Phrase, RelianceSection, StageSection
from lodeclaim.reports.wording import amount, range_words, say, when_words
from lodeclaim.vocabulary.load import load_vocabulary

__all__ = ["answers", "hhi_words"]

_LEADERS = 3
#: Bands of the HHI on the scale 0–1: U.S. DoJ and FTC, Merger Guidelines (2023), Guideline 1, with its lower
#: neighbour from those of 1982; here a help to read the number.
_BANDS = ((0.10, "not concentrated"), (0.18, "moderately concentrated"), (1.01, "highly concentrated"))
_DOING = {"extraction": "Who extracts?", "processing": "Who processes?"}


def answers(
    stages: Sequence[StageSection], reliance: RelianceSection, disagreements: Sequence[DisagreementNote]
) -> tuple[Answer, ...]:
    """Return the answers in the order of the page; each phrase names its claims or says what is missing."""
    found = [
        Answer(question=_DOING[stage.stage], phrases=tuple(_leaders(stage)))
        for stage in stages
        if stage.stage in _DOING
    ]
    found.append(Answer(question="How concentrated?", phrases=tuple(_concentration(stages))))
    found.append(Answer(question="How far does the EU depend?", phrases=tuple(_dependence(reliance))))
    found.append(Answer(question="What disagrees?", phrases=tuple(_dispute(disagreements))))
    return tuple(found)


def hhi_words(value: float) -> str:
    """Return the band of an HHI between 0 and 1.

    >>> hhi_words(0.63)
    'highly concentrated'
    """
    return next(words for top, words in _BANDS if value < top)


def _leaders(stage: StageSection) -> Iterator[Phrase]:
    named = [row for row in stage.shares if row.entity and row.share.value is not None]
    if not named:
        yield Phrase(words=_first_up(say(stage.hhi_territory)))
        return
    for row in named[:_LEADERS]:
        spread = range_words(row.share)
        yield Phrase(words=f"{row.name} {say(row.share)}" + (f" ({spread})" if spread else ""), claims=row.share.claims)
    when = f", {when_words(stage.period)}" if stage.period else ""
    if stage.total.value is not None and stage.total.unit != "%":
        yield Phrase(words=f"of {amount(stage.total.value, stage.total.unit)}{when}", claims=stage.total.claims)
    else:
        yield Phrase(words=f"of world supply{when}")


def _concentration(stages: Sequence[StageSection]) -> Iterator[Phrase]:
    for stage in stages:
        if stage.stage not in _DOING:
            continue
        for way, figure in (("by territory", stage.hhi_territory), ("by control", stage.hhi_control)):
            if figure.value is None:
                yield Phrase(words=f"{_first_up(stage.name)} {way}: {say(figure)}", claims=figure.claims)
                continue
            spread = range_words(figure)
            band = hhi_words(figure.value)
            words = (
                f"{_first_up(stage.name)} {way}: HHI {figure.value:.2f}"
                + (f" ({spread})" if spread else "")
                + f", {band}"
            )
            yield Phrase(words=words, claims=figure.claims)


def _dependence(reliance: RelianceSection) -> Iterator[Phrase]:
    eu = [one for one in reliance.listings if one.list.startswith("eu-")]
    if eu:
        part = " (members of the group)" if all(one.title.endswith("(members)") for one in eu) else ""
        titles = dict.fromkeys(one.title.removeprefix("EU ").partition(" raw material")[0] for one in eu)
        yield Phrase(words=_first_up(f"{' and '.join(titles)} raw material{part}"))
    else:
        yield Phrase(words="On neither list of Regulation (EU) 2024/1252")
    for gauge in reliance.gauges[:2]:
        short = gauge.name.partition("(")[2].partition(")")[0]
        if gauge.value.value is None:
            yield Phrase(words=f"{short} {say(gauge.value)}")
        else:
            words = f"{short} {say(gauge.value)} ({gauge.threshold_words})"
            yield Phrase(words=words, claims=gauge.value.claims)
    members = set(load_vocabulary().groups["EU27"].members)
    leaders = [
        (row, table)
        for table in reliance.sourcing
        for row in table.rows
        if row.entity is not None and row.entity not in members and row.share.value is not None
    ]
    if leaders:
        top, table = max(leaders, key=lambda pair: (pair[0].share.value or 0, pair[1].title))
        words = f"{top.name} supplies {say(top.share)} of {table.title}, {when_words(table.period)}"
        yield Phrase(words=words, claims=top.share.claims)
    else:
        yield Phrase(words="EU sourcing by country cannot be computed: missing sourcing shares")


def _dispute(disagreements: Sequence[DisagreementNote]) -> Iterator[Phrase]:
    if not disagreements:
        yield Phrase(words="No disagreement found among the claims held")
        return
    counts = {kind: sum(one.kind == kind for one in disagreements) for kind in ("conflict", "several", "bound")}
    named = (("conflict", "conflict"), ("several", "matter with several values"), ("bound", "bound given as a value"))
    words = [_counted(counts[kind], name) for kind, name in named if counts[kind]]
    yield Phrase(words=", ".join(words))
    for one in disagreements[:2]:
        said = " against ".join(dict.fromkeys(voice.words for voice in one.voices[:4]))
        yield Phrase(words=f"{one.matter}: {said}", claims=one.claims)


def _counted(number: int, name: str) -> str:
    if number == 1:
        return f"1 {name}"
    plural = name.replace("matter with", "matters with").replace("bound given as a value", "bounds given as values")
    return f"{number} {plural if plural != name else name + 's'}"


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
