"""Advice, replays, policy checks and imports are shown to people as text and to programs as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.commands import deciding
from bot.services.comparison import Change
from bot.services.order_import import ImportReport, Progress
from bot.services.replay import Played
from bot.wiring import CheckedPolicy
from tests.commands.test_casebook import MISSING, WHOLE

ADVICE = {
    "message_id": "m1",
    "as_of": "2026-03-12",
    "intent": {"name": "missing_cable", "confidence": 0.93},
    "ranking": [{"name": "missing_cable", "confidence": 0.93}],
    "case": "missing_cable",
    "step": "offer_compensation",
    "decision": "allow",
    "decided_by": "agent",
    "amount": "2.00",
    "verdict": {
        "text": "可以：提出补偿(2元)",
        "reasons": [
            {"fact": "received_on", "value": "2026-03-08", "from": "order", "as_of": "2026-03-09"}
        ],
        "parameters": ["missing_part_window"],
        "sources": [{"doc": "S4", "at": "二.3"}],
        "flips_on": None,
        "becomes": None,
    },
    "ask": [{"fact": "remedy", "title": "要补款还是补发"}],
    "replies": [
        {
            "id": "r1",
            "text": "给您补偿网线的钱",
            "script": "missing_cable.offer_compensation",
            "variant": 0,
        }
    ],
    "register": {"name": "补发记录", "fields": {"原因": "没收到"}, "missing": ["收件人", "电话"]},
    "follow_up": {"on": "2026-03-14", "what": "看客户收到没有"},
    "warnings": ["顾客说的日期与订单不同"],
    "handover": None,
}


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[..., Any]) -> None:
    """Put a function in the place of one that the composition root offers."""
    monkeypatch.setattr(wiring, name, function)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every order belongs to a shop without a pack."""
    policy = wiring.policy_store().current()
    stand_in(monkeypatch, "policy_of", lambda _: policy)


def test_advice_is_json_when_asked_for(monkeypatch, capsys):
    stand_in(monkeypatch, "advise_once", lambda order, text, *_: ADVICE | {"for": [order, text]})

    deciding.advise("250904220031", "没有网线", as_json=True)

    assert json.loads(capsys.readouterr().out) == ADVICE | {"for": ["250904220031", "没有网线"]}


@pytest.mark.parametrize(
    "line",
    [
        "理解    没收到网线 93%",
        "规程    没收到网线 (missing_cable / offer_compensation)",
        "结论    可以：提出补偿(2元)",
        "谁来定  客服可以决定",
        "依据    什么时候收到的：3月8日 (订单，3月9日)",
        "数值    少件反馈期限：7 天",
        "要问    要补款还是补发",
        "回复    给您补偿网线的钱",
        "登记    补发记录，仓库",
        "        原因：没收到",
        "还缺    收件人、电话",
        "跟进    3月14日：看客户收到没有",
        "注意    顾客说的日期与订单不同",
    ],
)
def test_advice_is_readable_without_json(house, monkeypatch, capsys, line):
    stand_in(monkeypatch, "advise_once", lambda *_: ADVICE)

    deciding.advise("1", "没有网线", as_json=False)

    assert line in capsys.readouterr().out.splitlines()


def test_advice_that_is_not_sure_names_the_cases_that_may_be_meant(house, monkeypatch, capsys):
    choices = [
        {"case": "missing_cable", "title": "没收到网线", "confidence": 0.34},
        {"case": "thanks", "title": "感谢", "confidence": 0.3},
    ]
    stand_in(monkeypatch, "advise_once", lambda *_: ADVICE | {"choices": choices})

    deciding.advise("1", "线", as_json=False)

    assert "或许是  没收到网线 34% / 只是感谢 30%" in capsys.readouterr().out.splitlines()


def test_advice_is_given_as_of_another_day(monkeypatch, capsys):
    stand_in(monkeypatch, "advise_once", lambda *given: ADVICE | {"as_of": f"{given[-1]}"})

    deciding.advise("1", "没有网线", as_json=True, as_of=date(2025, 9, 16))

    assert json.loads(capsys.readouterr().out)["as_of"] == "2025-09-16"


def test_advice_names_the_document_and_the_place_in_it(house, monkeypatch, capsys):
    stand_in(monkeypatch, "advise_once", lambda *_: ADVICE)

    deciding.advise("1", "没有网线", as_json=False)

    (source,) = (x for x in capsys.readouterr().out.splitlines() if x.startswith("出处"))
    assert source.endswith("》，二.3")


