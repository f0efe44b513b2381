"""By when something will be, in the words of a Monday at one o'clock."""

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.language.deadlines import deadline, is_vague

MONDAY = datetime(2025, 10, 13, 13, 0, tzinfo=timezone(timedelta(hours=8)))


def later(day: date, days: int) -> date:
    """Working days of a week whose Tuesday is a holiday."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day != date(2025, 10, 14)
    return day


def written(text: str, at: datetime = MONDAY) -> str | None:
    due = deadline(text, at, later)
    return due.strftime("%m-%d %H:%M") if due else None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("明天给您回电", "10-14 23:59"),
        ("明天上午回电", "10-14 12:00"),
        ("明早九点给您打电话", "10-14 09:00"),
        ("明天下午三点半", "10-14 15:30"),
        ("周五前寄出", "10-17 23:59"),
        ("下周一给您发", "10-20 23:59"),
        ("15号给您打款", "10-15 23:59"),
        ("8号给您打款", "11-08 23:59"),
        ("20号到22号之间发货", "10-22 23:59"),
        ("第二天给您寄出", "10-14 23:59"),
    ],
)
def test_a_day_that_is_named_lies_ahead(text: str, due: str) -> None:
    assert written(text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我三点前回复您", "10-13 15:00"),
        ("今天下班前", "10-13 18:00"),
        ("下午给您回电", "10-13 18:00"),
        ("晚上8点前", "10-13 20:00"),
        ("今晚12点前", "10-14 00:00"),
        ("稍后给您回电", "10-13 23:59"),
        ("10分钟内给您回电", "10-13 13:10"),
        ("半小时内回复", "10-13 13:30"),
        ("一个半小时内", "10-13 14:30"),
    ],
)
def test_an_hour_without_a_day_is_the_next_one_of_the_working_day(text: str, due: str) -> None:
    assert written(text) == due


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(14, 59, "10-13 15:00"), (15, 0, "10-13 15:00"), (15, 1, "10-14 15:00")],
)
def test_three_oclock_is_tomorrows_once_it_is_past(hour: int, minute: int, due: str) -> None:
    assert written("三点前回复您", MONDAY.replace(hour=hour, minute=minute)) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("两三天内打到您支付宝", "10-16 23:59"),
        ("2-3天内打款", "10-16 23:59"),
        ("2到3天", "10-16 23:59"),
        ("三五天", "10-18 23:59"),
        ("一两天", "10-15 23:59"),
        ("两天后给您回电", "10-15 23:59"),
        ("一周内退给您", "10-20 23:59"),
        ("48小时内", "10-15 13:00"),
        ("这周内给您答复", "10-19 23:59"),
        ("下周给您答复", "10-26 23:59"),
        ("月底前", "10-31 23:59"),
    ],
)
def test_a_length_of_time_ends_with_its_last_day(text: str, due: str) -> None:
    assert written(text) == due


def test_working_days_are_counted_by_the_calendar() -> None:
    assert written("三个工作日内") == "10-17 23:59"
    assert written("1-3个工作日") == "10-17 23:59"


@pytest.mark.parametrize(
    "text", ["昨天", "3天前签收的", "尽快", "上午给您回电", "您好", "第3天", "每天"]
)
def test_what_is_past_or_not_said_is_no_deadline(text: str) -> None:
    assert written(text) is None


def test_soon_is_told_from_a_time() -> None:
    assert is_vague("马上帮您查")
    assert not is_vague("明天帮您查")
