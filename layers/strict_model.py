"""The base of models of files that people write."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Frozen, and strict about keys: a mistyped key is an error instead of being ignored."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True, str_strip_whitespace=True
    )
