"""Writes sheets as one CSV file, a figure a line: for programs, and for those who pivot."""

import csv
from collections.abc import Iterable
from io import StringIO

from bot.adapters.refused_rows import harmless
from bot.core.tables import Sheet

_HEADER = ("表", "名称", "指标", "数")


def one_figure_a_line(sheets: Iterable[Sheet]) -> bytes:
    """Each figure with its sheet, its row's name (the first column) and its column."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_HEADER)
    for sheet in sheets:
        for name, *figures in sheet.rows:
            for title, figure in zip(sheet.header[1:], figures, strict=True):
                if figure is not None:
                    cells = (sheet.title, str(name), title, str(figure))
                    writer.writerow(map(harmless, cells))
    # With its mark, without which Excel takes UTF-8 for GBK.
    return file.getvalue().encode("utf-8-sig")
