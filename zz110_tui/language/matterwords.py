"""Matters in a line: how their numbers, kinds, desks and squads are read, and how one is said in a short line."""

from __future__ import annotations

import re
from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.decisions.roster import roster_of
from zz110_tui.core.ledger import LedgerEntry
from zz110_tui.core.matters import LETTERS, Matter
from zz110_tui.core.messages import Message, Reader, ReaderKind
from zz110_tui.core.notices import Bolo, Notice, WarningNotice, may_be_read
from zz110_tui.core.orders import Order
from zz110_tui.core.roster import Roster
from zz110_tui.core.supports import Support
from zz110_tui.core.terms import TERMS, subject_no, term
from zz110_tui.core.terms_matters import GRADES
from zz110_tui.language.reading import FULL, UNFINISHED, Reading
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import EVERY
from zz110_tui.language.verb import Slot
from zz110_tui.language.words import area, listed, short_text

_KIND_OF = {letter: kind for kind, letter in LETTERS.items()}
_MATTER = re.compile(r"([mtwsbe])0*([0-9]{1,9})", re.IGNORECASE)
_DESK = re.compile(r"(?:席位|desk)?([0-9A-Za-z]{1,8})", re.IGNORECASE)
_SQUAD = re.compile(r"[^\W\d_]\w{0,19}|\d{1,3}[^\W\d_]\w{0,16}")
_COUNT = re.compile(r"[0-9]{1,5}")

INITIALS: dict[str, tuple[str, ...]] = {
    "command": ("zh", "zhihui", "指挥"),
    "joint_ops": ("hczz", "hecheng", "合成"),
    "patrol_check": ("xlpc", "xunluo", "盘查"),
    "standing_post": ("ddld", "liangdeng", "亮灯"),
    "school_guard": ("hx", "huxue", "护学岗"),
    "event": ("sj",),
    "place": ("dd",),
    "vehicle": ("cl", "车", "car"),
    "object": ("wp",),
    "wanted": ("zt", "在逃"),
    "missing": ("sz", "失踪"),
    "in_danger": ("yx", "遇险"),
    "lead": ("xs",),
    "people": ("jl",),
    "drone": ("wrj",),
    "video": ("sp", "监控"),
    "data": ("sj",),
    "other": ("qt",),
    "dispute": ("jf",),
    "hazard": ("yh",),
}
"""Pinyin initials and short words for kinds, beside their code and their names in both languages."""


def subject_of(word: str) -> Subject | None:
    """``t12`` as the order 12; None for what is no matter's number."""
    found = _MATTER.fullmatch(word)
    return Subject(_KIND_OF[found[1].lower()], str(int(found[2]))) if found else None


def read_matter(word: str, slot: Slot, scene: Scene) -> Reading | None:
    """A matter on the board that the verb can be about; ``.`` is the selected one."""
    subject = scene.selected if word == "." else subject_of(word)
    if subject is None or subject.kind not in slot.of:
        return None
    matter = scene.board.matters.get(subject)
    return None if matter is None else Reading(subject, FULL, not matter.open)


def names_of(value: StrEnum) -> tuple[str, ...]:
    """Everything a coded kind may be typed as."""
    words = TERMS[type(value)][value.value]
    return (value.value, words.zh, words.en, words.en.replace(" ", "_"), *INITIALS.get(value.value, ()))


def read_choice(word: str, slot: Slot) -> Reading | None:
    """One of the slot's coded values, in full or begun."""
    folded = word.casefold()
    values = list(slot.among) if slot.among is not None else []
    exact = [value for value in values if folded in (name.casefold() for name in names_of(value))]
    if len(exact) == 1:
        return Reading(exact[0])
    begun = exact or [v for v in values if any(name.casefold().startswith(folded) for name in names_of(v))]
    if not folded or not begun:
        return None
    if len(begun) > 1:
        among = tuple((value.value, TERMS[type(value)][value.value].zh) for value in begun)
        return Reading(strength=UNFINISHED, among=among)
    return Reading(begun[0], UNFINISHED)


def read_desks(word: str, scene: Scene) -> Reading | None:
    """Desks of the room, ``03,04``; ``*`` is every staffed one."""
    if word == EVERY:
        return Reading(tuple(desk.id for desk in scene.board.desks.values() if desk.staffed))
    found: list[str] = []
    for part in word.strip(",、").replace("、", ",").split(","):
        named = _DESK.fullmatch(part)
        known = [d for d in scene.board.desks if named and d.casefold() in (named[1].casefold(), part.casefold())]
        if len(known) != 1:
            return None
        found += known
    return Reading(tuple(dict.fromkeys(found)))


