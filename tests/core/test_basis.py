"""The code of an advice changes with what the rules said and went by, and with nothing else."""

import pytest

from bot.core.basis import basis

ADVICE = {
    "case": "missing_cable",
    "step": "offer",
    "decision": "allow",
    "decided_by": "agent",
    "amount": "2.00",
    "order_no": "1",
    "as_of": "2026-11-26",
    "message_id": "m-1",
    "verdict": {
        "flips_on": None,
        "reasons": [
            {"fact": "a", "value": "1", "from": "order", "as_of": None},
            {"fact": "b", "value": True, "from": "order", "as_of": None},
        ],
    },
}


@pytest.mark.parametrize("name", ["case", "step", "decision", "decided_by", "amount", "order_no"])
def test_another_verdict_is_another_basis(name):
    assert basis({**ADVICE, name: "other"}) != basis(ADVICE)


def test_another_fact_is_another_basis_and_their_order_is_not():
    reasons = ADVICE["verdict"]["reasons"]
    other = [{**reasons[0], "value": "2"}, reasons[1]]

    assert basis({**ADVICE, "verdict": {**ADVICE["verdict"], "reasons": other}}) != basis(ADVICE)
    turned = {**ADVICE["verdict"], "reasons": reasons[::-1]}
    assert basis({**ADVICE, "verdict": turned}) == basis(ADVICE)


@pytest.mark.parametrize("name", ["as_of", "message_id"])
def test_another_day_or_message_alone_is_the_same_basis(name):
    assert basis({**ADVICE, name: "other"}) == basis(ADVICE)
