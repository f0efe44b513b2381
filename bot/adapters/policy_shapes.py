"""The shapes of the policy files: which keys each may hold and of what kind."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

Name = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Texts = Annotated[list[Text], Field(min_length=1)]
Scalar = int | str | bool
Scalars = Annotated[list[Scalar], Field(min_length=1)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceShape(Shape):
    doc: Text
    at: Text
    gist: str = ""


UnitName = Literal[
    "day",
    "working_day",
    "month",
    "hour",
    "minute",
    "CNY",
    "ratio",
    "piece",
    "times",
    "km",
    "clock",
    "names",
    "text",
]


class ParameterShape(Shape):
    title: Text
    unit: UnitName
    owner: Literal["agent", "supervisor", "finance", "warehouse"]
    values: Annotated[dict[date, int | str | list[str] | bool | None], Field(min_length=1)]
    sources: dict[date, Annotated[list[SourceShape], Field(min_length=1)]]
    notes: dict[date, str] = {}
    checked_on: date


Patterns = list[Text]
ReadsShape = dict[Scalar, Patterns] | Patterns


class FactShape(Shape):
    title: Text
    kind: Literal["choice", "flag", "date", "count", "money", "text"]
    values: dict[Scalar, Text] = {}
    question: str = ""
    yes: Scalar | None = None
    no: Scalar | None = None
    default: Scalar | None = None
    entity: str | None = None
    says: ReadsShape = []
    answers: ReadsShape = []
    notes: ReadsShape = []
    agent: ReadsShape = []
    asked: Patterns = []
    scope: Literal["conversation", "case", "message"] = "conversation"


class TestShape(Shape):
    not_: Scalar | Scalars | None = Field(default=None, alias="not")
    within: Name | None = None
    older_than: Name | None = None
    more_than: StrictInt | Name | None = None
    at_most: StrictInt | Name | None = None
    at_least: StrictInt | Name | None = None
    in_: Name | None = Field(default=None, alias="in")

    @model_validator(mode="after")
    def _tests_something(self) -> Self:
        if all(operand is None for operand in self.model_dump().values()):
            raise PydanticCustomError("no_test", "at least one test is needed")
        return self


WhenShape = dict[Name, Scalar | Scalars | TestShape]


class AmountShape(Shape):
    figure: Name | None = None
    fact: Name | None = None
    difference: tuple[Name, Name] | None = None
    times: Name | None = None
    share: Name | None = None
    at_most: Name | None = None


class FollowUpShape(Shape):
    what: Text
    after: Name | None = None
    since: Name | None = None


class StepShape(Shape):
    id: Name
    title: Text
    decision: Literal["collect", "inform", "allow", "refuse", "handover"]
    when: WhenShape = {}
    by: Literal["bot", "agent", "supervisor"] | None = None
    ask: list[Name] | Name = []
    amount: Name | None = None
    record: Text | None = None
    fields: dict[Text, Text] = {}
    approval: Literal["after_sales", "supervisor", "finance"] | None = None
    follow_up: FollowUpShape | None = None
    closes: bool = False
    sources: list[SourceShape] = []
    recognise: Patterns = []
    first_day: date | None = None
    last_day: date | None = None


class InsteadShape(Shape):
    when: WhenShape
    case: Name


class PlaybookShape(Shape):
    id: Name
    title: Text
    intents: list[Name] = []
    bot: bool = False
    generic: bool = False
    yields: bool = False
    needs_order: bool = True
    sources: Annotated[list[SourceShape], Field(min_length=1)]
    concerns: WhenShape = {}
    signs: Patterns = []
    covers: list[Name] = []
    instead: list[InsteadShape] = []
    grounds: dict[Literal["allow", "refuse", "record"], WhenShape] = {}
    amounts: dict[Name, AmountShape] = {}
    steps: Annotated[list[StepShape], Field(min_length=1)]


class RegisterFieldShape(Shape):
    title: Text
    fact: Name | None = None
    required: bool = True
    or_fact: Name | None = None
    holds: Literal[
        "text", "order_no", "number", "count", "money", "date", "phone", "address", "account"
    ] = "text"
    choices: list[Text] = []
    latest: bool = False


class RegisterShape(Shape):
    owner: Literal["agent", "supervisor", "finance", "warehouse"]
    purpose: Text
    reason: Text
    state: Text
    amount: Text | None = None
    compensates: dict[Text, Text] = {}
    one_an_order: bool = False
    fields: Annotated[list[RegisterFieldShape], Field(min_length=1)]


class FaqShape(Shape):
    questions: Annotated[list[Text], Field(min_length=1)]
    answer: Text


class PackShape(Shape):
    title: Text
    shops: list[Text] = []
    approvers: dict[Literal["after_sales", "supervisor", "finance"], Text] = {}
    reviewed_by: Text | None = None


class CalendarShape(Shape):
    days_off: dict[date, Text]
    working_days: dict[date, Text]


class DutyShape(Shape):
    title: Text
    every: Literal["working_day", "monday", "month_end"]
    registers: Annotated[list[Text], Field(min_length=1)]
    before: Name | None = None
    within: Name | None = None
    sources: Annotated[list[SourceShape], Field(min_length=1)]


class WantShape(Shape):
    case: Name
    opening: Texts
    knows: dict[Name, Texts] = {}
    goal: Name


class AsideShape(Shape):
    intent: Name
    says: Texts
    after: Annotated[StrictInt, Field(ge=1)] = 1


class PracticeShape(Shape):
    id: Name
    title: Text
    level: Literal[1, 2, 3]
    persona: Literal["hurried", "anxious", "bargaining", "rude", "elderly", "expert", "silent"]
    patience: Annotated[StrictInt, Field(ge=1)]
    order: dict[str, Any] | list[dict[str, Any]] | None = None
    opening: Texts
    knows: dict[Name, Texts] = {}
    volunteers: list[Text] = []
    goal: Name
    then: WantShape | None = None
    aside: AsideShape | None = None
    haggles: Annotated[StrictInt, Field(ge=0, le=3)] = 0
    writes: Literal["", "traditional", "no_punctuation", "voice", "full_width"] = ""


class StageShape(Shape):
    id: Name
    title: Text
    lines: Texts


class DrillsShape(Shape):
    spoiled: list[Text] = []
    phone: list[StageShape] = []


class MannersShape(Shape):
    again: Texts
    unknown: Texts
    impatient: Texts
    unclear: Texts
    goes_on: Texts
    hurt: Texts
    haggles: Texts
    content: Texts
    resigned: Texts
    leaves: Texts
    bad_review: Texts


class CaseShape(Shape):
    id: Name
    section: StrictInt
    surfaces: Annotated[list[Literal["B", "A", "T"]], Field(min_length=1)]
    intent: bool = True


class DomainShape(Shape):
    # Rasa's domain holds much more; only the intents are asked for here.
    model_config = ConfigDict(extra="ignore", frozen=True)

    intents: list[str]


class DocumentShape(Shape):
    title: Text


ScriptShape = dict[Name, Annotated[list[Text], Field(min_length=1)]]
Anything = dict[str, Any]
