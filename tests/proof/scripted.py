"""Scripted desks in a process of their own: each takes calls, sends units, notes, clears, closes, a step at a time.

    python -m tests.proof.scripted SOCKET HISTORY FIRST COUNT SEED FOLLOW

Ends when its standard input does, each desk after the answer it waits for. Says ``ready`` when all desks are in.
Every desk keeps its promise of the language: a command without an answer is asked again under the same id.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.proof.history import digest
from zz110_tui.client.dial import over_socket
from zz110_tui.client.feeds import RemoteFeed
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import IncidentOpened
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Place
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.codec import encode_entry, encode_image

PATIENCE_MS = 120_000
AGAIN_S = 0.02
PAUSE_S = 0.02
"""Between two steps of a desk: a person does not type faster than this either."""


@dataclass(slots=True)
class Desk:
    name: str
    link: RemoteLink
    chance: random.Random
    out: IO[str]
    stop: asyncio.Event
    units: tuple[str, ...]
    prefix: str
    n: int = 0
    number: int = 0

    async def work(self) -> None:
        while not self.stop.is_set():
            for do, command, more in self._slip():
                answer = await self.ask(do, command, **more)
                if do == "open":
                    self.number = _opened(answer)
                if self.stop.is_set():
                    return
                await asyncio.sleep(self.chance.random() * PAUSE_S)

    def _slip(self) -> Iterator[tuple[str, c.Command, dict[str, Any]]]:
        """The life of one slip; what is refused (a unit that another desk took first) is simply not done."""
        text = f"{self.prefix}{self.name}-{self.n}"
        yield "open", c.OpenIncident("fight", Place("F7"), text=text, priority=2), {"token": text}
        number = self.number
        unit = self.chance.choice(self.units)
        yield "dispatch", c.Dispatch(number, (unit,)), {"incident": number, "unit": unit}
        for _ in range(self.chance.randrange(4)):
            text = f"{self.prefix}{self.name}-{self.n}"
            yield "note", c.AddNote(number, text), {"token": text, "incident": number}
        yield "advance", c.Advance((unit,), AssignmentStage.ON_SCENE), {}
        yield "clear", c.Clear(number, disposition="mediated"), {}
        yield "finish", c.Finish(number, "mediated"), {}
        yield "feedback", c.FeedBack(number, text="已反馈"), {}
        yield "close", c.CloseIncident(number), {}

    async def ask(self, do: str, command: c.Command, **more: Any) -> Answer:
        """Ask until there is an answer, each time under the same id."""
        self.n += 1
        self._write(id=f"{self.prefix}{self.name}-{self.n}", do=do, **more)
        began = time.perf_counter()
        while True:
            try:
                answer = await self.link.submit(command, command_id=f"{self.prefix}{self.name}-{self.n}")
            except Trouble:
                # The core's disk failed, or the link was lost for long: nobody can say whether it was done.
                await asyncio.sleep(AGAIN_S)
                continue
            break
        opened = _opened(answer)
        self._write(
            outcome="accepted" if answer.refusal is None else "refused",
            why="" if answer.refusal is None else answer.refusal.code,
            entries=[(entry.position, digest(encode_entry(entry))) for entry in answer.entries],
            ms=round((time.perf_counter() - began) * 1e3, 2),
            at=time.time(),
            **({"incident": opened} if opened else {}),
        )
        return answer

    def _write(self, **values: Any) -> None:
        self.out.write(json.dumps({"desk": self.name, "n": self.n, **values}) + "\n")
        self.out.flush()


def _opened(answer: Answer) -> int:
    """The number of the slip that was opened, 0 for none."""
    return next((entry.fact.incident for entry in answer.entries if isinstance(entry.fact, IncidentOpened)), 0)


async def keep_up(feed: RemoteFeed, replica: Replica, out: IO[str]) -> None:
    """Follow until the feed ends, then say which board came out."""
    async for entries in feed:
        replica.apply(entries)
    out.write(json.dumps({"position": replica.position, "board": digest(encode_image(replica.board.image()))}) + "\n")


async def main(socket: Path, history: Path, first: int, count: int, seed: str, follow: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin, stop.set)
    followers: list[asyncio.Task[None]] = []
    with history.open("a", encoding="utf-8") as out:
        desks: list[Desk] = []
        for number in range(first, first + count):
            name = f"{number:02d}"
            actor = Actor(f"p{name}", name, Duty.DISPATCH, "script")
            link = await RemoteLink.connect(over_socket(socket), actor, Options(patience_ms=PATIENCE_MS))
            if len(followers) < follow or not desks:
                feed = await link.join()
                replica = Replica(feed.image)
                units = tuple(sorted(unit.profile.call_sign for unit in feed.image.units))
                if len(followers) < follow:
                    followers.append(asyncio.create_task(keep_up(feed, replica, out)))
                else:
                    feed.close()
            desks.append(Desk(name, link, random.Random(f"{seed}/{name}"), out, stop, units, f"{seed}."))
        print("ready", flush=True)  # noqa: T201 - the parent waits for this word
        await asyncio.gather(*(desk.work() for desk in desks))
        for desk in desks:
            await desk.link.close()
        await asyncio.gather(*followers)


if __name__ == "__main__":
    _, where, kept, begin, many, chosen, following = sys.argv
    asyncio.run(main(Path(where), Path(kept), int(begin), int(many), chosen, int(following)))
