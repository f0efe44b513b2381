"""A shop's own passages are proposed for review; nothing unsure, unsafe or known already is placed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_policy
from bot.core.passages import Block
from bot.core.placing import Proposal, Proposals
from bot.core.policy import Policy
from bot.services import script_import
from bot.services.script_import import propose
from tests.builders import TODAY

LOOK = "亲，网线是灰色的，折叠起来放在快递袋或盒子夹层，您再翻一翻好吗？"
OFFER = "丢在打包、运输还是签收哪个环节已经查不出来了，给您补偿2元您看可以吗？"

type Place = Callable[..., Proposals]


@pytest.fixture(scope="module")
def house(checkout: Path) -> Policy:
    return load_policy(checkout / "bot/policy", checkout / "scripts_zh")


@pytest.fixture
def placed(house: Policy) -> Place:
    def place(*texts: str) -> Proposals:
        blocks = [Block("没收到网线", "标题", heading=True)]
        return propose([*blocks, *(Block(text, "第1段") for text in texts)], house, TODAY)

    return place


def only(found: Proposals) -> Proposal:
    (one,) = found.all
    return one


def test_a_passage_goes_before_the_houses_wording_of_its_step(house: Policy, placed: Place) -> None:
    found = placed(LOOK)

    wording = found.scripts["missing_cable"]["look_again"]
    assert wording[0] == LOOK
    assert tuple(wording[1:]) == house.scripts.variants("missing_cable.look_again")
    assert only(found).best.confidence >= script_import.SURE


def test_a_figure_of_the_step_follows_the_parameter(placed: Place) -> None:
    found = placed(OFFER)

    assert found.scripts["missing_cable"]["offer_compensation"][0] == OFFER.replace("2", "{amount}")


def test_a_figure_that_is_not_the_steps_is_for_a_person(placed: Place) -> None:
    found = placed(OFFER.replace("2", "9"))

    assert found.scripts == {}
    assert "「9」" in only(found).mend


def test_personal_data_is_masked_and_the_passage_not_placed(placed: Place) -> None:
    found = placed(f"{LOOK}有事打13812345678，卡号6222020200112233445")

    assert found.scripts == {}
    assert only(found).mend == script_import.PERSONAL
    assert "13812345678" not in only(found).text
    assert "6222020200112233445" not in only(found).text


def test_braces_in_a_document_are_no_placeholders(placed: Place) -> None:
    assert only(placed(f"{LOOK}{{amount}}")).mend == script_import.BRACES


def test_what_the_house_says_already_is_not_placed_again(house: Policy, placed: Place) -> None:
    known = house.scripts.variants("missing_cable.look_again")[0]

    assert only(placed(known)).mend == script_import.ALIKE_ALREADY


def test_the_same_passage_twice_is_placed_once(placed: Place) -> None:
    found = placed(LOOK, LOOK)

    assert [one.mend for one in found.all] == ["", script_import.ALIKE_ALREADY]


def test_words_of_no_step_are_for_a_person(placed: Place) -> None:
    assert only(placed("亲，今晚直播间有惊喜，您记得来哦。")).mend == script_import.UNSURE


def test_what_is_meant_for_colleagues_is_not_placed(placed: Place) -> None:
    found = placed("客户坚持要网线的，登记到补发记录里补发，顺便查发票。")

    assert only(found).mend == script_import.FOR_COLLEAGUES
