"""Numbers that name something are told apart by form and by the words beside them."""

import pytest

from tests.language.finding import entities, found, roles, values


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("250904220031", "250904220031", "250904220031"),
        ("订单号：250904220031，谢谢", "250904220031", "250904220031"),
        ("２５０９０４２２００３１", "250904220031", "２５０９０４２２００３１"),
        ("2509 0422 0031", "250904220031", "2509 0422 0031"),
        ("订单 1234567890123456789", "1234567890123456789", "1234567890123456789"),
        ("订单号13812345678", "13812345678", "13812345678"),
        ("订单号JD250904220031", "250904220031", "250904220031"),
        ("250904-220031123456789", "250904-220031123456789", "250904-220031123456789"),
        ("订单编号是250904220031吗", "250904220031", "250904220031"),
        ("dd250904220031", "250904220031", "250904220031"),
    ],
)
def test_an_order_number_is_found_and_cleaned(text: str, value: str, words: str):
    assert found(text, "order_no") == [(value, words)]


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("1" * 11, []), ("2" * 12, ["2" * 12]), ("2" * 20, ["2" * 20]), ("2" * 21, [])],
)
def test_digits_alone_are_an_order_number_from_twelve_to_twenty(digits: str, expected: list[str]):
    assert values(digits, "order_no") == expected


def test_two_order_numbers_in_one_message_stay_two():
    assert values("250904220031 250904220032", "order_no") == ["250904220031", "250904220032"]


@pytest.mark.parametrize(
    ("text", "value", "courier"),
    [
        ("SF1234567890123", "SF1234567890123", "顺丰"),
        ("sf 1234567890123", "SF1234567890123", "顺丰"),
        ("YT1234567890123", "YT1234567890123", "圆通"),
        ("JT3012345678901", "JT3012345678901", "极兔"),
        ("VD41234567890", "VD41234567890", "京东"),
        ("JDVA00123456789", "JDVA00123456789", "京东"),
        ("EA123456789CN", "EA123456789CN", "EMS"),
        ("DPK123456789012", "DPK123456789012", "德邦"),
        ("快递单号75312345678901", "75312345678901", None),
        ("运单 75312345678901", "75312345678901", None),
        ("单号773012345678901", "773012345678901", None),
        ("中通75312345678901", "75312345678901", "中通"),
        ("75312345678901，圆通", "75312345678901", "圆通"),
        ("我用韵达寄回了，4312345678901", "4312345678901", "韵达"),
    ],
)
def test_a_tracking_number_is_found_with_its_courier(text: str, value: str, courier: str | None):
    assert roles(text, "tracking_no") == [(value, courier)]
    assert not values(text, "order_no")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("电话１３８００１３８０００", "13800138000"),
        ("+86 13800138000", "13800138000"),
    ],
)
def test_a_phone_number_is_found_and_cleaned(text: str, value: str):
    assert values(text, "phone") == [value]


@pytest.mark.parametrize("text", ["12800138000", "1380013800", "138001380001"])
def test_what_is_not_a_mobile_number_is_no_phone(text: str):
    assert not values(text, "phone")


def test_a_phone_and_an_order_number_side_by_side_are_told_apart():
    text = "13800138000 250904220031"

    assert [(e.entity, e.value) for e in entities(text)] == [
        ("phone", "13800138000"),
        ("order_no", "250904220031"),
    ]


def test_the_last_four_digits_are_a_phone_with_that_role():
    assert roles("尾号8000", "phone") == [("8000", "tail")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("支付宝13800138000", "13800138000"),
        ("支付宝账号：abc_1@Example.com", "abc_1@example.com"),
        ("zfb 张三 13800138000", "13800138000"),
        ("13800138000这是我支付宝", "13800138000"),
        ("打到支付宝，138 0013 8000", "13800138000"),
    ],
)
def test_an_account_beside_alipay_is_an_alipay_account(text: str, value: str):
    assert values(text, "alipay") == [value]
    assert not values(text, "phone")
    assert not values(text, "email")


def test_a_clause_about_alipay_that_has_ended_does_not_count():
    assert values("退到支付宝。电话13800138000", "phone") == ["13800138000"]


def test_an_address_without_alipay_is_an_email():
    assert found("发到Foo.Bar@example.com谢谢", "email") == [
        ("foo.bar@example.com", "Foo.Bar@example.com")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("税号91310115MA1K4ABC2X", "91310115MA1K4ABC2X"),
        ("91310115ma1k4abc2x", "91310115MA1K4ABC2X"),
        ("纳税人识别号：123456789012345", "123456789012345"),
    ],
)
def test_a_tax_number_is_found(text: str, value: str):
    assert values(text, "tax_no") == [value]


def test_fifteen_digits_without_the_word_tax_are_no_tax_number():
    assert not values("123456789012345", "tax_no")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("序列号 22087AB1234567", "22087AB1234567"),
        ("SN:ab-12345678", "AB-12345678"),
        ("IMEI是861234567890123", "861234567890123"),
    ],
)
def test_a_serial_number_needs_its_name(text: str, value: str):
    assert values(text, "serial_no") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "身份证310101199001011234",
        "银行卡号6222021234567890123",
        "https://item.example.com/123456789012.html",
        "[订单x]",
        "[数字x]",
    ],
)
def test_numbers_that_are_not_the_shops_business_are_left_alone(text: str):
    assert not entities(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[图片]", "photo"),
        ("看[图片x]", "photo"),
        ("[视频]", "video"),
        ("http://pic.example.com/a/b.jpg", "photo"),
    ],
)
def test_pictures_are_found(text: str, value: str):
    assert values(text, "photo") == [value]


def test_a_link_to_a_page_is_no_picture():
    assert not values("https://shop.example.com/a.html", "photo")
