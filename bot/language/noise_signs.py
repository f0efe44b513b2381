"""Pictures and marks: more of them, pictures for words, or no marks at all."""

import random
import re
import unicodedata

from bot.language.noise_places import Place, changed, share_changed, words_written_otherwise

_MOODS = tuple("😭😡😂🙏😅😓🤔😤😊👍🌹💔😳🙄")
_RUNS = ("！！！", "!!!!", "。。。", "...", "~~", "，，，", "…")
_QUESTIONED = ("？？", "？？？", "??")
_ASKS = tuple("吗么呢没嘛")
_SENTENCE_MARK = re.compile("[，。！？、；：…~,.!?;:]+")


def emoji(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A picture, or three of it, at the end of a clause or before all; nothing is taken away."""
    ends = [match.start() for match in _SENTENCE_MARK.finditer(text)]
    spots = sorted({0, *ends, len(text)}) if text else []
    ways = tuple(mood * times for mood in _MOODS for times in (1, 1, 3))
    return changed(text, [Place(at, at, ways) for at in spots], chance, strength)


def emoji_words(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A picture for a word: 📦 for 快递, 💰 for 钱."""
    return changed(text, words_written_otherwise(text, "noise_emoji.tsv"), chance, strength)


def no_punctuation(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """This share of the marks and blanks left out: all by default; words and figures stay."""
    places = [Place(at, at + 1, ("",)) for at in range(len(text)) if _can_go(text, at)]
    something_stays = len(places) < len(text)
    return share_changed(text, places if something_stays else [], chance, strength)


def run_on_punctuation(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A mark, or the end where there is none, with a whole run of marks; words stay."""
    marks = [
        Place(*match.span(), (match.group() * 2, match.group() * 4))
        for match in _SENTENCE_MARK.finditer(text)
    ]
    open_end = bool(text) and not (marks and marks[-1].end == len(text))
    # A question mark after what asks nothing would change what is said.
    runs = _QUESTIONED if text.endswith(_ASKS) else _RUNS
    ends = [Place(len(text), len(text), runs)] if open_end else []
    return changed(text, [*marks, *ends], chance, strength)


def _can_go(text: str, at: int) -> bool:
    """Whether it is a mark or a blank, none of 30.5 and none of [图片]."""
    character = text[at]
    inside_a_figure = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    is_mark = character.isspace() or unicodedata.category(character)[0] == "P"
    return is_mark and not inside_a_figure and character not in "[]"
