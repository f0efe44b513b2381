"""Couriers have one name each."""

import pytest

from bot.language.couriers import BY_PREFIX, BY_SPELLING, COURIERS
from tests.language.finding import entities, found


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("发顺丰快递", "顺丰", "顺丰快递"),
        ("发SF可以吗", "顺丰", "SF"),
        ("顺风行吗", "顺丰", "顺风"),
        ("走中通吧", "中通", "中通"),
        ("园通的单子", "圆通", "园通"),
        ("圓通", "圆通", "圓通"),
        ("ems能到吗", "EMS", "ems"),
        ("邮政EMS", "EMS", "邮政EMS"),
        ("中国邮政", "邮政", "中国邮政"),
        ("天天快递太慢", "天天", "天天快递"),
        ("JD快递", "京东", "JD快递"),
        ("京东物流送的", "京东", "京东物流"),
        ("J&T", "极兔", "J&T"),
        ("德邦物流", "德邦", "德邦物流"),
    ],
)
def test_a_courier_has_one_name_whatever_it_is_called(text: str, name: str, words: str):
    assert found(text, "courier") == [(name, words)]


@pytest.mark.parametrize(
    "text",
    ["收到中通知", "一路顺风", "天天催你们", "在京东买的", "items", "sfa", "邮政编码", "顺风车"],
)
def test_what_only_holds_a_couriers_name_is_none(text: str):
    assert not found(text, "courier")


def test_a_courier_never_swallows_the_clause_around_it():
    text = "我想换成顺丰快递可以吗"

    assert [(e.entity, text[e.start : e.end]) for e in entities(text)] == [("courier", "顺丰快递")]


def test_no_spelling_and_no_beginning_belongs_to_two_couriers():
    spellings = [word for courier in COURIERS for word in courier.written]
    prefixes = [prefix for courier in COURIERS for prefix in courier.prefixes]

    assert len(spellings) == len(set(spellings))
    assert len(prefixes) == len(set(prefixes)) == len(BY_PREFIX)
    assert {"天天", "京东"}.isdisjoint(BY_SPELLING)
