"""The strict half of the codec: named values, written so that they can be read, and read so that nothing slips by.

msgspec reads frozen dataclasses natively but passes over fields it does not know. Here every value read is written
again and compared, so that a field too many, one too few, a number in another spelling or a key given twice is found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.names import Name, Names
from zz110_tui.wire.upcast import Steps, lift

T = TypeVar("T")

write_json = msgspec.json.Encoder().encode
"""Compact JSON in the order of the fields: the one way bytes are made here."""

UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""Everything that msgspec and an upcast step may raise on bytes that are not what they should be."""


class Shapes(Generic[T]):
    """Facts, or commands: how each named one is written and read. ``what`` is what they are called in a Trouble."""

    def __init__(self, names: Names[T], steps: Steps, what: tuple[str, str]) -> None:
        self._names = names
        self._steps = steps
        self._what = what
        self._known: dict[type[T], tuple[Name, Callable[[bytes], T]]] = {}

    def checked(self, value: T) -> tuple[Name, T]:
        """The value's name, and the value as it will be read again: equal, with every field of its declared type.

        (A whole number given for a coordinate is a float from here on, so that the bytes are always the same.)
        Raises Trouble for a class without a name, and for a value whose fields are not of their declared types.
        """
        cls = type(value)
        known = self._known.get(cls)
        if known is None:
            if cls not in self._names.of:
                raise self._unwritable(f"{cls.__name__}: no public name in wire.names")
            known = self._know(cls)
        name, read = known
        try:
            back = read(write_json(value))
        except UNREADABLE as fault:
            raise self._unwritable(f"{name.text}: {plain(fault)}") from fault
        if back != value:
            raise self._unwritable(f"{name.text}: a field is not of its declared type")
        return name, back

    def read(self, name: str, version: int, data: msgspec.Raw) -> tuple[T, bool]:
        """The value, and whether ``version`` is today's.

        A value of an old version is fully checked here; for today's the caller writes what it got and compares.
        Raises Trouble for an unknown name or a newer version, one of ``UNREADABLE`` for anything else.
        """
        cls = self._names.classes.get(name)
        if cls is None:
            raise self._unknown(f"{plain(name)} v{version}")
        current, decode = self._known.get(cls) or self._know(cls)
        today = current.version
        if version > today:
            raise self._unknown(f"{name} v{version} > v{today}")
        if version == today:
            return decode(data), True
        stored = msgspec.json.decode(data)
        if write_json(stored) != bytes(data):
            raise ValueError(f"{name} v{version} is not in canonical form")
        lifted = lift(self._steps, name, version, today, stored)
        value = msgspec.convert(lifted, cls)
        # By way of JSON: to_builtins leaves tuples as they are, and a list is never equal to one.
        if msgspec.json.decode(write_json(value)) != lifted:
            raise ValueError(f"{name} v{version} has fields that version never had")
        return value, False

    def _know(self, cls: type[T]) -> tuple[Name, Callable[[bytes], T]]:
        """What is needed again and again for one class; made when it is first met, for the sake of a quick start."""
        self._known[cls] = known = (self._names.of[cls], msgspec.json.Decoder(cls).decode)
        return known

    def _unknown(self, which: str) -> Trouble:
        zh, en = self._what
        return Trouble(
            f"本程序不认识的{zh} / a {en} this program does not know",
            which,
            "它由较新的 zz110 写成；请升级本机的 zz110 / a newer zz110 wrote it: upgrade zz110 on this machine",
        )

    def _unwritable(self, cause: str) -> Trouble:
        zh, en = self._what
        return Trouble(
            f"{zh}无法写出 / this {en} cannot be written",
            cause,
            "什么都没有存；请把这段话交给维护者 / nothing was stored; give these words to the maintainer",
            exit_code=70,
        )


def no_field_too_many(sent: Any, understood: Any) -> None:
    """Raises ValueError for a key in ``sent`` (plain JSON) that ``understood`` (the value read from it) has not."""
    if isinstance(sent, dict) and isinstance(understood, dict):
        for key, value in sent.items():
            if key not in understood:
                raise ValueError(f"unknown field {key!r}")
            no_field_too_many(value, understood[key])
    elif isinstance(sent, list) and isinstance(understood, list):
        for one, other in zip(sent, understood, strict=True):
            no_field_too_many(one, other)


def plain(said: object) -> str:
    """Words from outside as one short line of ASCII: they may be on their way to somebody's terminal."""
    if isinstance(said, KeyError):
        said = f"missing: {said}"
    return ascii(str(said))[1:-1][:200]
