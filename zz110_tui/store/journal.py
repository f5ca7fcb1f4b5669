"""The port of the store: an append-only, gap-free, hash-chained row of entries, with snapshots beside it.

Backends: ``store.memory`` and ``store.sqlite``. One contract suite (``tests/contract``) runs against every backend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias

from zz110_tui.core.facts import Entry
from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble

StoreKind: TypeAlias = Literal["live", "drill"]
"""What a store is for, for ever: a drill's facts never enter a live journal."""

NO_HASH = bytes(32)
"""The hash before the first entry."""

SNAPSHOTS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The last position of a journal and the hash of everything up to it."""

    position: int = 0
    hash: bytes = NO_HASH

    def __str__(self) -> str:
        return f"{self.position}:{self.hash.hex()}"


class Row(NamedTuple):
    """One entry as it is stored. ``hash`` is SHA-256 over the previous row's hash and ``payload`` (``store.chain``)."""

    position: int
    payload: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a store was made as. ``id`` (hex) tells it from every other store, ``created`` is UTC milliseconds."""

    kind: StoreKind
    id: str
    created: int


@dataclass(frozen=True, slots=True)
class Base:
    """Where a store begins whose older entries were moved to an archive: the board after ``head``, as an image."""

    head: Head
    image: bytes


@dataclass(frozen=True, slots=True)
class Archived:
    """Entries ``first`` to ``last`` were moved to ``file``; ``hash`` is the chain's at ``last``."""

    first: int
    last: int
    hash: bytes
    file: str


class JournalReader(Protocol):
    """A journal to be read, while another process may be writing it."""

    @property
    def stamp(self) -> Stamp: ...

    @property
    def base(self) -> Head:
        """The head that the first entry here follows: ``Head()``, or where older ones were moved to an archive."""
        ...

    @property
    def head(self) -> Head:
        """The last durable entry's position and hash; :attr:`base` for a journal without entries."""
        ...

    @property
    def warnings(self) -> tuple[Trouble, ...]:
        """What was found damaged and could be done without (a snapshot). Values to be shown, oldest first."""
        ...

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Entries from position ``after`` + 1 in order, at most ``limit``. Entries appended meanwhile may be included.

        Raises Trouble (while iterating) at an entry that is missing, was moved to an archive, or cannot be read.
        """
        ...

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[Row]:
        """The same as stored, unjudged: for ``chain.verify``, backups and archives."""
        ...

    def find_commands(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """First and last position of the entries that each of these commands made; those that made none are left out.
        "" is never found. One question for many ids costs little more than for one."""
        ...

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        """Position and bytes of the newest snapshot that is whole and belongs to this chain; at the latest that of
        :attr:`base`, if it is not the beginning.

        One that is not is passed over, and leaves a warning in :attr:`warnings`.
        """
        ...

    def base_with_image(self) -> Base | None:
        """Where this journal begins, None at the very beginning. Raises Trouble where its image is damaged: unlike a
        snapshot it is no shortcut."""
        ...

    def close(self) -> None:
        """Twice is once. Everything else raises Trouble afterwards."""
        ...


class Journal(JournalReader, Protocol):
    """The one writer of a journal. Every method may be called from any thread."""

    @property
    def blocking(self) -> bool:
        """Whether ``append`` waits for a disk; if not, it may be called on an event loop."""
        ...

    @property
    def broken(self) -> Trouble | None:
        """Why an append failed. Until the journal is closed and opened again every further append raises it."""
        ...

    def append(self, entries: Sequence[Entry]) -> Sequence[Row]:
        """Store all entries or none; when it returns they are durable, as these rows. An empty sequence changes
        nothing.

        Positions must be head + 1, head + 2, …; the entries of one command id stand together in one append, and an id
        that the journal has already is refused ("" is no id). Such a refusal raises Trouble and stores nothing; the
        journal works on. A fault of the disk raises Trouble and leaves the journal ``broken``: after opening it again
        either all entries of that append are there or none.
        """
        ...

    def save_snapshot(self, position: int, image: bytes) -> None:
        """Keep ``image`` as the board at ``position`` (1 to head); the newest ``SNAPSHOTS_KEPT`` are kept.

        Raises Trouble if it could not be stored; that loses nothing and the journal works on.
        """
        ...

    @property
    def tired(self) -> bool:
        """Whether :meth:`rest` has something to do."""
        ...

    def rest(self) -> None:
        """House-keeping (the SQLite checkpoint), in a thread beside the writer's; cheap when there is nothing to do.

        Raises Trouble if the disk fails; that loses nothing and the journal works on.
        """
        ...
