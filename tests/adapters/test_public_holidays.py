"""The announced holidays, and the shop's own exceptions in its calendar file."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_policy
from bot.adapters.public_holidays import announced
from bot.core.working_days import WorkingDays
from bot.services.ports import PolicyError


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 14), True),  # a Saturday that makes up for the Spring Festival
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # another make-up Saturday, the last day of its month
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2025, 10, 18), False),  # any Saturday
    ],
)
def test_the_announced_holidays_and_make_up_days_are_known(day: date, worked: bool) -> None:
    assert (day in announced()) is worked


def test_the_years_that_are_known_have_no_gap_and_an_end() -> None:
    years = announced().known_years

    assert sorted(years) == list(range(min(years), max(years) + 1))
    assert {2024, 2025, 2026} <= years
    assert announced().unannounced(date(2025, 1, 1), date(max(years) + 1, 1, 1)) == max(years) + 1


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    checkout = Path(__file__).parents[2]
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")
    return tmp_path


def calendar_of(shop: Path, text: str) -> WorkingDays:
    (shop / "policy/calendar.yml").write_text(text, encoding="utf-8")
    return load_policy(shop / "policy", shop / "scripts").figures.working_days


def test_the_shops_calendar_file_goes_before_the_announcement(shop: Path) -> None:
    days = calendar_of(
        shop, "days_off: {2026-02-13: 提前放假}\nworking_days: {2026-05-10: 周日加班}\n"
    )

    assert date(2026, 2, 13) not in days
    assert date(2026, 5, 10) in days
    assert date(2026, 2, 14) in days


def test_a_day_that_is_both_off_and_worked_is_refused_with_its_line(shop: Path) -> None:
    with pytest.raises(PolicyError, match=r"calendar.yml:2 working_days.2026-05-10: .*days_off"):
        calendar_of(shop, "days_off: {2026-05-10: 休}\nworking_days: {2026-05-10: 班}\n")


def test_a_misspelt_key_is_refused(shop: Path) -> None:
    with pytest.raises(PolicyError, match="did you mean days_off"):
        calendar_of(shop, "day_off: {}\ndays_off: {}\nworking_days: {}\n")
