"""`duties`, `handover`: what is to be done today, and what the next shift must know."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime

import typer

from bot import wiring
from bot.commands.screen import print_json
from bot.core.duties import OpenRecord
from bot.core.moments import SHANGHAI
from bot.core.promises import told
from bot.services.duties import Today, today_as_json
from bot.services.handover import OpenCase, ShiftHandover, handover_as_json

WHOSE_TURN = {"shop": "等我们", "customer": "等客户"}


def duties(at: datetime | None, as_json: bool) -> None:
    """Print the duties of the day, as JSON or as a person would read them."""
    with closing(wiring.shop_database()) as database:
        found = wiring.duties(database, wiring.policy_store()).at(_moment(at))
    if as_json:
        print_json(today_as_json(found))
    else:
        typer.echo("\n".join(_today(found)))


def handover(at: datetime | None, as_json: bool) -> None:
    """Print what the next shift must know."""
    with closing(wiring.shop_database()) as database:
        found = wiring.handovers(database, wiring.policy_store()).at(_moment(at))
    if as_json:
        print_json(handover_as_json(found))
    else:
        typer.echo("\n".join(_handover(found)))


def _moment(at: datetime | None) -> datetime:
    return datetime.now(SHANGHAI) if at is None else at.replace(tzinfo=SHANGHAI)


def _today(today: Today) -> Iterator[str]:
    for duty in today.duties:
        late = "，已过时间" if duty.overdue(today.at) else ""
        count = f"，{len(duty.records)} 条未完" if duty.records else ""
        yield f"{_due(duty.due, today.at.date())}  {duty.title}{count}{late}"
        yield from (f"       {_record(record)}" for record in duty.records)
    yield from (f"{_of_order(p.order_no)}{told(p, today.at)}" for p in today.promises)
    yield from today.warnings
    if not (today.duties or today.promises):
        yield "今天没有到期的事 nothing is due today"


def _handover(found: ShiftHandover) -> Iterator[str]:
    yield f"未了结的对话 {len(found.cases)}"
    yield from (f"  {_case(case)}" for case in found.cases)
    yield f"未完的登记 {len(found.records)}"
    yield from (f"  {_record(record)}" for record in found.records)
    yield f"未兑现的承诺和跟进 {len(found.promises)}"
    yield from (f"  {_of_order(p.order_no)}{told(p, found.at)}" for p in found.promises)
    yield from found.warnings


def _case(case: OpenCase) -> str:
    about = "，".join(filter(None, [case.order_no or case.conversation_id, case.title]))
    return f"{about}（{WHOSE_TURN[case.waits_for]}）：{case.next_step}"


def _record(record: OpenRecord) -> str:
    missing = f"，还缺{'、'.join(record.missing)}" if record.missing else ""
    return f"{record.register} {record.order_no or record.id} {record.state}{missing}"


def _of_order(order_no: str | None) -> str:
    return f"{order_no}  " if order_no else ""


def _due(due: datetime, today: date) -> str:
    clock = "全天 " if (due.hour, due.minute) == (23, 59) else f"{due:%H:%M}"
    return clock if due.date() == today else f"{due.month}月{due.day}日 {clock.strip()}"
