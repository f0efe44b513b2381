"""Questions with one right answer."""

from bot.core.drills import Stage, answered, phone_drill, shuffled

STAGES = tuple(Stage(name, f"{name}的事", (f"{name}一", f"{name}二")) for name in "甲乙丙")


def test_the_lines_of_a_call_are_asked_for_out_of_order_with_their_place() -> None:
    questions = phone_drill(STAGES, 3, "文件")

    right = {one.says[0]: one.choices[one.right] for one in questions}
    assert right == {"甲二": "第 1 步", "乙二": "第 2 步", "丙二": "第 3 步"}
    assert phone_drill(STAGES, 3, "文件") == questions


def test_another_seed_gives_another_order_of_the_same_things() -> None:
    orders = {tuple(shuffled("甲乙丙丁", seed, "x")) for seed in range(20)}

    assert len(orders) > 5
    assert {frozenset(order) for order in orders} == {frozenset("甲乙丙丁")}


def test_what_is_left_out_or_is_no_choice_is_wrong() -> None:
    questions = phone_drill(STAGES, 0, "")

    results = answered(questions, {0: questions[0].right, 1: 99})

    assert [one.right for one in results] == [True, False, False]
