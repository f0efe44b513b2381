"""The shape of the guard's vocabulary file."""

from typing import Annotated, Any, Literal

from pydantic import Field

from bot.adapters.policy_shapes import Name, Scalar, Shape, SourceShape, Text

MayBeEmpty: Any = Field(default_factory=list)
Patterns = Annotated[list[Text], MayBeEmpty]
Names = Annotated[list[Name], MayBeEmpty]
Decided = Literal["collect", "inform", "allow", "refuse", "handover"]
Decisions = Annotated[list[Decided], MayBeEmpty]


class VoiceShape(Shape):
    why: Text
    better: str = ""
    source: SourceShape | None = None


class InnocenceShape(Shape):
    idioms: Patterns
    negations: Patterns
    undone: Patterns
    conditions: Patterns
    stages: Patterns
    reports: Patterns
    wishes: Patterns


class CommitmentShape(Shape):
    title: Text
    patterns: Annotated[list[Text], Field(min_length=1)]
    unless: Patterns
    only: Decisions
    records: Patterns
    causes: Patterns
    notes: Patterns
    facts: Annotated[dict[Name, list[Scalar]], Field(default_factory=dict)]
    pays: bool = False
    free_choice: Names


class DeadlineShape(VoiceShape):
    title: Text
    words: Annotated[list[Text], Field(min_length=1)]
    high: Name | None = None
    low: Name | None = None
    until: Name | None = None
    cases: Names
    unless: Patterns
    fact: Annotated[dict[Name, bool | str], Field(default_factory=dict)]
    since: Name | None = None
    stated: bool = False


class PriceShape(VoiceShape):
    words: Patterns
    cases: Names
    figures: Names
    fact: Name | None = None
    ranged: bool = False


class MannerShape(VoiceShape):
    rule: Literal["promise", "respect", "plain_words", "one_touch", "contact_limits"]
    severity: Literal["block", "warn"]
    patterns: Annotated[list[Text], Field(min_length=1)]
    unless: Patterns
    pardons: Annotated[list[Literal["negated", "conditional", "asked", "quoted"]], MayBeEmpty]
    cases: Names
    only: Decisions


class ForbiddenShape(Shape):
    why: str = ""
    better: str = ""


Forbidden = dict[Text, ForbiddenShape | None]


class FiguresShape(Shape):
    limit: Name
    call_from: Name
    call_until: Name
    calls_a_day: Name


class GuardShape(Shape):
    innocence: InnocenceShape
    words: dict[Name, list[Text]]
    voices: dict[Name, VoiceShape]
    figures: FiguresShape
    longest_sentence: int
    longest_stretch: int
    commitments: dict[Name, CommitmentShape]
    deadlines: dict[Name, DeadlineShape]
    prices: dict[Name, PriceShape]
    manners: dict[Name, MannerShape]
    forbidden_words: Forbidden
