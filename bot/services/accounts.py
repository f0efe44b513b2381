"""Signing in, and the accounts that the lead keeps."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.accounts import (
    Account,
    AccountRefused,
    SignInRefused,
    TooManyAttempts,
    UnknownAccount,
    check_leads_left,
    check_password,
    check_role,
    clean_name,
)
from bot.core.people import TITLES, Person, Role
from bot.services.ports import AccountsKept, Attempts, AuditLog, Passwords

SETUP = Person("安装", Role.LEAD)
"""Who creates the first account: nobody is there yet."""
FIRST = "负责人"
PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class Accounts:
    """The shop's accounts; whatever changes one is in the audit log."""

    kept: AccountsKept
    passwords: Passwords
    attempts: Attempts
    audit: AuditLog

    def sign_in(self, name: str, password: str, caller: str) -> Account:
        """The account of this name and password.

        Args:
            caller: where the attempt comes from; whoever tries too often has to wait.

        Raises:
            SignInRefused: they do not belong together, or the account is no longer in use.
            TooManyAttempts: too many were wrong lately.
        """
        name = " ".join(name.split())
        if minutes := self.attempts.wait(name.casefold(), caller):
            raise TooManyAttempts(minutes)
        account, hashed = self.kept.find(name) or (None, None)
        # A name that nobody has takes as long as a wrong password: names cannot be found out.
        right = self.passwords.verify(hashed, password)
        if account is None or not right or not account.active:
            self.attempts.failed(name.casefold(), caller)
            raise SignInRefused
        self.attempts.succeeded(name.casefold(), caller)
        if hashed and self.passwords.outdated(hashed):
            self.kept.save(account, self.passwords.hash(password))
        return account

    def current(self, name: str, version: int) -> Account | None:
        """The account that signed in at this version, while nothing of it has changed since."""
        found = self.kept.find(name)
        if found is None or not found[0].active or found[0].version != version:
            return None
        return found[0]

    def all(self) -> Sequence[Account]:
        """Every account, those in use first."""
        return sorted(self.kept.all(), key=lambda one: (not one.active, one.role, one.name))

    def create(self, by: Person, at: datetime, name: str, role: str, password: str) -> Account:
        """A new account.

        Raises:
            AccountRefused: its name, role or password cannot be so.
        """
        taken = [one.name for one in self.kept.all()]
        account = Account(clean_name(name, taken), check_role(role))
        check_password(password, account.name)
        self.kept.add(account, self.passwords.hash(password), at)
        self.audit.note(by, at, "新建账号", account.name, None, _shown(account))
        return account

    def revise(self, by: Person, at: datetime, name: str, role: str, active: bool) -> Account:
        """Give an account another role, take it out of use or back into it.

        Raises:
            AccountRefused: no such account or role, or no lead would be left.
        """
        before = self._account(name)
        after = replace(before, role=check_role(role), active=active)
        if after == before:
            return before
        after = replace(after, version=before.version + 1)
        check_leads_left(self.kept.all(), after)
        self.kept.save(after)
        self.audit.note(by, at, "修改账号", name, _shown(before), _shown(after))
        return after

    def reset_password(self, by: Person, at: datetime, name: str) -> str:
        """A new password for somebody, to be told to them once."""
        account = self._account(name)
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        self._new_password(by, at, account, password)
        return password

    def change_password(self, by: Person, at: datetime, old: str, new: str) -> Account:
        """One's own password; the account as it is from now on.

        Raises:
            AccountRefused: the old one is wrong or the new one cannot be so.
        """
        found = self.kept.find(by.name)
        if found is None or not self.passwords.verify(found[1], old):
            raise AccountRefused("old", "现在的密码不对")
        check_password(new, by.name)
        return self._new_password(by, at, found[0], new)

    def first(self, at: datetime) -> str | None:
        """The password of the lead's account, where there was no account at all until now."""
        if self.kept.all():
            return None
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        self.create(SETUP, at, FIRST, Role.LEAD, password)
        return password

    def _new_password(self, by: Person, at: datetime, account: Account, password: str) -> Account:
        after = replace(account, version=account.version + 1)
        self.kept.save(after, self.passwords.hash(password))
        self.audit.note(by, at, "换密码", account.name, None, None)
        return after

    def _account(self, name: str) -> Account:
        found = self.kept.find(name)
        if found is None:
            raise UnknownAccount(name)
        return found[0]


def _shown(account: Account) -> dict[str, str]:
    return {"角色": TITLES[account.role], "在用": "是" if account.active else "否"}
