"""What customers, agents and notes write is understood as people mean it: the tables in ``sayings/``."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.policy_files import load_policy
from bot.adapters.yaml_files import parse
from bot.core.conversation import as_json
from bot.core.facts import Value
from bot.core.reading import Reader
from bot.language import dates
from bot.services.words import Words

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
TABLES = sorted((HERE / "sayings").glob("*.yml"))
TODAY = date(2026, 3, 12)  # a Thursday
POLICY = load_policy(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
READER = Reader(POLICY.facts, dates.resolve)
WORDS = Words()


def asked(fact: str, text: str) -> dict[str, Value]:
    """The customer's message, after this very fact was asked for."""
    return READER.customer(WORDS.marked(text), [fact], TODAY)


def unasked(fact: str, text: str) -> dict[str, Value]:
    return READER.customer(WORDS.marked(text), [], TODAY)


def agent(fact: str, text: str) -> dict[str, Value]:
    return READER.agent(WORDS.marked(text), TODAY)


def note(fact: str, text: str) -> dict[str, Value]:
    return READER.note(WORDS.marked(text), TODAY)


SITUATIONS: dict[str, Callable[[str, str], dict[str, Value]]] = {
    "asked": asked,
    "unasked": unasked,
    "agent": agent,
    "note": note,
}


def tables() -> Iterator[tuple[str, str, dict[Any, list[str]]]]:
    """Situation, fact, and the messages by value."""
    for path in TABLES:
        table: Any = parse(path)
        for situation, facts in table.items():
            for fact, by_value in facts.items():
                yield situation, fact, by_value


def sayings() -> Iterator[Any]:
    for situation, fact, by_value in tables():
        for value, messages in by_value.items():
            for message in messages:
                name = f"{situation} {fact}: {message}"
                yield pytest.param(situation, fact, value, message, id=name)


@pytest.mark.parametrize(("situation", "fact", "value", "message"), list(sayings()))
def test_words_are_understood_as_people_mean_them(
    situation: str, fact: str, value: object, message: str
) -> None:
    said = SITUATIONS[situation](fact, message)

    understood = as_json(said[fact]) if fact in said else "nothing"
    assert understood == (value.isoformat() if isinstance(value, date) else value)


def test_one_message_answers_three_questions() -> None:
    marked = WORDS.marked("都找过了没有，本人签收的，包装没破")

    said = READER.customer(marked, ["searched", "signed_by", "parcel"], TODAY)

    assert (said["searched"], said["signed_by"]) == ("not_found", "customer")
    assert said["parcel"] == "intact"


def test_every_fact_that_is_read_from_words_has_sayings() -> None:
    tried = {fact for _, fact, _ in tables()}

    readable = {name for name, d in POLICY.facts.items() if d.says or d.answers or d.notes}

    assert readable - tried == set()
