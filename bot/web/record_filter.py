"""Which records are looked for, as a page's address says it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from pydantic import AfterValidator

from bot.core.people import Role
from bot.core.records import State
from bot.services.casework import Listing
from bot.web.texts import clean, day

Text = Annotated[str, AfterValidator(clean)]
MINE = "mine"
"""In place of a register's name: those that one's own role keeps."""
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen above the list; empty where nothing was."""

    register: str = ""
    state: str = ""
    order_no: str = ""
    since: str = ""
    until: str = ""
    shop: str = ""
    courier: str = ""
    awaiting: str = ""
    before: int = 0

    def listing(self, role: Role) -> Listing:
        """As the services are asked; what is no day and no state does not narrow the list."""
        return Listing(
            register=None if self.register == MINE else self.register or None,
            state=State(self.state) if self.state in [*State] else None,
            owner=role if self.register == MINE else None,
            order_begins=self.order_no,
            since=self.first,
            until=self.last,
            shop=self.shop,
            courier=self.courier,
            awaiting=bool(self.awaiting),
            before=self.before,
        )

    @property
    def first(self) -> date | None:
        return day(self.since)

    @property
    def last(self) -> date | None:
        return day(self.until)

    def address(self, before: int = 0) -> str:
        """As the query of an address."""
        given = self._given() | {"before": before or ""}
        return urlencode({name: value for name, value in given.items() if value})

    def _given(self) -> dict[str, str | int]:
        return {name: value for name, value in asdict(self).items() if name != "before"}


def in_query(
    register: Text = "",
    state: Text = "",
    order_no: Text = "",
    since: Text = "",
    until: Text = "",
    shop: Text = "",
    courier: Text = "",
    awaiting: Text = "",
    before: int = 0,
) -> Filter:
    """The filter that an address holds."""

    def short(text: str) -> str:
        return text.strip()[:LONGEST]

    return Filter(
        register=short(register),
        state=short(state),
        order_no=short(order_no),
        since=short(since),
        until=short(until),
        shop=short(shop),
        courier=short(courier),
        awaiting=short(awaiting),
        before=max(before, 0),
    )
