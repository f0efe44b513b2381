from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from bot.adapters.columns import Moment, Money
from bot.adapters.order_statements import LINES, NOTES, ORDERS
from bot.core.moments import SHANGHAI
from bot.core.orders import Order

MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AMOUNTS = st.integers(-(10**12) + 1, 10**12 - 1).map(lambda fen: Decimal(fen).scaleb(-2))
MOMENTS = st.datetimes(
    datetime(1992, 1, 1),  # noqa: DTZ001 - the zone is drawn as well
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@pytest.fixture
def order_id(database, orders):
    orders.upsert(Order("250904220031"))
    with database.reading() as connection:
        return connection.scalar(select(ORDERS.c.id))


@MANY
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=20))
def test_money_comes_back_to_the_fen(database, order_id, amounts):
    rows = [
        {"order_id": order_id, "seq": seq, "sku": "", "title": "", "qty": 1, "paid": amount}
        for seq, amount in enumerate(amounts)
    ]

    with database.writing() as connection:
        connection.execute(delete(LINES))
        connection.execute(insert(LINES), rows)
        kept = list(connection.scalars(select(LINES.c.paid).order_by(LINES.c.seq)))

    assert kept == amounts
    assert all(type(amount) is Decimal for amount in kept)


@MANY
@given(moments=st.lists(MOMENTS, min_size=1, max_size=20))
def test_moments_come_back_as_the_same_instant_in_shanghai_time(database, order_id, moments):
    rows = [
        {"order_id": order_id, "seq": seq, "text": "", "at": moment}
        for seq, moment in enumerate(moments)
    ]

    with database.writing() as connection:
        connection.execute(delete(NOTES))
        connection.execute(insert(NOTES), rows)
        kept = list(connection.scalars(select(NOTES.c.at).order_by(NOTES.c.seq)))

    assert kept == moments
    assert all(moment.tzinfo is SHANGHAI for moment in kept)


def test_money_is_compared_as_a_number_in_the_database(database, order_id):
    rows = [
        {"order_id": order_id, "seq": seq, "sku": "", "title": "", "qty": 1, "paid": Decimal(paid)}
        for seq, paid in enumerate(["9.00", "100.00", "10.50"])
    ]

    with database.writing() as connection:
        connection.execute(insert(LINES), rows)
        above = select(LINES.c.paid).where(LINES.c.paid > Decimal("9.99")).order_by(LINES.c.paid)

        assert list(connection.scalars(above)) == [Decimal("10.50"), Decimal("100.00")]


@pytest.mark.parametrize("amount", ["0.001", "1E-3", "10000000000.00", "NaN", "Infinity"])
def test_an_amount_that_cannot_be_kept_exactly_is_refused(database, amount):
    with pytest.raises(ValueError, match="whole fen"):
        Money().process_bind_param(Decimal(amount), database.engine.dialect)


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(ValueError, match="no time zone"):
        Moment().process_bind_param(datetime(2025, 10, 22), database.engine.dialect)  # noqa: DTZ001


def test_nothing_stays_nothing(database):
    dialect = database.engine.dialect

    for kind in (Money(), Moment()):
        assert kind.process_bind_param(None, dialect) is None
        assert kind.process_result_value(None, dialect) is None
