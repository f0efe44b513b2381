"""What comes back when part of an order is sent back."""

from decimal import Decimal

import pytest

from bot.core.orders import Line, Order
from bot.core.part_refund import part_refund, part_refund_facts, pieces_back


def goods(
    title: str, qty: int, paid: str | None, price: str | None, bundle: str | None = None
) -> Line:
    return Line(
        "X",
        title,
        qty,
        Decimal(paid) if paid else None,
        Decimal(price) if price else None,
        bundle,
    )


SUIT = (
    goods("运动外套", 1, "120.00", "159.00", "运动三件套"),
    goods("运动长裤", 1, "80.00", "99.00", "运动三件套"),
    goods("短袖T恤", 1, "59.00", "69.00", "运动三件套"),
)
CHAIRS = (goods("餐椅", 4, "680.00", "199.00", "餐椅四把装"),)
TOWELS = (goods("毛巾", 3, "30.00", "12.00"), goods("浴巾", 2, "80.00", "45.00"))


def refund(lines: tuple[Line, ...], words: str) -> Decimal | None:
    back = pieces_back(lines, words)
    found = back and part_refund(lines, back)
    return found.refund if found else None


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("我想退裤子，能退多少", "31.00"),
        ("裤子不喜欢，想退掉，多少钱", "31.00"),
        ("三件套里面长裤我想退，外套和T恤留着", "31.00"),
        ("长裤太长了退掉，其他的留下", "31.00"),
        ("想留外套跟T恤", "31.00"),
        ("我只想退裤子，其余要用", "31.00"),
        ("只留外套，其他都退", "100.00"),
        ("裤子，T恤，都退", "100.00"),
        ("退裤子和T恤退多少钱", "100.00"),
        ("留下裤子退外套", "91.00"),
        ("外套退裤子留", "91.00"),
        ("外套T恤都退掉", "160.00"),
        ("除了T恤都退", "190.00"),
        ("不退T恤，退另外两件", "190.00"),
        ("全退能退多少", "259.00"),
    ],
)
def test_of_a_bundle_what_was_paid_comes_back_less_the_kept_pieces_at_their_own_prices(
    words: str, amount: str
) -> None:
    assert refund(SUIT, words) == Decimal(amount)


@pytest.mark.parametrize(
    ("words", "amount"),
    [("四把椅子退两把", "282.00"), ("留一把，其余退", "481.00"), ("餐椅退掉2把", "282.00")],
)
def test_pieces_of_one_line_are_counted(words: str, amount: str) -> None:
    assert refund(CHAIRS, words) == Decimal(amount)


def test_goods_outside_a_bundle_come_back_at_what_was_paid_for_them() -> None:
    assert refund(TOWELS, "毛巾退2条") == Decimal("20.00")
    assert refund(TOWELS, "浴巾不要了") == Decimal("80.00")


def test_what_is_said_later_counts() -> None:
    assert refund(SUIT, "裤子想退\n算了裤子留着，T恤退") == Decimal("1.00")


@pytest.mark.parametrize(
    "words", ["退了能退多少", "套装退其中两件退多少", "三件套里退一件", "退一半", "质量不错", ""]
)
def test_words_that_name_no_piece_say_nothing(words: str) -> None:
    assert refund(SUIT, words) is None


def test_a_bundle_whose_price_stands_at_one_line_is_paid_for_as_a_whole() -> None:
    lines = (
        goods("床单", 1, "199.00", "129.00", "床品套装"),
        goods("枕套", 2, None, "39.00", "床品套装"),
    )

    assert refund(lines, "枕套退掉") == Decimal("70.00")


def test_without_the_price_of_a_kept_piece_nothing_is_computed() -> None:
    lines = (
        goods("床单", 1, "199.00", None, "床品套装"),
        goods("枕套", 2, None, "39.00", "床品套装"),
    )

    assert refund(lines, "枕套退掉") is None


def test_without_a_price_paid_nothing_is_computed() -> None:
    lines = (goods("床单", 1, None, "129.00"), goods("枕套", 2, None, "39.00"))

    assert refund(lines, "枕套退掉") is None


def test_the_facts_name_what_goes_what_stays_and_how_it_was_computed() -> None:
    facts = dict(part_refund_facts(Order("1", lines=SUIT), "裤子退，其他留下"))

    assert {name: fact.value for name, fact in facts.items()} == {
        "part_refund": Decimal("31.00"),
        "back_items": "运动长裤",
        "kept_items": "运动外套、短袖T恤",
        "part_paid": Decimal("259.00"),
        "kept_price": Decimal("228.00"),
    }


def test_of_several_pieces_the_facts_say_how_many_go_and_stay() -> None:
    facts = dict(part_refund_facts(Order("1", lines=CHAIRS), "退一把椅子"))

    assert facts["back_items"].value == "餐椅×1"
    assert facts["kept_items"].value == "餐椅×3"


def test_an_order_without_a_named_piece_has_no_such_facts() -> None:
    assert not dict(part_refund_facts(Order("1", lines=SUIT), "在吗"))
