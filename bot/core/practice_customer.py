"""How a customer whom one practises on answers: by what the reply did, and by nothing else.

The same seed and the same replies give the same conversation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from bot.core.playbook import Decision
from bot.core.practice import Persona, Practice, Want

MOST_UNCLEAR = 3
"""Replies in a row that a customer cannot make out and still reads on."""
ANSWERS = "provide_info"
THANKS = "thanks"


class Mood(StrEnum):
    """What a customer has words for beside the facts."""

    AGAIN = "again"
    """Asked what was told already."""
    UNKNOWN = "unknown"
    """Asked what they do not know."""
    IMPATIENT = "impatient"
    """The reply did nothing for them."""
    UNCLEAR = "unclear"
    """The reply may have done something, and they cannot tell what."""
    GOES_ON = "goes_on"
    """Told something, and waits for what comes next."""
    HURT = "hurt"
    """Spoken to coldly."""
    HAGGLES = "haggles"
    """Offered something, and wants more of it."""
    CONTENT = "content"
    RESIGNED = "resigned"
    LEAVES = "leaves"
    BAD_REVIEW = "bad_review"


class Ending(StrEnum):
    CONTENT = "content"
    RESIGNED = "resigned"
    """Refused, and told so: that may be right."""
    LEFT = "left"
    """Patience is at its end."""
    BAD_REVIEW = "bad_review"
    """The same, and they were spoken to coldly."""

    @property
    def served(self) -> bool:
        return self in (Ending.CONTENT, Ending.RESIGNED)


type Manners = Mapping[Persona, Mapping[Mood, tuple[str, ...]]]
"""How each kind of customer puts it."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of the customer."""

    text: str
    intent: str = ANSWERS
    """What it is meant as."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reply did."""

    step: str | None = None
    """The step that it surely carried out."""
    decision: Decision | None = None
    """What that step decides."""
    asked: tuple[str, ...] = ()
    """The facts that it asks for."""
    kind: bool = False
    """It is sorry, or has understood."""
    cold: bool = False
    """It lacks respect."""
    late: bool = False
    """It came after the shop's reply clock."""
    farewell: bool = False
    """It thanks, or asks to write again."""
    unclear: bool = False
    """It is words of substance, and nobody can be sure which step they carry out."""
    repeated: bool = False
    """The same words were said before."""


@dataclass(frozen=True, slots=True)
class Mind:
    """What the customer remembers."""

    patience: int
    told: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    replies: int = 0
    calmed: bool = False
    hurt: bool = False
    unclear: int = 0
    """How many of the latest replies they could not make out."""
    want: int = 0
    """Which of their wants it is about."""
    pushed: int = 0
    """How often they asked for more."""
    strayed: Heard | None = None
    """The reply that waits for an answer while they ask about something else."""
    ending: Ending | None = None
    expects_closing: bool = False
    """They are served and have said so; a last word would be kind."""

    @property
    def over(self) -> bool:
        return self.ending is not None and not self.expects_closing