def read_squad(word: str, scene: Scene) -> Reading | None:
    """A squad's name; a new one has to have a letter, so that it cannot be taken for units."""
    known = [squad.name for squad in roster_of(scene.board).squads]
    if word in known:
        return Reading(word)
    begun = [name for name in known if name.startswith(word)]
    if len(begun) == 1 and word:
        return Reading(begun[0], UNFINISHED)
    return Reading(word, UNFINISHED) if _SQUAD.fullmatch(word) else None


def read_count(word: str) -> Reading | None:
    return Reading(int(word)) if word.isascii() and _COUNT.fullmatch(word) else None


# -- one short line --------------------------------------------------------------------------------------------------


def notice_text(notice: Notice, scene: Scene) -> str:
    """The words of a notice, for a desk whose look is recorded; for others how to get to see them."""
    if may_be_read(notice, scene.who.desk, scene.who.person, scene.now):
        return notice.text
    name = subject_no(notice.subject)
    return scene.say(f"（s {name} 查阅留痕）", f"(s {name} shows it; the look is recorded)")


def grade(scene: Scene, number: int) -> str:
    words = GRADES.get(number)
    return words.in_(scene.language) if words else str(number)


def reader(one: Reader, scene: Scene) -> str:
    return scene.say(f"席位{one.id}", f"desk {one.id}") if one.kind is ReaderKind.DESK else one.id


def kind_words(matter: Matter, scene: Scene) -> str:
    """``指令 护学``: what it is."""
    family = term(matter.subject.kind, scene.language)
    match matter:
        case Order() | Support() | LedgerEntry():
            return f"{family} {term(matter.kind, scene.language)}"
        case WarningNotice():
            head = scene.say(f"{grade(scene, matter.grade)}{family}", f"{grade(scene, matter.grade)} {family}")
            return f"{head} {term(matter.about, scene.language)}"
        case Bolo():
            return f"{family} {term(matter.about, scene.language)}"
        case _:
            return family


def who_words(matter: Matter, scene: Scene) -> str:
    """Whose hand it is in now."""
    match matter:
        case Message():
            return listed((reader(r, scene) for r in matter.unread or matter.readers), scene.language)
        case Order():
            live = [f"{e.unit} {term(e.stage, scene.language)}" for e in matter.errands if e.live]
            return listed(live or [e.unit for e in matter.errands], scene.language)
        case WarningNotice():
            return matter.unit
        case Support():
            return matter.station
        case LedgerEntry():
            return matter.holder
        case Roster():
            return matter.on
        case _:
            return ""


def stage_words(matter: Matter, scene: Scene) -> str:
    return "" if isinstance(matter, Roster) else term(matter.stage, scene.language)


def text_of(matter: Matter, scene: Scene) -> str:
    match matter:
        case WarningNotice() | Bolo():
            return notice_text(matter, scene)
        case Roster():
            return listed((squad.name for squad in matter.squads), scene.language)
        case _:
            return matter.text


def place_words(matter: Matter, scene: Scene) -> str:
    return "" if isinstance(matter, Message | Roster) or not matter.place.text else area(scene, matter.place)


def matter_parts(matter: Matter, scene: Scene) -> tuple[str, ...]:
    """Number, kind, place, whose hand it is in, how far it is: those that there are."""
    name = "" if isinstance(matter, Roster) else subject_no(matter.subject)
    parts = (
        name,
        kind_words(matter, scene),
        place_words(matter, scene),
        who_words(matter, scene),
        "" if isinstance(matter, Order) and matter.open else stage_words(matter, scene),
    )
    return tuple(part for part in parts if part)


def matter_words(matter: Matter, scene: Scene) -> str:
    """``t12 指令 护学 F7 03 签收``: enough to tell it from the others."""
    return " ".join(matter_parts(matter, scene))


def matter_line(matter: Matter, scene: Scene) -> str:
    """The same with its text."""
    text = text_of(matter, scene)
    return f"{matter_words(matter, scene)} / {short_text(text)}" if text else matter_words(matter, scene)


def name_or_words(subject: Subject, scene: Scene) -> str:
    """A matter in a preview: in words where it is on the board, else its number."""
    matter = scene.board.matters.get(subject)
    return matter_words(matter, scene) if matter is not None else subject_no(subject)


def open_matters(scene: Scene, *kinds: SubjectKind) -> list[Matter]:
    """The open matters of some families, the most urgent and oldest first."""
    found = [m for m in scene.board.matters.values() if m.open and m.subject.kind in kinds]
    return sorted(found, key=lambda m: (m.priority, m.opened_at, m.number))
