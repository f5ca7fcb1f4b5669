"""What one desk looks at: the state of the screen, which is nobody else's and never stored."""

from __future__ import annotations

from dataclasses import field
from enum import Enum, StrEnum

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.veiling import Caller
from zz110_tui.language.finding import Found
from zz110_tui.language.parsed import Study

LONGEST_TRAIL = 20
FRESH_MS = 2_000
"""How long what changed stays brighter."""


class Page(StrEnum):
    """What fills the body of the screen."""

    DESK = "desk"
    LIST = "list"
    UNITS = "units"
    MAP = "map"
    DETAIL = "detail"
    STUDY = "study"
    WHAT_IF = "what_if"
    FOUND = "found"
    HELP = "help"
    MENU = "menu"
    TRY = "try"
    OUTBOX = "outbox"
    HANDOVER = "handover"
    SUPERVISOR = "supervisor"
    WALL = "wall"


class Known(Enum):
    """What is known of the past: it is being asked, it has answered, it gave no answer this time, there is nobody to
    ask."""

    ASKED = "asked"
    TOLD = "told"
    SILENT = "silent"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk last answered. ``more`` is what to do next or instead; ``role`` says how it is meant."""

    text: str
    role: Role = Role.TEXT
    more: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """Something on a page that Up and Down lead to, told from others by ``key`` and ``subject``. Enter puts ``line`` on
    the command line, or opens ``subject``; ``question`` is the one that an answer without a number is for."""

    key: str = ""
    line: str = field(default="", compare=False)
    subject: Subject | None = None
    question: int = 0


def question_stop(number: int) -> Stop:
    """The question of this number on the form."""
    return Stop(f"q {number}", f"q {number} ", question=number)


@dataclass(frozen=True, slots=True)
class Left:
    """Where a page was left for another one."""

    page: Page
    selected: Subject | None
    first: int
    told: int
    cursor: int
    chosen: Stop | None


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu: a key if it has one, what it puts on the command line, and what that does. An entry without a
    line is a heading."""

    key: str
    line: str
    words: str


@dataclass(slots=True)
class MapUi:
    """Where the map looks. ``middle`` None and ``scale`` 0: the whole city. ``scale`` is metres a column; ``toggled``
    are the layers that are not as they usually are."""

    middle: Point | None = None
    scale: float = 0.0
    toggled: set[str] = field(default_factory=set)
    rings: tuple[Study, ...] = ()
    """Units and posts whose rings are drawn."""
    area: Study | None = None
    """The search area that is drawn; it grows with time."""


@dataclass(slots=True)
class Ui:
    language: str
    page: Page = Page.DESK
    full: bool = False
    """The page has the whole body, on a wide desk too."""
    selected: Subject | None = None
    first: int = 0
    """The first line shown of a page that scrolls."""
    told: int = 0
    """The first entry shown of a chronology that stands beside a page."""
    chosen: Stop | None = None
    """What Up and Down have led to on a page."""
    trail: tuple[Left, ...] = ()
    """The pages that led to this one, the first one first."""
    cursor: int = 0
    """The chosen line of a page to choose from (found, menu)."""
    topic: str = ""
    study: Study | None = None
    find_text: str = ""
    found: tuple[Found, ...] = ()
    find_past: Known = Known.ABSENT
    """Whether filed slips are among what was found."""
    menu: tuple[MenuEntry, ...] = ()
    trying: str = ""
    """What is tried on (themes, keymaps, layouts), the names of all there are, and the one to go back to."""
    names: tuple[str, ...] = ()
    before: str = ""
    choosing: bool = False
    choice_page: int = 0
    """Which nine of the choices are numbered."""
    commanding: bool = False
    """In the command mode of a keymap that has one: letters are keys."""
    pressed: tuple[str, ...] = ()
    """The keys of a sequence so far."""
    said: Said = Said("")
    map: MapUi = field(default_factory=MapUi)
    fresh: dict[Subject, int] = field(default_factory=dict)
    """When something last changed (core's clock): it is drawn brighter for :data:`FRESH_MS`."""
    thin_line: bool = False
    """The line to the terminal is thin: what others do is gathered, and the clock moves in steps."""
    unmasked: dict[int, tuple[int, Caller]] = field(default_factory=dict)
    """Reports whose caller may be seen here, and until when (core's clock)."""
    lost_at: int = 0
    """When the core was last heard (core's clock), while it is gone; 0 while it answers."""
    back_at: int = 0
    """When it came back, and how long it was gone."""
    gone_for: int = 0
    sending: int = 0
    """Lines on their way to the core, and since when (core's clock)."""
    sending_since: int = 0
    quit_asked: bool = False

    def open(self, page: Page, *, full: bool = False) -> None:
        self.page, self.full = page, full
        self.first = self.told = self.cursor = 0
        self.chosen = None
        self.trail = ()

    def go_into(self, subject: Subject) -> None:
        """Open the page of something named on this one; :meth:`leave` comes back to where this one was."""
        here = Left(self.page, self.selected, self.first, self.told, self.cursor, self.chosen)
        trail = (*self.trail, here)[-LONGEST_TRAIL:]
        self.selected = subject
        self.open(Page.DETAIL)
        self.trail = trail

    def leave(self) -> None:
        """Back to the page that led here; to the desk where none did."""
        if not self.trail:
            self.open(Page.DESK)
            return
        *before, left = self.trail
        self.open(left.page)
        self.selected, self.first, self.told = left.selected, left.first, left.told
        self.cursor, self.chosen, self.trail = left.cursor, left.chosen, tuple(before)

    def is_fresh(self, subject: Subject, now: int) -> bool:
        return now - self.fresh.get(subject, -FRESH_MS) < FRESH_MS

    def forget_stale(self, now: int) -> bool:
        """Drop what is not new any more; whether there was any."""
        old = [subject for subject, at in self.fresh.items() if now - at >= FRESH_MS]
        for subject in old:
            del self.fresh[subject]
        return bool(old)
