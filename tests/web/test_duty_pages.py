"""What is to be done, what the next shift must know, and what waits for somebody who may decide."""

import re
from datetime import timedelta

import pytest

from bot import wiring
from bot.core.conversation import Speaker
from bot.core.promises import State as Fate
from bot.core.records import Approval, State
from bot.services.desk import Message
from bot.services.sending import Outgoing
from bot.web.routes.advice import moment
from tests.web.fake_shop import NICKNAME, ORDER_NO
from tests.web.record_desk import AGENT, GIFT, RESEND, entered


def say(parts: wiring.Serving, text: str, id: str = "m1") -> None:
    parts.desk.advise(Message("c", id, text, moment(None), ORDER_NO))


def promise(parts: wiring.Serving) -> str:
    say(parts, "没收到网线")
    at = moment(None) - timedelta(hours=2)
    parts.desk.observe("c", "a1", "一小时内给您回复", at, Speaker.AGENT, author="小周")
    (made,) = parts.desk.ledger.open(moment(None))
    return made.id


def test_one_sees_what_was_promised_to_whom_by_whom_and_how_late_it_is(browsers, parts):
    promise(parts)

    page = browsers("小吴").get("/duties").text

    day = moment(None) - timedelta(hours=2)
    assert f"{day.month}月{day.day}日 小周 答应 {NICKNAME}" in page
    assert "<strong>一小时内给您回复</strong>" in page
    assert "已过期" in page
    assert ORDER_NO in page


def test_a_promise_kept_is_settled_with_one_click_and_the_name_of_who_says_so(browsers, parts):
    made = promise(parts)
    page = browsers("小周")

    kept = page.post(f"/duties/promises/{made}", data={"state": "kept", "why": ""})
    again = page.post(f"/duties/promises/{made}", data={"state": "kept", "why": ""})

    assert "记为做到了" in kept.text
    assert again.status_code == 422
    assert "已经有人了结过了" in again.text
    assert "一小时内" not in page.get("/duties").text


def test_a_click_too_many_is_taken_back_and_both_are_kept(browsers, parts):
    made = promise(parts)
    page = browsers("小周")
    page.post(f"/duties/promises/{made}", data={"state": "kept"})

    back = page.post(f"/duties/promises/{made}", data={"state": "open"})

    assert "一小时内给您回复" in back.text
    (reopened,) = parts.desk.ledger.open(moment(None))
    told = [(change.state, change.by, change.why) for change in reopened.history]
    assert told == [
        (Fate.KEPT, "小周", "已办到"),
        (Fate.OPEN, "小周", "点错了，重新打开"),
    ]


@pytest.mark.parametrize("state", ["broken", "withdrawn"])
def test_a_promise_that_was_not_kept_wants_a_reason(browsers, parts, state):
    made = promise(parts)
    page = browsers("小周")

    without = page.post(f"/duties/promises/{made}", data={"state": state, "why": " "})
    with_one = page.post(f"/duties/promises/{made}", data={"state": state, "why": "客户不要了"})

    assert without.status_code == 422
    assert "要写一句为什么" in without.text
    assert "一小时内" in without.text
    assert with_one.status_code == 200
    assert parts.desk.ledger.open(moment(None)) == []


@pytest.mark.parametrize("state", ["", "nonsense"])
def test_what_became_of_a_promise_must_be_one_of_the_known_ends(browsers, parts, state):
    made = promise(parts)

    answer = browsers("小周").post(f"/duties/promises/{made}", data={"state": state, "why": "好"})

    assert answer.status_code == 422
    assert len(parts.desk.ledger.open(moment(None))) == 1


def test_promises_to_customers_are_for_those_who_talk_with_them(browsers, parts):
    made = promise(parts)
    finance = browsers("王会计")

    assert "一小时内" not in finance.get("/duties").text
    assert finance.post(f"/duties/promises/{made}", data={"state": "kept"}).status_code == 403
    assert finance.get("/handover").status_code == 403


def test_the_next_shift_reads_every_open_case_record_and_promise(browsers, parts):
    promise(parts)
    entered(parts, "补发记录", RESEND)

    page = browsers("小周").get("/handover").text

    assert "没收到网线" in page
    assert "补发记录 #1" in page
    assert "一小时内" in page


