"""The page: a customer's words in, the advice beside them, a reply out, and nothing lost on the way."""

import re
from html import unescape

import pytest

from bot import wiring
from tests.web.fake_shop import NICKNAME, ORDER_NO, PHONE, router_order

HTMX = {"HX-Request": "true"}
NO_CABLE = "路由器收到了，里面没有网线"


def begin(client, who: str = ORDER_NO) -> str:
    """The id of a new conversation."""
    answer = client.post("/page/conversations", data={"who": who}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"].removeprefix("/desk?c=")


def say(client, c: str, text: str, message_id: str = "", **headers: str):
    data = {"c": c, "text": text, "message_id": message_id}
    return client.post("/page/messages", data=data, headers={**HTMX, **headers})


def reply(client, c: str, text: str, message_id: str = "", script: str = ""):
    data = {"c": c, "text": text, "message_id": message_id, "script": script}
    return client.post("/page/replies", data=data, headers=HTMX)


def hidden(page: str, name: str) -> list[str]:
    return [unescape(v) for v in re.findall(rf'name="{name}" value="([^"]*)"', page)]


def words(page: str) -> str:
    """The page without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


# ---- starting ----


def test_an_empty_page_says_what_to_do(client):
    page = client.get("/desk").text

    assert 'lang="zh-CN"' in page
    assert "还没有消息" in page
    assert "客户一开口" in page
    assert "还不知道是哪个订单" in page


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
    answer = client.post("/page/conversations", data={"who": "999"}, headers=HTMX)

    assert answer.status_code == 404
    assert 'hx-target="#start-fault"' in answer.text
    assert "查不到这个订单号或昵称" in answer.text


def test_before_htmx_has_loaded_an_unknown_order_is_told_on_a_whole_page(client):
    answer = client.post("/page/conversations", data={"who": "<999>"})

    assert answer.status_code == 404
    assert "查不到这个订单号或昵称" in answer.text
    assert 'value="&lt;999&gt;"' in answer.text


def test_with_htmx_the_browser_is_sent_to_the_new_conversation(client):
    answer = client.post("/page/conversations", data={"who": ORDER_NO}, headers=HTMX)

    assert answer.status_code == 200
    assert answer.headers["hx-redirect"].startswith("/desk?c=")


def test_the_demo_shops_orders_are_offered_only_while_there_is_a_demo(client, monkeypatch):
    monkeypatch.delenv(wiring.DEMO_SETTING, raising=False)
    without = client.get("/desk").text
    monkeypatch.setenv(wiring.DEMO_SETTING, "1")

    (label, order_no), *_ = wiring.featured_orders()

    assert "<select" not in without
    assert f'<option value="{order_no}">{label}</option>' in unescape(client.get("/desk").text)


# ---- the customer writes ----


def test_a_message_is_answered_with_the_parts_of_the_page_that_changed(client):
    c = begin(client)

    answer = say(client, c, NO_CABLE)

    assert answer.status_code == 200
    assert answer.headers["hx-replace-url"] == f"/desk?c={c}"
    assert set(re.findall(r'hx-target="([^"]*)"', answer.text)) == {
        "#messages",
        "#advice",
        "#order",
        "#customer-ids",
        "#agent-ids",
        ".fault",
    }
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


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "还没有写内容"), ("  \n　", "还没有写内容"), ("好" * 5001, "一条最多 5000 字")],
)
@pytest.mark.parametrize(
    ("path", "field"), [("/page/messages", "customer"), ("/page/replies", "agent")]
)
def test_a_text_that_cannot_be_sent_is_told_beside_its_field(client, path, field, text, said):
    answer = client.post(path, data={"c": begin(client), "text": text}, headers=HTMX)

    assert answer.status_code == 422
    assert f'hx-target="#{field}-fault"' in answer.text
    assert said in answer.text
    assert "#messages" not in answer.text


def test_the_longest_text_is_sent(client):
    assert say(client, begin(client), "好" * 5000).status_code == 200


def test_before_htmx_has_loaded_a_refused_text_stays_in_its_box(client):
    text = "好" * 5001

    answer = client.post("/page/messages", data={"c": begin(client), "text": text})

    assert answer.status_code == 422
    assert text in answer.text
    assert "一条最多 5000 字" in answer.text


def test_before_htmx_has_loaded_a_message_leads_back_to_the_page(client):
    c = begin(client)

    answer = client.post("/page/messages", data={"c": c, "text": NO_CABLE})

    assert answer.url.query == f"c={c}".encode()
    assert NO_CABLE in answer.text


def test_an_id_that_no_address_can_hold_is_replaced_and_never_put_into_a_header(client):
    answer = say(client, "x" * 201, NO_CABLE)
    odd = say(client, "a\r\nset-cookie: b=1", NO_CABLE)

    assert len(answer.headers["hx-replace-url"]) < 50
    assert "set-cookie" not in odd.headers
    assert "%0D%0A" in odd.headers["hx-replace-url"]


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-origin", 200)])
def test_a_form_on_another_site_cannot_write_here(client, site, status):
    answer = say(client, begin(client), NO_CABLE, **{"Sec-Fetch-Site": site})

    assert answer.status_code == status


def test_a_page_says_that_messages_are_read_by_key_phrases(client, reader):
    reader.down = True
    c = begin(client)

    shown = say(client, c, NO_CABLE).text

    assert "按关键词判断" in shown
    assert re.search(r'data-state="degraded">', client.get(f"/desk?c={c}").text)


# ---- the agent replies ----


def test_a_suggestion_is_sent_with_its_script_and_marked_as_sent(client):
    c = begin(client)
    advice = say(client, c, NO_CABLE, message_id="m-1").text
    text, message_id = hidden(advice, "text")[0], hidden(advice, "message_id")[0]

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
    assert 'hx-target="#customer-fault"' in customer.text
    assert 'hx-target="#agent-fault"' in agent.text
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
    return client.post("/page/corrections", data=data, headers=headers or HTMX)


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
    assert '<hx-partial hx-target="#advice"' in answer.text
    assert offered(answer.text) == []
    assert "（客服选的）" in words(answer.text)
    assert "拿不准" not in answer.text
    assert "（客服选的）" in client.get(f"/desk?c={c}").text


def test_a_choice_that_leads_to_the_case_that_fits_the_order_says_both(client):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    shown = words(choose(client, c, "cancel_order").text)

    assert "客户在说 未发货取消订单 （客服选的）" in shown
    assert "按 退货 办理" in shown


def test_before_htmx_has_loaded_a_choice_leads_back_to_the_page(client):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    answer = choose(client, c, "return_request", **{"Sec-Fetch-Site": "same-origin"})

    assert answer.url.query == f"c={c}".encode()
    assert "（客服选的）" in answer.text


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
    assert 'hx-target="#choice-fault"' in answer.text
    assert said in answer.text


def test_a_form_on_another_site_cannot_choose_here(client):
    c = begin(client)
    say(client, c, WHAT_MONEY, message_id="m-1")

    answer = choose(client, c, "return_request", **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
