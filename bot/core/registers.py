"""The shop's registers: what each must hold, who keeps it, what of an entry is known already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.core.people import Role
from bot.core.privacy import mask, mask_account, mask_address, mask_phone
from bot.core.record_refusals import BadValue, UnknownField
from bot.core.register_values import Holds, kept

COMPUTED = frozenset({"amount", "line_title", "recipient", "phone", "address"})
"""What a field may hold beside facts: the advice's amount and what the order says."""
ORDER_NO = "订单号"
"""Every register begins with it: it says what the entry is about."""


@dataclass(frozen=True, slots=True)
class Field:
    title: str
    fact: str | None = None
    """The fact that fills it, or a computed name; by the step or by hand when absent."""
    required: bool = True
    or_fact: str | None = None
    """The fact that fills it where the first one is not known."""
    holds: Holds = Holds.TEXT
    choices: tuple[str, ...] = ()
    """The only values it may have, where it is not free."""
    latest: bool = False
    """It tells how far things are: a later entry replaces it."""

    def filled(self, known: Mapping[str, str]) -> str:
        """What the facts say it holds."""
        return known.get(self.fact or "") or known.get(self.or_fact or "") or ""

    def kept(self, text: str) -> str:
        """The value in the form it is kept in.

        Raises:
            BadValue: it is none for this field.
        """
        value = kept(self.title, self.holds, text)
        if value and self.choices and value not in self.choices:
            raise BadValue(self.title, f"只能是{'、'.join(self.choices)} write one of these")
        return value

    def masked(self, value: str) -> str:
        """The value for those who need not know a customer's contacts."""
        match self.holds:
            case Holds.PHONE:
                return mask_phone(value)
            case Holds.ADDRESS:
                return mask_address(value)
            case Holds.ACCOUNT:
                return mask_account(value)
            case Holds.TEXT if not self.choices:
                return mask(value)
            case _:
                return value


@dataclass(frozen=True, slots=True)
class Register:
    name: str
    owner: Role
    """Whose work the entries are."""
    fields: tuple[Field, ...]
    purpose: str = ""
    """What is entered here, in a line."""
    reason: str = ""
    """The field that says why; with the order it tells one entry from another."""
    state_title: str = "状态"
    amount: str | None = None
    """The field that holds the money, where there is any."""
    compensates: Mapping[str, str] = field(default_factory=dict)
    """With these values the money counts against what an agent may give on their own."""
    one_an_order: bool = False
    """An order has one entry at most, whatever the reason."""

    def field(self, title: str) -> Field | None:
        return next((one for one in self.fields if one.title == title), None)

    def entry(self, known: Mapping[str, str], fixed: Mapping[str, str]) -> "Entry":
        """An entry filled in from the facts; what the step fixes goes first."""
        given = {f.title: fixed.get(f.title) or f.filled(known) for f in self.fields}
        values = {f.title: _usable(f, given[f.title]) for f in self.fields}
        filled = {title: value for title, value in values.items() if value}
        return Entry(self.name, filled, self.missing(filled))

    def checked(self, given: Mapping[str, str]) -> dict[str, str]:
        """What a person wrote, in the form it is kept in.

        Raises:
            UnknownField: the register has no such field.
            BadValue: a field cannot hold this.
        """
        known = {f.title: f for f in self.fields}
        for title in given:
            if title not in known:
                raise UnknownField(self.name, title)
        return {title: known[title].kept(text) for title, text in given.items()}

    def missing(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The required fields that are still empty."""
        return tuple(f.title for f in self.fields if f.required and not fields.get(f.title))

    def masked(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The values as they are shown to those who need not know a customer's contacts."""
        known = {f.title: f for f in self.fields}
        return {
            title: known[title].masked(value) if title in known else mask(value)
            for title, value in fields.items()
        }

    def reason_of(self, fields: Mapping[str, str]) -> str:
        """What tells this entry from the order's other ones."""
        return "" if self.one_an_order else fields.get(self.reason, "")

    def amount_of(self, fields: Mapping[str, str]) -> Decimal | None:
        given = fields.get(self.amount or "")
        return Decimal(given) if given else None

    def compensation_of(self, fields: Mapping[str, str]) -> Decimal:
        """What the entry gives the customer out of the agent's own limit."""
        counts = bool(self.compensates) and self.compensates.items() <= fields.items()
        return (self.amount_of(fields) if counts else None) or Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    fields: Mapping[str, str]
    missing: tuple[str, ...]


def _usable(one: Field, text: str) -> str:
    """What nobody could work with, such as a platform's starred phone, counts as missing."""
    try:
        return one.kept(text)
    except BadValue:
        return ""
