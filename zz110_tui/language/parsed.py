"""What a line turned out to mean."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import Subject
from zz110_tui.core.commands import Command
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.whatif import Option
from zz110_tui.language.verb import Verb


class Status(StrEnum):
    """Only READY may be sent. INCOMPLETE: go on typing. AMBIGUOUS: take a choice. WRONG: it would be refused."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    AMBIGUOUS = "ambiguous"
    WRONG = "wrong"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Find:
    """Look for something on the board, in the history and in the gazetteer."""

    text: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show one report, incident or unit."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class Help:
    """``topic`` is a verb's name, ``types``, ``dispositions``, ``receivers``, or empty for everything."""

    topic: str = ""


class Topic(StrEnum):
    """What a study is about."""

    RECOMMEND = "recommend"
    WHY = "why"
    COVER = "cover"
    RING = "ring"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Study:
    """Something reckoned from the board and the city: shown in lines, and on the map where it has a shape.

    ``incident`` 0, ``unit`` and ``post`` empty and ``point`` None where the topic does not need them. ``pace`` is how a
    suspect left (``foot``, ``bike``, ``car``).
    """

    topic: Topic
    incident: int = 0
    unit: str = ""
    post: str = ""
    point: Point | None = None
    pace: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two alternatives to be simulated side by side; ``incident`` is whose arrival is looked at, 0 for none."""

    options: tuple[Option, Option]
    incident: int = 0


Query = Find | Show | Help | Study | WhatIf


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on. ``insert`` is the whole line as it would then stand; ``words`` say what it means."""

    insert: str
    words: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line as read. Exactly one of ``command`` and ``query`` is set when it is READY.

    ``command`` may also be set when it is WRONG: it is the command that would be refused. ``preview`` says what Enter
    will do, or why it will not; ``hint`` what to type next, or to do instead. Both are cleaned for drawing. ``likely``
    are incidents that the call being typed may belong to, each with the line that links it. ``offer`` is the line with
    a suggestion taken, for one key. ``whole`` is a text made by the line that the preview has no room for.
    """

    status: Status
    command: Command | None = None
    query: Query | None = None
    preview: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    verb: Verb | None = None
    likely: tuple[Choice, ...] = ()
    offer: str = ""
    whole: str = ""

    @property
    def ready(self) -> bool:
        return self.status is Status.READY
