"""Changes one value in the text of a policy file; all else in it stays as it was written."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.core.days import Unit
from bot.core.sources import Source
from bot.services.ports.policy import Answer, Dated, FigureText, Raw, Unreadable

ENDLESS = 10**6
"""A line may be as long as its sentence."""
QUOTED = frozenset({Unit.CNY, Unit.RATIO, Unit.CLOCK})
"""Without quotes a sum would be a float and a time of day a number of minutes."""


class YamlTexts:
    """Implements ``ports.PolicyTexts``."""

    def figure(self, text: str) -> FigureText:
        raw = _loaded(text)
        try:
            values, sources = raw["values"], raw.get("sources") or {}
            notes = raw.get("notes") or {}
            return FigureText(
                title=str(raw["title"]),
                unit=Unit(raw["unit"]),
                owner=str(raw.get("owner", "")),
                dated=tuple(
                    Dated(
                        first,
                        _plain(values[first]),
                        _sources(sources.get(first)),
                        _note(notes, first),
                    )
                    for first in sorted(values)
                ),
                checked_on=raw.get("checked_on"),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Unreadable(str(error)) from error

    def with_value(self, text: str, dated: Dated, checked_on: date) -> str:
        unit, raw = self.figure(text).unit, _loaded(text)
        _put_by_day(raw["values"], dated.first, _written(dated.value, unit))
        raw.setdefault("sources", CommentedMap())
        _put_by_day(raw["sources"], dated.first, _cited(dated.sources))
        notes = raw.get("notes")
        if dated.note:
            if notes is None:
                notes = CommentedMap()
                raw.insert(_place(raw, "sources") + 1, "notes", notes)
            _put_by_day(notes, dated.first, dated.note)
        elif notes is not None:
            _drop(raw, "notes", dated.first)
        raw["checked_on"] = checked_on
        return _dumped(raw)

    def without_value(self, text: str, first: date) -> str:
        raw = _loaded(text)
        for key in ("values", "sources", "notes"):
            if key in raw:
                _drop(raw, key, first)
        return _dumped(raw)

    def wording(self, text: str) -> Mapping[str, tuple[str, ...]]:
        return {
            str(step): tuple(map(str, variants))
            for step, variants in _loaded(text).items()
            if isinstance(variants, list)
        }

    def with_wording(self, text: str, step: str, variants: Sequence[str]) -> str:
        raw = _loaded(text)
        if not variants:
            raw.pop(step, None)
        elif isinstance(raw.get(step), CommentedSeq):
            _put_texts(raw[step], variants)
        else:
            raw[step] = CommentedSeq(variants)
        return _dumped(raw)

    def answers(self, text: str) -> Mapping[str, Answer]:
        try:
            return {
                str(name): Answer(tuple(map(str, one["questions"])), str(one["answer"]))
                for name, one in _loaded(text).items()
            }
        except (KeyError, TypeError) as error:
            raise Unreadable(str(error)) from error

    def with_answer(self, text: str, name: str, answer: Answer | None) -> str:
        raw = _loaded(text)
        if answer is None:
            raw.pop(name, None)
            return _dumped(raw)
        entry = raw.setdefault(name, CommentedMap())
        if isinstance(entry.get("questions"), CommentedSeq):
            _put_texts(entry["questions"], answer.questions)
        else:
            entry["questions"] = CommentedSeq(answer.questions)
            entry["questions"].fa.set_flow_style()
        entry["answer"] = answer.answer
        return _dumped(raw)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = ENDLESS
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True  # the same day twice is written twice
    return yaml


def _loaded(text: str) -> CommentedMap:
    if not text.strip():
        return CommentedMap()
    try:
        raw = _yaml().load(text)
    except (YAMLError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(raw, CommentedMap):
        raise Unreadable("no mapping")
    return raw


def _dumped(raw: CommentedMap) -> str:
    if not raw:
        return ""
    text = StringIO()
    _yaml().dump(raw, text)
    return text.getvalue()


def _plain(value: Any) -> Raw:
    if value is None or isinstance(value, int):
        return value
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _sources(many: Any) -> tuple[Source, ...]:
    return tuple(Source(str(s["doc"]), str(s["at"]), str(s.get("gist", ""))) for s in many or ())


def _note(notes: Mapping[date, object], first: date) -> str:
    return str(notes.get(first) or "")


def _written(value: Raw, unit: Unit) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return DoubleQuotedScalarString(value) if unit in QUOTED else value
    names = CommentedSeq(value)
    names.fa.set_flow_style()
    return names


def _cited(sources: Sequence[Source]) -> CommentedSeq:
    cited = CommentedSeq()
    for source in sources:
        one = CommentedMap(doc=source.doc, at=source.at)
        if source.gist:
            one["gist"] = source.gist
        one.fa.set_flow_style()
        cited.append(one)
    return cited


def _put_by_day(held: CommentedMap, first: date, value: object) -> None:
    """At its place among the days."""
    if first in held:
        held[first] = value
    else:
        held.insert(sum(day < first for day in held), first, value)


def _drop(raw: CommentedMap, key: str, first: date) -> None:
    raw[key].pop(first, None)
    if not raw[key] and key == "notes":
        raw.pop(key)


def _place(raw: CommentedMap, key: str) -> int:
    return list(raw).index(key)


def _put_texts(held: CommentedSeq, texts: Sequence[str]) -> None:
    """Only what differs is written anew, so that the rest keeps its quotes and comments."""
    for number, text in enumerate(texts):
        if number >= len(held):
            held.append(text)
        elif held[number] != text:
            held[number] = text
    del held[len(texts) :]
