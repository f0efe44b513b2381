"""Past conversations are read line by line, and a line that cannot be used says why."""

import json
from datetime import datetime, timedelta

import pytest

from bot.core.conversation import Speaker
from bot.core.moments import SHANGHAI
from bot.services.logs import LogError, read_log

NOW = datetime(2026, 3, 12, 9, tzinfo=SHANGHAI)
TURNS = [{"role": "customer", "text": "没收到网线"}, {"role": "agent", "text": "您再找找"}]


def line(**content: object) -> str:
    return json.dumps({"turns": TURNS, **content}, ensure_ascii=False)


def test_a_line_is_a_conversation_with_its_turns_a_minute_apart() -> None:
    (past,) = read_log([line(id="a", at="2025-10-20T10:00", order_no="1", shop="店")], NOW)

    assert (past.id, past.order_no, past.shop) == ("a", "1", "店")
    assert [turn.speaker for turn in past.turns] == [Speaker.CUSTOMER, Speaker.AGENT]
    assert past.turns[0].at == datetime(2025, 10, 20, 10, tzinfo=SHANGHAI)
    assert past.turns[1].at - past.turns[0].at == timedelta(minutes=1)


def test_a_conversation_without_name_and_moment_gets_both() -> None:
    _, past = read_log([line(), "", line()], NOW)

    assert past.id == "line-3"
    assert past.turns[0].at == NOW


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1: line: must be JSON"),
        ("[]", "line 1: turns: write a list"),
        ('{"turns": [{"role": "clerk", "text": "x"}]}', "line 1: turns[0].role: write customer"),
        ('{"turns": [{"role": "agent"}]}', "line 1: turns[0].text: write the words"),
        ('{"turns": [], "at": "gestern"}', "line 1: at: write the moment as"),
    ],
)
def test_a_line_that_cannot_be_used_names_field_and_mend(text: str, told: str) -> None:
    with pytest.raises(LogError) as raised:
        list(read_log([text], NOW))

    assert str(raised.value).startswith(told)