def test_a_stopped_reply_is_let_go_or_given_back_where_all_of_them_stand(browsers, parts):
    say(parts, "没收到网线")
    reply = Outgoing("c", "a1", "这边直接补您200元")
    wiring.sending(parts).hold(reply, AGENT, moment(None))
    supervisor = browsers("郑主管")
    assert "这边直接补您200元" in supervisor.get("/approvals").text

    without = supervisor.post("/approvals/held", data={"c": "c", "do": "return", "why": ""})
    given_back = supervisor.post("/approvals/held", data={"c": "c", "do": "return", "why": "多了"})
    late = supervisor.post("/approvals/held", data={"c": "c", "do": "release"})

    assert "退回要写理由" in without.text
    assert "这边直接补您200元" not in given_back.text
    assert "已经有人处理过了" in late.text
    assert browsers("小周").get("/approvals").status_code == 403


def test_the_supervisor_approves_a_record_where_all_that_wait_stand(browsers, parts):
    number = entered(parts, "退运费登记", GIFT)
    supervisor = browsers("郑主管")
    waiting = supervisor.get("/approvals").text
    assert "30.00" in waiting
    assert "y***@example.com" in waiting
    url = f"/approvals/records/{number}"

    without = supervisor.post(url, data={"version": "1", "do": "approve", "why": ""})
    approved = supervisor.post(url, data={"version": "1", "do": "approve", "why": "老客户"})
    late = supervisor.post(url, data={"version": "1", "do": "approve", "why": "老客户"})

    assert "批准要写明理由" in without.text
    assert f"#{number} 已批准。" in approved.text
    assert late.status_code == 422
    record = parts.casework.one(AGENT, number).record
    assert (record.approval, record.approved_by) == (Approval.GIVEN, "郑主管")


def test_a_record_given_back_waits_no_longer_and_its_writer_reads_why(browsers, parts):
    number = entered(parts, "退运费登记", GIFT)
    supervisor = browsers("郑主管")
    url = f"/approvals/records/{number}"

    without = supervisor.post(url, data={"version": "1", "do": "return", "why": " "})
    returned = supervisor.post(url, data={"version": "1", "do": "return", "why": "少给一点"})

    assert "驳回要写明理由" in without.text
    assert f"/records/{number}" not in returned.text
    assert parts.casework.one(AGENT, number).record.state is State.REJECTED
    assert "少给一点" in browsers("小周").get(f"/records/{number}").text


def test_the_lead_sees_what_waits_but_leaves_records_to_the_supervisor(browsers, parts):
    number = entered(parts, "退运费登记", GIFT)
    lead = browsers("负责人")

    page = lead.get("/approvals").text
    answer = lead.post(
        f"/approvals/records/{number}", data={"version": "1", "do": "approve", "why": "好"}
    )

    assert "登记由主管批准" in page
    assert f'hx-post="/approvals/records/{number}"' in page
    assert 'value="approve"' not in page
    assert "只有主管可以" in answer.text
    assert parts.casework.one(AGENT, number).record.approval is Approval.AWAITED


def test_what_a_customer_is_called_is_shown_as_text_on_the_shifts_end_page(browsers, parts):
    say(parts, "没收到网线 <script>alert(1)</script>")

    page = browsers("小周").get("/handover").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_finance_and_warehouse_find_the_duties_of_their_registers(browsers, parts):
    page = browsers("王会计").get("/duties")

    assert page.status_code == 200
    assert "定时要办的" in page.text
    assert re.search(r'href="/duties" aria-current="page"', page.text)


def test_a_duty_leads_to_the_register_where_its_records_are_done_together(browsers, parts):
    at = moment(None) - timedelta(days=14)
    parts.casework.enter(AGENT, at, "退运费登记", {**GIFT, "类型": "退运费"})

    page = browsers("王会计").get("/duties").text

    assert "查退运费登记有没有打款" in page
    (address,) = re.findall(r'<a href="([^"]+)">去退运费登记一起办', page)
    listed = browsers("王会计").get(address.replace("&amp;", "&")).text
    assert len(re.findall('name="picked"', listed)) == 1
