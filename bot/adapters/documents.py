"""Reads a shop's training documents, block by block: Word, text, Excel."""

from collections.abc import Iterator
from pathlib import Path

from bot.adapters.docx_blocks import docx_blocks
from bot.adapters.xlsx_blocks import xlsx_blocks
from bot.core.passages import Block, BrokenDocument


def read_document(path: Path) -> Iterator[Block]:
    """The paragraphs, list items and table cells in their order.

    Raises:
        BrokenDocument: it cannot be read; says what to do.
    """
    match path.suffix.lower():
        case ".docx":
            return docx_blocks(path)
        case ".xlsx":
            return xlsx_blocks(path)
        case ".txt":
            return _lines(path)
        case ".doc" | ".xls":
            raise BrokenDocument(f"{path}: 旧格式，请另存为 DOCX、XLSX save it in the new format")
        case _:
            raise BrokenDocument(f"{path}: 只读 .docx、.txt、.xlsx cannot be read")


def _lines(path: Path) -> Iterator[Block]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            raise BrokenDocument(f"{path}: 请另存为 UTF-8 save it as UTF-8") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield Block(line, f"第{number}行")
