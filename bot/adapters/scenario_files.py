"""Worked conversations out of their YAML files."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from bot.adapters.policy_shapes import Shape, Text
from bot.adapters.scenario_orders import scenario_orders
from bot.adapters.yaml_files import load
from bot.core.moments import SHANGHAI
from bot.core.scenario import Scenario, ScenarioError

NOON = time(12, 0)


class TurnShape(Shape):
    customer: Text | None = None
    agent: Text | None = None


class ScenarioShape(Shape):
    # What a scenario says beyond this (title, case, why) is for its readers.
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Text
    today: date | datetime
    order: Any = None
    turns: list[TurnShape] = Field(min_length=1)
    expect: dict[str, Any] = Field(default_factory=dict)


def read_scenarios(path: Path) -> Iterator[Scenario]:
    """The scenarios of one file, in order.

    Raises:
        PolicyError: the file is no list of scenarios; names line, key and mend.
        ScenarioError: an order or a turn is written wrongly; names scenario and field.
    """
    for shape in load(path, list[ScenarioShape]):
        yield _scenario(shape)


def _scenario(shape: ScenarioShape) -> Scenario:
    today = shape.today
    moment = today if isinstance(today, datetime) else datetime.combine(today, NOON)
    try:
        orders = scenario_orders(shape.order, moment.date(), nickname=shape.id)
    except ValueError as error:
        raise ScenarioError(f"{shape.id} {error}") from None
    turns = tuple(_turn(shape.id, number, turn) for number, turn in enumerate(shape.turns))
    return Scenario(shape.id, moment.replace(tzinfo=SHANGHAI), orders, turns, shape.expect)


def _turn(scenario: str, number: int, turn: TurnShape) -> tuple[str, str]:
    said: Mapping[str, str] = {k: v for k, v in turn.model_dump().items() if v is not None}
    if len(said) != 1:
        raise ScenarioError(f"{scenario} turns[{number}]: write either customer or agent")
    return next(iter(said.items()))
