"""What the guard stopped at the desk becomes a mark of that case; warnings and others' do not."""

from datetime import datetime, timedelta
from typing import Any

from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.mastery import Shown, Where
from bot.core.moments import SHANGHAI
from bot.core.suggestion_use import Finding, Outcome
from bot.services.sending import NOT_OPEN
from bot.services.slips import LATELY, Slips

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
ASKED = Turn("m", Speaker.CUSTOMER, "没有网线", NOW, Reading(case="missing_cable"))


class Kept:
    """The conversations and what the guard said, as kept."""

    def __init__(self, *findings: Finding) -> None:
        self._findings = findings

    def findings(self, start: datetime, end: datetime) -> list[Finding]:
        return [one for one in self._findings if start <= one.at < end]

    def load(self, conversation_id: str) -> Conversation:
        return Conversation(conversation_id, turns=(ASKED,))


def found(
    author: str = "小周",
    severity: Outcome = Outcome.BLOCKED,
    rule: str = "promise",
    ago: timedelta = timedelta(hours=1),
    message: str = "r",
) -> Finding:
    return Finding(NOW - ago, author, rule, severity, "c", message)


def slips(*findings: Finding) -> list[tuple[str, Shown, Where]]:
    kept: Any = Kept(*findings)
    return [(m.item, m.shown, m.where) for m in Slips(kept, kept)("小周", NOW)]


SLIP = ("missing_cable", Shown.WRONG, Where.DESK)


def test_a_stopped_reply_is_a_slip_once_however_many_rules_it_broke() -> None:
    assert slips(found(), found(rule="respect")) == [SLIP]
    assert slips(found(), found(message="other")) == [SLIP, SLIP]


def test_a_supervisor_who_lets_it_go_does_not_undo_it() -> None:
    assert slips(found(severity=Outcome.OVERRULED)) == [SLIP]


def test_warnings_others_slips_old_ones_and_closed_cases_are_none() -> None:
    assert slips(found(severity=Outcome.WARNED)) == []
    assert slips(found(author="小吴")) == []
    assert slips(found(ago=LATELY + timedelta(seconds=1))) == []
    assert slips(found(rule=NOT_OPEN)) == []
