"""The desk's side of one link, sans-IO: it says who it is, follows the history without a gap, and matches answers."""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from zz110_tui.core.answers import Answer
from zz110_tui.core.board import BoardImage
from zz110_tui.core.cleaning import clean
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire import frames
from zz110_tui.wire.agreement import vocabulary
from zz110_tui.wire.asking import Page, Question
from zz110_tui.wire.codec import MAX_IMAGE_BYTES, decode_entry, decode_image, encode_command
from zz110_tui.wire.frames import SPEAKS, Unreadable
from zz110_tui.wire.goodbyes import from_peer
from zz110_tui.wire.replies import answer_of, page_of, trouble_of
from zz110_tui.wire.session import PART_BYTES, Ended, Limits, Mark, Session

Why = Literal["asked", "too_far", "other_history"]

PIECEMEAL_MS = 300
"""A message of which pieces have come for so long is a large one on a thin line: answers to beats wait behind it."""


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The core let us in, as ``actor``."""

    actor: Actor
    store: str
    kind: Literal["live", "drill"]
    city: str
    position: int
    clock: int
    in_flight: int
    frame_bytes: int
    program: str


@dataclass(frozen=True, slots=True)
class ImageCame:
    """The board at ``mark``, still packed; with the facts up to ``head`` it is the board of now.

    Unless ``why`` is "asked", what the desk had before does not go on.
    """

    mark: Mark
    head: int
    why: Why
    data: bytes
    unpacked: int

    def image(self) -> BoardImage:
        """Takes a while for a large board. Raises Trouble for anything but the image that was announced."""
        try:
            unpacking = zlib.decompressobj()
            plain = unpacking.decompress(self.data, self.unpacked)
            whole = unpacking.eof and not unpacking.unused_data and len(plain) == self.unpacked
        except zlib.error:
            plain, whole = b"", False
        image = decode_image(plain)
        if not whole or image.position != self.mark.position:
            raise Trouble(
                "核心发来的盘面不完整 / the board that the core sent is not whole",
                f"{len(self.data)} → {len(plain)} / {self.unpacked}",
                "会重新请求 / it is asked for again",
            )
        return image


@dataclass(frozen=True, slots=True)
class ResumedFrom:
    """What the desk had is right; the facts after it follow."""

    position: int


@dataclass(frozen=True, slots=True)
class FactsCame:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    n: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Troubled:
    """Submit ``n`` was not done; 0: the board cannot be had now."""

    n: int
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class BeatCame:
    """The core's clock (UTC ms)."""

    clock: int


@dataclass(frozen=True, slots=True)
class Told:
    """A page that answers question ``n``; a Trouble where it is not answered."""

    n: int
    page: Page | Trouble


DeskEvent = Told | Welcomed | ImageCame | ResumedFrom | FactsCame | Answered | Troubled | BeatCame | Ended


@dataclass(slots=True)
class _Coming:
    """An image of which parts are still to come."""

    header: frames.Image
    parts: list[bytes]
    size: int = 0


