"""Whether two programs understand each other: agreed at the hello or refused in words, never half-working.

Each fact and command has a version and, behind it, a fingerprint of its fields, their types and the values of their
enumerations. So a fact that gained a field, or an enumeration that gained a word, is noticed before the first one is
sent, also where somebody forgot to raise a version.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any

from zz110_tui.core.board import BoardImage
from zz110_tui.core.refusals import SENTENCES
from zz110_tui.wire.codec import IMAGE_VERSION
from zz110_tui.wire.frames import SPEAKS, Vocabulary
from zz110_tui.wire.goodbyes import Goodbye, goodbye
from zz110_tui.wire.names import COMMANDS, FACTS, Names

MOST_NAMED = 6
"""Names that a goodbye lists."""


@cache
def vocabulary() -> Vocabulary:
    """What this program reads and writes."""
    return Vocabulary(
        facts=_shapes(FACTS),
        commands=_shapes(COMMANDS),
        refusals=tuple(sorted(SENTENCES)),
        image=f"{IMAGE_VERSION}.{_image_shape()}",
    )


def _shapes(names: Names[Any]) -> dict[str, str]:
    return {name.text: f"{name.version}.{fingerprint(cls)}" for cls, name in names.of.items()}


def _image_shape() -> str:
    """The board's own fields. The chronology in it is made of facts, which are compared by themselves."""
    return _digest(_fields(BoardImage, (), without="chronology"))


def common_version(theirs: tuple[int, int], ours: tuple[int, int] = SPEAKS) -> int | None:
    """The highest version of the frames that both speak."""
    highest = min(theirs[1], ours[1])
    return highest if highest >= max(theirs[0], ours[0]) else None


def disagreement(core: Vocabulary, core_program: str, desk: Vocabulary, desk_program: str) -> Goodbye | None:
    """Why these two cannot work together; None when they can.

    A core lifts a desk's older commands (``wire.upcast``); a desk cannot read a newer fact.
    """
    older_desk = _newer(core.facts, desk.facts) + [code for code in core.refusals if code not in desk.refusals]
    older_core = _newer(desk.commands, core.commands)
    differing = _differing(core.facts, desk.facts) + _differing(core.commands, desk.commands)
    if core.image != desk.image:
        differing.append("board")
    for code, what in (("desk_older", older_desk), ("core_older", older_core), ("builds_differ", differing)):
        if what:
            named = ", ".join(what[:MOST_NAMED]) + (" …" if len(what) > MOST_NAMED else "")
            return goodbye(code, core=core_program, desk=desk_program, what=named)
    return None


def _newer(writer: Mapping[str, str], reader: Mapping[str, str]) -> list[str]:
    """What the writer may write and the reader does not know, or knows only in an older version."""
    return [name for name, shape in writer.items() if name not in reader or _version(shape) > _version(reader[name])]


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """What both call by the same name and version and yet shape differently."""
    return [
        name
        for name, shape in one.items()
        if name in other and shape != other[name] and _version(shape) == _version(other[name])
    ]


def _version(shape: str) -> int:
    number = shape.partition(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def fingerprint(cls: type[Any]) -> str:
    """Eight hex digits over the fields of a dataclass, all the way down."""
    return _digest(_told(cls, ()))


def _digest(told: str) -> str:
    return sha256(told.encode()).hexdigest()[:8]


def _told(kind: Any, above: tuple[type, ...]) -> str:
    origin = typing.get_origin(kind)
    if origin is not None:
        name = "|" if origin in (types.UnionType, typing.Union) else str(getattr(origin, "__name__", origin))
        inner = ",".join(_told(arg, above) for arg in typing.get_args(kind))
        return f"{name}[{inner}]"
    if not isinstance(kind, type):
        return repr(kind)
    if kind in above:
        return kind.__name__
    if issubclass(kind, Enum):
        return "enum(" + ",".join(str(member.value) for member in kind) + ")"
    if dataclasses.is_dataclass(kind):
        return _fields(kind, above)
    return kind.__name__


def _fields(cls: type, above: tuple[type, ...], without: str = "") -> str:
    hints = typing.get_type_hints(cls)
    told = (f"{name}:{_told(kind, (*above, cls))}" for name, kind in hints.items() if name != without)
    return f"({','.join(told)})"
