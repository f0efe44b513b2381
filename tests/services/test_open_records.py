"""Whoever lists what is to be done sees every entry that is not finished, the oldest first."""

from bot.core.record_changes import Revision
from bot.core.records import State
from bot.services.open_records import OpenInRegisters
from tests.record_builders import NOW, WAREHOUSE
from tests.services.tables_desk import POLICY, TablesDesk


def test_what_is_not_finished_is_open_with_what_it_lacks(desk: TablesDesk) -> None:
    desk.enter(原因="一")
    desk.enter(原因="二", 电话="")

    first, second = OpenInRegisters(lambda: POLICY, desk.registers).open_records()

    assert (first.register, first.state, first.missing) == ("补发记录", "待办", ())
    assert second.missing == ("电话",)
    assert first.opened_at == NOW


def test_what_is_rejected_is_open_no_more(desk: TablesDesk) -> None:
    record = desk.enter()

    move = Revision(to=State.REJECTED, why="客户不要了")
    desk.casework.revise(WAREHOUSE, NOW, record.id, record.version, move)

    assert OpenInRegisters(lambda: POLICY, desk.registers).open_records() == []
