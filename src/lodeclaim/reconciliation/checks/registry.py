"""All checks in order of cost, each with its name, the kinds of finding it gives and its explanation."""

from __future__ import annotations

from lodeclaim.reconciliation.checks import (
    arithmetic,
    deals,
    offices,
    ranks,
    scope,
    slips,
    sums,
    times,
    values,
    voicing,
    wording,
)
from lodeclaim.reconciliation.finding import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    Check(
        name="same-slot",
        kinds=("conflict", "several"),
        explanation="Claims of one slot exclude each other, with rounding, bounds and “about” allowed for. Where one "
        "source gives them all, or period or class is not stated, all stay.",
        run=values.same_slot,
    ),
    Check(
        name="lost-bound",
        kinds=("suspicion",),
        explanation="One source gives a bound (“over 50 %”), another the same number as the value.",
        run=values.lost_bound,
    ),
    Check(
        name="other-class",
        kinds=("several",),
        explanation="Values of one matter in different classes, such as proven reserve and resource.",
        run=values.other_class,
    ),
    Check(
        name="other-basis",
        kinds=("several",),
        explanation="Masses of one matter in forms or bases that no fixed factor joins, such as ore and metal.",
        run=values.other_basis,
    ),
    Check(
        name="undated",
        kinds=("several", "suspicion"),
        explanation="A number without a period beside the latest dated one of the same slot.",
        run=values.undated,
    ),
    Check(
        name="beyond-world",
        kinds=("conflict", "suspicion"),
        explanation="A country or site has more than the latest world total of the official statistics; where that "
        "total is a bound, more than half as much again.",
        run=values.beyond_world,
    ),
    Check(
        name="scale-slip",
        kinds=("conflict",),
        explanation="Two numbers of one matter, whatever class, instrument or date they name, differ by a power of ten "
        "within 2 %. Texts translated from Chinese, where large numbers count in units of 10 000, are named as the "
        "likelier cause.",
        run=slips.scale_slip,
    ),
    Check(
        name="currency-slip",
        kinds=("conflict", "compatible"),
        explanation="The same number in two currencies for one matter, or two amounts that the exchange rate of the "
        "date makes one within 3 %.",
        run=slips.currency_slip,
    ),
    Check(
        name="basis-slip",
        kinds=("conflict", "suspicion"),
        explanation="Two masses whose ratio is that of a compound to its element, such as 0.793 for WO3 and tungsten.",
        run=slips.basis_slip,
    ),
    Check(
        name="ton-slip",
        kinds=("conflict", "suspicion"),
        explanation="Two masses whose ratio is that of a short or long ton to the metric ton.",
        run=slips.ton_slip,
    ),
    Check(
        name="impossible",
        kinds=("suspicion",),
        explanation="A share, grade, recovery or stake above 100 %, or a quantity below nothing.",
        run=arithmetic.impossible,
    ),
    Check(
        name="shares-sum",
        kinds=("suspicion", "compatible"),
        explanation="Shares of one whole in one source add up to 100 % within rounding, or to more than there is.",
        run=sums.shares_sum,
    ),
    Check(
        name="stakes-sum",
        kinds=("conflict", "compatible"),
        explanation="Stakes that one sentence names add up to 100 %, or to more than there is.",
        run=sums.stakes_sum,
    ),
    Check(
        name="sites-sum",
        kinds=("suspicion", "compatible"),
        explanation="The sites of a country that one source lists, against that source's total for the country. A "
        "basis that is not stated is that of the list.",
        run=sums.sites_sum,
    ),
    Check(
        name="part-over-whole",
        kinds=("suspicion",),
        explanation="A site's amount and its share of a whole give the whole; a country or another site of it must "
        "fit in what is left.",
        run=sums.part_over_whole,
    ),
    Check(
        name="share-of-world",
        kinds=("several",),
        explanation="A holder's amount and its share imply a world total that is not that of the statistics.",
        run=sums.share_of_world,
    ),
    Check(
        name="parts-of-money",
        kinds=("compatible", "corroborates"),
        explanation="Sums named together for one project and their derived total, and a claim that gives that total.",
        run=sums.parts_of_money,
    ),
    Check(
        name="ore-behind-metal",
        kinds=("suspicion", "compatible"),
        explanation="Metal in the ground over its grade is the ore: against the stated tonnage within 15 %, and "
        "against what any deposit holds.",
        run=arithmetic.ore_behind_metal,
    ),
    Check(
        name="output-of-metal",
        kinds=("suspicion", "compatible"),
        explanation="Ore mined times grade times recovery is the output: derived, and against the stated output.",
        run=arithmetic.output_of_metal,
    ),
    Check(
        name="growth-of-two",
        kinds=("suspicion", "compatible"),
        explanation="A change in percent beside the two values it connects, within 3 % of the change.",
        run=arithmetic.growth_of_two,
    ),
    Check(
        name="growth-base",
        kinds=("suspicion", "compatible"),
        explanation="A value and its change give the value of the year before; the values together must not exceed "
        "what the world produces.",
        run=arithmetic.growth_base,
    ),
    Check(
        name="rank-after",
        kinds=("suspicion", "compatible"),
        explanation="A rank in the text and those it comes after: second after two others is third. Needs the texts.",
        run=ranks.rank_after,
    ),
    Check(
        name="rank-of-values",
        kinds=("suspicion", "compatible"),
        explanation="A rank in the text beside the values of the holder and of those above it. Needs the texts.",
        run=ranks.rank_of_values,
    ),
    Check(
        name="countdown",
        kinds=("conflict",),
        explanation="So many months before an event that, by its date, is nearer to the text than that. Needs the "
        "texts.",
        run=times.countdown,
    ),
    Check(
        name="after-the-report",
        kinds=("suspicion",),
        explanation="Something told as done, with a date more than a month after the report of it.",
        run=times.after_the_report,
    ),
    Check(
        name="start-before-licence",
        kinds=("suspicion",),
        explanation="Work at a site begins before its only licence on record.",
        run=times.start_before_licence,
    ),
    Check(
        name="stale-holder",
        kinds=("conflict",),
        explanation="Somebody is named in an office outside their term by the vocabulary, 45 days of handover allowed "
        "for.",
        run=offices.stale_holder,
    ),
    Check(
        name="headline",
        kinds=("suspicion", "compatible"),
        explanation="A headline of bare “billions” over a text whose largest amount is below, in its own currency and "
        "in that of its readers. Needs the texts.",
        run=wording.headline,
    ),
    Check(
        name="stated-difference",
        kinds=("several",),
        explanation="Several values of one slot in a passage that itself says that they differ. Needs the texts.",
        run=wording.stated_difference,
    ),
    Check(
        name="another-slot",
        kinds=("suspicion",),
        explanation="One of several values that fits another slot: the largest producer's share of the world within "
        "2 points.",
        run=wording.another_slot,
    ),
    Check(
        name="deal-amounts",
        kinds=("several",),
        explanation="Two sums of one company, material and country that count different things, such as the value of "
        "an agreement and the cost of the plant.",
        run=deals.deal_amounts,
    ),
    Check(
        name="deal-told-twice",
        kinds=("corroborates",),
        explanation="One sum for one material and country from independent sources whose actors are one side: the "
        "same, parent and subsidiary, or a state and its bodies.",
        run=deals.deal_told_twice,
    ),
    Check(
        name="later-state",
        kinds=("refines",),
        explanation="Tender, plan and agreement of one matter, each a later state of the one before.",
        run=deals.later_state,
    ),
    Check(
        name="partners",
        kinds=("several", "compatible"),
        explanation="Two states of one matter name different partners; parent and subsidiary are one side.",
        run=deals.partners,
    ),
    Check(
        name="one-number-two-slots",
        kinds=("suspicion",),
        explanation="The same percentage of one company as its stake and as its share of output, in one sentence.",
        run=deals.one_number_two_slots,
    ),
    Check(
        name="other-stage",
        kinds=("compatible",),
        explanation="Shares of one holder in one material at two stages of the chain: both may hold.",
        run=scope.other_stage,
    ),
    Check(
        name="target-scope",
        kinds=("several", "copy"),
        explanation="One target told with two scopes.",
        run=scope.target_scope,
    ),
    Check(
        name="law-text",
        kinds=("suspicion", "corroborates"),
        explanation="What a text says of a legal benchmark, beside value, date and scope in the law's own words.",
        run=voicing.law_text,
    ),
    Check(
        name="unnamed-find",
        kinds=("several",),
        explanation="A find that names a country only, beside the one site of that country it may mean.",
        run=scope.unnamed_find,
    ),
    Check(
        name="spellings",
        kinds=("compatible",),
        explanation="Several garbled spellings that are taken as one site, by evidence that can be undone.",
        run=scope.spellings,
    ),
    Check(
        name="same-number",
        kinds=("corroborates",),
        explanation="Independent sources whose numbers in one slot agree within rounding. Copies count once.",
        run=voicing.same_number,
    ),
    Check(
        name="copied",
        kinds=("copy",),
        explanation="Claims of documents that are one voice: shared text, at least four unusual numbers in common, or "
        "one stated source.",
        run=voicing.copied,
    ),
    Check(
        name="repeated",
        kinds=("copy",),
        explanation="The same statement twice in one document, which is no second voice.",
        run=voicing.repeated,
    ),
)
