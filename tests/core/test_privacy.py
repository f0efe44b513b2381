"""Phones, accounts and addresses: enough is shown to recognise them, not enough to use them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.privacy import mask, mask_address, mask_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001234，谢谢", "电话138****1234，谢谢"),
        ("138 0000 1234", "138****1234"),
        ("138-0000-1234", "138****1234"),
        ("支付宝zhao_demo@example.com，实名的", "支付宝z***@example.com，实名的"),
        ("a@b.cn", "a***@b.cn"),
        ("身份证330102199003070011", "身份证3301**********0011"),
        ("身份证33010219900307001X。", "身份证3301**********001X。"),
    ],
)
def test_what_identifies_a_customer_is_hidden_inside_a_text(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text", ["订单250904220031", "单号YT5500667799", "补您2元", "12345678901", "没有号码"]
)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert mask(text) == text


@given(st.lists(MOBILES, min_size=1, max_size=3))
def test_no_mobile_number_survives(numbers: list[str]) -> None:
    shown = mask("，".join(numbers))

    assert not any(number in shown for number in numbers)


@given(MOBILES)
def test_masking_twice_changes_nothing(number: str) -> None:
    once = mask(f"电话{number}或a.b@example.com")

    assert mask(once) == once


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800001234", "138****1234"), ("05718888", "057****8888"), ("1234567", "*******"), ("", "")],
)
def test_a_phone_keeps_its_ends_and_what_is_too_short_is_hidden_whole(
    phone: str, shown: str
) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("杭州市西湖区文一路1号", "杭州市西湖区…"), ("杭州市西湖区", "杭州市西湖区"), ("", "")],
)
def test_an_address_keeps_its_beginning(address: str, shown: str) -> None:
    assert mask_address(address) == shown
