"""Keeping phrases: one's own freely, everybody's with a line in the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.people import Person
from bot.core.phrases import SHARED, Phrase, PhraseRefused, checked, may_keep
from bot.services.ports import AuditLog
from bot.services.ports.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Phrasebook:
    phrases: Phrases
    audit: AuditLog

    def of(self, by: Person) -> Sequence[Phrase]:
        """Those this person may use."""
        return self.phrases.of(by.name)

    def keep(self, by: Person, at: datetime, phrase: Phrase) -> Phrase:
        """Keep a new one, or change the one of its number.

        Raises:
            PhraseRefused: it cannot be kept so, or is not this person's.
        """
        before = self._kept(by, phrase.id) if phrase.id else None
        kept = self.phrases.keep(checked(by, phrase))
        if SHARED in (kept.owner, before.owner if before else kept.owner):
            self._note(by, at, "改短语" if before else "新短语", before, kept)
        return kept

    def drop(self, by: Person, at: datetime, phrase_id: int) -> None:
        """Raises PhraseRefused: there is none, or it is not this person's."""
        before = self._kept(by, phrase_id)
        self.phrases.drop(phrase_id)
        if before.owner == SHARED:
            self._note(by, at, "删短语", before, None)

    def _kept(self, by: Person, phrase_id: int) -> Phrase:
        found = self.phrases.one(phrase_id)
        if found is None:
            raise PhraseRefused("这条短语已经删掉了。")
        may_keep(by, found)
        return found

    def _note(
        self, by: Person, at: datetime, what: str, before: Phrase | None, after: Phrase | None
    ) -> None:
        about = (after or before or Phrase(0, "", "", "", "")).title
        self.audit.note(
            by,
            at,
            what,
            about,
            before.told if before else None,
            after.told if after else None,
        )
