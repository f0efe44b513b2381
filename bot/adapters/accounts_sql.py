"""Accounts and the audit log in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_people import AccountRow, AuditRow
from bot.core.accounts import Account, AccountRefused
from bot.core.audit import Noted
from bot.core.people import Person, Role

ACCOUNTS = table(AccountRow)
AUDIT = table(AuditRow)


class SqlAccounts:
    """Implements ``ports.AccountsKept``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, name: str) -> tuple[Account, str] | None:
        wanted = select(ACCOUNTS).where(ACCOUNTS.c.folded == name.casefold())
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return (_account(row), row.password) if row else None

    def all(self) -> Sequence[Account]:
        with self._database.reading() as connection:
            return [_account(row) for row in connection.execute(select(ACCOUNTS))]

    def add(self, account: Account, hashed: str, at: datetime) -> None:
        row = {
            "name": account.name,
            "folded": account.name.casefold(),
            "role": account.role.value,
            "password": hashed,
            "active": account.active,
            "version": account.version,
            "created_at": at,
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(ACCOUNTS), row)
        except IntegrityError:
            raise AccountRefused("name", f"已经有人叫「{account.name}」了") from None

    def save(self, account: Account, hashed: str | None = None) -> None:
        changed: dict[str, Any] = {
            "role": account.role.value,
            "active": account.active,
            "version": account.version,
        }
        if hashed is not None:
            changed["password"] = hashed
        with self._database.writing() as connection:
            this = ACCOUNTS.c.folded == account.name.casefold()
            connection.execute(update(ACCOUNTS).where(this), changed)


class SqlAuditLog:
    """Implements ``ports.AuditLog``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self,
        by: Person,
        at: datetime,
        what: str,
        about: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        row = {
            "at": at,
            "by_name": by.name,
            "by_role": by.role.value,
            "what": what,
            "about": about,
            "before": None if before is None else dict(before),
            "after": None if after is None else dict(after),
        }
        with self._database.writing() as connection:
            connection.execute(insert(AUDIT), row)

    def latest(self, limit: int, before: int | None = None, about: str = "") -> Sequence[Noted]:
        wanted = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(AUDIT.c.id < before)
        if about:
            wanted = wanted.where(AUDIT.c.about == about)
        with self._database.reading() as connection:
            return [_noted(row) for row in connection.execute(wanted)]


def _account(row: Row[Any]) -> Account:
    return Account(row.name, Role(row.role), row.active, row.version)


def _noted(row: Row[Any]) -> Noted:
    by = Person(row.by_name, Role(row.by_role))
    return Noted(row.id, row.at, by, row.what, row.about, row.before, row.after)
