"""The shop's dated figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.core.days import Unit
from bot.core.parameters import Figure, NotInForce, Parameter
from tests.builders import TODAY, figures, parameter

RAISED = Parameter(
    "cable_compensation",
    "网线补偿",
    Unit.CNY,
    {date(2026, 3, 1): Decimal(3), date(2024, 1, 1): Decimal(2)},
)


@pytest.mark.parametrize(
    ("day", "yuan"),
    [
        (date(2024, 1, 1), 2),
        (date(2026, 2, 28), 2),
        (date(2026, 3, 1), 3),
        (date(2030, 1, 1), 3),
    ],
)
def test_the_figure_in_force_is_the_latest_that_has_started(day: date, yuan: int) -> None:
    assert RAISED.on(day) == yuan


def test_a_day_before_the_first_figure_is_refused_not_guessed() -> None:
    with pytest.raises(NotInForce, match="cable_compensation has no value on 2023-12-31"):
        RAISED.on(date(2023, 12, 31))


def test_a_figure_that_has_ended_is_refused_from_its_end_on() -> None:
    ended = replace(RAISED, values={**RAISED.values, date(2026, 9, 1): None})

    assert ended.on(date(2026, 8, 31)) == 3
    with pytest.raises(NotInForce):
        ended.on(date(2026, 9, 1))
    shop = figures(ended)
    assert shop.in_force([ended.name], date(2026, 8, 31))
    assert not shop.in_force([ended.name], date(2026, 9, 1))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Decimal("2.00"), Unit.CNY, "2"),
        (Decimal("0.30"), Unit.RATIO, "30%"),
        (Decimal("0.125"), Unit.RATIO, "12.5%"),
        (7, Unit.DAY, "7"),
        ("10:00", Unit.CLOCK, "10:00"),
        (("中通", "圆通"), Unit.NAMES, "中通、圆通"),
    ],
)
def test_a_figure_is_said_without_its_unit(value: Figure, unit: Unit, said: str) -> None:
    assert parameter("figure", value, unit).shown_on(TODAY) == said


def test_what_is_counted_and_what_is_paid_are_both_numbers() -> None:
    shop = figures(RAISED, parameter("window", 7))

    assert shop.number("window", TODAY) == 7
    assert shop.number("cable_compensation", TODAY) == 3


@pytest.mark.parametrize("value", ["10:00", ("中通",)])
def test_a_clock_time_or_a_list_is_no_number(value: Figure) -> None:
    shop = figures(parameter("cutoff", value, Unit.CLOCK))

    with pytest.raises(TypeError, match="cutoff is not a number"):
        shop.number("cutoff", TODAY)


def test_the_shop_knows_its_figures_by_name() -> None:
    shop = figures(parameter("window", 7), RAISED)

    assert shop.names() == ["cable_compensation", "window"]
    assert "window" in shop
    assert "extension" not in shop
    assert shop["window"].unit is Unit.DAY
