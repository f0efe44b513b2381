"""Worked conversations through the real understanding: what was not trained on must come out right, too."""

from pathlib import Path

from bot import wiring

CHECKOUT = Path(__file__).parents[2]
SCENARIOS = sorted((CHECKOUT / "tests/policy/scenarios").glob("*.yml"))
ENOUGH = 0.9
"""Of conversations in customers' free words; understanding is learned, so not all can be demanded."""


def test_nine_in_ten_conversations_in_free_words_end_as_the_casebook_says(model: Path) -> None:
    played = list(wiring.replay(SCENARIOS))

    wrong = {line["id"]: list(found) for line, found in played if found}
    right = len(played) - len(wrong)
    assert right >= ENOUGH * len(played), wrong
