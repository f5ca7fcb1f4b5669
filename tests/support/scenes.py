"""A desk in Zhangzhou to type lines at: the shipped rulebook and city, and a room that is driven step by step."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.support.room import LI, Room
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.board import Board
from zz110_tui.core.decide import decide
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Fact
from zz110_tui.core.places import Place
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import travel_of
from zz110_tui.language.parse import Parsed, Scene, parse


@cache
def rulebook() -> Rulebook:
    return load_rulebook(bundled("rulebook"))


@cache
def city() -> City:
    return load_city(bundled("cities", "zhangzhou"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(city())


def place(text: str) -> Place:
    match = gazetteer().best(text)
    assert match is not None, text
    return match.place


class Desk(Room):
    """A room with the whole city on duty and the next incident number as wanted."""

    def __init__(self, *, first_incident: int = 1, language: str = "zh") -> None:
        self.language = language
        super().__init__(units=0)
        self.board = Board(next_incident=first_incident)
        self.do(c.AdoptCity("zhangzhou", city().pack_hash, city().units))

    def send_at(self, command: c.Command, actor: Actor = LI) -> tuple[Fact, ...] | Refusal:
        decision = decide(self.board, command, actor, self.now, rulebook())
        if not isinstance(decision, Refusal):
            self._commands += 1
            self._store(decision, actor, f"c{self._commands}")
        return decision

    def scene(self, **more: Any) -> Scene:
        given: dict[str, Any] = {
            "board": self.board,
            "rules": rulebook(),
            "now": self.now,
            "desk": LI.desk,
            "language": self.language,
            "gazetteer": gazetteer(),
            "travel": travel_of(city()),
            "actor": LI,
        }
        return Scene(**(given | more))

    def read(self, line: str, **more: Any) -> Parsed:
        return parse(line, self.scene(**more))

    def command(self, line: str, **more: Any) -> c.Command:
        """What a line that is ready would send."""
        parsed = self.read(line, **more)
        assert parsed.ready, (line, parsed)
        assert parsed.command is not None, (line, parsed)
        return parsed.command

    def type(self, line: str, **more: Any) -> tuple[Fact, ...]:
        """Read a line and do it."""
        return self.do(self.command(line, **more))

    def open(self, type_: str = "fight", where: str = "胜利路x延安路", *, text: str = "") -> int:
        number = self.board.next_incident
        self.do(c.OpenIncident(type_, place(where), text=text))
        return number
