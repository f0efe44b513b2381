"""A past conversation becomes a practice customer: masked, days counted, the same way to the goal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.pack_writing import as_yaml
from bot.adapters.practice_files import read_practices
from bot.core.conversation import Conversation
from bot.core.grading import PASSES
from bot.core.orders import Exchange, Note, Order
from bot.services.practising import Dialogue
from bot.services.scenario_making import NothingToPractise, proposed
from tests.databases import new_database
from tests.desks import POLICY
from tests.practice_rooms import NOW, file_what_is_right, follow_the_desk, room_on

SERVED = next(one for one in POLICY.practices if one.id == "missing_cable_2")
PHONE, ACCOUNT = "13812345678", "wang@example.com"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = new_database(tmp_path / "scratch.db")
    yield database
    database.close()


def held(database: Database) -> tuple[Conversation, list[Order]]:
    """A conversation that the desk's suggestions brought to its end, with a phone number in it."""
    practice = replace(SERVED, aside=None, opening=(f"盒子里没网线，电话{PHONE}",))
    found = [
        replace(one, phone=PHONE, recipient="王小明", notes=(Note(f"打款到{ACCOUNT}"),))
        for one in practice.orders_on(NOW.date())
    ]
    SqlOrders(database).upsert(*found)
    dialogue = Dialogue(room_on(database), practice, NOW)
    dialogue.open()
    follow_the_desk(dialogue)
    conversation = SqlConversations(database).load(practice.id)
    assert conversation
    return conversation, found


def test_it_holds_no_contacts_and_nobodys_order_number(database: Database) -> None:
    conversation, orders = held(database)

    _, scenario = proposed(conversation, orders, POLICY)

    text = as_yaml([scenario])
    for private in (PHONE, ACCOUNT, "王小明", orders[0].order_no):
        assert private not in text


def test_it_can_be_practised_and_leads_to_the_same_step(database: Database, tmp_path: Path) -> None:
    case, scenario = proposed(*held(database), POLICY)
    file = tmp_path / f"{case}.yml"
    file.write_text(as_yaml([scenario]), encoding="utf-8")

    (practice,) = read_practices([file])

    assert (practice.case, practice.goal) == (SERVED.case, SERVED.goal)
    assert practice.orders[0].lines == SERVED.orders[0].lines
    SqlOrders(database).upsert(*practice.orders_on(NOW.date()))
    again = Dialogue(room_on(database), practice, NOW)
    again.open()
    follow_the_desk(again)
    file_what_is_right(again)
    assert again.grade().score >= PASSES


def test_a_conversation_in_which_nothing_was_served_is_refused() -> None:
    with pytest.raises(NothingToPractise):
        proposed(Conversation("empty"), [], POLICY)


def test_the_number_of_an_exchange_is_changed_as_well(database: Database) -> None:
    conversation, (order, *_) = held(database)
    order = replace(order, exchange=Exchange(agreed=True, tracking_no="SF1234509876"))

    _, scenario = proposed(conversation, [order], POLICY)

    number = scenario["order"]["exchange"]["tracking_no"]
    assert number.startswith("SF")
    assert number != "SF1234509876"
