"""The desk in a real browser: what is typed arrives, what arrives is shown, nothing is lost."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import uvicorn

from bot import wiring
from bot.services.desk import Message
from bot.web import desk_live
from bot.web.app import create_app
from bot.web.routes.advice import moment
from tests.web.browsers import SECRET, sign_in_page
from tests.web.fake_shop import ORDER_NO, HandReader

NO_CABLE = "路由器收到了，里面没有网线"
LATEST = ".message >> nth=-1"


@contextmanager
def served(parts: wiring.Serving, port: int = 0) -> Iterator[str]:
    """The address of the application, running in a thread of its own."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(parts, secret=SECRET), log_level="error", timeout_keep_alive=1
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def address(parts: wiring.Serving) -> Iterator[str]:
    with served(parts) as url:
        yield url


@pytest.fixture
def desk(page: Any, address: str) -> Iterator[Any]:
    """An agent's page, opened; a script that fails or is refused by the browser fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/desk")
    yield page
    assert not faults


def begin(desk: Any, order_no: str = ORDER_NO) -> None:
    desk.get_by_role("button", name="新对话").click()
    desk.get_by_label("订单号或客户昵称").fill(order_no)
    desk.get_by_role("button", name="开始").click()
    desk.get_by_text("双频千兆路由器").first.wait_for()
    desk.get_by_text("记一句客户在别处说的话").click()


def say(desk: Any, text: str) -> None:
    box = desk.get_by_label("客户说")
    box.fill(text)
    box.press("Enter")
    desk.wait_for_function("() => !document.getElementById('customer-text').value")


def test_a_whole_turn_by_keyboard_alone_and_a_reload_keeps_it(desk):
    begin(desk)
    say(desk, NO_CABLE)
    desk.get_by_text("先问清").wait_for()
    suggested = desk.locator(".reply .text").first.inner_text()

    desk.locator("#agent-text").focus()
    desk.keyboard.press("Control+1")
    assert desk.locator("#agent-text").input_value() == suggested
    desk.keyboard.press("Enter")
    desk.get_by_text("识别为：说明网线的样子和位置").wait_for()
    desk.reload()

    assert desk.locator(".message").count() == 2
    assert desk.locator(".message.agent .text").inner_text() == suggested
    assert desk.locator("#agent-text").input_value() == ""
    assert desk.locator("#panel").get_by_text(ORDER_NO).first.is_visible()


def test_markup_in_a_message_stays_text(desk):
    text = "<script>document.title='改了'</script><img src=x onerror=\"document.title='改了'\"> {{7*7}}"
    begin(desk)

    say(desk, text)
    desk.locator(".message").wait_for()

    assert desk.locator(LATEST).locator(".text").inner_text() == text
    assert desk.locator(".message img, .message script").count() == 0
    assert "改了" not in desk.title()


def test_the_guard_speaks_while_one_types_and_stops_what_must_not_go(desk):
    begin(desk)
    say(desk, NO_CABLE)
    box = desk.locator("#agent-text")

    box.fill("这边直接补您200元")
    desk.locator("#findings .finding.block").first.wait_for()
    box.press("Enter")

    desk.get_by_text("这句不能发").wait_for()
    assert box.input_value() == "这边直接补您200元"
    assert desk.locator(".message.agent").count() == 0


def test_what_is_typed_but_not_sent_survives_a_reload(desk):
    begin(desk)
    desk.locator("#agent-text").fill("写到一半")

    desk.reload()

    assert desk.locator("#agent-text").input_value() == "写到一半"


def test_while_the_server_is_away_the_text_stays_and_is_sent_once_afterwards(desk):
    begin(desk)
    say(desk, NO_CABLE)
    box = desk.locator("#agent-text")
    desk.context.set_offline(True)
    box.fill("您好，我看一下")
    box.press("Enter")
    desk.get_by_text("没有发出去：连不上服务").wait_for()
    assert box.input_value() == "您好，我看一下"
    desk.context.set_offline(False)

    box.press("Enter")

    desk.locator(".message.agent").wait_for()
    desk.wait_for_function("() => !document.getElementById('agent-text').value")
    assert desk.locator(".message.agent").count() == 1


def test_a_message_from_elsewhere_appears_in_the_list_by_itself(desk, parts):
    desk.wait_for_function("() => htmx.ext.ws.getRegistry().size === 1")
    message = Message("elsewhere", "m-1", NO_CABLE, moment(None), order_no=ORDER_NO)

    parts.desk.advise(message)

    row = desk.locator("#conversations li.waiting")
    row.get_by_text("没收到网线").wait_for()
    assert desk.title().startswith("(1)")


def test_a_crowd_shows_who_has_waited_longest_and_the_next_as_one_is_answered(
    desk, parts, monkeypatch
):
    monkeypatch.setattr(desk_live, "LISTED", 2)
    asked = [moment(None) - timedelta(minutes=minutes) for minutes in (4, 3, 2, 1)]
    for number, at in enumerate(asked):
        parts.desk.advise(
            Message(f"c{number}", f"m{number}", NO_CABLE, at, ORDER_NO, f"客{number}")
        )
    desk.reload()
    who = desk.locator("#conversations .who")
    desk.locator("#conversations").get_by_text("客1").wait_for()
    shown = [name.split()[0] for name in who.all_inner_texts()]
    desk.wait_for_function("() => htmx.ext.ws.getRegistry().size === 1")

    parts.desk.observe("c0", "a0", "您好，我看一下", moment(None))
    desk.locator("#conversations").get_by_text("客2").wait_for()
    desk.get_by_text("还有 2 个").wait_for()

    assert shown == ["客0", "客1"]
    assert [name.split()[0] for name in who.all_inner_texts()] == ["客1", "客2"]
    assert "3 个在等" in desk.locator("#waiting-count").inner_text()


def test_two_agents_in_one_conversation_see_each_other_and_what_the_other_sends(
    desk, address, browser
):
    begin(desk)
    say(desk, NO_CABLE)
    context = browser.new_context()
    other = context.new_page()
    sign_in_page(other, address, "小吴")
    other.goto(desk.url)
    desk.get_by_text("小吴也在看").wait_for()
    other.get_by_text("小周也在看").wait_for()

    other.locator("#agent-text").fill("您好，我来看")
    other.locator("#agent-text").press("Enter")

    desk.locator(".message.agent").wait_for()
    assert "小吴" in desk.locator(".message.agent header").inner_text()
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (320, 640)])
def test_nothing_sticks_out_of_the_page_on_any_screen(desk, size):
    begin(desk)
    say(desk, "没有网线" + "a" * 300)
    desk.set_viewport_size({"width": size[0], "height": size[1]})

    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_control_can_be_reached_by_keyboard_and_has_a_name(desk):
    begin(desk)
    say(desk, NO_CABLE)

    unnamed = desk.evaluate(
        """() => [...document.querySelectorAll('button, textarea, select, input:not([type=hidden])')]
            .filter(e => e.tabIndex < 0 || !(e.labels?.length || e.textContent.trim()))
            .map(e => e.outerHTML)"""
    )

    assert unnamed == []


def test_the_page_says_by_itself_that_rasa_is_down_and_that_it_is_back(desk, reader: HandReader):
    begin(desk)
    reader.down = True
    say(desk, NO_CABLE)
    banner = desk.locator('[data-state="degraded"]')

    banner.wait_for(state="visible")
    reader.down = False

    banner.wait_for(state="hidden")
