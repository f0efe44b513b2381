"""The measuring of orders itself, in the small: it must find what it times."""

import pytest

from tests import bench_orders as bench


@pytest.fixture
def shop(tmp_path):
    database = bench.build(tmp_path / "shop.db", 300)
    yield database
    database.close()


def test_every_kind_of_look_up_is_timed_and_finds_its_order(shop):
    timed = bench.time_lookups(shop, 300, times=40)

    assert [one.what for one in timed] == [
        "look-up by order number",
        "look-up by tracking number",
        "look-up by phone and nickname",
        "look-up by nickname",
    ]
    assert all(0 < one.median <= one.p95 for one in timed)


def test_every_message_of_the_conversations_is_advised_on(shop):
    timed = bench.time_advices(shop, 300, times=50)

    assert 0 < timed.median <= timed.p95


def test_the_export_written_for_measuring_comes_in_whole(tmp_path):
    for path in bench.write_exports(tmp_path, 50):
        done = bench.time_import(path, 50)

        assert (done.rows, done.what) == (50, path.suffix[1:])
