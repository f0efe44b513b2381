"""The registers as pages: who sees which, one change and many."""

import re
from datetime import timedelta

import pytest

from bot import wiring
from bot.core.record_changes import Revision
from bot.core.records import State
from bot.web.routes.advice import moment
from tests.web.fake_shop import ORDER_NO
from tests.web.record_desk import AGENT, GIFT, KEEPER, RESEND, entered, form


def test_each_role_finds_the_records_it_works_with(browsers, parts):
    entered(parts, "补发记录", RESEND)

    for name in ("小周", "郑主管", "王会计", "老库", "负责人"):
        answer = browsers(name).get("/records")
        assert answer.status_code == 200, name
        assert ORDER_NO in answer.text
    assert browsers("新来的").get("/records").status_code == 403


@pytest.mark.parametrize(("name", "starts"), [("王会计", "/records"), ("老库", "/records")])
def test_who_keeps_registers_starts_there(browsers, name, starts):
    answer = browsers(name).get("/", follow_redirects=False)

    assert answer.headers["location"] == starts


def test_who_keeps_the_register_sees_the_whole_phone_and_others_do_not(browsers, parts):
    number = entered(parts, "补发记录", RESEND)

    assert "13812345678" in browsers("老库").get(f"/records/{number}").text
    others = browsers("小周").get(f"/records/{number}").text
    assert "13812345678" not in others
    assert "138****5678" in others


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"register": "补发记录"}, 1),
        ({"state": "待办"}, 2),
        ({"state": "完成"}, 0),
        ({"order_no": ORDER_NO}, 2),
        ({"order_no": ORDER_NO[:5]}, 2),
        ({"order_no": "999"}, 0),
        ({"awaiting": "1"}, 1),
        ({"register": "mine"}, 0),
        ({"shop": "路由器店"}, 2),
        ({"shop": "服装店"}, 0),
        ({"courier": "圆通"}, 2),
        ({"courier": "顺丰"}, 0),
        ({"since": "不是日期", "until": "9999-12-31"}, 2),
        ({"since": "9999-12-31"}, 0),
    ],
)
def test_records_are_found_by_what_they_and_their_orders_are(browsers, parts, query, found):
    entered(parts, "补发记录", RESEND)
    entered(parts, "退运费登记", GIFT)

    page = browsers("小周").get("/records", params=query).text

    assert len(re.findall('name="picked"', page)) == found


def test_each_finds_the_registers_that_are_theirs_to_work_on(browsers, parts):
    entered(parts, "补发记录", RESEND)
    gift = entered(parts, "退运费登记", GIFT)

    page = browsers("王会计").get("/records", params={"register": "mine"}).text

    assert re.findall(r'href="/records/(\d+)"', page) == [str(gift)]


@pytest.mark.parametrize(
    ("since", "until", "found"), [(0, 0, 1), (-1, -1, 0), (1, 1, 0), (-1, 1, 1), (1, -1, 0)]
)
def test_a_record_is_of_the_day_on_which_it_was_entered(browsers, parts, since, until, found):
    entered(parts, "补发记录", RESEND)
    first, last = (str(moment(None).date() + timedelta(days=n)) for n in (since, until))

    page = browsers("小周").get("/records", params={"since": first, "until": last}).text

    assert len(re.findall('name="picked"', page)) == found


def test_a_register_that_is_not_there_says_so(browsers):
    answer = browsers("小周").get("/records", params={"register": "流水账"})

    assert answer.status_code == 404
    assert "没有「流水账」这个登记表" in answer.text


def test_a_record_is_filled_in_and_what_is_shown_masked_is_left_alone(browsers, parts):
    number = entered(parts, "补发记录", RESEND)
    page = browsers("小周")
    shown = form({**RESEND, "电话": "138****5678", "地址": "杭州市西湖区…", "数量": "2"})
    seen = parts.casework.one(AGENT, number)
    shown |= form(dict(seen.record.fields)) | form({"数量": "2"})

    answer = page.post(f"/records/{number}", data={"version": "1", "to": "", **shown})

    assert "已经保存" in answer.text
    kept = parts.casework.one(KEEPER, number).record
    assert (kept.fields["数量"], kept.fields["电话"]) == ("2", "13812345678")


def test_a_wrong_value_is_told_beside_what_was_typed(browsers, parts):
    number = entered(parts, "补发记录", RESEND)

    answer = browsers("小周").post(
        f"/records/{number}", data={"version": "1", "to": "", "field:数量": "两根半"}
    )

    assert answer.status_code == 422
    assert "数量" in answer.text
    assert 'value="两根半"' in answer.text


def test_somebody_elses_change_is_not_overwritten(browsers, parts):
    number = entered(parts, "补发记录", RESEND)
    keeper = browsers("老库")
    keeper.post(f"/records/{number}", data={"version": "1", "to": "处理中"})

    answer = keeper.post(f"/records/{number}", data={"version": "1", "to": "驳回", "why": "晚了"})

    assert answer.status_code == 422
    assert "刚被老库改过" in answer.text
    assert "打开最新的" in answer.text


