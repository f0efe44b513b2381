"""Sums, pieces and lengths of time."""

import pytest

from tests.language.finding import entities, found, roles, values


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("10块", "10.00", "10块"),
        ("十块钱", "10.00", "十块钱"),
        ("12块5", "12.50", "12块5"),
        ("12块5毛", "12.50", "12块5毛"),
        ("¥30", "30.00", "¥30"),
        ("￥30.5", "30.50", "￥30.5"),
        ("３０元", "30.00", "３０元"),
        ("1,299元", "1299.00", "1,299元"),
        ("两百", "200.00", "两百"),
        ("一百二十块", "120.00", "一百二十块"),
        ("1.5w", "15000.00", "1.5w"),
        ("三毛钱", "0.30", "三毛钱"),
        ("一块钱", "1.00", "一块钱"),
        ("退我30吧", "30.00", "30"),
        ("补偿20行吗", "20.00", "20"),
        ("运费12", "12.00", "12"),
        ("差价已付30", "30.00", "30"),
    ],
)
def test_a_sum_of_money_has_two_places(text: str, value: str, words: str):
    assert found(text, "amount") == [(value, words)]


@pytest.mark.parametrize(
    "text",
    [
        "一块发",
        "一块退了",
        "两块电池",
        "元旦发货",
        "65W充电器",
        "千万别发",
        "退3件",
        "补2根",
        "万一坏了",
        "8折",
        "第10个",
        "昨天就打了12315",
    ],
)
def test_what_is_no_money_is_not_taken_for_it(text: str):
    assert not values(text, "amount")


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("两根", "2", "根"),
        ("跑了2800公里", "2800", "公里"),
        ("开了三千多公里", "3000", "公里"),
        ("里程2,950km", "2950", "公里"),
        ("3件", "3", "件"),
        ("十二个", "12", "个"),
        ("少了一个", "1", "个"),
        ("俩", "2", "个"),
        ("一对", "1", "对"),
        ("换3双", "3", "双"),
        ("两块电池", "2", "块"),
    ],
)
def test_a_number_of_pieces_keeps_its_measure_word(text: str, value: str, measure: str):
    assert roles(text, "count") == [(value, measure)]


@pytest.mark.parametrize(
    "text",
    [
        "这个",
        "第3件",
        "三个月",
        "10月份",
        "2个小时",
        "一个问题",
        "满99包邮",
        "几个",
        "一部分",
        "一对一",
        "订单3支付",
        "一个多月",
    ],
)
def test_what_counts_no_goods_is_not_taken_for_it(text: str):
    assert not values(text, "count")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("三天了", "3", "天"),
        ("等了一个星期", "7", "周"),
        ("7天内", "7", "天"),
        ("两周", "14", "周"),
        ("半个月", "15", "月"),
        ("两个月了", "60", "月"),
        ("48小时", "2", "小时"),
        ("三个工作日", "3", "工作日"),
        ("7天无理由", "7", "天"),
    ],
)
def test_a_length_of_time_is_a_number_of_days(text: str, value: str, unit: str):
    assert roles(text, "days") == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["这两天", "前两天", "几天", "3-5天", "两三天", "第三天", "30小时", "每7天", "今天", "10月份"],
)
def test_a_vague_length_of_time_is_not_guessed(text: str):
    assert not values(text, "days")


def test_days_ago_are_a_date_and_not_a_length():
    assert [(e.entity, e.value) for e in entities("三天前")] == [("date", "-P3D")]
