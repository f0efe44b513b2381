"""Whether a customer wants more than one thing at once: which parts of the words stand for
themselves.
"""

import re

SHORTEST = 4
"""Characters; fewer say nothing by themselves."""
_AND = re.compile(
    r"[,，。;；!！?？~～\s]+(?=(?:另外|还有(?!没有|多久|几|吗|么|货)|顺便|对了|同时|其次|再(?:就是|问|帮|有)))"
)
_QUESTION = re.compile(r"(?<=[?？])|[。;；\n]+")


def joined_parts(text: str) -> list[str]:
    """The parts that connecting words (「另外」「顺便」) set apart; without one, the whole."""
    return [part for part in _AND.split(text) if len(part.strip()) >= SHORTEST]


def sentences(text: str) -> list[str]:
    """The questions and sentences of the text."""
    return [part for part in _QUESTION.split(text) if len(part.strip()) >= SHORTEST]
