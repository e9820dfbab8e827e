"""Which entity a name in a draft means: only one that the text itself mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodeclaim.claims.model import Reason
from lodeclaim.reading.fold import fold
from lodeclaim.reading.model import Block, Link
from lodeclaim.reading.model_reader.model import ClaimDraft
from lodeclaim.reading.model_reader.scanned import ScannedDocument, ScannedSentence
from lodeclaim.reading.slots import Filled

__all__ = ["fill_slots"]

#: Which kinds of entity a slot takes, the likelier first.
_KINDS: dict[str, tuple[str, ...]] = {
    "site": ("site",),
    "material": ("material",),
    "place": ("place",),
    "actor": ("actor", "place"),
    "counterparty": ("actor", "place"),
}
_ANY = ("actor", "place", "site", "material")
#: Slots that keep a proper name the vocabulary lacks; a material or country is always one of the vocabulary.
_OPEN = ("actor", "counterparty", "site")
#: What a step away from the quote's own sentence costs, as for the rules.
_IN_BLOCK, _IN_HEADLINE, _NOWHERE = 0.12, 0.2, 0.1
_LEAST_OVERLAP, _MOST_OF_NAME = 0.25, 0.5
#: Hits of the lexicon that name an entity.
_NAMING = frozenset(
    {"material", "formula", "guarded_material", "place", "place_adjective", "metonym", "actor", "office_holder", "site"}
)


def fill_slots(
    scanned: ScannedDocument, block: Block, here: ScannedSentence, span: tuple[int, int], draft: ClaimDraft
) -> Filled:
    """Return the slots whose names the text mentions: in the sentence, else the block, else the first headline.

    A name that stands nowhere leaves its slot empty; the reason says what the reader named, and the confidence
    falls. ``span`` is the place of the claim: of several mentions the nearest counts.
    """
    filled = Filled()
    text = scanned.document.text
    for slot, kinds in _KINDS.items():
        named = getattr(draft, slot)
        if named is None:
            continue
        found = _find(scanned, block, here, span, named, kinds, slot in _OPEN)
        if found is None:
            _missing(filled, slot, named)
        else:
            link, rule, cost = found
            filled.put(text, slot, link, rule, cost)
    for named in draft.others:
        found = _find(scanned, block, here, span, named, _ANY, False)
        if found is None:
            _missing(filled, "others", named)
        else:
            filled.add(text, _part(scanned, found[0].entity), found[0], found[1])
    _stage(text, scanned, block, here, span, draft.stage, filled)
    return filled


def _find(
    scanned: ScannedDocument,
    block: Block,
    here: ScannedSentence,
    span: tuple[int, int],
    named: str,
    kinds: Sequence[str],
    open_ended: bool,
) -> tuple[Link, str | None, float] | None:
    text = scanned.document.text
    entities = _entities(scanned, named)
    for sentences, start, end, scope, cost in _windows(scanned, block, here):
        places = list(_occurrences(text, start, end, named))
        for kind in kinds:
            links = [link for sentence in sentences for link in sentence.mentions.of(kind)]
            meant = [link for link in links if link.entity in entities or _same_words(link, places)]
            if meant:
                link = min(meant, key=lambda link: _distance(link, span))
                return link, f"{link.rule}, {scope}" if scope else None, cost
    if not open_ended or not named[:1].isupper():
        return None
    for _, start, end, scope, cost in _windows(scanned, block, here):
        for left, right in _occurrences(text, start, end, named):
            if text[left].isupper():
                rule = "name as it stands" + (f", {scope}" if scope else "")
                return Link(f"name:{' '.join(text[left:right].split())}", left, right, rule, "possible"), rule, cost
    return None


def _windows(
    scanned: ScannedDocument, block: Block, here: ScannedSentence
) -> Iterator[tuple[Sequence[ScannedSentence], int, int, str, float]]:
    yield [here], here.sentence.start, here.sentence.end, "", 0.0
    yield scanned.sentences_of(block), block.start, block.end, "elsewhere in the paragraph", _IN_BLOCK
    headline = scanned.headline
    if headline is not None and headline is not block:
        yield scanned.sentences_of(headline), headline.start, headline.end, "headline", _IN_HEADLINE


def _occurrences(text: str, start: int, end: int, named: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of the name stand, whatever is between them but letters."""
    words = fold(named).split()
    if words:
        pattern = re.compile(r"(?<!\S)" + r"\s+".join(map(re.escape, words)) + r"(?!\S)")
        for match in pattern.finditer(fold(text[start:end])):
            yield start + match.start(), start + match.end()


def _entities(scanned: ScannedDocument, named: str) -> set[str]:
    """Return what the words of a name mean by themselves: through the lexicon, which knows compounds and endings."""
    found: set[str] = set()
    for hit in scanned.language.lexicon.scan(named):
        if hit.category in _NAMING and hit.end - hit.start >= _MOST_OF_NAME * len(named):
            found.add(str(hit.value[0] if hit.category == "formula" else hit.value))
    words = fold(named).split()
    for part in (scanned.vocabulary.materials, scanned.vocabulary.countries, scanned.vocabulary.groups):
        found.update(key for key, entry in part.items() if fold(entry.name).split() == words)
    return found


def _same_words(link: Link, places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a mention lies where the words of the name stand, and makes up enough of them."""
    for start, end in places:
        inside = (start <= link.start and link.end <= end) or (link.start <= start and end <= link.end)
        common = min(end, link.end) - max(start, link.start)
        if inside and common >= _LEAST_OVERLAP * max(end - start, link.end - link.start):
            return True
    return False


def _distance(link: Link, span: tuple[int, int]) -> int:
    return max(0, link.start - span[1], span[0] - link.end)


def _part(scanned: ScannedDocument, entity: str) -> str:
    words = scanned.vocabulary
    if entity in words.countries or entity in words.groups:
        return "place"
    if entity in words.sites:
        return "site"
    return "material" if entity in words.materials else "counterparty"


def _stage(
    text: str,
    scanned: ScannedDocument,
    block: Block,
    here: ScannedSentence,
    span: tuple[int, int],
    stage: str | None,
    filled: Filled,
) -> None:
    if stage is None:
        return
    for sentences, _, _, scope, cost in _windows(scanned, block, here):
        links = [
            Link(stage, hit.start, hit.end, f"stage word ({hit.how})")
            for sentence in sentences
            for hit in sentence.mentions.stages
            if hit.value == stage
        ]
        if links:
            link = min(links, key=lambda link: _distance(link, span))
            filled.put(text, "stage", link, f"{link.rule}, {scope}" if scope else None, cost)
            return
    _missing(filled, "stage", stage)


def _missing(filled: Filled, slot: str, named: str) -> None:
    filled.cost += _NOWHERE
    filled.reasons.append(Reason(slot=slot, rule="not in the text", note=f"left empty: the reader named {named!r}"))
