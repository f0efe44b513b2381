"""Which step an agent's own words carry out."""

import re
from dataclasses import replace

import pytest

from bot.core.facts import FactDef, Kind
from bot.core.playbook import Decision
from bot.core.recognition import FLOOR, Recogniser
from bot.core.scripts import Scripts
from tests.builders import playbook, step

SEARCHED = FactDef(
    "searched",
    "有没有找到",
    Kind.CHOICE,
    question="请问网线找到了吗？",
    asked=(re.compile("再.{0,6}(找|翻)"),),
)
LOOK = replace(step("look_again", Decision.COLLECT, ask="searched"), title="请客户再找")
OFFER = replace(step("offer", Decision.ALLOW), recognise=(re.compile("补(您|你).{0,4}(元|块)"),))
LATE = step("late", Decision.REFUSE)
CABLE = playbook("missing_cable", LOOK, OFFER, LATE)
GREET = playbook("greet", step("hello"))
SCRIPTS = Scripts(
    {
        "missing_cable.look_again": ["麻烦您在快递袋和盒子夹层里再翻一下好吗"],
        "missing_cable.offer": ["丢在哪个环节查不出来了，给您补{amount}元可以吗"],
        "missing_cable.late": ["已经过了反馈期限，没有办法核实了"],
        "greet.hello": ["您好，很高兴为您服务"],
    }
)
KNOWS = Recogniser({p.id: p for p in (CABLE, GREET)}, SCRIPTS, {"searched": SEARCHED})


def done(text: str, suggested: str | None = None) -> str | None:
    found = KNOWS.step(text, ["missing_cable"], suggested)
    return found.step if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("麻烦您在快递袋和盒子夹层里再翻一下好吗", "look_again"),
        ("亲，再找找看呢", "look_again"),
        ("线找到没", "look_again"),
        ("丢在哪个环节查不出来了，给您补2元可以吗", "offer"),
        ("补您2块，行吗", "offer"),
        ("已经过了反馈期限了呢，没有办法核实", "late"),
    ],
)
def test_a_step_is_recognised_by_its_wording_its_pattern_or_its_question(
    text: str, name: str
) -> None:
    assert done(text) == name


@pytest.mark.parametrize("text", ["稍等", "在的呢", "我看一下您的订单", ""])
def test_words_that_carry_out_no_step_are_no_step(text: str) -> None:
    assert done(text) is None


def test_the_step_the_desk_has_just_suggested_needs_less_to_be_believed() -> None:
    half = "给您补一下可以吗"

    without = KNOWS.step(half, ["missing_cable"])
    with_it = KNOWS.step(half, ["missing_cable"], "offer")

    assert with_it is not None
    assert with_it.step == "offer"
    assert without is None or with_it.confidence > without.confidence


def test_a_suggestion_alone_is_no_proof() -> None:
    assert done("今天天气不错", suggested="offer") is None


def test_what_is_recognised_names_its_playbook_and_how_sure_it_is() -> None:
    found = KNOWS.step("已经过了反馈期限，没有办法核实了", ["greet", "missing_cable"])

    assert found is not None
    assert (found.step, found.playbook) == ("late", "missing_cable")
    assert FLOOR <= found.confidence <= 1.0


def test_a_figure_in_the_wording_may_be_any_figure() -> None:
    two = KNOWS.step("丢在哪个环节查不出来了，给您补2元可以吗", ["missing_cable"])
    four = KNOWS.step("丢在哪个环节查不出来了，给您补4元可以吗", ["missing_cable"])

    assert two == four


def likely(text: str, name: str) -> float:
    """How likely the words carry out this step."""
    ranking = KNOWS.ranking(text, ["missing_cable"])
    return next(found.confidence for found in ranking if found.step == name)


def test_what_asks_nothing_is_less_likely_the_step_that_asks() -> None:
    asks = likely("我看过袋子，有吗", "look_again")
    tells = likely("我看过袋子，有的", "look_again")

    assert asks > tells + 0.1


def test_who_asks_for_patience_has_less_likely_done_what_they_speak_of() -> None:
    alone = likely("看看期限", "late")
    with_it = likely("稍等，看看期限", "late")

    assert alone > with_it + 0.1


def test_the_steps_and_something_else_share_what_is_likely() -> None:
    ranking = KNOWS.ranking("给您补2元可以吗", ["missing_cable"])

    assert ranking[0].step == "offer"
    assert len(ranking) == len(CABLE.steps)
    assert 0 < sum(found.confidence for found in ranking) < 1


def test_only_the_named_playbooks_are_looked_at() -> None:
    assert KNOWS.step("您好，很高兴为您服务", ["missing_cable"]) is None
    assert KNOWS.step("您好，很高兴为您服务", ["no_such_playbook"]) is None


def test_another_playbooks_step_is_believed_when_it_is_clear() -> None:
    found = KNOWS.any_step("您好，很高兴为您服务", ["missing_cable"])

    assert found is not None
    assert found.playbook == "greet"


def test_the_open_playbooks_step_is_kept_when_another_is_not_clearer() -> None:
    found = KNOWS.any_step("补您2块，行吗", ["missing_cable"])

    assert found is not None
    assert found.playbook == "missing_cable"


def test_what_the_customer_may_have_meant_needs_less_than_any_other_case() -> None:
    words = "补您2块，行吗"
    elsewhere = KNOWS.any_step(words, ["freight_insurance"], near=["missing_cable"])

    assert elsewhere is not None
    assert elsewhere.playbook == "missing_cable"
