"""Entries for tests of bytes and stores: any that can be, and plain numbered ones."""

from __future__ import annotations

import contextlib
import dataclasses
import typing
from typing import Any, cast

from hypothesis import strategies as st

from tests.support.written import write_all
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import Entry, Fact, NoteAdded
from zz110_tui.core.places import Point, point
from zz110_tui.wire.names import FACTS

AT = 1_700_000_000_000
CLERK = Actor("李", "03", Duty.DISPATCH, "test")

write_all()

st.register_type_strategy(
    Point, st.builds(point, st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False))
)


def _write_methods(kind: Any, seen: set[Any]) -> None:
    """Hypothesis reads signatures, and a value's are written at its first call (``core.records``)."""
    for part in typing.get_args(kind):
        _write_methods(part, seen)
    if not dataclasses.is_dataclass(kind) or kind in seen:
        return
    seen.add(kind)
    with contextlib.suppress(TypeError):
        cast("type", kind)()
    for hint in typing.get_type_hints(kind).values():
        _write_methods(hint, seen)


_seen: set[Any] = set()
for _cls in (*FACTS.of, Actor):
    _write_methods(_cls, _seen)

any_fact: st.SearchStrategy[Fact] = st.sampled_from(sorted(FACTS.of, key=lambda cls: cls.__name__)).flatmap(
    st.from_type
)

any_entry: st.SearchStrategy[Entry] = st.builds(
    Entry,
    position=st.integers(1, 2**63 - 1),
    at=st.integers(0, 2**63 - 1),
    actor=st.from_type(Actor),
    command=st.text(),
    fact=any_fact,
)


def notes(first: int, last: int, commands: int = 1, text: str = "已到场") -> list[Entry]:
    """Entries ``first`` to ``last``, every ``commands`` of them by one command."""
    return [
        Entry(number, AT + number, CLERK, f"c{(number - 1) // commands}", NoteAdded(number, f"{text} {number}"))
        for number in range(first, last + 1)
    ]
