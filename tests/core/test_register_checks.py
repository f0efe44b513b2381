"""Whether a register is whole."""

from dataclasses import replace

import pytest

from bot.core.people import Role
from bot.core.register_checks import register_faults
from bot.core.registers import Field, Register
from tests.builders import policy
from tests.record_builders import REFUND, RESEND, REVIEW

NO_FACTS = policy()


def plain(register: Register) -> Register:
    """Filled by hand: these tests are not about facts."""
    return replace(register, fields=tuple(replace(f, fact=None) for f in register.fields))


@pytest.mark.parametrize("register", [RESEND, REFUND, REVIEW])
def test_a_whole_register_has_no_fault(register):
    assert list(register_faults(plain(register), NO_FACTS)) == []


@pytest.mark.parametrize(
    ("register", "place"),
    [
        (Register("流水账", Role.AGENT, (Field("原因"),), reason="原因"), ("fields",)),
        (replace(plain(RESEND), reason="理由"), ("reason",)),
        (replace(plain(RESEND), reason="进度"), ("reason",)),
        (replace(plain(REVIEW), one_an_order=False), ("reason",)),
        (replace(plain(REFUND), amount="类型"), ("amount",)),
        (replace(plain(REFUND), compensates={"类型": "红包"}), ("compensates", "类型")),
        (replace(plain(REFUND), amount=None), ("compensates",)),
    ],
)
def test_a_fault_is_found_with_its_place(register, place):
    assert [found for found, _ in register_faults(register, NO_FACTS)] == [place]


def test_a_fact_that_nobody_knows_is_found():
    astray = replace(plain(RESEND), fields=(*plain(RESEND).fields, Field("颜色", "colour")))

    ((place, what),) = register_faults(astray, NO_FACTS)

    assert place == ("fields", len(RESEND.fields), "fact")
    assert "colour" in what
