"""A promise and all that becomes of it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation import Speaker
from bot.core.moments import SHANGHAI
from bot.core.promises import (
    AlreadySo,
    Change,
    Commitment,
    Kind,
    Promise,
    State,
    promise_id,
    told,
)

MADE = datetime(2025, 10, 12, 15, tzinfo=SHANGHAI)
DUE = datetime(2025, 10, 14, 23, 59, tzinfo=SHANGHAI)


def promise(
    what: str = "2天内打款",
    due: datetime | None = DUE,
    kind: Kind = Kind.PAYMENT,
    amount: str | None = None,
) -> Promise:
    commitment = Commitment(kind, what, due, Decimal(amount) if amount else None)
    return Promise("p", commitment, "c", "m", Speaker.AGENT, MADE)


def change(state: State, why: str = "客户说收到了") -> Change:
    return Change(MADE + timedelta(hours=1), state, "小周", why)


def test_a_promise_lapses_the_moment_after_it_was_due() -> None:
    assert not promise().lapsed(DUE)
    assert promise().lapsed(DUE + timedelta(minutes=1))


def test_a_promise_without_a_time_does_not_lapse() -> None:
    assert not promise(due=None).lapsed(DUE + timedelta(days=365))


def test_a_settled_promise_has_not_lapsed() -> None:
    assert not promise().changed(change(State.KEPT)).lapsed(DUE + timedelta(days=1))


def test_what_became_of_a_promise_is_added_not_replaced() -> None:
    kept = promise().changed(change(State.KEPT))
    again = kept.changed(change(State.OPEN, "其实没收到"))

    assert [one.state for one in again.history] == [State.KEPT, State.OPEN]
    assert again.is_open


def test_the_state_it_has_is_not_given_to_it_again() -> None:
    with pytest.raises(AlreadySo, match="已经是这个状态"):
        promise().changed(change(State.OPEN))


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (13, "10月12日答应：2天内打款，10月14日到期"),
        (14, "10月12日答应：2天内打款，今天到期"),
        (15, "10月12日答应：2天内打款，已过期1天（10月14日到期）"),
    ],
)
def test_it_is_told_before_it_lapses_on_the_day_and_after(day: int, line: str) -> None:
    assert told(promise(), datetime(2025, 10, day, 9, tzinfo=SHANGHAI)) == line


def test_an_hour_is_told_with_it() -> None:
    call = promise("三点前回电", MADE.replace(hour=15), Kind.CALL_BACK)

    assert told(call, MADE.replace(hour=14)) == "10月12日答应：三点前回电，今天15:00到期"
    assert told(call, MADE.replace(hour=16)) == "10月12日答应：三点前回电，已过期（今天15:00到期）"


def test_a_sum_is_told_where_the_words_leave_it_out() -> None:
    assert "（2元）" in told(promise("打到支付宝", amount="2.00"), DUE)
    assert "（" not in told(promise("补您2元", amount="2.00"), DUE)


def test_a_follow_up_is_no_promise_in_the_telling() -> None:
    plan = promise("查差价有没有打款", kind=Kind.FOLLOW_UP)

    assert told(plan, MADE) == "10月12日留的跟进：查差价有没有打款，10月14日到期"


def test_without_a_time_it_is_told_as_open() -> None:
    assert told(promise("补您2元", None), DUE) == "10月12日答应：补您2元，还没有结果"


def test_a_settled_one_is_told_with_its_reason() -> None:
    kept = promise().changed(change(State.KEPT, "退款10月13日到账"))

    assert told(kept, DUE) == "10月12日答应：2天内打款，已做到：退款10月13日到账"


def test_the_same_promise_of_the_same_message_has_the_same_number() -> None:
    assert promise_id("c", "m1", 0) == promise_id("c", "m1", 0)
    assert len({promise_id("c", "m1", 0), promise_id("c", "m1", 1), promise_id("c", "m11", 0)}) == 3


@given(st.lists(st.sampled_from(State), max_size=12))
def test_whatever_is_done_with_it_nothing_of_its_history_is_lost(states: list[State]) -> None:
    one, accepted = promise(), []
    for number, state in enumerate(states):
        if state is one.state:
            with pytest.raises(AlreadySo):
                one.changed(change(state))
        else:
            one = one.changed(change(state, str(number)))
            accepted.append((state, str(number)))

    assert [(c.state, c.why) for c in one.history] == accepted
    assert one.commitment == promise().commitment
    assert one.is_open or one.history[-1].why
