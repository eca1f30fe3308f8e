"""What is written of a product."""

from pydantic import Field

from twinsite.core.record import Money, Record
from twinsite.core.values import Flag, Text, Url


class Product(Record):
    """Something the brand sells."""

    title: Text = Field(description="The product's name, such as: Larkfield House Blend.")
    price: Money | None = Field(default=None, description="What one costs: {amount: 9.50, currency: GBP}.")
    url: Url | None = Field(default=None, description="Where to buy it.")
    category: Text | None = Field(default=None, description="What sort of thing it is, such as: Coffee beans.")
    brand: Text | None = Field(default=None, description="The brand on the label, if it is not the site's own.")
    gtin: Text | None = Field(default=None, description="The number under the bar code, 8, 12, 13 or 14 digits.")
    available: Flag | None = Field(default=None, description="false when it cannot be bought now.")
