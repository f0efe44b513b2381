"""Which order, and which of its lines, the customer's words mean."""

import pytest

from bot.core.choosing import choose_line, choose_order, fitting, likeness, ordinal
from bot.core.orders import Order
from tests.builders import order

JEANS = order("251014120055", "直筒牛仔裤 L")
TROUSERS = order("251015120056", "休闲长裤 L")
MUG = order("251016120057", "陶瓷马克杯")
ALL = [JEANS, TROUSERS, MUG]


def chosen(
    words: str, answer: str = "", question: str = "", concern: str = "", orders: list[Order] = ALL
) -> list[str]:
    found = choose_order(
        orders, words, answer, lambda o: not concern or o.order_no == concern, question
    )
    return [one.order_no[-4:] for one in found]


@pytest.mark.parametrize(
    ("title", "words", "score"),
    [
        ("直筒牛仔裤 L", "牛仔裤大了", 3),
        ("直筒牛仔裤 L", "裤子大了", 1),
        ("陶瓷马克杯", "杯口有缺口", 1),
        ("陶瓷马克杯", "裤子大了", 0),
        ("T恤(白色)", "t恤起球", 2),
        ("运动鞋 42码", "鞋大了", 1),
        ("", "裤子", 0),
    ],
)
def test_the_longer_the_common_words_the_more_a_title_is_named(
    title: str, words: str, score: int
) -> None:
    assert likeness(title, words) == score


def test_a_size_does_not_name_a_product() -> None:
    assert likeness("卫衣 XL", "换XL") == 0


def test_the_orders_that_are_named_best_can_be_meant() -> None:
    assert fitting(ALL, "裤子大了") == [JEANS, TROUSERS]
    assert fitting(ALL, "牛仔裤大了") == [JEANS]


def test_where_no_order_is_named_all_can_be_meant() -> None:
    assert fitting(ALL, "大了") == ALL


def test_a_number_names_its_order_whatever_else_is_said() -> None:
    assert chosen("裤子大了，251016120057") == ["0057"]


def test_two_orders_of_the_same_kind_are_both_meant() -> None:
    assert chosen("裤子大了") == ["0055", "0056"]


def test_of_two_orders_the_one_whose_state_fits_is_meant() -> None:
    assert chosen("裤子大了", concern="251015120056") == ["0056"]


def test_where_no_state_fits_the_words_decide_alone() -> None:
    assert chosen("裤子大了", concern="no such order") == ["0055", "0056"]


def test_an_only_order_is_the_one_that_is_meant() -> None:
    assert chosen("随便", orders=[MUG]) == ["0057"]
    assert chosen("随便", orders=[]) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("第一个", "0055"),
        ("第二个", "0056"),
        ("前面那个", "0055"),
        ("后面那条", "0056"),
        ("休闲的那条", "0056"),
    ],
)
def test_an_answer_names_a_place_or_a_product(answer: str, found: str) -> None:
    assert chosen("裤子大了", answer) == [found]


def test_the_places_count_as_the_question_named_them() -> None:
    question = "您说的是尾号0056的休闲长裤，还是尾号0055的直筒牛仔裤？"

    assert chosen("裤子大了", "第一个", question) == ["0056"]


def test_a_question_that_names_not_all_of_them_does_not_count() -> None:
    assert chosen("裤子大了", "第一个", "您说的是休闲长裤吗？") == ["0055"]


@pytest.mark.parametrize("answer", ["第三个", "第九个"])
def test_a_place_that_is_not_there_chooses_nothing(answer: str) -> None:
    assert chosen("裤子大了", answer) == ["0055", "0056"]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("第一个", 0), ("第2单", 1), ("第三条", 2), ("前面那个", 0), ("后一件", -1), ("黑色的", None)],
)
def test_a_place_is_counted_from_the_first(answer: str, place: int | None) -> None:
    assert ordinal(answer) == place


# ---- lines ----

BUNDLE = order("251020150066", "毛巾", "浴巾", "沐浴球")


def line_of(words: str, bundle: Order = BUNDLE) -> str | None:
    found = choose_line(bundle, words)
    return found.title if found else None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("浴巾少了一条", "浴巾"),
        ("沐浴球坏了", "沐浴球"),
        ("毛巾收到了，浴巾没有", "浴巾"),
        ("浴巾留着，毛巾要退", "毛巾"),
        ("沐浴球我很喜欢，浴巾有点小", "浴巾"),
    ],
)
def test_the_line_that_is_lacking_is_meant_not_the_one_that_is_kept(words: str, title: str) -> None:
    assert line_of(words) == title


@pytest.mark.parametrize("words", ["少了一件", "毛巾和浴巾都没有"])
def test_where_the_words_name_no_line_or_two_nobody_knows(words: str) -> None:
    assert line_of(words) is None


def test_the_only_line_needs_no_name() -> None:
    assert line_of("少了一件", MUG) == "陶瓷马克杯"
