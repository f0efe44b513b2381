"""What an agent may say, found by whatever comes to mind of it, filled in as far as is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.people import Person
from bot.core.phrases import SHARED, Phrase
from bot.core.policy import Policy
from bot.core.script_search import Wanted, Wording, search, spelt
from bot.core.scripts import PLACEHOLDER
from bot.language.sounds import syllables
from bot.language.words import words
from bot.services.desk import Desk
from bot.services.ports import Reader, UnderstandingDown
from bot.services.ports.phrases import Phrases
from bot.services.reception import RECEPTION

SHOWN = 12
BLANK = "＿＿"
"""Stands for what nobody knows yet."""
UNDERSTOOD = 3
"""Of what the words may mean, the likeliest."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    kind: str
    """Where it comes from: 话术, 常见问题, 大家的短语 or 我的短语."""
    text: str
    picture: str = ""
    """Goes with it, where one does."""


@dataclass
class ScriptSearch:
    policy: Callable[[], Policy]
    desk: Desk
    reader: Reader
    phrases: Phrases
    _indexed: dict[str, tuple[Policy, Sequence[Wording]]] = field(default_factory=dict)
    """The policy of each pack, with its wordings."""

    def find(self, text: str, conversation_id: str, by: Person) -> Sequence[Hit]:
        """The best first; without a text this person's phrases."""
        text = text.strip()[:LONGEST]
        phrases = self.phrases.of(by.name)
        own = [_of_phrase(phrase) for phrase in phrases]
        pictures = {one.id: phrase.picture for one, phrase in zip(own, phrases, strict=True)}
        if not text:
            return [_hit(one, _as_written, pictures) for one in own[:SHOWN]]
        policy, worded = self.desk.wording(conversation_id)
        wanted = Wanted(text, frozenset(word for word, *_ in words(text)), self._meant(text))
        found = search(wanted, [*own, *self._index(policy)], SHOWN)
        return [_hit(one, worded, pictures) for one in found]

    def _meant(self, text: str) -> dict[str, float]:
        try:
            ranking = self.reader.understand(text).ranking[:UNDERSTOOD]
        except UnderstandingDown:
            return {}
        return {intent.name: intent.confidence for intent in ranking}

    def _index(self, policy: Policy) -> Sequence[Wording]:
        """Made once for a policy: each wording is spelt out."""
        known, wordings = self._indexed.get(policy.pack, (None, ()))
        if known is not policy:
            wordings = [*_of_scripts(policy), *_of_faq(policy)]
            self._indexed[policy.pack] = (policy, wordings)
        return wordings


def _hit(one: Wording, worded: Callable[[str], str], pictures: Mapping[str, str]) -> Hit:
    kind, _, name = one.id.partition(":")
    text = (worded(name) if kind == "话术" else "") or PLACEHOLDER.sub(BLANK, one.text)
    return Hit(one.title, kind, text, pictures.get(one.id, ""))


def _as_written(_script: str) -> str:
    """Phrases are filled in with nothing."""
    return ""


def _of_scripts(policy: Policy) -> Iterator[Wording]:
    for playbook in policy.playbooks.values():
        if playbook.id == RECEPTION:
            continue  # what only the bot says
        # Small talk is meant by half of all words that mean nothing else.
        meant = frozenset() if playbook.generic else frozenset(playbook.intents)
        for step in playbook.steps:
            script = f"{playbook.id}.{step.id}"
            for text in policy.scripts.variants(script)[:1]:
                title = f"{playbook.title} · {step.title}"
                yield _wording(f"话术:{script}", title, text, meant)


def _of_faq(policy: Policy) -> Iterator[Wording]:
    for entry in policy.faq.entries:
        yield _wording(f"常见问题:{entry.id}", entry.questions[0], entry.answer)


def _of_phrase(phrase: Phrase) -> Wording:
    kind = "大家的短语" if phrase.owner == SHARED else "我的短语"
    title = f"{phrase.folder} · {phrase.title}" if phrase.folder else phrase.title
    return _wording(f"{kind}:{phrase.id}", title, phrase.text)


def _wording(id: str, title: str, text: str, intents: frozenset[str] = frozenset()) -> Wording:
    return Wording(id, title, text, intents, spelt(syllables(title)), spelt(syllables(text)))
