"""Reads CSV as Chinese shops have it: UTF-8 with or without its mark, or GBK; commas or tabs."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO

from bot.core.tables import BrokenTable, Row

_HEAD_BYTES = 65_536
_LONGEST_CELL = 1_000_000
_MOST_LINES = 200
"""A cell of more lines than this is no remark, but a quote that was never closed."""


def csv_rows(file: IO[bytes]) -> Iterator[Row]:
    """All rows; Raises BrokenTable where the text cannot be read or breaks off."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    encoding = _encoding(head)
    text = TextIOWrapper(file, encoding, newline="")
    lines = _Lines(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=_delimiter(head, encoding)), 1):
            lines.end_row()
            yield Row(number, tuple(cells))
        lines.end_file()
    except csv.Error as error:
        raise BrokenTable(f"CSV 第 {lines.count} 行附近读不下去({error});请重新导出") from error
    except UnicodeDecodeError as error:
        raise BrokenTable(
            f"CSV 第 {lines.count} 行之后有 {encoding.upper()} 读不出的字符,文件可能不完整;"
            "请重新导出,或另存为「CSV UTF-8」再导入"
        ) from error
    finally:
        text.detach()  # the file is the caller's to close


class _Lines:
    """The lines of a file, watched for a quote that never closes: it would swallow rows unseen."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._row: list[str] = []
        self._last: list[str] = []
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.count += 1
            self._row.append(line)
            if len(self._row) > _MOST_LINES:
                start = self.count - _MOST_LINES
                raise BrokenTable(f"CSV 第 {start} 行有一个引号没有配对;请重新导出")
            yield line

    def end_row(self) -> None:
        self._last, self._row = self._row, []

    def end_file(self) -> None:
        """Raises BrokenTable when the file ends within a quoted cell."""
        try:
            for _ in csv.reader(["".join(self._last)], strict=True):
                pass
        except csv.Error as error:
            if "end of data" in str(error):
                raise BrokenTable("CSV 在最后一行中间断开,文件不完整;请重新导出") from error


def _encoding(head: bytes) -> str:
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise BrokenTable("这不是 CSV 或 XLSX 文件;请在千牛导出订单报表")
    if head.startswith(BOM_UTF8):
        return "utf-8-sig"
    try:
        # Not the last piece: a character may be cut in two at its end.
        getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return "gb18030"  # holds GBK and GB2312
    return "utf-8"


def _delimiter(head: bytes, encoding: str) -> str:
    first = head.decode(encoding, errors="replace").partition("\n")[0]
    return "\t" if first.count("\t") > first.count(",") else ","
