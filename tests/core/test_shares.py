"""A share of few says how little it means."""

import pytest

from bot.core.shares import MANY, Share


def test_a_share_of_few_lies_anywhere_and_one_of_many_where_it_is():
    low, high = Share(1, 2).interval
    narrow_low, narrow_high = Share(500, 1000).interval

    assert low < 0.1
    assert high > 0.9
    assert 0.46 < narrow_low < 0.5 < narrow_high < 0.54


def test_wilsons_interval_is_the_one_in_the_books():
    low, high = Share(9, 20).interval

    assert (low, high) == (pytest.approx(0.258, abs=0.001), pytest.approx(0.658, abs=0.001))
    assert Share(0, 10).interval == (0.0, pytest.approx(0.278, abs=0.001))


def test_there_is_no_share_of_nothing():
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("of", "few"), [(0, False), (1, True), (MANY - 1, True), (MANY, False)])
def test_the_interval_is_told_where_there_were_few(of, few):
    assert Share(0, of).is_of_few is few
