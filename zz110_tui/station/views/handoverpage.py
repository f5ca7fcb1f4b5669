"""The hand-over (交接班) page: notes that nobody has read yet, what is open in the room, and how to hand over."""

from __future__ import annotations

from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.core.desks import HandOverNote
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.banner import Notice
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, wrap
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.views.work import Work
from zz110_tui.station.views.worklist import item_row
from zz110_tui.station.words import say


def unread(scene: Scene) -> tuple[HandOverNote, ...]:
    """The notes at this desk that its person has not read, and did not write."""
    return tuple(n for n in scene.board.hand_overs.get(scene.desk, ()) if n.leaving != scene.who.person)


def notice(scene: Scene) -> tuple[Notice, ...]:
    notes = unread(scene)
    if not notes:
        return ()
    words = say("notes_unread", scene.language, n=len(notes), who=visible(notes[-1].leaving))
    return (Notice(words, Role.ATTENTION, (say("notes_how", scene.language),)),)


def lines(work: Work, scene: Scene, ui: Ui, columns: int) -> list[Row]:
    """Everything of the page under its heading, however long."""
    language = scene.language
    made: list[Row] = []
    notes = scene.board.hand_overs.get(scene.desk, ())
    if notes:
        made.append(_title(say("notes", language, n=len(notes)), columns))
        made += [row for note in notes for row in _note(note, scene, columns)]
    made.append(_title(say("open_now", language, n=len(work.items)), columns))
    made += [item_row(item, scene, ui, columns) for item in work.items]
    return [*made, BLANK, *_how(scene, columns)]


def _title(text: str, columns: int) -> Row:
    return fit(((f" {text}", Role.ATTENTION),), columns)


def _note(note: HandOverNote, scene: Scene, columns: int) -> list[Row]:
    to = f" → {visible(note.arriving)}" if note.arriving else ""
    head = f"{clock(note.at, scene.timezone)} ({span(scene.now - note.at)}) {visible(note.leaving)}{to}"
    counted = say(
        "open_then", scene.language, reports=len(note.reports), incidents=len(note.incidents), alarms=note.alarms
    )
    made = [fit(((f"  {head}  {counted}", Role.MUTED),), columns)]
    return made + [fit(((f"    {line}", Role.TEXT),), columns) for line in wrap(visible(note.text), columns - 6)]


def _how(scene: Scene, columns: int) -> list[Row]:
    keys = ("how_to_hand", "how_to_note", *(("how_to_read",) if unread(scene) else ()))
    return [fit(((f"  {say(key, scene.language)}", Role.MUTED),), columns) for key in keys]


def page(made: list[Row], first: int, scene: Scene, columns: int, height: int) -> list[Row]:
    who = scene.who
    title = say("handover", scene.language, desk=visible(who.desk), person=visible(who.person))
    below = len(made) - first - (height - 1)
    aside = say("more_below", scene.language, n=below) if below > 0 else say("back", scene.language)
    return [heading(title, columns, aside=aside), *made[first : first + height - 1]][:height]
