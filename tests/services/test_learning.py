"""What a shop's chats teach is published only when it is not worse."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.chat_history import ChatHistory, Example, Group
from bot.services.learning import ENOUGH, FEWEST_MESSAGES, TooLittle, learn

OLD, NEW, HISTORY = Path("old"), Path("new"), Path("history")
RIGHT, WRONG = [("missing_cable", 0.9), ("thanks", 0.1)], [("thanks", 0.9), ("missing_cable", 0.1)]
NOT_UNDERSTOOD = (Group(41, ("拼单",), ("拼单能退吗",), ("payment_coupon",)),)


class Workshop:
    """Models that understand a given share of the messages; notes what is asked of it."""

    def __init__(self, before: float, after: float) -> None:
        self._share = {OLD: before, NEW: after}
        self.done: list[str] = []
        self.taught: ChatHistory | None = None

    def new_history(self, history: ChatHistory, kept: Sequence[Example]) -> Path:
        self.taught = ChatHistory(history.messages, history.replies, tuple(kept))
        return HISTORY

    def train(self, history: Path) -> Path:
        self.done.append("trained")
        return NEW

    def in_use(self) -> Path:
        return OLD

    def rankings(self, model: Path, texts: Sequence[str]):
        good = round(self._share[model] * len(texts))
        return [RIGHT] * good + [WRONG] * (len(texts) - good)

    def groups(self, history: Path, model: Path) -> list[Group]:
        return list(NOT_UNDERSTOOD)

    def publish(self, history: Path, model: Path, about) -> str:
        self.done.append("published")
        self.about = about
        return "2026-03-01T120000"

    def discard(self, history: Path, model: Path) -> None:
        self.done.append("discarded")


def examples(count: int, kind: str) -> tuple[Example, ...]:
    return tuple(Example(f"{kind}{number}没网线", "missing_cable") for number in range(count))


def chats(labelled: int = 0) -> ChatHistory:
    messages = tuple(f"第{number}条" for number in range(FEWEST_MESSAGES))
    own = examples(labelled, "本店")
    return ChatHistory(messages + tuple(one.text for one in own), ("稍等",), own)


def test_what_is_better_is_published_with_figures_before_and_after():
    workshop = Workshop(before=0.7, after=0.8)

    found = learn(chats(), examples(100, "随附"), workshop)

    assert found.version == "2026-03-01T120000"
    assert workshop.done == ["trained", "published"]
    assert (found.compared["shipped"].before, found.compared["shipped"].after) == (0.7, 0.8)
    assert (found.compared["shipped"].mended, found.compared["shipped"].spoilt) == (10, 0)


def test_what_is_worse_on_the_shops_own_messages_is_not_published():
    workshop = Workshop(before=0.8, after=0.78)

    found = learn(chats(labelled=400), (), workshop)

    assert found.held_out >= ENOUGH
    assert found.version is None
    assert found.worse == "own"
    assert workshop.done == ["trained", "discarded"]


def test_a_few_held_out_messages_of_the_shop_decide_nothing():
    found = learn(chats(labelled=20), (), Workshop(before=0.8, after=0.6))

    assert found.held_out < ENOUGH
    assert found.version is not None


@pytest.mark.parametrize(("after", "published"), [(0.79, True), (0.70, False)])
def test_on_the_shipped_messages_only_a_loss_beyond_chance_counts(after: float, published: bool):
    found = learn(chats(), examples(200, "随附"), Workshop(before=0.8, after=after))

    assert (found.version is not None) == published


def test_nothing_of_the_held_out_messages_is_learned_from():
    workshop = Workshop(before=0.8, after=0.8)

    learn(chats(labelled=400), (), workshop)

    assert workshop.taught is not None
    held_out = [one for one in examples(400, "本店") if one.held_out]
    assert not {one.text for one in held_out} & {*workshop.taught.messages}
    assert not {*held_out} & {*workshop.taught.examples}


def test_too_few_messages_teach_nothing_and_are_refused():
    few = ChatHistory(chats().messages[1:])

    with pytest.raises(TooLittle, match=f"{FEWEST_MESSAGES - 1}"):
        learn(few, (), Workshop(0.5, 0.5))


def test_what_is_not_understood_is_gathered_for_a_reviewer():
    workshop = Workshop(0.5, 0.5)

    assert learn(chats(), (), workshop).groups == NOT_UNDERSTOOD
    assert workshop.about["groups"][0]["near"] == ("payment_coupon",)
