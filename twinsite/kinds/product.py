"""Products: what contests, campaigns and showcases are about, and where to buy it."""

from pydantic import Field

from twinsite.core.problem import Problem
from twinsite.core.record import Money, Record
from twinsite.core.values import Flag, Text, Url
from twinsite.kinds.kind import Kind

GTIN_LENGTHS = (8, 12, 13, 14)


class Product(Record):
    """Something the brand sells."""

    title: Text = Field(description="The product's name, such as: Larkfield House Blend.")
    price: Money | None = Field(default=None, description="What one costs: {amount: 9.50, currency: GBP}.")
    url: Url | None = Field(default=None, description="Where to buy it.")
    category: Text | None = Field(default=None, description="What sort of thing it is, such as: Coffee beans.")
    brand: Text | None = Field(default=None, description="The brand on the label, if it is not the site's own.")
    gtin: Text | None = Field(default=None, description="The number under the bar code, 8, 12, 13 or 14 digits.")
    available: Flag | None = Field(default=None, description="false when it cannot be bought now.")


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


KIND = Kind(
    name="product",
    folder="products",
    label="Product",
    plural="Products",
    model=Product,
    about="A product that contests, campaigns and showcases are about.",
    schema_type="ItemPage",
    card=("price", "category", "brand", "available"),
    check=check,
)
