"""Which entities fill the slots of a claim, and why: own clause, list, sentence, then the text before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lodeclaim.claims.model import Participant, Reason
from lodeclaim.reading.discourse import Discourse
from lodeclaim.reading.grammar import Grammar
from lodeclaim.reading.mentions import Mentions
from lodeclaim.reading.model import Link, Sentence
from lodeclaim.vocabulary.load import Vocabulary

__all__ = ["REPORTERS", "WORLD", "Filled", "Filler"]

WORLD: Final = "WLD"
#: Kinds of actors that count and report what others hold.
REPORTERS: Final = ("agency", "institution", "media")
#: Kinds of actors that act for their country or union.
_ACTING: Final = ("agency", "government", "institution", "ministry")
_AT_LARGE: Final = {"critical-raw-materials"}
_PARTIES: Final = ("actor", "counterparty")
#: How far behind a quantity its own material stands at most, where another follows.
_ATTACHED: Final = 12
_COMMA: Final = 18
#: How far behind an amount its own site stands.
_OWN_SITE: Final = 70
#: How far behind a stage the number stands that it is of.
_NEXT_STAGE: Final = 6
#: What a company told of by the way costs, and how far behind the first company the comma stands.
_ASIDE: Final = 90
_BESIDE: Final = 1
_CROSS_LEFT: Final = 45
_CROSS_RIGHT: Final = 160
_SEMICOLON: Final = 200
_ANAPHORA: Final = {"site": "site", "project": "site", "company": "actor", "material": "material", "country": "place"}


@dataclass(slots=True)
class Filled:
    """Slots found so far with their reasons; ``cost`` grows with every step away from the own clause.

    ``counted_by`` is an authority that the sentence names and that only counts what others have, ``direction`` tells
    whether goods go to the other party of a trade, export, or come from it, import.
    """

    slots: dict[str, str] = field(default_factory=dict)
    others: list[Participant] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    cost: float = 0.0
    counted_by: Link | None = None
    direction: str | None = None

    def put(self, text: str, slot: str, link: Link, rule: str | None = None, cost: float = 0.0) -> None:
        """Fill a slot once; what comes second becomes a further participant."""
        if slot in self.slots:
            if link.entity not in self.slots.values():
                self.add(text, slot, link, rule)
            return
        if slot in _PARTIES and link.entity in (self.slots.get(other) for other in _PARTIES):
            return
        self.slots[slot] = link.entity
        self.cost += cost
        self._reason(text, slot, link, rule)

    def link(self, slot: str, rule: str) -> Link | None:
        """Return what fills a slot with the words that gave it, under another rule; None where no words did."""
        for reason in self.reasons:
            if reason.slot == slot and reason.start is not None and reason.end is not None and slot in self.slots:
                return Link(self.slots[slot], reason.start, reason.end, rule)
        return None

    def add(self, text: str, role: str, link: Link, rule: str | None = None) -> None:
        """Add a further participant, once."""
        known = {*self.slots.values(), *(other.entity for other in self.others)}
        if link.entity not in known:
            self.others.append(Participant(role=role, entity=link.entity))
            self._reason(text, f"other {role}", link, rule)

    def drop(self, slot: str) -> None:
        """Empty a slot again, with its reason."""
        del self.slots[slot]
        self.reasons = [reason for reason in self.reasons if reason.slot != slot]

    def _reason(self, text: str, slot: str, link: Link, rule: str | None) -> None:
        self.reasons.append(
            Reason(
                slot=slot,
                rule=rule or link.rule,
                words=text[link.start : link.end],
                start=link.start,
                end=link.end,
                status=link.status,
                note=link.note,
            )
        )


@dataclass(slots=True)
class Filler:
    """Fills slots for a span of one sentence."""

    text: str
    sentence: Sentence
    mentions: Mentions
    discourse: Discourse
    vocabulary: Vocabulary
    grammar: Grammar
    start: int
    end: int
    #: Whether the mentions are but those that "respectively" pairs with the span.
    paired: bool = False

    def cost(self, link: Link) -> float:
        """Return how far a mention is from the span: characters, dearer over commas and other quantities."""
        if link.end <= self.start:
            between = self.text[link.end : self.start]
            aside = _ASIDE if self._told_aside(link) else 0
            crossed = sum(link.end <= q.start < self.start for q in self.sentence.quantities)
            marks = _COMMA * between.count(",") + _SEMICOLON * between.count(";")
            return len(between) + marks + _CROSS_LEFT * crossed + aside
        if link.start >= self.end:
            between = self.text[self.end : link.start]
            crossed = sum(self.end <= q.start < link.start for q in self.sentence.quantities)
            distance = len(between) + _COMMA * between.count(",") + _SEMICOLON * between.count(";")
            return 0.8 * distance + _CROSS_RIGHT * crossed
        return 0.0

    def beyond_other(self, link: Link) -> bool:
        """Tell whether another quantity stands between the span and what is named behind it."""
        return any(self.end <= other.start < link.start for other in self.sentence.quantities)

    def _told_aside(self, link: Link) -> bool:
        """Tell whether a company stands in what is told of another between commas: "X, held by Y, will mine …"."""
        first = self.mentions.actors[0] if self.mentions.actors else None
        if first is None or link not in self.mentions.actors or first.end >= link.start:
            return False
        opens = self.text.find(",", first.end, link.start)
        closes = self.text.find(",", link.end, self.start)
        return 0 <= opens - first.end <= _BESIDE and closes >= 0 and self.text[closes + 1 : closes + 2] == " "

    def nearest(self, links: Iterable[Link], *, exclude: Iterable[str | None] = ()) -> Link | None:
        """Return the mention with the least cost."""
        taken = set(exclude)
        usable = [link for link in links if link.entity not in taken]
        return min(usable, key=lambda link: (self.cost(link), link.start)) if usable else None

    def left(self, links: Iterable[Link], *, exclude: Iterable[str | None] = ()) -> Link | None:
        """Return the nearest mention before the span."""
        return self.nearest([link for link in links if link.end <= self.start], exclude=exclude)

    def right(self, links: Iterable[Link], *, exclude: Iterable[str | None] = (), within: int = 80) -> Link | None:
        """Return the nearest mention after the span, before the next quantity."""
        stop = min([q.start for q in self.sentence.quantities if q.start >= self.end], default=self.end + within)
        limit = min(stop, self.end + within)
        return self.nearest([link for link in links if self.end <= link.start < limit], exclude=exclude)

    def countries(self, *, world: bool = False) -> list[Link]:
        """Return the countries of the sentence, with the world where it is asked for."""
        return [link for link in self.mentions.places if world or link.entity != WORLD]

    def only_reports(self, link: Link) -> bool:
        """Tell whether the actor is one that counts and reports what others hold."""
        return self.kind_of(link) in REPORTERS

    def kind_of(self, link: Link) -> str | None:
        """Return what an actor is: company, ministry, development bank …; None where the vocabulary lacks it."""
        entry = self.vocabulary.actors.get(link.entity)
        return entry.kind if entry is not None else None

    def role(self, link: Link) -> str | None:
        """Return the role that a preposition right before the mention gives it: from, to, in, by, of, with."""
        known = self.sentence.roles
        if link.start not in known:
            found = self.grammar.prepositions.before(self.text, link.start)
            known[link.start] = found[0] if found else None
        return known[link.start]

    def recall(
        self,
        filled: Filled,
        slot: str,
        kind: str,
        *,
        exclude: Sequence[str | None] = (),
        beyond_paragraph: bool = True,
    ) -> bool:
        """Fill a slot from the text before; tell whether something was found."""
        region = self.mentions.region if kind == "place" else None
        members = frozenset(self.vocabulary.groups[region].members) if region is not None else None
        found = self.discourse.recall(kind, beyond_paragraph=beyond_paragraph, among=members)
        group = found is not None and found[0].entity not in self.vocabulary.countries
        if kind == "place" and region is None and group:
            # "the country" is none of the groups that were named last
            named = self.discourse.recall("country", beyond_paragraph=beyond_paragraph)
            found = named if named is not None and self.anaphor("place") else found
        if found is None or found[0].entity in exclude:
            return False
        link, rule = found
        if kind == "site" and not self.of_material(link):
            return False
        filled.put(self.text, slot, link, f"{link.rule}, {rule}", cost=0.12 if "paragraph" in rule else 0.2)
        if kind == "site" and link in self.discourse.pair:
            for other in self.discourse.pair:
                filled.add(self.text, "site", other, f"named together, {rule}")
        return True

    def of_material(self, link: Link) -> bool:
        """Tell whether a site named before may be meant where the text now speaks of materials: it gives one."""
        site = self.vocabulary.sites.get(link.entity)
        near = self.discourse.paragraph
        if site is None or not site.materials or near.get("site") is link:
            return True
        before = near.get("material")
        here = {one.entity for one in self.mentions.materials} or ({before.entity} if before is not None else set())
        own = set(site.materials)
        return not here - _AT_LARGE or bool(here & own or self._groups_of(here) & own or self._groups_of(own) & here)

    def _groups_of(self, materials: Iterable[str]) -> set[str]:
        known = self.vocabulary.materials
        return {group for one in materials if one in known for group in known[one].part_of}

    def recall_neighbour(self, filled: Filled, slot: str, kind: str) -> bool:
        """Fill a slot from the sentence before, if that named an entity of the kind."""
        if kind not in self.discourse.sentence:
            return False
        return self.recall(filled, slot, kind, beyond_paragraph=False)

    def home_of(self, links: Iterable[Link], filled: Filled, slot: str, rule: str) -> bool:
        """Fill a slot with the country of the first actor whose home is one; tell whether there is one."""
        for link in links:
            actor = self.vocabulary.actors.get(link.entity)
            if actor is not None and actor.home in self.vocabulary.countries:
                filled.put(self.text, slot, link.to(actor.home), rule, cost=0.1)
                return True
        return False

    def acts_for(self, link: Link, filled: Filled, slot: str, rule: str) -> bool:
        """Fill a slot with the country or union that an authority acts for; tell whether it is one."""
        actor = self.vocabulary.actors.get(link.entity)
        if actor is None or actor.home is None or actor.kind not in _ACTING:
            return False
        if actor.kind == "institution" and actor.control != actor.home:
            # the seat of an international organisation is not who it acts for
            return False
        filled.put(self.text, slot, link.to(actor.home), rule, cost=0.1)
        return True

    def anaphor(self, kind: str) -> bool:
        """Tell whether the sentence points back to an entity of the kind: "the mine", "das Projekt"."""
        if kind == "place" and self.mentions.region is not None:
            return True
        pointing = [hit for hit in self.sentence.of("anaphora") if _ANAPHORA.get(str(hit.value)) == kind]
        # "the Development Bank of Kazakhstan" points to no development
        return any(
            not any(link.start < hit.end and hit.start < link.end for link in self.mentions.actors) for hit in pointing
        )

    def material(self, filled: Filled, *, required: bool = True) -> None:
        """Fill the material: beside the span, in the sentence, the site's only one, or carried over."""
        inside = [link for link in self.mentions.materials if self.start <= link.start and link.end <= self.end]
        beside = inside[0] if inside else self.right(self.mentions.materials, within=45)
        if (
            beside is not None
            and not inside
            and (self.grammar.separates.search(self.text, self.end, beside.start) or self._of_next(beside))
        ):
            beside = None
        link = beside or self.left(self.mentions.materials) or self.nearest(self.mentions.materials)
        if link is not None and link.entity not in _AT_LARGE:
            filled.put(self.text, "material", link)
            for other in self._listed_with(link):
                filled.add(self.text, "material", other, "named in one list")
            return
        if (own := self._material_of_site(filled)) is not None:
            filled.put(self.text, "material", own)
        elif link is not None and not self._specific_before():
            filled.put(self.text, "material", link)
        elif required:
            self.recall(filled, "material", "material")

    def _of_next(self, link: Link) -> bool:
        """Tell whether a material to the right is that of the next quantity: "553 t, while cobalt came to 39 t"."""
        gap = link.start - self.end
        following = next((q.start for q in self.sentence.quantities if q.start >= link.end), None)
        return (
            gap > _ATTACHED
            and following is not None
            and following - link.end < gap
            and self.grammar.separates.search(self.text, link.end, following) is None
            and any(other.end <= self.start for other in self.mentions.materials)
        )

    def _listed_with(self, link: Link) -> list[Link]:
        """Return the materials that a list names with this one: "gallium, germanium and antimony"."""
        materials = self.mentions.materials
        at = next((n for n, other in enumerate(materials) if other is link), None)
        if at is None:
            return []
        found = []
        for step in (-1, 1):
            n = at
            while 0 <= n + step < len(materials):
                first, second = sorted((materials[n], materials[n + step]), key=lambda one: one.start)
                if not self.grammar.enumerates.fullmatch(self.text, first.end, second.start):
                    break
                n += step
                found.append(materials[n])
        return found

    def _specific_before(self) -> bool:
        known = self.discourse.paragraph.get("material")
        return known is not None and known.entity not in _AT_LARGE

    def _material_of_site(self, filled: Filled) -> Link | None:
        site = self.vocabulary.sites.get(filled.slots.get("site", ""))
        if site is None or len(site.materials) != 1:
            return None
        reason = next(reason for reason in filled.reasons if reason.slot == "site")
        return Link(site.materials[0], reason.start or 0, reason.end or 0, "only material of the site", "probable")

    def site(self, filled: Filled) -> None:
        """Fill the site: named in the sentence, or the one that "the mine" points back to."""
        link = self.left(self.mentions.sites) or self.nearest(self.mentions.sites)
        known_sites = [one for one in self.mentions.sites if one.entity in self.vocabulary.sites]
        behind = self.right(known_sites, within=_OWN_SITE)
        if link is not None and behind is not None and self._is_of_other(link):
            # "190,000 tonnes at Kansanshi and 230,000 tonnes at Sentinel"
            link = behind
        if link is not None:
            filled.put(self.text, "site", link)
        elif self._both() and len(self.discourse.pair) == 2:
            for known in self.discourse.pair:
                filled.put(self.text, "site", known, "pair named before")
        elif self.anaphor("site"):
            self.recall(filled, "site", "site")
        elif self.sentence.of("site_words") and self.mentions.region is None:
            self.recall(filled, "site", "site", beyond_paragraph=False)

    def _is_of_other(self, link: Link) -> bool:
        """Tell whether a name before the span is that of the number before it: "9 tonnes at X and" the span."""
        before = [other.end for other in self.sentence.quantities if other.end <= link.start]
        if not before or link.end > self.start:
            return False
        parts = self.grammar.separates.search
        return parts(self.text, link.end, self.start) is not None and parts(self.text, before[-1], link.start) is None

    def _both(self) -> bool:
        return any(hit.value == "projects" for hit in self.sentence.of("anaphora"))

    def stage(self, filled: Filled) -> None:
        """Fill the stage from the nearest stage word or compound."""
        if not self.mentions.stages:
            return
        links = [Link(str(hit.value), hit.start, hit.end, f"stage word ({hit.how})") for hit in self.mentions.stages]
        link = self.right(links, within=60)
        if link is not None and self.grammar.separates.search(self.text, self.end, link.start):
            # "to extract 10 percent, process 40 percent": the word behind the comma is of the next number
            following = any(link.end <= other.start <= link.end + _NEXT_STAGE for other in self.sentence.quantities)
            link = (self.left(links) if following else None) or link
        link = link or self.nearest(links)
        if link is not None and self.cost(link) < 140:
            filled.put(self.text, "stage", link)
