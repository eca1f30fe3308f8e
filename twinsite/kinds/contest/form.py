"""What an editor writes about the entry form of a contest: its fields, its consent boxes, what a form service asks for.

Only fields; what a page makes of them is in ``ways``, what can be wrong with them in ``form_checks``.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from twinsite.core.convert import make_step
from twinsite.core.record import Model
from twinsite.core.values import Amount, Flag, Text, Whole
from twinsite.kinds.parts import in_range

FieldKind = Literal["text", "email", "tel", "number", "date", "url", "textarea", "file", "checkbox", "select"]

Autocomplete = Literal[
    "name",
    "given-name",
    "family-name",
    "nickname",
    "email",
    "tel",
    "street-address",
    "address-line1",
    "address-line2",
    "address-level2",
    "postal-code",
    "country-name",
    "bday",
    "organization",
    "url",
    "off",
]
"""What a browser may fill in by itself: those words of the HTML standard (4.10.18.7) that an entry may ask for."""

MOST_CHARACTERS = 100_000


class FormField(Model):
    """One thing that the form asks for. A text alone is a line of text with that label."""

    label: Text = Field(description="What people read beside the field, such as: E-mail address.")
    name: Text | None = Field(
        default=None, description="The name under which the form sends it; made from the label if empty."
    )
    type: FieldKind = Field(
        default="text",
        description="text, email, tel, number, date, url, textarea (several lines), file, checkbox or select.",
    )
    required: Flag | None = Field(
        default=None, description="false when it may be left empty; every field must be filled but a checkbox."
    )
    autocomplete: Autocomplete | None = Field(
        default=None, description="What a browser may fill in by itself, such as: name, email, tel or postal-code."
    )
    help: Text | None = Field(default=None, description="A sentence below the label, such as: We write to this one.")
    max_length: Annotated[Whole, in_range(1, MOST_CHARACTERS)] | None = Field(
        default=None, description="How many characters a text, e-mail, url, tel or textarea may have."
    )
    minimum: Amount | None = Field(default=None, description="The smallest number that a number field takes.")
    maximum: Amount | None = Field(default=None, description="The largest number that a number field takes.")
    options: tuple[Text, ...] = Field(default=(), description="The choices of a select, one line each.")
    accept: tuple[Text, ...] = Field(
        default=(), description="The files that a file field takes, by ending or type: [.jpg, image/png]."
    )
    max_size: Annotated[Amount, in_range(0)] | None = Field(
        default=None, description="How large a file may be, in megabytes; said beside the field."
    )

    @model_validator(mode="before")
    @classmethod
    def read_label(cls, values: Any) -> Any:
        """A text alone is a field with this label."""
        return {"label": values} if isinstance(values, str) else values

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """For editors, too, a text alone is a field."""
        return {"anyOf": [handler.resolve_ref_schema(handler(core)), {"type": "string"}]}

    @property
    def sent_as(self) -> str:
        """The name under which the form sends it."""
        return self.name or make_step(self.label)

    @property
    def must_be_given(self) -> bool:
        """Whether the form may not be sent without it."""
        return self.type != "checkbox" if self.required is None else self.required


class HiddenField(Model):
    """A value that the form sends without showing it, because the form service asks for it."""

    name: Text = Field(description="The name that the service wants, such as: _next.")
    value: Text = Field(description="The value, such as the address of a page that thanks people.")


class Consent(Model):
    """What people are asked to agree to. Every box is empty until they tick it themselves."""

    rules: Text | None = Field(
        default=None, description="The words beside the box that accepts the rules; the theme's words if empty."
    )
    marketing: Text | None = Field(
        default=None, description="The words beside a box of its own for news from you; without it there is none."
    )
