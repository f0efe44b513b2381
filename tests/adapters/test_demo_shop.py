from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.adapters.demo_shop import DemoShop
from bot.core.moments import SHANGHAI
from bot.core.orders import Note, OrderStatus, PaymentMethod, RefundStatus

TODAY = date(2025, 10, 22)


@pytest.fixture(scope="module")
def shop(checkout):
    return DemoShop(checkout / "bot/policy", TODAY)


@pytest.fixture(scope="module")
def made(shop):
    return [one.order for one in shop.orders()]


def days_ago(moment: datetime | None) -> int | None:
    return (TODAY - moment.date()).days if moment else None


def test_the_same_day_and_seed_give_the_same_orders(checkout, shop):
    again = DemoShop(checkout / "bot/policy", TODAY)

    assert again.orders() == shop.orders()
    assert again.featured() == shop.featured()


def test_another_seed_gives_other_orders(checkout, made):
    other = DemoShop(checkout / "bot/policy", TODAY, seed=2).orders()

    assert not {one.order.order_no for one in other} & {order.order_no for order in made}


def test_another_day_gives_orders_of_its_own_in_the_same_states(checkout, shop):
    tomorrow = DemoShop(checkout / "bot/policy", TODAY + timedelta(days=1))

    assert [label for label, _ in tomorrow.featured()] == [label for label, _ in shop.featured()]
    assert not {no for _, no in tomorrow.featured()} & {no for _, no in shop.featured()}


def test_there_are_about_a_thousand_in_three_shops(made):
    assert 900 <= len(made) <= 1100
    assert {order.shop for order in made} == {"routers", "clothing", "furniture"}


def test_no_number_is_given_twice(made):
    numbers = [order.order_no for order in made]
    parcels = [
        parcel
        for order in made
        for parcel in (
            order.tracking_no,
            order.return_tracking_no,
            order.exchange and order.exchange.tracking_no,
        )
        if parcel
    ]

    assert len(set(numbers)) == len(numbers)
    assert len(set(parcels)) == len(parcels)


def test_every_example_offered_is_an_order_and_its_label_says_which(shop, made):
    featured = shop.featured()

    assert 15 <= len(featured) <= 20
    assert len({label for label, _ in featured}) == len(featured)
    assert {number for _, number in featured} <= {order.order_no for order in made}


def test_phones_are_nobodys(made):
    assert {order.phone[:7] for order in made} == {"1540000"}


def test_nothing_lies_ahead_but_promises(made):
    tomorrow = datetime.combine(TODAY + timedelta(days=1), time(), SHANGHAI)
    happened = [
        moment
        for order in made
        for moment in (
            order.placed_at,
            order.paid_at,
            order.shipped_at,
            order.received_at,
            *(event.at for event in order.events),
            *(note.at for note in order.notes),
        )
        if moment
    ]

    assert max(happened) < tomorrow


@pytest.mark.parametrize("days", [0, 1, 2, 3, 6, 7, 8, 60, 121])
def test_there_is_a_router_received_so_many_days_ago(made, days):
    assert [o for o in made if o.shop == "routers" and days_ago(o.received_at) == days]


@pytest.mark.parametrize("signed_by", ["本人", "邻居", "驿站", "前台", "家人"])
def test_all_kinds_of_people_have_signed(made, signed_by):
    assert [order for order in made if order.signed_by == signed_by]


@pytest.mark.parametrize("courier", ["顺丰", "中通", "圆通", "韵达", "申通", "EMS", "极兔"])
def test_parcels_of_each_courier_are_on_the_way(made, courier):
    assert [o for o in made if o.status is OrderStatus.SHIPPED and o.courier == courier]


@pytest.mark.parametrize("pieces", [5, 6])
def test_there_are_orders_on_both_sides_of_five_pieces(made, pieces):
    assert [o for o in made if o.status is OrderStatus.SHIPPED and o.pieces == pieces]


@pytest.mark.parametrize("status", RefundStatus)
def test_refunds_are_in_every_state(made, status):
    assert [order for order in made if order.refund and order.refund.status is status]


@pytest.mark.parametrize(
    ("method", "quick"),
    [
        (PaymentMethod.ALIPAY, None),
        (PaymentMethod.NET_BANK, True),
        (PaymentMethod.NET_BANK, False),
        (PaymentMethod.CREDIT_CARD, None),
    ],
)
def test_refunds_have_gone_back_every_way(made, method, quick):
    paid = [o for o in made if o.refund and o.refund.status is RefundStatus.PAID]

    assert [o for o in paid if o.payment_method is method and o.quick_pay_bound is quick]


def test_returned_parcels_have_come_with_and_without_their_number(made):
    signed = [order for order in made if order.return_signed_at]

    assert {bool(order.return_tracking_no) for order in signed} == {True, False}


def test_exchanges_are_dearer_cheaper_and_the_same(made):
    changes = {
        (order.exchange.new_price > order.lines[0].unit_price)
        - (order.exchange.new_price < order.lines[0].unit_price)
        for order in made
        if order.exchange
    }

    assert changes == {-1, 0, 1}


def test_an_order_late_to_ship_is_late_today(made):
    late = [
        order
        for order in made
        if order.status is OrderStatus.PAID and order.promised_ship_by.date() < TODAY
    ]

    assert late


def test_there_are_bundles_orders_made_to_measure_and_customers_with_several_orders(made):
    nicknames = [order.nickname for order in made]

    assert [line for order in made for line in order.lines if line.bundle]
    assert [line for order in made for line in order.lines if line.made_to_order]
    assert len(set(nicknames)) < len(nicknames)


def test_loading_puts_all_in_and_loading_again_changes_nothing(shop, orders, made):
    assert shop.load_into(orders) == len(made)
    assert shop.load_into(orders) == 0
    assert all(orders.by_order_no(order.order_no) == order for order in made[:80])


def test_loading_again_does_not_undo_what_staff_have_done(shop, orders, made):
    shop.load_into(orders)
    orders.add_note(made[0].order_no, Note("客户来电"))

    shop.load_into(orders)

    expected = replace(made[0], notes=(*made[0].notes, Note("客户来电")))
    assert orders.by_order_no(made[0].order_no) == expected
