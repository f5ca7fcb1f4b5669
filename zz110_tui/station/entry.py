"""What the keys do: the keymap first, then the command line, which has every printable key always."""

from __future__ import annotations

from zz110_tui.config.keymaps import Binding
from zz110_tui.config.themes import Role
from zz110_tui.core.commands_seats import LockDesk
from zz110_tui.language.finding import find
from zz110_tui.language.parse import parse
from zz110_tui.language.parsed import Find, Help, Parsed, Query, Show, Status, Study, WhatIf
from zz110_tui.station.actions import run_action
from zz110_tui.station.completing import finish_word
from zz110_tui.station.desk import Desk
from zz110_tui.station.oneline import line_changed
from zz110_tui.station.paging import WALKED, chosen_stop, found_window
from zz110_tui.station.past import MOST_FOUND
from zz110_tui.station.screens import BY_DIGIT
from zz110_tui.station.studies import show_study
from zz110_tui.station.trying import put_back
from zz110_tui.station.ui import Known, Page, Said
from zz110_tui.station.views import bottom
from zz110_tui.station.views.bottom import MOST_CHOICES

BUILT_IN = {
    "shift+up": ":pan up",
    "shift+down": ":pan down",
    "shift+left": ":pan left",
    "shift+right": ":pan right",
    "pageup": ":previous",
    "pagedown": ":next",
    "ctrl+r": ":outbox",
    "ctrl+up": ":retarget",
    "ctrl+g": ":retarget",
}
"""Keys that work unless the keymap gives them something else."""

ON_EMPTY_LINE = {"+": ":zoom in", "=": ":zoom in", "-": ":zoom out", "home": ":first", "end": ":last"}
"""Keys that mean something else while nothing is typed: no line begins with them."""

ON_MAP = {"up": ":pan up", "down": ":pan down", "left": ":pan left", "right": ":pan right"}
IN_OUTBOX = {"enter": ":outbox send", "tab": ":outbox edit", "delete": ":outbox drop"}
ON_PAGES = {"up": ":previous", "down": ":next"}
ON_FOUND = {"up": ":choose up", "down": ":choose down"}
ON_DETAIL = {"up": ":choose up", "down": ":choose down", "left": ":section back", "right": ":section on"}
"""On the map's own page, and on pages that list something, while nothing is typed."""

_MOVES = {
    "left": "left",
    "right": "right",
    "home": "home",
    "end": "end",
    "ctrl+a": "home",
    "ctrl+e": "end",
    "ctrl+left": "word_left",
    "ctrl+right": "word_right",
}


def press(desk: Desk, key: str, character: str | None) -> None:
    """One key. Nothing typed is ever lost: what is no key of the desk lands on the line."""
    desk.cover.touch()
    if desk.cover.on:
        desk.cover.press(key, character)
        return
    binding = desk.setup.keymap.of_key(key)
    if binding is not None:
        _bound(desk, binding)
    elif _in_a_mode(desk, key, character):
        pass
    elif key in BUILT_IN:
        run_line(desk, BUILT_IN[key])
    elif not desk.editor.text and _on_empty_line(desk, key, character):
        pass
    elif not _edit(desk, key) and character is not None and character.isprintable():
        type_text(desk, character)


def _in_a_mode(desk: Desk, key: str, character: str | None) -> bool:
    """Choosing from a list, or the command mode of a keymap: whether that was all the key meant."""
    if desk.ui.choosing:
        return _choose(desk, character)
    return desk.ui.commanding and _command_key(desk, key, character)


def _command_key(desk: Desk, key: str, character: str | None) -> bool:
    """A key of the command mode. What belongs to no sequence goes to the line, and the mode is over: a word that
    somebody begins to type is not lost."""
    ui = desk.ui
    if desk.editor.text:
        return False
    name = character if character is not None and character.isprintable() and character != " " else key
    pressed = (*ui.pressed, name)
    fitting = desk.setup.keymap.beginning(pressed)
    if not fitting:
        begun = "".join(" " if k == "space" else k for k in ui.pressed if len(k) == 1 or k == "space")
        ui.pressed = ()
        if character is not None and character.isprintable():
            ui.commanding = False
            type_text(desk, begun + character)
            return True
        if key == "escape" and begun:
            line_changed(desk)
            return True
        return False
    ui.said = Said("")
    if fitting[0].key.split(" ") != list(pressed):
        ui.pressed = pressed
        desk.say("  ".join(f"{b.key} {b.line}" for b in fitting), Role.MUTED)
        return True
    ui.pressed = ()
    _bound(desk, fitting[0])
    ui.commanding = ui.commanding and not desk.editor.text
    return True


