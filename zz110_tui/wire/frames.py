"""The frames of a link: what a desk and a core say to each other, each one WebSocket message (``docs/serve.md``).

A text message is one frame: compact JSON with its kind under ``k``. A binary message is a slice of the board's image
that an ``image`` frame announced. Entries and commands travel inside frames exactly as ``wire.codec`` writes them.

``hello`` and ``bye`` stay readable for ever: whatever else changes, two programs can say that they do not understand
each other. Everything that cannot be read raises :class:`Unreadable`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from zz110_tui.core.desks import Duty
from zz110_tui.wire.asking import MOST_ITEMS, Question
from zz110_tui.wire.shapes import UNREADABLE, plain, write_json

PROTOCOL = 3
"""The version of this program's frames; ``SPEAKS`` are the versions it can use, lowest and highest.

1: a desk was sent callers' data in clear and computed the hash of the history itself. 2: callers are masked, and the
core says the hash. 3: beats are numbered and answered; the past can be asked for.
"""

SPEAKS = (2, 3)

NUMBERED = 3
"""From this version on beats are numbered and answered."""

ASKABLE = 3
"""From this version on the past can be asked for."""

LARGEST = (1 << 63) - 1

Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
Serial = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
Version = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Text = Annotated[str, msgspec.Meta(max_length=2_000)]
Short = Annotated[str, msgspec.Meta(max_length=64)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
StoreId = Annotated[str, msgspec.Meta(pattern="^[0-9a-z]{0,64}$")]
CommandId = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z._@-]{0,127}$")]
"""A desk's command id has no colon: the core's own ids (``timer:…``) cannot be claimed from outside."""

Shapes = Annotated[dict[Short, Short], msgspec.Meta(max_length=512)]


class Unreadable(Exception):
    """Bytes from the other side that are no frame; the text is one short ASCII line."""


class _Frame(msgspec.Struct, frozen=True, tag_field="k", forbid_unknown_fields=True, gc=False):
    pass


class _Greeting(msgspec.Struct, frozen=True, tag_field="k", gc=False):
    """A frame that a newer program may say more in: what is not known is passed over."""


class Vocabulary(msgspec.Struct, frozen=True, gc=False):
    """What a program can read and write: name to version and shape. ``wire.agreement`` compares two of them."""

    facts: Shapes
    commands: Shapes
    refusals: Annotated[tuple[Short, ...], msgspec.Meta(max_length=512)]
    image: Short


class Hello(_Greeting, frozen=True, tag="hello"):
    """The desk's first frame. ``person`` "" leaves it to the core; ``kind`` "" takes a live store or a drill."""

    speaks: tuple[Version, Version]
    program: Short
    desk: Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
    person: Annotated[str, msgspec.Meta(max_length=40)]
    duty: Duty
    channel: Annotated[str, msgspec.Meta(pattern="^[a-z]{1,16}$")]
    kind: Literal["", "live", "drill"]
    words: Vocabulary
    ticket: Annotated[str, msgspec.Meta(max_length=128)] = ""


class Welcome(_Greeting, frozen=True, tag="welcome"):
    """The core's answer: who the desk is to it, which store this is, and the limits it keeps. ``now`` is its clock."""

    version: Version
    program: Short
    person: Text
    desk: Text
    duty: Duty
    channel: Short
    store: StoreId
    kind: Literal["live", "drill"]
    city: Text
    position: Count
    now: Count
    frame_bytes: Serial
    in_flight: Serial
    beat_ms: Serial


class Join(_Frame, frozen=True, tag="join"):
    """The desk wants the facts. ``after`` 0 asks for an image; otherwise it has all up to there, with that hash."""

    after: Count = 0
    hash: Hash = "0" * 64
    store: StoreId = ""


class Leave(_Frame, frozen=True, tag="leave"):
    """The desk wants no more facts; it may still send commands."""


class Image(_Frame, frozen=True, tag="image"):
    """The board at ``position`` follows in ``parts`` binary messages: ``size`` bytes of zlib, ``unpacked`` of JSON.

    It may be a little old: with the facts up to ``head``, which follow at once, it is the board of now.
    """

    position: Count
    head: Count
    hash: Hash
    size: Serial
    unpacked: Serial
    parts: Serial
    why: Literal["asked", "too_far", "other_history"]


class Resumed(_Frame, frozen=True, tag="resumed"):
    """What the desk has is right so far; the facts from ``after`` + 1 on follow."""

    after: Count


class Facts(_Frame, frozen=True, tag="facts"):
    """Entries of the journal in order, without a gap to what was sent before, with their callers masked.

    ``hash`` is that of the journal at the last of them, over the entries as they are stored.
    """

    hash: Hash
    entries: Annotated[tuple[msgspec.Raw, ...], msgspec.Meta(min_length=1, max_length=100_000)]


class Submit(_Frame, frozen=True, tag="submit"):
    """A command. ``n`` counts the desk's submits on this connection; ``seen`` is the position it looked at."""

    n: Serial
    id: CommandId
    seen: Count | None
    command: msgspec.Raw


class RefusalFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    code: Short
    values: Annotated[tuple[tuple[Short, Text], ...], msgspec.Meta(max_length=32)]


class CallerFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    report: Serial
    caller: Text
    contact: Text


class Answer(_Frame, frozen=True, tag="answer"):
    """The answer to submit ``n``, after its facts are durable. ``told``: callers in clear, to who asked for them."""

    n: Serial
    id: str
    position: Count
    entries: tuple[msgspec.Raw, ...]
    refusal: RefusalFrame | None
    told: Annotated[tuple[CallerFrame, ...], msgspec.Meta(max_length=64)]


class Trouble(_Frame, frozen=True, tag="trouble"):
    """Submit ``n`` was not done (0: the board cannot be had); a fault of the core's surroundings, in words."""

    n: Count
    title: Text
    cause: Text
    remedy: Text
    exit_code: Annotated[int, msgspec.Meta(ge=1, le=255)]


class Ask(_Frame, frozen=True, tag="ask"):
    """A question about the past (``wire.asking``). ``n`` counts the desk's questions on this connection."""

    n: Serial
    question: Question


class Told(_Frame, frozen=True, tag="told"):
    """One page of the answer to question ``n``; ``next`` says from where it goes on, 0 that this is the end."""

    n: Serial
    next: Count
    items: Annotated[tuple[msgspec.Raw, ...], msgspec.Meta(max_length=MOST_ITEMS)]


class Untold(_Frame, frozen=True, tag="untold"):
    """Question ``n`` is not answered, in words: it is not this duty's to ask, or the history cannot be read."""

    n: Serial
    title: Text
    cause: Text
    remedy: Text
    exit_code: Annotated[int, msgspec.Meta(ge=1, le=255)]


class Beat(_Frame, frozen=True, tag="beat", omit_defaults=True):
    """Here. ``now`` is the sender's clock (UTC ms). ``n`` counts its beats on this connection; 0 wants no answer, as
    in versions that did not number them."""

    now: Count
    n: Count = 0


class Heard(_Frame, frozen=True, tag="heard"):
    """Beat ``n`` of the other side came."""

    n: Serial


class Bye(_Frame, frozen=True, tag="bye"):
    """The last frame of whoever ends the link, with the reason in words. ``again``: whether to try once more."""

    code: Short
    zh: Text = ""
    en: Text = ""
    again: bool = False


DeskFrame = Hello | Join | Leave | Submit | Ask | Beat | Heard | Bye
"""What a desk sends."""

CoreFrame = Welcome | Image | Resumed | Facts | Answer | Trouble | Told | Untold | Beat | Heard | Bye
"""What a core sends."""

Frame = DeskFrame | CoreFrame


class _First(msgspec.Struct, frozen=True, gc=False):
    """As much of a hello as every version has: unknown fields are passed over."""

    k: str
    speaks: tuple[Version, Version] = (1, 1)


class _Last(msgspec.Struct, frozen=True, gc=False):
    """As much of a bye as every version has."""

    k: str
    code: Short = ""
    zh: Text = ""
    en: Text = ""
    again: bool = False


_desk_frame: Callable[[str], DeskFrame] = msgspec.json.Decoder(DeskFrame).decode
_core_frame: Callable[[str], CoreFrame] = msgspec.json.Decoder(CoreFrame).decode
_first = msgspec.json.Decoder(_First).decode
_last = msgspec.json.Decoder(_Last).decode

_BYE = '{"k":"bye"'
_NOT_READ = (*UNREADABLE, UnicodeError)


def encode(frame: Frame) -> bytes:
    return write_json(frame)


def facts_frame(payloads: tuple[bytes, ...], hashed: bytes) -> bytes:
    """A ``facts`` frame from entries that are written already, made once for all desks."""
    first = b'{"k":"facts","hash":"%b","entries":[%b' % (hashed.hex().encode(), payloads[0])
    if len(payloads) == 1:
        return first + b"]}"
    return b",".join((first, *payloads[1:-1], payloads[-1] + b"]}"))


def decode_from_desk(message: str) -> DeskFrame:
    """Raises Unreadable for anything but a frame that a desk may send."""
    try:
        return _desk_frame(message)
    except _NOT_READ as fault:
        raise Unreadable(plain(fault)) from fault


def decode_from_core(message: str) -> CoreFrame:
    """Raises Unreadable for anything but a frame that a core may send. A bye of any version is read."""
    try:
        if message.startswith(_BYE):
            last = _last(message)
            return Bye(last.code, last.zh, last.en, last.again)
        return _core_frame(message)
    except _NOT_READ as fault:
        raise Unreadable(plain(fault)) from fault


def versions_of(message: str) -> tuple[int, int]:
    """The versions that a first frame offers, whatever else is in it. Raises Unreadable if it is no hello."""
    try:
        first = _first(message)
    except _NOT_READ as fault:
        raise Unreadable(plain(fault)) from fault
    if first.k != "hello" or first.speaks[0] > first.speaks[1]:
        raise Unreadable("the first frame is not a hello")
    return first.speaks
