"""How facts are read out of a message: of its own accord, or as the answer to a question."""

import re
from datetime import date
from decimal import Decimal

import pytest

from bot.core.facts import FactDef, Kind, Reads, Value
from bot.core.reading import Marked, Reader, mark, tag
from bot.core.understanding import Entity
from tests.builders import TODAY


def reads(value: Value | None, *patterns: str) -> tuple[Reads, ...]:
    return (Reads(value, tuple(re.compile(one) for one in patterns)),)


def resolve(symbol: str, today: date) -> date | None:
    return today if symbol == "P0D" else None


def narrow(text: str) -> str:
    return text.replace("，", ",")


def marked(text: str, *entities: Entity) -> Marked:
    return mark(text, entities, narrow)


def customer(definition: FactDef, text: str, *entities: Entity, asked: bool = True) -> Value | None:
    reader = Reader({definition.name: definition}, resolve)
    pending = [definition.name] if asked else []
    return reader.customer(marked(text, *entities), pending, TODAY).get(definition.name)


CABLES = Entity("count", "2", 2, 4, "根")
REMEDY = FactDef(
    "remedy",
    "要补款还是补寄",
    Kind.CHOICE,
    says=(*reads("resend", "补寄"), *reads("money", "补款|补寄算了")),
    answers=reads("resend", "第二个"),
    yes="money",
    no="more",
)


# ---- marks ----


def test_an_entity_stands_in_the_text_as_its_name_and_role() -> None:
    assert marked("少了两根，真的", CABLES).text == "少了<count:根>,真的"


def test_an_entity_without_a_role_stands_by_its_name() -> None:
    assert tag(Entity("photo", "图片", 0, 4)) == "<photo>"


def test_each_mark_knows_its_entity_and_place() -> None:
    day = Entity("date", "-P1D", 0, 2)

    found = marked("昨天少两根", Entity("count", "2", 3, 5, "根"), day)

    assert found.text == "<date>少<count:根>"
    assert [(at, entity.entity) for at, entity in found.entities] == [(0, "date"), (7, "count")]


@pytest.mark.parametrize(
    ("symbol", "mark"), [("P0D", "<date:0>"), ("+P1D", "<date:1>"), ("+P2D", "<date>")]
)
def test_today_and_tomorrow_are_told_from_other_days(symbol: str, mark: str) -> None:
    assert tag(Entity("date", symbol, 0, 2)) == mark


def test_of_two_entities_in_one_place_the_first_counts() -> None:
    whole, part = Entity("order_no", "250904220031", 0, 12), Entity("phone", "0031", 8, 12)

    assert marked("250904220031", part, whole).text == "<order_no>"


def test_a_stretch_of_the_marked_text_is_given_back_as_it_was_written() -> None:
    found = marked(
        "我要两根，两根线", Entity("count", "2", 2, 4, "根"), Entity("count", "2", 5, 7, "根")
    )

    assert found.text == "我要<count:根>,<count:根>线"
    assert found.words(0, len(found.text)) == "我要两根,两根线"
    assert found.words(0, 2) == "我要"


# ---- what is said ----


def test_what_is_said_unasked_is_read() -> None:
    assert customer(REMEDY, "我要补寄", asked=False) == "resend"


def test_the_first_value_whose_pattern_fits_counts() -> None:
    assert customer(REMEDY, "补寄算了", asked=False) == "resend"


def test_what_is_said_counts_more_than_a_yes() -> None:
    assert customer(REMEDY, "好，补寄吧") == "resend"


def test_nothing_is_read_from_other_words() -> None:
    assert customer(REMEDY, "你们几点下班") is None


# ---- what is answered ----


def test_an_answer_is_read_only_when_the_fact_was_asked_for() -> None:
    assert customer(REMEDY, "第二个") == "resend"
    assert customer(REMEDY, "第二个", asked=False) is None


@pytest.mark.parametrize(("text", "value"), [("可以", "money"), ("不行", "more"), ("等等", None)])
def test_a_plain_yes_or_no_means_what_the_question_says(text: str, value: str | None) -> None:
    assert customer(REMEDY, text) == value


def test_a_yes_to_please_look_is_a_promise_and_no_result() -> None:
    searched = FactDef("searched", "有没有再找一遍", Kind.CHOICE, no="not_found")

    assert customer(searched, "好的") is None
    assert customer(searched, "没有") == "not_found"


@pytest.mark.parametrize(("told", "value"), [("15块", Decimal(15)), ("好的", None)])
def test_after_something_else_a_question_is_answered_by_its_figure_and_by_no_plain_yes(
    told: str, value: Decimal | None
) -> None:
    paid = FactDef("paid", "付了多少", Kind.MONEY, entity="amount", yes=Decimal(1))
    found = [Entity("amount", "15", 0, 3)] if value else []

    said = Reader({"paid": paid}, resolve).customer(marked(told, *found), (), TODAY, ["paid"])

    assert said.get("paid") == value


def test_a_question_about_a_fact_nobody_knows_is_passed_over() -> None:
    reader = Reader({}, resolve)

    assert reader.customer(marked("可以"), ["no_such_fact"], TODAY) == {}


# ---- values out of entities ----


