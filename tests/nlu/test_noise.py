"""No kind of noise that customers make costs much more understanding than when it was recorded."""

from collections.abc import Mapping

import pytest

from bot.language.noise import KINDS
from tests import bench_understanding as bench


@pytest.fixture(scope="module")
def measured(rasa_url: str) -> Mapping[str, bench.Figures]:
    with bench.reader(rasa_url) as rasa:
        return bench.measured(rasa, bench.held_out())


@pytest.mark.parametrize("kind", [bench.CLEAN, *KINDS])
def test_messages_with_noise_are_understood_as_well_as_recorded(
    measured: Mapping[str, bench.Figures], kind: str
):
    now = {kind: measured[kind]}

    assert list(bench.findings(now, bench.recorded())) == []


def test_nothing_is_recorded_of_a_kind_that_is_gone():
    assert list(bench.recorded()) == [bench.CLEAN, *KINDS]
