"""The work behind ``zz110 message|order|warning|support|bolo|ledger|roster``, and matters as documents."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document, Pen, clock, place
from zz110_tui.cli.history import filed_matter, open_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.slipview import older_elsewhere, told_line
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.wiring import Reading, open_board
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.facts import Entry
from zz110_tui.core.matters import Matter
from zz110_tui.core.notices import Bolo, WarningNotice, may_be_read
from zz110_tui.core.places import Place
from zz110_tui.core.roster import Roster
from zz110_tui.core.terms import subject_no, term
from zz110_tui.language.describing_matters import matter_lines
from zz110_tui.language.matterwords import kind_words, matter_words, place_words, stage_words, text_of, who_words
from zz110_tui.language.saying import tell_fact
from zz110_tui.language.scene import Scene, zone

HIDDEN = ("text", "found")
"""Fields of a notice that only a desk with a recorded look is given."""


def list_matters(invocation: Invocation, kind: str, every: bool, as_json: bool) -> None:
    family = SubjectKind(kind)
    around = look_around(invocation)
    with open_board(around) as reading:
        found = _ever(reading, family) if every else _open(reading.board.matters.values(), family)
        scene = reading.scene()
        if as_json:
            output.document([matter_document(matter, reading.pen, scene) for matter in found])
            return
        heads = ("编号", "级", "种类", "阶段", "时间", "谁", "地点", "内容")
        names = ("no", "p", "kind", "stage", "since", "who", "place", "text")
        output.table(heads if scene.language == "zh" else names, [_row(matter, scene) for matter in found])
        say(scene.say(f"共 {len(found)} 条", f"{len(found)} in all"))


def _open(matters: Iterable[Matter], family: SubjectKind) -> list[Matter]:
    found = [matter for matter in matters if matter.open and matter.subject.kind is family]
    return sorted(found, key=lambda matter: (matter.priority, matter.opened_at, matter.number))


def _ever(reading: Reading, family: SubjectKind) -> list[Matter]:
    """Every matter of a family as it was last, from the history."""
    if reading.elsewhere is not None:
        return reading.elsewhere.matters(family)
    note_reading(reading.around, "read", f"{family} list --all")
    with open_history(reading.around, reading.journal) as history:
        return sorted(history.matters_of(family), key=lambda matter: matter.number)


def _row(matter: Matter, scene: Scene) -> list[str]:
    return [
        subject_no(matter.subject),
        str(matter.priority),
        kind_words(matter, scene),
        stage_words(matter, scene),
        clock(matter.opened_at, zone(scene.timezone)),
        who_words(matter, scene),
        place_words(matter, scene),
        text_of(matter, scene),
    ]


def show_matter(invocation: Invocation, kind: str, number: int, as_json: bool) -> bool:
    """Whether there is such a matter, on the board or filed."""
    subject = Subject(SubjectKind(kind), str(number))
    around = look_around(invocation)
    with open_board(around) as reading:
        found = _found(reading, subject)
        scene = reading.scene()
        if found is None:
            name = term(subject.kind, scene.language) if kind == "roster" else subject_no(subject)
            say(around.say(f"没有 {name}", f"there is no {name}"))
            say(around.say(f"  → 看 zz110 {kind} list --all", f"  → see zz110 {kind} list --all"))
            return False
        matter, story, elsewhere = found
        if as_json:
            told = [reading.pen.told(entry, tell_fact(entry.fact, scene)) for entry in story]
            output.document(
                {
                    **matter_document(matter, reading.pen, scene),
                    "chronology": told,
                    "chronology_elsewhere": elsewhere or None,
                }
            )
            return True
        for line in matter_text(matter, story, scene, elsewhere):
            output.text(line)
        return True


def _found(reading: Reading, subject: Subject) -> tuple[Matter, tuple[Entry, ...], str] | None:
    """The matter, what happened to it, and the archive that has what is missing there."""
    matter = reading.board.matters.get(subject)
    if matter is not None:
        return matter, reading.board.chronology(subject), ""
    if not 0 < int(subject.id) < reading.board.next_number(subject.kind):
        return None
    return filed_matter(reading.around, reading.journal, subject)


def matter_text(matter: Matter, story: Iterable[Entry], scene: Scene, elsewhere: str = "") -> list[str]:
    """The whole matter to be read: what is known, and what happened."""
    lines = [matter_words(matter, scene)]
    lines += [f"  {line}" for line in matter_lines(matter, scene)]
    lines += ["", scene.say("经过", "Chronology")]
    if elsewhere:
        lines.append("  " + older_elsewhere(elsewhere, scene))
    return lines + [f"  {told_line(entry, scene)}" for entry in story]


def matter_document(matter: Matter, pen: Pen, scene: Scene) -> Document:
    """Every field of the matter under its own name; a notice's words only where a look is recorded."""
    written: Document = {"matter": str(matter.subject), "name": subject_no(matter.subject), "open": matter.open}
    written |= _fields(matter, pen)
    seen = isinstance(matter, Roster) or not isinstance(matter, WarningNotice | Bolo)
    if not seen and not may_be_read(matter, scene.who.desk, scene.who.person, scene.now):  # type: ignore[arg-type]
        written |= dict.fromkeys((name for name in HIDDEN if name in written), None)
    return written


def _fields(value: Any, pen: Pen) -> Document:
    written: Document = {}
    for field in dataclasses.fields(value):
        found = getattr(value, field.name)
        if field.name == "at" or field.name.endswith("_at"):
            written |= pen.times(**{field.name: found})
        else:
            written[field.name] = _plain(found, pen)
    return written


def _plain(value: Any, pen: Pen) -> Any:
    if isinstance(value, Place):
        return place(value)
    if isinstance(value, StrEnum):
        return value.value
    if dataclasses.is_dataclass(value):
        return _fields(value, pen)
    if isinstance(value, tuple):
        return [_plain(one, pen) for one in value]
    return value if value != "" else None
