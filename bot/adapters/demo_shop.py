"""The demo shop: about a thousand orders in every state the playbooks speak of, dated from today.

The situations are data (bot/policy/demo/situations.yml). The same day and seed give the same
orders; each day has orders of its own, so that 「昨天签收」 is true whenever the demo is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.catalogues import load_catalogue
from bot.adapters.demo_orders import OrderMaker
from bot.adapters.demo_people import People
from bot.adapters.yaml_files import load
from bot.core.order_merge import Written
from bot.core.orders import Order

SEED = 1


class SituationShape(BaseModel):
    """A situation and how often it is found in the demo shop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    shop: str
    featured: bool = False
    copies: Annotated[int, Field(ge=0)] = 4
    spread: Annotated[int, Field(ge=0)] = 0
    mixed: bool = False
    order: dict[str, Any] | list[dict[str, Any]]

    @property
    def orders(self) -> list[dict[str, Any]]:
        return self.order if isinstance(self.order, list) else [self.order]


class Store(Protocol):
    """Keeps orders."""

    def by_order_no(self, order_no: str) -> Order | None: ...

    def upsert(self, *orders: Order) -> Written: ...


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """An order of the demo shop and the situation it shows."""

    label: str
    featured: bool
    order: Order


class DemoShop:
    """Makes up the orders of one day.

    Args:
        policy: the policy's folder, which holds the situations and the shops' catalogues.
        today: the day from which all is dated.
        seed: another seed gives other people, goods and hours.
    """

    def __init__(self, policy: Path, today: date, seed: int = SEED) -> None:
        self._situations = load(policy / "demo/situations.yml", list[SituationShape])
        shops = sorted({situation.shop for situation in self._situations})
        self._maker = OrderMaker(
            people=People(policy / "demo/people.yml"),
            catalogues={s: load_catalogue(policy / f"shops/{s}/catalogue.yml") for s in shops},
            today=today,
            seed=seed,
        )

    def featured(self) -> list[tuple[str, str]]:
        """Label and order number of the examples that pages offer."""
        shown: dict[str, str] = {}
        for one in self._originals(count(1)):
            if one.featured:
                shown.setdefault(one.label, one.order.order_no)
        return list(shown.items())

    def orders(self) -> list[DemoOrder]:
        """All orders: one of each situation first, then the copies."""
        numbers = count(1)
        return [*self._originals(numbers), *self._copies(numbers)]

    def load_into(self, store: Store) -> int:
        """Put the day's orders into the store; how many were added, 0 when they were there."""
        orders = [one.order for one in self.orders()]
        # All are written at once, so the last one is there only when all are. What staff have
        # done to them since is not undone.
        if store.by_order_no(orders[-1].order_no):
            return 0
        return store.upsert(*orders).added

    def _originals(self, numbers: Iterator[int]) -> Iterator[DemoOrder]:
        for shape in self._situations:
            for order in self._maker.make(shape.shop, shape.orders, numbers):
                yield DemoOrder(shape.label, shape.featured, order)

    def _copies(self, numbers: Iterator[int]) -> Iterator[DemoOrder]:
        for shape in self._situations:
            for _ in range(shape.copies):
                made = self._maker.make(
                    shape.shop, shape.orders, numbers, shape.spread, shape.mixed
                )
                yield from (DemoOrder(shape.label, False, order) for order in made)
