"""Worked conversations through the real understanding: what was not trained on must come out right, too."""

from pathlib import Path

import pytest

from bot import wiring

CHECKOUT = Path(__file__).parents[2]
SCENARIOS = sorted((CHECKOUT / "tests/policy/scenarios").glob("*.yml"))
ENOUGH = 0.9
"""Of conversations in customers' free words; understanding is learned, so not all can be demanded."""


def test_nine_in_ten_conversations_in_free_words_end_as_the_rules_say(
    rasa_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOUHOU_RASA_URL", rasa_url)

    played = list(wiring.replay(SCENARIOS))

    wrong = {one.line["id"]: one.differences for one in played if one.differences}
    right = len(played) - len(wrong)
    assert right >= ENOUGH * len(played), wrong
