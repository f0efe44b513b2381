"""Phrases that people keep for themselves or for all, in folders."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.people import Person, Role

SHARED = ""
"""The owner of what all may use."""
LONGEST_TITLE, LONGEST_FOLDER, LONGEST_TEXT = 40, 20, 500
KEEPS_SHARED = frozenset({Role.SUPERVISOR, Role.LEAD})
"""Who writes what all use."""


class PhraseRefused(ValueError):
    """It cannot be kept so; says the field and the mend."""


@dataclass(frozen=True, slots=True)
class Phrase:
    id: int
    """0 until it is kept."""
    owner: str
    """Whose own it is; :data:`SHARED`: everybody's."""
    folder: str
    title: str
    text: str
    picture: str = ""
    """The name of the picture that goes with it."""

    @property
    def told(self) -> Mapping[str, str]:
        """For the audit log."""
        told = {"文件夹": self.folder, "名称": self.title, "内容": self.text}
        return told | ({"图片": "有"} if self.picture else {})


def checked(by: Person, phrase: Phrase) -> Phrase:
    """The phrase as it is kept.

    Raises:
        PhraseRefused: something is missing or too long, or it is not this person's to write.
    """
    may_keep(by, phrase)
    for name, value, longest in (
        ("名称", phrase.title, LONGEST_TITLE),
        ("文件夹", phrase.folder, LONGEST_FOLDER),
        ("内容", phrase.text, LONGEST_TEXT),
    ):
        if not value.strip() and name != "文件夹":
            raise PhraseRefused(f"{name}还没有写。")
        if len(value) > longest:
            raise PhraseRefused(f"{name}太长：{len(value)} 字，最多 {longest} 字。")
    folder, title = phrase.folder.strip(), phrase.title.strip()
    return replace(phrase, folder=folder, title=title, text=phrase.text.strip())


def may_keep(by: Person, phrase: Phrase) -> None:
    """Raises PhraseRefused."""
    if phrase.owner == SHARED and by.role not in KEEPS_SHARED:
        raise PhraseRefused("大家用的短语由主管或负责人写。")
    if phrase.owner not in (SHARED, by.name):
        raise PhraseRefused("这是别人自己的短语。")
