"""Days and times of day in a message."""

import pytest

from tests.language.finding import entities, found, values


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("15:30", "15:30", "15:30"),
        ("下午3点半", "15:30", "下午3点半"),
        ("晚上8点", "20:00", "晚上8点"),
        ("10点前", "10:00", "10点"),
        ("早上九点十五分", "09:15", "早上九点十五分"),
        ("中午12点", "12:00", "中午12点"),
        ("三点一刻", "03:15", "三点一刻"),
    ],
)
def test_a_time_of_day_is_written_in_24_hours(text: str, value: str, words: str):
    assert found(text, "time") == [(value, words)]


@pytest.mark.parametrize("text", ["早点发", "一点都不好", "有点大", "25:00", "3点评价"])
def test_what_is_no_time_of_day_is_not_taken_for_it(text: str):
    assert not values(text, "time")


def test_a_day_and_a_time_side_by_side_are_both_found():
    text = "昨天下午3点签收的"

    assert [(e.entity, e.value, text[e.start : e.end]) for e in entities(text)] == [
        ("date", "-P1D", "昨天"),
        ("time", "15:00", "下午3点"),
    ]


def test_a_note_of_the_staff_gives_its_day_and_courier():
    assert [(e.entity, e.value) for e in entities("10-16 退回件顺丰已揽收")] == [
        ("date", "--10-16"),
        ("courier", "顺丰"),
    ]
