"""What a record is: what makes it the same as another, and what its history adds up to."""

from itertools import pairwise

from bot.core.people import Role
from bot.core.record_changes import Revision
from bot.core.record_rights import moves_ever, sees_contacts
from bot.core.records import Act, Change, Record, State, differing, replayed
from tests.record_builders import AGENT, NOW, REFUND, RESEND, WHOLE, draft

BLANK = Record(0, "补发记录", "", "", {}, NOW, "c-1")


def test_the_same_order_and_reason_have_the_same_key_whatever_else_is_written():
    one = BLANK.with_fields(WHOLE, RESEND)
    other = BLANK.with_fields({**WHOLE, "补发内容": "电源", "数量": "2"}, RESEND)

    assert one.key == other.key
    assert one.key != BLANK.with_fields({**WHOLE, "原因": "坏了"}, RESEND).key
    assert len(BLANK.with_fields({**WHOLE, "原因": "长" * 5000}, RESEND).key) == 64


def test_without_an_order_it_is_about_its_conversation():
    assert BLANK.about == "会话 c-1"
    assert BLANK.with_fields(WHOLE, RESEND).about == WHOLE["订单号"]


def test_an_emptied_field_is_gone():
    assert BLANK.with_fields({**WHOLE, "电话": ""}, RESEND).fields.keys() == WHOLE.keys() - {"电话"}


def test_the_changes_of_a_record_add_up_to_it():
    steps = [{}, {"state": "待办", "电话": "1"}, {"state": "待办"}, {"state": "驳回", "数量": "2"}]

    history = [
        Change(Act.FILLED, AGENT, NOW, *differing(before, after))
        for before, after in pairwise(steps)
    ]

    assert replayed(history) == steps[-1]


def test_a_record_in_a_log_tells_no_contacts():
    record = BLANK.with_fields(WHOLE, RESEND)
    line = Change(Act.ENTERED, AGENT, NOW, {}, record.snapshot(), unused=WHOLE)

    assert WHOLE["电话"] not in f"{record!r} {line!r} {draft()!r} {Revision(WHOLE)!r}"


def test_only_who_works_on_an_entry_sees_contacts():
    assert sees_contacts(Role.WAREHOUSE, RESEND)
    assert not any(sees_contacts(role, REFUND) for role in Role if role is not Role.FINANCE)


def test_the_keeper_moves_a_record_anywhere_others_only_back_or_out():
    everywhere = frozenset(State)

    assert moves_ever(Role.WAREHOUSE, RESEND) == everywhere
    assert moves_ever(Role.SUPERVISOR, RESEND) == {State.WAITING, State.REJECTED}
    assert moves_ever(Role.AGENT, RESEND) == {State.WAITING}
    assert moves_ever(Role.FINANCE, RESEND) == moves_ever(Role.LEAD, RESEND) == frozenset()
