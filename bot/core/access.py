"""Which pages a role works with, and where it starts.

Who talks with customers has the desk; nobody else sees a conversation.
"""

from dataclasses import dataclass

from bot.core.people import Role

TALKING = frozenset({Role.AGENT, Role.SUPERVISOR, Role.LEAD})
"""Who may open a conversation."""
OVERSEEING = frozenset({Role.SUPERVISOR, Role.LEAD})
"""Who decides what is beyond an agent."""
KEEPING = TALKING | {Role.FINANCE, Role.WAREHOUSE}
"""Who works with the registers."""
PRACTISING = TALKING | {Role.TRAINEE}
"""Who practises talking with customers."""
MANAGING = frozenset({Role.LEAD})
"""Who keeps the accounts and sees who has changed what."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation."""

    path: str
    title: str
    roles: frozenset[Role]


PLACES = (
    Place("/desk", "工作台", TALKING),
    Place("/records", "登记", KEEPING),
    Place("/orders", "订单", KEEPING),
    Place("/duties", "今天要办", KEEPING),
    Place("/approvals", "待批准", OVERSEEING),
    Place("/phrases", "短语", TALKING),
    Place("/handover", "交班", TALKING),
    Place("/practice", "练习", PRACTISING),
    Place("/lead/practice", "带新人", OVERSEEING),
    Place("/lead/quality", "质量", OVERSEEING),
    Place("/lead/policy", "规则", OVERSEEING),
    Place("/lead/people", "账号", MANAGING),
    Place("/lead/audit", "改动记录", MANAGING),
)
ACCOUNT = "/account"
"""Everybody's own page."""


def places_of(role: Role) -> tuple[Place, ...]:
    """The navigation of this role."""
    return tuple(place for place in PLACES if role in place.roles)


def start_of(role: Role) -> str:
    """The page that this role sees first."""
    return next((place.path for place in places_of(role)), ACCOUNT)
