"""Messages (消息) between desks and units: words that somebody has to have read."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.records import dataclass

USUAL = 3
"""The priority of a message when nobody says; only 1 and 2 become an alarm while they are unread."""

PRESSING = 2
"""Unread messages of this priority and above are an alarm."""


class MessageStage(StrEnum):
    """How far a message is: READ when everybody it went to has read it."""

    SENT = "sent"
    READ = "read"
    ENTERED_IN_ERROR = "entered_in_error"


class ReaderKind(StrEnum):
    DESK = "desk"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Reader:
    """A desk or a unit that a message goes to. ``read_at`` (UTC ms) is 0 while it is unread."""

    kind: ReaderKind
    id: str
    read_at: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """``desk`` and ``person`` sent it; ``incident`` is what it is about, 0 for nothing on the board."""

    number: int
    priority: int
    text: str
    incident: int
    desk: str
    person: str
    opened_at: int
    readers: tuple[Reader, ...]
    stage: MessageStage = MessageStage.SENT
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.MESSAGE, str(self.number))

    @property
    def open(self) -> bool:
        return self.stage is MessageStage.SENT

    @property
    def unread(self) -> tuple[Reader, ...]:
        return tuple(reader for reader in self.readers if not reader.read_at)

    def reader(self, kind: ReaderKind, name: str) -> Reader | None:
        return next((r for r in self.readers if r.kind is kind and r.id == name), None)
