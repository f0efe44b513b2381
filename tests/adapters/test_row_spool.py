from pathlib import Path

from bot.adapters.row_spool import row_spool
from bot.core.tables import Row


def test_rows_come_back_order_by_order_as_the_orders_first_came():
    with row_spool() as spool:
        spool.add("B", Row(2, ("b1", "")))
        spool.add("A", Row(3, ("a1", "换\n行")))
        spool.add("B", Row(4, ("b2", "'引号")))

        found = list(spool.by_order())

    assert found == [
        [Row(2, ("b1", "")), Row(4, ("b2", "'引号"))],
        [Row(3, ("a1", "换\n行"))],
    ]


def test_nothing_of_the_rows_stays_behind(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with row_spool() as spool:
        spool.add("A", Row(2, ("收货人",)))
        folder = next(tmp_path.iterdir())
        assert Path(folder).stat().st_mode & 0o077 == 0

    assert list(tmp_path.iterdir()) == []
