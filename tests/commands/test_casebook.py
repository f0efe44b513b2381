"""The casebook as a table and as JSON."""

from bot.commands.casebook import as_row, casebook_lines
from bot.core.casebook import Rooms, Row, Surface, held
from tests.builders import playbook, step

WHOLE = held(
    Row("missing_cable", 1, (Surface.AGENT, Surface.TRAINEE)),
    Rooms(playbook("missing_cable", step("found")), 3, 2, 4, 1, understood=True),
)
MISSING = held(Row("pay_out", 3, (Surface.AGENT,)), Rooms(None, 3, None, None, 0, understood=True))


def test_a_case_is_a_line_with_its_surfaces_in_columns_and_its_figures():
    heading, whole, missing = casebook_lines([WHOLE, MISSING])

    assert heading.split() == [
        "case",
        "surfaces",
        "cases",
        "talks",
        "steps",
        "wordings",
        "practice",
        "problems",
    ]
    assert whole.split() == ["missing_cable", "A", "T", "2", "4", "1", "3", "1"]
    assert missing.split()[:5] == ["pay_out", "A", "0", "3", "0"]
    assert "playbooks/…/pay_out.yml" in missing


def test_without_a_casebook_there_is_no_heading_either():
    assert list(casebook_lines([])) == []


def test_programs_get_names_figures_and_problems():
    assert as_row(WHOLE) == {
        "id": "missing_cable",
        "section": 1,
        "surfaces": ["A", "T"],
        "worked_cases": 2,
        "worked_conversations": 4,
        "steps": 1,
        "wordings": 3,
        "practices": 1,
        "problems": [],
    }
    assert as_row(MISSING)["worked_cases"] is None
