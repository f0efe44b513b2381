"""What an agent's words do, as far as their manner shows it: ask, refuse, pass on, or only ask for
patience.
"""

import re

from bot.core.playbook import Decision, Step

_ASKS = re.compile(
    r"[?？]|[吗呢么没不](?=[^一-鿿]|$)|哪|什么|多少|几(?=[号件点])|[是要].{1,12}还是|(?<!不)([一-鿿])(?<!不)[不没]\1|您(看|来)?[选定挑]"
    r"|(请|麻烦|辛苦)您?.{0,12}(发|补|供|告|说|问|写|拍|看|找|报|填|付|选|核对|确认)|发我|发来|(给|告诉)我"
    r"|您先?(把.{1,8})?寄(回|到|过来)(?!.{0,2}[的了])"
)
_REFUSES = re.compile(
    r"不(能|可以|了|行|到|下来|承担|适用|支持|符合|在|再|是)|(没|无)(法|办法)|只(能|有)|最多|上限"
)
_OTHERS = "(主管|同事|售后|人工|财务|仓库|技术|领导|真人|专员|店长|组长)"
_PASSES_ON = re.compile(
    rf"[转请找交报让叫问由给得].{{0,8}}{_OTHERS}|{_OTHERS}.{{0,8}}(来|看|查|定|核|会|处理)|转(过去|达|给)"
)
_ASKS_FOR_PATIENCE = re.compile(
    r"稍等|请等|等(我|一下|下|会|等|两|一分)|稍候|片刻|久等|(正在|在)(看|查)|^(嗯|收到|在[的呢])|您(说|讲)$"
    r"|我(先|去)?(看|查|问|翻|算|核|记|确认|请示|打开|调)(?![了到过这])"
)
_KIND = re.compile(
    r"抱歉|对不起|不好意思|添麻烦|久等|(?<!不)(理解|体谅)您|您的?心情|明白您|[别不][要用]?(着急|担心)|辛苦您"
)


def shows(step: Step, text: str) -> bool:
    """Whether the words do what the step does: who asks puts a question, who refuses says no, who
    hands over names who takes over.
    """
    if step.ask and not _ASKS.search(text):
        return False
    if step.decision is Decision.REFUSE:
        return bool(_REFUSES.search(text))
    return step.decision is not Decision.HANDOVER or bool(_PASSES_ON.search(text))


def asks_for_patience(text: str) -> bool:
    """Whether the words ask for a moment, or only say that somebody is there."""
    return bool(_ASKS_FOR_PATIENCE.search(text))


def is_kind(text: str) -> bool:
    """Whether the words are sorry, or show that they have understood."""
    return bool(_KIND.search(text))
