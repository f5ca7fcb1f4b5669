"""Facts, commands and board images as bytes, and back. The layout is a public contract: ``docs/journal.md``.

An entry is one line of compact UTF-8 JSON with its keys in this order::

    {"p":12,"t":1700000000000,"who":{…},"c":"<command id>","f":"incident_opened","v":1,"d":{…}}

The same entry gives the same bytes on every machine, and only those bytes are read again: ``encode_entry`` and
``decode_entry`` are inverse to each other. Everything that cannot be read raises Trouble, and nothing else.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Annotated, Any

import msgspec

from zz110_tui.core.board import BoardImage
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Entry, Fact
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.names import COMMANDS, FACTS, Names
from zz110_tui.wire.shapes import UNREADABLE, Shapes, no_field_too_many, plain, write_json
from zz110_tui.wire.upcast import COMMAND_UPCASTS, UPCASTS, Steps

MAX_ENTRY_BYTES = 4 << 20
"""A city of ten thousand units, or a day of a hundred thousand slips filed at once, fits in one entry."""

MAX_COMMAND_BYTES = 4 << 20
MAX_IMAGE_BYTES = 512 << 20

IMAGE_VERSION = 1
"""Goes up when the same fields begin to mean something else, and when a new field is to be filled from facts that there
were before: an image of another version is not read. New fields alone have usual values."""

LARGEST = (1 << 63) - 1

_Count = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
_Time = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class _ReadEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    p: _Count
    t: _Time
    who: Actor
    c: str
    f: _Word
    v: _Count
    d: msgspec.Raw


class _WrittenEntry(msgspec.Struct, frozen=True, gc=False):
    p: int
    t: int
    who: Actor
    c: str
    f: str
    v: int
    d: Fact | msgspec.Raw


class _ReadCommand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    do: _Word
    v: _Count = 1
    d: msgspec.Raw = msgspec.Raw(b"{}")


class _WrittenCommand(msgspec.Struct, frozen=True):
    do: str
    v: int
    d: Command


_read_entry = msgspec.json.Decoder(_ReadEntry).decode
_read_actor = msgspec.json.Decoder(Actor).decode
_read_command = msgspec.json.Decoder(_ReadCommand).decode


class EntryCodec:
    """Entries as bytes under a table of names and the steps for their old versions."""

    def __init__(self, names: Names[Fact], steps: Steps) -> None:
        self._names = names
        self._shapes = Shapes(names, steps, ("事实", "fact"))
        self._actor: Actor | None = None

    def encode(self, entry: Entry) -> bytes:
        """Raises Trouble for an entry that could not be read again (a field of a wrong type, too large)."""
        name, fact = self._shapes.checked(entry.fact)
        position, at, actor, command = entry.position, entry.at, entry.actor, entry.command
        if actor is not self._actor:
            self._check_actor(entry)
        if not (
            type(position) is int
            and 1 <= position <= LARGEST
            and type(at) is int
            and 0 <= at <= LARGEST
            and type(command) is str
        ):
            raise _unwritable(entry, "a field of the entry is not of its declared type, or out of range")
        try:
            payload = write_json(_WrittenEntry(position, at, actor, command, name.text, name.version, fact))
        except UNREADABLE as fault:
            raise _unwritable(entry, plain(fault)) from fault
        if len(payload) > MAX_ENTRY_BYTES:
            raise _unwritable(entry, f"{len(payload)} bytes > {MAX_ENTRY_BYTES}")
        return payload

    def _check_actor(self, entry: Entry) -> None:
        """Most entries in a row are by one actor, who is looked at once."""
        try:
            if _read_actor(write_json(entry.actor)) != entry.actor:
                raise ValueError("the actor has a field of a wrong type")
        except UNREADABLE as fault:
            raise _unwritable(entry, plain(fault)) from fault
        self._actor = entry.actor

    def decode(self, payload: bytes) -> Entry:
        """Raises Trouble for everything that :meth:`encode` did not write, today or as an older version."""
        if len(payload) > MAX_ENTRY_BYTES:
            raise _unreadable(f"{len(payload)} bytes > {MAX_ENTRY_BYTES}")
        try:
            record = _read_entry(payload)
            fact, of_today = self._shapes.read(record.f, record.v, record.d)
            entry = Entry(record.p, record.t, record.who, record.c, fact)
            again = write_json(self._record(entry) if of_today else record)
        except UNREADABLE as fault:
            raise _unreadable(plain(fault)) from fault
        if again != payload:
            raise _unreadable("not in the canonical form: a field too many or too few, or spelt another way")
        return entry

    def _record(self, entry: Entry) -> _WrittenEntry:
        """The entry as it is written, unchecked: for one that was read, or that is in the journal already."""
        name = self._names.of[type(entry.fact)]
        return _WrittenEntry(entry.position, entry.at, entry.actor, entry.command, name.text, name.version, entry.fact)

    # -- board images: the values, and the entries of their chronology as above ------------------------------------

    def encode_image(self, image: BoardImage) -> bytes:
        """Raises Trouble for an image that cannot be written."""
        fields = {name: getattr(image, name) for name in _IMAGE_FIELDS}
        fields["chronology"] = [self._record(entry) for entry in image.chronology]
        try:
            return write_json({"image": IMAGE_VERSION, **fields})
        except UNREADABLE as fault:
            raise Trouble(
                "盘面无法写出 / the board cannot be written",
                plain(fault),
                "日志完好；请把这段话交给维护者 / the journal is whole; give these words to the maintainer",
                exit_code=70,
            ) from fault

    def decode_image(self, payload: bytes) -> BoardImage:
        """Raises Trouble for a damaged image, and for one of a newer version of the program.

        One of an older version that knew fewer fields is read with their usual values: so a store with a long past
        starts from it after an upgrade as well.
        """
        if len(payload) > MAX_IMAGE_BYTES:
            raise _no_image(f"{len(payload)} bytes > {MAX_IMAGE_BYTES}")
        try:
            record: Any = _read_image(payload)
            fields = {name: getattr(record, name) for name in _IMAGE_FIELDS}
            fields["chronology"] = tuple(self.decode(bytes(raw)) for raw in record.chronology)
            image = BoardImage(**fields)
            again = write_json(record)
            whole = again == payload or _knew_fewer(payload, again)
        except UNREADABLE as fault:
            raise _no_image(plain(fault)) from fault
        except Trouble as fault:
            raise _no_image(fault.cause) from fault
        if record.image != IMAGE_VERSION:
            raise _no_image(f"image v{record.image}, not v{IMAGE_VERSION}")
        if not whole:
            raise _no_image("its fields are not those of this version")
        return image


def _knew_fewer(old: bytes, new: bytes) -> bool:
    """Whether ``new`` says all that ``old`` says, and besides only fields that ``old`` had not."""
    told = msgspec.json.decode(old)
    return write_json(told) == old and _says_all(told, msgspec.json.decode(new))


def _says_all(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return all(name in new and _says_all(value, new[name]) for name, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_says_all, old, new))
    return type(old) is type(new) and bool(old == new)


def _image_record() -> type[msgspec.Struct]:
    hints = typing.get_type_hints(BoardImage)
    hints["chronology"] = tuple[msgspec.Raw, ...]
    usual = {field.name: field.default for field in dataclasses.fields(BoardImage)}
    fields: list[Any] = [
        (name, hint) if usual[name] is dataclasses.MISSING else (name, hint, usual[name])
        for name, hint in hints.items()
    ]
    return msgspec.defstruct("_ReadImage", [("image", int), *fields], frozen=True, forbid_unknown_fields=True)


_IMAGE_FIELDS = tuple(field.name for field in dataclasses.fields(BoardImage))
_read_image = msgspec.json.Decoder(_image_record()).decode

_ENTRIES = EntryCodec(FACTS, UPCASTS)
_COMMANDS = Shapes(COMMANDS, COMMAND_UPCASTS, ("命令", "command"))

encode_entry = _ENTRIES.encode
decode_entry = _ENTRIES.decode
encode_image = _ENTRIES.encode_image
decode_image = _ENTRIES.decode_image


def encode_command(command: Command) -> bytes:
    """``{"do":"dispatch","v":1,"d":{…}}`` with every field. Raises Trouble for a value of a wrong type."""
    name, checked = _COMMANDS.checked(command)
    return write_json(_WrittenCommand(name.text, name.version, checked))


def decode_command(payload: bytes) -> Command:
    """A command from a link or a script: any order and spacing, fields with a usual value may be left out.

    ``v`` left out means 1. Raises Trouble for anything else: a field too many, a wrong type, too large, not JSON.
    """
    if len(payload) > MAX_COMMAND_BYTES:
        raise _no_command(f"{len(payload)} bytes > {MAX_COMMAND_BYTES}")
    try:
        record = _read_command(payload)
        command, of_today = _COMMANDS.read(record.do, record.v, record.d)
        if of_today and write_json(command) != bytes(record.d):
            no_field_too_many(msgspec.json.decode(record.d), msgspec.to_builtins(command))
    except UNREADABLE as fault:
        raise _no_command(plain(fault)) from fault
    return command


def _unreadable(cause: str) -> Trouble:
    return Trouble(
        "日志中有一条读不懂 / an entry of the journal cannot be read",
        cause,
        "zz110 journal verify 查看位置，再 zz110 backup restore 恢复 / zz110 journal verify says where; then restore a "
        "backup with zz110 backup restore",
    )


def _unwritable(entry: Entry, cause: str) -> Trouble:
    return Trouble(
        f"第 {entry.position} 条无法写出 / entry {entry.position} cannot be written",
        cause,
        "什么都没有存；请把这段话交给维护者 / nothing was stored; give these words to the maintainer",
        exit_code=70,
    )


def _no_image(cause: str) -> Trouble:
    return Trouble(
        "盘面快照读不懂 / this image of the board cannot be read",
        cause,
        "不要紧：盘面会从日志重新算出 / no harm: the board is computed from the journal instead",
    )


def _no_command(cause: str) -> Trouble:
    return Trouble(
        "命令读不懂 / this command cannot be read",
        cause,
        '写成 {"do":"dispatch","d":{"incident":142,"units":["03"]}} 的样子 / write it like that',
        exit_code=2,
    )
