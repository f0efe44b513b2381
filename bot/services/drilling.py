"""Drills out of the rules as they stand: the answers are the desk's own verdict and guard."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.core.conversation import from_json
from bot.core.drills import Question, phone_drill, shuffled
from bot.core.facts import Fact, Origin
from bot.core.guard_rules import Rule
from bot.core.playbook import Decision
from bot.core.policy import Policy
from bot.services.call_preparing import call_prepared
from bot.services.composing import DECISIONS, shown
from bot.services.drill_sheet import Part, customer_of
from bot.services.practice_room import OpenRoom, met
from bot.services.practising import Dialogue
from bot.services.proposing import bargains, proposes
from bot.services.quality_sheets import RULES

QUESTIONS = 5
"""Replies that a guard drill shows."""
CHOICES = 4
FINE = "没有问题"
OPEN_ENDED = "没有期限"
DECIDING = (Decision.ALLOW, Decision.REFUSE, Decision.HANDOVER)
MOST_ROUNDS = 8


class Drill(StrEnum):
    VERDICT = "verdict"
    GUARD = "guard"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Drills:
    policy: Callable[[], Policy]
    open: OpenRoom

    def parts(self, drill: Drill, seed: int, at: datetime) -> tuple[Part, ...]:
        """What this drill asks, and about whom; the same for the same seed and moment."""
        match drill:
            case Drill.VERDICT:
                return self._verdict(seed, at)
            case Drill.GUARD:
                return (Part(tuple(self._guard(seed, at))),)
            case Drill.PHONE:
                return self._phone(seed, at)

    def questions(self, drill: Drill, seed: int, at: datetime) -> tuple[Question, ...]:
        """The questions of all its parts, in their order."""
        return tuple(one for part in self.parts(drill, seed, at) for one in part.questions)

    def _verdict(self, seed: int, at: datetime) -> tuple[Part, ...]:
        """Is it allowed, until when, and why: of an order on which something is to be decided."""
        for practice in shuffled(self.policy().practices, seed, "verdict"):
            with met(self.open, practice, at, seed) as dialogue:
                for _ in range(MOST_ROUNDS):
                    advice = dialogue.advice
                    decides = Decision(advice["decision"]) in DECIDING and dialogue.advised
                    if decides and advice["verdict"]["reasons"]:
                        return (Part(self._asked_of(dialogue, seed), customer_of(dialogue)),)
                    if dialogue.over:
                        break
                    dialogue.reply(dialogue.suggestion)
        return ()

    def _asked_of(self, dialogue: Dialogue, seed: int) -> tuple[Question, ...]:
        policy, advice = self.policy(), dialogue.advice
        verdict, item = advice["verdict"], dialogue.advised
        book = policy.playbooks[item.partition(".")[0]]
        step = book.step(advice["step"]) or book.step(item.partition(".")[2])
        assert step
        source = "；".join(policy.cited(one["doc"], one["at"]) for one in verdict["sources"])
        words = tuple(DECISIONS[one] for one in Decision)
        decided = Question(
            "按规定现在该怎么定？",
            words,
            [*Decision].index(Decision(advice["decision"])),
            verdict["text"],
            item,
            source,
            tuple(self._deciding(verdict["reasons"], policy)),
        )
        others = [one.title for one in book.steps if one.id != step.id]
        whys = shuffled([step.title, *shuffled(others, seed, "other")[: CHOICES - 1]], seed, "why")
        reason = Question(
            "是按规程的哪一步？", tuple(whys), whys.index(step.title), verdict["text"], item, source
        )
        return (decided, self._until(verdict, item, source, dialogue.at.date(), seed), reason)

    def _until(
        self, verdict: dict[str, Any], item: str, source: str, today: date, seed: int
    ) -> Question:
        flips = date.fromisoformat(verdict["flips_on"]) if verdict["flips_on"] else None
        last = flips - timedelta(days=1) if flips else None
        near = last or today
        days = [near, near + timedelta(days=1), near - timedelta(days=1)]
        choices = shuffled([*(f"{d.month}月{d.day}日" for d in days), OPEN_ENDED], seed, "until")
        right = f"{last.month}月{last.day}日" if last else OPEN_ENDED
        why = verdict["text"] if last else "这个结论不看日子，事实不变就不变"
        return Question(
            "这个结论到哪一天为止都成立？", tuple(choices), choices.index(right), why, item, source
        )

    def _deciding(
        self, reasons: Sequence[dict[str, Any]], policy: Policy
    ) -> Iterator[tuple[str, str]]:
        for reason in reasons:
            name = reason["fact"]
            if name in policy.facts:  # what colleagues have done has no title of its own
                told = policy.facts[name]
                value = Fact(from_json(told.kind, reason["value"]), Origin(reason["from"]))
                yield told.title, shown(name, value, policy)

    def _guard(self, seed: int, at: datetime) -> Iterator[Question]:
        """What is wrong with a reply: as it stood, or spoiled by one sentence."""
        spoiled = ("", *self.policy().drills.spoiled)
        for number, practice in enumerate(
            shuffled(self.policy().practices, seed, "guard")[:QUESTIONS]
        ):
            with met(self.open, practice, at, seed) as dialogue:
                added = spoiled[(seed * QUESTIONS + number) % len(spoiled)]
                yield self._spoiled(dialogue, added, seed)

    def _spoiled(self, dialogue: Dialogue, added: str, seed: int) -> Question:
        text = dialogue.suggestion + added
        found = dialogue.room.desk.check(dialogue.practice.id, text, dialogue.at)
        rule = str(found[0]["rule"]) if found else ""
        right = RULES.get(rule, rule) or FINE
        known = {str(one["rule"]) for one in found}
        rest = [RULES[one.value] for one in Rule if one.value not in known and one.value in RULES]
        some = shuffled(rest, seed, dialogue.practice.id)[: CHOICES - 2 if rule else CHOICES - 1]
        choices = shuffled([*dict.fromkeys([right, FINE, *some])], seed, f"{rule}choices")
        return Question(
            asks="我这句回复哪里不对？",
            choices=tuple(choices),
            right=choices.index(right),
            why=str(found[0]["why"]) if found else "这句可以发",
            item=f"guard.{rule or 'fine'}",
            source=self.policy().named(found[0]["source"]) if found else "",
            says=(*(f"客户：{one.text}" for one in dialogue.lines), f"我：{text}"),
        )

    def _phone(self, seed: int, at: datetime) -> tuple[Part, ...]:
        """What is settled before a call, the order of it, and when one may call at all."""
        policy = self.policy()
        source = policy.cited("S1", "电话")
        stages = phone_drill(policy.drills.phone, seed, source)
        return (
            *self._prepared(seed, at, source),
            Part(stages, title="电话里"),
            Part(tuple(self._bounds(seed, at, source)), title="打几次，几点打"),
        )

    def _prepared(self, seed: int, at: datetime, source: str) -> Iterator[Part]:
        """The first customer, in the order of the seed, to whom two things can be proposed."""
        policy = self.policy()
        cases = {book.id for book in policy.playbooks.values() if bargains(book)}
        fitting = [one for one in policy.practices if one.case in cases]
        for practice in shuffled(fitting, seed, "call"):
            with met(self.open, practice, at, seed) as dialogue:
                for _ in range(MOST_ROUNDS):
                    if dialogue.over or proposes(dialogue):
                        break
                    dialogue.reply(dialogue.suggestion)
                customer = customer_of(dialogue)
                questions = call_prepared(dialogue, seed, source) if proposes(dialogue) else ()
            if questions:
                yield Part(questions, customer, "打电话以前")
                return

    def _bounds(self, seed: int, at: datetime, source: str) -> Iterator[Question]:
        """How often a day one may call, and from when to when."""
        policy = self.policy()
        names = (policy.guard.figures[key] for key in ("call_from", "call_until", "calls_a_day"))
        opens, closes, most = (policy.figures[name].shown_on(at.date()) for name in names)
        hours = [f"{opens}到{closes}", f"{closes}以后", "随时", f"{opens}以前"]
        times = [f"{most} 次", f"{int(most) + 2} 次", f"{int(most) * 3} 次", "打到接为止"]
        why = f"一天最多打{most}次，只在{hours[0]}之间打，别的都算骚扰"
        asked = (
            ("同一位客户，一天最多打几次电话？", times, "calls"),
            ("什么时候可以给客户打电话？", hours, "hours"),
        )
        for asks, choices, name in asked:
            mixed = tuple(shuffled(choices, seed, name))
            right = mixed.index(choices[0])
            yield Question(asks, mixed, right, why, f"phone.{name}", source)
