"""The Link: the one way anybody reaches a core, in the same process or over a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from zz110_tui.client.states import LinkState
from zz110_tui.core.answers import Answer
from zz110_tui.core.board import BoardImage
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Entry
from zz110_tui.wire.asking import Page, Question


class Feed(Protocol):
    """Everything that happens after an image, in order and without a gap: batches of entries.

    Iteration ends when the link closes. ``lagged`` is true when this reader was too slow and was cut off: join again.
    """

    image: BoardImage
    lagged: bool

    def __aiter__(self) -> AsyncIterator[tuple[Entry, ...]]: ...

    def close(self) -> None: ...


class Link(Protocol):
    """A core as one actor sees it. Raises ``Trouble`` when the core cannot store or cannot be reached.

    ``on_state`` is called whenever ``state`` changes: the core was lost, or is back.
    """

    state: LinkState
    on_state: Callable[[LinkState], None] | None

    @property
    def actor(self) -> Actor: ...

    @property
    def store(self) -> str:
        """The id of the store that the core writes."""
        ...

    async def submit(self, command: Command, *, command_id: str = "", seen: int | None = None) -> Answer:
        """Send a command; the answer comes after its facts are durable.

        ``seen`` is the position of the board that the sender looked at.
        """
        ...

    async def join(self) -> Feed:
        """The board now, and a feed of everything after it."""
        ...

    async def ask(self, question: Question) -> Page:
        """A page of the past (``client.past`` turns the pages). Raises Trouble where it is not answered."""
        ...

    def now(self) -> int:
        """The core's clock (UTC ms): in a drill it is not the wall clock."""
        ...

    async def change_person(self, person: str) -> None:
        """Somebody else sits here now. Who that is the core decides: ask ``actor`` afterwards.

        Raises Trouble where the core cannot be reached.
        """
        ...

    def silence(self) -> int:
        """Milliseconds since the core was last heard: how old what a desk shows is while the link is lost."""
        ...

    async def close(self) -> None: ...
