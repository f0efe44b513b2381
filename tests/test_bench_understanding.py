"""The measuring of noise itself: which messages it takes, and when it says that one got worse."""

from pathlib import Path

import pytest

from bot.language.noise import KINDS
from bot.services.evaluation import Labelled
from tests import bench_understanding as bench
from tests.bench_understanding import Figures
from tests.fake_rasa import Answer, FakeRasa, parsed


def message(text: str, intent: str = "missing_cable") -> Labelled:
    return Labelled(text, intent, frozenset([intent]))


MESSAGES = [message(f"第{number}次了，快递还没有送网线") for number in "一二三四五六七八九"]


def hears_only_simplified(text: str) -> Answer:
    return parsed(text, ("missing_cable" if "网线" in text else "greet", 0.9), ("thanks", 0.1))


def test_each_kind_is_measured_beside_the_very_same_messages_without_it():
    with FakeRasa(hears_only_simplified) as rasa, bench.reader(rasa.url) as reader:
        found = bench.measured(reader, MESSAGES)

    assert list(found) == [bench.CLEAN, *KINDS]
    assert found[bench.CLEAN] == Figures(9, 1.0, 1.0, 1.0)
    assert found["traditional"] == Figures(36, 0.0, 0.0, 1.0)
    assert found["doubled"] == Figures(36, 1.0, 1.0, 1.0)


def test_only_messages_that_the_noise_changes_are_taken():
    taken = list(bench.with_noise("full_width", [message("退款"), message("退1元")]))

    assert {(one.text, written) for one, written in taken} == {("退1元", "退１元")}


def test_a_new_message_leaves_the_others_in_their_order_and_their_noise():
    before = list(bench.with_noise("homophones", MESSAGES[:8]))[:8]

    after = list(bench.with_noise("homophones", MESSAGES))[:9]

    assert [pair for pair in after if pair[0] != MESSAGES[8]] == before


@pytest.mark.parametrize(
    ("top1", "top3", "said"),
    [
        (0.65, 0.85, []),
        (0.649, 0.85, ["voice: top 1 is 64.9%, was 70.0% when recorded"]),
        (0.65, 0.849, ["voice: top 3 is 84.9%, was 90.0% when recorded"]),
        (0.99, 0.99, []),
    ],
)
def test_more_than_five_points_below_the_recorded_figure_is_told(
    top1: float, top3: float, said: list[str]
):
    recorded = {"voice": Figures(300, 0.70, 0.90, 0.70)}

    assert list(bench.findings({"voice": Figures(300, top1, top3, 0.70)}, recorded)) == said


def test_a_kind_without_a_recorded_figure_is_told():
    (finding,) = bench.findings({"voice": Figures(300, 0.7, 0.9, 0.7)}, {})

    assert finding.startswith("voice: no recorded figure")


def test_what_is_recorded_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bench, "RECORDED", tmp_path / "figures.json")
    found = {"voice": Figures(300, 0.7, 0.9, 0.75), "emoji": Figures(300, 0.8, 0.95, 0.8)}

    bench.record(found)

    assert bench.recorded() == found
    assert len(bench.RECORDED.read_text().splitlines()) == 4
