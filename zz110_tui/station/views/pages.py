"""Pages that fill the body: what was found, help, the menu, and what an empty desk teaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from zz110_tui.config.keymaps import Keymap
from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.language.finding import Found
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Known, MenuEntry, Ui
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, left, repaint, width, window, wrap
from zz110_tui.station.words import say

T = TypeVar("T")

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")

LONGEST_F = len("f10")
DIGITS = 9
"""How many of what was found have a digit of their own."""

TEACH = {
    "zh": (
        "板上没有待办。",
        "接到电话：  n 打架 @胜利路x延安路 / 两人持刀",
        "            {n}开头；写到哪里，下面就说到哪里",
        "登记来电：  rp 微信 @F7 / 有人打架      接起：a",
        "派警：      d 3,7 42    不写警力就派推荐的    {send}派所选",
        "警力报告：  ack 3  er 3  os 3  cl 3 调解",
        "收尾：      fb 42   cb 42 满意   close 42",
        "看与找：    PgDn 选择  Enter 详情  find 打架  show 42",
        "帮助：      {help}?，某个命令 ? d        {menu}菜单",
        "学一遍：    退出后 zz110 tour，十分钟；自己练 zz110 --drill",
    ),
    "en": (
        "Nothing waits.",
        "A call:      n fight @F7 / two with knives",
        "             {n}begins it; what you type is explained below",
        "Log one:     rp phone @F7 / people fighting   answer: a",
        "Send:        d 3,7 42   {send}sends the recommended",
        "Progress:    ack 3  er 3  os 3  cl 3 mediated",
        "To the end:  fb 42   cb 42 yes   close 42",
        "Look:        PgDn selects  Enter shows  find fight",
        "Help:        {help}?, one command: ? d    {menu}menu",
        "Learn:       leave, then zz110 tour; or zz110 --drill",
    ),
}
"""``{n}``, ``{send}``, ``{help}`` and ``{menu}`` are the keys of the keymap that is on."""


def teaching(language: str, keymap: Keymap, columns: int) -> list[Row]:
    """An empty desk teaches: what to type first, where help is, how to drill; with the keys it has."""
    named = {"n": "n ", "send": "d .", "help": "?", "menu": ":menu"}
    keys = {name: next((b.key for b in keymap.bindings if b.line == line), "") for name, line in named.items()}
    said = {name: f"{key.upper() if len(key) <= LONGEST_F else key} " if key else "" for name, key in keys.items()}
    lines = [line.format(**said) for line in TEACH[language]]
    return [fit(((f"  {line}", Role.TEXT if i == 0 else Role.MUTED),), columns) for i, line in enumerate(lines)]


_UNTOLD = {Known.ASKED: "found_asked", Known.SILENT: "found_silent", Known.ABSENT: "found_absent"}


def found(ui: Ui, scene: Scene, columns: int, height: int) -> list[Row]:
    """A page of what a search found; the first nine have their digit, the chosen one is marked."""
    language, room = scene.language, max(1, height - 1)
    first = ui.cursor // room * room
    aside = say("found_keys", language)
    if len(ui.found) > room:
        pages = -(-len(ui.found) // room)
        aside = f"{say('found_page', language, at=first // room + 1, pages=pages)}  {aside}"
    if ui.find_past is not Known.TOLD:
        aside = f"{say(_UNTOLD[ui.find_past], language)}  {aside}"
    title = say("found", language, text=visible(ui.find_text), n=len(ui.found))
    made = [heading(title, columns, aside=aside)]
    if not ui.found:
        words = say("found_nothing", language, text=visible(ui.find_text))
        made += [fit(((f" {line}", Role.TEXT),), columns) for line in wrap(words, columns - 2)]
        made += [fit(((f" {line}", Role.MUTED),), columns) for line in wrap(say("find_how", language), columns - 2)]
    for at, entry in enumerate(ui.found[first : first + room], first):
        made.append(_found_row(entry, at - first + 1, at == ui.cursor, columns))
    return made[:height]


def _found_row(entry: Found, number: int, chosen: bool, columns: int) -> Row:
    digit = f"{number} " if number <= DIGITS else "  "
    row = fit(((">" if chosen else " ", Role.TEXT), (digit, Role.MUTED), (entry.words, Role.TEXT)), columns)
    return repaint(row, Role.SELECTED) if chosen else row


def menu(ui: Ui, scene: Scene, columns: int, height: int) -> list[Row]:
    """Every command and every action of the desk, with its key."""
    made = [heading(say("menu", scene.language), columns, aside=say("list_keys", scene.language))]
    rows = [_menu_row(entry, i == ui.cursor, columns) for i, entry in _around(ui.menu, ui.cursor, height - 1)]
    return [*made, *rows][:height]


def _menu_row(entry: MenuEntry, chosen: bool, columns: int) -> Row:
    if not entry.line:
        return fit(((f" {entry.words}", Role.MUTED),), columns)
    keyed = (left(entry.key, 9), Role.MUTED)
    row = fit(
        ((">" if chosen else " ", Role.TEXT), keyed, (f"{left(entry.line, 16)} ", Role.TEXT), (entry.words, Role.TEXT)),
        columns,
    )
    return repaint(row, Role.SELECTED) if chosen else row


def _around(entries: Sequence[T], cursor: int, height: int) -> list[tuple[int, T]]:
    """The entries that fit, with the chosen one among them."""
    first = window(cursor - height // 2, height, len(entries))
    return list(enumerate(entries[first : first + max(0, height)], first))


def help_lines(text: str, columns: int) -> list[Row]:
    """A help text as rows: lines keep their indentation, and what does not fit goes on under the last of their columns,
    where that leaves room."""
    made: list[Row] = []
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        before = width(line[: _last_column(line)])
        hang = before if indent < before <= columns // 2 else indent + 2
        head, rest = (line[: _last_column(line)], line[_last_column(line) :]) if hang == before else ("", line)
        pieces = wrap(rest, max(20, columns - (hang if head else indent + 2) - 1)) or [""]
        for i, piece in enumerate(pieces):
            before_it = head or " " * indent
            made.append(((f" {before_it if i == 0 else ' ' * hang}", Role.TEXT), (piece, Role.TEXT)))
    return made


def _last_column(line: str) -> int:
    """Where the last of the columns of a line begins, which two blanks or more set apart; 0 where it has only one."""
    found = [match.end() for match in _GAP.finditer(line)]
    return found[-1] if found else 0


def study_page(lines: Sequence[Row], first: int, scene: Scene, columns: int, height: int) -> list[Row]:
    """What was reckoned, on a page that scrolls: the first line is its title."""
    title = "".join(text for text, _ in lines[0]).strip() if lines else ""
    rest, room = lines[1:], height - 1
    first = window(first, room, len(rest))
    below = len(rest) - first - room
    aside = say("more_below", scene.language, n=below) if below > 0 else say("back", scene.language)
    shown = [fit(row, columns) for row in rest[first : first + room]]
    return [heading(title, columns, aside=aside), *shown, *[BLANK] * (room - len(shown))]


def help_page(lines: Sequence[Row], first: int, scene: Scene, topic: str, columns: int, height: int) -> list[Row]:
    room = height - 1
    first = window(first, room, len(lines))
    below = len(lines) - first - room
    aside = say("more_below", scene.language, n=below) if below > 0 else say("back", scene.language)
    title = f"{say('help', scene.language)} {visible(topic)}".rstrip()
    rows = [fit(row, columns) for row in lines[first : first + room]]
    return [heading(title, columns, aside=aside), *rows, *[BLANK] * (room - len(rows))]
