"""What the desk does with something reckoned: a page of lines, and for rings and search areas a shape on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core.cleaning import visible
from zz110_tui.language.parsed import Study, Topic
from zz110_tui.language.studying import studied
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import Pane

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

MOST_RINGS = 3
"""More rings than this at a time are a tangle; the oldest goes."""


def show_study(desk: Desk, study: Study) -> None:
    """Rings and areas go on the map, and once more off it; everything else is a page."""
    if study.topic is Topic.RING:
        _ring(desk, study)
    elif study.topic is Topic.AREA:
        _area(desk, study)
    else:
        desk.ui.study = study
        desk.ui.open(Page.STUDY)


def _show_map(desk: Desk) -> None:
    if Pane.MAP not in desk.places():
        desk.ui.open(Page.MAP)


def _ring(desk: Desk, study: Study) -> None:
    rings = desk.ui.map.rings
    name = study.unit or study.post
    if study in rings:
        desk.ui.map.rings = tuple(ring for ring in rings if ring != study)
        desk.tell("ring_off", name=visible(name))
        return
    desk.ui.map.rings = (*rings, study)[-MOST_RINGS:]
    _show_map(desk)
    desk.say(_line(desk, study))


def _area(desk: Desk, study: Study) -> None:
    if desk.ui.map.area == study:
        desk.ui.map.area = None
        desk.tell("area_off")
        return
    desk.ui.map.area = study
    _show_map(desk)
    desk.say(_line(desk, study))


def _line(desk: Desk, study: Study) -> str:
    found = studied(study, desk.scene())
    return visible("  ".join(found.lines) if found.lines else found.title)
