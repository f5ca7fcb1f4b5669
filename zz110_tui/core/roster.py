"""The roster (勤务): squads (班), the turns (轮次) they do one after the other, and who is on.

The service works with six squads in five turns (六班五运转): the day has five turns and the squads follow one another,
so that each day five of the six are on and the sixth rests, another one every day.
"""

from __future__ import annotations

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.records import dataclass

DAY_MS = 86_400_000

ROSTER = Subject(SubjectKind.ROSTER, "1")
"""There is one roster."""


@dataclass(frozen=True, slots=True)
class Squad:
    """A squad and the units that come on with it."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """``turns`` is how many turns a day has, 0 where they are not timed. ``on`` is the squad whose turn it is, since
    ``on_since``; ``next_at`` is when the next turn begins (UTC ms), 0 while nobody is on or turns are not timed."""

    squads: tuple[Squad, ...] = ()
    turns: int = 0
    on: str = ""
    on_since: int = 0
    next_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return ROSTER

    @property
    def number(self) -> int:
        return 1

    @property
    def priority(self) -> int:
        return 3

    @property
    def opened_at(self) -> int:
        return self.on_since

    @property
    def ended_at(self) -> int:
        return 0

    @property
    def open(self) -> bool:
        return bool(self.squads)

    def squad(self, name: str) -> Squad | None:
        return next((squad for squad in self.squads if squad.name == name), None)

    def next_squad(self) -> str:
        """Whose turn follows; the first squad's where nobody is on."""
        names = [squad.name for squad in self.squads]
        if not names:
            return ""
        return names[(names.index(self.on) + 1) % len(names)] if self.on in names else names[0]
