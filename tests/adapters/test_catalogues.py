from decimal import Decimal

import pytest

from bot.adapters.catalogues import load_catalogue
from bot.services.ports import PolicyError

SHOPS = ("routers", "clothing", "furniture")


@pytest.fixture(params=SHOPS)
def catalogue(request, checkout):
    return load_catalogue(checkout / f"bot/policy/shops/{request.param}/catalogue.yml")


def test_a_bundle_is_paid_exactly_whatever_the_shares(catalogue):
    for name, bundle in catalogue.bundles.items():
        lines = catalogue.bundle_lines(name)

        assert sum(line.paid for line in lines) == Decimal(bundle.price)
        assert sum(line.unit_price for line in lines) > Decimal(bundle.price)
        assert {line.bundle for line in lines} == {name}


def test_each_size_is_goods_of_its_own(checkout):
    clothing = load_catalogue(checkout / "bot/policy/shops/clothing/catalogue.yml")

    line = clothing.products["SS-JN31-L"].line(2)

    assert (line.title, line.qty, line.paid) == ("直筒牛仔裤 L", 2, Decimal("338.00"))
    assert "SS-JN31" not in clothing.products


def test_goods_made_to_order_are_said_to_be(checkout):
    furniture = load_catalogue(checkout / "bot/policy/shops/furniture/catalogue.yml")

    assert furniture.products["MH-BK90"].line().made_to_order is True
    assert furniture.products["MH-LP15"].line().made_to_order is False


def test_a_price_that_is_no_money_is_refused_with_its_place(tmp_path):
    path = tmp_path / "catalogue.yml"
    path.write_text("title: 店\nproducts:\n  - {sku: A, title: 台灯, price: 12.5}\n", "utf-8")

    with pytest.raises(PolicyError, match="price"):
        load_catalogue(path)