@dataclass(frozen=True, slots=True)
class Customer:
    """A practice customer with a seed, which picks among their ways to say a thing."""

    practice: Practice
    manners: Manners
    seed: int = 0

    def opens(self) -> tuple[Mind, tuple[Utterance, ...]]:
        """The first lines."""
        mind = Mind(self.practice.patience)
        return mind, self._begins(self.practice.wants[0], 0)

    def hears(self, mind: Mind, heard: Heard) -> tuple[Mind, tuple[Utterance, ...]]:
        """What the customer answers; nothing more follows once it is over."""
        number = mind.replies + 1
        mind = replace(mind, replies=number)
        if mind.expects_closing:
            return replace(mind, expects_closing=False), ()
        if self._strays(mind, heard):
            return replace(mind, strayed=heard), self._asks_aside(number)
        if mind.strayed:
            asked = (*mind.strayed.asked, *heard.asked)
            heard = replace(mind.strayed, asked=asked, cold=heard.cold, late=heard.late)
            mind = replace(mind, strayed=None)
        want = self.practice.wants[mind.want]
        if heard.step == want.goal or (mind.pushed and not heard.asked and not heard.cold):
            return self._served(mind, heard, number)
        return self._goes_on(mind, heard, want, number)

    def _strays(self, mind: Mind, heard: Heard) -> bool:
        aside = self.practice.aside
        on_time = aside is not None and mind.replies == aside.after
        return on_time and heard.step not in {want.goal for want in self.practice.wants}

    def _asks_aside(self, number: int) -> tuple[Utterance, ...]:
        aside = self.practice.aside
        assert aside
        return _lines(self._pick("aside", number, aside.says), aside.intent)

    def _served(self, mind: Mind, heard: Heard, number: int) -> tuple[Mind, tuple[Utterance, ...]]:
        """What was wanted is there: they ask for more, for something else, or are done."""
        refused = heard.decision is Decision.REFUSE
        if mind.pushed < self.practice.haggles and not refused and mind.want == 0:
            return replace(mind, pushed=mind.pushed + 1), self._says(Mood.HAGGLES, number)
        if mind.want + 1 < len(self.practice.wants):
            mind = replace(mind, want=mind.want + 1, pushed=0, told=frozenset(), steps=frozenset())
            return mind, self._begins(self.practice.wants[mind.want], number)
        if refused:
            return replace(mind, ending=Ending.RESIGNED), self._says(Mood.RESIGNED, number)
        handed_over = heard.decision is Decision.HANDOVER
        waits = not handed_over and not heard.farewell
        mind = replace(mind, ending=Ending.CONTENT, expects_closing=waits)
        return mind, self._says(Mood.CONTENT, number, THANKS)

    def _goes_on(
        self, mind: Mind, heard: Heard, want: Want, number: int
    ) -> tuple[Mind, tuple[Utterance, ...]]:
        again = [fact for fact in heard.asked if fact in mind.told]
        lines = [*self._answers(mind, heard.asked, want, number)]
        moved = bool(lines) or heard.step not in {None, *mind.steps}
        mind = self._after(mind, heard, moved, again, want)
        if mind.patience <= 0:
            ending, mood = Ending.LEFT, Mood.LEAVES
            if mind.hurt:
                ending, mood = Ending.BAD_REVIEW, Mood.BAD_REVIEW
            return replace(mind, ending=ending), self._says(mood, number)
        if again:
            repeated = self._told(again, want, number)
            lines = [*self._says(Mood.AGAIN, number), *repeated, *lines]
        lines = lines or [*self._says(self._at_a_loss(heard, moved), number)]
        if number == 1:
            lines += [Utterance(one) for one in self.practice.volunteers]
        return mind, tuple(lines)

    def _after(
        self, mind: Mind, heard: Heard, moved: bool, again: Sequence[str], want: Want
    ) -> Mind:
        """Patience goes with what leads nowhere; one kind word wins a lost round back.

        Words that are not understood cost none: they may have been right. The same words again do,
        and whoever is not understood for long is talked to no more.
        """
        unclear = mind.unclear + 1 if heard.unclear and not moved else 0
        wasted = not moved and (heard.repeated or not heard.unclear)
        lost = (heard.cold or wasted) + bool(again) + heard.late
        patience, calmed = mind.patience - lost, mind.calmed
        if unclear > MOST_UNCLEAR:
            patience = 0
        if heard.kind and patience < self.practice.patience and not calmed:
            patience, calmed = patience + 1, True
        return replace(
            mind,
            patience=patience,
            calmed=calmed,
            hurt=mind.hurt or heard.cold,
            unclear=unclear,
            told=mind.told | {fact for fact in heard.asked if fact in want.knows},
            steps=mind.steps | ({heard.step} if heard.step else set()),
        )

    def _answers(
        self, mind: Mind, asked: Sequence[str], want: Want, number: int
    ) -> Iterator[Utterance]:
        fresh = dict.fromkeys(fact for fact in asked if fact not in mind.told)
        return self._told([fact for fact in fresh if fact in want.knows], want, number)

    def _told(self, facts: Sequence[str], want: Want, number: int) -> Iterator[Utterance]:
        for fact in facts:
            yield from _lines(self._pick(fact, number, want.knows[fact]))

    def _at_a_loss(self, heard: Heard, moved: bool) -> Mood:
        if heard.cold:
            return Mood.HURT
        if heard.asked:
            return Mood.UNKNOWN
        if moved:
            return Mood.GOES_ON
        return Mood.UNCLEAR if heard.unclear and not heard.repeated else Mood.IMPATIENT

    def _begins(self, want: Want, number: int) -> tuple[Utterance, ...]:
        return _lines(self._pick("opening", number, want.opening), want.case)

    def _says(self, mood: Mood, number: int, intent: str = ANSWERS) -> tuple[Utterance, ...]:
        ways = self.manners[self.practice.persona][mood]
        return _lines(self._pick(mood.value, number, ways), intent)

    def _pick(self, what: str, number: int, ways: Sequence[str]) -> str:
        drawn = sha256(f"{self.seed}/{self.practice.id}/{what}/{number}".encode()).digest()
        return ways[int.from_bytes(drawn[:4]) % len(ways)]


def _lines(text: str, intent: str = ANSWERS) -> tuple[Utterance, ...]:
    """What is written in a burst, line by line."""
    return tuple(Utterance(line, intent) for line in text.split("\n"))
