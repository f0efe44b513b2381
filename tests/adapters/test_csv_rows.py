from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.csv_rows import csv_rows
from bot.core.tables import BrokenTable, Row

TEXT = "订单编号,订单状态\r\n1001,交易成功\r\n"
ROWS = [Row(1, ("订单编号", "订单状态")), Row(2, ("1001", "交易成功"))]


def read(data: bytes) -> list[Row]:
    return list(csv_rows(BytesIO(data)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_that_shops_have_reads_the_same(encoding):
    assert read(TEXT.encode(encoding)) == ROWS


def test_a_character_that_only_gb18030_has_is_read():
    assert read("名称\n㐂记茶铺\n".encode("gb18030"))[1].cells == ("㐂记茶铺",)


def test_a_character_cut_in_two_by_the_first_block_is_still_utf_8():
    data = ("编" * 40_000 + "\n").encode()

    assert read(data)[0].cells == ("编" * 40_000,)


def test_cells_may_be_separated_by_tabs():
    assert read(TEXT.replace(",", "\t").encode("gbk")) == ROWS


def test_a_remark_of_several_lines_is_one_cell_and_one_row():
    rows = read('备注,状态\n"第一行\n第二行",成功\n甲,乙\n'.encode())

    assert rows[1:] == [Row(2, ("第一行\n第二行", "成功")), Row(3, ("甲", "乙"))]


def test_a_number_kept_as_text_by_a_formula_is_given_as_it_stands():
    assert read(b'a,b\n="0123",x\n')[1].cells == ('="0123"', "x")


def test_a_stray_quote_inside_a_cell_does_not_stop_the_file():
    assert len(read('标题,状态\n12"显示器支架,成功\n台灯,成功\n'.encode())) == 3


def test_an_empty_file_has_no_rows():
    assert read(b"") == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("编号,状态\n".encode() * 8000 + b"\xff\xfe\n", "UTF-8 读不出的字符"),
        ("编号,状态\n".encode("gbk") * 8000 + b"\x81\x20\n", "GB18030 读不出的字符"),
        ("编号,状态\n1001,交易".encode()[:-1], "UTF-8 读不出的字符"),
        (b"%PDF-1.7\0\0\0", "不是 CSV 或 XLSX"),
        ('编号,状态\n1001,"交易成'.encode(), "最后一行中间断开"),
        ('编号,状态\n1001,"交易\n'.encode() + "1002,成功\n".encode() * 500, "引号没有配对"),
        (("编号\n" + "长" * 1_100_000).encode(), "读不下去"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_says_why(data, why):
    with pytest.raises(BrokenTable, match=why):
        read(data)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_is_read_back(table):
    written = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in table
    )

    assert [list(row.cells) for row in read(written.encode("utf-8-sig"))] == table
