"""Whatever people do with records, in any order: none is lost, none is there twice, each history adds
up, nobody works on what is incomplete or not approved.
"""

import tempfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.registers_sql import SqlRegisters
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.days import Unit
from bot.core.outcome import Outcome
from bot.core.people import Person, Role
from bot.core.record_changes import Doing, Draft, Revision
from bot.core.record_refusals import RecordRefused, Stale
from bot.core.records import NEXT, Approval, Record, State, replayed
from bot.services.casework import Casework
from bot.services.ports import WantedRecords
from bot.services.recording import LIMIT
from tests.builders import figures, parameter, policy
from tests.databases import new_database
from tests.record_builders import NOW, REFUND, RESEND, REVIEW, SUPERVISOR

REGISTERS = {one.name: one for one in (RESEND, REFUND, REVIEW)}
MOST = Decimal(20)
POLICY = replace(policy(figures=figures(parameter(LIMIT, MOST, Unit.CNY))), registers=REGISTERS)
PEOPLE = st.sampled_from([Person(role.value, role) for role in Role])
SOME = {
    "订单号": st.sampled_from(["", "1001", "1002"]),
    "补发内容": st.sampled_from(["", "网线", "电源"]),
    "数量": st.sampled_from(["", "1", "两"]),
    "电话": st.sampled_from(["", "13812345678", "138****5678"]),
    "进度": st.sampled_from(["", "已备货", "已寄出"]),
    "类型": st.sampled_from(["", "补偿", "退运费"]),
    "金额": st.sampled_from(["", "8", "15.00", "20", "21"]),
    "打款日期": st.sampled_from(["", "2026-03-12"]),
    "原因": st.sampled_from(["", "未收到", "坏了"]),
    "差评原因": st.sampled_from(["", "慢"]),
    "处理结果": st.sampled_from(["", "已补救"]),
}
COMPLETE = {
    "补发记录": {"订单号": "1001", "补发内容": "网线", "电话": "13812345678", "原因": "未收到"},
    "退运费登记": {"订单号": "1001", "类型": "补偿", "金额": "15.00", "原因": "未收到"},
    "差评记录": {"订单号": "1001", "差评原因": "慢"},
}


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Mostly whole, with what tells entries apart drawn anew."""
    name = draw(st.sampled_from([*sorted(REGISTERS), REFUND.name]))
    titles = [field.title for field in REGISTERS[name].fields]
    changed = draw(st.sets(st.sampled_from(titles), max_size=3))
    return name, {**COMPLETE[name], **{title: draw(SOME[title]) for title in sorted(changed)}}


class Shop(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._database = new_database(Path(self._folder.name) / "shop.db")
        self._registers = SqlRegisters(self._database)
        self._casework = Casework(lambda: POLICY, self._registers)
        self._conversations = SqlConversations(self._database)
        self._conversations.open(Conversation("c"), "api", NOW)
        self._sent = 0
        self._seen: dict[int, int] = {}

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    @rule(entry=filled_in(), asked=st.booleans(), again=st.booleans())
    def a_reply_is_sent(self, entry: tuple[str, dict[str, str]], asked: bool, again: bool) -> None:
        name, fields = entry
        register = REGISTERS[name]
        known = register.entry({}, fields).fields
        doing = Doing(Person("小周", Role.AGENT), NOW, MOST)
        draft = Draft(register, known, doing, "c", to_approve=asked)
        self._sent += 1
        reply = Turn(f"m{self._sent}", Speaker.AGENT, "给您登记了", NOW)
        for _ in range(1 + again):
            self._conversations.add("c", reply, Outcome((draft,)))

    @rule(entry=filled_in(), by=PEOPLE, is_draft=st.booleans())
    def somebody_enters(
        self, entry: tuple[str, dict[str, str]], by: Person, is_draft: bool
    ) -> None:
        with suppress(RecordRefused):
            self._casework.enter(by, NOW, *entry, draft=is_draft)

    @precondition(lambda self: self._seen)
    @rule(data=st.data(), by=PEOPLE)
    def somebody_fills_in(self, data: st.DataObject, by: Person) -> None:
        record = self._any(data)
        titles = [field.title for field in REGISTERS[record.register].fields]
        title = data.draw(st.sampled_from(titles))
        keeper = data.draw(st.booleans())
        self._revise(
            record, self._keeper(record) if keeper else by, {title: data.draw(SOME[title])}
        )

    @precondition(lambda self: self._seen)
    @rule(data=st.data())
    def its_keeper_moves_it_on(self, data: st.DataObject) -> None:
        record = self._any(data)
        leads = sorted(NEXT[record.state]) or [State.WAITING]
        self._revise(
            record, self._keeper(record), to=data.draw(st.sampled_from(leads)), why="查过了"
        )

    @precondition(lambda self: self._seen)
    @rule(data=st.data(), by=PEOPLE, to=st.sampled_from(State), why=st.sampled_from(["", "好"]))
    def anybody_moves_it_anywhere(
        self, data: st.DataObject, by: Person, to: State, why: str
    ) -> None:
        self._revise(self._any(data), by, to=to, why=why)

    @precondition(lambda self: self._seen)
    @rule(data=st.data(), by=st.just(SUPERVISOR) | PEOPLE)
    def somebody_approves(self, data: st.DataObject, by: Person) -> None:
        self._revise(self._any(data), by, approve=True, why="好")

    @precondition(lambda self: self._seen)
    @rule(data=st.data())
    def somebody_comes_too_late(self, data: st.DataObject) -> None:
        record = self._any(data)
        with pytest.raises(Stale):
            self._casework.revise(
                self._keeper(record), NOW, record.id, record.version - 1, Revision({"原因": "x"})
            )

    def _any(self, data: st.DataObject) -> Record:
        return self._registers.one(data.draw(st.sampled_from(sorted(self._seen))))

    def _keeper(self, record: Record) -> Person:
        return Person("keeper", REGISTERS[record.register].owner)

    def _revise(
        self, record: Record, by: Person, fields: dict[str, str] | None = None, **wanted: Any
    ) -> None:
        with suppress(RecordRefused):
            revision = Revision(fields or {}, **wanted)
            self._casework.revise(by, NOW, record.id, record.version, revision)

    @invariant()
    def none_is_lost_and_none_there_twice(self) -> None:
        records = self._registers.find(WantedRecords())

        assert {record.id for record in records} >= self._seen.keys()
        assert len({(r.register, r.about, r.reason) for r in records}) == len(records)
        self._seen = {record.id: record.version for record in records}

    @invariant()
    def each_history_adds_up(self) -> None:
        for record in self._registers.find(WantedRecords()):
            history = self._registers.history(record.id)
            assert len(history) == record.version
            assert replayed(history) == record.snapshot()
            states = [State(line.after["state"]) for line in history if "state" in line.after]
            assert states[0] is State.WAITING
            assert all(b in NEXT[a] for a, b in pairwise(states))

    @invariant()
    def work_is_complete_and_approved(self) -> None:
        for record in self._registers.find(WantedRecords()):
            if record.state in (State.WORKING, State.DONE):
                assert REGISTERS[record.register].missing(record.fields) == ()
            if record.state is State.DONE:
                assert record.approval is not Approval.AWAITED, "done without approval"
            assert (record.approval is Approval.GIVEN) == bool(record.approved_by)

    @invariant()
    def nothing_beyond_the_limit_goes_unapproved(self) -> None:
        given: dict[str, Decimal] = {}
        for record in self._registers.find(WantedRecords()):
            if record.state is not State.REJECTED and record.approval is Approval.NOT_NEEDED:
                given[record.about] = given.get(record.about, Decimal(0)) + record.compensation
        assert all(total <= MOST for total in given.values())


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
