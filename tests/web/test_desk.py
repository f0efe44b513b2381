"""The desk's page: a customer's words in, the advice beside them, a reply out, nothing lost."""

import re
from html import unescape

import pytest

from bot import wiring
from bot.core.mastery import Requirement
from tests.web.browsers import sign_in
from tests.web.fake_shop import NICKNAME, ORDER_NO, PHONE, router_order

HTMX = {"HX-Request": "true"}
NO_CABLE = "路由器收到了，里面没有网线"


def begin(client, who: str = ORDER_NO) -> str:
    """The id of a new conversation."""
    answer = client.post("/desk/conversations", data={"who": who}, headers=HTMX)
    assert answer.status_code == 200
    return answer.headers["hx-redirect"].removeprefix("/desk?c=")


def say(client, c: str, text: str, message_id: str = "", **headers: str):
    data = {"c": c, "text": text, "message_id": message_id}
    return client.post("/desk/messages", data=data, headers={**HTMX, **headers})


def reply(client, c: str, text: str, message_id: str = "", script: str = ""):
    data = {"c": c, "text": text, "message_id": message_id, "script": script}
    return client.post("/desk/replies", data=data, headers=HTMX)


def hidden(page: str, name: str) -> list[str]:
    return [unescape(v) for v in re.findall(rf'name="{name}" value="([^"]*)"', page)]


