"""A shop's documents are read block by block, as Word, text and Excel hold them."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from bot.adapters.documents import read_document
from bot.core.passages import Block, BrokenDocument


def read(path: Path) -> list[Block]:
    return list(read_document(path))


class TestWord:
    def test_paragraphs_headings_and_tables_come_in_their_order(self, tmp_path: Path) -> None:
        document = Document()
        document.add_heading("网线问题", level=1)
        document.add_paragraph("亲，您再找找", style="List Number")
        table = document.add_table(rows=2, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "场景", "话术"
        table.rows[1].cells[0].text, table.rows[1].cells[1].text = "没收到", "线是灰色的"
        document.add_paragraph("亲，再见")
        document.save(str(tmp_path / "a.docx"))

        blocks = read(tmp_path / "a.docx")

        assert blocks == [
            Block("网线问题", "第1段", heading=True),
            Block("亲，您再找找", "第2段"),
            Block("线是灰色的", "表1第2行第2列", beside="没收到", reply=True),
            Block("亲，再见", "第3段"),
        ]

    def test_a_cell_that_spans_columns_is_read_once(self, tmp_path: Path) -> None:
        document = Document()
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "亲，您再找找"
        document.save(str(tmp_path / "a.docx"))

        assert [one.text for one in read(tmp_path / "a.docx")] == ["亲，您再找找"]

    def test_another_file_with_this_name_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.docx").write_bytes(b"PK not really")

        with pytest.raises(BrokenDocument, match="Word"):
            read(tmp_path / "a.docx")

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "none.docx")


class TestExcel:
    def test_all_sheets_are_read_and_each_is_headed_by_its_name(self, tmp_path: Path) -> None:
        book = Workbook()
        first = book.active
        assert first is not None
        first.title = "网线"
        first.append(["问题", "回复"])
        first.append(["没收到", "线是灰色的"])
        first.append([None, None])
        book.create_sheet("电源").append(["亲，灯亮吗", 2])
        book.save(tmp_path / "a.xlsx")

        blocks = read(tmp_path / "a.xlsx")

        assert [(one.text, one.where, one.heading) for one in blocks] == [
            ("网线", "网线", True),
            ("线是灰色的", "网线 第2行第2列", False),
            ("电源", "电源", True),
            ("亲，灯亮吗", "电源 第1行第1列", False),
            ("2", "电源 第1行第2列", False),
        ]

    def test_another_file_with_this_name_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_text("这不是表格", encoding="utf-8")

        with pytest.raises(BrokenDocument, match="Excel"):
            read(tmp_path / "a.xlsx")


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_each_line_is_a_block_in_whichever_encoding(
        self, tmp_path: Path, encoding: str
    ) -> None:
        (tmp_path / "a.txt").write_bytes("亲，您好\n\n再见\n".encode(encoding))

        assert read(tmp_path / "a.txt") == [Block("亲，您好", "第1行"), Block("再见", "第3行")]

    def test_an_unknown_encoding_is_told_how_to_mend(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"\xff\xff\xff")

        with pytest.raises(BrokenDocument, match="UTF-8"):
            read(tmp_path / "a.txt")


@pytest.mark.parametrize(("name", "mend"), [("a.doc", "DOCX"), ("a.pdf", ".docx")])
def test_other_kinds_of_files_are_refused_with_what_to_do(name: str, mend: str) -> None:
    with pytest.raises(BrokenDocument, match=mend):
        read(Path(name))
