"""A desk's session and a core's session that talk to each other without a socket, with a clock the test moves."""

from __future__ import annotations

from typing import Any

from tests.support.room import LI, Room
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import Entry
from zz110_tui.store.chain import link
from zz110_tui.wire import frames
from zz110_tui.wire.agreement import vocabulary
from zz110_tui.wire.codec import encode_entry, encode_image
from zz110_tui.wire.session import DESK_LIMITS, NO_HASH, Limits, Mark, Outgoing
from zz110_tui.wire.session_core import CoreEvent, CoreSession, Packed, pack
from zz110_tui.wire.session_desk import DeskEvent, DeskSession

STORE = "ab12"
CLOCK = 1_700_000_000_000


class History:
    """Entries with their stored bytes and their hashes, as a core has them."""

    def __init__(self, entries: list[Entry]) -> None:
        self.payloads = [encode_entry(entry) for entry in entries]
        self.hashes = [NO_HASH]
        for payload in self.payloads:
            self.hashes.append(link(self.hashes[-1], payload))

    def mark(self, position: int) -> Mark:
        return Mark(position, self.hashes[position])

    def frame(self, first: int, last: int) -> tuple[int, int, bytes]:
        return first, last, frames.facts_frame(tuple(self.payloads[first - 1 : last]), self.hashes[last])


def a_history(steps: int = 3) -> tuple[Room, History]:
    room = Room()
    for _ in range(steps):
        room.fight()
    return room, History(room.journal)


def packed(room: Room, history: History) -> Packed:
    return pack(history.mark(room.board.position), encode_image(room.board.image()))


class Talk:
    """``pump`` carries everything both want to say, until neither has more; nothing reaches a ``deaf`` side."""

    def __init__(self, actor: Actor = LI, limits: Limits | None = None) -> None:
        self.now = 0
        self.core = CoreSession(limits or Limits(), 0, "1.0")
        self.desk = DeskSession(DESK_LIMITS, 0, "1.0", actor)
        self.at_core: list[CoreEvent] = []
        self.at_desk: list[DeskEvent] = []

    def pump(self, deaf: str = "") -> None:
        while True:
            up, down = self.desk.take(self.now), self.core.take(self.now)
            if not up and not down:
                return
            for message in () if deaf == "core" else up:
                came = self.core.receive(as_message(message), self.now)
                self.at_core += [came] if came is not None else []
            for message in () if deaf == "desk" else down:
                got = self.desk.receive(as_message(message), self.now)
                self.at_desk += [got] if got is not None else []

    def pass_time(self, ms: int, *, deaf: str = "") -> None:
        """Move the clock in steps of 100 ms; ``deaf`` is "core" or "desk" when nothing reaches that side."""
        for _ in range(ms // 100):
            self.now += 100
            self.core.tick(self.now, CLOCK + self.now)
            self.desk.tick(self.now, CLOCK + self.now)
            self.pump(deaf)

    def admit(self, actor: Actor | None = None) -> Talk:
        self.pump()
        self.core.admit(actor or LI, STORE, "drill", "zhangzhou", 7, CLOCK)
        self.pump()
        return self

    def join(self, room: Room, history: History) -> None:
        self.desk.join()
        self.pump()
        self.core.begin(packed(room, history), room.board.position, "asked")
        self.pump()


def as_message(out: Outgoing) -> str | bytes:
    return out.data.decode() if out.text else out.data


def hello(**changes: Any) -> str:
    """A good hello, with changes."""
    values: dict[str, Any] = {
        "speaks": frames.SPEAKS,
        "program": "1.0",
        "desk": "03",
        "person": "",
        "duty": Duty.DISPATCH,
        "channel": "keyboard",
        "kind": "",
        "words": vocabulary(),
        **changes,
    }
    return frames.encode(frames.Hello(**values)).decode()
