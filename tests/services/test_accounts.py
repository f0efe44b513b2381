"""Signing in and the lead's work on accounts, on a real database."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import profiles

from bot.adapters.accounts_sql import SqlAccounts, SqlAuditLog
from bot.adapters.attempts import FOR_A_NAME, FROM_A_CALLER, LimitedAttempts
from bot.adapters.passwords import Argon2Passwords
from bot.core.accounts import AccountRefused, SignInRefused, TooManyAttempts, UnknownAccount
from bot.core.moments import SHANGHAI
from bot.core.people import Person, Role
from bot.services.accounts import FIRST, Accounts
from tests.databases import new_database

NOW = datetime(2026, 11, 26, 10, tzinfo=SHANGHAI)
LEAD = Person("苏", Role.LEAD)
PASSWORD = "correct horse"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    with closing(new_database(tmp_path / "shop.db")) as database:
        kept, audit = SqlAccounts(database), SqlAuditLog(database)
        made = Accounts(kept, Argon2Passwords(profiles.CHEAPEST), LimitedAttempts(), audit)
        made.create(LEAD, NOW, "苏", "lead", PASSWORD)
        made.create(LEAD, NOW, "Lin", "agent", PASSWORD)
        yield made


def test_name_and_password_sign_in_however_the_name_is_capitalised(accounts):
    assert accounts.sign_in(" lin ", PASSWORD, HERE).person == Person("Lin", Role.AGENT)


@pytest.mark.parametrize(
    ("name", "password"), [("Lin", "wrong horse"), ("nobody", PASSWORD), ("Lin", "")]
)
def test_what_does_not_belong_together_is_refused_without_telling_which(accounts, name, password):
    with pytest.raises(SignInRefused, match="姓名或密码不对"):
        accounts.sign_in(name, password, HERE)


def test_after_too_many_wrong_passwords_even_the_right_one_has_to_wait_from_there_alone(accounts):
    for _ in range(FOR_A_NAME.amount):
        with pytest.raises(SignInRefused):
            accounts.sign_in("Lin", "wrong", HERE)

    with pytest.raises(TooManyAttempts, match="15 分钟"):
        accounts.sign_in("Lin", PASSWORD, HERE)
    assert accounts.sign_in("Lin", PASSWORD, THERE).name == "Lin"


def test_one_wrong_password_fewer_than_the_limit_does_no_harm_and_success_begins_anew(accounts):
    for _ in range(2):
        for _ in range(FOR_A_NAME.amount - 1):
            with pytest.raises(SignInRefused):
                accounts.sign_in("Lin", "wrong", HERE)
        assert accounts.sign_in("Lin", PASSWORD, HERE).name == "Lin"


def test_who_tries_many_names_has_to_wait_too(accounts):
    for number in range(FROM_A_CALLER.amount):
        with pytest.raises(SignInRefused):
            accounts.sign_in(f"name {number}", "wrong", HERE)

    with pytest.raises(TooManyAttempts):
        accounts.sign_in("Lin", PASSWORD, HERE)


def test_an_account_out_of_use_signs_in_no_more_and_its_session_ends(accounts):
    session = accounts.sign_in("Lin", PASSWORD, HERE)
    assert accounts.current("Lin", session.version) == session

    accounts.revise(LEAD, NOW, "Lin", "agent", active=False)

    assert accounts.current("Lin", session.version) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in("Lin", PASSWORD, HERE)


def test_another_role_ends_the_sessions_and_counts_from_the_next_one(accounts):
    session = accounts.sign_in("Lin", PASSWORD, HERE)

    accounts.revise(LEAD, NOW, "Lin", "supervisor", active=True)

    assert accounts.current("Lin", session.version) is None
    assert accounts.sign_in("Lin", PASSWORD, HERE).role is Role.SUPERVISOR


def test_a_change_that_changes_nothing_ends_no_session(accounts):
    session = accounts.sign_in("Lin", PASSWORD, HERE)

    accounts.revise(LEAD, NOW, "Lin", "agent", active=True)

    assert accounts.current("Lin", session.version) == session


def test_the_shop_never_loses_its_last_lead(accounts):
    with pytest.raises(AccountRefused, match="至少要留一位"):
        accounts.revise(LEAD, NOW, "苏", "agent", active=True)

    assert accounts.sign_in("苏", PASSWORD, HERE).role is Role.LEAD


def test_ones_own_password_is_changed_with_the_old_one_only(accounts):
    lin = Person("Lin", Role.AGENT)
    with pytest.raises(AccountRefused, match="现在的密码不对") as refused:
        accounts.change_password(lin, NOW, "wrong", "battery staple")
    assert refused.value.field == "old"

    accounts.change_password(lin, NOW, PASSWORD, "battery staple")

    assert accounts.sign_in("Lin", "battery staple", HERE)
    with pytest.raises(SignInRefused):
        accounts.sign_in("Lin", PASSWORD, HERE)


def test_a_password_set_anew_by_the_lead_is_the_one_that_counts(accounts):
    password = accounts.reset_password(LEAD, NOW, "Lin")

    assert accounts.sign_in("Lin", password, HERE)
    with pytest.raises(UnknownAccount):
        accounts.reset_password(LEAD, NOW, "nobody")


def test_a_name_is_given_once(accounts):
    with pytest.raises(AccountRefused, match="已经有人叫"):
        accounts.create(LEAD, NOW, "lin", "agent", PASSWORD)


def test_the_first_account_is_made_once_and_only_where_there_is_none(accounts, tmp_path):
    assert accounts.first(NOW) is None

    with closing(new_database(tmp_path / "new.db")) as database:
        kept, audit = SqlAccounts(database), SqlAuditLog(database)
        new = Accounts(kept, Argon2Passwords(profiles.CHEAPEST), LimitedAttempts(), audit)
        password = new.first(NOW)

        assert password
        assert new.sign_in(FIRST, password, HERE).role is Role.LEAD
        assert new.first(NOW) is None


def test_every_change_is_in_the_audit_log_and_no_password_is(accounts):
    accounts.revise(LEAD, NOW, "Lin", "supervisor", active=True)
    password = accounts.reset_password(LEAD, NOW, "Lin")

    lines = accounts.audit.latest(10, about="Lin")

    assert [line.what for line in lines] == ["换密码", "修改账号", "新建账号"]
    assert lines[1].by == LEAD
    assert lines[1].at == NOW
    assert (lines[1].before, lines[1].after) == (
        {"角色": "客服", "在用": "是"},
        {"角色": "主管", "在用": "是"},
    )
    assert password not in str(lines)


def test_a_hash_with_older_settings_is_renewed_when_its_owner_signs_in(accounts):
    kept = accounts.kept
    before = kept.find("Lin")[1]
    newer = Accounts(kept, Argon2Passwords(profiles.PRE_21_2), LimitedAttempts(), accounts.audit)

    newer.sign_in("Lin", PASSWORD, HERE)

    assert kept.find("Lin")[1] != before
    assert newer.sign_in("Lin", PASSWORD, HERE)
