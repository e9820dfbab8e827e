"""Who delivers, who buys part of an output, and companies that are told of by the way, in our own sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodeclaim.claims.model import Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Kazatomprom, der statsfondet Samruk-Kazyna har 63 prosent, venter å produsere 27 500 tonn uran i år."),
        (
            "de",
            "Kazatomprom, in der Hand des Staatsfonds Samruk-Kazyna, will in diesem Jahr 27.500 Tonnen Uran fördern.",
        ),
        (
            "en",
            "Kazatomprom, held by the fund Samruk-Kazyna, expects to mine 27,500 tonnes of uranium this year.",
        ),
    ],
)
def test_a_holder_told_of_by_the_way_mines_nothing(read: Read, language: str, text: str) -> None:
    (claim,) = [claim for claim in read(text, language) if claim.unit == "t"]
    assert claim.actor == "kazatomprom"


def test_the_last_of_a_list_is_no_aside(read: Read) -> None:
    (claim,) = read("Rio Tinto, BHP, Glencore and Anglo American produced 5 Mt of copper.")
    assert claim.actor == "anglo-american"


def test_who_takes_part_of_the_output_owns_nothing(read: Read) -> None:
    text = "Trafigura will take 50% of the output of the Hillgrove mine."
    (claim,) = [claim for claim in read(text) if claim.value == 50.0]
    assert claim.predicate != "stake"


def test_who_owns_part_of_the_mine_has_a_stake(read: Read) -> None:
    (claim,) = [claim for claim in read("Boliden runs Aitik. The company owns 100 percent of the mine.") if claim.value]
    assert claim.predicate == "stake"


def test_a_supplier_without_a_buyer_has_a_share(read: Read) -> None:
    (claim,) = read("Indonesia supplied 65% of mined nickel in 2025.")
    assert (claim.predicate, claim.place, claim.period) == ("share", "IDN", "2025")


def test_a_thousand_millions_without_a_word_of_their_own(read: Read) -> None:
    text = (
        "Bolivia revisará los contratos de litio con la rusa Uranium One, por 970 millones de dólares, y con CBC, por "
        "1.030 millones."
    )
    assert [claim.value for claim in read(text, "es")] == [970e6, 1030e6]


def test_what_is_exported_for_money_is_trade(read: Read) -> None:
    text = "Im Jahr 2025 führte Kasachstan Titanschwamm für 310 Millionen Dollar aus."
    (claim,) = read(text, "de")
    assert (claim.predicate, claim.place) == ("trade", "KAZ")


def test_an_annual_quota_is_one_of_a_year(read: Read) -> None:
    text = "Congo replaced the ban with an annual quota of 96,600 tonnes of cobalt."
    (claim,) = [claim for claim in read(text) if claim.value == 96_600]
    assert (claim.predicate, claim.unit) == ("measure", "t/yr")


def test_american_estimates_are_of_another_country(read: Read) -> None:
    text = "Tadschikistan grub 2024 nach amerikanischen Angaben 17.000 Tonnen Antimon aus."
    (claim,) = [claim for claim in read(text, "de") if claim.unit == "t"]
    assert (claim.predicate, claim.place) == ("production", "TJK")
    (claim,) = [claim for claim in read("Chinese data show exports of 800 tonnes of antimony in May.") if claim.value]
    assert claim.place == "CHN"


def test_who_holds_how_much_of_a_joint_venture(read: Read) -> None:
    text = "La coentreprise Katco, dont Orano contrôle 51 % et Kazatomprom 49 %, a produit 2 850 tonnes d'uranium."
    held = {claim.actor: claim.value for claim in read(text, "fr") if claim.predicate == "stake" and claim.value}
    assert held == {"orano": 51.0, "kazatomprom": 49.0}


def test_the_world_of_another_percentage_is_not_whose_output_fell(read: Read) -> None:
    text = "Chile, que concentra el 24% de la producción mundial de cobre, extrajo 5,4 Mt en 2025, una caída del 1,6%."
    (growth,) = [claim for claim in read(text, "es") if claim.predicate == "growth"]
    assert growth.place == "CHL"
