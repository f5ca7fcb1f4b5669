"""Commands from outside, made harmless: whatever text they carry can neither steer a terminal nor hide what it says."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from zz110_tui.core.cleaning import clean

V = TypeVar("V")


def tidied(value: V) -> V:
    """The same frozen value with every text in it cleaned; the value itself where nothing had to be."""
    tidy: V = _tidied(value)
    return tidy


def _tidied(value: Any) -> Any:
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        parts = tuple(_tidied(part) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            new = _tidied(old)
            if new is not old:
                changes[field.name] = new
        return dataclasses.replace(value, **changes) if changes else value
    return value
