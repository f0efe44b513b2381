"""`practise`: a dialogue with a practice customer in the terminal, and what it was worth."""

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import typer

from bot import wiring
from bot.core.filing import Filing
from bot.core.grading import Grade
from bot.core.practice import Practice
from bot.core.practice_customer import Ending
from bot.core.registers import Register
from bot.services.practising import Dialogue

HINT = "?"
LEAVE = "q"
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?")
ENDED = {
    Ending.CONTENT: "客户满意地走了",
    Ending.RESIGNED: "客户知道了，没有再争",
    Ending.LEFT: "客户没耐心了，走了",
    Ending.BAD_REVIEW: "客户走了，还要写差评",
}


def list_scenarios() -> None:
    """Print every customer: name, level, what it is about."""
    for one in wiring.practices():
        typer.echo(f"{one.id}\t{'★' * one.level}\t{one.title}")


def practise(name: str, seed: int | None, noise: bool = False) -> None:
    """Hold a dialogue on standard input, a reply a line, and print its grade.

    Raises:
        LookupError: there is no such customer.
    """
    scenario = _named(name)
    seed = random.randrange(10_000) if seed is None else seed
    with wiring.practice(scenario, seed, noise) as dialogue:
        typer.echo(f"{scenario.title}（种子 {seed}；{HINT} 看提示，扣分；{LEAVE} 结束）")
        _show(dialogue.open())
        while not dialogue.over and (text := _typed()) != LEAVE:
            if text == HINT:
                typer.echo(f"  提示：{dialogue.hint()}")
            elif text:
                _show(dialogue.reply(text))
        if dialogue.ending:
            typer.echo(f"—— {ENDED[dialogue.ending]}")
        if dialogue.to_file:
            dialogue.file(_filing(wiring.registers(), dialogue.at.date()))
        typer.echo("\n".join(grade_lines(dialogue.grade(), dialogue)))


def grade_lines(grade: Grade, dialogue: Dialogue) -> Iterator[str]:
    """The grade as a trainee reads it: each point's line, why, its source, better words."""
    yield f"\n{'通过' if grade.passed else '没有通过'}，{grade.score} 分"
    for point in grade.points:
        said = dialogue.exchanges[point.line - 1].text if point.line else ""
        where = f"第 {point.line} 句「{said}」：" if point.line else ""
        yield f"- {where}{point.why}（-{point.cost}）"
        if point.source:
            yield f"    出处：{point.source}"
        if point.better:
            yield f"    可以说：{point.better}"
    for line in grade.doubtful:
        yield f"- 第 {line} 句看不准是哪一步，不扣分"


def _named(name: str) -> Practice:
    scenarios = wiring.practices()
    if not name:
        return random.choice(scenarios)
    found = next((one for one in scenarios if one.id == name), None)
    if found is None:
        raise LookupError(f"没有练习 {name}：shouhou practise --list 看有哪些")
    return found


def _filing(registers: Sequence[Register], today: date) -> Filing:
    """Ask what is written down; an empty line is nothing."""
    for number, one in enumerate(registers, 1):
        typer.echo(f"  {number:2} {one.name}：{one.purpose}")
    numbers = _asked("记到哪里（几号，可以几个；不用就回车）：").split()
    chosen = [int(one) - 1 for one in numbers if one.isdecimal()]
    amount = _asked("金额（元；不用就回车）：").removesuffix("元")
    days = _asked(f"几天后跟进（今天 {today}；不用就回车）：").removesuffix("天")
    return Filing(
        frozenset(registers[one].name for one in chosen if 0 <= one < len(registers)),
        Decimal(amount) if _AMOUNT.fullmatch(amount) else None,
        today + timedelta(days=int(days)) if days.isdecimal() else None,
    )


def _asked(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""


def _typed() -> str:
    try:
        return input("我：").strip()
    except EOFError:
        return LEAVE


def _show(lines: tuple[str, ...]) -> None:
    for line in lines:
        typer.echo(f"客户：{line}")
