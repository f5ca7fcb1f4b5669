"""The core's side of one link, sans-IO: who asks to come in, what he sends, and what he is told."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

import msgspec

from zz110_tui.core import answers
from zz110_tui.core.cleaning import clean
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.veiling import veiled_entry
from zz110_tui.wire import frames
from zz110_tui.wire.agreement import common_version, disagreement, vocabulary
from zz110_tui.wire.asking import Page, Question
from zz110_tui.wire.codec import decode_command, encode_entry
from zz110_tui.wire.frames import SPEAKS, Unreadable
from zz110_tui.wire.goodbyes import from_peer
from zz110_tui.wire.session import PART_BYTES, Ended, Limits, Mark, Outgoing, Session
from zz110_tui.wire.tidy import tidied

BYTES_PER_TOKEN = 4_096
"""A large frame counts as so many small ones."""

JOIN_TOKENS = 50
"""So does a join: an image is made for it."""

ASK_TOKENS = 25
"""And a question about the past: forty a second, eighty at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A desk said hello and waits to be admitted or refused."""

    hello: frames.Hello


@dataclass(frozen=True, slots=True)
class Joined:
    """The desk wants the facts after ``mark`` of ``store``, which it says it has; None for an image first."""

    mark: Mark | None
    store: str


@dataclass(frozen=True, slots=True)
class Left:
    """The desk wants no more facts."""


@dataclass(frozen=True, slots=True)
class Submitted:
    n: int
    id: str
    seen: int | None
    command: Command


@dataclass(frozen=True, slots=True)
class Packed:
    """An image ready to be sent: made once, for as many desks as want it."""

    mark: Mark
    data: bytes
    unpacked: int


@dataclass(frozen=True, slots=True)
class Questioned:
    """The desk asks about the past: by :meth:`CoreSession.told` or :meth:`CoreSession.untold` it is answered."""

    n: int
    question: Question


CoreEvent = Asked | Questioned | Joined | Left | Submitted | Ended


class _Step(Enum):
    GREETING = auto()
    ADMITTING = auto()
    OPEN = auto()


class CoreSession(Session):
    """One message in gives at most one event. ``receive`` never raises: what cannot be understood ends the link."""

    def __init__(self, limits: Limits, now: int, program: str) -> None:
        super().__init__(limits, now)
        self.actor: Actor | None = None
        self.following = False
        self._program = program
        self._step = _Step.GREETING
        self._version = 0
        self._position = 0
        self._last_n = 0
        self._waiting: dict[int, str] = {}
        self._questions: set[int] = set()
        self._last_question = 0
        self._tokens = float(limits.burst)
        self._counted = now

    @property
    def position(self) -> int:
        """The position of the last fact this desk was sent."""
        return self._position

    @property
    def waiting(self) -> int:
        """How many of its commands have no answer yet."""
        return len(self._waiting)

    # -- in --------------------------------------------------------------------------------------------------------

    def receive(self, message: str | bytes, now: int) -> CoreEvent | None:
        if self.over is not None:
            return Ended(self.over)
        self._heard = now
        most = self.limits.hello_bytes if self._step is _Step.GREETING else self.limits.frame_bytes
        # A str is measured in characters first: most are that short, and then nothing has to be encoded to know.
        size = len(message)
        if size * 4 > most and isinstance(message, str):
            size = len(message.encode("utf-8", "replace"))
        self._count(now, 1 + size // BYTES_PER_TOKEN)
        if size > most:
            return self.end("oversize", size=size, most=most)
        if isinstance(message, bytes):
            return self.end("garbage", what="a binary message")
        try:
            return self._first(message) if self._step is _Step.GREETING else self._later(message, now)
        except Unreadable as fault:
            return self.end("garbage", what=fault)

    def _first(self, message: str) -> CoreEvent:
        theirs = frames.versions_of(message)
        version = common_version(theirs)
        if version is None:
            return self.end("versions", core=_span(SPEAKS), desk=_span(theirs))
        hello = frames.decode_from_desk(message)
        if not isinstance(hello, frames.Hello):
            return self.end("out_of_order", what=type(hello).__name__.lower())
        no = disagreement(vocabulary(), self._program, hello.words, hello.program)
        if no is not None:
            return self.over_with(no)
        self._version = version
        self._step = _Step.ADMITTING
        self._greeted = True
        return Asked(_tidied_hello(hello))

    def _later(self, message: str, now: int) -> CoreEvent | None:
        frame = frames.decode_from_desk(message)
        if isinstance(frame, frames.Bye):
            return self._ended_by_peer(from_peer(frame))
        if isinstance(frame, frames.Beat | frames.Heard):
            return self._pulse(frame)
        if self._step is not _Step.OPEN or isinstance(frame, frames.Hello):
            return self.end("out_of_order", what=type(frame).__name__.lower())
        if isinstance(frame, frames.Submit):
            return self._submitted(frame)
        if isinstance(frame, frames.Ask):
            return self._questioned(frame, now)
        if isinstance(frame, frames.Join):
            self._count(now, JOIN_TOKENS)
            mark = Mark(frame.after, bytes.fromhex(frame.hash)) if frame.after else None
            return Joined(mark, frame.store)
        self.following = False
        return Left()

    def _submitted(self, frame: frames.Submit) -> CoreEvent:
        if frame.n <= self._last_n:
            return self.end("out_of_order", what=f"submit {frame.n}")
        if len(self._waiting) >= self.limits.in_flight:
            return self.end("too_many_waiting", most=self.limits.in_flight)
        try:
            command = decode_command(bytes(frame.command))
        except Trouble as fault:
            return self.end("garbage", what=f"{fault.title}: {fault.cause}")
        self._last_n = frame.n
        self._waiting[frame.n] = frame.id
        return Submitted(frame.n, frame.id, frame.seen, tidied(command))

    def _questioned(self, frame: frames.Ask, now: int) -> CoreEvent:
        if frame.n <= self._last_question or self._version < frames.ASKABLE:
            return self.end("out_of_order", what=f"ask {frame.n}")
        if len(self._questions) >= self.limits.questions:
            return self.end("too_many_waiting", most=self.limits.questions)
        self._count(now, ASK_TOKENS)
        self._last_question = frame.n
        self._questions.add(frame.n)
        return Questioned(frame.n, frame.question)

    def _count(self, now: int, tokens: int) -> None:
        limits = self.limits
        self._tokens = min(limits.burst, self._tokens + (now - self._counted) * limits.frames_per_s / 1000) - tokens
        self._counted = now

    def pause(self, now: int) -> int:
        """Milliseconds for which the driver should read nothing from this desk: it sends faster than it may."""
        self._count(now, 0)
        return 0 if self._tokens >= 0 else int(-self._tokens * 1000 / self.limits.frames_per_s) + 1

    # -- out -------------------------------------------------------------------------------------------------------

    def admit(
        self, actor: Actor, store: str, kind: Literal["live", "drill"], city: str, position: int, clock: int
    ) -> None:
        """Let the desk in, as ``actor``: what it asked to be may differ."""
        assert self._step is _Step.ADMITTING
        self._step = _Step.OPEN
        self.actor = actor
        self._agreed(self._version, self._heard)
        self._send(
            frames.Welcome(
                self._version,
                self._program,
                actor.person,
                actor.desk,
                actor.duty,
                actor.channel,
                store,
                kind,
                city,
                position,
                clock,
                self.limits.frame_bytes,
                self.limits.in_flight,
                self.limits.beat_ms,
            )
        )

    def begin(self, packed: Packed, head: int, why: Literal["asked", "too_far", "other_history"]) -> None:
        """Send the board at a mark; the facts after it, up to ``head`` at once, follow by :meth:`facts`."""
        parts = [packed.data[at : at + PART_BYTES] for at in range(0, len(packed.data), PART_BYTES)]
        mark = packed.mark
        self._send(
            frames.Image(mark.position, head, mark.hash.hex(), len(packed.data), packed.unpacked, len(parts), why)
        )
        self._out += [Outgoing(part, text=False) for part in parts]
        self._position = mark.position
        self.following = True

    def resume(self, mark: Mark) -> None:
        """What the desk has is of our history: only the facts after it follow."""
        self._send(frames.Resumed(mark.position))
        self._position = mark.position
        self.following = True

    def facts(self, first: int, last: int, frame: bytes) -> None:
        """A frame made by ``frames.facts_frame`` for the entries ``first`` to ``last``, which are the next ones."""
        assert self.following, "no facts before the desk asked for them"
        assert first == self._position + 1, f"facts from {first} after {self._position}"
        if self.over is None:
            self._out.append(Outgoing(frame))
        self._position = last

    def answer(self, n: int, answer: answers.Answer, written: Sequence[bytes] | None = None) -> None:
        """``written``: the answer's entries as they go out, where somebody has them already."""
        refusal = answer.refusal
        if written is None:
            written = [encode_entry(veiled_entry(entry)) for entry in answer.entries]
        entries = tuple(map(msgspec.Raw, written))
        said = None if refusal is None else frames.RefusalFrame(refusal.code, refusal.values)
        told = tuple(frames.CallerFrame(one.report, one.caller, one.contact) for one in answer.told)
        self._send(frames.Answer(n, self._waiting.pop(n), answer.position, entries, said, told))

    def trouble(self, n: int, fault: Trouble) -> None:
        """Submit ``n`` was not done; 0 when the board cannot be had."""
        self._waiting.pop(n, None)
        self._send(frames.Trouble(n, *_words(fault)))

    def told(self, n: int, page: Page) -> None:
        """A page that answers question ``n``."""
        self._questions.discard(n)
        self._send(frames.Told(n, page.next, tuple(map(msgspec.Raw, page.items))))

    def untold(self, n: int, fault: Trouble) -> None:
        """Question ``n`` is not answered."""
        self._questions.discard(n)
        self._send(frames.Untold(n, *_words(fault)))


def pack(mark: Mark, image: bytes) -> Packed:
    """An encoded image as it is sent. Takes a while for a large board: not on an event loop."""
    return Packed(mark, zlib.compress(image, 1), len(image))


def _tidied_hello(hello: frames.Hello) -> frames.Hello:
    return msgspec.structs.replace(
        hello, program=clean(hello.program), desk=clean(hello.desk), person=clean(hello.person)
    )


def _span(versions: tuple[int, int]) -> str:
    low, high = versions
    return str(low) if low == high else f"{low}-{high}"


def _words(fault: Trouble) -> tuple[str, str, str, int]:
    most = 2_000
    return fault.title[:most], fault.cause[:most], fault.remedy[:most], min(max(fault.exit_code, 1), 255)
