from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from lodeclaim.core.errors import LedgerError
from lodeclaim.exports.export import export
from lodeclaim.exports.ftm import STATEMENT
from lodeclaim.ledger.store import Ledger

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_and_parquet_hold_the_claims_as_decided(ledger: Ledger, tmp_path: Path):
    frame = ledger.claims(statistics=False)
    assert export(ledger, tmp_path / "claims.parquet") == frame.height
    assert pl.read_parquet(tmp_path / "claims.parquet").equals(frame)
    assert export(ledger, tmp_path / "claims.csv", predicate="production") == 1
    (row,) = read_csv(tmp_path / "claims.csv")
    assert (row["value"], row["place"], row["standing"]) == ("2400.0", "UZB", "normal")
    assert "value corrected by Ben" in row["standing_reason"]


def sheet(book: zipfile.ZipFile, number: int) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The cells of a sheet by row and column letter, and its links."""
    shared = [
        "".join(part.text or "" for part in item.iter(f"{SHEET}t"))
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
    ]
    tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in tree.iter(f"{SHEET}row"):
        cells = {}
        for cell in row.iter(f"{SHEET}c"):
            value = cell.find(f"{SHEET}v")
            assert cell.find(f"{SHEET}f") is None
            if value is not None and value.text is not None:
                text = shared[int(value.text)] if cell.get("t") == "s" else value.text
                cells[cell.get("r", "").rstrip("0123456789")] = text
        rows.append(cells)
    links = {link.get("ref", ""): link.get("location", "") for link in tree.iter(f"{SHEET}hyperlink")}
    return rows, links


def test_every_number_of_the_workbook_leads_to_its_claim(ledger: Ledger, tmp_path: Path):
    assert export(ledger, tmp_path / "claims.xlsx") == 4
    with zipfile.ZipFile(tmp_path / "claims.xlsx") as book:
        settled, links = sheet(book, 1)
        claims, to_sources = sheet(book, 2)
        sources, _ = sheet(book, 3)
        decisions, _ = sheet(book, 4)
    titles = {title: letter for letter, title in settled[0].items()}
    columns = {title: letter for letter, title in claims[0].items()}
    found = 0
    for number, row in enumerate(settled[1:], start=2):
        for name in ("value", "low", "high"):
            if titles[name] in row:
                target = links[f"{titles[name]}{number}"]
                claim = claims[int(target.rpartition("!A")[2]) - 1]
                assert claim[columns["id"]] in row[titles["claims"]].split()
                assert float(row[titles[name]]) == pytest.approx(
                    float(claim[columns["value"]]), rel=1e-5 if name == "value" else 0.03
                )
                found += 1
    assert found >= 9
    assert len(claims) == 5
    assert all(f"{columns['source']}{number}" in to_sources for number in range(2, 6))
    assert len(sources) == 3
    assert len(decisions) == 5
    assert not any(value.startswith("name:") for value in claims[1].values())


def test_a_sheet_that_would_not_hold_them_is_not_begun(ledger: Ledger, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("lodeclaim.exports.xlsx._ROWS", 3)
    with pytest.raises(LedgerError, match=r"holds 2 claims, these are 4.*Parquet"):
        export(ledger, tmp_path / "claims.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_linked_data_is_read_by_rdflib(ledger: Ledger, tmp_path: Path):
    rdflib = pytest.importorskip("rdflib")
    nodes = export(ledger, tmp_path / "ledger.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "ledger.jsonld", format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    own = rdflib.Namespace("urn:lodeclaim:term:")
    assert len(set(graph.subjects())) == nodes
    assert not [one for one in graph.subjects() if isinstance(one, rdflib.BNode)]
    claims = set(graph.subjects(rdflib.RDF.type, own.Claim))
    assert len(claims) == 4
    for claim in claims:
        (document,) = graph.objects(claim, prov.wasDerivedFrom)
        assert (document, rdflib.RDF.type, prov.Entity) in graph
        (reading,) = graph.objects(claim, prov.wasGeneratedBy)
        assert (reading, prov.used, document) in graph
        (agent,) = graph.objects(claim, prov.wasAttributedTo)
        assert (agent, rdflib.RDF.type, prov.SoftwareAgent) in graph
    asked = """
        SELECT ?name ?reason ?number WHERE {
            ?decision a lc:Decision ; prov:wasAssociatedWith ?agent ; lc:reason ?reason ; prov:endedAtTime ?at .
            ?agent a prov:Person ; lc:name ?name .
            OPTIONAL { ?decision prov:used/lc:value ?number }
        } ORDER BY ?reason"""
    rows = [
        [str(one) if one is not None else None for one in row]
        for row in graph.query(asked, initNs={"lc": own, "prov": prov})
    ]
    assert [row[:2] for row in rows] == [
        ["Ben", "misread"],
        ["Ann", "named below"],
        ["Ann", "no class is named"],
        ["Ann", "one firm"],
    ]
    values = {float(one) for one in graph.objects(None, own.value)}
    assert values == {2500.0, 70.0, 40000.0, 9e8}
    terms = {str(one) for one in graph.predicates() if str(one).startswith("file:") or "#" not in str(one)}
    assert all(term.startswith(("urn:lodeclaim:", "http://purl.org/dc/terms/")) for term in terms)


LOADING = """
import json, sys
from followthemoney import model
proxies = [model.get_proxy(json.loads(line)) for line in open(sys.argv[1], encoding="utf-8")]
known = {proxy.id: proxy for proxy in proxies}
for proxy in proxies:
    try:
        proxy.schema.validate({"properties": dict(proxy.properties)})
    except Exception as error:
        raise SystemExit(f"{proxy.to_dict()}: {error.errors}")
    for prop, value in proxy.itervalues():
        cleaned = prop.type.clean(value)
        assert cleaned is not None, (proxy.id, prop.name, value)
        if prop.type.name == "entity":
            assert known[value].schema.is_a(prop.range), (proxy.id, prop.name, known[value].schema)
