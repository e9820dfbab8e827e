"""The actors and sites of the vocabulary: they load, refer to each other and cannot be mistaken for each other."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pytest

from lodeclaim.vocabulary.load import Vocabulary
from lodeclaim.vocabulary.model import Actor, Site

STAGES = {"extraction", "processing", "manufacture", "use", "recycling"}

# Coarse boxes (south, west, north, east) of the countries that hold most sites.
BOXES = {
    "KAZ": (40.5, 46.4, 55.5, 87.4),
    "CHN": (18.0, 73.4, 53.6, 134.8),
    "USA": (18.9, -172.5, 71.5, -66.9),
    "AUS": (-43.7, 112.9, -10.0, 153.7),
    "CAN": (41.6, -141.1, 83.2, -52.6),
    "ZAF": (-34.9, 16.4, -22.1, 33.0),
    "SWE": (55.3, 10.9, 69.1, 24.2),
    "FIN": (59.7, 19.4, 70.1, 31.6),
    "ESP": (35.9, -9.4, 43.9, 4.4),
    "COD": (-13.5, 12.1, 5.4, 31.4),
    "DEU": (47.2, 5.8, 55.1, 15.1),
    "CHL": (-56.0, -75.8, -17.4, -66.4),
    "FRA": (41.3, -5.2, 51.1, 9.6),
    "RUS": (41.1, 27.3, 81.9, 180.0),
    "NOR": (57.9, 4.4, 71.3, 31.2),
    "PRT": (36.9, -9.6, 42.2, -6.1),
    "POL": (49.0, 14.1, 54.9, 24.2),
    "ZMB": (-18.1, 21.9, -8.2, 33.8),
    "BRA": (-33.8, -74.0, 5.3, -34.7),
    "KOR": (33.0, 124.6, 38.7, 131.0),
    "UZB": (37.1, 55.9, 45.6, 73.2),
    "IDN": (-11.1, 95.0, 6.1, 141.1),
    "ITA": (35.4, 6.6, 47.1, 18.6),
    "GRL": (59.7, -73.1, 83.7, -11.3),
    "ARG": (-55.2, -73.6, -21.7, -53.6),
    "PER": (-18.4, -81.4, 0.1, -68.6),
    "UKR": (44.3, 22.1, 52.4, 40.3),
    "ZWE": (-22.5, 25.2, -15.6, 33.1),
    "NAM": (-29.0, 11.7, -16.9, 25.3),
}

ACTORS_OF_THE_NEWS = (
    "Almonty Industries",
    "American Tungsten",
    "China Civil Engineering Construction Corporation",
    "China Geological Survey",
    "China Minmetals",
    "China Railway Construction",
    "Cove Capital",
    "Cove Kaz Capital Group",
    "Creada Corporation",
    "DARPA",
    "East Hope",
    "European Bank for Reconstruction and Development",
    "European Commission",
    "Export-Import Bank of the United States",
    "HMS Bergbau",
    "Jiangxi Copper",
    "Jiaxin International",
    "Kazakhstan Temir Zholy",
    "Kazgeology",
    "KfW IPEX-Bank",
    "Samruk-Kazyna",
    "Sarytogan Graphite",
    "Tau-Ken Samruk",
    "US Department of Commerce",
    "US Department of Defense",
    "United States Geological Survey",
    "Wabtec",
    "Politico",
    "Bloomberg",
    "The Korea Times",
    "SunSirs",
    "Yangtze River Nonferrous Metals Network",
    "Tengrinews",
    "Hong Kong Exchanges and Clearing",
    "Astana International Exchange",
)

SITES_OF_THE_NEWS = (
    "Bakuta",
    "Gentung-Browns Lake",
    "Ima Mine",
    "Kuirektykol",
    "Mirolyubovskoye",
    "North Katpar",
    "Sangdong",
    "Sarytogan",
    "Upper Kairakty",
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary()


def site_names(site: Site) -> Iterator[str]:
    yield site.name
    for names in site.aliases.values():
        yield from names


def key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def holders_of(names: list[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, owner in names:
        found[key(name)].add(owner)
    return {name: owners for name, owners in found.items() if len(owners) > 1}


def scripts(names: Iterator[str]) -> set[str]:
    return {unicodedata.name(char).split()[0] for name in names for char in name if char.isalpha()}


def test_there_are_enough_of_them(words: Vocabulary) -> None:
    assert len(words.actors) >= 1_050
    assert len(words.sites) >= 1_050
    assert sum(site.country == "KAZ" for site in words.sites.values()) >= 110


def test_every_entry_says_where_it_is_from(words: Vocabulary) -> None:
    for entry in (*words.actors.values(), *words.sites.values()):
        assert len(entry.source) > 5, entry.id
    for actor in words.actors.values():
        assert all(holder.source for holder in actor.office_holders), actor.id


def test_ids_are_kebab_case_and_of_one_kind_only(words: Vocabulary) -> None:
    ids = [*words.actors, *words.sites]
    assert all(part.isalnum() and part.isascii() and part == part.lower() for i in ids for part in i.split("-"))
    assert [i for i, times in Counter([*ids, *words.materials]).items() if times > 1] == []


def test_parents_exist_and_run_to_an_end(words: Vocabulary) -> None:
    for actor in words.actors.values():
        chain: list[str] = []
        step: Actor | None = actor
        while step is not None:
            assert step.id not in chain, f"{actor.id} is its own ancestor"
            chain.append(step.id)
            assert step.parent is None or step.parent in words.actors, f"{step.id} has no parent {step.parent}"
            step = words.actors[step.parent] if step.parent else None


def test_control_does_not_contradict_the_parent(words: Vocabulary) -> None:
    for actor in words.actors.values():
        if actor.parent and actor.control:
            above = words.actors[actor.parent].control
            assert above in (None, actor.control), f"{actor.id}: {actor.control}, its parent: {above}"


def test_operators_and_owners_exist_and_shares_fit(words: Vocabulary) -> None:
    for site in words.sites.values():
        assert site.operator is None or site.operator in words.actors, f"{site.id}: {site.operator}"
        assert all(owner.actor in words.actors for owner in site.owners), site.id
        assert all(owner.share is None or 0 < owner.share <= 100 for owner in site.owners), site.id
        assert sum(owner.share or 0 for owner in site.owners) <= 100.0001, site.id
        assert len({owner.actor for owner in site.owners}) == len(site.owners), site.id


def test_materials_stages_and_countries_are_known(words: Vocabulary) -> None:
    places = {*words.countries, *words.groups}
    for site in words.sites.values():
        assert site.materials and set(site.materials) <= set(words.materials), site.id
        assert site.stages and set(site.stages) <= STAGES, site.id
        assert site.country in words.countries, site.id
    for actor in words.actors.values():
        assert set(actor.materials) <= set(words.materials), actor.id
        assert actor.home in places, actor.id
        assert actor.control is None or actor.control in places, actor.id


def test_institutions_of_the_union_are_at_home_in_the_union(words: Vocabulary) -> None:
    for name in ("european-commission", "european-parliament", "european-investment-bank", "joint-research-centre"):
        assert words.actors[name].home == "EU27"


@pytest.mark.parametrize("name", ACTORS_OF_THE_NEWS)
def test_actor_of_the_news_is_there(words: Vocabulary, name: str) -> None:
    assert name in {actor.name for actor in words.actors.values()}


@pytest.mark.parametrize("name", SITES_OF_THE_NEWS)
def test_site_of_the_news_is_there(words: Vocabulary, name: str) -> None:
    assert name in {site.name for site in words.sites.values()}


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("cove-kaz-capital-group", "cove-capital"),
        ("tau-ken-samruk", "samruk-kazyna"),
        ("darpa", "us-department-of-defense"),
        ("kfw-ipex-bank", "kfw"),
        ("china-civil-engineering-construction-corporation", "china-railway-construction"),
        ("united-states-geological-survey", "us-department-of-the-interior"),
    ],
)
def test_subsidiary_and_parent_are_two(words: Vocabulary, child: str, parent: str) -> None:
    assert words.actors[child].parent == parent


@pytest.mark.parametrize(
    ("alias", "actor"),
    [
        ("Europäische Bank für Wiederaufbau und Entwicklung", "european-bank-for-reconstruction-and-development"),
        ("Den europeiske banken for gjenoppbygging og utvikling", "european-bank-for-reconstruction-and-development"),
        ("US-Export-Import-Bank", "export-import-bank-of-the-united-states"),
        ("中国五矿", "china-minmetals"),
        ("China FiveMetals", "china-minmetals"),
        ("Pentagon", "us-department-of-defense"),
        ("ЕБРР", "european-bank-for-reconstruction-and-development"),
    ],
)
def test_names_of_other_languages(words: Vocabulary, alias: str, actor: str) -> None:
    assert alias in words.actors[actor].aliases


def test_no_alias_belongs_to_two_actors(words: Vocabulary) -> None:
    names = [(name, a.id) for a in words.actors.values() for name in {a.name, *a.aliases}]
    assert holders_of(names) == {}


def test_no_actor_is_called_like_a_country(words: Vocabulary) -> None:
    countries = {key(country.name) for country in words.countries.values()}
    countries |= {"usa", "us", "eu", "china", "kina", "казахстан", "қазақстан", "китай", "сша", "中国", "美国"}
    named = {(a.id, name) for a in words.actors.values() for name in (a.name, *a.aliases) if key(name) in countries}
    assert named == set()


def test_no_alias_belongs_to_two_sites_of_one_country_and_material(words: Vocabulary) -> None:
    names = [
        (f"{site.country}/{material}/{name}", site.id)
        for site in words.sites.values()
        for material in site.materials
        for name in site_names(site)
    ]
    assert holders_of(names) == {}


def test_no_site_is_called_like_its_region(words: Vocabulary) -> None:
    regions = {(s.country, key(r)) for s in words.sites.values() for r in (s.region or "", *s.region_aliases) if r}
    bare = {s.name for s in words.sites.values() if s.country == "KAZ" and (s.country, key(s.name)) in regions}
    assert bare == set()


def test_kazakh_sites_are_named_in_two_scripts(words: Vocabulary) -> None:
    single = {
        s.id for s in words.sites.values() if s.country == "KAZ" and not scripts(site_names(s)) >= {"LATIN", "CYRILLIC"}
    }
    assert single == set()


def test_namesakes_stay_apart(words: Vocabulary) -> None:
    by_name = {name: site for site in words.sites.values() for name in site_names(site)}
    assert by_name["Верхнее Кайракты"] is words.sites["upper-kairakty"]
    assert by_name["Кайракты"] is words.sites["kairakty"]
    assert "tungsten" not in words.sites["kairakty"].materials
    assert by_name["Богуты"] is by_name["Бакута"] is words.sites["bakuta"]
    assert len({words.sites[i].id for i in ("bakuta", "batystau", "bakr-tau")}) == 3


def test_the_boxes_cover_the_countries_with_most_sites(words: Vocabulary) -> None:
    times = Counter(site.country for site in words.sites.values() if site.lat is not None)
    twentieth = times.most_common(20)[-1][1]
    assert {country for country, number in times.items() if number > twentieth} <= set(BOXES)


def test_coordinates_lie_in_their_country(words: Vocabulary) -> None:
    outside = []
    for site in words.sites.values():
        assert (site.lat is None) == (site.lon is None) == (site.precision is None), site.id
        if site.lat is None or site.lon is None:
            continue
        south, west, north, east = BOXES.get(site.country, (-90.0, -180.0, 90.0, 180.0))
        if not (south <= site.lat <= north and west <= site.lon <= east):
            outside.append((site.id, site.lat, site.lon))
    assert outside == []


def test_terms_of_one_office_do_not_overlap(words: Vocabulary) -> None:
    for actor in words.actors.values():
        for office in {holder.office for holder in actor.office_holders}:
            terms = sorted((h for h in actor.office_holders if h.office == office), key=lambda h: h.since or "")
            for former, later in pairwise(terms):
                assert former.until is not None, f"{former.name} still holds {office}"
                assert later.since is not None
                assert former.until <= later.since, f"{former.name} and {later.name} hold {office} at once"
            assert all(t.until is None or (t.since or "") < t.until for t in terms), office


@pytest.mark.parametrize(
    ("office", "day", "name"),
    [
        ("US Secretary of Commerce", "2024-06-01", "Gina Raimondo"),
        ("US Secretary of Commerce", "2025-09-22", "Howard Lutnick"),
        ("President of Kazakhstan", "2025-11-06", "Kassym-Jomart Tokayev"),
        ("President of the United States", "2022-01-01", "Joe Biden"),
        ("President of the United States", "2025-12-01", "Donald Trump"),
        ("President of the European Commission", "2025-04-04", "Ursula von der Leyen"),
    ],
)
def test_who_held_the_office(words: Vocabulary, office: str, day: str, name: str) -> None:
    held = [
        holder.name
        for actor in words.actors.values()
        for holder in actor.office_holders
        if holder.office == office and (holder.since or "") <= day < (holder.until or "9999")
    ]
    assert held == [name]


def test_strategic_projects_of_the_union(words: Vocabulary) -> None:
    listed = [
        (s, entry) for s in words.sites.values() for entry in s.lists if entry.list == "eu-strategic-projects-2025"
    ]
    inside = {s.id for s, entry in listed if "25 March 2025" in entry.source}
    outside = {s.id for s, entry in listed if "4 June 2025" in entry.source}
    union = set(words.groups["EU27"].members)
    assert all(words.sites[i].country in union for i in inside)
    assert not any(words.sites[i].country in union for i in outside)
    assert len(inside) >= 44
    assert {"sandouville-refinery", "orano-dunkirk-battery-recycling", "up-catalyst-graphite-plant"} <= inside
    assert 10 <= len(outside) <= 13
    assert {"sarytogan", "jadar", "songwe-hill", "hemerdon", "nussir"} <= outside
    assert "zinnwald" not in inside
