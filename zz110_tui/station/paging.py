"""Going on and back on a page: through what it lists, through its screenfuls, or along the list of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.language.studying import study_lines
from zz110_tui.station import trying
from zz110_tui.station.ui import Page, Stop, Ui
from zz110_tui.station.views import about, handoverpage, pages, supervisorpage
from zz110_tui.station.views.book import Laid
from zz110_tui.station.views.layout import Pane

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

WALKED = (Page.DETAIL, Page.SUPERVISOR)
"""Pages on which Up and Down lead to what can be opened or done."""
_SCROLLS = (Page.HELP, Page.HANDOVER, Page.STUDY)


def step(desk: Desk, by: int) -> None:
    """One on or back: of the choices of a page, of its screenfuls, or of the list."""
    ui = desk.ui
    chosen_of = {Page.OUTBOX: len(desk.outgoing.items), Page.WHAT_IF: 2}
    if ui.page is Page.FOUND:
        room = page_rows(desk)
        first, _ = found_window(desk)
        if 0 <= first + by * room < len(ui.found):
            ui.cursor = first + by * room
        else:
            ui.cursor = max(0, len(ui.found) - 1) if by > 0 else 0
    elif ui.page in chosen_of:
        ui.cursor = max(0, min(ui.cursor + by, chosen_of[ui.page] - 1))
    elif ui.page is Page.MENU:
        at = ui.cursor + by
        while 0 <= at < len(ui.menu) and not ui.menu[at].line:
            at += by
        ui.cursor = at if 0 <= at < len(ui.menu) else ui.cursor
    elif ui.page is Page.TRY:
        trying.step(desk, by)
    elif ui.page in WALKED:
        _turn(desk, by)
    elif ui.page in _SCROLLS:
        rows = max(1, page_rows(desk) - 2)
        ui.first = max(0, min(ui.first + by * rows, page_length(desk) - rows))
    else:
        desk.select(by)


def _turn(desk: Desk, by: int) -> None:
    """What stands beside a page is turned with it."""
    ui, book = desk.ui, opened(desk)
    if book is None:
        return
    told = ui.told
    ui.first, ui.told = book.turned(ui.first, ui.told, by)
    if ui.page is Page.SUPERVISOR:
        look, height = desk.overview.look(desk.scene()), book.room + 1
        ui.told = supervisorpage.turned(told, len(desk.units), by, look, height)


def edge(desk: Desk, *, last: bool) -> None:
    """The first or the last of what is listed."""
    ui = desk.ui
    if ui.page is Page.TRY:
        trying.step(desk, len(ui.names) if last else -len(ui.names))
    elif ui.page is Page.MENU:
        ui.cursor = last_entry(ui) if last else first_entry(ui)
    elif ui.page is Page.FOUND:
        ui.cursor = max(0, len(ui.found) - 1) if last else 0
    elif ui.page in WALKED:
        book = opened(desk)
        ui.first, ui.told = book.end() if last and book is not None else (0, 0)
    elif ui.page in _SCROLLS:
        ui.first = 0
        if last:
            step(desk, 10_000)
    else:
        subjects = desk.subjects()
        if subjects:
            ui.selected = subjects[-1 if last else 0]


def choose(desk: Desk, by: int) -> None:
    """Down or up on a page: what was found, or on the page of the selected one what can be answered, sent, opened.
    Where no such page is open, in the list."""
    ui = desk.ui
    if ui.page is Page.FOUND:
        ui.cursor = max(0, min(ui.cursor + by, len(ui.found) - 1))
        return
    book = opened(desk) if ui.page in WALKED else None
    if book is not None and book.stops:
        ui.chosen, ui.first = book.chosen(ui, by)
    else:
        step(desk, by)


def found_window(desk: Desk) -> tuple[int, int]:
    """Which of what was found is the first on the page, and how many are on it."""
    room = page_rows(desk)
    first = desk.ui.cursor // room * room
    return first, min(room, len(desk.ui.found) - first)


def chosen_stop(desk: Desk) -> Stop | None:
    """What Up and Down have led to, as it is on the page now."""
    book = opened(desk)
    return next((stop for _, stop in book.stops if stop == desk.ui.chosen), None) if book is not None else None


def section(desk: Desk, by: int) -> None:
    """To the next or the last titled part of that page."""
    book = opened(desk)
    if book is not None:
        desk.ui.first, _ = book.clamped(book.section(desk.ui.first, by), 0)


def opened(desk: Desk) -> Laid | None:
    """The page of the selected one, or the supervisor's, as it is laid out now; None where it is not known."""
    if Pane.PAGE not in desk.places():
        return None
    rect = desk.places()[Pane.PAGE]
    if desk.ui.page is Page.SUPERVISOR:
        scene = desk.scene()
        return supervisorpage.laid(desk.overview.look(scene), desk.units, scene, rect.width, rect.height)
    book = about.book_of(desk.ui.selected, desk.scene_of_selected(), desk.around(), rect.width)
    return None if book is None else Laid(book, rect.width, rect.height)


def first_entry(ui: Ui) -> int:
    """The first line of the menu that does something."""
    return next((i for i, entry in enumerate(ui.menu) if entry.line), 0)


def last_entry(ui: Ui) -> int:
    return next((i for i in reversed(range(len(ui.menu))) if ui.menu[i].line), 0)


def page_rows(desk: Desk) -> int:
    """How many rows a page has for its lines, at least one: a window may be as small as it likes."""
    places = desk.places()
    return max(1, places[Pane.PAGE].height - 1) if Pane.PAGE in places else 1


def page_length(desk: Desk) -> int:
    """How many lines the page has that is open now."""
    if desk.ui.page is Page.HANDOVER:
        return len(handoverpage.lines(desk.work, desk.scene(), desk.ui, desk.size[0]))
    if desk.ui.page is Page.STUDY and desk.ui.study is not None:
        return len(pages.help_lines("\n".join(study_lines(desk.ui.study, desk.scene())), desk.size[0]))
    if desk.ui.page is Page.HELP:
        return len(pages.help_lines(desk.help_text(), desk.size[0]))
    return 0
