"""What a verb of the desk's language is: its names, and the places (slots) its line has."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words


class Kind(StrEnum):
    """What may stand in a slot."""

    UNITS = "units"
    UNIT = "unit"
    INCIDENT = "incident"
    REPORT = "report"
    TYPE = "type"
    DISPOSITION = "disposition"
    RECEIVER = "receiver"
    PRIORITY = "priority"
    UNTIL = "until"
    PLACE = "place"
    POST = "post"
    SATISFIED = "satisfied"
    CHANNEL = "channel"
    ALARM = "alarm"
    FLAG = "flag"
    NUMBER = "number"
    """of a question"""
    NUMBERS = "numbers"
    """of steps: ``2``, ``1,3``, ``1-3``, ``*``"""
    REPLY = "reply"
    PACE = "pace"
    """how a suspect left: on foot, by bike, by car"""
    METRES = "metres"
    MATTER = "matter"
    """an order, a warning, a message …, by its letter and number"""
    CHOICE = "choice"
    """one of the coded values in ``Slot.among``"""
    DESKS = "desks"
    SQUAD = "squad"
    COUNT = "count"
    PERSON = "person"
    SEAT = "seat"
    PAST = "past"
    RAW = "raw"
    """the words as they stand"""


class Fits(StrEnum):
    """Which incidents (or reports) a verb is about: where an unfinished number and "the only one" are looked for."""

    ANY = "any"
    LIVE = "live"
    OPEN = "open"
    QUEUED = "queued"
    HELD = "held"
    WORKING = "working"
    ON_SCENE = "on_scene"
    HANDLED = "handled"
    FED_BACK = "fed_back"
    CLOSABLE = "closable"
    ENDED = "ended"
    LINKED = "linked"
    WAITING = "waiting"
    """of reports: received and unanswered"""


class Text(StrEnum):
    """Whether free text after `` / `` belongs to the verb."""

    NONE = "none"
    MAY = "may"
    MUST = "must"


class Group(StrEnum):
    """The verbs in the order of a call's life, as help lists them."""

    TAKING = "taking"
    INTAKE = "intake"
    SENDING = "sending"
    PROGRESS = "progress"
    SLIP = "slip"
    ENDING = "ending"
    MATTERS = "matters"
    ROOM = "room"
    ASKING = "asking"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a verb's line. ``field`` is its name in ``field=value``.

    ``wanted``: the line usually has it, and where two readings fit the one that fills it is meant. ``bare``: its value
    may stand without the field's name. ``least_digits``: a bare number of an incident with fewer is something else.
    """

    field: str
    kind: Kind
    wanted: bool = False
    bare: bool = True
    fits: Fits = Fits.ANY
    least_digits: int = 1
    of: tuple[SubjectKind, ...] = ()
    """which families a matter may be of"""
    among: type[StrEnum] | None = None
    """the coded values a choice is one of"""


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. ``key`` is its stable name in keymaps and tests. Slots stand in canonical order."""

    key: str
    short: str
    long: str
    zh: str
    pinyin: str
    group: Group
    does: Words
    slots: tuple[Slot, ...] = ()
    text: Text = Text.NONE
    more: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a line may begin with."""
        return tuple(dict.fromkeys((self.short, self.long, self.zh, self.pinyin, *self.more)))

    def slot(self, field: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.field == field), None)


FIELDS: dict[str, tuple[str, ...]] = {
    "u": ("unit", "units", "警力"),
    "i": ("incident", "警情"),
    "r": ("report", "接警"),
    "at": ("place", "地点"),
    "t": ("type", "类别"),
    "p": ("priority", "级别"),
    "d": ("disposition", "结果"),
    "to": ("到", "转"),
    "until": ("for", "至"),
    "ok": ("satisfied", "满意"),
    "ch": ("channel", "方式"),
    "c": ("caller", "报警人"),
    "tel": ("contact", "电话"),
    "src": ("source", "来源"),
    "stack": ("续派",),
    "al": ("alarm", "警报"),
    "no": ("matter", "事务"),
    "k": ("kind", "种类"),
    "who": ("from", "单位"),
    "case": ("案号",),
    "basis": ("依据",),
    "res": ("result", "成果"),
    "ct": ("count", "人数"),
    "sq": ("squad", "班"),
    "turns": ("轮次",),
    "q": ("about", "查"),
    "n": ("number", "第"),
    "v": ("reply", "答"),
    "done": ("做",),
    "rcv": ("received", "接报"),
    "dis": ("dispatched", "派出"),
    "arr": ("arrived", "到达"),
    "clr": ("cleared", "处毕"),
    "pn": ("paper", "纸单"),
    "sb": ("successor", "接班人"),
    "seat": ("席位",),
    "by": ("pace", "乘"),
    "m": ("metres", "半径"),
    "url": ("网址",),
    "or": ("against", "或"),
}
"""Every field: its short name, and its long and Chinese ones."""

FIELD_NAMES: dict[str, str] = {name: field for field, more in FIELDS.items() for name in (field, *more)}
"""Any spelling of a field's name -> its short name."""
