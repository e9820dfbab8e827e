"""May a draft become a claim? One check for every reader: a model proposes, only text and grammar dispose."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from lodeclaim.claims.identity import identify
from lodeclaim.claims.model import Claim, Reason
from lodeclaim.core.errors import UnknownName
from lodeclaim.reading.drafts import event_claim, quantity_claim
from lodeclaim.reading.events import Event, find_events
from lodeclaim.reading.frames import FITS, Choice
from lodeclaim.reading.model import Block, Quantity
from lodeclaim.reading.model_reader.model import ClaimDraft, Piece, Quarantined
from lodeclaim.reading.model_reader.naming import fill_slots
from lodeclaim.reading.model_reader.prompt import PREDICATES
from lodeclaim.reading.model_reader.quote import Misplaced, locate
from lodeclaim.reading.model_reader.scanned import ScannedDocument, ScannedSentence
from lodeclaim.reading.slots import Filled

__all__ = ["CEILING", "Gate"]

#: The most a claim is trusted that only a model has read; without a number or an event phrase of ours, less.
CEILING, CEILING_OF_WORDS = 0.5, 0.4
_LONGEST_QUOTE = 300
#: What can be said of one thing alone: it is listed, it opens.
_OF_ONE = frozenset({"status", "milestone"})
_SAME = 1e-6
_REACHING = (">=", "~")
#: Percentages that are a part of a whole.
_PARTS = frozenset({"share", "supplier_share", "import_reliance", "stake", "recovery", "grade"})


class _Refused(Exception):
    def __init__(self, step: str, reason: str) -> None:
        self.step = step
        self.reason = reason
        super().__init__(step, reason)


class Gate:
    """Checks drafts against one document and makes claims of those that hold."""

    def __init__(self, scanned: ScannedDocument) -> None:
        self.scanned = scanned
        self.document = scanned.document

    def judge(self, draft: ClaimDraft, piece: Piece, reader: str, ceiling: float = CEILING) -> Claim | Quarantined:
        """Return the claim that a draft about ``piece`` makes, or the draft with the reason why it makes none.

        1. quote: it stands in the piece exactly once, to the letter or with spaces and quotation marks evened.
        2. number: our grammar reads the same value, range and unit where the quote stands.
        3. slots: a name is linked where sentence, paragraph or headline mention it; else the slot stays empty.
        4. fit: the predicate takes such a unit, and the value is physically possible.
        5. the claim is written by the code that writes the rules' claims, so that equal ones have equal ids;
           its confidence is at most ``ceiling``.
        """
        try:
            return self._claim(draft, piece, reader, ceiling)
        except _Refused as refused:
            return Quarantined(
                document=self.document.id,
                address=self.document.address,
                start=piece.start,
                end=piece.end,
                reader=reader,
                step=refused.step,
                reason=refused.reason,
                draft=draft,
            )

    def _claim(self, draft: ClaimDraft, piece: Piece, reader: str, ceiling: float) -> Claim:
        if draft.predicate not in PREDICATES:
            raise _Refused("fit", f"there is no predicate {draft.predicate!r}")
        place = locate(self.document.text, piece.start, piece.end, draft.quote)
        if isinstance(place, Misplaced):
            raise _Refused("quote", place.reason)
        block = self.scanned.block_at(place[0])
        if block is None:
            raise _Refused("quote", "the quote stands in furniture of the page")
        if draft.value is None:
            claim, grounded = self._of_words(draft, block, place, reader)
        else:
            claim, grounded = self._of_number(draft, draft.value, block, place, reader), True
        most = ceiling if grounded else min(ceiling, CEILING_OF_WORDS)
        confidence = round(min(most, claim.confidence), 2)
        return identify(replace(claim, reader=reader, confidence=confidence))

    def _of_number(self, draft: ClaimDraft, value: float, block: Block, place: tuple[int, int], reader: str) -> Claim:
        here, quantity = self._reread(draft, value, block, place)
        if draft.predicate not in FITS[quantity.unit_class]:
            raise _Refused("fit", f"{draft.predicate} is not counted in {quantity.unit} ({quantity.unit_class})")
        span = (quantity.start, quantity.end)
        filled = self._filled(draft, block, here, span)
        claim = quantity_claim(
            self.document,
            here.sentence,
            quantity,
            Choice(draft.predicate, 0.0, None, f"named by {reader}"),
            filled,
            here.mentions,
            _inherited(draft, here, quantity),
        )
        if claim.value is not None and claim.value * value < 0:
            raise _Refused("number", f"the text reads {claim.value:g} {quantity.unit}, the draft says {value:g}")
        _possible(claim)
        return self._circumstances(draft, here, claim)

    def _reread(
        self, draft: ClaimDraft, value: float, block: Block, place: tuple[int, int]
    ) -> tuple[ScannedSentence, Quantity]:
        """Return the one quantity at the quote that is the draft's."""
        if not all(math.isfinite(number) for number in (value, draft.value_max or 0.0)):
            raise _Refused("number", "the value is no finite number")
        inside = [
            (sentence, quantity)
            for sentence in self.scanned.sentences_of(block)
            for quantity in sentence.sentence.quantities
            if quantity.start < place[1] and place[0] < quantity.end
        ]
        if not inside:
            raise _Refused("number", "our grammar reads no quantity in the quote")
        same = [item for item in inside if self._agrees(draft, value, item[1])]
        if len(same) == 1:
            return same[0]
        if same:
            raise _Refused("number", "the quote holds the same quantity more than once; a shorter quote is needed")
        read = "; ".join(_words(one.value, one.value_max, one.unit) for _, one in inside)
        said = _words(value, draft.value_max, draft.unit)
        raise _Refused("number", f"the text reads {read}, the draft says {said}")

    def _agrees(self, draft: ClaimDraft, value: float, quantity: Quantity) -> bool:
        if draft.unit is None:
            return False
        growth = draft.predicate == "growth"
        ends = [(value, quantity.value)]
        if (draft.value_max is None) != (quantity.value_max is None):
            return False
        if draft.value_max is not None and quantity.value_max is not None:
            ends.append((draft.value_max, quantity.value_max))
            if growth and value < 0:  # a fall by 5 to 7 % may be written from -7 to -5
                ends = list(zip(sorted(abs(a) for a, _ in ends), (b for _, b in ends), strict=True))
        for said, read in ends:
            said_value, said_unit = self._canonical(abs(said) if growth else said, draft.unit)
            read_value, read_unit = self._canonical(abs(read) if growth else read, quantity.unit)
            if said_unit != read_unit or not math.isclose(said_value, read_value, rel_tol=_SAME):
                return False
        return True

    def _canonical(self, value: float, unit: str) -> tuple[float, str]:
        try:
            known = self.scanned.vocabulary.unit(unit)
        except UnknownName:
            return value, unit
        return value * known.factor, known.canonical

    def _of_words(self, draft: ClaimDraft, block: Block, place: tuple[int, int], reader: str) -> tuple[Claim, bool]:
        """Return a claim without a number, and whether an event phrase of ours stands in its quote."""
        sentences = self.scanned.sentences_of(block)
        here = next((one for one in sentences if one.sentence.start <= place[0] < one.sentence.end), sentences[-1])
        event = next(
            (
                event
                for event in find_events(self.document.text, here.sentence, ())
                if event.predicate == draft.predicate and event.start < place[1] and place[0] < event.end
            ),
            None,
        )
        grounded = event is not None
        if event is None:
            if "value" in self.scanned.vocabulary.predicates[draft.predicate].requires:
                raise _Refused("number", f"the draft has no number, and {draft.predicate} means nothing without one")
            if place[1] - place[0] > _LONGEST_QUOTE:
                raise _Refused("quote", f"the quote is longer than {_LONGEST_QUOTE} characters")
            event = Event(draft.predicate, "", *place)
        filled = self._filled(draft, block, here, (event.start, event.end))
        if draft.predicate in _OF_ONE:
            if not {"material", "site", "actor"} & filled.slots.keys():
                raise _Refused(
                    "slots", f"the text mentions no material, site or company that the {draft.predicate} is of"
                )
        elif len(filled.slots) < 2:
            raise _Refused("slots", f"{draft.predicate} without a number needs two names that the text mentions")
        claim = event_claim(self.document, here.sentence, event, filled, here.mentions)
        reasons = (
            claim.reasons if grounded else (Reason(slot="predicate", rule=f"named by {reader}"), *claim.reasons[1:])
        )
        claim = replace(claim, kind=claim.kind or None, instrument=claim.instrument or None, reasons=reasons)
        return self._circumstances(draft, here, claim), grounded

    def _filled(self, draft: ClaimDraft, block: Block, here: ScannedSentence, span: tuple[int, int]) -> Filled:
        filled = fill_slots(self.scanned, block, here, span, draft)
        if not filled.slots:
            raise _Refused("slots", "the text mentions none of the names in the draft")
        if "material" not in filled.slots and "site" not in filled.slots and not self._about_materials(block):
            raise _Refused("slots", "neither the draft's names nor the text around them are about a raw material")
        return filled

    def _about_materials(self, block: Block) -> bool:
        """Tell whether the paragraph, the one before it or the headline names a raw material or a site of one."""
        blocks = self.scanned.blocks
        at = blocks.index(block)
        near = [*blocks[max(0, at - 1) : at + 1], *([top] if (top := self.scanned.headline) else [])]
        return any(
            one.mentions.materials or one.mentions.sites for some in near for one in self.scanned.sentences_of(some)
        )

    def _circumstances(self, draft: ClaimDraft, here: ScannedSentence, claim: Claim) -> Claim:
        """Take time, firmness, source and instrument from the draft where words of the sentence bear it out."""
        sentence = here.sentence
        changes: dict[str, str] = {}
        reasons: list[Reason] = []
        text = self.document.text
        if draft.when is not None and draft.when != claim.period:
            date = next((mention for mention in sentence.dates if mention.period == draft.when), None)
            if date is not None:
                changes["period"] = date.period
                reasons.append(_stands("period", date.rule, text, date.start, date.end))
            else:
                reasons.append(_nowhere("period", draft.when))
        wanted = [
            ("modality", draft.modality, claim.modality, "modality", draft.modality),
            ("instrument", draft.instrument, claim.instrument, "instrument", (claim.predicate, draft.instrument)),
        ]
        for slot, said, read, category, value in wanted:
            if said is None or said == read or (slot == "instrument" and read is not None):
                continue
            hit = next((hit for hit in sentence.of(category) if hit.value == value), None)
            if hit is not None:
                changes[slot] = said
                reasons.append(_stands(slot, "word in the sentence", text, hit.start, hit.end))
            elif (slot, said) != ("modality", "actual"):
                reasons.append(_nowhere(slot, said))
        if draft.attributed_to is not None and claim.attributed_to is None:
            source = locate(text, sentence.start, sentence.end, draft.attributed_to)
            if isinstance(source, Misplaced):
                reasons.append(_nowhere("attributed_to", draft.attributed_to))
            else:
                changes["attributed_to"] = " ".join(text[slice(*source)].split())
                reasons.append(_stands("attributed_to", "name as it stands", text, *source))
        if draft.comparator not in (None, "=", claim.comparator) and claim.value is not None:
            reasons.append(_nowhere("comparator", str(draft.comparator)))
        kept = tuple(reason for reason in claim.reasons if reason.slot not in changes)
        return replace(claim, reasons=(*kept, *reasons), **changes)


