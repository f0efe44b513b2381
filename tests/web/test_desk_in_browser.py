"""The page in a real browser: what is typed arrives, what arrives is shown, nothing typed is lost."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from bot import wiring
from bot.web.app import create_app
from tests.web.browsers import SECRET, sign_in_page
from tests.web.fake_shop import ORDER_NO, HandReader

NO_CABLE = "路由器收到了，里面没有网线"
LATEST = ".message >> nth=-1"


@contextmanager
def served(parts: wiring.Serving) -> Iterator[str]:
    """The address of the application, running in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(parts, secret=SECRET), log_level="error", ws="none", timeout_keep_alive=1
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
    """The page, opened; a script that fails or is refused by the browser fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/desk")
    yield page
    assert not faults


def choose(desk: Any, order_no: str = ORDER_NO) -> None:
    desk.get_by_label("订单号或客户昵称").fill(order_no)
    desk.get_by_role("button", name="新对话").click()
    desk.get_by_text("双频千兆路由器").wait_for()


def say(desk: Any, text: str) -> None:
    box = desk.get_by_label("以客户身份写")
    box.fill(text)
    box.press("Enter")
    desk.wait_for_function("() => !document.getElementById('customer-text').value")


def test_a_customer_writes_the_agent_sends_a_suggestion_and_a_reload_keeps_it_all(desk):
    choose(desk)
    say(desk, NO_CABLE)
    desk.get_by_text("先问清").wait_for()

    desk.get_by_role("button", name="发送").and_(desk.locator(".reply button")).first.click()
    desk.get_by_text("识别为：说明网线的样子和位置").wait_for()
    sent = desk.locator(".message.agent .text").inner_text()
    desk.reload()

    assert desk.locator(".message").count() == 2
    assert desk.locator(".message.customer .text").inner_text() == NO_CABLE
    assert desk.locator(".message.agent .text").inner_text() == sent
    assert desk.locator(".reply .sent").count() == 1
    assert desk.locator(".verdict.collect").is_visible()
    assert desk.locator("#order").get_by_text(ORDER_NO).is_visible()


def test_markup_in_a_message_stays_text(desk):
    text = "<script>document.title='改了'</script><img src=x onerror=\"document.title='改了'\"> {{7*7}}"

    say(desk, text)

    assert desk.locator(LATEST).locator(".text").inner_text() == text
    assert desk.locator(".message img, .message script").count() == 0
    assert desk.title() == "售后助手"


def test_shift_enter_is_a_new_line_and_choosing_a_character_sends_nothing(desk):
    box = desk.get_by_label("以客户身份写")
    box.fill("第一行")
    box.press("Shift+Enter")
    box.press_sequentially("第二行")
    composing = {"key": "Enter", "bubbles": True, "cancelable": True, "isComposing": True}
    box.dispatch_event("keydown", composing)

    assert desk.locator(".message").count() == 0
    assert box.input_value() == "第一行\n第二行"

    box.press("Enter")

    desk.locator(".message").wait_for()
    assert desk.locator(".message .text").inner_text() == "第一行\n第二行"


def test_an_error_stands_beside_its_field_and_the_text_stays(desk):
    box = desk.get_by_label("以客服身份回复")
    box.fill("好" * 5001)
    box.press("Enter")
    desk.get_by_text("一条最多 5000 字").wait_for()

    assert len(box.input_value()) == 5001
    assert box.get_attribute("aria-invalid") == "true"

    box.fill("您好")
    box.press("Enter")

    desk.locator(".message.agent").wait_for()
    assert box.get_attribute("aria-invalid") is None
    assert not desk.get_by_text("一条最多 5000 字").is_visible()


def test_a_text_too_large_to_be_read_at_all_stays_too(desk):
    box = desk.get_by_label("以客户身份写")
    box.fill("好" * 9000)
    box.press("Enter")

    desk.get_by_text("内容太长，请分几条发").wait_for()

    assert len(box.input_value()) == 9000


def test_while_the_server_is_away_the_text_stays_and_is_sent_once_afterwards(desk):
    box = desk.get_by_label("以客户身份写")
    desk.context.set_offline(True)
    box.fill(NO_CABLE)
    box.press("Enter")
    desk.get_by_text("没有发出去：连不上服务").wait_for()
    assert box.input_value() == NO_CABLE
    desk.context.set_offline(False)

    box.press("Enter")

    desk.locator(".message").wait_for()
    desk.wait_for_function("() => !document.getElementById('customer-text').value")
    assert desk.locator(".message").count() == 1
    assert not desk.get_by_text("连不上服务").first.is_visible()


def test_what_is_typed_but_not_sent_survives_a_reload(desk):
    choose(desk)
    desk.get_by_label("以客服身份回复").fill("写到一半")

    desk.reload()

    assert desk.get_by_label("以客服身份回复").input_value() == "写到一半"


def test_a_suggestion_can_be_taken_and_changed(desk):
    choose(desk)
    say(desk, NO_CABLE)
    suggested = desk.locator(".reply .text").first.inner_text()

    desk.get_by_role("button", name="改一改").first.click()

    box = desk.get_by_label("以客服身份回复")
    assert box.input_value() == suggested
    assert box.evaluate("box => box === document.activeElement")


def test_an_unknown_order_is_told_beside_the_field(desk):
    desk.get_by_label("订单号或客户昵称").fill("999")
    desk.get_by_role("button", name="新对话").click()

    desk.get_by_text("查不到这个订单号或昵称").wait_for()

    assert desk.get_by_label("订单号或客户昵称").input_value() == "999"


def test_the_page_says_by_itself_that_rasa_is_down_and_that_it_is_back(desk, reader: HandReader):
    reader.down = True
    say(desk, NO_CABLE)
    banner = desk.locator('[data-state="degraded"]')

    banner.wait_for(state="visible")
    reader.down = False

    banner.wait_for(state="hidden")


SCREENS = [(1440, 900), (390, 844), (320, 640)]


@pytest.mark.parametrize("size", SCREENS)
def test_a_choice_is_seen_reached_and_made_by_keyboard_on_any_screen(desk, size):
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    choose(desk)
    say(desk, "我那个钱呢")
    desk.get_by_role("button", name="退款没收到 34%").focus()

    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    desk.get_by_text("（客服选的）").wait_for()
    assert "退货" in desk.locator(".heard").inner_text()
    assert desk.locator(".choices").count() == 0
    assert desk.evaluate("document.activeElement.id") == "advice"
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_case_that_was_understood_wrongly_is_put_right_from_the_list(desk):
    choose(desk)
    say(desk, NO_CABLE)
    desk.get_by_text("不是这件事？改一下").click()

    desk.get_by_label("客户在说的是").select_option("发票")
    desk.get_by_role("button", name="改成这件").click()

    desk.get_by_text("（客服选的）").wait_for()
    assert "发票" in desk.locator(".heard").inner_text()
    assert not desk.get_by_label("客户在说的是").is_visible()


def test_while_the_server_is_away_a_choice_is_told_where_one_chooses(desk):
    choose(desk)
    say(desk, "我那个钱呢")
    desk.context.set_offline(True)

    desk.get_by_role("button", name="退货").click()

    desk.locator("#choice-fault").get_by_text("连不上服务").wait_for()


@pytest.mark.parametrize("size", SCREENS)
def test_nothing_sticks_out_of_the_page_on_any_screen(desk, size):
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    choose(desk)
    say(desk, "没有网线" + "a" * 300)

    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_control_can_be_reached_by_keyboard_and_has_a_name(desk):
    choose(desk)
    say(desk, NO_CABLE)

    unnamed = desk.evaluate(
        """() => [...document.querySelectorAll('button, textarea, select, input:not([type=hidden])')]
            .filter(e => e.tabIndex < 0 || !(e.labels?.length || e.textContent.trim()))
            .map(e => e.outerHTML)"""
    )

    assert unnamed == []
