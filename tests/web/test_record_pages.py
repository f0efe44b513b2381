"""The registers as pages: who sees which, one change and many, out to a workbook and back."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot import wiring
from bot.core.conversation import Speaker
from bot.core.people import Person, Role
from bot.services.desk import Message
from bot.services.sending import Outgoing
from bot.web.routes.advice import moment
from tests.web.browsers import sign_in, sign_in_page
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO
from tests.web.test_desk_in_browser import address  # noqa: F401  a fixture

GIFT = {
    "订单号": ORDER_NO,
    "类型": "补偿",
    "金额": "30",
    "支付宝账号": "yuman@example.com",
    "实名认证": "是",
    "原因": "等得太久",
}
RESEND = {
    "订单号": ORDER_NO,
    "类别": "网线",
    "补发内容": "网线",
    "收件人": "余慢",
    "电话": "13812345678",
    "地址": "杭州市西湖区某路 8 号",
    "原因": "未收到网线",
}
AGENT = Person("小周", Role.AGENT)


def entered(parts: wiring.Serving, register: str, fields: dict[str, str]) -> int:
    seen = parts.casework.enter(AGENT, moment(None), register, fields)
    return seen.record.id


@pytest.fixture
def browsers(application):
    """Gives each person a browser of their own."""

    def of(name: str) -> TestClient:
        return sign_in(knocking_at(application), name)

    with knocking_at(application):
        yield of


def form(fields: dict[str, str]) -> dict[str, str]:
    return {f"field:{title}": value for title, value in fields.items()}


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
        ({"order_no": "999"}, 0),
        ({"awaiting": "1"}, 1),
    ],
)
def test_records_are_found_by_register_state_order_and_what_waits(browsers, parts, query, found):
    entered(parts, "补发记录", RESEND)
    entered(parts, "退运费登记", GIFT)

    page = browsers("小周").get("/records", params=query).text

    assert len(re.findall('name="picked"', page)) == found


def test_a_record_is_filled_in_and_what_is_shown_masked_is_left_alone(browsers, parts):
    number = entered(parts, "补发记录", RESEND)
    page = browsers("小周")
    shown = form({**RESEND, "电话": "138****5678", "地址": "杭州市西湖区…", "数量": "2"})
    seen = parts.casework.one(AGENT, number)
    shown |= form(dict(seen.record.fields)) | form({"数量": "2"})

    answer = page.post(f"/records/{number}", data={"version": "1", "to": "", **shown})

    assert "已经保存" in answer.text
    kept = parts.casework.one(Person("老库", Role.WAREHOUSE), number).record
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
    assert f"#{second}：" in answer.text


@pytest.mark.parametrize("data", [{"to": "处理中"}, {"picked": "1:1", "to": ""}, {"picked": "x"}])
def test_nothing_chosen_is_told_and_changes_nothing(browsers, parts, data):
    number = entered(parts, "补发记录", RESEND)

    answer = browsers("老库").post("/records/batch", data=data)

    assert answer.status_code == 422
    assert parts.casework.one(AGENT, number).record.version == 1


def test_the_workbook_holds_what_is_shown_and_comes_back_with_its_refused_rows(browsers, parts):
    entered(parts, "补发记录", {**RESEND, "原因": '=HYPERLINK("http://x","点")'})
    entered(parts, "退运费登记", GIFT)
    page = browsers("小周")

    got = page.get("/records/export.xlsx", params={"register": "补发记录", "state": "待办"})

    book = load_workbook(BytesIO(got.content))
    assert book.sheetnames == ["补发记录"]
    sheet = book["补发记录"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert sheet.cell(2, header.index("原因") + 1).value == '=HYPERLINK("http://x","点")'
    sheet.cell(2, header.index("数量") + 1, "很多")
    sheet.append([None] * header.index("订单号") + [ORDER_NO])
    out = BytesIO()
    book.save(out)
    answer = page.post("/records/import", files={"book": ("登记.xlsx", out.getvalue())})

    assert "没有收下 2" in answer.text
    assert "数量" in answer.text


def test_a_filter_that_finds_nothing_still_gives_a_workbook(browsers):
    got = browsers("小周").get("/records/export.xlsx", params={"order_no": "999"})

    assert got.status_code == 200
    assert load_workbook(BytesIO(got.content))["补发记录"].max_row == 1


def test_a_file_that_is_no_workbook_is_refused_in_the_dialog(browsers):
    answer = browsers("小周").post("/records/import", files={"book": ("x.xlsx", b"nothing")})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


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


# ---- what is to be done ----


def say(parts: wiring.Serving, text: str, id: str = "m1") -> None:
    parts.desk.advise(Message("c", id, text, moment(None), ORDER_NO))


def promise(parts: wiring.Serving) -> str:
    say(parts, "没收到网线")
    at = moment(None) - timedelta(hours=2)
    parts.desk.observe("c", "a1", "一小时内给您回复", at, Speaker.AGENT, author="小周")
    (made,) = parts.desk.ledger.open(moment(None))
    return made.id


def test_what_was_promised_and_is_due_is_settled_with_a_word_and_a_name(browsers, parts):
    made = promise(parts)
    page = browsers("小周")
    assert "一小时内" in page.get("/duties").text

    without = page.post(f"/duties/promises/{made}", data={"state": "kept", "why": " "})
    page.post(f"/duties/promises/{made}", data={"state": "kept", "why": "已回复"})
    again = page.post(f"/duties/promises/{made}", data={"state": "kept", "why": "已回复"})

    assert (without.status_code, again.status_code) == (422, 422)
    assert "已经有人了结过了" in again.text
    assert "一小时内" not in page.get("/duties").text


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


def test_in_a_browser_records_are_found_changed_together_and_brought_home(
    page: Any,
    address: str,  # noqa: F811
    parts: wiring.Serving,
    tmp_path: Path,
) -> None:
    entered(parts, "补发记录", RESEND)
    entered(parts, "补发记录", {**RESEND, "原因": "又少一根"})
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records")
    page.get_by_label("登记表", exact=True).select_option("补发记录")
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_label("全选").check()
    page.get_by_label("勾上的这些").select_option(label="开始处理")
    page.get_by_role("button", name="一起改").click()
    page.get_by_text("改好 2 条").wait_for()

    with page.expect_download() as download:
        page.get_by_role("link", name="导出这些").click()
    file = tmp_path / "records.xlsx"
    download.value.save_as(file)

    sheet = load_workbook(file)["补发记录"]
    assert sheet.max_row == 3
    page.get_by_role("button", name="导入").click()
    page.get_by_label("XLSX 文件").set_input_files(file)
    page.locator("#import").get_by_role("button", name="导入").click()
    page.get_by_text("没变 2").wait_for()
