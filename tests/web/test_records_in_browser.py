"""The pages of registers, duties and approvals in a real browser."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import wiring
from bot.core.conversation import Speaker
from bot.services.desk import Message
from bot.web.routes.advice import moment
from tests.web.browsers import sign_in_page
from tests.web.fake_shop import ORDER_NO
from tests.web.record_desk import AGENT, GIFT, KEEPER, RESEND, entered
from tests.web.test_desk_in_browser import served


@pytest.fixture
def address(parts: wiring.Serving) -> Iterator[str]:
    with served(parts) as url:
        yield url


@pytest.fixture
def three(parts: wiring.Serving) -> list[int]:
    reasons = ("未收到网线", "又少一根", "=1+1")
    return [entered(parts, "补发记录", {**RESEND, "原因": reason}) for reason in reasons]


def look_for(page: Any, **chosen: str) -> None:
    for label, value in chosen.items():
        page.get_by_label(label, exact=True).select_option(value)
    page.get_by_role("button", name="查", exact=True).click()
    page.wait_for_load_state()


def shown(page: Any) -> list[dict[str, str]]:
    """The rows of the list, by the headings of its columns."""
    heads = [one.strip() for one in page.locator("#listed thead th").all_inner_texts()]
    rows = page.locator("#listed tbody tr").all()
    cells = [row.locator("td, th").all_inner_texts() for row in rows]
    return [dict(zip(heads, [c.strip() for c in of], strict=True)) for of in cells]


def exported(page: Any, file: Path) -> Any:
    with page.expect_download() as download:
        page.get_by_role("link", name="导出这些").click()
    download.value.save_as(file)
    return load_workbook(file)


def in_sheet(sheet: Any) -> list[dict[str, str]]:
    """The rows of a sheet as the page would write them."""
    heads, *rows = [[str(c.value or "—") for c in row] for row in sheet.iter_rows()]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_what_is_shown_is_what_is_exported(page, address, parts, three, tmp_path):
    entered(parts, "退运费登记", GIFT)
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records")
    look_for(page, 登记表="补发记录", 状态="待办")

    listed = shown(page)
    book = exported(page, tmp_path / "records.xlsx")

    assert book.sheetnames == ["补发记录"]
    rows = in_sheet(book["补发记录"])
    both = ["订单号", *RESEND, "补发状态", "还缺"]
    assert [{name: row[name] for name in both} for row in rows] == [
        {name: row[name] for name in both} for row in listed
    ]
    assert [f"#{row['编号']}" for row in rows] == [row["编号"] for row in listed]
    assert [row["原因"] for row in rows] == ["=1+1", "又少一根", "未收到网线"]
    assert all(cell.data_type != "f" for row in book["补发记录"] for cell in row)


def test_several_are_moved_on_and_their_history_says_by_whom(page, address, parts, three):
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records")
    assert not page.locator(".batch").is_visible()

    page.get_by_label(f"选 {three[0]}", exact=True).check()
    page.get_by_label(f"选 {three[1]}", exact=True).check()
    page.get_by_label("勾上的这些").select_option(label="开始处理")
    page.get_by_role("button", name="一起改").click()
    page.get_by_text("改好 2 条").wait_for()
    page.get_by_label("全选").check()
    page.get_by_label("勾上的这些").select_option(label="完成")
    page.get_by_role("button", name="一起改").click()

    page.get_by_text("改好 2 条，1 条没有改").wait_for()
    assert page.get_by_text("待办的记录不能变为完成").is_visible()
    page.get_by_role("link", name=f"#{three[0]}", exact=True).click()
    history = page.locator("section.panel ol li").all_inner_texts()
    assert ["老库" in line for line in history] == [True, True, False]
    assert "处理中 → 完成" in history[0]


def test_a_workbook_comes_back_with_its_refused_row(page, address, parts, three, tmp_path):
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records?register=补发记录")
    book = exported(page, tmp_path / "records.xlsx")
    sheet = book["补发记录"]
    column = [cell.value for cell in sheet[1]].index("数量") + 1
    sheet.cell(2, column, "两根半")
    sheet.cell(3, column, 2)
    book.save(tmp_path / "records.xlsx")

    page.get_by_role("link", name="导入", exact=True).click()
    page.get_by_label("XLSX 文件").set_input_files(tmp_path / "records.xlsx")
    page.get_by_role("button", name="导入").click()

    page.get_by_text("读了 3 行：新登记 0，改了 1，没变 1，没有收下 1").wait_for()
    (refused,) = page.locator("#state tbody tr").all()
    cells = refused.locator("td").all_inner_texts()
    assert cells == ["补发记录", "2", "数量", "数量：要写整数"]
    assert parts.casework.one(KEEPER, three[1]).record.fields["数量"] == "2"


def test_each_role_sees_and_does_what_is_its_own(page, address, parts, three):
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/records/{three[0]}")
    assert page.get_by_label("电话").input_value() == "138****5678"
    assert page.get_by_role("button", name="开始处理").count() == 0

    sign_in_page(page, address, "王会计")
    page.goto(f"{address}/")
    assert page.url == f"{address}/records"
    page.goto(f"{address}/records/{three[0]}")
    assert page.get_by_text("轮到仓库办，这里只能看。").is_visible()
    assert page.locator("main input:not([type=hidden])").count() == 0

    sign_in_page(page, address, "新来的")
    page.goto(f"{address}/records")
    assert page.get_by_text("这一页只给").is_visible()
    assert page.get_by_role("link", name="登记").count() == 0


def test_a_record_is_mended_and_taken_up_by_keyboard_alone(page, address, parts):
    number = parts.casework.enter(
        AGENT, moment(None), "补发记录", {**RESEND, "地址": ""}, draft=True
    ).record.id
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records/{number}")
    assert page.get_by_text("还缺：地址").is_visible()

    page.get_by_label("地址").focus()
    page.keyboard.type("杭州市西湖区某路 8 号")
    page.keyboard.press("Enter")
    page.get_by_text("已经保存").wait_for()
    page.get_by_role("button", name="开始处理").focus()
    page.keyboard.press("Enter")

    page.locator("h1 + p .state", has_text="处理中").wait_for()
    assert page.get_by_text("还缺：").count() == 0


def test_a_promise_is_done_with_one_click_and_a_slip_is_undone(page, address, parts):
    parts.desk.advise(Message("c", "m1", "没收到网线", moment(None), ORDER_NO))
    at = moment(None) - timedelta(hours=2)
    parts.desk.observe("c", "a1", "一小时内给您回复", at, Speaker.AGENT, author="小周")
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/duties")

    page.get_by_role("button", name="做到了").click()
    page.get_by_text("记为做到了").wait_for()
    assert page.get_by_text("没有到期的。").is_visible()
    page.get_by_role("button", name="点错了").click()
    page.get_by_role("button", name="做到了").wait_for()
    page.get_by_text("别的结果").click()
    page.get_by_role("button", name="不用了").click()
    page.get_by_text("要写一句为什么").wait_for()
    page.get_by_label("为什么").fill("客户自己找到了")
    page.get_by_role("button", name="不用了").click()

    page.get_by_text("记为不用了").wait_for()
    assert parts.desk.ledger.open(moment(None)) == []


def test_the_supervisor_approves_in_the_page_and_finance_pays(page, address, parts):
    number = entered(parts, "退运费登记", GIFT)
    sign_in_page(page, address, "郑主管")
    page.goto(f"{address}/approvals")
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_text("批准要写明理由").wait_for()
    page.get_by_label("理由").fill("老客户")
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_text(f"#{number} 已批准。").wait_for()

    sign_in_page(page, address, "王会计")
    page.goto(f"{address}/records/{number}")
    page.get_by_role("button", name="开始处理").click()

    page.locator("h1 + p .state", has_text="处理中").wait_for()


def test_what_did_not_get_through_is_told_and_what_was_typed_stays(page, address, parts, three):
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records/{three[0]}")
    page.get_by_label("数量").fill("2")

    page.context.set_offline(True)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("连不上服务，没有办成").wait_for()
    assert page.get_by_label("数量").input_value() == "2"
    page.context.set_offline(False)
    page.get_by_role("button", name="保存").click()

    page.get_by_text("已经保存").wait_for()
    assert not page.locator("#trouble").is_visible()
    assert parts.casework.one(KEEPER, three[0]).record.fields["数量"] == "2"


def test_a_workbook_that_is_too_large_is_told(page, address, tmp_path):
    (tmp_path / "large.xlsx").write_bytes(b"PK" + bytes(9 * 1024 * 1024))
    sign_in_page(page, address, "老库")
    page.goto(f"{address}/records/import")

    page.get_by_label("XLSX 文件").set_input_files(tmp_path / "large.xlsx")
    page.get_by_role("button", name="导入").click()

    page.get_by_text("文件太大了，请分成几个").wait_for()


def test_progress_goes_on_where_the_connection_was_lost_and_says_when_the_server_was_restarted(
    page, parts, three
):
    with served(parts) as url:
        port = int(url.rpartition(":")[2])
        sign_in_page(page, url, "老库")
        page.goto(f"{url}/records/import")
        page.evaluate(
            """() => {
                const part = document.createElement("section");
                part.setAttribute("hx-get", "/records/import/state");
                part.setAttribute("hx-trigger", "load delay:500ms, again");
                part.setAttribute("hx-target", "#state");
                document.getElementById("state").append(part);
                window.begin = () => htmx.process(part);
            }"""
        )
    page.evaluate("() => window.begin()")
    page.get_by_text("连不上服务，正在重试").wait_for()

    with served(parts, port):
        page.get_by_text("服务重新启动过，导入停了").wait_for()
        assert not page.locator("#trouble").is_visible()
