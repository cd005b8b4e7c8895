"""What all shapes of the API have in common: the document says of each what reading it makes sure of.

Rule 1: what is read has no field that its shape does not name, and is written as JSON Schema's formats say, no wider.
Rule 2: whatever a shape lets in has an answer; what no call can match is answered with no call.
"""

import re
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIGURES = re.compile(r"-?\d{1,9}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


class Shape(BaseModel):
    """Its attributes' docstrings are the document's descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Nothing(Shape):
    """Where nothing is asked or said."""


def plain(text: str) -> str:
    """Return a text without what cannot be seen."""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _day(written: object) -> object:
    if isinstance(written, str) and not _DAY.fullmatch(written):
        raise ValueError("write a day as 2026-11-25")
    return written


def _figures(written: object) -> object:
    if isinstance(written, str) and not _FIGURES.fullmatch(written):
        raise ValueError("write a whole number in figures")
    return written


def _either(written: object) -> object:
    if not isinstance(written, str):
        return written
    try:
        return {"true": True, "false": False}[written]
    except KeyError:
        raise ValueError("write true or false") from None


def _uuid(written: object) -> object:
    if isinstance(written, str) and not _UUID.fullmatch(written):
        raise ValueError("write an id as 6f1c2a9e-0d5b-4c8e-9f3a-2b7d1e4c5a60")
    return written


Day = Annotated[date, BeforeValidator(_day)]
"""By Kyiv's calendar."""
Limit = Annotated[int, Field(ge=1, le=500), BeforeValidator(_figures)]
Either = Annotated[bool, BeforeValidator(_either)]
Id = Annotated[UUID, BeforeValidator(_uuid)]
Words = Annotated[str, Field(max_length=200), AfterValidator(plain)]
Remark = Annotated[str, Field(max_length=250), AfterValidator(plain)]
