"""Histories and models are made beside the ones in use, and put in their place whole or not at all."""

import json
import shutil
from itertools import islice, permutations
from pathlib import Path

import pytest

from bot.adapters.context_file import beside
from bot.adapters.model_workshop import ModelWorkshop
from bot.core.chat_history import ChatHistory, Example
from bot.services.ports import TrainingFailed

CHECKOUT = Path(__file__).parents[2]
GOODS = ("网线", "电源", "路由器", "杯子", "衣服", "鞋子", "书包", "台灯", "枕头", "风扇")
WISHES = ("没收到", "坏了怎么办", "什么时候发货", "想退货", "能换一个吗", "到哪里了")
MESSAGES = tuple(f"{one}{wish}" for one in GOODS for wish in WISHES)
TOPICS = ("发票", "色差", "邮费", "尺码", "丢件", "安装", "优惠券", "说明书")
RIDDLES = tuple("那个" + "跟".join(six) for six in islice(permutations(TOPICS, 6), 0, None, 20))
"""Of so many things at once that nobody knows which is meant."""
TRAINS = """#!/usr/bin/env bash
set -e
[[ -f $SHOUHOU_HISTORY/messages.txt && $2 == --to ]]
mkdir -p "$(dirname "$3")"
cp models/shouhou.tar.gz "$3"
cp models/shouhou.context.json "${3%.tar.gz}.context.json"
echo learned >"$3.inputs"
"""
"""Stands for the training, which takes a minute: puts the model in use where the new one goes."""


@pytest.fixture
def checkout(tmp_path: Path, model: Path) -> Path:
    """A checkout with the real environment and model, in which nothing real can be overwritten."""
    (tmp_path / "envs").mkdir()
    (tmp_path / "envs/rasa").symlink_to(CHECKOUT / "envs/rasa")
    (tmp_path / "bot").symlink_to(CHECKOUT / "bot")
    train = tmp_path / "envs/train"
    train.write_text(TRAINS, encoding="utf-8")
    train.chmod(0o755)
    (tmp_path / "models").mkdir()
    for file in (model, beside(model)):
        shutil.copy(file, tmp_path / "models" / file.name)
    return tmp_path


@pytest.fixture
def workshop(checkout: Path) -> ModelWorkshop:
    return ModelWorkshop(checkout, checkout / "models/shouhou.tar.gz")


HISTORY = ChatHistory((*MESSAGES, *RIDDLES), ("您好，马上给您查",))
KEPT = [Example("网线没见着", "missing_cable", "小林", "2026-03-01")]


def test_what_was_learned_is_published_as_a_version_that_is_in_use(checkout: Path, workshop):
    history = workshop.new_history(HISTORY, KEPT)
    model = workshop.train(history)
    before = workshop.rankings(workshop.in_use(), ["网线没收到"])

    version = workshop.publish(history, model, {"messages": 120})

    current = checkout / "models/history/current"
    assert current.resolve().name == version
    assert (current / "messages.txt").read_text("utf-8").splitlines() == list(HISTORY.messages)
    assert json.loads((current / "corrections.jsonl").read_text("utf-8"))["author"] == "小林"
    assert json.loads((current / "about.json").read_text("utf-8"))["version"] == version
    assert (current / "vectors.npz").stat().st_size > 0
    assert (checkout / "models/shouhou.tar.gz.inputs").read_text() == "learned\n"
    assert workshop.rankings(workshop.in_use(), ["网线没收到"]) == before
    assert before[0][0][0] == "missing_cable"


def test_the_next_version_takes_the_place_of_the_one_before_which_is_kept(checkout, workshop):
    versions = []
    for _ in range(2):
        history = workshop.new_history(HISTORY, KEPT)
        versions.append(workshop.publish(history, workshop.train(history), {}))

    assert (checkout / "models/history/current").resolve().name == versions[1]
    assert (checkout / "models/history" / versions[0]).is_dir()


def test_what_is_discarded_leaves_everything_as_it_was(checkout: Path, workshop):
    history = workshop.new_history(HISTORY, KEPT)
    model = workshop.train(history)

    workshop.discard(history, model)

    assert list((checkout / "models/history").iterdir()) == []
    assert workshop.in_use().exists()


def test_messages_that_nobody_understands_are_gathered(workshop):
    history = workshop.new_history(HISTORY, KEPT)

    groups = workshop.groups(history, workshop.in_use())

    assert sum(group.messages for group in groups) >= 40
    assert {*groups[0].examples} <= {*HISTORY.messages}


def test_a_training_that_fails_says_how_and_leaves_the_model_in_use(checkout: Path, workshop):
    (checkout / "envs/train").write_text("#!/bin/sh\necho no room on the disk >&2\nexit 1\n")
    history = workshop.new_history(HISTORY, KEPT)

    with pytest.raises(TrainingFailed, match="no room on the disk"):
        workshop.train(history)

    assert workshop.in_use().exists()