class DeskSession(Session):
    """``receive`` never raises: what cannot be understood ends the link."""

    def __init__(
        self,
        limits: Limits,
        now: int,
        program: str,
        actor: Actor,
        kind: Literal["", "live", "drill"] = "",
        ticket: str = "",
    ) -> None:
        """Says hello at once: ``actor`` is who the desk wants to be."""
        super().__init__(limits, now)
        self.mark: Mark | None = None
        self.welcomed: Welcomed | None = None
        self._coming: _Coming | None = None
        self._joining: deque[Mark | None] = deque()
        self._n = 0
        self._version = 0
        self._head = 0
        self._piecemeal: int | None = None
        self._asked: dict[int, str] = {}
        self._questions = 0
        self._untold: set[int] = set()
        self._send(
            frames.Hello(
                SPEAKS, program, actor.desk, actor.person, actor.duty, actor.channel, kind, vocabulary(), ticket
            )
        )

    # -- out -------------------------------------------------------------------------------------------------------

    def join(self, mark: Mark | None = None, store: str = "") -> None:
        """Ask for the facts: after ``mark``, which is the last we have of ``store``, or after an image."""
        self._joining.append(mark)
        self._send(frames.Join(mark.position, mark.hash.hex(), store) if mark else frames.Join())

    def leave(self) -> None:
        self._send(frames.Leave())

    def submit(self, command: Command, command_id: str, seen: int | None) -> int:
        """Send a command; the number its answer will carry. Raises Trouble for one that cannot be written.

        :meth:`has_room` must say so.
        """
        payload = encode_command(command)
        welcomed = self.welcomed
        assert welcomed is not None, "nothing is sent before the welcome"
        if len(payload) + 512 > welcomed.frame_bytes:
            raise Trouble(
                "命令太大，核心不收 / the core takes no command of that size",
                f"{len(payload)} > {welcomed.frame_bytes}",
                "分成几条 / split it into several",
            )
        self._n += 1
        self._asked[self._n] = command_id
        self._send(frames.Submit(self._n, command_id, seen, msgspec.Raw(payload)))
        return self._n

    def ask(self, question: Question) -> int:
        """Ask about the past; the number its answer will carry. :meth:`may_ask` must say so."""
        self._questions += 1
        self._untold.add(self._questions)
        self._send(frames.Ask(self._questions, question))
        return self._questions

    def may_ask(self) -> bool:
        """Whether one more question may be on its way."""
        return self.askable and self.over is None and len(self._untold) < self.limits.questions

    @property
    def askable(self) -> bool:
        """Whether the core can be asked about the past at all: older ones cannot."""
        return self._version >= frames.ASKABLE

    def has_room(self) -> bool:
        """Whether one more command may be on its way."""
        return self.welcomed is not None and self.over is None and len(self._asked) < self.welcomed.in_flight

    # -- time ------------------------------------------------------------------------------------------------------

    def noise(self, now: int) -> None:
        super().noise(now)
        if self._piecemeal is None:
            self._piecemeal = now

    def tick(self, now: int, clock: int) -> Ended | None:
        """As for both sides; and give up when nothing of ours was seen to arrive for too long."""
        end = super().tick(now, clock)
        if end is not None:
            return end
        if self._piecemeal is not None and now - self._piecemeal >= PIECEMEAL_MS:
            self._proved = now
        if self.unproved(now) > self.limits.silent_ms:
            silent = now - self._heard
            if silent > 2 * self.limits.beat_ms:
                return self.end("silent", seconds=f"{silent / 1000:.1f}")
            return self.end("unheard", seconds=f"{self.limits.silent_ms / 1000:g}")
        return None

    def _much_comes(self) -> bool:
        """A board, or facts that were missed: an answer to a beat waits behind them, wherever the line is thin."""
        return self._coming is not None or (self.mark is not None and self.mark.position < self._head)

    # -- in --------------------------------------------------------------------------------------------------------

    def receive(self, message: str | bytes, now: int) -> DeskEvent | None:
        if self.over is not None:
            return Ended(self.over)
        self._heard = now
        self._piecemeal = None
        if self._much_comes():
            self._proved = now
        if len(message) > self.limits.frame_bytes:
            return self.end("oversize", size=len(message), most=self.limits.frame_bytes)
        try:
            if isinstance(message, bytes):
                return self._part(message)
            return self._frame(frames.decode_from_core(message))
        except Unreadable as fault:
            return self.end("garbage", what=fault)
        except Trouble as fault:
            return self.end("damaged", what=f"{fault.title}: {fault.cause}")

    def _frame(self, frame: frames.CoreFrame) -> DeskEvent | None:
        if isinstance(frame, frames.Bye):
            return self._ended_by_peer(from_peer(frame))
        if isinstance(frame, frames.Welcome) == (self.welcomed is not None):
            return self._out_of_order(frame)
        match frame:
            case frames.Welcome():
                return self._welcomed(frame)
            case frames.Beat() | frames.Heard():
                return self._pulse(frame) or (BeatCame(frame.now) if isinstance(frame, frames.Beat) else None)
            case frames.Image():
                return self._image(frame)
            case frames.Resumed(after=after):
                return self._resumed(frame, after)
            case frames.Facts(entries=entries):
                return self._facts(frame, entries)
            case frames.Answer() | frames.Trouble() | frames.Told() | frames.Untold():
                return self._reply(frame)

    def _out_of_order(self, frame: frames.CoreFrame) -> Ended:
        return self.end("out_of_order", what=type(frame).__name__.lower())

    def _welcomed(self, frame: frames.Welcome) -> DeskEvent:
        if not SPEAKS[0] <= frame.version <= SPEAKS[1]:
            return self.end("versions", core=frame.version, desk=f"{SPEAKS[0]}-{SPEAKS[1]}")
        self._greeted = True
        self._head = frame.position
        # We beat as often as the core does, or oftener: it said how long it waits only by how it beats.
        self.limits = replace(self.limits, beat_ms=min(self.limits.beat_ms, frame.beat_ms))
        self._version = frame.version
        self._agreed(frame.version, self._heard)
        actor = Actor(clean(frame.person), clean(frame.desk), frame.duty, frame.channel)
        self.welcomed = Welcomed(
            actor,
            frame.store,
            frame.kind,
            clean(frame.city),
            frame.position,
            frame.now,
            frame.in_flight,
            frame.frame_bytes,
            clean(frame.program),
        )
        return self.welcomed

    def _image(self, frame: frames.Image) -> DeskEvent | None:
        if self._coming is not None or not self._joining:
            return self._out_of_order(frame)
        if frame.unpacked > MAX_IMAGE_BYTES or frame.size > MAX_IMAGE_BYTES:
            return self.end("oversize", size=max(frame.unpacked, frame.size), most=MAX_IMAGE_BYTES)
        if frame.parts != -(-frame.size // PART_BYTES) or frame.head < frame.position:
            return self.end("damaged", what=f"{frame.size} bytes in {frame.parts} parts")
        self._joining.popleft()
        self._coming = _Coming(frame, [])
        self._head = frame.head
        return None

    def _part(self, part: bytes) -> DeskEvent | None:
        coming = self._coming
        if coming is None:
            return self.end("out_of_order", what="a binary message")
        coming.parts.append(part)
        coming.size += len(part)
        header = coming.header
        if len(coming.parts) < header.parts and coming.size < header.size:
            return None
        if len(coming.parts) != header.parts or coming.size != header.size:
            return self.end("damaged", what=f"{coming.size} bytes of an image, {header.size} announced")
        self._coming = None
        self.mark = Mark(header.position, bytes.fromhex(header.hash))
        return ImageCame(self.mark, header.head, header.why, b"".join(coming.parts), header.unpacked)

    def _resumed(self, frame: frames.Resumed, after: int) -> DeskEvent:
        mark = self._joining.popleft() if self._joining else None
        if mark is None or mark.position != after:
            return self._out_of_order(frame)
        self.mark = mark
        return ResumedFrom(after)

    def _facts(self, frame: frames.Facts, payloads: tuple[msgspec.Raw, ...]) -> DeskEvent:
        if self.mark is None or self._coming is not None:
            return self._out_of_order(frame)
        position = self.mark.position
        entries: list[Entry] = []
        for raw in payloads:
            payload = bytes(raw)
            entry = decode_entry(payload)
            position += 1
            if entry.position != position:
                return self.end("damaged", what=f"fact {entry.position} where {position} is next")
            entries.append(entry)
        self.mark = Mark(position, bytes.fromhex(frame.hash))
        return FactsCame(tuple(entries))

    def _reply(self, frame: frames.Answer | frames.Trouble | frames.Told | frames.Untold) -> DeskEvent:
        match frame:
            case frames.Answer():
                return self._answered(frame)
            case frames.Trouble():
                return self._troubled(frame)
            case _:
                return self._told(frame)

    def _troubled(self, frame: frames.Trouble) -> DeskEvent:
        if (frame.n and self._asked.pop(frame.n, None) is None) or (not frame.n and not self._joining):
            return self._out_of_order(frame)
        if not frame.n:
            self._joining.popleft()
        return Troubled(frame.n, trouble_of(frame))

    def _told(self, frame: frames.Told | frames.Untold) -> DeskEvent:
        if frame.n not in self._untold:
            return self._out_of_order(frame)
        self._untold.discard(frame.n)
        return Told(frame.n, page_of(frame))

    def _answered(self, frame: frames.Answer) -> DeskEvent:
        if self._asked.pop(frame.n, None) != frame.id:
            return self._out_of_order(frame)
        return Answered(frame.n, answer_of(frame))
