"""Trainees write in words of their own: the step is recognised, and where it is not sure it costs nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.grading import Fault
from bot.services.practising import Dialogue
from tests.desks import POLICY
from tests.practice_rooms import MOST_ROUNDS, Begin, dialogues_in

WORDS = Path(__file__).parent / "data/trainees_words.tsv"
"""A line: customer, step, and two ways to carry it out; nothing in it was used to teach steps."""
RECOGNISED = 0.85
"""Of the replies, this share at least is surely taken for the step that it carries out."""
CUSTOMERS = {practice.id: practice for practice in POLICY.practices}
SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    with dialogues_in(tmp_path_factory.mktemp("words")) as meet:
        yield meet


def said(begin: Begin, customer: str, step: str, text: str) -> Dialogue | None:
    """The dialogue up to the first reply with which this step is due, and these words in it."""
    for seed in SEEDS:
        dialogue = begin(CUSTOMERS[customer], seed)
        while not dialogue.ending and len(dialogue.exchanges) < MOST_ROUNDS:
            if dialogue.advice["step"] == step:
                dialogue.reply(text)
                return dialogue
            dialogue.reply(dialogue.suggestion)
    return None


def test_free_words_are_recognised_and_what_is_doubtful_costs_nothing(begin: Begin) -> None:
    replies = [
        (customer, step, text)
        for line in WORDS.read_text("utf-8").splitlines()
        for customer, step, *texts in [line.split("\t")]
        for text in texts
    ]
    met = [(reply, dialogue) for reply in replies if (dialogue := said(begin, *reply))]

    assert len(met) >= 300
    missed = []
    for reply, dialogue in met:
        last, line = dialogue.exchanges[-1], len(dialogue.exchanges)
        if last.doubtful or not last.as_advised:
            missed.append((reply, last.step, last.confidence))
        lost = {point.fault for point in dialogue.grade().points if point.line == line}
        if last.doubtful:
            assert not lost & {Fault.TOO_SOON, Fault.ASKED_AGAIN}, reply
    assert len(missed) <= (1 - RECOGNISED) * len(met), missed
