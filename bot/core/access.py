"""Which pages a role works with, and where it starts.

Who talks with customers has the desk; who keeps registers has those; a trainee sees no customer.
"""

from dataclasses import dataclass

from bot.core.people import Role

TALKING = frozenset({Role.AGENT, Role.SUPERVISOR, Role.LEAD})
"""Who may open a conversation."""
KEEPING = TALKING | {Role.FINANCE, Role.WAREHOUSE}
"""Who works with records, duties and orders."""
OVERSEEING = frozenset({Role.SUPERVISOR, Role.LEAD})
"""Who sees how the team does and decides what is beyond an agent."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation."""

    path: str
    title: str
    roles: frozenset[Role]


PLACES = (
    Place("/desk", "工作台", TALKING),
    Place("/records", "登记", KEEPING),
    Place("/records/approvals", "审批", OVERSEEING),
    Place("/duties", "今天要办", KEEPING),
    Place("/handover", "交班", TALKING),
    Place("/orders", "订单", KEEPING),
    Place("/lead/quality", "质量", OVERSEEING),
    Place("/lead", "管理", frozenset({Role.LEAD})),
)
ACCOUNT = "/account"
"""Everybody's own page."""


def places_of(role: Role) -> tuple[Place, ...]:
    """The navigation of this role."""
    return tuple(place for place in PLACES if role in place.roles)


def start_of(role: Role) -> str:
    """The page that this role sees first."""
    return next((place.path for place in places_of(role)), ACCOUNT)
