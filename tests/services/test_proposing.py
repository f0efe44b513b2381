"""What is proposed in a call, and how much at most: the desk and its guard know, nobody else."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bot.core.drills import Question
from bot.core.playbook import Decision
from bot.services.call_preparing import ASKS_SUPERVISOR, call_prepared
from bot.services.practising import Dialogue
from bot.services.proposing import offer, proposals, proposes
from tests.desks import POLICY
from tests.practice_rooms import Begin, dialogues_in

PRACTICES = {one.id: one for one in POLICY.practices}
PREPARED = [
    ("missing_cable_2", 4),
    ("missing_power_adapter_1", 10),
    ("noisy_power_adapter_2", 10),
    ("partial_compensation_1", 20),
    ("partial_compensation_3", 20),
    ("price_drop_2", 20),
]


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    with dialogues_in(tmp_path_factory.mktemp("proposing")) as begin:
        yield begin


def about_to_call(begin: Begin, scenario: str, seed: int = 0) -> Dialogue:
    dialogue = begin(PRACTICES[scenario], seed)
    while not proposes(dialogue):
        dialogue.reply(dialogue.suggestion)
    return dialogue


def right(question: Question) -> str:
    return question.choices[question.right]


def blocked(dialogue: Dialogue, text: str) -> list[dict[str, Any]]:
    found = dialogue.room.desk.check(dialogue.practice.id, text, dialogue.at)
    return [one for one in found if one["severity"] == "block"]


@pytest.mark.parametrize(("scenario", "most"), PREPARED)
def test_the_limit_may_be_offered_and_a_yuan_more_may_not(
    begin: Begin, scenario: str, most: int
) -> None:
    limit, more = Decimal(most), Decimal(most + 1)

    made = [*proposals(about_to_call(begin, scenario), [limit, more])]

    assert any(one.faults[limit] is None for one in made)
    assert all(one.faults[more] for one in made)


@pytest.mark.parametrize(("scenario", "most"), PREPARED)
def test_every_other_answer_to_the_limit_is_less_or_is_blocked(
    begin: Begin, scenario: str, most: int
) -> None:
    first, second, limit = call_prepared(about_to_call(begin, scenario), 3, "文件")

    sums = {Decimal(one.removesuffix(" 元")) for one in limit.choices}
    made = [*proposals(about_to_call(begin, scenario), sorted(sums))]
    assert right(limit) == f"{most} 元"
    assert all(one.faults[more] for one in made for more in sums if more > most)
    assert sum(more > most for more in sums) >= 2
    for one in (first, second, limit):
        assert len(set(one.choices)) == len(one.choices) >= 3
        assert one.why
        assert not one.source.startswith("；")


@pytest.mark.parametrize(("scenario", "most"), PREPARED)
def test_first_is_what_the_desk_proposes_and_second_what_it_says_to_a_no(
    begin: Begin, scenario: str, most: int
) -> None:
    dialogue = about_to_call(begin, scenario)
    suggestion = dialogue.suggestion

    first, second, _ = call_prepared(dialogue, 0, "文件")

    made = [*proposals(about_to_call(begin, scenario), [])]
    assert suggestion.endswith(right(first))
    assert not blocked(about_to_call(begin, scenario), right(first))
    assert right(second) != right(first)
    if made[1].decision is Decision.HANDOVER:
        assert right(second) == ASKS_SUPERVISOR
    else:
        assert made[1].text.endswith(right(second))
        assert right(second) != ASKS_SUPERVISOR


def test_the_ladder_of_a_compensation_ends_with_the_supervisor(begin: Begin) -> None:
    made = [*proposals(about_to_call(begin, "partial_compensation_1"), [])]

    steps = [one.script.partition(".")[2] for one in made]
    assert steps == ["coupon", "small_gift", "part_refund", "beyond_ladder"]
    assert [one.offers for one in made] == [True] * 4


@pytest.mark.parametrize("scenario", ["faulty_cable_4", "missing_item_1"])
def test_where_nothing_second_can_be_proposed_no_call_is_prepared(
    begin: Begin, scenario: str
) -> None:
    assert call_prepared(about_to_call(begin, scenario), 0, "文件") == ()


def test_a_sum_too_high_among_the_proposals_is_one_the_guard_blocks(begin: Begin) -> None:
    dialogue = about_to_call(begin, "missing_power_adapter_1")

    assert blocked(dialogue, offer(Decimal(20)))
    assert not blocked(dialogue, offer(Decimal(10)))


@pytest.mark.parametrize(("times", "too_many"), [(3, False), (4, True), (5, True), (9, True)])
def test_the_guard_counts_the_calls_of_a_day(begin: Begin, times: int, too_many: bool) -> None:
    dialogue = about_to_call(begin, "missing_power_adapter_1")

    assert bool(blocked(dialogue, f"今天我会给您打{times}次电话。")) is too_many
