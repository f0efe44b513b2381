"""Records in the database: entered once whoever is at it, changed by one at a time, never lost."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.order_statements import ORDERS, SHIPMENTS
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.registers_sql import SqlRegisters
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.orders import Order
from bot.core.outcome import Outcome
from bot.core.record_changes import Changed, Revision, revised
from bot.core.record_refusals import Duplicate, Stale, UnknownRecord
from bot.core.records import Act, Approval, Record, State, replayed
from bot.services.ports import MessageIdTaken, OfOrder, WantedRecords
from tests.record_builders import (
    AGENT,
    NOW,
    ORDER,
    RESEND,
    WAREHOUSE,
    WHOLE,
    compensation,
    doing,
    draft,
)

EVERYTHING = WantedRecords()


@pytest.fixture
def registers(database: Database) -> SqlRegisters:
    return SqlRegisters(database)


def to_work(record: Record, of_order: OfOrder) -> Sequence[Changed]:
    wanted = Revision(to=State.WORKING)
    return revised(record, RESEND, wanted, doing(WAREHOUSE), of_order(record.about))


def test_a_record_comes_back_as_it_was_entered(registers):
    entered = registers.enter(draft(conversation_id="c-1"))

    assert registers.one(entered.id) == entered
    assert (entered.state, entered.fields, entered.version) == (State.WAITING, WHOLE, 1)
    assert entered.created_at == NOW


def test_a_second_entry_of_the_same_thing_is_the_same_record(registers):
    first = registers.enter(draft({**WHOLE, "电话": ""}))
    second = registers.enter(draft())

    assert [record.id for record in registers.find(EVERYTHING)] == [first.id]
    assert second.fields["电话"] == WHOLE["电话"]
    acts = [change.act for change in registers.history(first.id)]
    assert acts == [Act.ENTERED, Act.ENTERED_AGAIN]


def test_many_who_enter_the_same_thing_at_once_make_one_record(registers):
    with ThreadPoolExecutor(8) as pool:
        entered = list(pool.map(registers.enter, [draft() for _ in range(16)]))

    (record,) = registers.find(EVERYTHING)
    assert {one.id for one in entered} == {record.id}
    assert record.version == len(registers.history(record.id)) == 16


def test_compensations_entered_at_once_do_not_slip_under_the_limit_together(registers):
    drafts = [compensation("15.00", reason) for reason in ("慢", "坏", "脏", "少")]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(registers.enter, drafts))

    found = registers.find(EVERYTHING)
    free = [record for record in found if record.approval is Approval.NOT_NEEDED]
    assert (len(found), len(free)) == (4, 1)


def test_of_two_who_change_a_record_at_once_one_is_told_who_was_quicker(registers):
    record = registers.enter(draft())
    together = threading.Barrier(2)

    def change(_: int) -> str:
        together.wait()
        try:
            registers.change(record.id, record.version, to_work)
        except Stale as stale:
            return str(stale)
        return "changed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(change, range(2)))

    assert told[0] == "changed"
    assert f"记录 {record.id} 刚被{WAREHOUSE.name}改过" in told[1]
    assert registers.one(record.id).version == 2


def test_the_history_adds_up_to_the_record_and_says_who_and_when(registers):
    record = registers.enter(draft(conversation_id="c-1"))
    registers.change(record.id, 1, to_work)

    history = registers.history(record.id)

    assert replayed(history) == registers.one(record.id).snapshot()
    assert [(line.by, line.at) for line in history] == [(AGENT, NOW), (WAREHOUSE, NOW)]


def test_a_change_that_is_refused_leaves_everything_as_it_was(registers):
    first = registers.enter(draft())
    second = registers.enter(draft({**WHOLE, "原因": "坏了"}))

    def same_reason(record: Record, of_order: OfOrder) -> Sequence[Changed]:
        wanted = Revision({"原因": first.reason})
        return revised(record, RESEND, wanted, doing(), of_order(record.about))

    with pytest.raises(Duplicate):
        registers.change(second.id, 1, same_reason)

    assert registers.one(second.id) == second
    assert len(registers.history(second.id)) == 1


def test_a_record_that_is_not_there_is_named(registers):
    with pytest.raises(UnknownRecord, match="4711"):
        registers.one(4711)
    with pytest.raises(UnknownRecord):
        registers.change(4711, 1, to_work)


def test_records_are_found_by_register_state_order_approval_and_page(registers):
    resend = registers.enter(draft())
    money = registers.enter(compensation("30.00"))
    other = registers.enter(draft({**WHOLE, "订单号": "250904220032"}))
    registers.change(resend.id, 1, to_work)

    def ids(**wanted) -> list[int]:
        return [record.id for record in registers.find(WantedRecords(**wanted))]

    assert ids() == [other.id, money.id, resend.id]
    assert ids(registers=["补发记录"]) == [other.id, resend.id]
    assert ids(registers=[]) == []
    assert ids(states=[State.WORKING]) == [resend.id]
    assert ids(order_no=ORDER) == [money.id, resend.id]
    assert ids(approval=Approval.AWAITED) == [money.id]
    assert ids(limit=1) == [other.id]
    assert ids(before=other.id, limit=1) == [money.id]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["77", "66", ORDER]),
        ({"shop": "路由器店"}, [ORDER]),
        ({"shop": "别的店"}, []),
        ({"courier": "圆通"}, ["66", ORDER]),
        ({"courier": "顺丰"}, ["66"]),
        ({"courier": "中通"}, []),
        ({"order_begins": ORDER[:4]}, [ORDER]),
        ({"order_begins": "7"}, ["77"]),
        ({"order_begins": "8"}, []),
        ({"shop": "路由器店", "courier": "顺丰"}, []),
    ],
)
def test_records_are_found_by_what_is_known_of_their_order(database, registers, wanted, found):
    SqlOrders(database).upsert(
        Order(ORDER, shop="路由器店", courier="圆通"),
        Order("66", shop="服装店", courier="圆通"),
    )
    with database.writing() as connection:
        leg = {"leg": "return", "seq": 0, "courier": "顺丰"}
        of = select(ORDERS.c.id).where(ORDERS.c.order_no == "66").scalar_subquery()
        connection.execute(insert(SHIPMENTS).values(order_id=of, **leg))
    for number in (ORDER, "66", "77"):
        registers.enter(draft({**WHOLE, "订单号": number}))

    assert [one.order_no for one in registers.find(WantedRecords(**wanted))] == found
    assert registers.shops() == ["服装店", "路由器店"]
    assert sorted(registers.couriers()) == sorted(["圆通", "顺丰"])


def test_an_order_that_nothing_is_recorded_of_offers_no_shop(database, registers):
    SqlOrders(database).upsert(Order(ORDER, shop="路由器店", courier="圆通"))

    assert (registers.shops(), registers.couriers()) == ([], [])


@pytest.mark.parametrize(
    ("since", "until", "found"), [(0, 0, 1), (1, None, 0), (None, -1, 0), (-1, 1, 1)]
)
@pytest.mark.parametrize("clock", [time.min, time.max])
def test_a_record_is_of_the_shops_day_up_to_its_last_moment(registers, clock, since, until, found):
    at = datetime.combine(NOW.date(), clock, SHANGHAI)
    registers.enter(replace(draft(), doing=replace(doing(), at=at)))

    def day(days: int | None) -> date | None:
        return None if days is None else NOW.date() + timedelta(days=days)

    wanted = WantedRecords(since=day(since), until=day(until))
    assert len(registers.find(wanted)) == found


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM records",
        "DELETE FROM record_changes",
        "UPDATE record_changes SET by_name = 'nobody'",
    ],
)
def test_the_database_itself_refuses_to_lose_anything(database, registers, statement):
    record = registers.enter(draft())

    with pytest.raises(DBAPIError, match="records are never lost"), database.writing() as writing:
        writing.execute(text(statement))

    assert registers.one(record.id) == record
    assert len(registers.history(record.id)) == 1


def test_money_is_kept_to_the_fen(registers):
    record = registers.enter(compensation("19.99"))

    assert registers.one(record.id).amount == Decimal("19.99")


# ---- with a message ----

REPLY = Turn("m-1", Speaker.AGENT, "给您登记补寄了", NOW)


@pytest.fixture
def conversations(database: Database) -> SqlConversations:
    kept = SqlConversations(database)
    kept.open(Conversation("c-1"), "api", NOW)
    return kept


def test_a_message_and_its_record_are_kept_together(registers, conversations):
    conversations.add("c-1", REPLY, Outcome((draft(conversation_id="c-1"),)))

    (record,) = registers.find(EVERYTHING)
    assert record.conversation_id == "c-1"
    assert [turn.id for turn in conversations.load("c-1").turns] == ["m-1"]


def test_a_message_that_comes_again_enters_nothing_again(registers, conversations):
    for _ in range(2):
        conversations.add("c-1", REPLY, Outcome((draft(),)))

    (record,) = registers.find(EVERYTHING)
    assert len(registers.history(record.id)) == 1


def test_a_message_whose_id_is_taken_enters_nothing(registers, conversations):
    conversations.add("c-1", REPLY)

    with pytest.raises(MessageIdTaken):
        conversations.add("c-1", replace(REPLY, text="另一句"), Outcome((draft(),)))

    assert registers.find(EVERYTHING) == []


def test_where_the_record_cannot_be_kept_the_message_is_not_either(registers, conversations):
    too_much = compensation("99999999999.99")

    with pytest.raises(Exception, match="amount"):
        conversations.add("c-1", REPLY, Outcome((draft(), too_much)))

    assert conversations.load("c-1").turns == ()
    assert registers.find(EVERYTHING) == []


def test_the_record_outlives_its_conversation(database, registers, conversations):
    conversations.add("c-1", REPLY, Outcome((draft(conversation_id="c-1"),)))

    with database.writing() as writing:
        writing.execute(text("DELETE FROM conversations"))

    assert len(registers.find(EVERYTHING)) == 1
