"""Products: what contests, campaigns and showcases are about, and where to buy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.kinds.kind import Kind

if TYPE_CHECKING:
    from twinsite.kinds.product.model import Product

GTIN_LENGTHS = (8, 12, 13, 14)


def check(record: Product, path: str) -> tuple[Problem, ...]:
    """A bar code number that cannot be right (GS1: length and check digit)."""
    if record.gtin is None or is_gtin(record.gtin):
        return ()
    return (
        Problem(
            rule="wrong-gtin",
            path=path,
            field=("gtin",),
            message=f'"{record.gtin}" is not the number of a bar code: its length or its last digit does not fit.',
            hint="Copy the 8, 12, 13 or 14 digits under the bar code, or leave gtin out.",
        ),
    )


def is_gtin(text: str) -> bool:
    """Whether a text is a GTIN: from the right, digits weigh 1, 3, 1, 3 ..., and the sum is a multiple of ten."""
    if len(text) not in GTIN_LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return weighted % 10 == 0


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.product.model import Product

    return Product


KIND = Kind(
    name="product",
    folder="products",
    label="Product",
    plural="Products",
    load_model=load_model,
    about="A product that contests, campaigns and showcases are about.",
    schema_type="ItemPage",
    card=("price", "category", "brand", "available"),
    check=check,
)
