"""What to practise today: slips at the desk first, then what is due, then something new."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.daily_set import A_DAY, NEW_A_DAY, daily_set
from bot.core.mastery import Mark, Shown, Where
from bot.core.moments import SHANGHAI
from bot.core.practice import Persona, Practice

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
ONE = Practice("a_1", "a", "甲", 1, Persona.RUDE, 3, (), ("在吗",), {}, (), "go")
ALL = [
    replace(ONE, id=f"{case}_{level}", case=case, level=level)
    for case in "abcdefgh"
    for level in (1, 2, 3)
]


def right(item: str) -> Mark:
    return Mark(item, Shown.RIGHT, NOW)


def test_a_newcomer_begins_with_the_easiest_of_a_few_cases() -> None:
    tasks = daily_set(ALL, [], {}, frozenset(), NOW)

    assert [task.scenario for task in tasks] == ["a_1", "b_1"][:NEW_A_DAY]


def test_what_is_due_comes_before_what_is_new_and_what_is_not_due_stays_away() -> None:
    marks = [right("c"), right("d.step")]
    due = {"c": NOW, "d.step": NOW + timedelta(seconds=1)}

    tasks = daily_set(ALL, marks, due, frozenset({"c_1"}), NOW)

    assert tasks[0].scenario == "c_2"
    assert tasks[0].why == "该复习了"
    assert "d" not in {task.scenario[0] for task in tasks}


def test_a_slip_at_the_desk_comes_first_due_or_not() -> None:
    slip = Mark("e", Shown.WRONG, NOW, Where.DESK)

    tasks = daily_set(
        ALL, [right("c"), slip], {"c": NOW, "e": NOW + timedelta(days=9)}, frozenset(), NOW
    )

    assert [task.scenario for task in tasks[:2]] == ["e_1", "c_1"]
    assert "工作台" in tasks[0].why


def test_there_are_never_more_than_a_days_and_who_has_passed_all_meets_the_hardest() -> None:
    marks = [right(case) for case in "abcdefg"]
    passed = frozenset(one.id for one in ALL)

    tasks = daily_set(ALL, marks, dict.fromkeys("abcdefg", NOW), passed, NOW)

    assert len(tasks) == A_DAY
    assert tasks[0].scenario == "a_3"
