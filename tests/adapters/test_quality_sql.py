"""What became of suggestions, as it is kept: each thing once, and found again by its moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.quality_sql import SqlTelemetry
from bot.core.conversation import Conversation
from bot.core.moments import SHANGHAI
from bot.core.suggestion_use import Action, Finding, Outcome, Shown, Use

AT = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
LATER = AT + timedelta(minutes=1)
SHOWN = Shown("c", "m1", "小周", AT, AT - timedelta(seconds=5), "missing_cable.look_again", 3)
USE = Use("c", "a1", AT, "小周", "missing_cable.look_again", Action.EDITED, 0.2, about="m1", rank=2)
FINDING = Finding(AT, "小周", "amount", Outcome.BLOCKED, "c", "a1")


@pytest.fixture
def telemetry(database: Database) -> SqlTelemetry:
    SqlConversations(database).open(Conversation("c"), "chat", AT)
    return SqlTelemetry(database)


def test_an_advice_is_shown_to_each_person_once_and_first(telemetry):
    again, colleague = replace(SHOWN, at=LATER), replace(SHOWN, author="小吴", at=LATER)

    for shown in ([SHOWN], [again, colleague]):
        telemetry.shown(shown)

    assert telemetry.shows(AT, LATER) == [SHOWN]
    assert telemetry.shows(AT, LATER + timedelta(seconds=1)) == [SHOWN, colleague]


def test_other_suggestions_on_the_same_message_are_shown_anew(telemetry):
    telemetry.shown([SHOWN, replace(SHOWN, script="quality_issue.ask_photo", at=LATER)])

    assert telemetry.shown_at("c", "m1", "小周", "quality_issue.ask_photo") == LATER
    assert telemetry.shown_at("c", "m1", "小吴", "quality_issue.ask_photo") is None


def test_a_reply_is_counted_once_with_all_that_is_known_of_it(telemetry):
    known = replace(USE, shown_at=AT - timedelta(seconds=9), variant=4, corrected=True)

    telemetry.used(known)
    telemetry.used(replace(known, action=Action.IGNORED))

    assert telemetry.uses(AT, LATER) == [known]
    assert telemetry.uses(LATER, LATER + timedelta(hours=1)) == []


def test_a_reply_that_is_tried_again_is_stopped_once_by_each_rule(telemetry):
    other, overruled = (
        replace(FINDING, rule="promise"),
        replace(FINDING, severity=Outcome.OVERRULED),
    )

    telemetry.found([FINDING])
    telemetry.found([replace(FINDING, at=LATER), other])
    telemetry.found([overruled])

    found = telemetry.findings(AT, LATER)
    assert {(one.rule, one.severity) for one in found} == {
        ("amount", Outcome.BLOCKED),
        ("promise", Outcome.BLOCKED),
        ("amount", Outcome.OVERRULED),
    }


def test_another_reply_is_stopped_for_itself(telemetry):
    telemetry.found([FINDING, replace(FINDING, message_id="a2")])

    assert len(telemetry.findings(AT, LATER)) == 2


def test_nothing_to_keep_is_kept_without_asking_the_database(telemetry):
    telemetry.shown([])
    telemetry.found([])

    assert telemetry.shows(AT, LATER) == telemetry.findings(AT, LATER) == []
