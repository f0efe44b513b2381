"""The worked cases: what the playbooks decide, written so that a shop can read and add to them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.policy_files import load_checked
from bot.adapters.yaml_files import parse
from bot.core.conversation import from_json
from bot.core.facts import Fact, Facts, Origin
from bot.core.money import exact
from bot.core.policy import Policy
from bot.core.verdict import Verdict, decide

CHECKOUT = Path(__file__).parents[2]
CASES = sorted((CHECKOUT / "tests/policy/cases").glob("*.cases.yml"))
POLICY = load_checked(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")


def _cases() -> Iterator[Any]:
    for path in CASES:
        table: Any = parse(path)
        for case in table["cases"]:
            name = f"{table['playbook']}: {case['name']}"
            yield pytest.param(table, case, id=name)


def _facts(given: dict[str, Any], policy: Policy) -> Facts:
    known = {}
    for name, raw in given.items():
        if raw is None:
            continue
        marker = name.startswith(("done_", "offered_"))
        value = raw if marker else from_json(policy.facts[name].kind, _plain(raw))
        known[name] = Fact(value, Origin.ORDER)
    return Facts(known)


def _plain(raw: Any) -> Any:
    return raw.isoformat() if isinstance(raw, date) else raw


def _found(verdict: Verdict) -> dict[str, Any]:
    flip = verdict.flip
    return {
        "step": verdict.step.id,
        "decision": verdict.decision.value,
        "decided_by": verdict.decided_by.value,
        "amount": None if verdict.amount is None else exact(verdict.amount),
        "record": verdict.step.record,
        "approval": verdict.step.approval,
        "follow_up_on": verdict.follow_up_on,
        "flips_on": flip.on if flip else None,
        "becomes": flip.becomes.value if flip else None,
        "ask": list(verdict.step.ask),
    }


@pytest.mark.parametrize(("table", "case"), list(_cases()))
def test_the_playbook_decides_as_the_shop_wrote_it_down(
    table: dict[str, Any], case: dict[str, Any]
) -> None:
    policy = POLICY.for_shop(table.get("shop", ""))
    given = {**table.get("given", {}), **case.get("given", {})}
    today = case.get("today", table["today"])

    verdict = decide(
        policy.playbooks[table["playbook"]], _facts(given, policy), policy.figures, today
    )

    found = _found(verdict)
    assert {name: found[name] for name in case["expect"]} == case["expect"]


def test_every_complete_playbook_has_worked_cases_for_each_of_its_steps() -> None:
    tried: dict[str, set[str]] = {}
    for path in CASES:
        table: Any = parse(path)
        steps = {case["expect"].get("step") for case in table["cases"]}
        tried.setdefault(table["playbook"], set()).update(steps)

    missing = {
        f"{playbook.id}.{step.id}"
        for policy in (POLICY, *POLICY.shops.values())
        for playbook in policy.playbooks.values()
        if not playbook.generic
        for step in playbook.steps
        if step.id not in tried.get(playbook.id, set())
    }

    assert missing == set()
