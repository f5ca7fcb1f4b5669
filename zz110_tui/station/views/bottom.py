"""What stands around the command line: above it what Enter will do, below it the keys, the last event and the undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.language.parsed import Choice, Parsed, Status
from zz110_tui.station.ui import Said
from zz110_tui.station.views.cells import Cell, Row, cut, fit, sides, width, wrap

PREVIEW_ROWS = 2
LEAST_ROOM = 12
"""Columns that are worth beginning a second sentence in."""

_ROLE = {
    Status.EMPTY: Role.TEXT,
    Status.INCOMPLETE: Role.TEXT,
    Status.AMBIGUOUS: Role.ATTENTION,
    Status.WRONG: Role.ATTENTION,
    Status.READY: Role.TEXT,
}
MOST_CHOICES = 9


def preview(parsed: Parsed, said: Said, columns: int, proposed: str = "") -> list[Row]:
    """Two rows: what the line would do and what to type next; the last answer where nothing is typed. ``proposed`` is
    the fill-in that stands in the second row while nothing is typed and nothing more pressing is said there."""
    if said.text or parsed.status is Status.EMPTY:
        # What was done is known to who did it: where there is something to do next, that has a row of its own.
        done = cut(said.text, columns - 2) if said.more and said.role is Role.TEXT else said.text
        first: Cell = (done, said.role)
        second: Cell = (said.more, Role.MUTED)
    else:
        first, second = (parsed.preview, _ROLE[parsed.status]), (parsed.hint, Role.MUTED)
        if not first[0]:
            first, second = second, ("", Role.TEXT)
    # A hole in the cover does not wait; what comes next after a step that was taken then follows it in its row.
    if proposed and parsed.status is Status.EMPTY and (not said.more or said.role is Role.TEXT):
        if not first[0]:
            first = (parsed.hint, Role.MUTED)
        return [fit(_one_row(first, second, columns), columns), fit(_proposed(proposed, columns), columns)]
    return _two_rows(first, second, columns)


def _proposed(words: str, columns: int) -> Row:
    return ((" ", Role.TEXT), (cut(words, columns - 2), Role.ATTENTION))


def _one_row(first: Cell, second: Cell, columns: int) -> Row:
    room = columns - 2
    text = cut(first[0], room)
    used = width(text) + 3
    row: Row = ((" ", Role.TEXT), (text, first[1]))
    if second[0] and room - used > LEAST_ROOM:
        row = (*row, ("   ", Role.TEXT), (cut(second[0], room - used), second[1]))
    return row


def _two_rows(first: Cell, second: Cell, columns: int) -> list[Row]:
    """A long first sentence takes the second row too; what is left of the second follows it."""
    room = columns - 2
    lines = wrap(first[0], room, 2)
    made: list[Row] = [((" ", Role.TEXT), (line, first[1])) for line in lines]
    if len(made) < PREVIEW_ROWS and second[0]:
        made.append(((" ", Role.TEXT), (cut(second[0], room), second[1])))
    elif made and second[0]:
        used = width(lines[-1]) + 3
        if room - used > LEAST_ROOM:
            made[-1] = (*made[-1], ("   ", Role.TEXT), (cut(second[0], room - used), second[1]))
    made += [()] * (PREVIEW_ROWS - len(made))
    return [fit(row, columns) for row in made]


def choice_pages(count: int) -> int:
    return max(1, -(-count // MOST_CHOICES))


def numbered(every: Sequence[Choice], page: int) -> Sequence[Choice]:
    """The choices that have a digit now; from the first again where there are no longer so many."""
    first = page * MOST_CHOICES if page < choice_pages(len(every)) else 0
    return every[first : first + MOST_CHOICES]


def choices(parsed: Parsed, page: int, columns: int) -> list[Row]:
    """Nine ways to go on with an ambiguous line, numbered."""
    return [
        fit(((f" {i} ", Role.HEADING), (f" {choice.words}", Role.TEXT)), columns)
        for i, choice in enumerate(numbered(parsed.choices, page), 1)
    ]


@dataclass(frozen=True, slots=True)
class KeyLabel:
    """A key of the bar: its name, its label, and whether it would do anything now."""

    key: str
    label: str
    allowed: bool


def keybar(keys: Sequence[KeyLabel], event: str, undo: str, columns: int) -> Row:
    """Ten keys, each in its place always, dimmed where not allowed now; at the right the last event and the undo."""
    row: list[Cell] = []
    for key in keys:
        row += [(key.key.upper(), Role.MUTED), (key.label, Role.TEXT if key.allowed else Role.OFF), (" ", Role.TEXT)]
    bar = tuple(row)
    used = sum(width(text) for text, _ in bar)
    if used > columns:
        return fit(_tight(keys), columns)
    aside = f"{undo} " if undo else ""
    room = columns - used - width(aside) - 2
    if room < width(aside) or not aside:
        room, aside = columns - used - 1, ""
    words = cut(event, room) if room > 16 else ""
    return sides(bar, ((words, Role.MUTED), ("  " if words and aside else "", Role.TEXT), (aside, Role.MUTED)), columns)


def _tight(keys: Sequence[KeyLabel]) -> Row:
    """For a narrow screen: as many keys as fit whole, without their F."""
    row: list[Cell] = []
    for key in keys:
        name = key.key[1:] if key.key[:1] in "fF" and key.key[1:].isdigit() else key.key
        row += [(name, Role.MUTED), (key.label, Role.TEXT if key.allowed else Role.OFF), (" ", Role.TEXT)]
    return tuple(row)
