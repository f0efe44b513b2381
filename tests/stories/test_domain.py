"""Domain, rules and training messages speak of the same intents, entities and actions."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.language import entities

CHECKOUT = Path(__file__).parents[2]
FALLBACK = "nlu_fallback"
"""Rasa's own intent: it is in no domain and needs a rule all the same."""


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


def read_all(folder: str, key: str) -> list[dict[str, Any]]:
    """What all files of the folder have under this key."""
    files = sorted((CHECKOUT / folder).glob("*.yml"))
    return [one for path in files for one in load(path).get(key, [])]


def exchanges(steps: list[dict[str, Any]]) -> Iterator[tuple[set[str], list[str]]]:
    """The intents and the actions that answer them, message by message."""
    intents: set[str] = set()
    actions: list[str] = []
    for step in steps:
        if "action" in step:
            actions.append(step["action"])
            continue
        if intents:
            yield intents, actions
        intents = {one["intent"] for one in step.get("or", [step])}
        actions = []
    yield intents, actions


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    return load(CHECKOUT / "domain.yml")


@pytest.fixture(scope="module")
def rules() -> dict[str, list[str]]:
    """The actions of each intent, by rule."""
    found: dict[str, list[str]] = {}
    for rule in read_all("data/stories", "rules"):
        for intents, actions in exchanges(rule["steps"]):
            assert not intents & found.keys(), f"{rule['rule']}: an intent has one rule"
            found |= dict.fromkeys(intents, actions)
    return found


def test_the_domain_has_the_intents_that_messages_are_written_for(domain):
    written = {one["intent"] for one in read_all("data/nlu", "nlu") if "intent" in one}

    assert {*domain["intents"]} == written
    assert len(domain["intents"]) == len(written)


def test_every_intent_has_its_rule(domain, rules):
    assert rules.keys() == {*domain["intents"], FALLBACK}


def test_rules_name_only_actions_of_the_domain(domain, rules):
    assert {action for actions in rules.values() for action in actions} == {*domain["actions"]}


def test_stories_go_on_as_the_rules_say(rules):
    for story in read_all("data/stories", "stories"):
        for intents, actions in exchanges(story["steps"]):
            for intent in intents:
                assert actions == rules[intent], story["story"]


def test_the_domain_has_the_entities_that_are_found(domain):
    table = (entities.__doc__ or "").split("=\n")[2]
    found = re.findall(r"^([a-z_]+) ", table, re.MULTILINE)

    assert [next(iter(one)) for one in domain["entities"]] == found


def test_what_rasa_says_itself_is_one_message_each(domain):
    said = [one["text"] for one in domain["responses"]["utter_out_of_reach"]]

    assert len({*said}) == 3
    assert not any("\n\n" in text for text in said)
