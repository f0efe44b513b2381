"""How records come about and change: one a reason, whole before work, approved above the limit."""

from dataclasses import replace

import pytest

from bot.core.record_changes import Changed, approved, entered, filled, moved
from bot.core.record_refusals import (
    AwaitsApproval,
    BadValue,
    Duplicate,
    Finished,
    Incomplete,
    NotAllowed,
    NothingToApprove,
    ReasonWanted,
    UnknownField,
    WrongMove,
)
from bot.core.records import Act, Approval, Record, State, replayed
from tests.record_builders import (
    AGENT,
    FINANCE,
    LEAD,
    ORDER,
    REFUND,
    RESEND,
    REVIEW,
    SUPERVISOR,
    TRAINEE,
    WAREHOUSE,
    WHOLE,
    compensation,
    doing,
    draft,
)

WITHOUT_PHONE = {title: value for title, value in WHOLE.items() if title != "电话"}


def kept(changed: Changed, number: int = 1) -> Record:
    """As the shop would keep it."""
    return replace(changed.record, id=changed.record.id or number)


def resend(state: State = State.WAITING, **fields: str) -> Record:
    return replace(kept(entered(draft({**WHOLE, **fields}), ())), state=state)


# ---- entering ----


def test_an_entry_begins_as_to_do_and_its_history_says_who_made_it_and_when() -> None:
    changed = entered(draft(), ())

    assert (changed.record.state, changed.record.order_no) == (State.WAITING, ORDER)
    assert (changed.change.act, changed.change.by) == (Act.ENTERED, AGENT)
    assert replayed([changed.change]) == changed.record.snapshot()


def test_an_incomplete_entry_is_kept_and_not_worked_on_before_what_is_missing_is_filled_in() -> (
    None
):
    record = kept(entered(draft(WITHOUT_PHONE), ()))

    with pytest.raises(Incomplete, match="还缺 电话") as refused:
        moved(record, RESEND, State.WORKING, doing(WAREHOUSE), "", ())

    assert refused.value.field == "电话"


def test_a_second_entry_for_the_same_reason_fills_in_what_the_first_misses() -> None:
    first = kept(entered(draft(WITHOUT_PHONE), ()))

    second = entered(draft({**WHOLE, "补发内容": "电源"}), [first])

    assert second.record.id == first.id
    assert second.record.fields["电话"] == WHOLE["电话"]
    assert second.record.fields["补发内容"] == "网线"
    assert (second.change.act, second.change.unused) == (Act.ENTERED_AGAIN, {"补发内容": "电源"})


def test_what_tells_how_far_things_are_is_replaced_by_a_later_entry() -> None:
    first = resend(进度="已备货")

    second = entered(draft({**WHOLE, "进度": "已打包"}), [first])

    assert second.record.fields["进度"] == "已打包"


def test_another_reason_on_the_same_order_is_another_record() -> None:
    first = resend()

    second = entered(draft({**WHOLE, "原因": "电源坏了"}), [first])

    assert second.record.id == 0


def test_an_entry_that_knows_no_reason_yet_is_the_one_the_order_has_already() -> None:
    first = resend()
    unsaid = {title: value for title, value in WHOLE.items() if title != "原因"}

    assert entered(draft(unsaid), [first]).record.id == first.id


def test_a_reason_learnt_later_goes_into_the_entry_that_had_none() -> None:
    unsaid = kept(entered(draft({"订单号": ORDER}), ()))

    later = entered(draft(), [unsaid])

    assert (later.record.id, later.record.reason) == (unsaid.id, "未收到")


def test_where_an_order_has_one_entry_at_most_any_reason_is_the_same_entry() -> None:
    first = kept(entered(draft({"订单号": ORDER, "差评原因": "慢"}, REVIEW), ()))

    second = entered(
        draft({"订单号": ORDER, "差评原因": "坏", "处理结果": "已补救"}, REVIEW), [first]
    )

    assert second.record.id == first.id
    assert second.record.fields["差评原因"] == "坏"


def test_an_entry_made_before_the_order_was_known_becomes_the_orders() -> None:
    early = kept(entered(draft({"原因": "未收到"}, conversation_id="c"), ()))

    later = entered(draft(conversation_id="c"), [early])

    assert (later.record.id, later.record.about) == (early.id, ORDER)


def test_a_rejected_record_that_is_entered_again_is_to_do_again() -> None:
    rejected = resend(State.REJECTED)

    assert entered(draft(), [rejected]).record.state is State.WAITING