def words(page: str) -> str:
    """The page without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


# ---- starting ----


def test_an_empty_page_says_what_to_do(client):
    page = client.get("/desk").text

    assert 'lang="zh-CN"' in page
    assert "选一个对话" in page
    assert "还没有对话" in page


def test_a_conversation_about_an_order_shows_the_order_before_anything_is_said(client):
    c = begin(client)

    shown = words(client.get(f"/desk?c={c}").text)

    assert ORDER_NO in shown
    assert "双频千兆路由器 AX3000" in shown
    assert "¥205.00" in shown
    assert "2 天前" in shown
    assert "还没有消息" in shown


def test_contacts_are_masked_wherever_an_order_is_shown(client):
    c = begin(client)

    page = client.get(f"/desk?c={c}").text

    assert "138****5678" in page
    assert "137****2222" in page  # in a note
    assert PHONE not in page
    assert "13700002222" not in page
    assert "301" not in words(page).split("地址", 1)[1][:20]


def test_an_order_number_may_be_typed_as_people_type_it(client):
    c = begin(client, f" {ORDER_NO[:6]}-{ORDER_NO[6:]} ")

    assert ORDER_NO in client.get(f"/desk?c={c}").text


def test_a_nickname_shows_all_orders_of_the_customer(client, parts):
    wiring.orders(parts.database).upsert(router_order("250904220032", days_ago=30))

    c = begin(client, NICKNAME)

    shown = client.get(f"/desk?c={c}").text
    assert ORDER_NO in shown
    assert "250904220032" in shown


def test_a_conversation_may_begin_without_an_order(client):
    c = begin(client, "")

    assert "还不知道是哪个订单" in client.get(f"/desk?c={c}").text


def test_an_unknown_order_is_told_beside_the_field(client):
    answer = client.post("/desk/conversations", data={"who": "999"}, headers=HTMX)

    assert answer.status_code == 404
    assert "查不到这个订单号或昵称" in answer.text


def test_the_demo_shops_orders_are_offered_only_while_there_is_a_demo(client, monkeypatch):
    monkeypatch.delenv(wiring.DEMO_SETTING, raising=False)
    without = client.get("/desk").text
    monkeypatch.setenv(wiring.DEMO_SETTING, "1")

    (label, order_no), *_ = wiring.featured_orders()

    assert 'id="start-order"' not in without
    assert f'<option value="{order_no}">{label}</option>' in unescape(client.get("/desk").text)


# ---- the customer writes ----


def test_a_message_is_answered_with_the_parts_of_the_page_that_changed(client):
    c = begin(client)

    answer = say(client, c, NO_CABLE)

    assert answer.status_code == 200
    parts = set(re.findall(r'hx-partial hx-target="([^"]*)"', answer.text))
    assert parts >= {"#chat-head", "#messages", "#panel"}
    assert "<html" not in answer.text


def test_the_advice_says_what_was_understood_what_is_right_and_why(client):
    c = begin(client)

    shown = words(say(client, c, NO_CABLE).text)

    assert "客户在说 没收到网线 93%" in shown
    assert "也可能是 少发或漏发 4%、网线坏了 1%" in shown
    assert "先问清" in shown
    assert "客服可以决定" in shown
    assert "起变为「不可以」" in shown
    assert "依据《" in shown


def test_a_refusal_gives_its_reasons_with_origin_and_day(client, parts):
    wiring.orders(parts.database).upsert(router_order("250904220099", days_ago=8))
    c = begin(client, "250904220099")

    answer = say(client, c, NO_CABLE)

    assert 'class="verdict refuse"' in answer.text
    assert "不可以" in answer.text
    assert "订单，" in answer.text
    assert "少件反馈期限：7 天" in answer.text


def test_the_page_shows_the_conversation_again_after_a_reload(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    page = client.get(f"/desk?c={c}").text

    assert page.count('class="message customer"') == 1
    assert "先问清" in page
    assert hidden(page, "c") == [c] * len(hidden(page, "c"))


def test_a_message_sent_twice_stands_in_the_chat_once(client, reader):
    c = begin(client)

    say(client, c, NO_CABLE, message_id="m-1")
    again = say(client, c, NO_CABLE, message_id="m-1")

    assert again.text.count('class="message customer"') == 1
    assert len(reader.heard) == 1


def test_each_answer_brings_a_new_id_for_the_next_message(client):
    c = begin(client)

    first, second = say(client, c, NO_CABLE).text, say(client, c, "你好").text

    assert hidden(first, "message_id")[-1] != hidden(second, "message_id")[-1]


def test_what_a_customer_writes_is_text_and_nothing_else(client):
    c = begin(client)

    page = say(client, c, '<script>alert(1)</script> {{7*7}} "><img src=x onerror=y>').text

    assert "<script>" not in page
    assert "<img" not in page
    assert "{{7*7}}" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_longest_text_is_sent(client):
    assert say(client, begin(client), "好" * 5000).status_code == 200


# ---- the agent replies ----


def test_a_suggestion_is_sent_with_its_script_and_marked_as_sent(client):
    c = begin(client)
    advice = say(client, c, NO_CABLE, message_id="m-1").text
    text = hidden(advice, "text")[0]
    message_id = next(one for one in hidden(advice, "message_id") if one.startswith("m-1:"))

    answer = reply(client, c, text, message_id, hidden(advice, "script")[0])

    assert answer.text.count('class="message agent"') == 1
    assert "识别为：说明网线的样子和位置，请客户再找" in words(answer.text)
    assert "已发送" in answer.text
    assert "已经回复" in answer.text


def test_a_suggestion_pressed_twice_is_sent_once(client):
    c = begin(client)
    advice = say(client, c, NO_CABLE, message_id="m-1").text
    sending = (
        hidden(advice, "text")[0],
        hidden(advice, "message_id")[0],
        "missing_cable.look_again",
    )

    reply(client, c, *sending)
    again = reply(client, c, *sending)

    assert again.text.count('class="message agent"') == 1


def test_an_id_that_stands_for_another_message_is_told_beside_the_field(client):
    c = begin(client)
    say(client, c, NO_CABLE, message_id="m-1")
    reply(client, c, "您好", "a-1")

    customer = say(client, c, "换一句", message_id="m-1")
    agent = reply(client, c, "换一句", "a-1")

    assert (customer.status_code, agent.status_code) == (409, 409)
    assert "刷新页面再发" in customer.text
    assert "刷新页面再发" in agent.text


def test_a_suggestion_that_the_rules_no_longer_have_is_not_sent(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    answer = reply(client, c, "补您两元", script="missing_cable.gone")

    assert answer.status_code == 422
    assert "规则刚改过" in answer.text
    assert 'class="message agent"' not in client.get(f"/desk?c={c}").text


def test_characters_that_cannot_be_kept_are_left_out(client):
    c = begin(client)

    shown = say(client, f"{c}\x00", "没有\x00网线", message_id="m\x001").text

    assert "没有网线" in shown
    assert "\x00" not in shown


def test_an_agents_own_words_show_the_step_they_were_recognised_as(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    answer = reply(client, c, "网线是灰色的，您在快递袋里再找找好吗？")

    assert "识别为：说明网线的样子和位置，请客户再找" in words(answer.text)


def test_words_that_are_no_step_say_so(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    answer = reply(client, c, "今天天气真不错呀")

    assert "没识别出是哪一步" in answer.text


def test_the_next_message_is_judged_with_what_the_agent_asked(client):
    c = begin(client)
    advice = say(client, c, NO_CABLE).text
    reply(
        client,
        c,
        hidden(advice, "text")[0],
        hidden(advice, "message_id")[0],
        "missing_cable.look_again",
    )

    shown = words(say(client, c, "都找过了，没有").text)

    assert "按 没收到网线 办理" in shown
    assert "单看这句像 提供信息 93%" in shown
    assert "请客户看看拆包时是否掉落" in shown


# ---- the agent says what is meant ----

WHAT_MONEY = "我那个钱呢"


def choose(client, c: str, intent: str, about: str = "m-1", **headers: str):
    data = {"c": c, "about": about, "intent": intent}
    return client.post("/desk/corrections", data=data, headers=headers or HTMX)


def offered(page: str) -> list[tuple[str, str]]:
    """Intent and words of each button."""
    found = re.findall(r'<button[^>]* name="intent" value="(\w+)"[^>]*>(.*?)</button>', page)
    return [(intent, words(text)) for intent, text in found]


def test_a_doubtful_message_shows_the_cases_to_choose_from_above_the_replies(client):
    page = say(client, begin(client), WHAT_MONEY, message_id="m-1").text

    assert offered(page) == [
        ("refund_not_received", "退款没收到 34%"),
        ("return_request", "退货 29%"),
        ("refund_amount", "退款金额不对 12%"),
    ]
    assert page.index("是不是想问") < page.index("可以直接发")
    assert page.count('aria-pressed="true"') == 1


def test_talk_is_offered_as_nothing_more(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    assert ("provide_info", "只是提供信息 31%") in offered(say(client, c, "那个呢").text)


def test_a_message_that_is_understood_surely_offers_no_buttons_but_can_be_put_right(client):
    page = say(client, begin(client), NO_CABLE).text

    assert offered(page) == []
    assert "不是这件事？改一下" in page
    assert '<option value="invoice_request">发票</option>' in page


@pytest.mark.parametrize("intent", ["return_request", "invoice_request"])
def test_a_choice_is_answered_with_the_parts_of_the_page_that_changed(client, intent):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    answer = choose(client, c, intent)

    assert answer.status_code == 200
    assert '<hx-partial hx-target="#panel"' in answer.text
    assert offered(answer.text) == []
    assert "（小周选的）" in words(answer.text)
    assert "拿不准" not in answer.text
    assert "（小周选的）" in client.get(f"/desk?c={c}").text


def test_a_choice_that_leads_to_the_case_that_fits_the_order_says_both(client):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    shown = words(choose(client, c, "cancel_order").text)

    assert "客户在说 未发货取消订单 （小周选的）" in shown
    assert "按 退货 办理" in shown


@pytest.mark.parametrize(
    ("intent", "about", "status", "said"),
    [
        ("", "m-1", 422, "从列表里选一件"),
        ("no_such", "m-1", 422, "从列表里选一件"),
        ("return_request", "m-9", 404, "刷新页面再选"),
        ("return_request", "", 404, "刷新页面再选"),
    ],
)
def test_a_choice_that_cannot_be_made_is_told_where_one_chooses(
    client, intent, about, status, said
):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    answer = choose(client, c, intent, about)

    assert answer.status_code == status
    assert said in answer.text


# ---- what keeps a reply from going out ----

TOO_MUCH = "这边直接补您200元"


def test_a_reply_that_the_guard_stops_is_not_sent_and_says_why(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    answer = reply(client, c, TOO_MUCH)

    assert answer.status_code == 422
    assert "这句不能发" in answer.text
    assert "200元」" in words(answer.text)
    assert "请主管放行" in answer.text
    assert TOO_MUCH not in client.get(f"/desk?c={c}").text


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "还没有写内容"), ("  \n　", "还没有写内容"), ("好" * 5001, "一条最多 5000 字")],
)
@pytest.mark.parametrize("path", ["/desk/messages", "/desk/replies", "/desk/held"])
def test_a_text_that_cannot_be_sent_is_told_and_nothing_is_kept(client, path, text, said):
    c = begin(client)

    answer = client.post(path, data={"c": c, "text": text}, headers=HTMX)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'class="message' not in client.get(f"/desk?c={c}").text


def test_a_reply_whose_facts_have_changed_waits_until_the_new_advice_was_read(client, parts):
    c = begin(client)
    advice = say(client, c, NO_CABLE, message_id="m-1").text
    seen = {name: hidden(advice, name)[0] for name in ("text", "message_id", "script", "basis")}
    wiring.orders(parts.database).upsert(router_order(days_ago=30))

    first = client.post("/desk/replies", data={"c": c, **seen}, headers=HTMX)

    assert first.status_code == 409
    assert "情况刚变了" in first.text
    assert 'class="verdict refuse"' in first.text
    assert 'class="message agent"' not in client.get(f"/desk?c={c}").text


def test_a_reply_whose_facts_still_hold_goes_out_at_once(client):
    c = begin(client)
    advice = say(client, c, NO_CABLE).text
    form = {"c": c, "text": hidden(advice, "text")[0], "basis": hidden(advice, "basis")[0]}

    assert client.post("/desk/replies", data=form, headers=HTMX).status_code == 200


def held_by_an_agent(stranger) -> str:
    agent = sign_in(stranger, "小周")
    c = begin(agent)
    say(agent, c, NO_CABLE)
    form = {"c": c, "text": TOO_MUCH, "message_id": "a-1"}
    assert "已经请主管看了" in agent.post("/desk/held", data=form, headers=HTMX).text
    return c


def test_a_supervisor_lets_a_held_reply_go_in_its_authors_name_and_it_is_audited(stranger, parts):
    c = held_by_an_agent(stranger)
    supervisor = sign_in(stranger, "郑主管")
    assert TOO_MUCH in supervisor.get(f"/desk?c={c}").text

    sent = supervisor.post("/desk/held/released", data={"c": c, "why": "老客户"}, headers=HTMX)

    (turn,) = [t for t in wiring.conversations(parts.database).load(c).turns if t.author]
    assert (turn.text, turn.author) == (TOO_MUCH, "小周")
    assert "放行</button>" not in sent.text
    (line,) = wiring.audit(parts.database).latest(1)
    assert (line.what, line.by.name, line.about) == ("放行被拦的回复", "郑主管", c)
    assert line.after == {"理由": "老客户"}


def test_a_reply_given_back_is_its_authors_draft_again_with_the_reason(stranger):
    c = held_by_an_agent(stranger)
    supervisor = sign_in(stranger, "郑主管")
    without = supervisor.post("/desk/held/returned", data={"c": c}, headers=HTMX)
    assert without.status_code == 422

    supervisor.post("/desk/held/returned", data={"c": c, "why": "按规定补"}, headers=HTMX)

    shown = sign_in(stranger, "小周").get(f"/desk?c={c}").text
    assert "郑主管退回了你的回复：按规定补" in words(shown)
    assert f">{TOO_MUCH}</textarea>" in shown
    assert 'class="message agent"' not in shown


def test_an_agent_lets_nothing_go_alone(stranger):
    c = held_by_an_agent(stranger)

    for path in ("/desk/held/released", "/desk/held/overruled"):
        form = {"c": c, "text": TOO_MUCH, "message_id": "a-2"}
        assert stranger.post(path, data=form, headers=HTMX).status_code in {403, 409}

    assert 'class="message agent"' not in stranger.get(f"/desk?c={c}").text


def test_a_supervisor_may_overrule_the_guard_and_that_is_audited(stranger, parts):
    supervisor = sign_in(stranger, "郑主管")
    c = begin(supervisor)
    say(supervisor, c, NO_CABLE)
    form = {"c": c, "text": TOO_MUCH, "message_id": "a-1"}
    assert supervisor.post("/desk/replies", data=form, headers=HTMX).status_code == 422

    sent = supervisor.post("/desk/held/overruled", data=form, headers=HTMX)

    assert sent.text.count('class="message agent"') == 1
    assert wiring.audit(parts.database).latest(1)[0].what == "放行被拦的回复"


# ---- the rest of the page ----


def test_among_several_orders_the_agent_says_which_one(client, parts):
    wiring.orders(parts.database).upsert(router_order("250904220032", days_ago=30))
    c = begin(client, NICKNAME)
    say(client, c, NO_CABLE)

    chosen = client.post("/desk/order", data={"c": c, "order_no": "250904220032"}, headers=HTMX)

    assert "250904220032" in chosen.text
    assert ORDER_NO not in chosen.text
    assert 'class="verdict refuse"' in chosen.text


def test_a_conversation_is_closed_and_opened_again_by_the_customers_next_word(client):
    c = begin(client)
    say(client, c, NO_CABLE)

    closed = client.post("/desk/closed", data={"c": c}, headers=HTMX)

    assert "再打开" in closed.text
    say(client, c, "还是没有网线")
    assert "再打开" not in client.get(f"/desk?c={c}").text


@pytest.mark.parametrize("name", ["王会计", "老库", "新来的"])
def test_who_does_not_talk_with_customers_sees_no_conversation(stranger, name):
    browser = sign_in(stranger, name)

    for path in ("/desk", "/desk/c/any"):
        assert browser.get(path).status_code == 403


def test_a_form_without_the_pages_token_changes_nothing(client):
    c = begin(client)
    del client.headers["x-csrftoken"]

    assert say(client, c, NO_CABLE).status_code == 403
    assert NO_CABLE not in client.get(f"/desk?c={c}").text


# ---- cases that practice has to open ----


def test_who_has_not_passed_a_case_in_practice_has_a_supervisor_let_the_reply_go(client, parts):
    wiring.progress(parts).required.require("missing_cable", Requirement(1))
    sign_in(client, "小周")
    c = begin(client)
    say(client, c, NO_CABLE, "m-1")

    answer = reply(client, c, "麻烦您再看看快递袋和盒子里有没有网线？", "r-1")

    assert "这句不能发" in answer.text
    assert "要先在练习里通过" in answer.text


def test_a_supervisor_and_who_serves_another_case_are_not_held_up(client, parts):
    wiring.progress(parts).required.require("damaged_item", Requirement(3))
    sign_in(client, "小周")
    c = begin(client)
    say(client, c, NO_CABLE, "m-1")

    answer = reply(client, c, "麻烦您再看看快递袋和盒子里有没有网线？", "r-1")

    assert "这句不能发" not in answer.text
    wiring.progress(parts).required.require("missing_cable", Requirement(1))
    sign_in(client, "郑主管")
    answer = reply(client, c, "麻烦您再看看快递袋和盒子里有没有网线？", "r-2")
    assert "这句不能发" not in answer.text
