"""What was written on an order becomes facts, each with the day of its note."""

import re
from collections.abc import Mapping
from datetime import date

from bot.core.facts import Fact, FactDef, Kind, Origin, Reads, Value
from bot.core.orders import Note, Order, ShipmentEvent
from bot.core.reading import Reader
from bot.language import dates
from bot.services.noted import noted
from bot.services.words import Words
from tests.builders import TODAY, moment

WORDS = Words()
DEFS = {
    "called_on": FactDef(
        "called_on", "打过电话", Kind.DATE, notes=(Reads(True, (re.compile("已打电话"),)),)
    ),
    "held": FactDef(
        "held",
        "已拦下",
        Kind.FLAG,
        notes=(Reads(False, (re.compile("拦截失败"),)), Reads(True, (re.compile("已拦截"),))),
    ),
    "searched": FactDef("searched", "找过没有", Kind.FLAG),
}


def read(text: str, day: date) -> Mapping[str, Value]:
    return Reader(DEFS, dates.resolve).note(WORDS.marked(text), day)


def facts(order: Order) -> list[tuple[str, Fact]]:
    return list(noted(order, DEFS, read, TODAY))


def test_notes_and_courier_news_are_read_oldest_first() -> None:
    order = Order(
        "1",
        notes=(Note("拦截失败", moment(date(2026, 3, 5))),),
        events=(ShipmentEvent(moment(date(2026, 3, 4)), "已拦截"),),
    )

    assert facts(order) == [
        ("held", Fact(True, Origin.NOTE, date(2026, 3, 4))),
        ("held", Fact(False, Origin.NOTE, date(2026, 3, 5))),
    ]


def test_what_was_done_was_done_on_the_day_of_the_note() -> None:
    order = Order("1", notes=(Note("已打电话", moment(date(2026, 3, 5))),))

    assert facts(order) == [("called_on", Fact(date(2026, 3, 5), Origin.NOTE, date(2026, 3, 5)))]


def test_a_note_without_a_day_tells_what_but_not_when() -> None:
    order = Order("1", notes=(Note("已拦截"), Note("已打电话")))

    assert facts(order) == [("held", Fact(True, Origin.NOTE))]
