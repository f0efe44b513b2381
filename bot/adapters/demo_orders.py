"""Turns a situation of the demo shop into whole orders: days, goods, people, a journey."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bot.adapters.catalogues import Catalogue
from bot.adapters.demo_people import People, Person
from bot.adapters.scenario_orders import scenario_orders
from bot.core.orders import Line, Order, ShipmentEvent

_DAY = re.compile(r"D(?P<offset>[+-]\d+)?(?: (?P<clock>\d{1,2}:\d\d))?(?: (?P<text>.+))?")
_WHOLE_DAYS = frozenset({"promised_ship_by", "notes"})
_PROMISE = timedelta(hours=48)
"""The demo shops promise to ship so soon after payment."""


@dataclass(frozen=True, slots=True)
class OrderMaker:
    """Makes orders for one day; the same arguments give the same orders."""

    people: People
    catalogues: Mapping[str, Catalogue]
    today: date
    seed: int

    def make(
        self,
        shop: str,
        given: Sequence[Mapping[str, Any]],
        numbers: Iterator[int],
        spread: int = 0,
        mixed: bool = False,
    ) -> list[Order]:
        """The orders of one customer, in the scenario vocabulary with days as 「D-3」.

        Args:
            shop: whose catalogue the lines are from.
            given: an order each.
            numbers: gives each order its running number.
            spread: up to how many days further back all of it happened.
            mixed: put other goods of the shop into the lines.
        """
        first = next(numbers)
        chance = Random(f"{self.seed}-{self.today}-{first}")
        person = self.people.person(first, f"{self.today:%m%d}", chance)
        anchor = self.today - timedelta(days=chance.randint(0, spread))
        made = []
        for at, one in enumerate(given):
            number = next(numbers) if at else first
            made.append(self._order(shop, one, number, _Draw(chance, anchor), person, mixed))
        return made

    def _order(
        self,
        shop: str,
        given: Mapping[str, Any],
        number: int,
        draw: "_Draw",
        person: Person,
        mixed: bool,
    ) -> Order:
        lines = self._lines(self.catalogues[shop], given["lines"], draw.chance if mixed else None)
        said = {k: draw.dated(k, v) for k, v in given.items() if k not in ("lines", "events")}
        said["order_no"] = f"{self.today:%y%m%d}{self.seed % 10}{number:05d}"
        self._number_parcels(said, number)
        (order,) = scenario_orders(said, self.today, person.nickname, shop)
        order = replace(
            order,
            phone=person.phone,
            recipient=person.recipient,
            address=person.address,
            lines=tuple(lines),
        )
        return _journey(_times(order), [draw.event(text) for text in given.get("events", ())])

    def _lines(
        self, catalogue: Catalogue, given: Sequence[Mapping[str, Any]], chance: Random | None
    ) -> Iterator[Line]:
        for one in given:
            if "bundle" in one:
                yield from catalogue.bundle_lines(one["bundle"])
            else:
                sku = chance.choice(list(catalogue.products)) if chance else one["sku"]
                yield catalogue.products[sku].line(one.get("qty", 1))

    def _number_parcels(self, said: dict[str, Any], number: int) -> None:
        """Give each parcel a number; a courier's name in place of one says whose."""
        if "courier" in said:
            said["tracking_no"] = self._tracking_no(said["courier"], number, 1)
        if "return_tracking_no" in said:
            said["return_tracking_no"] = self._tracking_no(said["return_tracking_no"], number, 2)
        exchange = said.get("exchange", {})
        if "tracking_no" in exchange:
            exchange["tracking_no"] = self._tracking_no(exchange["tracking_no"], number, 3)

    def _tracking_no(self, courier: str, number: int, leg: int) -> str:
        day = int(f"{self.today:%y%m%d}")
        return self.people.tracking_no(courier, (day * 10 + leg) * 10_000 + number)


@dataclass(frozen=True, slots=True)
class _Draw:
    """One order's chance and the day from which its days count."""

    chance: Random
    anchor: date

    def dated(self, key: str, value: Any) -> Any:
        """The value with each 「D-3」 in it as that day."""
        match value:
            case str():
                return self._day(key, value)
            case list():
                return [self.dated(key, one) for one in value]
            case dict():
                return {inner: self.dated(inner, one) for inner, one in value.items()}
            case _:
                return value

    def event(self, text: str) -> ShipmentEvent:
        """「D-2 08:40 到达转运中心」 as what the courier reported then."""
        found = re.fullmatch(r"(\S+ \S+) (.+)", self._day("events", text))
        assert found, f"an event needs day, time and text: {text}"
        (order,) = scenario_orders({"order_no": "0000", "paid_at": found[1]}, self.anchor)
        assert order.paid_at
        return ShipmentEvent(order.paid_at, found[2])

    def _day(self, key: str, text: str) -> str:
        found = _DAY.fullmatch(text)
        if not found:
            return text
        day = self.anchor + timedelta(days=int(found["offset"] or 0))
        clock = found["clock"] or ("" if key in _WHOLE_DAYS else self._hour(found["offset"]))
        return " ".join(filter(None, (day.isoformat(), clock, found["text"])))

    def _hour(self, offset: str | None) -> str:
        """Today's events are in the early morning: they must not lie ahead."""
        hour = self.chance.randint(9, 20) if offset else 7
        return f"{hour:02d}:{self.chance.randint(0, 59):02d}"


def _times(order: Order) -> Order:
    """The times that follow from the payment."""
    paid = order.paid_at
    return replace(
        order,
        placed_at=order.placed_at or (paid - timedelta(minutes=4) if paid else None),
        promised_ship_by=order.promised_ship_by or (paid + _PROMISE if paid else None),
    )


def _journey(order: Order, told: Sequence[ShipmentEvent]) -> Order:
    """What the courier reported: as told, else the usual stops."""
    return replace(order, events=tuple(told) or tuple(_usual_stops(order)))


def _usual_stops(order: Order) -> Iterator[ShipmentEvent]:
    shipped, received = order.shipped_at, order.received_at
    if shipped is None:
        return
    yield ShipmentEvent(shipped, "快件已揽收", "云川市")
    on_the_way: datetime = shipped + timedelta(hours=9)
    yield ShipmentEvent(on_the_way, "快件已到达转运中心", "望江市")
    if received:
        yield ShipmentEvent(received - timedelta(hours=3), "快件正在派送")
        yield ShipmentEvent(received, f"快件已签收，签收人：{order.signed_by or '本人'}")
