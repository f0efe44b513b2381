"""The orders as pages: found, read, written upon; a platform's export is taken in beside them."""

import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.desk import Message
from bot.web.routes.advice import moment
from tests.web.browsers import sign_in, sign_in_page
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO
from tests.web.test_desk_in_browser import address  # noqa: F401  a fixture

EXPORT = (
    "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,宝贝标题,宝贝总数量\r\n"
    "261120000101,小栗子,59.00,买家已付款,2026-11-20 10:00:00,短袖,1\r\n"
    "261120000102,小栗子,五十,买家已付款,2026-11-20 10:00:00,短袖,1\r\n"
    "=1+1,小栗子,59.00,买家已付款,2026-11-20,短袖,很多\r\n"
)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    return tmp_path


@pytest.fixture
def agent(stranger: TestClient) -> TestClient:
    return sign_in(stranger, "小周")


def test_an_order_is_found_and_read_with_contacts_masked(agent):
    listed = agent.get("/orders", params={"text": ORDER_NO[:6]}).text
    read = agent.get(f"/orders/{ORDER_NO}").text

    assert ORDER_NO in listed
    assert "双频千兆路由器" in read
    assert "13812345678" not in read
    assert "138****5678" in read


@pytest.mark.parametrize(
    "query", [{"text": "999"}, {"status": "paid"}, {"since": "2999-01-01"}, {"until": "2000-01-01"}]
)
def test_nothing_found_says_how_to_look(agent, query):
    assert "没有符合的订单" in agent.get("/orders", params=query).text


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"status": "x"}, {"skip": "-5"}])
def test_a_filter_nobody_could_mean_is_no_filter(agent, query):
    assert ORDER_NO in agent.get("/orders", params=query).text


def test_who_works_with_no_customers_sees_no_orders(application):
    with knocking_at(application) as browser:
        assert sign_in(browser, "新来的").get("/orders").status_code == 403


def test_an_unknown_order_says_so(agent):
    assert agent.get("/orders/999").status_code == 404


def test_a_note_is_kept_with_its_author_and_in_the_audit_log(agent, parts):
    answer = agent.post(f"/orders/{ORDER_NO}/notes", data={"text": " 客户来电 13700001111 催 "})

    order = wiring.orders(parts.database).by_order_no(ORDER_NO)
    assert order is not None
    assert (order.notes[-1].text, order.notes[-1].by) == ("客户来电 13700001111 催", "小周")
    assert "137****1111" in answer.text
    (line,) = wiring.audit(parts.database).latest(1, None)
    assert (line.what, line.about, line.by.name) == ("写订单备注", ORDER_NO, "小周")
    assert "13700001111" not in str(line.after)


@pytest.mark.parametrize(("text", "why"), [("  ", "还没有写"), ("字" * 501, "太长了")])
def test_an_empty_or_endless_note_is_refused_and_stays_with_its_writer(agent, text, why):
    answer = agent.post(f"/orders/{ORDER_NO}/notes", data={"text": text})

    assert answer.status_code == 422
    assert why in answer.text
    assert text in answer.text


def test_a_flag_is_set_changed_and_taken_off_with_before_and_after(agent, parts):
    for text in ("VIP", "VIP", "加急", ""):
        agent.post(f"/orders/{ORDER_NO}/flag", data={"text": text})

    order = wiring.orders(parts.database).by_order_no(ORDER_NO)
    assert order is not None
    assert order.flag is None
    lines = wiring.audit(parts.database).latest(10, None)
    changes = [(line.before, line.after) for line in lines if line.what == "改订单标记"]
    marks = {name: {"标记": name} for name in ("VIP", "加急")}
    assert changes == [(marks["加急"], None), (marks["VIP"], marks["加急"]), (None, marks["VIP"])]


def test_a_note_that_bears_on_the_verdict_changes_the_advice_that_is_open(agent, parts):
    parts.desk.advise(Message("c", "m1", "退款怎么还没到", moment(None), ORDER_NO))
    told: list[str] = []
    parts.changes.listen(told.append)

    agent.post(f"/orders/{ORDER_NO}/notes", data={"text": "财务已打款"})

    assert "c" in told
    assert "财务已打款" in agent.get("/desk", params={"c": "c"}).text


# ---- import ----


def imported(agent: TestClient, data: bytes) -> str:
    agent.post("/orders/import", files={"file": ("订单.csv", data)})
    for _ in range(200):
        state = agent.get("/orders/import/state").text
        if "<progress>" not in state:
            return state
        time.sleep(0.02)
    raise AssertionError("the import does not end")


def test_an_export_is_taken_in_and_its_refused_rows_can_be_fetched(agent, parts):
    state = imported(agent, EXPORT.encode("gbk"))

    assert "新订单 1 个" in state
    assert "2 行没有收下" in state
    assert "261120000101" in agent.get("/orders").text
    refused = agent.get("/orders/import/refused.csv").content.decode("utf-8-sig")
    assert "261120000102" in refused
    assert "\n=1+1" not in refused
    lines = wiring.audit(parts.database).latest(1, None)
    assert lines[0].what == "导入订单"


def test_the_same_file_again_changes_nothing(agent):
    imported(agent, EXPORT.encode())

    assert "没变 1 个" in imported(agent, EXPORT.encode())


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "空"), ("姓名,电话\r\n甲,1".encode(), "不像订单报表")]
)
def test_a_file_that_is_no_export_is_refused_and_leaves_nothing(agent, data, why):
    assert why in imported(agent, data)
    assert agent.get("/orders/import/refused.csv").status_code == 404


def test_a_second_file_waits_until_the_first_is_done(agent, application):
    running = application.state.imports
    held = __import__("threading").Event()
    work, running._run = (
        running._run,
        lambda path, progress: (held.wait(5), work(path, progress))[1],
    )
    agent.post("/orders/import", files={"file": ("a.csv", EXPORT.encode())})

    second = agent.post("/orders/import", files={"file": ("b.csv", EXPORT.encode())})
    held.set()

    assert second.status_code == 409
    assert "另一个文件正在导入" in second.text


def test_in_a_browser_a_file_is_imported_and_an_order_marked(
    page: Any,
    address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(EXPORT.encode("gbk"))
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/orders/import")
    page.get_by_label("订单报表").set_input_files(file)
    page.get_by_role("button", name="导入").click()
    page.get_by_text("新订单 1 个").wait_for()
    page.get_by_role("link", name="← 订单").click()
    page.get_by_label("订单号、快递单号或昵称").fill("小栗")
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_role("link", name="261120000101").click()
    page.get_by_label("标记").fill("加急")
    page.get_by_role("button", name="保存").click()

    page.get_by_text("标记：加急").wait_for()
