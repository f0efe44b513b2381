"""The shop's records: what each must hold, who keeps it, and what of it is already known."""

from collections.abc import Mapping
from dataclasses import dataclass

COMPUTED = frozenset({"amount", "line_title", "recipient", "phone", "address"})
"""What a field may hold beside facts: the advice's amount and what the order says."""


@dataclass(frozen=True, slots=True)
class Field:
    title: str
    fact: str | None = None
    """The fact that fills it, or a computed name; by the step or by hand when absent."""
    required: bool = True
    or_fact: str | None = None
    """The fact that fills it where the first one is not known."""

    def filled(self, known: Mapping[str, str]) -> str:
        return known.get(self.fact or "") or known.get(self.or_fact or "") or ""


@dataclass(frozen=True, slots=True)
class Register:
    name: str
    owner: str
    fields: tuple[Field, ...]

    def entry(self, known: Mapping[str, str], fixed: Mapping[str, str]) -> "Entry":
        """An entry filled in from the facts; what the step fixes goes first."""
        values = {f.title: fixed.get(f.title) or f.filled(known) for f in self.fields}
        missing = [f.title for f in self.fields if f.required and not values[f.title]]
        return Entry(self.name, {k: v for k, v in values.items() if v}, tuple(missing))


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    fields: Mapping[str, str]
    missing: tuple[str, ...]