def test_advice_on_a_message_that_was_not_understood_is_shown(house, monkeypatch, capsys):
    nothing = {"intent": None, "ranking": [], "case": None, "register": None, "follow_up": None}
    stand_in(monkeypatch, "advise_once", lambda *_: ADVICE | nothing)

    deciding.advise("1", "。。", as_json=False)

    shown = capsys.readouterr().out
    assert "理解    没听懂" in shown
    assert "登记" not in shown
    assert "跟进" not in shown


def test_each_scenario_is_a_line(monkeypatch, capsys):
    played = [Played({"id": "ex-01"}, ()), Played({"id": "ex-02"}, ("amount is 4, expected 2",))]
    stand_in(monkeypatch, "replay", lambda *_: iter(played))

    code = deciding.replay([Path("examples.yml")], check=False)

    out, err = capsys.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [{"id": "ex-01"}, {"id": "ex-02"}]
    assert (code, err) == (0, "")


def test_a_checked_replay_tells_each_difference_and_fails(monkeypatch, capsys):
    played = [Played({"id": "ex-01"}, ()), Played({"id": "ex-02"}, ("amount is 4, expected 2",))]
    stand_in(monkeypatch, "replay", lambda *_: iter(played))

    code = deciding.replay([Path("examples.yml")], check=True)

    assert code == 1
    assert capsys.readouterr().err == "ex-02: amount is 4, expected 2\n"


def test_a_checked_replay_without_differences_succeeds(monkeypatch):
    stand_in(monkeypatch, "replay", lambda *_: iter([Played({"id": "ex-01"}, ())]))

    assert deciding.replay([Path("examples.yml")], check=True) == 0


@pytest.mark.parametrize(
    ("checked", "as_json", "code", "shown"),
    [
        (CheckedPolicy((), (WHOLE,)), False, 0, "nothing is missing"),
        (CheckedPolicy(()), True, 0, '{"problems": [], "casebook": []}'),
        (CheckedPolicy(("a.yml:3 unit: add one",)), False, 1, "a.yml:3 unit: add one"),
        (CheckedPolicy(("a.yml:3 unit: add one",)), True, 1, '"problems": ["a.yml:3 unit: add'),
        (CheckedPolicy((), (MISSING,)), False, 1, "playbooks/…/pay_out.yml"),
        (CheckedPolicy((), (MISSING,)), True, 1, '"id": "pay_out"'),
    ],
)
def test_problems_and_gaps_of_the_policy_are_listed(
    monkeypatch, capsys, checked, as_json, code, shown
):
    stand_in(monkeypatch, "check_policy", lambda: checked)

    assert deciding.check_policy(as_json) == code
    assert shown in capsys.readouterr().out


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportReport:
    """An import of ten rows, one of them refused."""
    refused = tmp_path / "orders.refused.csv"
    refused.write_text("\ufeff行号,原因\n7,金额不是数\n", encoding="utf-8")
    report = ImportReport("订单报表", 10, 5, 3, 1, 1, refused)

    def run(_path: Path, progress: Callable[[Progress], None]) -> ImportReport:
        progress(Progress(10, 9))
        return report

    stand_in(monkeypatch, "import_orders", run)
    return report


def test_an_import_tells_its_figures_and_each_refused_row(imported, capsys):
    deciding.import_orders(Path("orders.csv"), as_json=False)

    shown = capsys.readouterr().out
    assert "5 new" in shown
    assert "1 rows refused" in shown
    assert "7 | 金额不是数" in shown
    assert str(imported.refused_file) in shown


def test_an_import_can_be_read_by_programs(imported, capsys):
    deciding.import_orders(Path("orders.csv"), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["added"], told["refused"]) == (10, 5, 1)
    assert told["refused_rows"] == [{"行号": "7", "原因": "金额不是数"}]
    assert told["refused_file"] == str(imported.refused_file)


def test_an_import_without_refusals_has_no_list(monkeypatch, capsys):
    report = ImportReport("订单报表", 1, 1, 0, 0, 0, None)
    stand_in(monkeypatch, "import_orders", lambda *_: report)

    deciding.import_orders(Path("orders.csv"), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert told["refused_rows"] == []
    assert told["refused_file"] is None


def test_each_change_is_a_line_and_their_number_is_told(monkeypatch, capsys):
    change = Change("c", "m", "没有网线", {"amount": "2.00"}, {"amount": "3.00"})

    def compare(other, logs, count, progress):
        count.conversations, count.advices, count.changed = 1, 4, 1
        yield change

    stand_in(monkeypatch, "compare", compare)

    deciding.replay_difference(Path("pack"), [])

    out, err = capsys.readouterr()
    assert json.loads(out) == asdict(change)
    assert err == "1 段对话 conversations, 4 条建议 advices, 1 条会变 change\n"
