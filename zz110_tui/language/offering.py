"""A command that was typed earlier, seen with the eyes of now: what it would do, and what changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, of_incident, of_report, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.commands import Command
from zz110_tui.core.decide import decide
from zz110_tui.core.facts import AlarmRaised, Entry
from zz110_tui.core.refusals import Refusal
from zz110_tui.language.parse import parse
from zz110_tui.language.previewing import preview
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying import tell
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import doing


@dataclass(frozen=True, slots=True)
class Offer:
    """``command`` None: it cannot be sent as it is, and ``words`` and ``hint`` say why and what to do instead."""

    command: Command | None
    words: str
    hint: str = ""


def offer(command: Command | None, line: str, at: int, scene: Scene) -> Offer:
    """What a line typed at ``at`` would do now. Where the command has a time of its own, it is the one of then."""
    if command is None:
        parsed = parse(line, scene)
        if not parsed.ready or parsed.command is None:
            return Offer(None, parsed.preview, parsed.hint)
        command = parsed.command
    no: Refusal | None = None
    for candidate in _retimed(command, at):
        decision = decide(scene.board, candidate, scene.who, scene.now, scene.rules)
        if not isinstance(decision, Refusal):
            words = preview(candidate, scene)
            if candidate != command:
                words += scene.say(f"；时间按所打时 {scene.clock(at)}", f"; as of {scene.clock(at)}, when it was typed")
            return Offer(candidate, visible(words))
        no = decision
    assert no is not None
    why, instead = refusal_words(no, scene)
    return Offer(None, visible(why), visible(instead))


def _retimed(command: Command, at: int) -> tuple[Command, ...]:
    """The command as of ``at`` first, where it has a time; then as it is."""
    match command:
        case c.OpenIncident(report=0, received_at=0):
            return replace(command, received_at=at), command
        case c.ReceiveReport(at=0) | c.Advance(at=0) | c.Clear(at=0) | c.FeedBack(at=0):
            return replace(command, at=at), command
        case _:
            return (command,)


def changes_since(command: Command | None, position: int, scene: Scene) -> tuple[str, ...]:
    """What happened since a position to what the command is about, in words, oldest first."""
    if command is None:
        return ()
    said: list[str] = []
    for subject in command_subjects(command):
        told: Iterable[Entry] = scene.board.chronology(subject)
        said += [tell(e, scene) for e in told if e.position > position and not isinstance(e.fact, AlarmRaised)]
        unit = scene.board.units.get(subject.id)
        if unit is not None and unit.version > position:
            said.append(visible(f"{unit.call_sign} {scene.say('现在', 'now')} {doing(scene, unit.call_sign)}"))
    return tuple(dict.fromkeys(said))


def command_subjects(command: Command) -> tuple[Subject, ...]:
    """The incidents, reports and units a command names."""
    named: list[Subject] = []
    for field in ("incident", "to"):
        number = getattr(command, field, 0)
        if isinstance(number, int) and number:
            named.append(of_incident(number))
    report = getattr(command, "report", 0)
    if report:
        named.append(of_report(report))
    units = (*getattr(command, "units", ()), *(getattr(command, f, "") for f in ("unit", "leaving", "arriving")))
    return (*named, *(of_unit(unit) for unit in units if isinstance(unit, str) and unit))