def type_text(desk: Desk, text: str) -> None:
    """Printable characters, typed or pasted. Pasted ends of lines become blanks: nothing is run."""
    if desk.cover.on:
        return
    desk.editor.insert(text)
    line_changed(desk)


def _bound(desk: Desk, binding: Binding) -> None:
    if binding.runs:
        run_line(desk, binding.line)
    else:
        # What was typed can be had back with Up.
        desk.editor.remember(desk.editor.text)
        desk.editor.set(binding.line)
        line_changed(desk)


def run_line(desk: Desk, line: str) -> None:
    """Do what a key stands for; what is typed on the line stays there."""
    if line.startswith(":"):
        if not line.startswith(":quit"):
            desk.ui.said = Said("")
        run_action(desk, line)
        return
    parsed = parse(line, desk.scene())
    if parsed.ready and parsed.query is not None:
        _answer(desk, parsed.query)
    elif parsed.ready and not _locks(desk, parsed):
        desk.queue(line)
    elif parsed.ready:
        pass
    elif not desk.editor.text:
        # Let him see what is missing, and mend it.
        desk.editor.set(line)
        line_changed(desk)
    else:
        desk.say(parsed.preview, Role.ATTENTION, parsed.hint)


def _on_empty_line(desk: Desk, key: str, character: str | None) -> bool:
    if desk.ui.page is Page.FOUND and _on_found(desk, key, character):
        return True
    line = ON_EMPTY_LINE.get(character or "") or ON_EMPTY_LINE.get(key)
    if desk.ui.page is Page.MENU and character in BY_DIGIT:
        line = BY_DIGIT[character].line
    if desk.ui.page is Page.OUTBOX:
        line = IN_OUTBOX.get(key, line)
    if desk.ui.page is Page.MAP:
        line = ON_MAP.get(key, line)
    elif desk.ui.page in WALKED:
        line = ON_DETAIL.get(key, line)
    elif desk.ui.page is Page.FOUND:
        line = ON_FOUND.get(key, line)
    elif desk.ui.page not in (Page.DESK, Page.LIST, Page.UNITS):
        line = ON_PAGES.get(key, line)
    if line is None:
        return False
    run_line(desk, line)
    return True


def _edit(desk: Desk, key: str) -> bool:
    """The keys of the command line itself; whether this was one."""
    editor = desk.editor
    changes = {
        "backspace": editor.backspace,
        "delete": editor.delete,
        "ctrl+w": editor.delete_word,
        "ctrl+u": editor.delete_to_start,
        "ctrl+k": editor.delete_to_end,
        "up": editor.older,
        "down": editor.newer,
    }
    if key in changes:
        changes[key]()
        line_changed(desk)
    elif key in _MOVES:
        editor.move(_MOVES[key])
    elif key in ("enter", "tab", "escape"):
        {"enter": enter, "tab": finish_word, "escape": _escape}[key](desk)
    else:
        return False
    return True


def enter(desk: Desk) -> None:
    """Run the line; on an empty one, take what is chosen or show what is selected."""
    line = desk.editor.text.strip()
    if not line:
        _take_chosen(desk)
        return
    if line.startswith(":"):
        if run_action(desk, line):
            desk.editor.remember(line)
            desk.editor.clear()
        return
    if desk.ui.sending:
        # Typed ahead: it is read when the line before it is done.
        desk.editor.clear()
        desk.queue(line)
        return
    parsed = desk.parsed()
    if parsed.choices and parsed.status in (Status.AMBIGUOUS, Status.INCOMPLETE):
        desk.ui.choosing = True
        desk.ui.said = Said("")
    elif not parsed.ready:
        desk.say(parsed.preview, Role.DANGER if parsed.status is Status.WRONG else Role.ATTENTION, parsed.hint)
    elif parsed.query is not None:
        desk.editor.remember(line)
        desk.editor.clear()
        _answer(desk, parsed.query)
    else:
        desk.editor.clear()
        desk.ui.said = Said("")
        if not _locks(desk, parsed):
            desk.queue(line)


def _locks(desk: Desk, parsed: Parsed) -> bool:
    """A desk is covered here and now; the room is told by the cover itself."""
    if isinstance(parsed.command, LockDesk):
        desk.cover.lock()
        return True
    return False


