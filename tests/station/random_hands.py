"""Hands that press anything: every key of a keymap, letters, Chinese, whole lines, pastes, at every size of a window.

What they press is decided by a seed alone, so that a run that found something can be run again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from tests.station.harmless import hold_harmless
from tests.station.stage import Stage
from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Channel
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.verbs import VERBS
from zz110_tui.service.recovery import recover
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.cover import LEAST_PIN, WAIT_MS, Step
from zz110_tui.station.entry import BUILT_IN
from zz110_tui.station.ui import Page
from zz110_tui.store.chain import verify

EDITING = (
    "up", "down", "left", "right", "home", "end", "enter", "enter", "tab", "escape", "backspace", "delete", "insert",
    "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e", "ctrl+left", "ctrl+right",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzABCGLHJKZ0123456789 .^@/,-=:?+*!#\"'[]{}~`$%&()<>|\\;_"
HAN = "打架抢劫盗窃纠纷醉酒漳州医院胜利路延安路水仙大街一中派出警到场签收查找消息指令预警布控台账，。：／＠？１２３"
HOSTILE = (
    *(
        "\x1b]52;c;QUJD\x07",
        "\x1b[2J\x1b[31m",
        "\x9b31m",
        "\x00\x07\x7f",
        "\u202e漳州\u202c",
        "a\u200bb\u2060c",
        "\u2028",
    ),
    *("[/] [red]x[/red]", "👨\u200d👩\u200d👧", "e\u0301\u0301\u0301", "\ufeff", "x" * 3000, "汉" * 1500),
    *("\r\n" * 40, "\t\t", "a\nb\nclose 1\n"),
)
WORK = """
n 打架 @F7 / 两人; n 抢劫 @漳州医院; n 噪音 @G4; d {i}; d {u} {i}; d {u},{v} {i}; ack {u}; er {u}; os {u}; cl {u} 调解
cl {i} 调解 / 和解; fb {i}; cb {i} 满意; close {i}; x {u} {v}; pre {u} {i}; tr {i} 12345 / 占道; nt {i} / 报警人在门口
h {i} 10m / 等人; rel {i}; up {i}; dn {i}; link {i} {j}; split {i}; u; a; take; reopen {i} / 又来了; sos {u}
clr {u} / 误触; ord 护学 {u} @F7; ord 巡逻盘查 {u},{v} / 查车; ack {u} t{m}; cl t{m} / 平安; msg {u} / 往北; rd
ack m{m}; s w{m} / 核对; s b{m} / 核对; fb w{m} res=no; ack s{m}; close s{m} res=yes; can t{m} / 取消; q y; q / 北门
st 1 i={i}; wt; ins {i}; rec {i}; why {u} {i}; cv; rg {u}; sa {i} car; wd {i}; dt; f; ho 王 / 交代; rh; turn
um {i} / 回拨; ros 一班 {u},{v}; oos {u} / 坏了; av {u}; on *; off {u}; find 打架; show {i}; s r{i}; ? d
"""
"""Everyday lines; the letters in braces become units, incidents and numbers of matters that there are."""

SIZES = ((160, 50), (80, 24), (100, 30), (200, 60), (120, 20), (81, 25), (80, 15), (60, 12), (20, 5), (3, 2), (1, 1))
PIN = "2580"
CHECK_EVERY = 40
MOST_ESCAPES = 6

_WORK = [line.strip() for line in WORK.replace("\n", ";").split(";") if line.strip()]
_WEIGHTS = {
    "bound": 24,
    "editing": 18,
    "letters": 14,
    "han": 6,
    "work": 26,
    "line": 10,
    "half_line": 5,
    "action": 6,
    "sequence": 6,
    "paste": 3,
    "resize": 2,
    "time": 4,
    "others": 6,
    "twice": 2,
}


@dataclass(slots=True)
class Tally:
    """What a run did: steps by kind, pages open at each check, commands accepted and refused, wishes to leave."""

    doings: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    refused: int = 0
    leavings: int = 0
    checks: int = 0


class Hands:
    """``step`` does one random thing; every so often :meth:`check` holds what must always be true."""

    def __init__(self, desk: Stage, seed: int, keymap: str) -> None:
        self.desk = desk
        self.dice = random.Random(f"{keymap}:{seed}")
        self.keymap = keymap
        self.tally = Tally()
        self.told: list[Entry] = []
        self._doings = list(_WEIGHTS)
        self._weights = list(_WEIGHTS.values())
        self._lines = [line for verb in VERBS for line in verb.examples]
        self._lines += [
            f"{verb.short} {rest}" for verb in VERBS for rest in ("", ".", "^", "1", "3", "3 1", ". / 再报")
        ]
        self._actions = list(actions())
        self.last: list[str] = []
        self.pressed = 0

    # -- doing -------------------------------------------------------------------------------------------------------

    async def step(self) -> None:
        doing = self.dice.choices(self._doings, self._weights)[0]
        self.tally.doings[doing] += 1
        await getattr(self, f"_{doing}")()
        await self._uncovered()

    def _press(self, key: str, character: str | None = None) -> None:
        self.last = [*self.last[-60:], character or key]
        self.pressed += 1
        self.desk.app.press(key, character)

    def _write(self, text: str) -> None:
        for letter in text:
            self._press(letter, letter)

    async def _bound(self) -> None:
        keys = [binding.key for binding in self.desk.desk.setup.keymap.bindings]
        self._press(self.dice.choice([*keys, *BUILT_IN]))

    async def _editing(self) -> None:
        self._press(self.dice.choice(EDITING))

    async def _letters(self) -> None:
        self._write("".join(self.dice.choices(LETTERS, k=self.dice.randrange(1, 5))))

    async def _han(self) -> None:
        self._write("".join(self.dice.choices(HAN, k=self.dice.randrange(1, 5))))

    async def _line(self) -> None:
        """A line as the help shows it, on an empty line, with Enter."""
        await self._entered(self.dice.choice(self._lines))

    async def _work(self) -> None:
        """A line about what there is."""
        board, dice = self.desk.core.engine.board, self.dice
        incidents = sorted(board.incidents)[-12:] or [1]
        units = list(board.units)
        of = {
            "i": dice.choice(incidents),
            "j": dice.choice(incidents),
            "u": dice.choice(units),
            "v": dice.choice(units),
        }
        await self._entered(dice.choice(_WORK).format(**of, m=dice.randrange(1, 4)))

    async def _entered(self, line: str) -> None:
        while self.desk.desk.editor.text or self.desk.choosing():
            self._press("escape")
        if self.desk.desk.ui.commanding:
            self._press("i", "i")
        self._write(line)
        self._press("enter")
        if self.dice.random() < 0.5:
            await self.desk.settle()

    async def _half_line(self) -> None:
        """The beginning of a line, as long as somebody came with it."""
        line = self.dice.choice(self._lines)
        self._write(line[: self.dice.randrange(1, len(line) + 1)])

    async def _action(self) -> None:
        self._press("escape")
        self._write(self.dice.choice(self._actions))
        self._press("enter")

    async def _sequence(self) -> None:
        """Keys of the command mode where the keymap has one; else letters on an empty line."""
        sequences = self.desk.desk.setup.keymap.sequences
        self._press("escape")
        self._press("escape")
        for key in self.dice.choice(sequences).key.split(" ") if sequences else ("j", "k"):
            self._press(key, " " if key == "space" else key if len(key) == 1 else None)

    async def _paste(self) -> None:
        self.desk.app.type_text(self.dice.choice((*HOSTILE, *self._lines)))

    async def _resize(self) -> None:
        await self.desk.resize(*self.dice.choice(SIZES))

    async def _time(self) -> None:
        await self.desk.core.pass_time(self.dice.choice((300, 2_000, 20_000, 90_000, 600_000)))
        self.desk.app.tick()

    async def _twice(self) -> None:
        key = self.dice.choice(("escape", "enter", "up", "pagedown"))
        for _ in range(self.dice.randrange(2, 12)):
            self._press(key)

    async def _others(self) -> None:
        """What callers, units and another desk do meanwhile."""
        board = self.desk.core.engine.board
        text = self.dice.choice((*HOSTILE, "有人打架", "a stolen bike"))[:200]
        live = [n for n, i in board.incidents.items() if i.open] or [1]
        unit = self.dice.choice(list(board.units))
        commands: Sequence[c.Command] = (
            c.ReceiveReport(Channel.PHONE, caller=text, text=text),
            c.AddNote(self.dice.choice(live), text, unit=unit),
            c.Dispatch(self.dice.choice(live), (unit,)),
            c.SetStatus((unit,), self.dice.choice(tuple(UnitStatus)), text),
            c.Clear(self.dice.choice(live), disposition="mediated", text=text),
        )
        await self.desk.other.submit(self.dice.choice(commands))

    async def _uncovered(self) -> None:
        """A lock needs a PIN that is known: it is set at once, tried wrongly, and then opened."""
        cover = self.desk.desk.cover
        if not cover.on:
            return
        if cover.step in (Step.SET, Step.AGAIN) and self.dice.random() < 0.5:
            self._press("escape")
        elif cover.step in (Step.SET, Step.AGAIN):
            self._press("enter")
            for _ in range(2):
                self._press("backspace")
                self._write(PIN)
                self._press("enter")
        if cover.step is Step.LOCKED:
            for _ in range(self.dice.randrange(8)):
                self._write("".join(self.dice.choices(LETTERS, k=LEAST_PIN)))
                self._press(self.dice.choice(("enter", "f1", "tab", "escape")))
            await self.desk.core.pass_time(WAIT_MS)
            self._press("escape")
            self._write(PIN)
            self._press("enter")
        assert not cover.on, f"the PIN did not open it: {cover.step} {cover.said}"

    # -- holding -----------------------------------------------------------------------------------------------------

    async def check(self) -> None:
        """Alive, harmless, the same as the core; and Esc leads to the desk with an empty line."""
        desk = self.desk
        await desk.settle()
        assert desk.app.return_code is None, self.last
        assert desk.app._exception is None, self.last
        self.tally.checks += 1
        self.tally.pages[desk.page().value] += 1
        hold_harmless(desk)
        assert desk.desk.board.position == desk.core.engine.board.position
        for _ in range(MOST_ESCAPES):
            self._press("escape")
        assert (desk.page(), desk.desk.editor.text, desk.choosing()) == (Page.DESK, "", False), self.last
        if self.desk.desk.setup.keymap.name != self.keymap:
            await desk.enter(f":keymap {self.keymap}")

    def hold_the_facts(self) -> None:
        """Nothing that was told is missing, the chain is whole, and replay, core and desk are one."""
        journal = self.desk.core.journal
        verdict = verify(journal.rows())
        assert verdict.intact, verdict.fault
        stored = {entry.position: entry for entry in journal.read()}
        for entry in self.told:
            assert stored[entry.position] == entry
        replayed, _ = recover(journal)
        assert replayed.image() == self.desk.core.engine.board.image()
        assert self.desk.desk.board.image() == replayed.image()


def actions() -> Iterator[str]:
    for action in ACTIONS.values():
        yield f":{action.name}"
        yield from (f":{action.name} {argument}" for argument in action.arguments)
    yield from (":swap list map", ":swap map units", ":save-layout mine", ":goto @F7", ":theme day", ":theme nosuch")
    yield from (":layout list", ":keymap vim", ":keymap nosuch", ":nosuch")


@dataclass(slots=True)
class Listening:
    """Hears every answer that the desk gets and every wish to leave."""

    hands: Hands
    _patches: list[Any] = field(default_factory=list)

    def __enter__(self) -> Listening:
        submit = LocalLink.submit
        hands = self.hands

        async def heard(
            link: LocalLink, command: c.Command, *, command_id: str = "", seen: int | None = None
        ) -> Answer:
            answer = await submit(link, command, command_id=command_id, seen=seen)
            hands.told += answer.entries
            hands.tally.accepted += answer.accepted
            hands.tally.refused += not answer.accepted
            return answer

        def stays() -> None:
            hands.tally.leavings += 1

        self._patches = [patch.object(LocalLink, "submit", heard), patch.object(hands.desk.app, "leave", stays)]
        for patched in self._patches:
            patched.start()
        return self

    def __exit__(self, *_: object) -> None:
        for patched in self._patches:
            patched.stop()