def _inherited(draft: ClaimDraft, here: ScannedSentence, quantity: Quantity) -> str | None:
    """Return the comparator that an earlier item of the list gives to this one, where the draft says so too."""
    before: Sequence[Quantity] = [one for one in here.sentence.quantities if one.start < quantity.start]
    opened = any(one.comparator == draft.comparator and one.unit_class == quantity.unit_class for one in before)
    return draft.comparator if draft.comparator in _REACHING and opened else None


def _possible(claim: Claim) -> None:
    """Refuse what cannot be: a part above the whole, a negative mass, a fall by more than all of it."""
    low, high = -math.inf, math.inf
    if claim.predicate == "growth":
        low = -100.0
    else:
        low = 0.0
        if claim.unit == "%" and claim.predicate in _PARTS:
            high = 100.0
        elif claim.unit in ("g/t", "ppm"):
            high = 1e6
    for value in (claim.value, claim.value_max):
        if value is not None and not low <= value <= high:
            bounds = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} upwards"
            raise _Refused("fit", f"{claim.predicate} cannot be {value:g} {claim.unit}: it runs from {bounds}")


def _words(value: float, value_max: float | None, unit: str | None) -> str:
    top = "" if value_max is None else f" to {value_max:.12g}"
    return f"{value:.12g}{top} {unit or 'without unit'}"


def _stands(slot: str, rule: str, text: str, start: int, end: int) -> Reason:
    return Reason(slot=slot, rule=rule, words=text[start:end], start=start, end=end)


def _nowhere(slot: str, said: str) -> Reason:
    return Reason(slot=slot, rule="not in the text", note=f"left out: the reader said {said!r}")
