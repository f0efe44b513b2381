"""What of a training document is said to customers, and what stands around it.

A document tells colleagues what to do and quotes what to say. Said is what a dialogue puts into
the agent's mouth, what is quoted as an answer, and what speaks to the customer. Headings, the
customer's words and the telling before a quotation say which case it is about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SHORTEST = 4
"""Fewer characters are no wording."""
LONGEST_HEADING = 20

_SPEAKER = re.compile(
    r"(?:^|(?<=[\s。！？；]))(?:(客服|店小二|小二|卖家|商家|答|回复|话术)"
    r"|客[户戶]|[顾顧]客|[买買]家|客人|用[户戶]|[问問]题?)[ 　]*[:：]\s*"
)
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{4,})[”」』\"]")
_CUSTOMER_SAYS = re.compile(
    r"(客[户戶]|[顾顧]客|[买買]家|客人|用[户戶])[^，。；,;]{0,10}(说|问|反馈|表示|称|要求)[^，。；,;]{0,4}$"
)
_TO_BE_SAID = re.compile(
    r"(告知|告诉|回复|回答|答复|话术|参考|说明|留言|提醒|安抚|解释|询问|说)[^。；;]{0,8}$|^\W*$"
)
_TO_CUSTOMERS = re.compile("您|(?<![父母])亲(?![自切友戚人朋])|親(?![自切友戚人朋])")
_REPLY_COLUMN = re.compile("话术|回复|回答|答复|应答|怎么说|说法|客服")
_ORDINAL = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]{1,3}[、.．:：)）](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）][:：]?"
    r"|[①-⑳•●▪■◆*·-])\s*"
)
_AROUND = ' 　，,；;“”「」『』"'
_IN_BRACKETS = re.compile("[(（]([^()（）]*)[)）]")
_SENTENCE = re.compile(r"[。！？!?~；;，,”」]")


class BrokenDocument(ValueError):
    """A document cannot be read; says what to do about it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table's cell, as it stands in the document."""

    text: str
    where: str
    heading: bool = False
    beside: str = ""
    """What else its row says."""
    reply: bool = False
    """Whether its column is headed as what to reply."""


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    where: str
    context: str = ""
    said: bool = True
    """Whether it is said to customers; else it tells colleagues what to do."""


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """Everything that may be wording, in the document's order."""
    reader = _Reader()
    for block in blocks:
        yield from reader.read(block)


class _Reader:
    """Reads on with the heading in mind and what was told last."""

    def __init__(self) -> None:
        self._heading = ""
        self._told = ""

    def read(self, block: Block) -> Iterator[Passage]:
        text = block.text.strip()
        if block.heading:
            self._head(text)
        elif _SPEAKER.search(text):
            yield from self._dialogue(block, text)
        elif not block.beside and _is_heading(text):
            self._head(text)
        elif _QUOTED.search(text):
            yield from self._quoting(block, text)
        elif len(text := bare(text)) >= SHORTEST:
            said = block.reply or _speaks_to_customers(text)
            yield self._passage(block, text, said)
            self._told = self._told if said else text

    def _head(self, text: str) -> None:
        self._heading, self._told = bare(text), ""

    def _dialogue(self, block: Block, text: str) -> Iterator[Passage]:
        before, *turns = _SPEAKER.split(text)
        self._told = bare(before) or self._told
        for agent, words in zip(turns[::2], turns[1::2], strict=True):
            if not agent:
                self._told = words.strip()
            elif len(said := bare(words)) >= SHORTEST:
                yield self._passage(block, said)

    def _quoting(self, block: Block, text: str) -> Iterator[Passage]:
        done, told = 0, ""
        for quoted in _QUOTED.finditer(text):
            before = bare(text[done : quoted.start()])
            if _CUSTOMER_SAYS.search(before):
                told += f"{before}{quoted[1]}，"
            elif _TO_BE_SAID.search(before):
                told += before
                self._told, told = told or self._told, ""
                yield self._passage(block, bare(quoted[1]))
            else:  # a button's name, a term
                continue
            done = quoted.end()
        if len(rest := bare(text[done:])) >= SHORTEST:
            yield self._passage(block, rest, said=_speaks_to_customers(rest))
            told += rest
        self._told = told or self._told

    def _passage(self, block: Block, text: str, said: bool = True) -> Passage:
        around = [self._heading, block.beside, self._told]
        return Passage(text, block.where, "。".join(filter(None, around)), said)


def table(rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Block]:
    """The blocks of a table, given as where each row stands and its cells.

    Where a column is headed as what to reply, only this column is read as wording, and the others
    say what it is about.
    """
    replies: frozenset[int] = frozenset()
    for number, (where, cells) in enumerate(rows):
        headed = frozenset(n for n, cell in enumerate(cells) if _REPLY_COLUMN.search(cell))
        if number == 0 and headed and len(headed) < len(cells) and max(map(len, cells)) < 15:
            replies = headed
            continue
        for column, cell in enumerate(cells):
            if replies and column not in replies:
                continue
            about = [c for n, c in enumerate(cells) if n != column and (n < column or replies)]
            for line in filter(None, map(str.strip, cell.splitlines())):
                place = f"{where}第{column + 1}列"
                yield Block(line, place, False, "。".join(filter(None, about)), column in replies)


def bare(text: str) -> str:
    """The text without what a list puts before it, and without quotes or brackets around it."""
    text = _ORDINAL.sub("", text).strip(_AROUND)
    inner = _IN_BRACKETS.fullmatch(text)
    return inner[1].strip(_AROUND) if inner else text


def _is_heading(text: str) -> bool:
    says_how = text.endswith((":", "：")) and _TO_BE_SAID.search(text)
    return len(bare(text)) <= LONGEST_HEADING and not (
        says_how or _SENTENCE.search(text) or _TO_CUSTOMERS.search(text)
    )


def _speaks_to_customers(text: str) -> bool:
    return bool(_TO_CUSTOMERS.search(text)) and not text.endswith((":", "："))
