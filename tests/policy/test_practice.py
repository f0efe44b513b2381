"""The practice scenarios: whoever follows the desk's advice brings each of them to its goal."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from bot.core.practice import Persona, Practice
from tests.desks import POLICY
from tests.practice_rooms import Begin, dialogues_in, file_what_is_right, follow_the_desk

WAYS = ((0, False), (1, False), (2, True))
"""The seed, and whether the customer writes in a hurry."""


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    with dialogues_in(tmp_path_factory.mktemp("practice")) as meet:
        yield meet


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_whoever_follows_the_desk_gets_full_marks_however_the_customer_writes(
    practice: Practice, begin: Begin
) -> None:
    for seed, hurried in WAYS:
        dialogue = begin(practice, seed, hurried)

        follow_the_desk(dialogue)
        file_what_is_right(dialogue)

        said = [(one.text, one.step) for one in dialogue.exchanges]
        assert dialogue.grade().points == (), said
        assert dialogue.grade().passed


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_every_fact_that_a_practice_customer_knows_exists(practice: Practice) -> None:
    facts = {fact for want in practice.wants for fact in want.knows}
    assert facts <= POLICY.facts.keys()


def test_every_case_is_practised_at_three_levels_and_every_temper_is_met() -> None:
    levels = defaultdict(set)
    for practice in POLICY.practices:
        levels[practice.case].add(practice.level)

    assert {case: found for case, found in levels.items() if found != {1, 2, 3}} == {}
    assert {practice.persona for practice in POLICY.practices} == set(Persona)
