"""Who may sign in: a name that is nobody else's, a role, and a password that is hard to guess."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core.people import TITLES, Person, Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
LONGEST_NAME = 40
STAFF = tuple(role for role in Role if role is not Role.BOT)
"""The roles that an account can have."""


class AccountRefused(ValueError):
    """Something about an account cannot be so: the field, and how to mend it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class SignInRefused(AccountRefused):
    """Name and password do not belong together. Which of them is wrong is not told."""

    def __init__(self) -> None:
        super().__init__("password", "姓名或密码不对，请再试一次")


class TooManyAttempts(AccountRefused):
    """Somebody tries passwords out."""

    def __init__(self, minutes: int) -> None:
        super().__init__("password", f"试错太多次，请 {minutes} 分钟后再试，或请负责人换一个密码")


class UnknownAccount(AccountRefused):
    def __init__(self, name: str) -> None:
        super().__init__("name", f"没有「{name}」这个账号，请刷新页面再选")


@dataclass(frozen=True, slots=True)
class Account:
    """One person's way in."""

    name: str
    role: Role
    active: bool = True
    version: int = 1
    """Counts changes of role, password and standing: whoever signed in before must do so again."""

    @property
    def person(self) -> Person:
        return Person(self.name, self.role)


def clean_name(given: str, taken: Collection[str] = ()) -> str:
    """The name as it is kept.

    Raises:
        AccountRefused: empty, too long, unprintable or taken.
    """
    name = " ".join(given.split())
    if not name:
        raise AccountRefused("name", "请写姓名")
    if len(name) > LONGEST_NAME:
        raise AccountRefused("name", f"姓名最多 {LONGEST_NAME} 个字")
    if not name.isprintable():
        raise AccountRefused("name", "姓名里有不能显示的字符，请去掉")
    if name.casefold() in {one.casefold() for one in taken}:
        raise AccountRefused("name", f"已经有人叫「{name}」了，请加一个字区分")
    return name


def check_password(password: str, name: str) -> None:
    """Raises AccountRefused: too short, too long, or too easy to guess."""
    if len(password) < SHORTEST_PASSWORD:
        raise AccountRefused("password", f"密码至少 {SHORTEST_PASSWORD} 个字符")
    if len(password) > LONGEST_PASSWORD:
        raise AccountRefused("password", f"密码最多 {LONGEST_PASSWORD} 个字符")
    if len(set(password)) < SHORTEST_PASSWORD // 2 or password.casefold() == name.casefold():
        raise AccountRefused("password", "这个密码太好猜，请换一个")


def check_role(given: str) -> Role:
    """Raises AccountRefused: no role that a person can have."""
    if given not in STAFF:
        raise AccountRefused("role", f"请选一个角色：{'、'.join(TITLES[role] for role in STAFF)}")
    return Role(given)


def check_leads_left(accounts: Collection[Account], changed: Account) -> None:
    """Raises AccountRefused: after the change nobody could manage accounts any more."""
    after = [changed if one.name == changed.name else one for one in accounts]
    if not any(one.active and one.role is Role.LEAD for one in after):
        raise AccountRefused("role", "至少要留一位在用的负责人，请先给别人这个角色")
