"""What the bot ended by itself, and by what one sees that its answer was none."""

from dataclasses import replace

from bot.core.bot_work import Mistake, bot_work
from bot.core.conversation import Conversation
from bot.core.shares import Share
from tests.core.turns import HANDS_OVER, agent, asks, bot


def said(*turns, id="c") -> Conversation:
    return Conversation(id, turns=turns)


def mistakes(*turns, corrected=frozenset()) -> list[Mistake]:
    return [kind for kind, _ in bot_work([said(*turns)], corrected).kinds]


def test_the_bots_work_counts_conversations_it_ended_alone_and_answers_that_did_not_help():
    alone = said(asks(0), bot(0.1), asks(1, "thanks"))
    handed = said(asks(0), bot(0.1), asks(1, "ask_human"), bot(1.1, HANDS_OVER))
    persons = said(asks(0), agent(1))

    found = bot_work([alone, handed, persons])

    assert found.alone == Share(1, 2)
    assert found.mistakes == Share(1, 2)
    assert found.scripts == [("missing_cable.look_again", Share(1, 2))]


def test_a_person_wanted_or_a_complaint_right_after_an_answer_is_a_mistake():
    assert mistakes(asks(0), bot(0.1), asks(1, "ask_human")) == [Mistake.PERSON]
    assert mistakes(asks(0), bot(0.1), asks(1, "complaint")) == [Mistake.COMPLAINED]
    assert mistakes(asks(0), bot(0.1), asks(1, "deny"), asks(2, "ask_human")) == [Mistake.PERSON]


def test_what_was_wanted_before_the_answer_is_not_its_fault():
    assert mistakes(asks(0, "ask_human"), bot(0.1), asks(1, "ask_human")) == []
    assert mistakes(asks(0, "complaint"), bot(0.1), asks(1, "bad_review")) == []


def test_anger_that_an_answer_brings_is_a_mistake_and_anger_that_was_there_is_not():
    curses = replace(asks(1), text="骗子！什么态度")

    assert mistakes(asks(0), bot(0.1), curses) == [Mistake.COMPLAINED]
    assert mistakes(replace(asks(0), text="骗子"), bot(0.1), curses) == []


def test_a_wish_after_a_persons_reply_is_not_the_bots_mistake():
    assert mistakes(asks(0), bot(0.1), agent(1), asks(2, "ask_human")) == []


def test_an_answer_to_a_message_that_was_about_something_else_is_a_mistake():
    asked = asks(0)

    assert mistakes(asked, bot(0.1), corrected={("c", asked.id)}) == [Mistake.CORRECTED]
    assert mistakes(asked, bot(0.1), corrected={("other", asked.id)}) == []


def test_being_told_that_a_colleague_comes_is_no_answer():
    handed = said(asks(0), bot(0.1, HANDS_OVER), asks(1), bot(1.1, "colleague_is_coming"))

    found = bot_work([handed])

    assert found.alone == Share(0, 0)
    assert found.mistakes == Share(0, 0)
