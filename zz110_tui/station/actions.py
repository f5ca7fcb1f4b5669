"""What a desk can do that is nobody else's business: panes, selection, map, language, colours. THE registry.

A keymap, the menu and the command line (``:theme day``) all name these; everything else is a line of the desk's
language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.config.themes import Role
from zz110_tui.core.rulebook import Words
from zz110_tui.gis.raster import DEFAULT_LAYERS, Layer
from zz110_tui.gis.view import CLOSEST_M, FARTHEST_M, View, fit, pan
from zz110_tui.language.parsed import Parsed, Status
from zz110_tui.station import trying
from zz110_tui.station.arranging import FULL, STEPS, fill_body, resize, save_layout, swap, switch_layout
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.oneline import link_likely, retarget
from zz110_tui.station.paging import choose, edge, first_entry, section, step
from zz110_tui.station.screens import PANES
from zz110_tui.station.setup import names_of
from zz110_tui.station.ui import Page
from zz110_tui.station.views import mapview
from zz110_tui.station.views.layout import Pane
from zz110_tui.station.views.work import Section
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

Run = Callable[["Desk", str], bool | None]
"""What an action does; False, where it could not and has said why: the line is then kept."""
LANGUAGES = ("zh", "en")
ZOOM_STEP = 1.5
PAN_SHARE = 4
"""A step of the map is this part of what it shows."""


@dataclass(frozen=True, slots=True)
class Action:
    """``arguments`` are the words it takes, empty for free ones (then ``usage`` says what); ``needs`` says that it does
    nothing without one."""

    name: str
    does: Words
    run: Run
    arguments: tuple[str, ...] = ()
    usage: str = ""
    needs: bool = False

    @property
    def written(self) -> str:
        """How it is written: ``:zoom in|out|all``."""
        rest = self.usage or "|".join(self.arguments)
        return f":{self.name} {rest}".rstrip()


# -- pages -----------------------------------------------------------------------------------------------------------


def _pane(desk: Desk, name: str) -> None:
    """Open a page; once more, and the desk is back; on the desk itself, the whole list of work. Where a list is opened,
    something of it is selected: it is seen which one PgUp and PgDn walk through."""
    page = PANES[name]
    already = desk.ui.page is page
    if already and page is Page.DESK and desk.work.items:
        fill_body(desk, "list")
        return
    desk.ui.open(Page.DESK if already else page)
    if desk.ui.page is Page.DETAIL and desk.ui.selected is None:
        desk.ui.selected = next(iter(desk.subjects()), None)
    if desk.ui.page in (Page.DESK, Page.UNITS):
        subjects = desk.subjects()
        if subjects and desk.ui.selected not in subjects:
            desk.ui.selected = subjects[0]
        elif already and page is Page.DESK:
            desk.tell("nothing_to_select", Role.MUTED)


def _handover(desk: Desk, _: str) -> None:
    desk.ui.open(Page.DESK if desk.ui.page is Page.HANDOVER else Page.HANDOVER)


def _tour(desk: Desk, way: str) -> bool:
    if desk.tour is None:
        desk.tell("tour_none", Role.MUTED)
        return False
    desk.tour.skip(1 if way == "next" else -1)
    return True


def _menu(desk: Desk, _: str) -> None:
    from zz110_tui.station.menu import entries

    if desk.ui.page is Page.MENU:
        desk.ui.open(Page.DESK)
        return
    desk.ui.menu = entries(desk)
    desk.ui.open(Page.MENU)
    desk.ui.cursor = first_entry(desk.ui)


def _back(desk: Desk, _: str) -> None:
    desk.ui.open(Page.DESK)


# -- the map ---------------------------------------------------------------------------------------------------------


def _view(desk: Desk) -> View:
    places = desk.places()
    rect = places.get(Pane.MAP) or places.get(Pane.PAGE)
    if rect is None:
        return fit(desk.room.city.outline, 60, 20)
    return mapview.view_of(desk.room.city, desk.ui.map, rect.width, rect.height)


def _show_map(desk: Desk) -> None:
    """Where the map is no part of the desk, moving it opens its page."""
    if Pane.MAP not in desk.places():
        desk.ui.open(Page.MAP)


def _zoom(desk: Desk, how: str) -> None:
    _show_map(desk)
    view, ui = _view(desk), desk.ui.map
    if how == "all":
        ui.middle, ui.scale = None, 0.0
        return
    factor = 1 / ZOOM_STEP if how == "in" else ZOOM_STEP
    ui.scale = max(CLOSEST_M, min(FARTHEST_M, view.metres_per_col * factor))
    ui.middle = ui.middle or view.centre
    place = desk.selected_point()
    if how == "in" and place is not None:
        ui.middle = place


def _pan(desk: Desk, way: str) -> None:
    _show_map(desk)
    view = _view(desk)
    right = {"left": -1, "right": 1}.get(way, 0) * view.cols / PAN_SHARE
    down = {"up": -1, "down": 1}.get(way, 0) * view.rows / PAN_SHARE
    desk.ui.map.middle = pan(view, right, down).centre
    desk.ui.map.scale = view.metres_per_col


def _goto(desk: Desk, text: str) -> bool:
    """Look at a place; at the selected one where none is named."""
    ui, wanted = desk.ui, text.strip().removeprefix("@")
    if not wanted:
        point, name = desk.selected_point(), str(ui.selected or "")
    else:
        match = next(iter(desk.room.gazetteer.find(wanted, 1)), None)
        point, name = (match.place.point, match.place.text) if match is not None else (None, wanted)
    if point is None:
        desk.tell("no_place", Role.ATTENTION, place=wanted)
        return False
    _show_map(desk)
    view = _view(desk)
    ui.map.middle = point
    ui.map.scale = min(view.metres_per_col, 20.0)
    desk.tell("went_to", place=name)
    return True


def _layer(desk: Desk, name: str) -> None:
    toggled = desk.ui.map.toggled
    toggled.symmetric_difference_update({name})
    shown = (Layer(name) in DEFAULT_LAYERS) != (name in toggled)
    desk.tell("layer_on" if shown else "layer_off", name=name)


# -- what the user sets ----------------------------------------------------------------------------------------------


def _language(desk: Desk, language: str) -> None:
    desk.ui.language = language
    desk.tell("language_is")


def _theme(desk: Desk, name: str) -> bool:
    """Another theme; without a name the next one."""
    known = names_of("themes", desk.room)
    if not name:
        now = desk.setup.looks.theme.name
        name = known[(known.index(now) + 1) % len(known)] if now in known else known[0]
    elif name not in known:
        desk.tell("themes_are", Role.ATTENTION, names=" ".join(known))
        return False
    return trying.wear(desk, "themes", name)


def _keymap(desk: Desk, name: str) -> bool:
    """Another keymap, by name: a desk opens no file that somebody types the path of."""
    known = names_of("keymaps", desk.room)
    if name not in known:
        desk.tell("keymaps_are", Role.ATTENTION, names=" ".join(known))
        return False
    return trying.wear(desk, "keymaps", name)


def _insert(desk: Desk, _: str) -> None:
    """From the command mode back to the line."""
    desk.ui.commanding = False


def _glyphs(desk: Desk, name: str) -> None:
    desk.setup.tier = Tier(name)
    if desk.setup.tier is Tier.ASCII:
        desk.ui.language = "en"
    desk.restyle()
    desk.tell("glyphs_are", name=name)


def _bell(desk: Desk, name: str) -> None:
    desk.setup.bell = name == "on"
    desk.tell("bell_on" if desk.setup.bell else "bell_off")


# -- alarms, leaving -------------------------------------------------------------------------------------------------


def _take_alarm(desk: Desk, _: str) -> None:
    """Take the most urgent alarm that nobody owns."""
    if any(alarm.untaken for alarm in desk.board.alarms.values()):
        desk.queue("take")
    else:
        desk.tell("no_alarm", Role.MUTED)


def _redraw(desk: Desk, _: str) -> None:
    if desk.screen is not None:
        desk.screen.redraw()


def _quit(desk: Desk, _: str) -> None:
    """Leave; where something waits, only when asked twice."""
    counts = (
        ("waiting_calls", desk.work.count(Section.ANSWER)),
        ("waiting_incidents", desk.work.count(Section.SEND)),
        ("waiting_alarms", len(desk.board.alarms)),
    )
    waiting = [say(key, desk.ui.language, n=number) for key, number in counts if number]
    if waiting and not desk.ui.quit_asked:
        desk.ui.quit_asked = True
        desk.tell("quit_anyway", Role.ATTENTION, what=" ".join(waiting))
        return
    if desk.screen is not None:
        desk.screen.leave()


_SIZED = tuple(name for name in (*STEPS, "detail") if name != "narrow")

_REGISTRY = (
    Action(
        "pane", Words("打开窗格；再按一次返回", "open a pane; once more goes back"), _pane, tuple(PANES), needs=True
    ),
    Action(
        "full",
        Words("一个窗格占满；再按一次返回", "one pane with the whole body; once more goes back"),
        fill_body,
        tuple(FULL),
        needs=True,
    ),
    Action("menu", Words("菜单", "the menu"), _menu),
    Action("back", Words("回到席位", "back to the desk"), _back),
    Action("next", Words("下一条", "the next one"), lambda desk, _: step(desk, 1)),
    Action("previous", Words("上一条", "the previous one"), lambda desk, _: step(desk, -1)),
    Action(
        "choose",
        Words("在警情页上选可答、可勾、可派、可开的", "on a page: what can be answered, ticked, sent, opened"),
        lambda desk, way: choose(desk, 1 if way == "down" else -1),
        ("up", "down"),
        needs=True,
    ),
    Action(
        "section",
        Words("页上的下一段、上一段", "the next part of a page, the one before"),
        lambda desk, way: section(desk, 1 if way == "on" else -1),
        ("on", "back"),
        needs=True,
    ),
    Action("first", Words("第一条", "the first one"), lambda desk, _: edge(desk, last=False)),
    Action("last", Words("最后一条", "the last one"), lambda desk, _: edge(desk, last=True)),
    Action("take-alarm", Words("认领最急的警报", "take the most urgent alarm"), _take_alarm),
    Action(
        "link-likely",
        Words("把正在记的报警并入最像的警情", "link the call being typed to the likeliest incident"),
        link_likely,
    ),
    Action("retarget", Words("换动词，警力、警情保留", "another verb; unit and incident stay"), retarget),
    Action("zoom", Words("地图缩放", "zoom the map"), _zoom, ("in", "out", "all"), needs=True),
    Action("pan", Words("移动地图", "move the map"), _pan, ("left", "right", "up", "down"), needs=True),
    Action("goto", Words("地图到某处，不写则到所选", "the map at a place, or at the selected one"), _goto, usage="@…"),
    Action(
        "layer", Words("显示或隐藏图层", "show or hide a layer"), _layer, tuple(la.value for la in Layer), needs=True
    ),
    Action("language", Words("换语言", "change the language"), _language, LANGUAGES, needs=True),
    Action(
        "theme", Words("换配色，不写则换下一个", "change the colours; without a name to the next"), _theme, usage="NAME"
    ),
    Action("try", Words("逐个试用", "try one after the other"), trying.try_on, trying.KINDS, needs=True),
    Action("keymap", Words("换键位", "change the keys"), _keymap, usage="NAME", needs=True),
    Action(
        "layout",
        Words("换布局，不写则换下一个", "change the layout; without a name to the next"),
        switch_layout,
        usage="NAME",
    ),
    Action("save-layout", Words("把现在的布局存为", "keep the layout as"), save_layout, usage="NAME", needs=True),
    Action("grow", Words("窗格放大", "a pane larger"), lambda desk, name: resize(desk, name, 1), _SIZED, needs=True),
    Action(
        "shrink", Words("窗格缩小", "a pane smaller"), lambda desk, name: resize(desk, name, -1), _SIZED, needs=True
    ),
    Action(
        "swap",
        Words("两列对调", "two columns in each other's place"),
        swap,
        usage="list|map|units list|map|units",
        needs=True,
    ),
    Action(
        "tour",
        Words("导览：下一步、上一步", "the tour: the next step, the one before"),
        _tour,
        ("next", "back"),
        needs=True,
    ),
    Action("handover", Words("交接班", "the hand-over"), _handover),
    Action(
        "outbox",
        Words("待发箱：未送出的行", "the outbox: lines that were not sent"),
        lambda desk, do: desk.outgoing.open(do),
        ("send", "edit", "drop"),
    ),
    Action("insert", Words("回到命令行打字", "back to typing on the line"), _insert),
    Action("glyphs", Words("换符号", "change the signs"), _glyphs, tuple(tier.value for tier in Tier), needs=True),
    Action("bell", Words("警报响铃", "ring for alarms"), _bell, ("on", "off"), needs=True),
    Action("redraw", Words("重画屏幕", "draw the screen again"), _redraw),
    Action("quit", Words("退出", "leave"), _quit),
)

ACTIONS: dict[str, Action] = {action.name: action for action in _REGISTRY}


def read_action(text: str, language: str) -> Parsed:
    """What ``:name argument`` would do, in words; or what is missing."""
    name, _, argument = text[1:].strip().partition(" ")
    action = ACTIONS.get(name)
    if action is None:
        hint = say(
            "actions_are", language, names=" ".join(a for a in ACTIONS if a.startswith(name)) or " ".join(ACTIONS)
        )
        wrong = say("not_an_action", language, name=name)
        near = any(a.startswith(name) for a in ACTIONS)
        return Parsed(
            Status.INCOMPLETE if near else Status.WRONG, preview=hint if near else wrong, hint="" if near else hint
        )
    words, argument = action.does.in_(language), argument.strip()
    usage = say("say_how", language, usage=action.written)
    if (action.needs and not argument) or (argument and action.arguments and argument not in action.arguments):
        near = not argument or any(a.startswith(argument) for a in action.arguments)
        return Parsed(Status.INCOMPLETE if near else Status.WRONG, preview=words, hint=usage)
    return Parsed(Status.READY, preview=f"{words} {argument}".rstrip())


def run_action(desk: Desk, text: str) -> bool:
    """Do what ``:name argument`` says; False, and it is said why, where it means nothing."""
    parsed = read_action(text, desk.ui.language)
    if not parsed.ready:
        desk.say(parsed.preview, Role.ATTENTION, parsed.hint)
        return False
    name, _, argument = text[1:].strip().partition(" ")
    if name != "quit":
        desk.ui.quit_asked = False
    return ACTIONS[name].run(desk, argument.strip()) is not False
