"""A customer in one browser, an agent in another: what one writes the other sees."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot import wiring
from tests.fake_rasa import FakeRasa
from tests.web.browsers import sign_in_page
from tests.web.fake_shop import PolicyAtHours, shop
from tests.web.test_desk_in_browser import NO_CABLE, served

LAST = "#lines > li >> nth=-1"


@pytest.fixture
def policy(policy):
    return PolicyAtHours(policy, "00:00", "00:00")


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    with FakeRasa() as away:
        away.status = 500
        monkeypatch.setenv(wiring.RASA_URL_SETTING, away.url)
        yield


@pytest.fixture
def address(parts: wiring.Serving) -> Iterator[str]:
    with served(parts) as url:
        yield url


@pytest.fixture
def agent(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    sign_in_page(page, address, "小周")
    page.goto(f"{address}/desk")
    yield page
    context.close()


@pytest.fixture
def customer(page: Any, address: str) -> Iterator[Any]:
    """A script that fails or that the browser refuses fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    page.goto(f"{address}/chat")
    yield page
    assert not faults


def write(customer: Any, text: str) -> None:
    customer.get_by_label("写给客服").fill(text)
    customer.keyboard.press("Enter")


def test_the_agent_sees_what_the_customer_writes_and_the_customer_what_the_agent_sends(
    customer, agent
):
    write(customer, "你好")
    customer.locator(".line.bot").first.wait_for()
    write(customer, "要人工")
    customer.get_by_text("已经转人工，同事马上来").wait_for()

    agent.locator("#conversations a").first.click()
    agent.get_by_text("机器人转来：").wait_for()
    agent.locator("#agent-text").fill("您好，请问有什么可以帮您？")
    agent.keyboard.press("Enter")

    customer.locator(".line.agent").get_by_text("有什么可以帮您").wait_for()
    customer.get_by_text("人工客服在为您服务").wait_for()
    agent.get_by_text("已送达").last.wait_for()
    write(customer, NO_CABLE)
    agent.locator(".message.customer").get_by_text(NO_CABLE).wait_for()
    assert customer.locator(".line.bot").count() == 2  # quiet while a person serves


def test_a_reload_keeps_the_conversation_and_markup_stays_text(customer):
    text = "<img src=x onerror=\"document.title='改了'\">"
    write(customer, text)
    customer.locator(".line.bot").first.wait_for()

    customer.reload()

    customer.locator(".line.bot").first.wait_for()
    assert customer.locator(".line.customer .bubble").first.inner_text() == text
    assert customer.locator("#lines img").count() == 0
    assert "改了" not in customer.title()


def test_a_photo_arrives_on_both_sides(customer, agent, tmp_path):
    file = tmp_path / "router.png"
    Image.new("RGB", (400, 300), "teal").save(file)

    customer.locator("#photo").set_input_files(file)

    drawn = customer.locator(".line.customer img")
    drawn.wait_for()
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") == 400
    agent.locator("#conversations a").first.click()
    agent.locator(".message.customer img").wait_for()


def test_a_file_that_is_no_photo_is_told_beside_the_composer(customer, tmp_path):
    file = tmp_path / "x.png"
    file.write_text("<script>alert(1)</script>")

    customer.locator("#photo").set_input_files(file)

    customer.get_by_role("alert").get_by_text("JPG、PNG 或 WebP").wait_for()


def test_what_is_written_while_the_shop_is_away_arrives_once_when_it_is_back(
    page, parts, shop_file
):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with served(parts, port) as url:
        page.goto(f"{url}/chat")
        write(page, "你好")
        page.locator(".line.bot").first.wait_for()
    page.get_by_text("网络断了，正在重连").wait_for()
    write(page, NO_CABLE)
    assert page.locator("#outbox").get_by_text(NO_CABLE).is_visible()

    with served(parts, port):
        page.locator("#lines").get_by_text(NO_CABLE).wait_for(timeout=15_000)
        page.locator("#away").wait_for(state="hidden")
        assert page.locator("#outbox li").count() == 0
        assert page.locator("#lines").get_by_text(NO_CABLE).count() == 1


def test_at_night_a_message_is_left_with_the_form(page, shop_file, reader, policy, words, tmp_path):
    file = tmp_path / "night.db"
    file.write_bytes(shop_file.read_bytes())
    with shop(file, reader, PolicyAtHours.away(policy), words) as parts, served(parts) as url:
        page.goto(f"{url}/chat")
        page.get_by_role("button", name="转人工").click()
        page.get_by_label("想让同事知道什么").fill("路由器不亮，急用")
        page.get_by_label("怎么联系您").fill("13800001111")
        page.get_by_role("button", name="留言").click()

        page.get_by_text("联系方式：13800001111").wait_for()
        page.locator("#leave").wait_for(state="detached")


def test_a_shops_page_opens_the_chat_in_its_corner(page, address):
    page.route(
        "**/shop-page",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<h1>网店</h1><script src="{address}/chat/embed.js" data-order="250904220031"></script>',
        ),
    )
    page.goto(f"{address}/shop-page")
    page.get_by_role("button", name="联系客服").click()

    page.frame_locator("iframe").get_by_role("button", name="咨询订单 250904220031").click()

    page.frame_locator("iframe").get_by_text("我想咨询的订单号：250904220031").wait_for()
