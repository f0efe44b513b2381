"""What a field may hold, and the one form in which it is kept."""

import pytest

from bot.core.record_refusals import BadValue
from bot.core.register_values import LONGEST, Holds, kept, tidy


@pytest.mark.parametrize(
    ("holds", "written", "form"),
    [
        (Holds.TEXT, "  漏发\r\n一根  ", "漏发\n一根"),
        (Holds.ORDER_NO, "２５０９-0422 0031", "250904220031"),
        (Holds.NUMBER, "ＳＮ-００１", "SN-001"),
        (Holds.COUNT, "02", "2"),
        (Holds.MONEY, "12.5元", "12.50"),
        (Holds.MONEY, "0", "0.00"),
        (Holds.DATE, "2025-09-12 00:00:00", "2025-09-12"),
        (Holds.PHONE, "13812345678", "13812345678"),
        (Holds.MONEY, " ", ""),
    ],
)
def test_a_value_is_kept_in_one_form(holds, written, form):
    assert kept("栏", holds, written) == form


@pytest.mark.parametrize(
    ("holds", "written"),
    [
        (Holds.ORDER_NO, "——"),
        (Holds.COUNT, "-1"),
        (Holds.COUNT, "两根"),
        (Holds.MONEY, "-0.01"),
        (Holds.MONEY, "0.001"),
        (Holds.MONEY, "NaN"),
        (Holds.MONEY, "1e99"),
        (Holds.DATE, "9月12日"),
        (Holds.PHONE, "138****5678"),
        (Holds.ADDRESS, "浙江省杭州市…"),
        (Holds.ACCOUNT, "l***@example.com"),
        (Holds.TEXT, "长" * (LONGEST + 1)),
    ],
)
def test_what_is_no_value_of_its_kind_is_refused_with_the_fields_name(holds, written):
    with pytest.raises(BadValue, match=r"^栏：") as refused:
        kept("栏", holds, written)

    assert refused.value.field == "栏"


def test_the_longest_text_is_kept():
    assert len(kept("栏", Holds.TEXT, "长" * LONGEST)) == LONGEST


def test_what_no_spreadsheet_takes_is_left_out():
    assert tidy("漏\x00发\x0b一\ud800根\uffff") == "漏发一根"
