"""Whether the wording is whole: each step is worded often enough, and every figure comes from
outside.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.scripts import PLACEHOLDER, placeholders

VARIANTS = 3
COMPUTED = frozenset({"amount", "answered_by", "follow_up_on", "last_day", "order_titles"})
# 「哪一天」 asks; 「换一根」 and 「几件」 count nothing that a shop decides; 「二次销售」 is a
# name.
_IN_WORDS = re.compile(
    r"(?<!哪)[〇零一二两三四五六七八九十百千万亿半几双俩仨壹贰叁肆伍陆柒捌玖拾佰仟]个?多?"
    r"(?:元|块|毛|角钱|分钱|天|日|周|星期|礼拜|月|季度|年|小时|钟头|分钟|秒|点钟|工作日|折|倍)"
    r"|数(?:天|日|周|月|年|小时|分钟)"
    r"|[二两三四五六七八九十百千万](?:点|角|成|号|件|根|条|次(?!销售))|[三四五六七八九十百千万]个"
    r"|百分之|[%％]"
)


def figure_in(text: str) -> str | None:
    """The first figure that stands in the wording itself, in digits of any kind or in words."""
    own = PLACEHOLDER.sub(" ", text)
    digit = next((c for c in own if unicodedata.category(c).startswith("N")), None)
    if digit:
        return digit
    words = _IN_WORDS.search(own)
    return words.group() if words else None


def wording_faults(
    playbook: Playbook, policy: Policy
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Place and fault, step by step."""
    for step in playbook.steps:
        variants = policy.scripts.variants(f"{playbook.id}.{step.id}")
        if len(variants) < VARIANTS:
            yield (step.id,), f"只有 {len(variants)} 种说法 write at least {VARIANTS}"
        for number, text in enumerate(variants):
            if figure := figure_in(text):
                yield (step.id, number), f"数字要用参数 use a parameter for {figure}"
            for name in sorted(placeholders(text) - COMPUTED):
                if name not in policy.facts and name not in policy.figures:
                    yield (step.id, number), f"没有这个占位符 unknown placeholder {name}"