def _take_chosen(desk: Desk) -> None:
    ui = desk.ui
    if ui.page is Page.FOUND and ui.found:
        _open_found(desk, ui.cursor)
    elif ui.page is Page.MENU and ui.menu:
        line = ui.menu[ui.cursor].line
        ui.open(Page.DESK)
        if line.startswith(":") and not line.endswith(" "):
            run_line(desk, line)
        else:
            desk.editor.set(line)
            line_changed(desk)
    elif ui.page in WALKED and ui.chosen is not None:
        _take_stop(desk)
    elif ui.page is Page.WHAT_IF:
        _send_alternative(desk)
    elif ui.page in (*WALKED, Page.HELP, Page.STUDY, Page.TRY):
        ui.leave()
    elif ui.selected is not None:
        ui.open(Page.DETAIL)


def _open_found(desk: Desk, at: int) -> None:
    """One of what was found: its page, or the map at a place."""
    ui, chosen = desk.ui, desk.ui.found[at]
    ui.cursor = at
    if chosen.subject is not None:
        ui.go_into(chosen.subject)
    elif chosen.place is not None:
        run_action(desk, f":goto @{chosen.place.text}")


def _on_found(desk: Desk, key: str, character: str | None) -> bool:
    """A digit opens that one of the page; Tab puts the search back on the line, to be changed."""
    if key == "tab":
        desk.editor.set(f"find {desk.ui.find_text}")
        line_changed(desk)
        return True
    first, shown = found_window(desk)
    if character and character in "123456789" and int(character) <= shown:
        _open_found(desk, first + int(character) - 1)
        return True
    return False


def _take_stop(desk: Desk) -> None:
    """What is chosen on a page: opened, or its line on the command line, where it is seen what that does."""
    stop = chosen_stop(desk)
    if stop is None:
        desk.ui.chosen = None
    elif stop.subject is not None:
        desk.ui.go_into(stop.subject)
    else:
        desk.editor.set(stop.line)
        line_changed(desk)


def _send_alternative(desk: Desk) -> None:
    """The chosen alternative goes the way every line goes."""
    line = desk.wondering.line()
    desk.wondering.give_up()
    desk.ui.open(Page.DESK)
    if line:
        desk.queue(line)


def _answer(desk: Desk, query: Query) -> None:
    """What a line asks for is answered from the replica, without the core."""
    ui = desk.ui
    ui.said = Said("")
    match query:
        case Find(text=text):
            ui.find_text, ui.found = text, find(text, desk.scene(), MOST_FOUND)
            ui.find_past = Known.ASKED if desk.past.there else Known.ABSENT
            ui.open(Page.FOUND)
            desk.past.search(text)
        case Show(subject=subject):
            ui.selected = subject
            ui.open(Page.DETAIL)
        case Study():
            show_study(desk, query)
        case WhatIf():
            desk.wondering.ask(query)
        case Help(topic=topic):
            ui.topic = topic
            ui.open(Page.HELP)


def _escape(desk: Desk) -> None:
    """Back by one: from choosing, from the line, from what was said, from the page."""
    ui = desk.ui
    if ui.choosing:
        ui.choosing = False
    elif desk.editor.text:
        desk.editor.clear()
        line_changed(desk)
    elif ui.page is Page.TRY:
        put_back(desk)
    elif ui.page is not Page.DESK:
        desk.wondering.give_up()
        ui.leave()
    else:
        line_changed(desk)
        ui.commanding = bool(desk.setup.keymap.sequences)


def _choose(desk: Desk, character: str | None) -> bool:
    """A digit takes that choice, 0 shows the next nine; anything else goes on typing."""
    ui, every = desk.ui, desk.parsed().choices
    if character == "0" and len(every) > MOST_CHOICES:
        ui.choice_page = (ui.choice_page + 1) % bottom.choice_pages(len(every))
        return True
    ui.choosing = False
    choices = bottom.numbered(every, ui.choice_page)
    if character is None or not character.isdecimal() or not 1 <= int(character) <= len(choices):
        return False
    desk.editor.set(choices[int(character) - 1].insert)
    line_changed(desk)
    # What is chosen may leave something else to choose: how it ended, once it is clear whom the line is about.
    now = desk.parsed()
    ui.choosing = bool(now.choices) and now.status in (Status.AMBIGUOUS, Status.INCOMPLETE)
    return True
