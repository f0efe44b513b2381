"""The practice room in the browser's eyes: one's own dialogues, kept, graded, nobody else's."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.browsers import sign_in, sign_in_page
from tests.web.test_desk_in_browser import address  # noqa: F401  a fixture

IN_OWN_WORDS = (
    "亲，给您添麻烦了，麻烦您再翻翻快递袋和盒子的夹层，看有没有网线？",
    "您看看桌子底下、沙发边有没有掉？",
    "这边补您2元，您自己买一根可以吗",
    "您在订单里申请退款，类型选我要退款，原因选退运费，填2元，提交后同事会审核。谢谢您，有事随时联系我们",
)


def begin(browser: TestClient, scenario: str = "missing_cable_1") -> str:
    return browser.post("/practice", data={"scenario": scenario}).headers["HX-Redirect"]


@pytest.fixture
def trainee(stranger: TestClient) -> TestClient:
    return sign_in(stranger, "新来的")


def test_a_trainee_starts_at_the_practice_page(trainee: TestClient) -> None:
    assert trainee.get("/", follow_redirects=False).headers["location"] == "/practice"
    assert "没练过" in trainee.get("/practice").text


def test_a_dialogue_is_held_to_its_end_and_passed(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    for text in IN_OWN_WORDS:
        told = trainee.post(f"{dialogue}/replies", data={"text": text}).text

    assert "通过，100 分" in told
    assert "每一步都对" in told
    assert "通过 100 分" in trainee.get("/practice").text


def test_what_was_wrong_stands_under_its_line_with_why_and_better_words(
    trainee: TestClient,
) -> None:
    dialogue = begin(trainee)
    for text in (*IN_OWN_WORDS[:2], "这边直接补您200元，您自己买一根可以吗"):
        trainee.post(f"{dialogue}/replies", data={"text": text})

    told = trainee.post(f"{dialogue}/left").text

    assert "没有通过" in told
    assert "按规定算出来是2元，不是200元。" in told
    assert "可以说：按规定是2元。" in told


def test_a_hint_says_what_the_desk_would_and_costs(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    assert "可以说：" in trainee.post(f"{dialogue}/hints").text
    trainee.post(f"{dialogue}/replies", data={"text": IN_OWN_WORDS[0]})

    assert "看了提示" in trainee.post(f"{dialogue}/left").text


def test_after_a_restart_the_dialogue_goes_on_where_it_stood(trainee: TestClient) -> None:
    dialogue = begin(trainee)
    trainee.post(f"{dialogue}/replies", data={"text": IN_OWN_WORDS[0]})
    before = trainee.get(dialogue).text

    trainee.app.state.practice._held.clear()  # type: ignore[attr-defined]

    assert trainee.get(dialogue).text == before


def test_nobody_reads_or_goes_on_with_somebody_elses(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    agent = sign_in(trainee, "小周")

    assert agent.get(dialogue).status_code == 404
    assert agent.post(f"{dialogue}/replies", data={"text": "在吗"}).status_code == 404


def test_an_unknown_customer_and_an_empty_reply(trainee: TestClient) -> None:
    assert trainee.post("/practice", data={"scenario": "nobody"}).status_code == 404
    dialogue = begin(trainee)

    told = trainee.post(f"{dialogue}/replies", data={"text": "  "}).text

    assert 'class="mine"' not in told


def test_markup_in_a_reply_stays_text(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    told = trainee.post(f"{dialogue}/replies", data={"text": "<script>alert(1)</script>"}).text

    assert "&lt;script&gt;" in told
    assert "<script>" not in told


def test_who_does_not_talk_with_customers_has_no_practice_page(stranger: TestClient) -> None:
    assert sign_in(stranger, "老库").get("/practice").status_code == 403


def test_in_a_browser_a_dialogue_is_held_by_keyboard(page: Any, address: str) -> None:  # noqa: F811
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    sign_in_page(page, address, "新来的")
    page.goto(f"{address}/practice")
    page.get_by_role("button", name="接待：一根网线没收到，脾气好，肯配合").press("Enter")
    page.wait_for_url("**/practice/*")

    for number, text in enumerate(IN_OWN_WORDS, 1):
        page.get_by_label("回复").press_sequentially(text)
        page.keyboard.press("Enter")
        page.locator(f".lines .mine >> nth={number - 1}").wait_for()

    page.get_by_role("heading", name="通过，100 分").wait_for()
    page.reload()
    page.get_by_role("heading", name="通过，100 分").wait_for()
    assert faults == []


def test_who_types_on_at_once_loses_no_reply(page: Any, address: str) -> None:  # noqa: F811
    sign_in_page(page, address, "新来的")
    page.goto(f"{address}/practice")
    page.get_by_role("button", name="接待：一根网线没收到，脾气好，肯配合").click()
    page.wait_for_url("**/practice/*")

    for text in IN_OWN_WORDS:
        # Waits until the box takes words: it does not while a reply is on its way.
        page.get_by_label("回复").fill(text)
        page.keyboard.press("Enter")

    page.get_by_role("heading", name="通过，100 分").wait_for()
    assert page.locator(".lines .mine").count() == len(IN_OWN_WORDS)
