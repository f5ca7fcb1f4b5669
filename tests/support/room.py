"""A room without store or clock: the pure core, driven step by step."""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.core import commands as c
from zz110_tui.core.board import Board
from zz110_tui.core.decide import decide
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, Fact
from zz110_tui.core.incidents import Assignment, AssignmentStage, Channel, Incident, Report
from zz110_tui.core.places import Place, point
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Category, Disposition, IncidentType, Receiver, Rulebook, Words
from zz110_tui.core.units import Unit, UnitKind, UnitProfile

NOON = 1_700_000_000_000
"""Where the tests' clock begins (UTC ms)."""

LI = Actor("Li", "03", Duty.DISPATCH, "keyboard")
WANG = Actor("Wang", "04", Duty.DISPATCH, "keyboard")
CROSSING = Place("胜利路x延安路", point(117.652, 24.513), "G05", "F7")

RULES = Rulebook(
    types={
        "fight": IncidentType("fight", Category.PUBLIC_ORDER, Words("打架", "fight"), 2),
        "robbery": IncidentType("robbery", Category.CRIMINAL, Words("抢劫", "robbery"), 1),
        "noise": IncidentType("noise", Category.DISPUTE_HELP, Words("噪音", "noise"), 4),
    },
    dispositions={
        "mediated": Disposition("mediated", Words("调解", "mediated"), settled=True),
        "linked": Disposition("linked", Words("关联", "linked")),
    },
    receivers={"12345": Receiver("12345", Words("12345热线", "12345 hotline"))},
)


def profiles(count: int = 6) -> tuple[UnitProfile, ...]:
    return tuple(
        UnitProfile(
            call_sign=f"{n:02d}",
            kind=UnitKind.PATROL_RESPONSE,
            name=f"梯队{n:02d}",
            crew=4,
            home_grid=f"G{n:02d}",
            post=f"P{n:02d}",
            post_point=point(117.60 + n / 100, 24.50 + n / 200),
        )
        for n in range(1, count + 1)
    )


class Room:
    """``do`` returns the facts of an accepted command; ``refused`` the code of a refused one."""

    def __init__(self, units: int = 6) -> None:
        self.board = Board()
        self.now = NOON
        self.journal: list[Entry] = []
        self._commands = 0
        self.do(c.AdoptCity("test", "hash", profiles(units)))

    def send(self, command: c.Command, actor: Actor = LI) -> tuple[Fact, ...] | Refusal:
        self.now += 1_000
        return self.send_at(command, actor)

    def send_at(self, command: c.Command, actor: Actor = LI) -> tuple[Fact, ...] | Refusal:
        decision = decide(self.board, command, actor, self.now, RULES)
        if not isinstance(decision, Refusal):
            self._commands += 1
            self._store(decision, actor, f"c{self._commands}")
        return decision

    def _store(self, facts: Iterable[Fact], actor: Actor, command: str) -> None:
        for fact in facts:
            entry = Entry(self.board.position + 1, self.now, actor, command, fact)
            evolve(self.board, entry)
            self.journal.append(entry)

    def do(self, command: c.Command, actor: Actor = LI) -> tuple[Fact, ...]:
        decision = self.send(command, actor)
        assert not isinstance(decision, Refusal), (decision.sentence("en"), command)
        return decision

    def refused(self, command: c.Command, actor: Actor = LI) -> str:
        """The refusal's code; also holds that nothing changed and that the sentences can be said."""
        before = self.board.image()
        decision = self.send(command, actor)
        assert isinstance(decision, Refusal), f"accepted: {decision}"
        assert self.board.image() == before
        for language in ("zh", "en"):
            assert decision.sentence(language)
            assert decision.remedy(language)
        return decision.code

    # -- everyday steps --------------------------------------------------------------------------------------------

    def fight(self, type_: str = "fight", priority: int = 0) -> int:
        number = self.board.next_incident
        self.do(c.OpenIncident(type_, CROSSING, priority=priority, text="两人持刀", contact="13912342207"))
        return number

    def ring(self, source: str = "") -> int:
        number = self.board.next_report
        self.do(c.ReceiveReport(Channel.PHONE, contact="13912342207", source=source))
        return number

    def dispatch(self, incident: int, *units: str, stack: bool = False) -> None:
        self.do(c.Dispatch(incident, units, stack=stack))

    def to_scene(self, incident: int, *units: str) -> None:
        self.dispatch(incident, *units)
        self.do(c.Advance(units, AssignmentStage.ON_SCENE))

    def handled(self) -> int:
        number = self.fight()
        self.to_scene(number, "01")
        self.do(c.Clear(number, disposition="mediated"))
        return number

    def incident(self, number: int) -> Incident:
        return self.board.incidents[number]

    def report(self, number: int) -> Report:
        return self.board.reports[number]

    def unit(self, call_sign: str) -> Unit:
        return self.board.units[call_sign]

    def assignment(self, number: int, unit: str) -> Assignment:
        return [a for a in self.incident(number).assignments if a.unit == unit][-1]
