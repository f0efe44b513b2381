"""What a worked conversation expects of the guard, held against what it found."""

from typing import Any

import pytest

from bot.core.scenario import Scenario
from bot.services.replay import finding_differences
from tests.builders import moment

PROMISE = {"rule": "promise", "severity": "block", "why": "不能答应"}
CLOSING = {"rule": "closing", "severity": "warn", "why": "要有结束语"}


def expecting(*findings: Any, **more: Any) -> Scenario:
    wanted = [{"rule": rule, "severity": severity} for rule, severity in findings]
    return Scenario("s-1", moment(), (), (), {"findings": wanted, **more})


def test_the_same_findings_in_another_order_make_no_difference() -> None:
    wanted = expecting(("closing", "warn"), ("promise", "block"))

    different = [*finding_differences(wanted, [PROMISE, CLOSING])]

    assert different == []


@pytest.mark.parametrize(
    ("wanted", "found", "told"),
    [
        (expecting(("promise", "block")), [], "promise (block) is not found"),
        (expecting(), [CLOSING], "closing (warn) is found and not expected: 要有结束语"),
    ],
)
def test_what_is_missing_and_what_is_too_much_is_told(
    wanted: Scenario, found: list[Any], told: str
) -> None:
    different = [*finding_differences(wanted, found)]

    assert different == [told]


def test_another_severity_is_a_difference_both_ways() -> None:
    different = [*finding_differences(expecting(("promise", "warn")), [PROMISE])]

    assert len(different) == 2


def test_an_unknown_key_is_named() -> None:
    (told,) = finding_differences(expecting(finding="promise"), [])

    assert told.startswith("expect.finding is not known")
