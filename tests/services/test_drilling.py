"""Drills are made of the rules as they stand: the desk and the guard know the answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest

from bot.adapters.orders_sql import SqlOrders
from bot.core.drills import Question
from bot.core.practice import Practice
from bot.services.drilling import FINE, OPEN_ENDED, Drill, Drills
from bot.services.practice_room import Opened
from tests.databases import new_database
from tests.desks import POLICY
from tests.practice_rooms import NOW, room_on

SEEDS = range(12)


@pytest.fixture(scope="module")
def drills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drills]:
    folder, numbers, left = tmp_path_factory.mktemp("drills"), count(), []

    def open_room(practice: Practice, at: datetime) -> Opened:
        database = new_database(folder / f"{next(numbers)}.db")
        left.append(database)
        SqlOrders(database).upsert(*practice.orders_on(at.date()))
        return Opened(room_on(database), database.close)

    yield Drills(lambda: POLICY, open_room)
    for database in left:
        database.close()


def only(drills: Drills, customer: str) -> Drills:
    """The same with this customer alone."""
    one = tuple(practice for practice in POLICY.practices if practice.id == customer)
    return replace(drills, policy=lambda: replace(POLICY, practices=one))


def right(question: Question) -> str:
    return question.choices[question.right]


def test_a_verdict_drill_asks_what_until_when_and_why_of_one_order(drills: Drills) -> None:
    asked = [drills.questions(Drill.VERDICT, seed, NOW) for seed in SEEDS]

    for decided, until, why in asked:
        assert right(decided) in ("可以", "不可以", "转交")
        assert decided.deciding
        assert decided.source
        assert right(why) in decided.why
        assert len(set(until.choices)) == 4
    assert {right(until) == OPEN_ENDED for _, until, _ in asked} == {True, False}
    assert len({decided.item for decided, _, _ in asked}) > len(SEEDS) / 2


def test_a_verdict_drill_shows_all_words_and_the_whole_order_but_not_what_decides(
    drills: Drills,
) -> None:
    for seed in range(4):
        (part,) = drills.parts(Drill.VERDICT, seed, NOW)

        assert part.customer
        assert not part.customer.lines[0].reply
        assert not part.customer.lines[-1].reply
        assert part.customer.orders
        assert all(not one.says and not one.deciding for one in part.questions[1:])


def test_what_came_out_in_a_dialogue_is_told_beside_the_order(drills: Drills) -> None:
    parts = [
        only(drills, customer).parts(Drill.VERDICT, 0, NOW)[0]
        for customer in ("repair_request_1", "exchange_freight_1")
    ]

    serial, freight = (dict(part.customer.told) for part in parts if part.customer)
    assert serial["路由器背面的序列号"] == "YZ54C2209811"
    assert freight["寄回花了多少运费"] == "12"
    assert "*" in freight["支付宝账号"]
    assert "订单状态" not in freight


def test_a_guard_drill_mixes_good_replies_with_spoiled_ones(drills: Drills) -> None:
    asked = [one for seed in SEEDS for one in drills.questions(Drill.GUARD, seed, NOW)]

    answers = {right(one) for one in asked}
    assert FINE in answers
    assert len(answers) >= 4
    for one in asked:
        assert FINE in one.choices
        assert len(set(one.choices)) == len(one.choices) >= 3
        assert one.why


def test_a_phone_drill_prepares_the_call_then_holds_it_and_knows_its_bounds(
    drills: Drills,
) -> None:
    before, during, bounds = drills.parts(Drill.PHONE, 0, NOW)

    assert before.customer
    assert before.customer.orders
    assert [one.item for one in before.questions] == ["phone.first", "phone.second", "phone.limit"]
    assert len(during.questions) == 7
    calls, hours = bounds.questions
    assert right(calls) == "3 次"
    assert right(hours) == "10:00到18:00"


def test_the_same_seed_and_moment_give_the_same_questions(drills: Drills) -> None:
    for drill in Drill:
        assert drills.parts(drill, 5, NOW) == drills.parts(drill, 5, NOW)
