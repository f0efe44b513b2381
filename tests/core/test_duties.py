"""The shop's duties fall on their days and times, over weekends, holidays and months' ends."""

from datetime import date, datetime, timedelta

import pytest

from bot.core.days import Unit
from bot.core.duties import Duty, DutyRule, Every, OpenRecord, duties_on, falls_on
from bot.core.moments import SHANGHAI
from bot.core.parameters import Figures
from bot.core.working_days import WorkingDays
from tests.builders import parameter

HOLIDAYS = WorkingDays(
    frozenset(
        {
            *(date(2025, 10, day) for day in range(1, 9)),  # National Day
            *(date(2026, 2, day) for day in range(15, 24)),  # Spring Festival
        }
    ),
    frozenset({date(2025, 10, 11), date(2026, 2, 28)}),
    frozenset({2025, 2026}),
)
FIGURES = Figures(
    {
        "finance_cutoff": parameter("finance_cutoff", "10:00", Unit.CLOCK),
        "payout_days": parameter("payout_days", 3),
    },
    HOLIDAYS,
)
VAT = DutyRule("vat", "增票", Every.WORKING_DAY, ("增票登记",), before="finance_cutoff")
PAYOUTS = DutyRule("payouts", "打款", Every.WORKING_DAY, ("退运费登记",), within="payout_days")
WEEKLY = DutyRule("weekly", "周一", Every.MONDAY, ("质量问题登记",))
CLAIMS = DutyRule("claims", "索赔", Every.MONTH_END, ("索赔单",))
RULES = (WEEKLY, CLAIMS, PAYOUTS, VAT)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def record(register: str, opened: datetime, number: str = "1") -> OpenRecord:
    return OpenRecord(number, register, "待办", opened)


def duties(now: datetime, *records: OpenRecord) -> list[Duty]:
    return duties_on(now, RULES, records, FIGURES)


def ids(found: list[Duty]) -> list[str]:
    return [duty.id for duty in found]


FRIDAY, SATURDAY, MONDAY = date(2025, 10, 17), date(2025, 10, 18), date(2025, 10, 20)


@pytest.mark.parametrize(
    ("day", "falls"),
    [
        (FRIDAY, False),
        (SATURDAY, False),
        (MONDAY, True),
        (MONDAY + timedelta(days=1), False),
        (date(2025, 9, 29), True),  # the Monday before the holiday
        (date(2025, 10, 6), False),  # a Monday in the holiday
        (date(2025, 10, 9), True),  # its first working day, a Thursday
        (date(2025, 10, 11), False),  # the make-up Saturday
        (date(2026, 2, 16), False),  # a week that is off as a whole
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
    ],
)
def test_a_monday_that_is_off_moves_to_the_next_working_day(day: date, falls: bool) -> None:
    assert falls_on(Every.MONDAY, day, HOLIDAYS) is falls


@pytest.mark.parametrize(
    ("day", "falls"),
    [
        (date(2025, 10, 30), False),
        (date(2025, 10, 31), True),  # a Friday
        (date(2025, 8, 29), True),  # the Friday before a weekend that ends the month
        (date(2025, 8, 30), False),
        (date(2025, 8, 31), False),
        (date(2026, 2, 27), False),
        (date(2026, 2, 28), True),  # a make-up Saturday is worked
        (date(2024, 2, 29), True),  # a leap year's Thursday
        (date(2024, 2, 28), False),
    ],
)
def test_the_months_last_working_day_is_its_end(day: date, falls: bool) -> None:
    assert falls_on(Every.MONTH_END, day, HOLIDAYS) is falls


@pytest.mark.parametrize(
    ("day", "falls"),
    [(FRIDAY, True), (SATURDAY, False), (date(2025, 10, 8), False), (date(2025, 10, 11), True)],
)
def test_a_daily_duty_falls_on_working_days_only(day: date, falls: bool) -> None:
    assert falls_on(Every.WORKING_DAY, day, HOLIDAYS) is falls


def test_vat_data_are_due_at_ten_also_when_there_are_none() -> None:
    (duty,) = duties(at(FRIDAY))

    assert (duty.id, duty.due) == ("vat", at(FRIDAY, 10))
    assert not duty.overdue(at(FRIDAY, 18))


@pytest.mark.parametrize(("minute", "overdue"), [(59, False), (60, True)])
def test_vat_data_are_overdue_from_ten_on(minute: int, overdue: bool) -> None:
    now = at(FRIDAY, 9) + timedelta(minutes=minute)

    (duty,) = duties(now, record("增票登记", at(FRIDAY, 8)))

    assert duty.overdue(now) is overdue


def test_vat_data_that_come_at_ten_are_due_on_the_next_working_day() -> None:
    early, late = (
        record("增票登记", at(FRIDAY, 9, 59), "1"),
        record("增票登记", at(FRIDAY, 10), "2"),
    )

    (today,) = duties(at(FRIDAY, 11), early, late)
    monday = next(duty for duty in duties(at(MONDAY, 9), late) if duty.id == "vat")

    assert today.records == (early,)
    assert (monday.records, monday.due) == ((late,), at(MONDAY, 10))


def test_vat_data_that_were_left_are_overdue_also_on_a_saturday() -> None:
    left = record("增票登记", at(FRIDAY, 8))

    (duty,) = duties(at(SATURDAY), left)

    assert (duty.due, duty.overdue(at(SATURDAY))) == (at(FRIDAY, 10), True)
    assert duties(at(SATURDAY)) == []


def test_vat_data_from_before_the_holiday_are_due_after_it() -> None:
    evening = record("增票登记", at(date(2025, 9, 30), 18))

    assert duties(at(date(2025, 10, 8)), evening) == []
    assert duties(at(date(2025, 10, 9)), evening)[0].due == at(date(2025, 10, 9), 10)


@pytest.mark.parametrize(
    ("opened", "due"),
    [(at(FRIDAY, 9, 59), MONDAY), (at(FRIDAY, 10), MONDAY + timedelta(days=3))],
)
def test_a_payout_counts_from_the_day_finance_takes_it_up(opened: datetime, due: date) -> None:
    slip = record("退运费登记", opened)

    assert "payouts" not in ids(duties(at(due - timedelta(days=1)), slip))
    assert "payouts" in ids(duties(at(due), slip))


def test_a_monday_at_months_end_has_all_duties_by_their_time() -> None:
    day = date(2026, 11, 30)
    quality, claim = record("质量问题登记", at(FRIDAY)), record("索赔单", at(FRIDAY))

    found = duties(at(day), quality, claim)

    assert ids(found) == ["vat", "weekly", "claims"]
    assert [duty.records for duty in found] == [(), (quality,), (claim,)]
