"""A shop's pack goes before the house's policy, part by part."""

from bot.core.facts import FactDef, Kind
from bot.core.faq import Entry, Faq
from bot.core.packs import Pack, overlay
from tests.builders import TODAY, figures, parameter, playbook, policy

KILOMETRES = FactDef("kilometres", "公里数", Kind.COUNT)
HOUSE = policy(
    playbook("missing_cable"),
    playbook("faults", intents=["quality_issue", "damaged_item"]),
    playbook("sizes", intents=["size_issue"]),
    figures=figures(parameter("window", 7), parameter("limit", 5)),
    scripts={"missing_cable.end": ["家"], "sizes.end": ["大", "小"]},
)


def test_a_figure_of_the_pack_goes_before_the_houses() -> None:
    pack = Pack("shop", ("shop",), parameters={"window": parameter("window", 60)})

    shop = overlay(HOUSE, pack)

    assert shop.figures.number("window", TODAY) == 60
    assert shop.figures.number("limit", TODAY) == 5


def test_an_intent_that_the_pack_serves_is_taken_from_the_house() -> None:
    guarantee = playbook("car_guarantee", intents=["quality_issue", "size_issue"])

    shop = overlay(HOUSE, Pack("cars", ("cars",), playbooks={"car_guarantee": guarantee}))

    assert shop.for_intent("quality_issue") == guarantee
    assert shop.playbooks["faults"].intents == ("damaged_item",)
    assert "sizes" not in shop.playbooks
    assert shop.scripts.names() == ["missing_cable.end"]


def test_facts_and_answers_are_the_shops_own() -> None:
    faq = Faq([Entry("care", ("怎么保养",), "拧干的软布擦")])

    shop = overlay(HOUSE, Pack("cars", ("cars",), facts={"kilometres": KILOMETRES}, faq=faq))

    assert shop.facts["kilometres"] is KILOMETRES
    assert shop.faq.answer("怎么保养") == "拧干的软布擦"
    assert HOUSE.faq.answer("怎么保养") is None


def test_a_shop_without_a_pack_has_the_houses_policy() -> None:
    assert HOUSE.for_shop("somewhere") is HOUSE
