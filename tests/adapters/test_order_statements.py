"""Every look-up goes by an index, so that a million orders are looked up like a thousand."""

import pytest
from sqlalchemy import event

from bot.adapters import order_statements as statements
from tests.databases import new_database

LOOK_UPS = {
    "BY_ORDER_NO": {"order_no": "1"},
    "TO_CHANGE": {"order_nos": ["1", "2"]},
    "BY_TRACKING_NO": {"tracking_no": "1"},
    "BY_NICKNAME": {"nickname": "晚风"},
    "BY_PHONE": {"nickname": "晚风", "last_four": "1234"},
}
PARTS = [name for name in vars(statements) if name.startswith("OF_")]


@pytest.fixture
def plan(tmp_path):
    database = new_database(tmp_path / "shop.db")

    asked: list[tuple[str, object]] = []

    def remember(_connection, _cursor, statement, parameters, *_rest) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", remember)

    def explain(name: str, values: dict[str, object]) -> list[str]:
        with database.reading() as connection:
            wanted = getattr(statements, name)
            if isinstance(wanted, statements.Belonging):
                wanted.rows(connection, values["ids"])
            else:
                connection.execute(wanted, values)
            statement, parameters = asked[-1]
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [row.detail for row in rows]

    yield explain
    database.close()


@pytest.mark.parametrize("name", LOOK_UPS)
def test_no_look_up_reads_a_whole_table(plan, name):
    steps = plan(name, LOOK_UPS[name])

    assert steps
    # The shops are a handful; reading them all is no reading of a large table.
    assert not [step for step in steps if step.startswith("SCAN") and "shops" not in step]


@pytest.mark.parametrize("ids", [[1], [1, 2]])
@pytest.mark.parametrize("name", PARTS)
def test_what_belongs_to_an_order_is_found_by_its_key(plan, name, ids):
    steps = plan(name, {"ids": ids})

    assert any(step.startswith("SEARCH") for step in steps)
    assert not [step for step in steps if step.startswith("SCAN")]
