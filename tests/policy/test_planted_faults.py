"""Trainees who do all as the desk says but for one fault: each loses that point and no other.

A row of the table is one dialogue: a customer of the shop, and a trainee with one fault.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.core.filing import Filing
from bot.core.grading import Exchange, Fault
from bot.core.manner import is_kind
from bot.core.money import plain
from bot.core.practice import Practice
from bot.services.practising import Dialogue
from tests.desks import POLICY
from tests.practice_rooms import (
    MOST_ROUNDS,
    Begin,
    dialogues_in,
    file_what_is_right,
    follow_the_desk,
)

PATIENT = 9
"""Rounds that the customers have here: a fault must not cost the end of the dialogue as well."""
SORRY = re.compile(
    r"[^。，！]*(?:抱歉|对不起|不好意思|添麻烦|久等|理解您|着急|担心)[^。，！]*[。，！]?"
)
SUM = re.compile(r"(?:退您|金额填|金额写|给您补|补差价|差)(\d+(?:\.\d+)?)元")
BOOKS = POLICY.playbooks.values()


@dataclass(frozen=True)
class Model:
    """The dialogue of a trainee who does it right."""

    exchanges: Sequence[Exchange]
    right: Filing
    served: bool
    """It ends with something to file."""


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    with dialogues_in(tmp_path_factory.mktemp("faults")) as meet:
        yield lambda practice, seed: meet(replace(practice, patience=PATIENT), seed)


def model_of(practice: Practice, begin: Begin) -> Model:
    dialogue = begin(practice, 0)
    follow_the_desk(dialogue)
    return Model(dialogue.exchanges, dialogue.right, dialogue.to_file)


def hold(dialogue: Dialogue, says: dict[int, str], late: int = 0) -> Dialogue:
    """Follow the desk, but say this in these replies (from 1)."""
    while not dialogue.over and len(dialogue.exchanges) < MOST_ROUNDS:
        number = len(dialogue.exchanges) + 1
        after = timedelta(minutes=4) if number == late else None
        dialogue.reply(says.get(number, dialogue.suggestion), late=after)
    return dialogue


def filed(dialogue: Dialogue, **otherwise: object) -> Dialogue:
    hold(dialogue, {})
    dialogue.file(replace(dialogue.right, **otherwise))  # type: ignore[arg-type]
    return dialogue


def forbidden_promise(begin: Begin, practice: Practice, model: Model) -> Dialogue:
    dialogue = begin(practice, 0)
    return hold(dialogue, {1: f"{dialogue.suggestion}我保证明天一定到账。"})


def hint(begin: Begin, practice: Practice, model: Model) -> Dialogue:
    dialogue = begin(practice, 0)
    dialogue.hint()
    return hold(dialogue, {})


def cold_words(begin: Begin, practice: Practice, model: Model) -> Dialogue:
    dialogue = begin(practice, 0)
    return hold(dialogue, {1: f"{dialogue.suggestion}这种事说明书上都写着，你自己不会看吗。"})


def slow_reply(begin: Begin, practice: Practice, model: Model) -> Dialogue:
    return hold(begin(practice, 0), {}, late=1)


def no_apology(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    dialogue = begin(practice, 0)
    curt = SORRY.sub("", dialogue.suggestion)
    hold(dialogue, {1: curt})
    return None if is_kind(curt) or not dialogue.exchanges[0].kindness_due else dialogue


def skipped_question(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    goal = practice.wants[0].goal
    last = next((one for one in model.exchanges if one.step == goal), model.exchanges[0])
    dialogue = hold(begin(practice, 0), {1: f"给您添麻烦了，很抱歉。{last.text}"})
    first = dialogue.exchanges[0]
    if not first.question_due or last.asks or last.step in {None, *first.allowed}:
        return None
    # Where the words can be said of another step, nobody can be sure that one was skipped.
    return None if first.doubtful else dialogue


def asked_again(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    dialogue = begin(practice, 0)
    question = dialogue.suggestion
    dialogue.reply(question)
    if dialogue.ending or "元" in question:
        return None  # a sum said again later would be a promise as well
    told = dialogue.room.desk.known(dialogue.practice.id)
    hold(dialogue, {2: question})
    first, second = dialogue.exchanges[:2]
    step = next((one for book in BOOKS if (one := book.step(first.step or "")) and one.ask), None)
    answered = step is not None and set(step.ask) & set(practice.knows) & set(told)
    return None if second.closing or first.step in second.allowed or not answered else dialogue


def no_closing(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    dialogue = begin(practice, 0)
    while not dialogue.ending and len(dialogue.exchanges) < MOST_ROUNDS:
        dialogue.reply(dialogue.suggestion)
    if not dialogue.closing_due:
        return None
    return hold(dialogue, {len(dialogue.exchanges) + 1: "好的，我都记下来了。"})


def wrong_amount(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    """A sum that is to be paid, or entered in a form, is 300 more than the rules give."""
    dialogue, planted = begin(practice, 0), False
    while not dialogue.over and len(dialogue.exchanges) < MOST_ROUNDS:
        text = dialogue.suggestion
        found = None if planted or dialogue.ending else SUM.search(text)
        if found and dialogue.advice["amount"] == f"{Decimal(found[1]):.2f}":
            more = plain(Decimal(found[1]) + 300)
            text = f"{text[: found.start(1)]}{more}{text[found.end(1) :]}"
            planted = True
        dialogue.reply(text)
    return dialogue if planted else None


def wrong_record(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    if not model.served:
        return None
    other = frozenset() if model.right.registers else frozenset({"返修登记"})
    return filed(begin(practice, 0), registers=other)


def wrong_amount_filed(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    if not model.served or model.right.amount is None:
        return None
    return filed(begin(practice, 0), amount=model.right.amount + 1)


def late_follow_up(begin: Begin, practice: Practice, model: Model) -> Dialogue | None:
    if not model.served or model.right.follow_up is None:
        return None
    return filed(begin(practice, 0), follow_up=model.right.follow_up + timedelta(days=1))


PLANTED = {
    forbidden_promise: {Fault.FORBIDDEN},
    hint: {Fault.HINT},
    cold_words: {Fault.FORBIDDEN},
    slow_reply: {Fault.SLOW},
    no_apology: {Fault.NO_APOLOGY},
    # The guard does not let out what binds the shop before its questions are answered.
    skipped_question: {Fault.TOO_SOON, Fault.FORBIDDEN},
    asked_again: {Fault.ASKED_AGAIN},
    no_closing: {Fault.NO_CLOSING},
    wrong_amount: {Fault.WRONG_AMOUNT},
    wrong_record: {Fault.WRONG_RECORD},
    wrong_amount_filed: {Fault.WRONG_AMOUNT_FILED},
    late_follow_up: {Fault.LATE_FOLLOW_UP},
}
RUNS: Counter[str] = Counter()


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_one_fault_loses_its_own_point_and_no_other(practice: Practice, begin: Begin) -> None:
    model = model_of(practice, begin)
    for plant, costs in PLANTED.items():
        dialogue = plant(begin, practice, model)
        if dialogue is None:
            continue
        file_what_is_right(dialogue)
        points = dialogue.grade().points
        faults = {point.fault for point in points}
        said = [one.text for one in dialogue.exchanges]
        assert faults, (plant.__name__, said)
        assert faults <= costs, (plant.__name__, points, said)
        assert len({point.line for point in points}) == 1, (plant.__name__, points)
        RUNS[plant.__name__] += 1


def test_the_table_has_rows_of_every_fault_and_three_hundred_in_all() -> None:
    if len(RUNS) < 2:
        pytest.skip("the table is whole only where all customers were met")
    assert {plant.__name__ for plant in PLANTED} == set(RUNS)
    assert sum(RUNS.values()) >= 300
