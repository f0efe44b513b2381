"""The whole shop as people use it: real Rasa, two browsers, from the first word to the record."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import CHECKOUT, free_port, wait_until

CABLE, TRAVELLING = "两台路由器，昨天本人签收", "物流四天没动"
SLOW = 60_000
"""Milliseconds in which a shop starts again on a busy machine."""


class DemoShop:
    """`shouhou serve --demo`, which can be stopped and started again at the same address."""

    def __init__(self, var: Path, model: Path) -> None:
        self._var, self._model = var, model
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.cli", "serve", "--demo", "--port", str(self._port)]
        settings = {**os.environ, "SHOUHOU_VAR": str(self._var), "SHOUHOU_MODEL": str(self._model)}
        for name in ("SHOUHOU_RASA_URL", "SHOUHOU_DATABASE_URL"):
            settings.pop(name, None)
        log = self._var / "serve.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command, cwd=CHECKOUT, env=settings, stdout=output, stderr=subprocess.STDOUT
            )
        wait_until(lambda: b"://" in log.read_bytes(), self._process, log)

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(30)


@pytest.fixture(scope="module")
def demo(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoShop]:
    shop = DemoShop(tmp_path_factory.mktemp("demo"), model)
    shop.start()
    yield shop
    shop.stop()


@pytest.fixture
def people(browser: Any, demo: DemoShop) -> Iterator[Any]:
    """Opens a browser of their own for each person: a member of staff by name, a customer."""
    opened: list[Any] = []

    def of(name: str = "") -> Any:
        context = browser.new_context()
        opened.append(context)
        page = context.new_page()
        if name:
            page.goto(f"{demo.url}/login")
            page.get_by_role("button", name=name).click()
            page.wait_for_url(lambda url: "/login" not in url)
        else:
            page.goto(f"{demo.url}/chat")
        return page

    yield of
    for context in opened:
        context.close()


def as_customer(people: Any, situation: str) -> Any:
    page = people()
    page.locator(".played summary").click()
    page.get_by_role("link", name=situation).click()
    page.wait_for_url("**order=*")
    return page


def write(customer: Any, text: str) -> None:
    customer.get_by_label("写给客服").fill(text)
    customer.keyboard.press("Enter")
    customer.locator("#lines").get_by_text(text, exact=True).last.wait_for()


def advice(agent: Any) -> str:
    """What tells the advice on the screen from any other."""
    return str(agent.locator("#advice [name=basis]").last.input_value())


def new_advice(agent: Any, before: str) -> None:
    agent.wait_for_function(
        "before => [...document.querySelectorAll('#advice [name=basis]')].at(-1)?.value !== before",
        arg=before,
    )


def answered(customer: Any, by: str, times: int) -> None:
    customer.locator(f"#lines .{by}").nth(times - 1).wait_for()


def test_from_the_first_word_over_a_restart_to_the_record_by_keyboard_alone(people, demo):
    agent, customer = people("林可"), as_customer(people, CABLE)
    write(customer, "没收到网线")
    answered(customer, "bot", 1)
    write(customer, "袋子盒子都翻了，没有")
    answered(customer, "bot", 2)
    customer.reload()
    answered(customer, "bot", 2)
    write(customer, "桌子底下也没有")
    answered(customer, "bot", 3)

    row = agent.locator("#conversations a").first
    row.wait_for()
    row.focus()
    agent.keyboard.press("Enter")
    agent.get_by_text("机器人转来").wait_for()
    agent.locator("#agent-text:focus").wait_for()
    agent.keyboard.press("Control+1")
    agent.keyboard.type("您看可以吗？")
    agent.keyboard.press("Enter")
    answered(customer, "agent", 1)
    assert customer.locator(".agent .bubble").inner_text().endswith("您看可以吗？")

    before = advice(agent)
    demo.stop()
    customer.get_by_text("网络断了，正在重连").wait_for()
    customer.get_by_label("写给客服").fill("补发吧")
    customer.keyboard.press("Enter")
    demo.start()
    customer.locator("#lines").get_by_text("补发吧").wait_for(timeout=SLOW)
    agent.locator(".message.customer").get_by_text("补发吧").wait_for(timeout=SLOW)

    new_advice(agent, before)
    agent.locator("#agent-text").focus()
    agent.keyboard.press("Control+1")
    agent.keyboard.press("Enter")
    answered(customer, "agent", 2)
    before = advice(agent)
    write(customer, "好的")
    agent.locator(".message.customer").get_by_text("好的", exact=True).wait_for()
    new_advice(agent, before)
    agent.keyboard.press("Control+1")
    agent.keyboard.press("Enter")
    answered(customer, "agent", 3)

    warehouse = people("唐库")
    warehouse.get_by_label("登记表", exact=True).select_option("补发记录")
    warehouse.get_by_role("button", name="查", exact=True).click()
    warehouse.locator("tbody").get_by_text("未收到网线").wait_for()
    with warehouse.expect_download() as download:
        warehouse.get_by_role("link", name="导出这些").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["补发记录"]
    assert "网线" in [cell.value for cell in sheet[2]]


def test_what_the_bot_may_answer_it_answers_alone_and_says_no_more_once_a_person_is_asked_for(
    people,
):
    customer = as_customer(people, TRAVELLING)
    write(customer, "我的快递到哪了")
    answered(customer, "bot", 1)
    assert "智能助手" in customer.locator("#status").inner_text()

    write(customer, "叫人来")
    answered(customer, "bot", 2)
    customer.locator("#status").get_by_text("人工").wait_for()
    assert "智能助手" not in customer.locator("#status").inner_text()


def test_each_role_sees_its_own_pages_and_is_told_where_it_may_not_go(people, demo):
    finance = people("钱敏")
    assert finance.url.endswith("/records")
    finance.goto(f"{demo.url}/desk")
    finance.get_by_text("这一页只给客服、主管、负责人用").wait_for()

    trainee = people("陈新")
    trainee.goto(f"{demo.url}/orders")
    trainee.get_by_text("这一页只给").wait_for()
