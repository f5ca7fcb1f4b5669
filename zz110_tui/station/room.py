"""What a desk is opened on: the core it talks to, the city it draws, and what its user set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from zz110_tui.client.link import Link
from zz110_tui.client.outbox import Outbox
from zz110_tui.client.past import Past
from zz110_tui.config.folders import Folder
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.whatif import Forecast, Question
from zz110_tui.gis.city import City
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import TravelModel
from zz110_tui.station.bell import USUAL, BellRules
from zz110_tui.station.tourroom import TourRoom


class Foreseer(Protocol):
    """Whoever simulates what-if questions beside the desk: ``drill.lab.foreseer`` in a process of its own."""

    async def warm_up(self) -> None: ...

    async def ask(self, question: Question, progress: Callable[[int], None]) -> Forecast: ...


@dataclass(frozen=True, slots=True)
class Room:
    """Everything :func:`station.run.run_desk` needs; it is put together by the composition root and never changed.

    ``theme``, ``keymap``, ``layout``, ``glyphs``, ``colour``, ``encoding``, ``terminal`` and ``bandwidth`` are as in
    the settings; names are looked for in ``folders`` and then among what comes with zz110. ``headline_clock`` is
    ``received`` or ``dispatched``. ``store_label`` names the store in words. ``past`` knows filed slips, where that is
    possible from this machine. ``tour`` is there where somebody is shown around. ``bell`` says when it
    rings and whether marks flash. ``outbox`` is where lines are kept that could not be sent. ``lock_after`` seconds
    without a key lock the desk, 0 never. ``foreseer`` simulates the next hour for what-if questions.
    """

    link: Link
    city: City
    gazetteer: Gazetteer
    travel: TravelModel
    rules: Rulebook
    language: str = "zh"
    theme: str = "night"
    keymap: str = "default"
    layout: str = "default"
    glyphs: str = "auto"
    colour: str = "auto"
    encoding: str = "auto"
    terminal: str = "auto"
    bandwidth: str = "auto"
    timezone: str = "Asia/Shanghai"
    headline_clock: str = "received"
    drill: bool = False
    store_label: str = ""
    bell: BellRules = USUAL
    wall: bool = False
    """It is a screen to look up at: it shows the wall, and nothing can be typed."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Folder, ...] = ()
    outbox: Outbox | None = None
    past: Past | None = None
    tour: TourRoom | None = None
    lock_after: int = 0
    foreseer: Foreseer | None = None

    @property
    def name(self) -> Mapping[str, str]:
        """The room's name by language, such as ``漳州110``."""
        return {"zh": f"{self.city.name_zh}110", "en": f"{self.city.name_en} 110"}
