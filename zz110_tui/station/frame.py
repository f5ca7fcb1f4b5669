"""The whole screen as rows for each pane: a pure function of the desk, its size and the time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.language.parse import parse
from zz110_tui.language.parsed import Parsed, Status
from zz110_tui.language.saying import tell
from zz110_tui.language.scene import Scene
from zz110_tui.language.studying import fill_in_words, study_lines
from zz110_tui.station.actions import read_action
from zz110_tui.station.desk import Desk
from zz110_tui.station.keynames import key_of
from zz110_tui.station.ui import Page, Said
from zz110_tui.station.views import (
    about,
    alarmrows,
    banner,
    bottom,
    coverpage,
    handoverpage,
    mapview,
    pages,
    supervisorpage,
    topline,
    tourrows,
    trypage,
    unitboard,
    unsentrows,
    wallpage,
    whatifpage,
    worklist,
)
from zz110_tui.station.views.blocks import paragraph
from zz110_tui.station.views.bottom import KeyLabel
from zz110_tui.station.views.cells import Row, fit, heading, width
from zz110_tui.station.views.layout import LEAST_HEIGHT, LEAST_WIDTH, Pane, Places, Rect
from zz110_tui.station.words import say

Drawn = dict[Pane, tuple[Rect, list[Row]]]

TYPING = (Pane.PREVIEW, Pane.LINE, Pane.CHOICES)
"""The panes that change with each typed letter."""

SLOW_MS = 500
"""An answer that takes longer is announced."""

_BAR = tuple(f"f{n}" for n in range(1, 11))


def draw(desk: Desk, only: Collection[Pane] = ()) -> Drawn:
    """The rows of every pane, or of ``only`` some, each exactly as wide as its rectangle."""
    if desk.cover.on:
        return _covered(desk)
    parsed = desk.parsed()
    choosing = _choice_rows(desk, parsed)
    places = desk.places(len(choosing))
    if Pane.LINE not in places:
        words = say("too_small", desk.ui.language, w=LEAST_WIDTH, h=LEAST_HEIGHT)
        rect = places[Pane.PAGE]
        return {Pane.PAGE: (rect, _filled([fit(((words, Role.ATTENTION),), rect.width)], rect))}
    scene = desk.scene()
    return {
        pane: (rect, _marked(pane, _filled(_pane(pane, desk, scene, parsed, choosing, rect), rect), desk, scene, rect))
        for pane, rect in places.items()
        if not only or pane in only
    }


def _covered(desk: Desk) -> Drawn:
    """A locked desk: nothing but the cover, whatever stands under it."""
    columns, height = desk.size
    above, line = Rect(0, 0, columns, height - 1), Rect(0, height - 1, columns, 1)
    scene = desk.scene()
    rows = coverpage.rows(desk.cover, scene, desk.ui, desk.room.drill, columns, height - 1)
    return {Pane.PAGE: (above, _filled(rows, above)), Pane.LINE: (line, [coverpage.line(desk.cover, scene, columns)])}


def placed(desk: Desk) -> Places:
    """Where the panes stand now."""
    return desk.places(len(_choice_rows(desk, desk.parsed())))


def _filled(rows: list[Row], rect: Rect) -> list[Row]:
    """Exactly as many rows as the pane has, each exactly as wide."""
    made = [fit(row, rect.width) for row in rows[: rect.height]]
    return made + [fit((), rect.width)] * (rect.height - len(made))


_OF_THE_BOARD = (Pane.LIST, Pane.MAP, Pane.DETAIL, Pane.UNITS, Pane.ALARMS)
_PAGES_OF_THE_BOARD = (Page.UNITS, Page.MAP, Page.DETAIL, Page.FOUND, Page.STUDY, Page.SUPERVISOR, Page.WALL)


def _marked(pane: Pane, rows: list[Row], desk: Desk, scene: Scene, rect: Rect) -> list[Row]:
    """While the core is gone everything drawn from the board says so at its first row: a word, a mark and a colour."""
    ui = desk.ui
    shows_board = pane in _OF_THE_BOARD or (pane is Pane.PAGE and ui.page in _PAGES_OF_THE_BOARD)
    if not ui.lost_at or not shows_board or not rows:
        return rows
    return [banner.aged(rows[0], scene, ui, rect.width), *rows[1:]]


def _pane(  # noqa: C901 (one case for each pane)
    pane: Pane, desk: Desk, scene: Scene, parsed: Parsed, choosing: list[Row], rect: Rect
) -> list[Row]:
    # A blank column at the right keeps neighbouring panes apart.
    beside = pane in (Pane.LIST, Pane.MAP, Pane.DETAIL, Pane.UNITS) and rect.x + rect.width < desk.size[0]
    inner = rect.width - 1 if beside else rect.width
    match pane:
        case Pane.TOP:
            return [_top(desk, scene, rect.width)]
        case Pane.BANNER:
            tour = [] if desk.tour is None else tourrows.rows(desk.tour, scene.language, rect.width)
            return [*banner.rows(desk.notices(), scene, rect.width), *tour]
        case Pane.LIST:
            return _list(desk, scene, inner, rect.height)
        case Pane.UNITS:
            return unitboard.rows(desk.units, scene, desk.ui, inner, rect.height)
        case Pane.MAP:
            return mapview.rows(desk.room.city, scene, desk.ui, desk.setup.tier, inner, rect.height)
        case Pane.DETAIL:
            return _detail(desk, scene, inner, rect.height)
        case Pane.PAGE:
            return _page(desk, scene, rect)
        case Pane.ALARMS:
            return alarmrows.rows(scene, rect.width, rect.height, lit=desk.lit)
        case Pane.PREVIEW:
            return bottom.preview(_unsent(parsed, desk), _said(desk, scene), rect.width, _proposal(desk, scene))
        case Pane.LINE:
            return [_line(desk, rect.width)[0]]
        case Pane.KEYS:
            return [_keys(desk, scene, rect.width)]
        case Pane.CHOICES:
            return choosing


def _said(desk: Desk, scene: Scene) -> Said:
    """What was last answered; where nothing was, what is going on: a line on its way, a core that is gone."""
    ui = desk.ui
    if ui.sending and scene.now - ui.sending_since > SLOW_MS:
        return Said(say("sending", ui.language), Role.MUTED)
    return ui.said


def _proposal(desk: Desk, scene: Scene) -> str:
    """The one proposed fill-in in words, with its key, while nothing is typed; empty where there is none."""
    best = None if desk.editor.text or desk.ui.lost_at else desk.coverage.look(scene).fill_in
    if best is None:
        return ""
    return f"{key_of(desk, 'fill')} {visible(fill_in_words(best, scene))}"


def _unsent(parsed: Parsed, desk: Desk) -> Parsed:
    """While the core is gone, what Enter does is not what the line says."""
    if desk.ui.lost_at and parsed.ready and parsed.command is not None:
        key = "enter_loses" if desk.room.outbox is None else "enter_keeps"
        return replace(parsed, hint=say(key, desk.ui.language))
    return parsed


def _top(desk: Desk, scene: Scene, columns: int) -> Row:
    return topline.row(
        desk.work,
        desk.counts(scene),
        desk.rate(),
        scene,
        desk.ui,
        room_name=visible(desk.room.name[desk.ui.language]),
        drill=desk.room.drill,
        columns=columns,
        cover=desk.coverage.look(scene),
    )


def _list(desk: Desk, scene: Scene, columns: int, height: int) -> list[Row]:
    made = worklist.rows(desk.work, scene, desk.ui, columns, height, _key_of_all(desk))
    if not desk.work.items:
        made += pages.teaching(desk.ui.language, desk.setup.keymap, columns)
    return made


def _key_of_all(desk: Desk) -> str:
    """What shows the rows of the list that had no room."""
    wanted = ":next" if desk.ui.page is Page.LIST else ":pane incidents"
    key = key_of(desk, wanted)
    return key if key != wanted else ":full list"


def _detail(desk: Desk, scene: Scene, columns: int, height: int) -> list[Row]:
    """The selected one; on an empty desk what did not fit of its teaching, else what happened last."""
    if desk.ui.selected is None and not desk.work.items:
        above = desk.places()[Pane.LIST].height
        rest = _list(desk, scene, columns, above)[above:]
        if rest:
            return rest
    return about.short(desk.ui.selected, scene, columns, height, desk.events)


def _page(desk: Desk, scene: Scene, rect: Rect) -> list[Row]:  # noqa: C901 (one case for each page)
    ui, own = desk.ui, _OWN_PAGES.get(desk.ui.page)
    if own is not None:
        return own(desk, scene, rect)
    match ui.page:
        case Page.MAP:
            return mapview.rows(desk.room.city, scene, ui, desk.setup.tier, rect.width, rect.height)
        case Page.LIST:
            return _list(desk, scene, rect.width, rect.height)
        case Page.UNITS:
            return unitboard.rows(desk.units, scene, ui, rect.width, rect.height)
        case Page.STUDY if ui.study is not None:
            lines = pages.help_lines("\n".join(study_lines(ui.study, scene)), rect.width)
            return pages.study_page(lines, ui.first, scene, rect.width, rect.height)
        case Page.WHAT_IF:
            return whatifpage.rows(desk.wondering, scene, ui, rect.width, rect.height)
        case Page.FOUND:
            return pages.found(ui, scene, rect.width, rect.height)
        case Page.HANDOVER:
            lines = handoverpage.lines(desk.work, scene, ui, rect.width)
            return handoverpage.page(lines, ui.first, scene, rect.width, rect.height)
        case Page.MENU:
            return pages.menu(ui, scene, rect.width, rect.height)
        case Page.TRY:
            return trypage.rows(ui, desk.setup.keymap, desk.setup.layout, rect.width, rect.height)
        case Page.HELP:
            lines = pages.help_lines(desk.help_text(), rect.width)
            return pages.help_page(lines, ui.first, scene, ui.topic, rect.width, rect.height)
        case _:
            selected = desk.scene_of_selected()
            return about.page(ui.selected, selected, desk.around(), ui, rect.width, rect.height)


def _outbox(desk: Desk, scene: Scene, rect: Rect) -> list[Row]:
    outgoing = desk.outgoing
    item = outgoing.current
    offer = None if item is None else outgoing.offer(item)
    changes = () if item is None else outgoing.changes(item)
    return unsentrows.rows(outgoing.items, desk.ui.cursor, offer, changes, scene, rect.width, rect.height)


def _supervisor(desk: Desk, scene: Scene, rect: Rect) -> list[Row]:
    look = desk.overview.look(scene)
    return supervisorpage.rows(look, desk.units, scene, desk.ui, rect.width, rect.height)


def _wall(desk: Desk, scene: Scene, rect: Rect) -> list[Row]:
    wall = wallpage.Wall(
        desk.room.city,
        desk.work,
        desk.units,
        desk.counts(scene),
        desk.rate(),
        desk.overview.look(scene),
        desk.room.name[desk.ui.language],
        desk.room.drill,
        desk.lit,
    )
    return wallpage.rows(wall, scene, desk.ui, desk.setup.tier, rect.width, rect.height)


_OWN_PAGES: dict[Page, Callable[[Desk, Scene, Rect], list[Row]]] = {
    Page.OUTBOX: _outbox,
    Page.SUPERVISOR: _supervisor,
    Page.WALL: _wall,
}
"""Pages with something to reckon first."""


# -- the command line ------------------------------------------------------------------------------------------------


def _line(desk: Desk, columns: int) -> tuple[Row, int]:
    """The line with its prompt, and the column of the cursor."""
    key, role = ("prompt_drill", Role.DRILL) if desk.room.drill else ("prompt_live", Role.LIVE)
    prompt = f" {say(key, desk.ui.language)} "
    if desk.ui.commanding and not desk.editor.text:
        prompt += f"{say('commanding', desk.ui.language, keys=' '.join(desk.ui.pressed))} "
    lost = f" {say('prompt_lost', desk.ui.language)} " if desk.ui.lost_at else ""
    gap = " " if desk.room.drill or lost else ""
    before = width(prompt) + width(lost) + width(gap)
    text, cursor = desk.editor.visible(columns - before - 1)
    row = ((prompt, role), (lost, Role.DANGER), (gap, Role.TEXT), (visible(text), Role.TEXT))
    return fit(row, columns), before + cursor


def cursor_column(desk: Desk) -> int:
    """Where the cursor stands in the row of the command line."""
    if desk.cover.on:
        return 0
    return min(_line(desk, desk.size[0])[1], desk.size[0] - 1)


def _choice_rows(desk: Desk, parsed: Parsed) -> list[Row]:
    """What an ambiguous line may mean; after Enter, digits choose."""
    if not parsed.choices or (parsed.status is not Status.AMBIGUOUS and not desk.ui.choosing):
        return _likely_rows(desk, parsed)
    language, columns = desk.ui.language, desk.size[0]
    every, page = len(parsed.choices), desk.ui.choice_page
    digits = len(bottom.numbered(parsed.choices, page))
    title = say("choose" if desk.ui.choosing else "choose_first", language, n=digits)
    pages = bottom.choice_pages(every)
    aside = say("choose_more", language, n=every, at=min(page, pages - 1) + 1, pages=pages) if pages > 1 else ""
    return [heading(title, columns, aside=aside), *bottom.choices(parsed, page, columns)]


def _likely_rows(desk: Desk, parsed: Parsed) -> list[Row]:
    """Incidents that the call being typed may belong to, with the reasons, and the key that links it."""
    language, columns = desk.ui.language, desk.size[0]
    if parsed.whole:
        told = paragraph(parsed.whole, columns, Role.TEXT)
        return [heading(say("whole", language), columns), *(fit(row, columns) for row in told)]
    if not parsed.likely:
        return []
    title = heading(
        say("likely", language), columns, aside=say("likely_key", language, name=key_of(desk, ":link-likely"))
    )
    rows = [row for choice in parsed.likely for row in paragraph(choice.words, columns, Role.ATTENTION, most=2)]
    return [title, *(fit(row, columns) for row in rows)]


# -- the keys --------------------------------------------------------------------------------------------------------


def _keys(desk: Desk, scene: Scene, columns: int) -> Row:
    language = desk.ui.language
    labels = []
    for key in _BAR:
        binding = desk.setup.keymap.of_key(key)
        if binding is not None:
            labels.append(KeyLabel(key, binding.label.in_(language), _allowed(desk, scene, binding.line)))
    event = ""
    if desk.events:
        event = tell(desk.events[-1], scene)
    steps = desk.board.steps.get(scene.desk, ())
    undo = say("undo", language, n=steps[-1].first) if steps else ""
    return bottom.keybar(labels, event, undo, columns)


def _allowed(desk: Desk, scene: Scene, line: str) -> bool:
    """Whether a key would do something now; pressed all the same, it says why not."""
    if line == ":take-alarm":
        return any(alarm.untaken for alarm in desk.board.alarms.values())
    if line.startswith(":"):
        return read_action(line, scene.language).status is not Status.WRONG
    return parse(line, scene).status is not Status.WRONG