print(json.dumps({proxy.id: [proxy.schema.name, proxy.caption, dict(proxy.properties)] for proxy in proxies}))
"""


def loaded(path: Path) -> dict[str, tuple[str, str, dict[str, list[str]]]]:
    """Load entities with the library itself, in an environment of its own."""
    python = Path(os.environ.get("LODECLAIM_FTM_PYTHON", Path(sys.prefix) / "ftm" / "bin" / "python"))
    if not python.exists():
        pytest.skip("followthemoney is not installed; `make test` puts it into .venv/ftm")
    done = subprocess.run([python, "-W", "ignore", "-c", LOADING, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_follow_the_money_loads_the_entities(ledger: Ledger, tmp_path: Path):
    reserve = ledger.claims(predicate="reserve", statistics=False)["id"][0]
    ledger.decide("correct", claim=reserve, slot="site", value="name:Tief & Söhne «钨»", reason="above", by="Ann")
    count = export(ledger, tmp_path / "parties.ftm.json")
    entities = loaded(tmp_path / "parties.ftm.json")
    assert len(entities) == count
    captions = {caption: schema for schema, caption, _ in entities.values()}
    assert captions["Holder"] == "LegalEntity"
    assert captions["Hochberg"] == "Asset"
    assert captions["Mining grows"] == "Article"
    stake = next(properties for schema, _, properties in entities.values() if schema == "Ownership")
    assert stake["percentage"] == ["70"]
    assert entities[stake["owner"][0]][1] == "Holder"
    link = next(properties for schema, _, properties in entities.values() if schema == "UnknownLink")
    assert link["role"] == ["letter-of-interest"]
    assert link["summary"] == ["financing tungsten 900,000,000 USD planned"]
    ledger.decide("reject", claim=ledger.claims(predicate="stake", statistics=False)["id"][0], reason="no", by="Ann")
    export(ledger, tmp_path / "less.ftm.json")
    assert "Ownership" not in {schema for schema, *_ in loaded(tmp_path / "less.ftm.json").values()}


def test_statements_come_to_the_same_entities(ledger: Ledger, tmp_path: Path):
    export(ledger, tmp_path / "parties.ftm.json")
    count = export(ledger, tmp_path / "parties.ftm.csv")
    rows = read_csv(tmp_path / "parties.ftm.csv")
    assert len(rows) == count
    assert tuple(rows[0]) == STATEMENT
    assert len({row["id"] for row in rows}) == len(rows)
    merged: dict[str, dict] = {}
    for row in rows:
        entity = merged.setdefault(
            row["canonical_id"], {"id": row["canonical_id"], "schema": row["schema"], "properties": {}}
        )
        if row["prop"] != "id":
            entity["properties"].setdefault(row["prop"], []).append(row["value"])
    (tmp_path / "merged.json").write_text("".join(json.dumps(one) + "\n" for one in merged.values()), "utf-8")
    assert loaded(tmp_path / "merged.json") == loaded(tmp_path / "parties.ftm.json")


def test_the_package_describes_its_tables(ledger: Ledger, tmp_path: Path):
    folder = tmp_path / "package"
    assert export(ledger, folder) == 4
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["version"] == ledger.content_hash()[:12]
    assert [one["name"] for one in package["resources"]] == ["claims", "sources", "decisions"]
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        rows = read_csv(folder / resource["path"])
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        (key,) = resource["schema"]["primaryKey"]
        assert len({row[key] for row in rows}) == len(rows)
        for field in resource["schema"]["fields"]:
            if field["type"] in ("number", "integer"):
                assert all(float(row[field["name"]] or 0) is not None for row in rows)
    claims = read_csv(folder / "claims.csv")
    sources = read_csv(folder / "sources.csv")
    assert {row["source"] for row in claims} == {row["id"] for row in sources}
