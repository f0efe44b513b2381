"""What a shop sells, from its catalogue.yml: titles, back-office prices, sizes, bundles."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.yaml_files import load
from bot.core.money import FEN
from bot.core.orders import Line

Price = Annotated[str, Field(pattern=r"^\d+\.\d\d$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductShape(_Shape):
    sku: str
    title: str
    price: Price
    sizes: list[str] = []
    made_to_order: bool = False


class BundleShape(_Shape):
    name: str
    price: Price
    holds: list[str]


class CatalogueShape(_Shape):
    title: str
    products: list[ProductShape]
    bundles: list[BundleShape] = []


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    title: str
    price: Decimal
    """The back-office price of one piece."""
    made_to_order: bool = False

    def line(self, qty: int = 1, paid: Decimal | None = None, bundle: str | None = None) -> Line:
        """A line of an order that holds it, paid at its price unless said otherwise."""
        total = self.price * qty if paid is None else paid
        return Line(self.sku, self.title, qty, total, self.price, bundle, self.made_to_order)


@dataclass(frozen=True, slots=True)
class Catalogue:
    title: str
    """What the shop is called."""
    products: dict[str, Product]
    """By sku; every size of a product is one of its own."""
    bundles: dict[str, BundleShape]

    def bundle_lines(self, name: str) -> list[Line]:
        """The goods of a bundle, its price shared out by their prices, exact to the fen."""
        bundle = self.bundles[name]
        goods = [self.products[sku] for sku in bundle.holds]
        whole, left = sum(product.price for product in goods), Decimal(bundle.price)
        lines = []
        for at, product in enumerate(goods, 1):
            share = (Decimal(bundle.price) * product.price / whole).quantize(FEN)
            paid = left if at == len(goods) else share
            left -= paid
            lines.append(product.line(1, paid, name))
        return lines


def load_catalogue(path: Path) -> Catalogue:
    """Read a catalogue.

    Raises:
        PolicyError: names file, line, key and mend.
    """
    shape = load(path, CatalogueShape)
    products = [product for one in shape.products for product in _sized(one)]
    return Catalogue(
        title=shape.title,
        products={product.sku: product for product in products},
        bundles={bundle.name: bundle for bundle in shape.bundles},
    )


def _sized(shape: ProductShape) -> list[Product]:
    price = Decimal(shape.price)
    if not shape.sizes:
        return [Product(shape.sku, shape.title, price, shape.made_to_order)]
    return [
        Product(f"{shape.sku}-{size}", f"{shape.title} {size}", price, shape.made_to_order)
        for size in shape.sizes
    ]
