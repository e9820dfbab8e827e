"""Parties, sites, stakes and agreements for FollowTheMoney, as entities or as statements."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodeclaim.claims.model import Claim, is_linked, plain_name
from lodeclaim.claims.table import to_claims
from lodeclaim.core.errors import UnknownName
from lodeclaim.exports.placing import placed

if TYPE_CHECKING:
    import polars as pl

    from lodeclaim.ledger.store import Ledger
    from lodeclaim.vocabulary.load import Vocabulary

__all__ = ["STATEMENT", "ftm_entities", "write_ftm_entities", "write_ftm_statements"]

#: Columns of a table of statements.
STATEMENT = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang"),
    *("original_value", "external", "first_seen", "last_seen", "id"),
)
_DATASET = "lodeclaim"
#: Kinds of actors that are not simply organisations.
_SCHEMA = {
    "company": "Company",
    "state-company": "Company",
    "government": "PublicBody",
    "ministry": "PublicBody",
    "agency": "PublicBody",
}
_LINKS = ("investment", "financing", "transaction", "agreement")
_TYPES = {
    "country": "country",
    "jurisdiction": "country",
    "owner": "entity",
    "asset": "entity",
    "subject": "entity",
    "object": "entity",
    "document": "entity",
    "entity": "entity",
    "date": "date",
    "publishedAt": "date",
    "name": "name",
    "alias": "name",
    "language": "language",
    "summary": "text",
    "description": "text",
    "mimeType": "mimetype",
}
#: ISO 639-1 → ISO 639-3, which it speaks; other languages are left out.
_LANGUAGES = {
    **{"ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa"},
    **{"fi": "fin", "fr": "fra", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "kk": "kaz", "ko": "kor"},
    **{"nb": "nor", "nl": "nld", "nn": "nor", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus"},
    **{"sv": "swe", "tr": "tur", "uk": "ukr", "zh": "zho"},
}

Entity = dict[str, Any]


def ftm_entities(ledger: Ledger, frame: pl.DataFrame) -> Iterator[Entity]:
    """Yield ``{id, schema, properties}`` for what FollowTheMoney has schemata for; deprecated claims are left out.

    Actors are Company, PublicBody, Organization or (unknown to the vocabulary) LegalEntity; sites Asset;
    documents Article; stakes Ownership; investments, financings, transactions and agreements with two
    parties UnknownLink; every other claim that names an actor or site is Documentation of it by its source.
    Amounts stand in the summary, with the words of the source as description.
    """
    import polars as pl

    from lodeclaim.vocabulary.load import load_vocabulary

    if "standing" in frame.columns:
        frame = frame.filter(pl.col("standing") != "deprecated")
    names = load_vocabulary()
    things: dict[str, Entity] = {}
    links: list[Entity] = []
    published = dict(frame.select("source", "published").unique("source").iter_rows())
    for claim in to_claims(frame):
        links.extend(_links(claim, published.get(claim.source), names, things))
    used = set(frame["source"])
    for source in ledger.sources():
        if source.id in used:
            things[_key("source", source.id)] = _thing(
                _key("source", source.id),
                "Article",
                title=source.title or source.address or source.id,
                name=source.title or source.address or source.id,
                publisher=source.publisher,
                publishedAt=_date(source.published),
                sourceUrl=source.address if (source.address or "").startswith(("http://", "https://")) else None,
                language=_LANGUAGES.get(source.language or ""),
            )
    yield from (things[key] for key in sorted(things))
    yield from sorted(links, key=lambda one: str(one["id"]))


def write_ftm_entities(ledger: Ledger, frame: pl.DataFrame, path: Path) -> int:
    """Write the entities as JSON lines and return their number."""
    import msgspec

    written = 0
    with placed(path) as part, part.open("wb") as file:
        for entity in ftm_entities(ledger, frame):
            file.write(msgspec.json.encode(entity) + b"\n")
            written += 1
    return written


def write_ftm_statements(ledger: Ledger, frame: pl.DataFrame, path: Path) -> int:
    """Write the entities as a CSV of statements, one property value a row, and return their number."""
    written = 0
    with placed(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, STATEMENT, lineterminator="\n")
        writer.writeheader()
        for statement in _statements(ftm_entities(ledger, frame)):
            writer.writerow(statement)
            written += 1
    return written


def _statements(entities: Iterable[Entity]) -> Iterator[dict[str, str]]:
    for entity in entities:
        ids = []
        for prop, values in entity["properties"].items():
            for value in values:
                statement = _statement(entity, prop, _TYPES.get(prop, "string"), value)
                ids.append(statement["id"])
                yield statement
        # The entity itself: its id stands for it, its value is a hash over its statements.
        checksum = hashlib.sha1("".join(sorted(ids)).encode(), usedforsecurity=False).hexdigest()
        yield _statement(entity, "id", "checksum", checksum)


def _statement(entity: Entity, prop: str, kind: str, value: str) -> dict[str, str]:
    key = f"{_DATASET}.{entity['id']}.{prop}.{value}"
    return dict.fromkeys(STATEMENT, "") | {
        "canonical_id": entity["id"],
        "entity_id": entity["id"],
        "prop": prop,
        "prop_type": kind,
        "schema": entity["schema"],
        "value": value,
        "dataset": _DATASET,
        "external": "f",
        "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
    }


def _links(claim: Claim, published: str | None, names: Vocabulary, things: dict[str, Entity]) -> Iterator[Entity]:
    """What a claim says of parties and sites, which are put among the things."""
    said = {
        "description": claim.quote,
        "summary": _figure(claim),
        "date": _date(claim.period) or _date(published),
        "role": claim.instrument or claim.kind or claim.predicate,
    }
    holder, target = claim.actor, claim.site or claim.counterparty
    if claim.predicate == "stake" and holder and target and holder != target:
        owner = _party(holder, names, things)
        asset = _site(target, names, things) if claim.site else _party(target, names, things, owned=True)
        share = f"{claim.value:g}" if claim.value is not None and claim.unit == "%" else None
        if things[asset]["schema"] in ("Company", "Asset"):
            yield _thing(f"lc-{claim.id}", "Ownership", owner=owner, asset=asset, percentage=share, **said)
            return
    other = claim.counterparty or claim.site
    if claim.predicate in _LINKS and holder and other and holder != other:
        second = _party(other, names, things) if claim.counterparty else _site(other, names, things)
        first = _party(holder, names, things)
        yield _thing(f"lc-{claim.id}", "UnknownLink", subject=first, object=second, **said)
        return
    named = [_site(claim.site, names, things)] if claim.site else []
    named += [_party(one, names, things) for one in (claim.actor, claim.counterparty) if one]
    for thing in dict.fromkeys(named):
        document = _key("source", claim.source)
        yield _thing(f"lc-{claim.id}-{thing}", "Documentation", document=document, entity=thing, **said)


def _party(entity: str, names: Vocabulary, things: dict[str, Entity], *, owned: bool = False) -> str:
    key = _key("actor", entity)
    if key not in things:
        actor = names.actors.get(entity) if is_linked(entity) else None
        if actor is not None:
            schema = _SCHEMA.get(actor.kind, "Organization")
            things[key] = _thing(key, schema, name=actor.name, alias=actor.aliases, country=_country(actor.home, names))
        elif entity in names.countries:
            name = names.countries[entity].name
            things[key] = _thing(key, "PublicBody", name=name, country=_country(entity, names))
        else:
            things[key] = _thing(key, "LegalEntity", name=_name(entity, names))
    if owned and things[key]["schema"] == "LegalEntity":
        things[key]["schema"] = "Company"  # only a company can be both party and asset
    return key


def _site(entity: str, names: Vocabulary, things: dict[str, Entity]) -> str:
    key = _key("site", entity)
    if key not in things:
        site = names.sites.get(entity) if is_linked(entity) else None
        if site is None:
            things[key] = _thing(key, "Asset", name=_name(entity, names))
        else:
            aliases = [alias for several in site.aliases.values() for alias in several]
            things[key] = _thing(
                key, "Asset", name=site.name, alias=aliases, country=_country(site.country, names), summary=site.kind
            )
    return key


def _thing(key: str, schema: str, **properties: str | Iterable[str] | None) -> Entity:
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) else list(given or ())
        if found := [value for value in dict.fromkeys(values) if value]:
            kept[name] = found
    return {"id": key, "schema": schema, "properties": kept}


def _figure(claim: Claim) -> str:
    number = "" if claim.value is None else f"{claim.value:,.12g}"
    if claim.value_max is not None:
        number += f" to {claim.value_max:,.12g}"
    sign = claim.comparator if claim.comparator not in (None, "=") else ""
    parts = [claim.predicate, claim.material or "", f"{sign}{number}", claim.unit or "", claim.modality]
    return " ".join(part for part in parts if part)


def _name(entity: str, names: Vocabulary) -> str:
    try:
        return names.name(entity)
    except UnknownName:
        return plain_name(entity)


def _country(code: str | None, names: Vocabulary) -> str | None:
    country = names.countries.get(code or "")
    return None if country is None else country.iso2.lower()


def _date(period: str | None) -> str | None:
    """A day, month or year; FollowTheMoney has no other periods."""
    parts = (period or "").split("-")
    plain = all(part.isdigit() for part in parts) and len(parts[0]) == 4
    return period if plain and (len(parts) == 1 or int(parts[1]) <= 12) else None


def _key(kind: str, entity: str) -> str:
    """An id that any name makes, and always the same."""
    if is_linked(entity) and entity.isascii() and " " not in entity:
        return f"lc-{kind}-{entity}"
    return f"lc-{kind}-{hashlib.sha1(entity.encode(), usedforsecurity=False).hexdigest()[:16]}"
