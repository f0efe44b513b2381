"""Who works in the shop: each person's name and what they are there for."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    BOT = "bot"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    FINANCE = "finance"
    WAREHOUSE = "warehouse"
    LEAD = "lead"
    TRAINEE = "trainee"


TITLES = {
    Role.BOT: "机器人",
    Role.AGENT: "客服",
    Role.SUPERVISOR: "主管",
    Role.FINANCE: "财务",
    Role.WAREHOUSE: "仓库",
    Role.LEAD: "负责人",
    Role.TRAINEE: "新人",
}


def titles(roles: Collection[Role]) -> str:
    """「客服、主管」, always in the same order."""
    return "、".join(TITLES[role] for role in Role if role in roles)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: Role
