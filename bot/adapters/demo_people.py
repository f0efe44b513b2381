"""Who buys in the demo shop: people, addresses and tracking numbers, all made up."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.yaml_files import load

Words = Annotated[list[str], Field(min_length=1)]


class PeopleShape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    phone_prefix: Annotated[str, Field(pattern=r"^\d{7}$")]
    nicknames: Words
    surnames: Words
    given_names: Words
    regions: Words
    streets: Words
    couriers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    nickname: str
    phone: str
    recipient: str
    address: str


class People:
    """Makes people up, the same ones for the same numbers."""

    def __init__(self, path: Path) -> None:
        self._shape = load(path, PeopleShape)

    def person(self, number: int, mark: str, chance: Random) -> Person:
        """One customer; ``number`` and ``mark`` make nickname and phone nobody else's."""
        shape = self._shape
        region, street = chance.choice(shape.regions), chance.choice(shape.streets)
        return Person(
            nickname=f"{chance.choice(shape.nicknames)}_{mark}{number:04d}",
            phone=f"{shape.phone_prefix}{number:04d}",
            recipient=chance.choice(shape.surnames) + chance.choice(shape.given_names),
            address=f"{region} {street} {chance.randint(1, 299)} 号",
        )

    def tracking_no(self, courier: str, number: int) -> str:
        """A number such as this courier gives."""
        form = self._shape.couriers[courier]
        digits = f"{number:0{form.count('#')}d}"
        return form.rstrip("#") + digits

    def is_courier(self, name: object) -> bool:
        return name in self._shape.couriers
