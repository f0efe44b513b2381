"""Worked conversations out of their files: what was written is read, what is wrong is named."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.adapters.scenario_files import NOON, read_scenarios
from bot.core.moments import SHANGHAI
from bot.core.scenario import Scenario, ScenarioError
from bot.services.ports import PolicyError

SCENARIO = """\
- id: cable-1
  title: 没收到网线
  today: 2026-03-12
  order: {no: "260301000001"}
  turns:
    - customer: 没有网线
    - agent: 麻烦您再找一下
    - customer: 找过了，没有
  expect: {case: missing_cable}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cable.yml"


def read(file: Path, text: str = SCENARIO) -> list[Scenario]:
    file.write_text(text, encoding="utf-8")
    return list(read_scenarios(file))


def test_a_scenario_is_read_turn_by_turn(file: Path) -> None:
    (scenario,) = read(file, SCENARIO.replace('  order: {no: "260301000001"}\n', ""))

    assert scenario.id == "cable-1"
    assert scenario.turns == (
        ("customer", "没有网线"),
        ("agent", "麻烦您再找一下"),
        ("customer", "找过了，没有"),
    )
    assert scenario.expect == {"case": "missing_cable"}


@pytest.mark.parametrize(
    ("today", "moment"),
    [
        ("2026-03-12", datetime.combine(date(2026, 3, 12), NOON, SHANGHAI)),
        ("2026-03-12 23:30:00", datetime(2026, 3, 12, 23, 30, tzinfo=SHANGHAI)),
    ],
)
def test_a_day_without_an_hour_is_noon(file: Path, today: str, moment: datetime) -> None:
    text = SCENARIO.replace("2026-03-12", today).replace('  order: {no: "260301000001"}\n', "")

    (scenario,) = read(file, text)

    assert scenario.today == moment


def test_a_file_that_is_no_list_of_scenarios_is_named(file: Path) -> None:
    with pytest.raises(PolicyError, match=r"^cable\.yml:1 "):
        read(file, "id: cable-1\n")


def test_a_scenario_without_turns_is_named_with_its_line(file: Path) -> None:
    with pytest.raises(PolicyError, match=r"^cable\.yml:2 0\.turns: 至少要有一项"):
        read(file, "- id: cable-1\n  turns: []\n  today: 2026-03-12\n")


@pytest.mark.parametrize("turn", ["{customer: 你好, agent: 您好}", "{}"])
def test_a_turn_has_one_speaker(file: Path, turn: str) -> None:
    text = f"- id: cable-1\n  today: 2026-03-12\n  turns: [{turn}]\n"

    with pytest.raises(ScenarioError, match=r"cable-1 turns\[0\]: write either customer or agent"):
        read(file, text)


def test_an_order_that_is_written_wrongly_is_named_with_its_scenario(file: Path) -> None:
    with pytest.raises(ScenarioError, match="cable-1 "):
        read(file)
