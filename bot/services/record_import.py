"""Takes the registers back from a workbook, row by row; a row refused is told with its reason.

A row says from which version of its record it was written. As it was then, it changes nothing,
however far the record has gone since; changed, it counts only where nobody else has been quicker.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.people import Person
from bot.core.record_changes import Revision
from bot.core.record_refusals import RecordRefused, UnknownRecord
from bot.core.records import Approval, State, replayed
from bot.core.registers import Register
from bot.core.tables import Row
from bot.services.casework import Casework, Seen
from bot.services.ports import Workbooks
from bot.services.record_sheets import (
    APPROVAL,
    ID,
    MISSING,
    TOLD,
    VERSION,
    cells,
    columns,
    rows_by_column,
    text,
)

WHY = "导入表格"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    sheet: str
    row: int
    reason: str
    """What is wrong, and how to mend it."""
    column: str = ""
    """The cell of the row that is wrong; empty where it is the whole row."""


@dataclass(frozen=True, slots=True)
class RecordsImported:
    """What became of a workbook's rows."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordImport:
    casework: Casework
    workbooks: Workbooks

    def run(
        self,
        by: Person,
        at: datetime,
        workbook: bytes,
        name: str,
        follow: Callable[[RecordsImported], None] = lambda so_far: None,
    ) -> RecordsImported:
        """Take over what was written in the sheets.

        Args:
            name: the file's, for the history.
            follow: is told after each row how far it is.

        Raises:
            BrokenTable: it cannot be read to its end; the rows before that have been taken.
        """
        done = RecordsImported()
        for sheet, rows in self.workbooks.read(workbook):
            for number, outcome in self._sheet(by, at, sheet, rows, f"导入 {name}"):
                done = self._counted(done, sheet, number, outcome)
                follow(done)
        return done

    def _counted(
        self, done: RecordsImported, sheet: str, row: int, outcome: str | RecordRefused
    ) -> RecordsImported:
        rows = done.rows + 1
        match outcome:
            case RecordRefused():
                column = _column(self.casework.policy().registers.get(sheet), outcome.field)
                refused = RefusedRow(sheet, row, str(outcome), column)
                return replace(done, rows=rows, refused=(*done.refused, refused))
            case "added":
                return replace(done, rows=rows, added=done.added + 1)
            case "changed":
                return replace(done, rows=rows, changed=done.changed + 1)
            case _:
                return replace(done, rows=rows, unchanged=done.unchanged + 1)

    def _sheet(
        self, by: Person, at: datetime, sheet: str, rows: Iterator[Row], source: str
    ) -> Iterator[tuple[int, str | RecordRefused]]:
        """What became of each row: ``added``, ``changed``, ``unchanged`` or why it was refused."""
        header = next(rows, None)
        if header is None:
            return
        try:
            register = self.casework.register(sheet)
            titles = _titles(header, register)
        except RecordRefused as refused:
            yield header.number, refused
            return
        for row in rows:
            given = rows_by_column(titles, row.cells)
            if any(given.values()):
                yield row.number, self._row(by, at, register, given, source)

    def _row(
        self, by: Person, at: datetime, register: Register, given: dict[str, str], source: str
    ) -> str | RecordRefused:
        try:
            if not given.get(ID):
                return self._add(by, at, register, given, source)
            return self._change(by, at, register, given, source)
        except RecordRefused as refused:
            return refused

    def _add(
        self, by: Person, at: datetime, register: Register, given: dict[str, str], source: str
    ) -> str:
        state = given.get(register.state_title)
        if state and state != State.WAITING:
            raise RecordRefused("新的一行只能是待办 a new row begins as 待办", register.state_title)
        fields = {f.title: given[f.title] for f in register.fields if given.get(f.title)}
        self.casework.enter(by, at, register.name, fields, source=source)
        return "added"

    def _change(
        self, by: Person, at: datetime, register: Register, given: dict[str, str], source: str
    ) -> str:
        record_id, version = _whole(given[ID], ID), _whole(given.get(VERSION, ""), VERSION)
        seen = self.casework.one(by, record_id)
        if seen.register.name != register.name:
            raise UnknownRecord(record_id)
        if not 0 < version <= len(seen.history):
            raise RecordRefused(f"没有第 {version} 版 no such version", VERSION)
        changed = _changed(_as_of(seen, version), register, given)
        for column in changed:
            if column in (*TOLD, ID):
                raise RecordRefused(f"「{column}」不能在表里改 cannot be changed here", column)
        # The same file once more: what it says has been taken over already.
        if not changed or not _changed(seen, register, given).keys() - {*TOLD}:
            return "unchanged"
        to = changed.pop(register.state_title, None)
        wanted = Revision(changed, to=_state(to, register) if to is not None else None, why=WHY)
        self.casework.revise(by, at, record_id, version, wanted, source)
        return "changed"


def _titles(header: Row, register: Register) -> Sequence[str]:
    titles = [title.strip() for title in header.cells]
    known = columns(register)
    for title in filter(None, titles):
        if title not in known:
            raise RecordRefused(f"{register.name}没有「{title}」这一列 no such column", title)
        if titles.count(title) > 1:
            raise RecordRefused(f"「{title}」这一列有两次 the column stands twice", title)
    if ID not in titles:
        raise RecordRefused(f"没有「{ID}」这一列 the column is missing", ID)
    return titles


def _as_of(seen: Seen, version: int) -> Seen:
    """The record as it was at this version, for the person who has exported it."""
    told = replayed(seen.history[:version])
    titles = {field.title for field in seen.register.fields}
    fields = {title: value for title, value in told.items() if title in titles}
    then = replace(
        seen.record,
        fields=fields,
        state=State(told.get("state", seen.record.state)),
        approval=Approval(told.get("approval", seen.record.approval)),
        approved_by=told.get("approved_by", ""),
        version=version,
        updated_at=seen.history[version - 1].at,
    )
    return replace(seen, record=then, missing=seen.register.missing(fields))


def _changed(then: Seen, register: Register, given: dict[str, str]) -> dict[str, str]:
    """The cells that somebody has written in."""
    was = cells(then)
    # What is missing follows from the rest, and from the rules of the day.
    columns_written = (column for column in given if column not in ("", MISSING))
    return {
        column: given[column]
        for column in columns_written
        if text(register, column, given[column]) != text(register, column, was[column])
    }


def _whole(cell: str, column: str) -> int:
    if not cell.isdecimal():
        raise RecordRefused(f"「{column}」要是整数 must be a whole number", column)
    return int(cell)


def _state(cell: str, register: Register) -> State:
    try:
        return State(cell)
    except ValueError:
        told = "、".join(State)
        raise RecordRefused(f"只能是{told} write one of these", register.state_title) from None


def _column(register: Register | None, field: str) -> str:
    """The column of the sheet in which this field stands; "" where it has none."""
    if register is None:
        return ""
    if field in columns(register):
        return field
    told = {"state": register.state_title, "version": VERSION, "id": ID, "approval": APPROVAL}
    return told.get(field, register.reason if field == "reason" else "")
