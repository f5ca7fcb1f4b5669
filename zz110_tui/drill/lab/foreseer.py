"""What-if questions answered in a process of their own, so that no desk and no core waits for them.

The desk starts it when it first needs it; it loads the city once and then waits for questions on its standard input.
Frames are four bytes of length and a pickle: both ends are the same program, and nobody else has the pipes. It ends
when its input ends, so nothing stays behind a desk that was killed; it is niced, so it takes what others leave.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import select
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from zz110_tui.config.problems import both
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.whatif import Forecast, Question

_LENGTH = struct.Struct(">I")
NICE = 5
STEPS = 10
"""Runs between two reports of progress."""
END_S = 2.0
IDLE_S = 600.0
"""A helper that nobody asked for this long is let go."""


@dataclass(frozen=True, slots=True)
class _Ground:
    pack: Path
    rules: Rulebook


@dataclass(frozen=True, slots=True)
class _Ask:
    number: int
    question: Question


@dataclass(frozen=True, slots=True)
class _Stop:
    number: int


@dataclass(frozen=True, slots=True)
class _Done:
    """So many runs of a question are done."""

    number: int
    runs: int


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    forecast: Forecast | None


@dataclass(frozen=True, slots=True)
class _Fault:
    number: int
    title: str
    cause: str
    remedy: str


def _frame(message: object) -> bytes:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


# -- the helper's side -------------------------------------------------------------------------------------------------


def serve(read_fd: int, write_fd: int) -> None:
    """Answer questions until the input ends."""
    with suppress(OSError):
        os.nice(NICE)
    helper = _Helper(read_fd, write_fd)
    with suppress(EOFError, BrokenPipeError):
        ground = helper.read()
        assert isinstance(ground, _Ground)
        ready = _ready(ground)
        while True:
            asked = helper.read()
            if isinstance(asked, _Ask):
                helper.answer(asked, ready)


def _ready(ground: _Ground) -> Callable[..., Forecast | None]:
    from functools import partial

    from zz110_tui.drill.lab.hour import foresee
    from zz110_tui.drill.profile import Chances, pack_profile
    from zz110_tui.drill.world import travel_in
    from zz110_tui.gis.city import load_city

    city = load_city(ground.pack)
    chances = Chances(pack_profile(ground.pack), ground.rules)
    return partial(foresee, city=city, rules=ground.rules, chances=chances, travel=travel_in(city))


class _Helper:
    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._in, self._out = read_fd, write_fd

    def read(self) -> object:
        """Raises EOFError at the end."""
        size = _LENGTH.unpack(self._exactly(_LENGTH.size))[0]
        return pickle.loads(self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            some = os.read(self._in, size - len(got))
            if not some:
                raise EOFError
            got += some
        return got

    def _write(self, message: object) -> None:
        frame = _frame(message)
        while frame:
            frame = frame[os.write(self._out, frame) :]

    def answer(self, asked: _Ask, ready: Callable[..., Forecast | None]) -> None:
        def stop() -> bool:
            # Whatever comes while a question is worked on is about leaving off: its number, or the end of the desk.
            return bool(select.select([self._in], [], [], 0)[0])

        def progress(done: int, total: int) -> None:
            if done % STEPS == 0 and done < total:
                self._write(_Done(asked.number, done))

        try:
            self._write(_Answer(asked.number, ready(asked.question, progress=progress, stop=stop)))
        except Trouble as trouble:
            self._write(_Fault(asked.number, trouble.title, trouble.cause, trouble.remedy))
        except Exception as bug:  # noqa: BLE001 (told to who asked; the next question is answered)
            place = traceback.extract_tb(bug.__traceback__)[-1]
            told = _ended(f"{type(bug).__name__}: {Path(place.filename).name}:{place.lineno}")
            self._write(_Fault(asked.number, told.title, told.cause, told.remedy))


# -- the desk's side ---------------------------------------------------------------------------------------------------


class Foreseer:
    """Asks the helper, one question at a time. Let go after a while without questions, and by :meth:`close`."""

    def __init__(self, pack: Path, rules: Rulebook) -> None:
        self._ground = _Ground(pack, rules)
        self._line: _Line | None = None
        self._starting = asyncio.Lock()
        self._number = 0
        self._idle: asyncio.TimerHandle | None = None

    async def warm_up(self) -> None:
        """Have the helper ready for a question that is about to be asked."""
        await self._there()

    async def ask(self, question: Question, progress: Callable[[int], None]) -> Forecast:
        """The answer. ``progress`` hears how many of the runs are done. Cancelled, the helper leaves off at once.

        Raises Trouble where the helper could not be started, or ended.
        """
        line = await self._there()
        self._number += 1
        number = self._number
        try:
            return await line.ask(_Ask(number, question), progress)
        except asyncio.CancelledError:
            line.send(_Stop(number))
            raise
        finally:
            self._rest()

    async def _there(self) -> _Line:
        async with self._starting:
            if self._line is None or self._line.over:
                try:
                    self._line = await _Line.open()
                except OSError as fault:
                    raise _ended(str(fault)) from fault
                self._line.send(self._ground)
                self._rest()
            return self._line

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._let_go)

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.hang_up()

    async def close(self) -> None:
        """End the helper, and wait until it has."""
        if self._idle is not None:
            self._idle.cancel()
        if self._line is not None:
            await self._line.close()


class _Line:
    """The helper's process and what came from it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._waiting: dict[int, tuple[asyncio.Future[Forecast], Callable[[int], None]]] = {}
        self._reader = asyncio.create_task(self._read_forever(), name="zz110-foreseer")

    @classmethod
    async def open(cls) -> _Line:
        """Raises OSError where there can be no further process."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            "from zz110_tui.drill.lab.foreseer import serve; serve(0, 1)",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for the desk
        )
        return cls(process)

    @property
    def over(self) -> bool:
        return self._reader.done()

    def send(self, message: object) -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(_frame(message))

    async def ask(self, asked: _Ask, progress: Callable[[int], None]) -> Forecast:
        future: asyncio.Future[Forecast] = asyncio.get_running_loop().create_future()
        self._waiting[asked.number] = (future, progress)
        try:
            if self.over:
                raise _ended()
            self.send(asked)
            return await future
        finally:
            del self._waiting[asked.number]

    async def _read_forever(self) -> None:
        reader = self._process.stdout
        assert reader is not None
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                size = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))[0]
                self._hear(pickle.loads(await reader.readexactly(size)))
        for future, _ in self._waiting.values():
            if not future.done():
                future.set_exception(_ended())

    def _hear(self, message: object) -> None:
        """What belongs to a question that was given up is passed over."""
        match message:
            case _Done(number=number, runs=runs) if number in self._waiting:
                self._waiting[number][1](runs)
            case _Answer(number=number, forecast=forecast) if number in self._waiting and forecast is not None:
                self._waiting[number][0].set_result(forecast)
            case _Fault(number=number) if number in self._waiting:
                self._waiting[number][0].set_exception(Trouble(message.title, message.cause, message.remedy))
            case _:
                pass

    def hang_up(self) -> None:
        """The helper's input ends, and so does it."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    async def close(self) -> None:
        self.hang_up()
        try:
            await asyncio.wait_for(self._process.wait(), END_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reader


def _ended(cause: str = "") -> Trouble:
    return Trouble(
        both("推演进程没有了", "the process that simulates has ended"),
        cause,
        both("再问一次；不行就直接派警，席位和核心不受影响", "ask again, or just send: the desk and the core go on"),
    )