def test_a_finished_record_stays_as_it_is_and_remembers_that_it_was_entered_again() -> None:
    finished = resend(State.DONE)

    again = entered(draft({**WHOLE, "进度": "又要一根", "数量": "2"}), [finished])

    assert (again.record.state, again.record.fields) == (State.DONE, finished.fields)
    assert again.change.unused == {"进度": "又要一根", "数量": "2"}


@pytest.mark.parametrize("who", [TRAINEE, LEAD, FINANCE])
def test_who_neither_talks_to_customers_nor_keeps_the_register_enters_nothing(who) -> None:
    with pytest.raises(NotAllowed):
        entered(draft(by=who), ())


# ---- filling in ----


def test_a_value_as_the_writer_sees_it_is_no_change() -> None:
    assert filled(resend(), RESEND, {"电话": "138****5678"}, doing(AGENT), ()) is None


def test_a_starred_phone_that_is_another_ones_is_refused() -> None:
    with pytest.raises(BadValue, match="星号"):
        filled(resend(), RESEND, {"电话": "139****0000"}, doing(AGENT), ())


def test_the_history_of_a_change_holds_what_was_and_what_is() -> None:
    changed = filled(resend(), RESEND, {"电话": "13900001111"}, doing(AGENT), ())

    assert changed is not None
    assert changed.change.before == {"电话": "13812345678"}
    assert changed.change.after == {"电话": "13900001111"}
    assert changed.record.version == 2


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"备注": "急"}, UnknownField),
        ({"补发内容": "路由器"}, BadValue),
        ({"数量": "两"}, BadValue),
        ({"订单号": ""}, BadValue),
    ],
)
def test_what_a_field_cannot_hold_is_refused(given, refusal) -> None:
    with pytest.raises(refusal):
        filled(resend(), RESEND, given, doing(AGENT), ())


def test_while_it_is_worked_on_a_required_field_is_not_emptied() -> None:
    with pytest.raises(Incomplete):
        filled(resend(State.WORKING), RESEND, {"电话": ""}, doing(WAREHOUSE), ())


def test_once_it_is_worked_on_only_its_keeper_writes_in_it() -> None:
    working = resend(State.WORKING)

    with pytest.raises(NotAllowed, match="仓库"):
        filled(working, RESEND, {"数量": "2"}, doing(AGENT), ())

    assert filled(working, RESEND, {"数量": "2"}, doing(WAREHOUSE), ())


def test_a_finished_record_is_no_longer_written_in() -> None:
    with pytest.raises(Finished):
        filled(resend(State.DONE), RESEND, {"数量": "2"}, doing(WAREHOUSE), ())


def test_a_change_that_would_make_two_records_of_one_thing_names_the_other() -> None:
    first = resend()
    second = kept(entered(draft({**WHOLE, "原因": "坏了"}), [first]), 2)

    with pytest.raises(Duplicate, match="1"):
        filled(second, RESEND, {"原因": "未收到"}, doing(AGENT), [first, second])


# ---- moving on ----

ALLOWED = {
    (State.WAITING, State.WORKING),
    (State.WAITING, State.REJECTED),
    (State.WORKING, State.DONE),
    (State.WORKING, State.REJECTED),
    (State.REJECTED, State.WAITING),
}


@pytest.mark.parametrize("now", list(State))
@pytest.mark.parametrize("to", list(State))
def test_a_record_goes_only_where_its_state_leads(now, to) -> None:
    record = resend(now)

    if (now, to) in ALLOWED:
        assert moved(record, RESEND, to, doing(WAREHOUSE), "查过了", ()).record.state is to
    else:
        with pytest.raises(WrongMove):
            moved(record, RESEND, to, doing(WAREHOUSE), "查过了", ())


@pytest.mark.parametrize("who", [AGENT, SUPERVISOR, FINANCE, LEAD, TRAINEE])
def test_nobody_but_its_keeper_works_on_a_record(who) -> None:
    with pytest.raises(NotAllowed, match="仓库"):
        moved(resend(), RESEND, State.WORKING, doing(who), "", ())


def test_an_agent_takes_a_rejected_record_up_again() -> None:
    again = moved(resend(State.REJECTED), RESEND, State.WAITING, doing(AGENT), "地址补全了", ())

    assert again.record.state is State.WAITING


@pytest.mark.parametrize("to", [State.REJECTED, State.WAITING])
def test_rejecting_and_taking_up_again_need_a_reason(to) -> None:
    now = State.REJECTED if to is State.WAITING else State.WAITING

    with pytest.raises(ReasonWanted):
        moved(resend(now), RESEND, to, doing(WAREHOUSE), " ", ())


# ---- approval ----


