"""One campaign: a core, scripted desks in processes of their own, and what goes wrong meanwhile; then the judge."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.history import Verdict, judge
from tests.proof.proxy import BadProxy, Fate, to_socket
from zz110_tui.client.discover import answers
from zz110_tui.store.open import open_read_only

ROOT = Path(__file__).resolve().parents[2]
UP_S = 120.0
END_S = 240.0
LEAST = 10
"""Commands that are accepted before the desks go home."""
MANY = 4 * LEAST
"""Answers of that kind until they do: one command may have been answered more than once."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """``wrong``: kill, power, full, write, sync or line. ``times`` is how often (seconds of bad line for ``line``)."""

    wrong: str
    desks: int
    times: int
    seed: str
    workers: int = 4
    longest_life_s: float = 1.0
    fates: tuple[Fate, ...] = tuple(Fate)


@dataclass(slots=True)
class Outcome:
    verdict: Verdict
    starts: int
    happened: dict[str, int] = field(default_factory=dict)


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZZ110_", "XDG_", "LC_"))}
    return {
        **kept,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "LOGNAME": "proof",
        "PYTHONPATH": str(ROOT),
        "ZZ110_STORE": str(folder / "live.zz110"),
    }


class Run:
    def __init__(self, campaign: Campaign, folder: Path) -> None:
        self.campaign = campaign
        self.folder = folder
        self.env: Mapping[str, str] = environment(folder)
        self.chance = random.Random(campaign.seed)
        self.socket = folder / "live.zz110.sock"
        self.starts = 0
        self.core: Process | None = None
        self.log = (folder / "core.log").open("ab")
        self.desks: list[Process] = []
        self.platter = folder / "disk0"
        self.proxy: BadProxy | None = None

    @property
    def store(self) -> Path:
        return self.folder / "live.zz110" if self.campaign.wrong in ("kill", "line") else self.platter / "store.zz110"

    @property
    def histories(self) -> list[Path]:
        return sorted(self.folder.glob("desks*.jsonl"))

    # -- the core --------------------------------------------------------------------------------------------------

    async def start(self, plan: str = "") -> None:
        self.starts += 1
        if self.campaign.wrong in ("kill", "line"):
            command = [sys.executable, "-m", "zz110_tui", "serve"]
        else:
            seed = str(self.chance.randrange(1 << 30))
            command = [sys.executable, "-m", "tests.proof.breaking_core", str(self.platter), str(self.socket), seed]
            command.append(plan or self.campaign.wrong)
        self.core = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=self.log, stderr=self.log, env=self.env, cwd=self.folder
        )

    async def up(self) -> bool:
        """Wait until it answers; False where it died before."""
        assert self.core is not None
        async with asyncio.timeout(UP_S):
            while self.core.returncode is None:
                if await asyncio.to_thread(answers, self.socket):
                    return True
                await asyncio.sleep(0.01)
        return False

    async def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        assert self.core is not None
        with contextlib.suppress(ProcessLookupError):
            self.core.send_signal(number)
        async with asyncio.timeout(UP_S):
            return await self.core.wait()

    # -- the desks -------------------------------------------------------------------------------------------------

    async def open_desks(self) -> None:
        campaign = self.campaign
        where = self.socket
        if campaign.wrong == "line":
            where = self.folder / "bad.sock"
            self.proxy = BadProxy(to_socket(self.socket), campaign.seed, campaign.fates, quiet=True)
            await self.proxy.listen_at(where)
        share = -(-campaign.desks // campaign.workers)
        for first in range(1, campaign.desks + 1, share):
            count = min(share, campaign.desks + 1 - first)
            kept = self.folder / f"desks{first:02d}.jsonl"
            command = [sys.executable, "-m", "tests.proof.scripted", str(where), str(kept)]
            command += [str(first), str(count), campaign.seed, "1"]
            self.desks.append(
                await asyncio.create_subprocess_exec(
                    *command, stdin=PIPE, stdout=PIPE, stderr=self.log, env=self.env, cwd=ROOT
                )
            )
        for desk in self.desks:
            assert desk.stdout is not None
            said = await asyncio.wait_for(desk.stdout.readline(), UP_S)
            assert said == b"ready\n", f"a desk did not come in: {self.tail()}"

    async def close_desks(self) -> None:
        for desk in self.desks:
            assert desk.stdin is not None
            desk.stdin.close()
        async with asyncio.timeout(END_S):
            codes = [await desk.wait() for desk in self.desks]
        assert codes == [0] * len(codes), f"desks ended with {codes}: {self.tail()}"

    def tail(self) -> str:
        return (self.folder / "core.log").read_text(encoding="utf-8", errors="replace")[-3_000:]

    # -- what goes wrong -------------------------------------------------------------------------------------------

    async def kills(self) -> None:
        for _ in range(self.campaign.times):
            # Now and then it does not even get up before it is killed again.
            if self.chance.random() < 0.15:
                await asyncio.sleep(self.chance.uniform(0.05, 0.6))
            elif await self.up():
                await asyncio.sleep(self.chance.uniform(0.02, self.campaign.longest_life_s))
            await self.kill()
            await self.start()
        assert await self.up(), f"the core does not come up any more: {self.tail()}"

    async def power_cuts(self) -> None:
        for cut in range(1, self.campaign.times + 1):
            assert self.core is not None
            async with asyncio.timeout(END_S):
                code = await self.core.wait()
            assert code == 137, f"the core ended by itself: {self.tail()}"
            self._boot(cut)
            await self.start("none" if cut == self.campaign.times else "")
        assert await self.up(), f"the core does not come up any more: {self.tail()}"
        await asyncio.sleep(0.5)

    def _boot(self, number: int) -> None:
        """The machine starts again with what was on the platter."""
        before, self.platter = self.platter, self.folder / f"disk{number}"
        before.with_name(before.name + ".after").rename(self.platter)
        shutil.rmtree(before)

    async def bad_line(self) -> None:
        assert self.proxy is not None
        self.proxy.quiet = False
        # Those that are connected go through their fate from here on; new ones draw their own.
        await self.kill()
        await self.start()
        await asyncio.sleep(self.campaign.times)
        self.proxy.calm()
        await asyncio.sleep(0.5)

    async def go(self) -> Outcome:
        try:
            await self.start("none" if self.campaign.wrong == "power" else "")
            assert await self.up(), f"the core does not come up: {self.tail()}"
            await self.open_desks()
            await self._go_wrong()
            await self._worked()
            await self.close_desks()
            code = await self.kill(signal.SIGTERM)
            assert code == 0, f"the core ended with {code}: {self.tail()}"
            if self.campaign.wrong not in ("kill", "line"):
                self._boot(10_000)
            return await asyncio.to_thread(self._judged)
        finally:
            await self._end()

    async def _go_wrong(self) -> None:
        wrong = self.campaign.wrong
        if wrong == "kill":
            await self.kills()
        elif wrong == "power":
            await self.kill()
            await self.start()
            await self.power_cuts()
        elif wrong == "line":
            await self.bad_line()
        else:
            await asyncio.sleep(self.campaign.times)

    async def _worked(self) -> None:
        """Until the desks have done some work: on a busy machine all that went wrong was over before."""
        async with asyncio.timeout(END_S):
            while sum(path.read_bytes().count(b'"accepted"') for path in self.histories) < MANY:  # noqa: ASYNC110 - other processes' files
                await asyncio.sleep(0.1)

    def _judged(self) -> Outcome:
        journal = open_read_only(self.store)
        try:
            verdict = judge(journal, self.histories)
        finally:
            journal.close()
        return Outcome(verdict, self.starts, dict(self.proxy.happened) if self.proxy is not None else {})

    async def _end(self) -> None:
        if self.proxy is not None:
            await self.proxy.close()
        for process in (*self.desks, *([self.core] if self.core is not None else [])):
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        self.log.close()


async def run(campaign: Campaign, folder: Path) -> Outcome:
    return await Run(campaign, folder).go()