@pytest.mark.parametrize(
    ("kind", "entity", "value"),
    [
        (Kind.COUNT, Entity("e", "2", 0, 2), 2),
        (Kind.COUNT, Entity("e", "半", 0, 2), None),
        (Kind.MONEY, Entity("e", "12.50", 0, 2), Decimal("12.50")),
        (Kind.MONEY, Entity("e", "几块", 0, 2), None),
        (Kind.DATE, Entity("e", "P0D", 0, 2), TODAY),
        (Kind.DATE, Entity("e", "--02-30", 0, 2), None),
        (Kind.FLAG, Entity("e", "图片", 0, 2), True),
        (Kind.TEXT, Entity("e", "R-240001", 0, 2), "R-240001"),
    ],
)
def test_an_entity_answers_as_the_facts_kind_or_not_at_all(
    kind: Kind, entity: Entity, value: Value | None
) -> None:
    definition = FactDef("fact", "…", kind, entity="e")

    assert customer(definition, "某某", entity) == value


def test_a_pattern_takes_the_entity_inside_it_and_no_other() -> None:
    lacking = FactDef("missing_count", "少了几根", Kind.COUNT, says=reads(None, "少了<count:根>"))
    bought, missing = Entity("count", "5", 2, 4, "根"), Entity("count", "2", 7, 9, "根")

    assert customer(lacking, "买了五根，少了两根", bought, missing) == 2


def test_a_pattern_without_an_entity_inside_goes_on_to_the_next_match() -> None:
    lacking = FactDef(
        "missing_count", "少了几根", Kind.COUNT, says=reads(None, "少了(<count:根>)?")
    )

    assert customer(lacking, "少了，少了两根", Entity("count", "2", 5, 7, "根")) == 2


def test_a_named_group_is_taken_as_it_was_written() -> None:
    title = FactDef("invoice_title", "抬头", Kind.TEXT, says=reads(None, "抬头(?P<value>.+)"))

    assert customer(title, "抬头两根公司", CABLES) == "两根公司"


# ---- agents and notes ----


def test_agents_and_notes_are_read_by_patterns_of_their_own() -> None:
    light = FactDef("light", "灯", Kind.CHOICE, agent=reads("off", "确实不亮"))
    held = FactDef("parcel_held", "拦下", Kind.FLAG, notes=reads(True, "已拦截"))
    reader = Reader({"light": light, "parcel_held": held}, resolve)

    assert reader.agent(marked("确实不亮，已拦截"), TODAY) == {"light": "off"}
    assert reader.note(marked("确实不亮，已拦截"), TODAY) == {"parcel_held": True}
    assert reader.customer(marked("确实不亮，已拦截"), ["light"], TODAY) == {}


def test_a_note_may_say_that_something_was_done_on_its_own_day() -> None:
    called = FactDef("called_on", "打过电话的日期", Kind.DATE, notes=reads(True, "已打电话"))

    said = Reader({"called_on": called}, resolve).note(marked("已打电话，没人接"), date(2026, 3, 5))

    assert said == {"called_on": date(2026, 3, 5)}


AGO = {"-P1D": date(2026, 3, 11), "-P3D": date(2026, 3, 9)}
SIGNED = FactDef(
    "return_signed_on", "退回件签收", Kind.DATE, notes=reads(None, "退回件.{0,12}签收")
)


def test_what_a_note_tells_of_happened_on_the_notes_own_day() -> None:
    reader = Reader({"return_signed_on": SIGNED}, resolve)

    assert reader.note(marked("退回件已签收"), TODAY) == {"return_signed_on": TODAY}
    assert reader.note(marked("退回件还在路上"), TODAY) == {}


def test_a_note_that_names_another_day_means_that_day() -> None:
    yesterday = Entity("date", "-P1D", 3, 5)
    reader = Reader({"return_signed_on": SIGNED}, lambda said, _: AGO.get(said))

    read = reader.note(marked("退回件昨天签收", yesterday), TODAY)

    assert read == {"return_signed_on": date(2026, 3, 11)}


def test_so_many_days_by_now_are_a_day() -> None:
    applied = FactDef("applied_on", "申请日期", Kind.DATE, says=reads(None, "申请<days[^>]*>了"))
    reader = Reader({"applied_on": applied}, lambda said, _: AGO.get(said))

    said = reader.customer(marked("申请三天了", Entity("days", "3", 2, 4, "天")), [], TODAY)

    assert said == {"applied_on": date(2026, 3, 9)}


def test_what_is_noted_without_a_day_happened_on_the_day_of_the_note() -> None:
    registered = FactDef("registered_on", "登记日期", Kind.DATE, notes=reads(None, "已登记"))
    reader = Reader({"registered_on": registered}, resolve)

    noted = reader.note(marked("退运费12元，已登记", Entity("amount", "12", 3, 6)), TODAY)

    assert noted == {"registered_on": TODAY}


ITEM = FactDef("item", "哪一款", Kind.TEXT, answers=reads(None, "^(?P<value>[一-鿿]{2,8})"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("我刚说过了呀", None),
        ("说过", None),
        ("前面写明了", None),
        ("保温壶", "保温壶"),
        ("说明书", "说明书"),
    ],
)
def test_who_only_says_that_it_was_said_before_answers_nothing(
    text: str, answer: str | None
) -> None:
    assert customer(ITEM, text) == answer


def test_a_digit_of_a_mark_is_no_answer_one_beside_it_is() -> None:
    pieces = FactDef("pieces", "几件", Kind.COUNT, answers=reads(None, r"(?P<value>\d)"))
    today = Entity("date", "P0D", 0, 2)

    assert customer(pieces, "今天寄的", today) is None
    assert customer(pieces, "今天寄了3个", today) == 3
