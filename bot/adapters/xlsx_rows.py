"""Reads the first sheet of an XLSX file row by row, as the text a person sees in its cells."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from openpyxl.utils.datetime import from_excel

from bot.adapters.xlsx_parts import Attributes, Book, event_parser, open_book
from bot.core.tables import BrokenTable, Row

_CHUNK = 1 << 16
_EXACT_DIGITS = 15
"""A number in a spreadsheet keeps no more digits than this."""


def looks_like_xlsx(file: IO[bytes]) -> bool:
    """Raises BrokenTable for an old XLS file."""
    start = file.read(4)
    file.seek(0)
    if start == b"\xd0\xcf\x11\xe0":
        raise BrokenTable("这是旧的 XLS 文件或加了密码的文件;请另存为 XLSX 或 CSV 再导入")
    return start.startswith(b"PK")


def xlsx_rows(file: IO[bytes]) -> Iterator[Row]:
    """All rows; Raises BrokenTable where the file is damaged or breaks off."""
    with whole_file(), ZipFile(file) as archive:
        refuse_other_archives(archive)
        yield from sheet_rows(archive, open_book(archive))


def refuse_other_archives(archive: ZipFile) -> None:
    """Raises BrokenTable."""
    if "[Content_Types].xml" not in archive.namelist():
        raise BrokenTable("这是压缩包,不是 XLSX 文件;请先解压再导入里面的表格")


@contextmanager
def whole_file() -> Iterator[None]:
    """What shows a damaged file, told as one; Raises BrokenTable."""
    try:
        yield
    except (BadZipFile, zlib.error, ExpatError, EOFError, LookupError, ValueError) as error:
        raise BrokenTable("XLSX 文件不完整或已损坏;请重新导出或重新下载后再导入") from error


def sheet_rows(archive: ZipFile, book: Book) -> Iterator[Row]:
    """All rows of the sheet at which the workbook is open; Raises BrokenTable."""
    sheet = _Sheet(book)
    with whole_file(), archive.open(book.sheet) as xml:
        while chunk := xml.read(_CHUNK):
            yield from sheet.feed(chunk)
        sheet.finish()


class _Sheet:
    """Turns a sheet's XML, fed in pieces, into rows. Cells left out are empty."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._parser = event_parser(self._start, self._end, self._text)
        self._places: dict[str, int] = {}
        self._ready: list[Row] = []
        self._number = 0
        self._cells: list[str] = []
        self._kind = "n"
        self._style = ""
        self._reading = False
        self._pieces: list[str] = []

    def feed(self, chunk: bytes) -> list[Row]:
        """The rows that end in this piece."""
        self._ready = []
        self._parser.Parse(chunk)
        return self._ready

    def finish(self) -> None:
        """Raises ExpatError when the sheet breaks off."""
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "v" or name == "t":
            self._reading = True
        elif name == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._pieces = []
            place = self._place(attributes.get("r", ""))
            self._cells.extend([""] * (place - len(self._cells)))
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells = []

    def _text(self, piece: str) -> None:
        if self._reading:
            self._pieces.append(piece)

    def _end(self, name: str) -> None:
        if name == "v" or name == "t":
            self._reading = False
        elif name == "c":
            self._cells.append(self._value("".join(self._pieces)))
        elif name == "row":
            self._ready.append(Row(self._number, tuple(self._cells)))

    def _place(self, reference: str) -> int:
        """Which column ``AB12`` is in, from 0; the next one when a cell does not say."""
        letters = reference.rstrip("0123456789")
        if not letters:
            return len(self._cells)
        if letters not in self._places:
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - ord("A") + 1
            self._places[letters] = place - 1
        return self._places[letters]

    def _value(self, text: str) -> str:
        match self._kind:
            case "s":
                return self._book.strings[int(text)] if text else ""
            case "n" if text:
                return self._date(text) if self._style in self._book.dates else number_text(text)
            case "b":
                return "是" if text == "1" else "否"
            case _:
                return text

    def _date(self, text: str) -> str:
        moment = from_excel(float(text), self._book.epoch)
        if isinstance(moment, datetime):
            # Kept as a fraction of a day, seconds come out a hair beside the mark.
            return (moment + timedelta(milliseconds=500)).isoformat(" ", "seconds")
        return str(moment)


def number_text(text: str) -> str:
    """A number in digits; in the scientific form where digits have been lost, so that it shows."""
    value = float(text)
    if not value.is_integer():
        return repr(value)
    digits = text if text.isdigit() else str(int(value))
    lost = len(digits) > _EXACT_DIGITS and not digits[_EXACT_DIGITS:].strip("0")
    inexact = len(digits) > _EXACT_DIGITS and not text.isdigit()
    return f"{value:.5E}" if lost or inexact else digits
