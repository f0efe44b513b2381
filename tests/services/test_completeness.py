"""Each case of the documents with what is held of it, in their order."""

from dataclasses import replace

from bot.core.casebook import Row, Surface
from bot.services.completeness import whole_casebook
from tests.builders import playbook, policy, step
from tests.core.test_practice import PRACTICE

ROWS = (
    Row("missing_cable", 1, (Surface.AGENT, Surface.TRAINEE)),
    Row("damaged_item", 2, (Surface.AGENT,)),
)
SHOP = replace(
    policy(
        playbook("missing_cable", step("found"), step("resend")),
        scripts={"missing_cable.found": ["一", "二"], "missing_cable.resend": ["三"]},
    ),
    practices=(PRACTICE,),
    casebook=ROWS,
)


def test_what_is_held_of_each_case_is_counted() -> None:
    cable, damaged = whole_casebook(
        SHOP, {"missing_cable": 4}, {"missing_cable": 2}, {"missing_cable"}
    )

    assert (cable.row.id, damaged.row.id) == ("missing_cable", "damaged_item")
    found = cable.rooms
    assert (found.wordings, found.worked, found.scenarios, found.practices) == (3, 4, 2, 1)
    assert cable.problems == ()
    assert len(damaged.problems) == 4


def test_without_worked_cases_in_the_clone_none_is_missed() -> None:
    cable, _ = whole_casebook(SHOP, None, None, {"missing_cable"})

    assert (cable.rooms.worked, cable.rooms.scenarios) == (None, None)
    assert cable.problems == ()
