"""Duties and handovers are shown to people as text and to programs as JSON."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import wiring
from bot.adapters.conversations_sql import SqlConversations
from bot.commands import duties as commands
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.duties import Duty, OpenRecord
from bot.core.moments import SHANGHAI
from bot.core.outcome import Outcome
from bot.core.promises import Commitment, Kind, Promise
from bot.services.duties import Duties, Today
from bot.services.handover import Handovers, ShiftHandover

NOW = datetime(2025, 10, 13, 9, 30, tzinfo=SHANGHAI)
MONDAY = datetime(2025, 10, 13, 9, 30)  # noqa: DTZ001 - as it is typed on the command line
RECORD = OpenRecord("1", "增票登记", "待办", NOW - timedelta(days=3), "251008000001", ("税号",))
CALL = Promise(
    "p",
    Commitment(Kind.CALL_BACK, "三点前给您回电", NOW.replace(hour=15, minute=0)),
    "c",
    "m",
    Speaker.AGENT,
    NOW,
    "251008000001",
)


@pytest.fixture(autouse=True)
def _own_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop of its own, in which one promise was made."""
    monkeypatch.setenv("SHOUHOU_VAR", str(tmp_path))
    monkeypatch.delenv("SHOUHOU_DATABASE_URL", raising=False)
    database = wiring.shop_database()
    kept = SqlConversations(database)
    kept.open(Conversation("c"), "test", NOW)
    kept.add("c", Turn("m", Speaker.AGENT, "三点前给您回电", NOW), Outcome(promises=(CALL,)))
    database.close()


def test_the_days_duties_are_told_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    commands.duties(MONDAY, as_json=False)

    assert capsys.readouterr().out.splitlines() == [
        "10:00  把增票资料交给财务",
        "全天   把质量问题登记和差评记录发给相关同事",
        "251008000001  10月13日答应：三点前给您回电，今天15:00到期",
    ]


def test_the_days_duties_are_json_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    commands.duties(MONDAY, as_json=True)

    body = json.loads(capsys.readouterr().out)
    assert [duty["id"] for duty in body["duties"]] == ["vat_data", "weekly_registers"]


def test_a_late_duty_is_told_with_its_entries(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Today(NOW, (Duty("vat_data", "增票", NOW - timedelta(days=3), (RECORD,)),), ())
    monkeypatch.setattr(Duties, "at", lambda _self, _now: late)

    commands.duties(MONDAY, as_json=False)

    assert capsys.readouterr().out.splitlines() == [
        "10月10日 09:30  增票，1 条未完，已过时间",
        "       增票登记 251008000001 待办，还缺税号",
    ]


def test_a_day_without_duties_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Duties, "at", lambda _self, now: Today(now, (), ()))

    commands.duties(None, as_json=False)

    assert "nothing is due today" in capsys.readouterr().out


def test_the_handover_is_told_in_three_parts(capsys: pytest.CaptureFixture[str]) -> None:
    commands.handover(MONDAY, as_json=False)

    assert capsys.readouterr().out.splitlines() == [
        "未了结的对话 1",
        "  c（等客户）：等客户回话",
        "未完的登记 0",
        "未兑现的承诺和跟进 1",
        "  251008000001  10月13日答应：三点前给您回电，今天15:00到期",
    ]


def test_the_handover_is_json_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    commands.handover(MONDAY, as_json=True)

    assert json.loads(capsys.readouterr().out)["promises"][0]["kind"] == "call_back"


def test_open_records_are_handed_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ShiftHandover(NOW, (), (RECORD,), (), ("日历没有收录",))
    monkeypatch.setattr(Handovers, "at", lambda _self, _now: found)

    commands.handover(MONDAY, as_json=False)

    lines = capsys.readouterr().out.splitlines()
    assert "  增票登记 251008000001 待办，还缺税号" in lines
    assert lines[-1] == "日历没有收录"
