"""Nothing that pays, resends, records or refuses can happen without its grounds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.policy_files import load_checked
from bot.core.facts import Fact, FactDef, Facts, Kind, Origin, Value
from bot.core.playbook import COMMITTING, Playbook
from bot.core.verdict import decide

CHECKOUT = Path(__file__).parents[2]
POLICY = load_checked(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
COMMITTED = [p for p in POLICY.playbooks.values() if p.grounds or p.record_grounds]
TODAY = date(2025, 10, 20)


def values(definition: FactDef) -> st.SearchStrategy[Value]:
    match definition.kind:
        case Kind.CHOICE:
            return st.sampled_from(sorted(definition.values))
        case Kind.FLAG:
            return st.booleans()
        case Kind.DATE:
            return st.integers(-150, 2).map(lambda days: TODAY + timedelta(days))
        case Kind.COUNT:
            return st.integers(1, 12)
        case Kind.MONEY:
            return st.integers(1, 90_000).map(lambda fen: Decimal(fen) / 100)
        case _:
            return st.just("x")


@st.composite
def situations(draw: st.DrawFn) -> tuple[Playbook, Facts]:
    """A playbook with its steps in any sequence, and any of the facts it speaks of."""
    playbook = draw(st.sampled_from(COMMITTED))
    *steps, last = playbook.steps
    names = sorted({c.fact for s in playbook.steps for c in playbook.conditions(s)})
    known = {
        name: Fact(draw(values(POLICY.facts[name])), Origin.CUSTOMER)
        for name in names
        if name in POLICY.facts and draw(st.booleans())
    }
    shuffled = (*draw(st.permutations(steps)), last)
    return replace(playbook, steps=shuffled), Facts(known)


@given(situations())
@settings(max_examples=600, deadline=None)
def test_a_step_that_commits_has_its_grounds_whatever_is_known_and_in_any_sequence(
    situation: tuple[Playbook, Facts],
) -> None:
    playbook, facts = situation

    verdict = decide(playbook, facts, POLICY.figures, TODAY)

    if verdict.decision in COMMITTING:
        grounds = playbook.grounds[verdict.decision]
        assert all(c.holds(facts, POLICY.figures, TODAY) for c in grounds)
        assert any(c.fact in facts for c in grounds)


@given(situations())
@settings(max_examples=600, deadline=None)
def test_nothing_is_recorded_without_its_grounds_whatever_is_known_and_in_any_sequence(
    situation: tuple[Playbook, Facts],
) -> None:
    playbook, facts = situation

    verdict = decide(playbook, facts, POLICY.figures, TODAY)

    if verdict.step.record:
        grounds = (*playbook.grounds.get(verdict.decision, ()), *playbook.record_grounds)
        assert all(c.holds(facts, POLICY.figures, TODAY) for c in grounds)
        assert any(c.fact in facts for c in grounds)


@given(situations())
@settings(max_examples=200, deadline=None)
def test_the_same_facts_on_the_same_day_get_the_same_verdict(
    situation: tuple[Playbook, Facts],
) -> None:
    playbook, facts = situation

    first = decide(playbook, facts, POLICY.figures, TODAY)
    other_order = Facts({name: fact for name in sorted(facts) if (fact := facts.get(name))})

    assert decide(playbook, other_order, POLICY.figures, TODAY) == first


@pytest.mark.parametrize("playbook", COMMITTED, ids=lambda p: p.id)
def test_with_nothing_known_no_step_records(playbook: Playbook) -> None:
    assert decide(playbook, Facts(), POLICY.figures, TODAY).step.record is None


@pytest.mark.parametrize("playbook", COMMITTED, ids=lambda p: p.id)
def test_with_nothing_known_no_step_commits(playbook: Playbook) -> None:
    assert decide(playbook, Facts(), POLICY.figures, TODAY).decision not in COMMITTING


@given(situations(), st.integers(1, 200))
@settings(max_examples=400, deadline=None)
def test_until_the_day_it_names_the_decision_stays_and_on_that_day_it_changes(
    situation: tuple[Playbook, Facts], days: int
) -> None:
    playbook, facts = situation
    verdict = decide(playbook, facts, POLICY.figures, TODAY)
    later = TODAY + timedelta(days)

    decided_later = decide(playbook, facts, POLICY.figures, later).decision

    if verdict.flip is None or later < verdict.flip.on:
        assert decided_later is verdict.decision
    elif later == verdict.flip.on:
        assert decided_later is verdict.flip.becomes
