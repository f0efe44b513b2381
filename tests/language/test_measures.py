"""A customer's height, weight and sizes."""

import pytest

from tests.language.finding import roles, values


@pytest.mark.parametrize(
    ("text", "height", "weight"),
    [
        ("身高175体重120斤", "175", "60"),
        ("175cm 65kg", "175", "65"),
        ("1米75，130斤", "175", "65"),
        ("一米六五，体重一百一十斤", "165", "55"),
        ("168/52公斤", "168", "52"),
        ("我1.68米，125斤", "168", "62.5"),
        ("身高１６０，体重100", "160", "50"),
        ("身高160，体重50", "160", "50"),
    ],
)
def test_height_is_in_centimetres_and_weight_in_kilograms(text: str, height: str, weight: str):
    assert values(text, "height") == [height]
    assert values(text, "weight") == [weight]


@pytest.mark.parametrize("text", ["150cm的桌子", "买了100斤大米", "一米长的线", "20kg的行李"])
def test_the_measures_of_goods_are_not_a_customers(text: str):
    assert not values(text, "height")
    assert not values(text, "weight")


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("换L码", "L", "letters"),
        ("要m的", "M", "letters"),
        ("XXL", "2XL", "letters"),
        ("2xl有吗", "2XL", "letters"),
        ("XL号", "XL", "letters"),
        ("38码", "38", "shoe"),
        ("42.5码", "42.5", "shoe"),
        ("36号鞋", "36", "shoe"),
        ("换大一码", "+1", "step"),
        ("小一号的", "-1", "step"),
        ("大两码", "+2", "step"),
        ("均码吗", "均码", "one_size"),
    ],
)
def test_a_size_is_found_in_its_usual_form(text: str, value: str, role: str):
    assert roles(text, "size") == [(value, role)]


@pytest.mark.parametrize("text", ["大了一码", "8号发货", "10号楼", "sm", "L先生", "iPhone XS Max"])
def test_what_is_no_size_is_not_taken_for_it(text: str):
    assert not [v for v in values(text, "size") if v != "XS"]
