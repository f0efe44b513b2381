"""One name names a case in all rooms: each case of the documents has its rules, wording, worked cases and practice."""

from pathlib import Path

import pytest

from bot.adapters.case_files import intents, worked_cases, worked_scenarios
from bot.adapters.policy_files import load_policy
from bot.core.casebook import Held
from bot.services.completeness import whole_casebook

CHECKOUT = Path(__file__).parents[2]
POLICY = load_policy(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
CASEBOOK = whole_casebook(
    POLICY,
    worked_cases(CHECKOUT / "tests/policy/cases"),
    worked_scenarios(CHECKOUT / "tests/policy/scenarios"),
    intents(CHECKOUT / "domain.yml"),
)


@pytest.mark.parametrize("case", CASEBOOK, ids=lambda case: case.row.id)
def test_a_case_of_the_documents_is_whole_in_all_rooms(case: Held) -> None:
    assert case.problems == ()


def test_no_case_stands_twice_in_the_casebook() -> None:
    names = [case.row.id for case in CASEBOOK]

    assert len(names) == len({*names})


def test_every_case_that_is_practised_is_one_of_the_documents() -> None:
    practised = {practice.case for practice in POLICY.practices}

    assert practised <= {case.row.id for case in CASEBOOK}
