"""The registers as the shop keeps tables: a sheet a register, a row a record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.core.people import Person
from bot.core.record_refusals import BadValue
from bot.core.records import Record
from bot.core.register_values import Holds, tidy
from bot.core.registers import Register
from bot.core.tables import Cell, Sheet
from bot.services.casework import Casework, Listing, Seen
from bot.services.ports import Workbooks

ID, VERSION = "编号", "版本"
MISSING, APPROVAL, APPROVED_BY = "还缺", "审批", "批准人"
ENTERED, CHANGED = "登记时间", "更新时间"
TOLD = (MISSING, APPROVAL, APPROVED_BY, ENTERED, CHANGED, VERSION)
"""What the sheet tells and nobody can change there."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook, and how many records it holds."""

    workbook: bytes
    records: int


@dataclass(frozen=True, slots=True)
class RecordSheets:
    casework: Casework
    workbooks: Workbooks

    def export(self, by: Person, registers: Sequence[str] = ()) -> bytes:
        """A workbook of these registers, else of all; contacts masked as for this person.

        Raises:
            NotAllowed: records are not for this role.
            UnknownRegister: there is no such register.
        """
        names = registers or tuple(self.casework.policy().registers)
        found = [(name, self._found(by, Listing(register=name))) for name in names]
        return self.workbooks.write([self._sheet(name, of[::-1]) for name, of in found])

    def export_found(self, by: Person, listing: Listing) -> Exported:
        """What a list shows, all its pages: the same records, the newest first, the same values.

        Raises:
            NotAllowed: records are not for this role.
            UnknownRegister: there is no such register.
        """
        found = self._found(by, listing)
        of_register: dict[str, list[Seen]] = {}
        for seen in found:
            of_register.setdefault(seen.record.register, []).append(seen)
        empty = listing.register or next(iter(self.casework.policy().registers))
        sheets = [self._sheet(name, of) for name, of in (of_register or {empty: []}).items()]
        return Exported(self.workbooks.write(sheets), len(found))

    def _found(self, by: Person, listing: Listing) -> Sequence[Seen]:
        return self.casework.find(by, replace(listing, before=0, limit=None))

    def _sheet(self, name: str, found: Sequence[Seen]) -> Sheet:
        # A register that the policy no longer has is what each of its records holds.
        registers = [seen.register for seen in found] or [self.casework.register(name)]
        header = tuple(dict.fromkeys(title for one in registers for title in columns(one)))
        rows = [cells(seen) for seen in found]
        return Sheet(name, header, [tuple(row.get(title) for title in header) for row in rows])


def columns(register: Register) -> tuple[str, ...]:
    """The header of its sheet."""
    titles = (field.title for field in register.fields)
    return (ID, *titles, register.state_title, *TOLD)


def cells(seen: Seen) -> dict[str, Cell]:
    """A record's row, by column."""
    record, register = seen.record, seen.register
    values = {f.title: _cell(f.holds, record.fields.get(f.title, "")) for f in register.fields}
    return {ID: record.id, **values, register.state_title: record.state.value, **_told(seen)}


def text(register: Register, column: str, cell: Cell | str) -> str:
    """A cell's value in one form, however a spreadsheet writes it."""
    written = _written(cell)
    field = register.field(column)
    try:
        return field.kept(written) if field else tidy(written)
    except BadValue:
        return tidy(written)


def _told(seen: Seen) -> Mapping[str, Cell]:
    record: Record = seen.record
    return {
        MISSING: "、".join(seen.missing),
        APPROVAL: record.approval.value,
        APPROVED_BY: record.approved_by,
        ENTERED: _moment(record.created_at),
        CHANGED: _moment(record.updated_at or record.created_at),
        VERSION: record.version,
    }


def _cell(holds: Holds, value: str) -> Cell:
    """A number or a day where the value is one; what an earlier policy kept otherwise is text."""
    try:
        match holds:
            case _ if not value:
                return None
            case Holds.MONEY:
                return Decimal(value)
            case Holds.COUNT:
                return int(value)
            case Holds.DATE:
                return date.fromisoformat(value)
            case _:
                return value
    except (ValueError, ArithmeticError):
        return value


def _moment(at: datetime) -> datetime:
    """As the shop's clock shows it: a spreadsheet knows no zones."""
    return at.replace(microsecond=0, tzinfo=None)


def _written(cell: Cell | str) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(" ", "seconds")
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def rows_by_column(header: Sequence[str], cells_of_row: Iterable[str]) -> dict[str, str]:
    """The cells of a row under their columns; a row may end early."""
    given = [*cells_of_row]
    given += [""] * (len(header) - len(given))
    return dict(zip(header, given, strict=False))
