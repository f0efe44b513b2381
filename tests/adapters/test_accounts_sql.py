"""The audit log stays as it was written, on both databases."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.adapters.accounts_sql import SqlAuditLog
from bot.core.moments import SHANGHAI
from bot.core.people import Person, Role

NOW = datetime(2026, 11, 26, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_or_delete_a_line(database, statement):
    log = SqlAuditLog(database)
    log.note(Person("苏", Role.LEAD), NOW, "改数值", "cable", {"值": "2"}, {"值": "3"})

    with pytest.raises(DBAPIError), database.writing() as connection:
        connection.execute(text(statement))

    (line,) = log.latest(10)
    assert (line.what, line.about, line.at) == ("改数值", "cable", NOW)
    assert (line.before, line.after) == ({"值": "2"}, {"值": "3"})


def test_older_lines_follow_page_by_page_and_can_be_asked_for_by_what_they_are_about(database):
    log = SqlAuditLog(database)
    for number in range(3):
        log.note(Person("苏", Role.LEAD), NOW, f"第{number}次", f"{number % 2}")

    first = log.latest(2)
    rest = log.latest(2, before=first[-1].id)

    assert [line.what for line in (*first, *rest)] == ["第2次", "第1次", "第0次"]
    assert [line.what for line in log.latest(5, about="1")] == ["第1次"]
