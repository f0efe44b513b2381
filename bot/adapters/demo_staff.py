"""Who works in the demo shop: one person a role, all made up, with one password for everybody."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.yaml_files import load
from bot.core.accounts import SHORTEST_PASSWORD
from bot.core.people import Person, Role


class StaffShape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    password: Annotated[str, Field(min_length=SHORTEST_PASSWORD)]
    people: Annotated[dict[str, Role], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class DemoStaff:
    password: str
    people: tuple[Person, ...]


def read_staff(policy: Path) -> DemoStaff:
    """The demo shop's staff in this policy folder."""
    shape = load(policy / "demo/staff.yml", StaffShape)
    return DemoStaff(shape.password, tuple(Person(*one) for one in shape.people.items()))
