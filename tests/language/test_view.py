"""The classifier sees kinds of things, not whose they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.view import view


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("订单号250904220031", "订单号№"),
        ("订单号[订单x]", "订单号№"),
        ("订单号[ORDERID_[号码]]", "订单号№"),
        ("[数字x]", "№"),
        ("VD[数字x]", "№"),
        ("SF1234567890123", "№"),
        ("2025-10-08 12:30", "№"),
        ("30.5元", "№元"),
        ("[金额x]", "¤"),
        ("[地址x]", "⌂"),
        ("[姓名x]", "☺"),
        ("[日期x] [时间x]", "☼ ◷"),
        ("[图片]", "▣"),
        ("https://a.example/b?c=1", "⚓"),
        ("a@example.com", "⚓"),
        ("12315", "12315"),
        ("618有活动吗", "618有活动吗"),
        ("6180元", "№元"),
        ("IPhone坏了", "iphone坏了"),
        ("", ""),
    ],
)
def test_numbers_names_and_links_become_signs(typed: str, seen: str):
    assert view(typed).text == seen


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("单号SF1234567890123，怎么还没有到呀", "怎么还没有到呀"),
        ("怎么还没有到呀 250904220031", "怎么还没有到呀"),
        ("你好,[订单x]怎么还不发货", "你好,怎么还不发货"),
        ("我的订单250904220031，帮我看看", "我的订单№,帮我看看"),  # too little said
        ("电话改成13705528816谢谢你啊", "电话改成№谢谢你啊"),
        ("一共退了我12345.67元对吗", "一共退了我№元对吗"),
    ],
)
def test_an_order_number_beside_a_wish_is_only_a_pause(typed: str, seen: str):
    assert view(typed).text == seen


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("😡😡退货怎么弄😭", "退货怎么弄"),
        ("🙏帮我看看🌹 好吗", "帮我看看 好吗"),
        ("😡", "生气"),
        ("太🌹了", "太谢谢了"),
        ("好的👌", "好的好的"),
    ],
)
def test_faces_around_what_is_said_change_no_wish(typed: str, seen: str):
    assert view(typed).text == seen


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("怎么退…", "怎么退"),
        ("怎么退。。。", "怎么退"),
        ("怎么退!!! ~~", "怎么退"),
        ("退？？？", "退?"),
        ("...", "."),
    ],
)
def test_the_marks_at_the_end_are_manner_but_a_question_stays_one(typed: str, seen: str):
    assert view(typed).text == seen


@pytest.mark.parametrize(
    ("typed", "seen"),
    [("嗯那个怎么就是说退呃", "怎么退"), ("嗯", "嗯"), ("呃呃", "呃呃"), ("那个呢", "那个呢")],
)
def test_fillers_are_not_heard_where_something_is_said(typed: str, seen: str):
    assert view(typed).text == seen


def test_two_customers_who_ask_the_same_look_the_same():
    assert view("訂單２５０９０４２２００３１到哪了！！").text == view("订单[订单x]到哪了!").text


def test_a_sign_leads_back_to_all_that_it_stands_for():
    typed = "订单250904220031到哪了"

    seen = view(typed)

    place = seen.text.index("№")
    first, last = seen.span(place, place + 1)
    assert typed[first:last] == "250904220031"


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_no_text_whatever_makes_it_fail_or_lose_its_places(text: str):
    seen = view(text)

    assert len(seen.starts) == len(seen.ends) == len(seen.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(seen.starts, seen.ends, strict=True))
