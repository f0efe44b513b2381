"""Who may sign in: accounts, the audit log, the secret of the cookies, the demo shop's staff."""

from contextlib import closing
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from bot.wiring.parts import policy_folders, shop_database, var_folder

if TYPE_CHECKING:
    from bot.adapters.attempts import LimitedAttempts
    from bot.adapters.database import Database
    from bot.adapters.demo_staff import DemoStaff
    from bot.adapters.passwords import Argon2Passwords
    from bot.services.accounts import Accounts
    from bot.services.ports import AuditLog


def accounts(database: "Database") -> "Accounts":
    """The accounts of this database."""
    from bot.adapters.accounts_sql import SqlAccounts
    from bot.services.accounts import Accounts

    return Accounts(SqlAccounts(database), _passwords(), _attempts(), audit(database))


def audit(database: "Database") -> "AuditLog":
    """Who changed what in this database."""
    from bot.adapters.accounts_sql import SqlAuditLog

    return SqlAuditLog(database)


def secret() -> str:
    """What signs this shop's cookies."""
    from bot.adapters.secret_file import secret

    return secret(var_folder())


def demo_staff() -> "DemoStaff":
    """Who works in the demo shop."""
    from bot.adapters.demo_staff import read_staff

    return read_staff(policy_folders()[0])


def first_account(demo: bool) -> str | None:
    """The password of the lead's account, where this start has made it; told once.

    The demo shop has its own staff instead.
    """
    from bot.core.moments import SHANGHAI

    now = datetime.now(SHANGHAI)
    with closing(shop_database()) as database:
        people = accounts(database)
        if demo:
            _sign_up(demo_staff(), people, now)
            return None
        return people.first(now)


def _sign_up(staff: "DemoStaff", people: "Accounts", now: datetime) -> None:
    """Give those of the demo shop's staff an account who have none yet."""
    from bot.services.accounts import SETUP

    there = {account.name for account in people.all()}
    for one in staff.people:
        if one.name not in there:
            people.create(SETUP, now, one.name, one.role, staff.password)


@cache
def _passwords() -> "Argon2Passwords":
    from bot.adapters.passwords import Argon2Passwords

    return Argon2Passwords()


@cache
def _attempts() -> "LimitedAttempts":
    """One count for all who sign in at this process."""
    from bot.adapters.attempts import LimitedAttempts

    return LimitedAttempts()
