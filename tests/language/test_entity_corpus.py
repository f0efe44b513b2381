"""What customers write holds the entities a reader finds, exactly those, and no clause around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.entities import Entity
from tests.language.entity_corpus import FOLDER, extract, messages, mistakes, score

ENOUGH = 0.97
"""Share of what is found that must be right, and of what is there that must be found."""
FILES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
LONGEST = {
    "order_no": 26, "tracking_no": 26, "courier": 6, "phone": 20, "alipay": 64, "email": 64,
    "tax_no": 20, "serial_no": 24, "amount": 14, "count": 8, "days": 8, "date": 12, "time": 10,
    "height": 12, "weight": 12, "size": 6, "product": 20, "photo": 8,
}  # fmt: skip
"""Characters; a link to a photo may be longer."""
ASIDE = re.compile(
    r"[，。！？；、…!?;~]|(?<!\d)\n|\n(?!\d)|,(?!\d{3})|[我你您他她它退换买拍发收寄送了吗呢吧没就都也还]"
)
"""What belongs to the words around an entity: stops, people, verbs, particles."""
CONNECTED = (
    "，", "。", "！", "？", " ", "\n", "我", "你们", "的", "了", "吗", "退", "换", "还没到", "就", "到", "和",
    "、", "-", "订单", "单号", "支付宝", "3", "一", "块", "点", "号", "个", "X",
)  # fmt: skip


def asides(text: str) -> list[tuple[str, str]]:
    """Entities that are too long, or hold what belongs to the clause around them."""
    return [(e.entity, text[e.start : e.end]) for e in extract(text) if swallows(text, e)]


def swallows(text: str, entity: Entity) -> bool:
    words = text[entity.start : entity.end]
    if entity.entity == "photo" and "/" in words:
        return bool(re.search(r"[^!-~]", words))
    known = entity.entity in ("product", "courier", "email", "alipay")
    return len(words) > LONGEST[entity.entity] or (not known and bool(ASIDE.search(words)))


CORPUS = [message for name in FILES for message in messages(name)]
PIECES = sorted({piece for m in CORPUS for piece in re.split("[，。]", m.text) if piece})


@pytest.mark.parametrize("name", FILES)
def test_what_is_found_is_right(name: str):
    corpus = messages(name)

    assert score(corpus).precision >= ENOUGH, "\n".join(mistakes(corpus))


@pytest.mark.parametrize("name", FILES)
def test_what_is_there_is_found(name: str):
    corpus = messages(name)

    assert score(corpus).recall >= ENOUGH, "\n".join(mistakes(corpus))


def test_no_entity_swallows_the_clause_around_it():
    assert not [aside for message in CORPUS for aside in asides(message.text)]


@given(st.lists(st.sampled_from((*PIECES, *CONNECTED)), max_size=8))
def test_no_entity_swallows_a_clause_however_messages_are_put_together(pieces: list[str]):
    assert not asides("".join(pieces))


def test_a_hundred_messages_are_held_out_and_none_is_in_two_files():
    texts = [message.text for message in CORPUS]

    assert len(texts) == len(set(texts))
    assert len(messages("heldout")) >= 100


def test_every_kind_is_in_the_corpus_and_three_in_ten_messages_hold_nothing():
    kinds = {entity.entity for message in CORPUS for entity in message.entities}

    assert kinds == set(LONGEST)
    assert sum(not message.entities for message in CORPUS) >= 0.3 * len(CORPUS)