def test_what_was_typed_on_an_old_page_never_undoes_a_later_change(browsers, parts):
    number = entered(parts, "补发记录", {**RESEND, "数量": "1"})
    parts.casework.revise(KEEPER, moment(None), number, 1, Revision({"数量": "2"}))
    old = {"version": "1", "to": "", **form({**RESEND, "数量": "1", "随件发票": "要"})}
    keeper = browsers("老库")

    answer = keeper.post(f"/records/{number}", data=old)
    again = re.search(r'name="version" value="(\d+)"', answer.text)
    assert again
    keeper.post(f"/records/{number}", data={**old, "version": again.group(1)})

    assert 'value="要"' in answer.text
    assert parts.casework.one(KEEPER, number).record.fields["数量"] == "2"


def test_only_what_the_role_may_do_can_be_clicked(browsers, parts):
    number = entered(parts, "补发记录", RESEND)

    def buttons(name: str) -> list[str]:
        text = browsers(name).get(f"/records/{number}").text
        return re.findall(r'<button type="submit" name="to"[^>]*>([^<]+)<', text)

    assert buttons("老库") == ["保存", "开始处理", "驳回"]
    assert buttons("小周") == ["保存"]
    assert buttons("郑主管") == ["保存", "驳回"]
    assert buttons("王会计") == buttons("负责人") == []
    parts.casework.revise(KEEPER, moment(None), number, 1, Revision(to=State.WORKING))
    assert buttons("老库") == ["保存", "完成", "驳回"]
    assert buttons("小周") == []
    parts.casework.revise(KEEPER, moment(None), number, 2, Revision(to=State.DONE))
    assert buttons("老库") == []


def test_who_can_only_look_gets_no_boxes_to_tick(browsers, parts):
    entered(parts, "补发记录", RESEND)

    assert 'name="picked"' not in browsers("负责人").get("/records").text


@pytest.mark.parametrize(("name", "offered"), [("老库", True), ("王会计", True), ("郑主管", True)])
def test_batches_offer_what_the_role_may_do_with_some_record(browsers, parts, name, offered):
    entered(parts, "补发记录", RESEND)

    page = browsers(name).get("/records").text

    assert ('<option value="驳回">' in page) is offered
    assert ('<option value="approve">' in page) is (name == "郑主管")


def test_only_the_keeper_moves_a_record_on_and_only_the_supervisor_approves(browsers, parts):
    number = entered(parts, "退运费登记", GIFT)

    refused = browsers("小周").post(f"/records/{number}", data={"version": "1", "to": "处理中"})
    early = browsers("王会计").post(f"/records/{number}", data={"version": "1", "to": "处理中"})
    approved = browsers("郑主管").post(
        f"/records/{number}", data={"version": "1", "to": "approve", "why": "老客户"}
    )

    assert "只有财务可以" in refused.text
    assert "要主管先批准" in early.text
    assert "已批准（郑主管）" in approved.text


def test_several_are_changed_at_once_and_one_refused_stops_no_other(browsers, parts):
    first = entered(parts, "补发记录", RESEND)
    second = entered(parts, "补发记录", {**RESEND, "原因": "又少一根"})
    keeper = browsers("老库")
    keeper.post(f"/records/{second}", data={"version": "1", "to": "处理中"})

    answer = keeper.post(
        "/records/batch", data={"picked": [f"{first}:1", f"{second}:1"], "to": "处理中"}
    )

    assert "改好 1 条，1 条没有改" in answer.text
    assert f"#{second}</a>：记录 {second} 刚被老库改过，请重新打开再改<" in answer.text
    lines = wiring.audit(parts.database).latest(1, None)
    assert (lines[0].what, lines[0].about) == ("一起改登记", f"#{first}")
    assert lines[0].after == {"改为": "开始处理", "改好": "1", "没改": "1"}


def test_a_batch_leaves_the_filter_as_it_was(browsers, parts):
    number = entered(parts, "补发记录", RESEND)
    entered(parts, "退运费登记", GIFT)

    answer = browsers("老库").post(
        "/records/batch",
        params={"register": "补发记录"},
        data={"picked": f"{number}:1", "to": "处理中"},
    )

    assert "退运费登记" not in answer.text
    assert 'data-state="处理中"' in answer.text


@pytest.mark.parametrize("data", [{"to": "处理中"}, {"picked": "1:1", "to": ""}, {"picked": "x"}])
def test_nothing_chosen_is_told_and_changes_nothing(browsers, parts, data):
    number = entered(parts, "补发记录", RESEND)

    answer = browsers("老库").post("/records/batch", data=data)

    assert answer.status_code == 422
    assert parts.casework.one(AGENT, number).record.version == 1


def test_a_record_entered_by_hand_says_what_is_missing_or_waits_for_it(browsers, parts):
    page = browsers("小周")
    part = form({"订单号": ORDER_NO, "类别": "网线"})

    refused = page.post("/records/new", data={"register": "补发记录", **part})
    kept = page.post("/records/new", data={"register": "补发记录", "draft": "1", **part})

    assert refused.status_code == 422
    assert "还缺" in refused.text
    assert f'value="{ORDER_NO}"' in refused.text
    number = int(kept.headers["hx-redirect"].rpartition("/")[2])
    assert parts.casework.one(AGENT, number).missing


def test_markup_in_a_record_is_shown_as_text(browsers, parts):
    entered(parts, "补发记录", {**RESEND, "原因": "<script>alert(1)</script>"})

    page = browsers("小周").get("/records").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_unknown_record_says_so(browsers):
    answer = browsers("小周").get("/records/999")

    assert answer.status_code == 404
    assert "没有记录 999" in answer.text
