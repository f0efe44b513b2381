"""Contacts in clear; what is masked, and numbers that are no contacts, are left alone."""

import pytest

from bot.language.contacts import contacts


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("电话13812345678", "phone", "13812345678"),
        ("138 1234 5678", "phone", "138 1234 5678"),
        ("账号zhao@example.com", "email", "zhao@example.com"),
        ("身份证110101199003074512", "id_card", "110101199003074512"),
        ("银行卡6222021234567890123", "bank_card", "6222021234567890123"),
        ("浙江省杭州市西湖区文三路88号", "address", "浙江省杭州市西湖区文三路88号"),
    ],
)
def test_a_contact_is_found(text: str, kind: str, value: str) -> None:
    (found,) = contacts(text)

    assert (found.entity, found.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    ["138****5678", "订单251011900005", "单号YT5500667788", "z***@example.com", "我们在路上了"],
)
def test_what_is_masked_or_no_contact_is_left_alone(text: str) -> None:
    found = [*contacts(text)]

    assert found == []
