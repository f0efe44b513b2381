"""What stands outside the policy by a case's name."""

from pathlib import Path

import pytest

from bot.adapters.case_files import intents, worked_cases, worked_scenarios
from bot.services.ports import PolicyError


def test_worked_cases_are_counted_by_case(tmp_path: Path) -> None:
    text = "playbook: missing_cable\ncases:\n  - name: 一\n    expect: {}\n  - name: 二\n"
    (tmp_path / "missing_cable.cases.yml").write_text(text, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("- name: 三", encoding="utf-8")

    assert worked_cases(tmp_path) == {"missing_cable": 2}


def test_where_there_is_no_folder_there_is_nothing_to_count(tmp_path: Path) -> None:
    assert worked_cases(tmp_path / "cases") is None
    assert worked_scenarios(tmp_path / "scenarios") is None


def test_worked_conversations_are_counted_by_case_over_all_files(tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"- id: a-{number}\n  case: missing_cable\n  turns:\n    - customer: case 1\n"
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")

    assert worked_scenarios(tmp_path) == {"missing_cable": 2}


def test_the_intents_are_those_of_rasas_domain(tmp_path: Path) -> None:
    domain = tmp_path / "domain.yml"
    domain.write_text('version: "3.1"\nintents: [greet, missing_cable]\nslots: {}\n', "utf-8")

    assert intents(domain) == {"greet", "missing_cable"}


def test_a_domain_without_intents_is_refused(tmp_path: Path) -> None:
    domain = tmp_path / "domain.yml"
    domain.write_text("slots: {}\n", "utf-8")

    with pytest.raises(PolicyError, match="intents"):
        intents(domain)
