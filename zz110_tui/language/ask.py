"""One line while it is being understood: what it gave for each slot, and how to stop when something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from zz110_tui.core.incidents import Channel, Incident
from zz110_tui.core.places import Place
from zz110_tui.core.terms import incident_no
from zz110_tui.language.line import Line
from zz110_tui.language.parsed import Choice, Parsed, Status
from zz110_tui.language.reading import fitting
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import EVERY
from zz110_tui.language.usage import usage
from zz110_tui.language.verb import Fits, Verb
from zz110_tui.language.words import incident_choice

MOST_CHOICES = 63


class Halt(Exception):
    """Carries the result out of the middle of a line; never leaves ``parse``."""

    def __init__(self, parsed: Parsed) -> None:
        super().__init__(parsed.status)
        self.parsed = parsed


@dataclass(slots=True)
class Ask:
    """``values`` has what was given, by field. ``notes`` are said with the preview."""

    scene: Scene
    verb: Verb
    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    likely: list[Choice] = field(default_factory=list)
    offer: str = ""
    whole: str = ""
    readings: list[tuple[str, str]] = field(default_factory=list)
    """Where the words can be read in several ways: each as a line that can be read in one only, and what it names."""

    # -- what was given ------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.line.text or ""

    def has(self, name: str) -> bool:
        return name in self.values

    @property
    def units(self) -> tuple[str, ...]:
        """The units named; empty when none were. ``*`` is for the verbs that say what it means."""
        named: tuple[str, ...] = self.values.get("u", ())
        if EVERY in named:
            self.wrong("* 在这里没有意思：写出呼号", "* means nothing here: name the units")
        return named

    @property
    def every_unit(self) -> bool:
        return EVERY in self.values.get("u", ())

    def unit(self, name: str = "u") -> str:
        """The one unit that has to be named."""
        given: str = self.values.get(name, "")
        return given or self.missing("哪个警力？写呼号", "which unit? write its call sign")

    @property
    def place(self) -> Place | None:
        return self.values.get("at")

    @property
    def channel(self) -> Channel:
        given: Channel = self.values.get("ch", Channel.PHONE)
        return given

    def number(self, name: str) -> int:
        """An incident's or report's number, 0 when none was given."""
        given: int = self.values.get(name, 0)
        return given

    def word(self, name: str) -> str:
        given: str = self.values.get(name, "")
        return given

    def incident(self, fits: Fits, name: str = "i") -> int:
        """The incident named, or the only one the verb can be about."""
        return self.number(name) or self.only_incident(fits)

    def only_incident(self, fits: Fits) -> int:
        found = fitting(self.scene, fits)
        if len(found) == 1:
            return found[0].number
        if not found:
            self.wrong(*_LOOKED_FOR.get(fits, ("没有在办警情", "there is no live incident")))
        return self.missing("哪个警情？写警情号", "which incident? write its number", self.incident_choices(found))

    def incident_choices(self, found: Iterable[Incident]) -> list[Choice]:
        line, scene = self.line, self.scene
        return [
            Choice(line.plus(incident_no(i.number)), f"{incident_no(i.number)} {incident_choice(scene, i)}")
            for i in found
        ]

    # -- ways to stop --------------------------------------------------------------------------------------------------

    def say(self, zh: str, en: str) -> str:
        return self.scene.say(zh, en)

    def note(self, zh: str, en: str) -> None:
        self.notes.append(self.say(zh, en))

    def missing(self, zh: str, en: str, choices: Iterable[Choice] = ()) -> NoReturn:
        """Something has to be typed yet."""
        self._halt(Status.INCOMPLETE, zh, en, ("", ""), choices)

    def ambiguous(self, zh: str, en: str, choices: Iterable[Choice]) -> NoReturn:
        """Several things could be meant: they are listed, and none is taken."""
        self._halt(Status.AMBIGUOUS, zh, en, ("选一个，或写得更全", "take one, or write more of it"), choices)

    def wrong(self, zh: str, en: str, do_zh: str = "", do_en: str = "", choices: Iterable[Choice] = ()) -> NoReturn:
        """This cannot be meant, or cannot be done."""
        self._halt(Status.WRONG, zh, en, (do_zh, do_en), choices)

    def _halt(self, status: Status, zh: str, en: str, do: tuple[str, str], choices: Iterable[Choice]) -> NoReturn:
        said = self.say(zh, en)
        hint = self.say(*do) or usage(self.verb, self.scene.language)
        some = tuple(choices)[:MOST_CHOICES]
        parsed = Parsed(status, preview=said, hint=hint, choices=some, verb=self.verb)
        raise Halt(replace(parsed, likely=tuple(self.likely), offer=self.offer))


_LOOKED_FOR: dict[Fits, tuple[str, str]] = {
    Fits.OPEN: ("没有未办完的警情", "no incident is open"),
    Fits.QUEUED: ("没有待派的警情", "no incident waits for a unit"),
    Fits.HELD: ("没有挂起的警情", "no incident is on hold"),
    Fits.WORKING: ("没有处置中的警情", "no unit works on an incident"),
    Fits.ON_SCENE: ("没有警力在现场", "no unit is on scene"),
    Fits.HANDLED: ("没有等反馈的警情", "no incident waits for its feedback"),
    Fits.FED_BACK: ("没有等回访的警情", "no incident waits for a call-back"),
    Fits.CLOSABLE: ("没有可办结的警情：先 fb 反馈", "no incident can be closed: feed back first (fb)"),
    Fits.ENDED: ("没有已办完的警情", "no incident has ended"),
    Fits.LINKED: ("没有关联出去的警情", "no incident is linked to another"),
}
