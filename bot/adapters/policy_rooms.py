"""The smaller rooms of the policy out of their files: registers, duties, answers, wording."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.yaml_files import files, load
from bot.core.casebook import Row, Surface
from bot.core.duties import DutyRule, Every
from bot.core.faq import Entry, Faq
from bot.core.playbook import Role
from bot.core.register_values import Holds
from bot.core.registers import Field, Register
from bot.core.sources import Source


def read_documents(path: Path) -> Mapping[str, str]:
    found = load(path, dict[str, shapes.DocumentShape])
    return {name: document.title for name, document in found.items()}


def sources_of(given: Iterable[shapes.SourceShape]) -> tuple[Source, ...]:
    return tuple(Source(one.doc, one.at, one.gist) for one in given)


def read_registers(path: Path) -> Iterable[Register]:
    for name, shape in load(path, dict[str, shapes.RegisterShape]).items():
        yield Register(
            name,
            Role(shape.owner),
            tuple(_register_field(field) for field in shape.fields),
            purpose=shape.purpose,
            reason=shape.reason,
            state_title=shape.state,
            amount=shape.amount,
            compensates=shape.compensates,
            one_an_order=shape.one_an_order,
        )


def _register_field(shape: shapes.RegisterFieldShape) -> Field:
    return Field(
        shape.title,
        shape.fact,
        shape.required,
        shape.or_fact,
        Holds(shape.holds),
        tuple(shape.choices),
        shape.latest,
    )


def read_duties(path: Path) -> Iterable[DutyRule]:
    for name, shape in load(path, dict[shapes.Name, shapes.DutyShape]).items():
        yield DutyRule(
            name,
            shape.title,
            Every(shape.every),
            tuple(shape.registers),
            shape.before,
            shape.within,
            sources_of(shape.sources),
        )


def read_casebook(path: Path) -> Iterable[Row]:
    for shape in load(path, list[shapes.CaseShape]):
        surfaces = tuple(Surface(one) for one in shape.surfaces)
        yield Row(shape.id, shape.section, surfaces, shape.intent)


def read_faq(path: Path) -> Faq:
    found = load(path, dict[shapes.Name, shapes.FaqShape]) if path.exists() else {}
    return Faq([Entry(name, tuple(one.questions), one.answer) for name, one in found.items()])


def read_scripts(folder: Path) -> Iterable[tuple[str, list[str]]]:
    for path in files(folder):
        for step, variants in load(path, shapes.ScriptShape).items():
            yield f"{path.stem}.{step}", variants
