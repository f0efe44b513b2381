"""The work on records: who sees which and how, and what each may do with them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.registers_sql import SqlRegisters
from bot.core.people import Role
from bot.core.record_changes import Revision
from bot.core.record_refusals import BadValue, Incomplete, NotAllowed, Stale, UnknownRegister
from bot.core.records import Approval, State
from bot.services.casework import Casework, Listing
from tests.builders import policy
from tests.databases import new_database
from tests.record_builders import (
    AGENT,
    FINANCE,
    LEAD,
    NOW,
    ORDER,
    REFUND,
    RESEND,
    REVIEW,
    SUPERVISOR,
    TRAINEE,
    WAREHOUSE,
    WHOLE,
)

POLICY = replace(policy(), registers={one.name: one for one in (RESEND, REFUND, REVIEW)})
PHONE = WHOLE["电话"]
GIFT = {"订单号": ORDER, "类型": "补偿", "金额": "30", "原因": "等得太久"}
"""No figure says what an agent may give here, so that any gift waits for approval."""


@pytest.fixture
def registers(tmp_path: Path) -> Iterator[SqlRegisters]:
    database = new_database(tmp_path / "shop.db")
    yield SqlRegisters(database)
    database.close()


@pytest.fixture
def casework(registers: SqlRegisters) -> Casework:
    return Casework(lambda: POLICY, registers)


def resend(casework: Casework, **fields: str) -> int:
    return casework.enter(AGENT, NOW, "补发记录", {**WHOLE, **fields}).record.id


def test_its_keeper_sees_the_phone_and_nobody_else_does(casework):
    number = resend(casework)

    seen = {
        who.role: casework.one(who, number).record.fields["电话"]
        for who in (WAREHOUSE, AGENT, SUPERVISOR, FINANCE, LEAD)
    }

    assert seen.pop(Role.WAREHOUSE) == PHONE
    assert set(seen.values()) == {"138****5678"}


def test_the_history_is_masked_as_the_record_is(casework):
    number = resend(casework)
    casework.revise(AGENT, NOW, number, 1, Revision({"电话": "13900001111"}))

    told = repr([(line.before, line.after) for line in casework.one(AGENT, number).history])

    assert PHONE not in told
    assert "13900001111" not in told
    assert "139****1111" in told


def test_a_trainee_sees_no_records(casework):
    number = resend(casework)

    with pytest.raises(NotAllowed):
        casework.find(TRAINEE, Listing())
    with pytest.raises(NotAllowed):
        casework.one(TRAINEE, number)
    with pytest.raises(NotAllowed):
        casework.revise(TRAINEE, NOW, number, 1, Revision({"数量": "2"}))


def test_each_role_finds_the_work_of_its_registers(casework):
    number = resend(casework)
    gift = casework.enter(AGENT, NOW, "退运费登记", GIFT).record.id

    def ids(**listing) -> list[int]:
        return [seen.record.id for seen in casework.find(LEAD, Listing(**listing))]

    assert ids(owner=Role.WAREHOUSE) == [number]
    assert ids(owner=Role.FINANCE) == [gift]
    assert ids(owner=Role.SUPERVISOR) == []
    assert ids(register="补发记录", state=State.WAITING) == [number]
    assert ids(awaiting=True) == [gift]
    assert ids(order_no=f" {ORDER[:6]}-{ORDER[6:]}") == [gift, number]


def test_a_register_that_is_not_there_is_named(casework):
    with pytest.raises(UnknownRegister, match="流水账"):
        casework.find(AGENT, Listing(register="流水账"))
    with pytest.raises(UnknownRegister):
        casework.enter(AGENT, NOW, "流水账", WHOLE)


def test_an_incomplete_entry_is_refused_by_name_and_kept_as_a_draft(casework):
    fields = {**WHOLE, "电话": ""}

    with pytest.raises(Incomplete, match="电话"):
        casework.enter(AGENT, NOW, "补发记录", fields)
    seen = casework.enter(AGENT, NOW, "补发记录", fields, draft=True)

    assert (seen.record.state, seen.missing) == (State.WAITING, ("电话",))


def test_by_hand_not_even_a_draft_is_entered_without_an_order(casework):
    with pytest.raises(BadValue, match="订单号"):
        casework.enter(AGENT, NOW, "补发记录", {**WHOLE, "订单号": ""}, draft=True)


def test_fields_approval_and_state_go_together_or_not_at_all(casework):
    gift = casework.enter(AGENT, NOW, "退运费登记", GIFT).record.id

    # A supervisor approves, but it is finance that works on it.
    wanted = Revision({"金额": "25"}, approve=True, to=State.WORKING, why="好")
    with pytest.raises(NotAllowed):
        casework.revise(SUPERVISOR, NOW, gift, 1, wanted)

    assert casework.one(FINANCE, gift).record.version == 1


def test_a_gift_goes_from_the_agent_by_the_supervisor_to_finance(casework):
    gift = casework.enter(AGENT, NOW, "退运费登记", GIFT).record
    assert gift.approval is Approval.AWAITED

    approved = casework.revise(SUPERVISOR, NOW, gift.id, 1, Revision(approve=True, why="老客户"))
    working = casework.revise(FINANCE, NOW, gift.id, 2, Revision(to=State.WORKING))
    done = casework.revise(
        FINANCE, NOW, gift.id, 3, Revision({"打款日期": "2026-03-14"}, to=State.DONE)
    )

    assert approved.record.approved_by == SUPERVISOR.name
    assert working.record.state is State.WORKING
    assert (done.record.state, done.record.version) == (State.DONE, 5)


def test_an_order_number_corrected_is_checked_against_that_orders_records(casework):
    resend(casework)
    astray = resend(casework, 订单号="250904229999")

    with pytest.raises(ValueError, match="同一订单的同一原因"):
        casework.revise(AGENT, NOW, astray, 1, Revision({"订单号": f" {ORDER[:6]}-{ORDER[6:]} "}))


def test_who_has_not_seen_the_latest_change_changes_nothing(casework):
    number = resend(casework)
    casework.revise(AGENT, NOW, number, 1, Revision({"数量": "2"}))

    with pytest.raises(Stale, match="小周"):
        casework.revise(WAREHOUSE, NOW, number, 1, Revision(to=State.WORKING))


def test_what_is_so_already_is_no_change(casework):
    number = resend(casework)

    seen = casework.revise(AGENT, NOW, number, 1, Revision({"电话": "138****5678", "数量": ""}))

    assert seen.record.version == 1


def test_of_several_records_those_that_can_are_moved_and_the_others_told(casework):
    whole = resend(casework)
    draft = casework.enter(AGENT, NOW, "补发记录", {"订单号": "1"}, draft=True).record.id

    first, second = casework.revise_all(
        WAREHOUSE, NOW, [(whole, 1), (draft, 1)], Revision(to=State.WORKING)
    )

    assert (first.id, first.refused) == (whole, None)
    assert second.id == draft
    assert "还缺 补发内容、电话、原因" in (second.refused or "")


def test_records_of_a_register_that_is_gone_can_be_looked_at_and_tell_little(registers):
    number = resend(Casework(lambda: POLICY, registers))

    seen = Casework(policy, registers).one(LEAD, number)

    assert seen.record.id == number
    assert seen.record.fields["电话"] == "138123…"
