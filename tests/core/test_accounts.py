"""An account's name, password and role; and that somebody is left to manage them."""

import pytest

from bot.core.accounts import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    Account,
    AccountRefused,
    check_leads_left,
    check_password,
    check_role,
    clean_name,
)
from bot.core.people import Role


def test_a_name_is_kept_without_needless_spaces():
    assert clean_name("  林   可 ") == "林 可"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (" ", "请写姓名"),
        ("林" * (LONGEST_NAME + 1), "最多"),
        ("林\x07可", "不能显示"),
        ("LIN", "已经有人叫"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(given, why):
    with pytest.raises(AccountRefused, match=why) as refused:
        clean_name(given, ["lin"])

    assert refused.value.field == "name"


def test_the_longest_name_is_taken():
    assert len(clean_name("林" * LONGEST_NAME)) == LONGEST_NAME


@pytest.mark.parametrize("length", [SHORTEST_PASSWORD, LONGEST_PASSWORD])
def test_a_password_within_the_limits_is_taken(length):
    check_password(("a1b2c3d4e5" * 20)[:length], "林可")


@pytest.mark.parametrize(
    "password",
    [
        "a1b2c3d4e5"[: SHORTEST_PASSWORD - 1],
        ("a1b2c3d4e5" * 20)[: LONGEST_PASSWORD + 1],
        "aaaaaaaaaaaa",
        "Lin-Ke-2026",
    ],
)
def test_a_password_too_short_too_long_or_easy_to_guess_is_refused(password):
    with pytest.raises(AccountRefused):
        check_password(password, "lin-ke-2026")


@pytest.mark.parametrize("given", ["bot", "boss", ""])
def test_only_a_persons_role_can_be_given(given):
    with pytest.raises(AccountRefused, match="请选一个角色"):
        check_role(given)


def test_a_persons_role_is_taken():
    assert check_role("finance") is Role.FINANCE


def test_the_last_lead_in_use_stays_one():
    lead, other = Account("苏", Role.LEAD), Account("旧", Role.LEAD, active=False)

    with pytest.raises(AccountRefused, match="至少要留一位"):
        check_leads_left([lead, other], Account("苏", Role.AGENT))
    with pytest.raises(AccountRefused, match="至少要留一位"):
        check_leads_left([lead, other], Account("苏", Role.LEAD, active=False))


def test_one_of_two_leads_may_become_something_else():
    check_leads_left(
        [Account("苏", Role.LEAD), Account("周", Role.LEAD)], Account("苏", Role.AGENT)
    )
