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
