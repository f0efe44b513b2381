"""Reads a Word document, block by block."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.core.passages import Block, BrokenDocument, table

_HEADINGS = ("Heading", "Title", "标题")


def docx_blocks(path: Path) -> Iterator[Block]:
    """Its paragraphs and tables in their order; what stands in headers and text boxes is not read.

    Raises:
        BrokenDocument: it is no Word document.
    """
    path.stat()  # a file that is missing is told as such
    try:
        contents = list(Document(str(path)).iter_inner_content())
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise BrokenDocument(f"{path}: 不是完整的 Word 文件 is no Word document") from None
    paragraphs = tables = 0
    for one in contents:
        if isinstance(one, Table):
            tables += 1
            yield from table(_rows(one, f"表{tables}"))
        else:
            paragraphs += 1
            yield from _paragraph(one, f"第{paragraphs}段")


def _paragraph(one: Paragraph, where: str) -> Iterator[Block]:
    style = one.style.name if one.style else None
    heading = (style or "").startswith(_HEADINGS)
    for line in one.text.splitlines():
        if line.strip():
            yield Block(line, where, heading)


def _rows(one: Table, where: str) -> Iterator[tuple[str, Sequence[str]]]:
    for number, row in enumerate(one.rows, start=1):
        # A cell that spans columns is given once for each of them.
        cells = {id(cell._tc): cell.text for cell in row.cells}
        yield f"{where}第{number}行", list(cells.values())
