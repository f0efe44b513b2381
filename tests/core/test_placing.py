"""Where a passage of a shop's own wording belongs."""

import re
from dataclasses import replace

from bot.core.placing import Placer, Proposal, Proposals
from bot.core.playbook import Decision
from bot.core.policy import Policy
from bot.core.recognition import Recognised
from bot.core.scripts import Scripts
from tests.builders import NO_FIGURES, playbook, step

LOOK = replace(step("look", Decision.COLLECT, ask="found"), title="请客户再找")
LATE = replace(step("late", Decision.REFUSE), title="过了期限")
CABLE = replace(playbook("cable", LOOK, LATE), title="网线", signs=(re.compile("没.{0,4}线"),))
ADAPTER = replace(playbook("adapter", LOOK, LATE), title="电源")
POLICY = Policy(
    NO_FIGURES,
    {},
    {one.id: one for one in (CABLE, ADAPTER)},
    Scripts(
        {
            "cable.look": ["麻烦您再找找，袋子里有吗"],
            "cable.late": ["过了期限，不能补了"],
            "adapter.look": ["麻烦您再找找，盒子里有吗"],
            "adapter.late": ["时间太久，不能补了"],
        }
    ),
)
PLACER = Placer(POLICY)


def test_a_passage_belongs_to_the_step_its_words_carry_out() -> None:
    best = PLACER.ranking("过了期限了，不能补了")[0]

    assert (best.playbook, best.step) == ("cable", "late")


def test_what_stands_around_decides_between_cases_that_word_alike() -> None:
    text = "麻烦您再找找"

    cable = PLACER.ranking(text, "网线问题")[0]
    adapter = PLACER.ranking(text, "电源问题")[0]

    assert (cable.playbook, cable.step) == ("cable", "look")
    assert (adapter.playbook, adapter.step) == ("adapter", "look")


def test_a_customers_telling_words_count_as_well() -> None:
    best = PLACER.ranking("麻烦您再找找", "我没有收到线")[0]

    assert best.playbook == "cable"


def test_surroundings_alone_place_nothing() -> None:
    best = PLACER.ranking("今晚食堂有红烧肉", "网线问题")[0]

    assert best.confidence < 0.3


def test_a_proposal_with_something_to_mend_is_left_to_a_person() -> None:
    one = Proposal(
        "您再找找", "第1段", Recognised("look", 0.9, "cable"), Recognised("late", 0.1, "cable")
    )

    found = Proposals([one, replace(one, mend="有数字")])

    assert found.placed == [one]
    assert [left.mend for left in found.left] == ["有数字"]