@pytest.mark.parametrize(
    ("amount", "approval"), [("20.00", Approval.NOT_NEEDED), ("20.01", Approval.AWAITED)]
)
def test_compensation_above_the_agents_limit_waits_for_a_supervisor(amount, approval) -> None:
    assert entered(compensation(amount), ()).record.approval is approval


def test_what_the_order_has_been_given_already_counts() -> None:
    first = kept(entered(compensation("15.00"), ()))

    second = entered(compensation("5.01", "又等了"), [first])

    assert second.record.approval is Approval.AWAITED


@pytest.mark.parametrize("state", [State.WORKING, State.DONE])
def test_what_is_being_paid_or_has_been_paid_counts_too(state) -> None:
    paid = replace(kept(entered(compensation("15.00"), ())), state=state)

    assert entered(compensation("5.01", "又等了"), [paid]).record.approval is Approval.AWAITED


def test_a_compensation_put_under_another_order_counts_there() -> None:
    there = kept(entered(compensation("15.00"), ()))
    here = replace(
        kept(entered(compensation("15.00"), ()), 2),
        order_no="1",
        fields={
            **entered(compensation("15.00"), ()).record.fields,
            "订单号": "1",
            "原因": "又等了",
        },
    )

    put = filled(here, REFUND, {"订单号": ORDER}, doing(AGENT), [there])

    assert put is not None
    assert put.record.approval is Approval.AWAITED


def test_what_was_rejected_counts_no_longer_until_it_is_taken_up_again() -> None:
    first = replace(kept(entered(compensation("15.00"), ())), state=State.REJECTED)
    second = kept(entered(compensation("20.00", "又等了"), [first]), 2)

    again = moved(first, REFUND, State.WAITING, doing(AGENT), "说好的", [first, second])

    assert second.approval is Approval.NOT_NEEDED
    assert again.record.approval is Approval.AWAITED


def test_what_is_owed_does_not_count_against_the_limit() -> None:
    fields = {"订单号": ORDER, "类型": "退运费", "金额": "300.00", "原因": "质量问题"}

    assert entered(draft(fields, REFUND), ()).record.approval is Approval.NOT_NEEDED


def test_what_waits_for_approval_is_not_worked_on_until_it_is_given() -> None:
    record = kept(entered(compensation("30.00"), ()))

    with pytest.raises(AwaitsApproval):
        moved(record, REFUND, State.WORKING, doing(FINANCE), "", ())

    given = approved(record, doing(SUPERVISOR), "老客户").record
    assert given.approved_by == SUPERVISOR.name
    assert moved(given, REFUND, State.WORKING, doing(FINANCE), "", ()).record


@pytest.mark.parametrize("who", [AGENT, FINANCE, WAREHOUSE, LEAD, TRAINEE])
def test_nobody_but_a_supervisor_approves(who) -> None:
    with pytest.raises(NotAllowed, match="主管"):
        approved(kept(entered(compensation("30.00"), ())), doing(who), "好")


def test_an_approval_needs_a_reason_and_something_that_waits_for_it() -> None:
    with pytest.raises(ReasonWanted):
        approved(kept(entered(compensation("30.00"), ())), doing(SUPERVISOR), "")
    with pytest.raises(NothingToApprove):
        approved(kept(entered(compensation("3.00"), ())), doing(SUPERVISOR), "好")


def test_a_supervisor_rejects_what_waits_and_says_why() -> None:
    record = kept(entered(compensation("30.00"), ()))

    rejected = moved(record, REFUND, State.REJECTED, doing(SUPERVISOR), "太多", ())

    assert (rejected.record.state, rejected.change.why) == (State.REJECTED, "太多")


def test_an_amount_raised_after_the_approval_waits_again() -> None:
    given = approved(kept(entered(compensation("30.00"), ())), doing(SUPERVISOR), "好").record

    raised = filled(given, REFUND, {"金额": "31"}, doing(AGENT), ())
    lowered = filled(given, REFUND, {"金额": "29"}, doing(AGENT), ())

    assert raised is not None
    assert lowered is not None
    assert (raised.record.approval, raised.record.approved_by) == (Approval.AWAITED, "")
    assert lowered.record.approval is Approval.GIVEN


def test_what_a_supervisor_enters_is_approved_with_it() -> None:
    record = entered(compensation("30.00", by=SUPERVISOR), ()).record

    assert (record.approval, record.approved_by) == (Approval.GIVEN, SUPERVISOR.name)


def test_what_the_rules_leave_to_a_supervisor_waits_whatever_the_amount() -> None:
    assert entered(draft(to_approve=True), ()).record.approval is Approval.AWAITED
