"""Commands from outside, made harmless: whatever text they carry can neither steer a terminal nor hide what it says."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, TypeVar

from zz110_tui.core.cleaning import clean

V = TypeVar("V")


def tidied(value: V) -> V:
    """The same frozen value with every text in it cleaned; the value itself where nothing had to be."""
    tidy: V = _tidied(value)
    return tidy


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; none for anything else (numbers, the words of an enumeration)."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _tidied(value: Any) -> Any:
    kind: Any = type(value)
    if kind is str:
        return clean(value)
    if isinstance(value, tuple):
        parts = tuple(_tidied(part) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    changes = {}
    for name in _fields(kind):
        old = getattr(value, name)
        new = _tidied(old)
        if new is not old:
            changes[name] = new
    return dataclasses.replace(value, **changes) if changes else value
