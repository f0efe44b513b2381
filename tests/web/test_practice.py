"""The practice room in the browser's eyes: one's own dialogues, kept, graded, nobody else's."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.web.routes.advice import moment
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


def meet(page: Any, customer: str, way: str = "可以看提示") -> None:
    """Open the case and begin with this customer, by keyboard."""
    page.get_by_label(way).check()
    page.locator("summary", has_text="没收到网线").press("Enter")
    page.locator(".case").get_by_role("button", name=f"接待：{customer}").press("Enter")


@pytest.fixture
def trainee(stranger: TestClient) -> TestClient:
    return sign_in(stranger, "新来的")


def test_a_trainee_starts_at_the_practice_page(trainee: TestClient) -> None:
    assert trainee.get("/", follow_redirects=False).headers["location"] == "/practice"
    told = trainee.get("/practice").text
    assert "今天练这几个" in told
    assert "没练过" in told


def test_a_dialogue_is_held_to_its_end_and_passed(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    for text in IN_OWN_WORDS:
        told = trainee.post(f"{dialogue}/replies", data={"text": text}).text
    assert "客户的事说完了，登记一下" in told
    told = trainee.post(f"{dialogue}/filing", data={}).text

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


def hold(trainee: TestClient, dialogue: str, replies: Sequence[str] = IN_OWN_WORDS) -> str:
    for text in replies:
        trainee.post(f"{dialogue}/replies", data={"text": text})
    return trainee.post(f"{dialogue}/filing", data={}).text


def test_what_is_filed_is_graded_and_a_wrong_amount_is_told_and_loses_nothing(
    trainee: TestClient,
) -> None:
    dialogue = begin(trainee)
    for text in IN_OWN_WORDS:
        trainee.post(f"{dialogue}/replies", data={"text": text})

    refused = trainee.post(f"{dialogue}/filing", data={"amount": "两块"})
    assert (refused.status_code, "金额要写数字" in refused.text) == (422, True)
    told = trainee.post(f"{dialogue}/filing", data={"registers": "补发记录"}).text

    assert "没有通过，75 分" in told
    assert "不用记补发记录" in told


def test_guided_practice_shows_what_to_say_until_it_is_known_and_judges_at_once(
    trainee: TestClient,
) -> None:
    def guided() -> str:
        way = {"scenario": "missing_cable_1", "mode": "guided"}
        return trainee.post("/practice", data=way).headers["HX-Redirect"]

    for _ in range(2):
        assert "可以说：" in trainee.get(guided()).text
        hold(trainee, guided())
    dialogue = guided()

    assert "这一步您会了，自己来。" in trainee.get(dialogue).text
    told = trainee.post(f"{dialogue}/replies", data={"text": "这边直接补您200元，可以吗"}).text
    assert "金额不对" in told
    trainee.post(f"{dialogue}/left")
    assert "可以说：" in trainee.get(guided()).text


def begin_in(trainee: TestClient, mode: str, scenario: str = "missing_cable_1") -> str:
    way = {"scenario": scenario, "mode": mode}
    return trainee.post("/practice", data=way).headers["HX-Redirect"]


def test_unaided_there_is_no_hint_and_what_it_is_about_is_told_afterwards(
    trainee: TestClient,
) -> None:
    dialogue = begin_in(trainee, "unaided")
    title = trainee.app.state.practice._scenario("missing_cable_1").title  # type: ignore[attr-defined]

    before = trainee.get(dialogue).text
    assert "扣 5 分" not in before
    assert title not in before
    assert "可以说：" not in trainee.post(f"{dialogue}/hints").text
    trainee.post(f"{dialogue}/left")
    assert title in trainee.get(dialogue).text


@pytest.mark.parametrize(
    ("mode", "said", "told"),
    [
        ("guided", IN_OWN_WORDS[0], "✓ 对"),
        ("hints", IN_OWN_WORDS[0], ""),
        ("guided", "今天天气挺好的", "看不准这句办的是哪一步"),
        ("hints", "今天天气挺好的", "看不准这句办的是哪一步"),
        ("unaided", "今天天气挺好的", ""),
    ],
)
def test_guided_says_at_once_what_was_right_and_without_help_nothing_is_said(
    trainee: TestClient, mode: str, said: str, told: str
) -> None:
    dialogue = begin_in(trainee, mode)

    answered = trainee.post(f"{dialogue}/replies", data={"text": said}).text

    shown = [one for one in ("✓ 对", "看不准这句办的是哪一步") if one in answered]
    assert shown == ([told] if told else [])


def test_who_files_reads_what_each_register_is_for(trainee: TestClient) -> None:
    dialogue = begin(trainee)

    for text in IN_OWN_WORDS:
        told = trainee.post(f"{dialogue}/replies", data={"text": text}).text

    for register in trainee.app.state.practice.policy().registers.values():  # type: ignore[attr-defined]
        assert f'{register.name} <span class="soft">{register.purpose}</span>' in told


def test_a_dialogue_that_still_goes_on_is_gone_on_with(trainee: TestClient) -> None:
    dialogue = begin(trainee)
    assert f'href="{dialogue}" aria-label="接着说' in trainee.get("/practice").text

    trainee.post(f"{dialogue}/left")

    assert "接着说" not in trainee.get("/practice").text


def test_the_rules_are_looked_up_without_what_one_would_say(trainee: TestClient) -> None:
    assert "买后降价" in trainee.get("/practice/rules", params={"q": "差价"}).text
    assert "没有找到「火星」" in trainee.get("/practice/rules", params={"q": "火星"}).text

    told = trainee.get("/practice/rules/price_drop").text

    assert "登记退差价，交财务打款" in told
    assert "7天" in told
    assert "怎么说" not in told
    assert "/lead/policy" not in told
    assert trainee.get("/practice/rules/nothing").status_code == 404


def test_the_model_is_shown_when_ones_own_dialogue_is_over(trainee: TestClient) -> None:
    dialogue = begin(trainee)
    assert trainee.get(f"{dialogue}/model").status_code == 404

    hold(trainee, dialogue)

    assert "同一位客户，照系统的建议接待" in trainee.get(f"{dialogue}/model").text


def test_three_customers_come_at_once_and_who_waits_too_long_is_late(
    trainee: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = trainee.post("/practice/shifts").headers["HX-Redirect"]
    told = trainee.get(shift).text
    numbers = [int(one) for one in re.findall(r'id="dialogue-(\d+)"', told)]
    assert len(numbers) == 3
    assert "等了" in told or 'class="waited"' in told

    later = moment(None) + timedelta(minutes=30)
    monkeypatch.setattr("bot.web.routes.practice.moment", lambda _: later)
    trainee.post(f"/practice/{numbers[0]}/replies", data={"text": "您好，请说说是什么情况"})

    assert "回得慢" in trainee.post(f"/practice/{numbers[0]}/left").text


@pytest.mark.parametrize("drill", ["verdict", "guard", "phone"])
def test_a_drill_says_what_was_right_and_why(trainee: TestClient, drill: str) -> None:
    asked = trainee.get(f"/practice/drills/{drill}").text
    hidden = dict(re.findall(r'name="(seed|at)" value="([^"]+)"', asked))
    questions = dict.fromkeys(re.findall(r'name="(q\d+)"', asked), "0")
    assert len(questions) >= 3

    told = trainee.post(f"/practice/drills/{drill}", data={**hidden, **questions}).text

    assert "对的是「" in told
    assert f"/ {len(questions)} 对" in told


def test_what_decides_is_told_with_the_answer_and_not_before(trainee: TestClient) -> None:
    asked = trainee.get("/practice/drills/verdict").text
    hidden = dict(re.findall(r'name="(seed|at)" value="([^"]+)"', asked))

    told = trainee.post("/practice/drills/verdict", data={**hidden, "q0": "0"}).text

    assert "看这几样：" not in asked
    assert 'class="card"' in asked
    assert "昵称" not in asked
    assert "看这几样：" in told
    assert 'class="card"' in told


def test_a_case_is_opened_at_the_desk_by_practice(trainee: TestClient) -> None:
    lead = sign_in(trainee, "负责人")
    needed = {"case": "missing_cable", "level": "1"}
    assert lead.post("/lead/practice/required", data=needed).status_code == 200

    assert "要过 ★" in lead.get("/lead/practice").text
    agent = sign_in(trainee, "小周")
    assert "工作台上要先过" in agent.get("/practice").text
    hold(agent, begin_in(agent, "guided"))
    assert "工作台上要先过" in agent.get("/practice").text
    hold(agent, begin(agent))
    assert "工作台上要先过" not in agent.get("/practice").text


def test_the_lead_may_name_the_customers_who_open_a_case(trainee: TestClient) -> None:
    lead = sign_in(trainee, "负责人")
    asked = {"case": "missing_cable", "level": "0", "scenarios": ["missing_cable_2", "gone"]}
    lead.post("/lead/practice/required", data=asked)
    form = lead.get("/lead/practice/required", params={"case": "missing_cable"}).text
    assert re.findall(r'value="(\w+)" checked', form) == ["missing_cable_2"]
    assert lead.get("/lead/practice/required", params={"case": "x"}).status_code == 404

    agent = sign_in(trainee, "小周")
    hold(agent, begin(agent))

    assert "工作台上要先过 标了「要过」的" in agent.get("/practice").text
    assert "练习要求" in sign_in(trainee, "负责人").get("/lead/audit").text


def test_the_lead_sees_the_group_and_takes_it_along(trainee: TestClient) -> None:
    hold(trainee, begin(trainee))

    supervisor = sign_in(trainee, "郑主管")

    told = supervisor.get("/lead/practice").text
    assert "新来的" in told
    assert "没收到网线" in told
    assert "设定" not in told
    assert "通过 100 分" in supervisor.get("/lead/practice/新来的").text
    assert supervisor.get("/lead/practice/没有的人").status_code == 404
    assert supervisor.get("/lead/practice/export.xlsx").content[:2] == b"PK"
    assert (
        supervisor.post("/lead/practice/required", data={"case": "x", "level": "1"}).status_code
        == 403
    )


def test_a_trainee_sees_nobody_elses_progress(trainee: TestClient) -> None:
    assert trainee.get("/lead/practice").status_code == 403


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
    meet(page, "一根网线没收到，脾气好，肯配合")
    page.wait_for_url("**/practice/*")

    for number, text in enumerate(IN_OWN_WORDS, 1):
        page.get_by_label("回复").press_sequentially(text)
        page.keyboard.press("Enter")
        page.locator(f".lines .mine >> nth={number - 1}").wait_for()

    page.get_by_role("button", name="登记完，看得分").press("Enter")
    page.get_by_role("heading", name="通过，100 分").wait_for()
    page.get_by_role("button", name="看示范").press("Enter")
    page.get_by_role("heading", name="示范").wait_for()
    page.reload()
    page.get_by_role("heading", name="通过，100 分").wait_for()
    assert faults == []


def test_who_types_on_at_once_loses_no_reply(page: Any, address: str) -> None:  # noqa: F811
    sign_in_page(page, address, "新来的")
    page.goto(f"{address}/practice")
    meet(page, "一根网线没收到，脾气好，肯配合")
    page.wait_for_url("**/practice/*")

    for text in IN_OWN_WORDS:
        # Waits until the box takes words: it does not while a reply is on its way.
        page.get_by_label("回复").fill(text)
        page.keyboard.press("Enter")

    page.get_by_role("button", name="登记完，看得分").click()
    page.get_by_role("heading", name="通过，100 分").wait_for()
    assert page.locator(".lines .mine").count() == len(IN_OWN_WORDS)
