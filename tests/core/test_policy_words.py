"""The rules in words, as a lead reads them who has never seen a YAML file."""

from datetime import date

import pytest

from bot import wiring
from bot.core.policy_words import (
    amount,
    condition,
    conditions,
    figure,
    follow_up,
    placeholder,
    told,
)

TODAY = date(2026, 11, 26)
POLICY = wiring.policy_store().current()
CABLE = POLICY.playbooks["missing_cable"]


def test_conditions_name_facts_values_and_figures():
    step = CABLE.step("reported_late")
    assert step
    assert conditions(step.when, POLICY, TODAY) == ["什么时候收到的：超过少件反馈期限（7天）"]


def test_an_amount_is_told_as_it_is_worked_out():
    assert amount(CABLE.amounts["each"], POLICY, TODAY) == (
        "网线补偿，每根（2元） × 少了几根或几件，最多网线补偿上限（4元）"
    )


def test_a_figure_that_is_not_in_force_is_not_told_from_a_neighbouring_day():
    assert figure("cable_compensation", POLICY, date(2023, 12, 31)) == "网线补偿，每根（这天没有）"


def test_every_placeholder_of_every_wording_is_told_in_words():
    for name in POLICY.scripts.names():
        for text in POLICY.scripts.variants(name):
            for place in text.split("{")[1:]:
                assert not placeholder(place.partition("}")[0], POLICY, TODAY).isascii()


@pytest.mark.parametrize("book", POLICY.playbooks.values(), ids=lambda book: book.id)
def test_no_case_is_told_with_a_name_that_only_files_know(book):
    names = POLICY.facts.keys() | set(POLICY.figures.names())
    for line in told(book, POLICY, TODAY):
        assert not any(name in line for name in names if "_" in name), line


def test_all_follow_ups_say_what_is_looked_at():
    plans = [s.follow_up for b in POLICY.playbooks.values() for s in b.steps if s.follow_up]

    assert all(plan.what in follow_up(plan, POLICY, TODAY) for plan in plans)
    assert any("后" in follow_up(plan, POLICY, TODAY) for plan in plans if plan.after)


def test_a_condition_on_a_step_that_was_carried_out_is_told_apart():
    step = CABLE.step("confirm_resend")
    assert step
    done = next(c for c in step.when if c.fact.startswith("done_"))

    assert condition(done, POLICY, TODAY, CABLE) == "做过「说明无法查出丢在哪个环节，提出补偿」"
