"""The registers out to a workbook and back, by the pages: what is shown, and what is refused."""

import re
import threading
import time
from io import BytesIO
from typing import Any

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot import wiring
from tests.web.fake_shop import ORDER_NO
from tests.web.record_desk import GIFT, RESEND, entered


def imported(page: TestClient, data: bytes, name: str = "登记.xlsx") -> str:
    """What the page says once a workbook has been taken."""
    page.post("/records/import", files={"book": (name, data)})
    for _ in range(200):
        state = page.get("/records/import/state").text
        if "delay:500ms" not in state:
            return state
        time.sleep(0.02)
    raise AssertionError("the import does not end")


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_workbook_holds_what_is_shown_and_runs_nothing(browsers, parts):
    entered(parts, "补发记录", {**RESEND, "原因": '=HYPERLINK("http://x","点")'})
    entered(parts, "退运费登记", GIFT)

    got = browsers("小周").get(
        "/records/export.xlsx", params={"register": "补发记录", "state": "待办"}
    )

    book = load_workbook(BytesIO(got.content))
    assert book.sheetnames == ["补发记录"]
    sheet = book["补发记录"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert sheet.cell(2, header.index("原因") + 1).value == '=HYPERLINK("http://x","点")'
    assert sheet.cell(2, header.index("电话") + 1).value == "138****5678"


def test_the_workbook_holds_all_pages_of_all_registers_that_the_filter_finds(browsers, parts):
    for number in range(201):
        entered(parts, "补发记录", {**RESEND, "原因": f"第 {number} 次"})
    entered(parts, "退运费登记", GIFT)
    page = browsers("小周")

    shown = page.get("/records").text
    book = load_workbook(BytesIO(page.get("/records/export.xlsx").content))

    assert len(re.findall('name="picked"', shown)) == 200
    assert {name: book[name].max_row for name in book.sheetnames} == {
        "退运费登记": 2,
        "补发记录": 202,
    }
    lines = wiring.audit(parts.database).latest(1, None)
    assert (lines[0].what, lines[0].after) == ("导出登记", {"条数": "202"})
    older = re.search(r'href="(/records\?before=\d+)"', shown)
    assert older
    assert len(re.findall('name="picked"', page.get(older.group(1)).text)) == 2


def test_refused_rows_come_with_their_row_their_field_and_how_to_mend_them(browsers, parts):
    entered(parts, "补发记录", RESEND)
    page = browsers("小周")
    book = load_workbook(BytesIO(page.get("/records/export.xlsx").content))
    sheet = book["补发记录"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("数量") + 1, "很多")
    sheet.append([None] * header.index("订单号") + [ORDER_NO])
    sheet.append([4711, ORDER_NO])

    answer = imported(page, saved(book))

    assert "读了 3 行" in answer
    rows = re.findall(r"<tr>(<td.*?)</tr>", answer)
    told = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    assert told[0] == ["补发记录", "2", "数量", "数量：要写整数"]
    assert told[1][:3] == ["补发记录", "3", "类别"]
    assert told[1][3].endswith("先补上")
    assert told[2][1:3] == ["4", "版本"]
    lines = wiring.audit(parts.database).latest(1, None)
    assert (lines[0].what, lines[0].about) == ("导入登记", "登记.xlsx")
    assert lines[0].after == {"新": "0", "改": "0", "没收下的行": "3"}


def test_nobody_sees_the_refused_rows_of_somebody_else(browsers, parts):
    entered(parts, "补发记录", RESEND)
    keeper = browsers("老库")
    book = load_workbook(BytesIO(keeper.get("/records/export.xlsx").content))
    assert "没变 1" in imported(keeper, saved(book))

    assert "没变" not in browsers("小周").get("/records/import").text


def test_a_filter_that_finds_nothing_still_gives_a_workbook(browsers):
    got = browsers("小周").get("/records/export.xlsx", params={"order_no": "999"})

    assert got.status_code == 200
    assert load_workbook(BytesIO(got.content))["补发记录"].max_row == 1


def test_a_file_that_is_no_workbook_is_refused_with_its_reason(browsers):
    answer = imported(browsers("小周"), b"nothing")

    assert 'role="alert"' in answer
    assert "XLSX" in answer


def test_a_second_workbook_waits_until_the_first_is_done(browsers, application):
    page = browsers("小周")
    held = threading.Event()
    application.state.record_jobs.start("小周", "先.xlsx", lambda follow: held.wait(5))

    second = page.post("/records/import", files={"book": ("后.xlsx", b"nothing")})
    held.set()

    assert second.status_code == 409
    assert "上一个文件还没有导完" in second.text
